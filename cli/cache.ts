import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LintResult } from '../engine/analysis/analysis.ts';
import type { FileState, ListingState, Snapshot } from '../engine/estate/snapshot.ts';

/** What of a result can be kept: everything but fixes and estates. */
export type KeptResult = Pick<LintResult, 'findings' | 'notices' | 'suppressed' | 'undetermined' | 'resources'>;

/** Files that are judged together, since some root reads several of them, and what there is to say about them. */
export interface KeptPart extends KeptResult {
  /** URIs of the files that were asked about. */
  readonly files: readonly string[];
  /** How many of them are ours. */
  readonly linted: number;
  /** Indices of everything that was seen on the way, in `CacheContent.states`. */
  readonly seen: readonly number[];
  /** The day that it holds for, where a suppression has an end. */
  readonly day: string | null;
}

/** A file or folder as it was: `stamp` tells, without reading, that it has surely not changed since; empty where nothing does. */
export interface KeptState {
  readonly uri: string;
  readonly stamp: string;
  /** A hash of the text or of the names in a folder; what else there is to say of what cannot be read. */
  readonly content: string;
}

export interface CacheContent {
  readonly key: string;
  readonly states: readonly KeptState[];
  readonly parts: readonly KeptPart[];
}

/** Where results are kept when no folder is named: outside of every repository. */
export function defaultCacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const base = process.platform === 'win32' ? LOCALAPPDATA : XDG_CACHE_HOME;
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'demarc');
}

/** Hash of a text, as hexadecimal digits. */
export function hashOf(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

/** What was kept for a key; undefined when there is nothing, or nothing that can be understood. */
export function readCache(folder: string, key: string): CacheContent | undefined {
  try {
    const content = JSON.parse(readFileSync(pathIn(folder, key), 'utf8')) as CacheContent;
    return content.key === key ? content : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps something for a key. Written beside and then over what was there, so that a reader never sees half of it. */
export function writeCache(folder: string, content: CacheContent): void {
  const path = pathIn(folder, content.key);
  const beside = `${path}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(beside, JSON.stringify(content));
    renameSync(beside, path);
  } finally {
    rmSync(beside, { force: true });
  }
}

function pathIn(folder: string, key: string): string {
  return join(folder, `${key}.json`);
}

/** Whether a thing is as it was kept. */
export function holds({ uri, stamp, content }: KeptState, snapshot: Snapshot): boolean {
  if (stamp !== '' && stamp === stampOf(uri, Number.POSITIVE_INFINITY)) return true;
  if (content === 'absent' && statSync(fileURLToPath(uri), { throwIfNoEntry: false }) === undefined) return true;
  return content === contentOf(stateIn(snapshot, uri));
}

/** How a file or folder is to be kept that was read in a run that began at `began` (ms since 1970). */
export function keptState(uri: string, snapshot: Snapshot, began: number): KeptState {
  const state = stateIn(snapshot, uri);
  const isThere = state.kind === 'text' || state.kind === 'entries';
  return { uri, stamp: isThere ? stampOf(uri, began) : '', content: contentOf(state) };
}

/** Clocks of file systems are coarse: what changed so shortly before a run may change again under the same stamp, in ms. */
const coarseness = 2_000;

/**
 * What the file system says of a file without reading it; empty when the file changed too lately to rely on that. The time
 * of the last change of the entry cannot be set back, as that of the content can.
 */
function stampOf(uri: string, began: number): string {
  const stat = statSync(fileURLToPath(uri), { throwIfNoEntry: false });
  if (stat === undefined || Math.max(stat.mtimeMs, stat.ctimeMs) > began - coarseness) return '';
  return `${stat.size} ${stat.mtimeMs} ${stat.ctimeMs} ${stat.ino}`;
}

function stateIn(snapshot: Snapshot, uri: string): FileState | ListingState {
  return uri.endsWith('/') ? snapshot.list(uri) : snapshot.file(uri);
}

function contentOf(state: FileState | ListingState): string {
  switch (state.kind) {
    case 'text':
      return hashOf(state.text);
    case 'entries':
      return hashOf(JSON.stringify([[...state.files].sort(), [...state.folders].sort()]));
    case 'unreadable':
      return `unreadable: ${state.message}`;
    case 'absent':
    case 'unread':
      return state.kind;
  }
}
