import { isUtf8 } from 'node:buffer';
import { lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FileState, ListingState, Snapshot } from '../engine/estate/snapshot.ts';
import { folderOf } from '../engine/text/uri.ts';

/** Files of this machine. What was read is kept until it is forgotten. */
export interface DiskSnapshot extends Snapshot {
  /** Reads a file, and the listing of its folder, anew when they are asked for next. `uri` is normalised. */
  readonly forget: (uri: string) => void;
}

/**
 * The files of this machine as the engine sees them: read on demand, each once, and only below the given roots
 * (absolute, links resolved); a link that leads out of them is not followed.
 */
export function createDiskSnapshot(roots: readonly string[], maximumSize: number): DiskSnapshot {
  const files = new Map<string, FileState>();
  const listings = new Map<string, ListingState>();
  const starts = roots.map((root) => (root.endsWith(sep) ? root : root + sep));
  const mayRead = (path: string): boolean => roots.includes(path) || starts.some((start) => path.startsWith(start));
  const realFolders = new Map<string, string>();
  const real = (path: string): string => {
    // Links are mostly looked for once per folder: a path has many segments, and a folder many files.
    if (lstatSync(path).isSymbolicLink()) return realpathSync(path);
    const folder = dirname(path);
    return join(
      remember(realFolders, folder, () => realpathSync(folder)),
      basename(path),
    );
  };
  const remember = <State>(states: Map<string, State>, uri: string, read: (uri: string) => State): State => {
    const known = states.get(uri);
    if (known !== undefined) return known;
    const state = read(uri);
    states.set(uri, state);
    return state;
  };
  return {
    file: (uri) => remember(files, uri, () => readFile(uri, real, mayRead, maximumSize)),
    list: (uri) => remember(listings, uri, () => readFolder(uri, mayRead)),
    forget: (uri) => {
      files.delete(uri);
      listings.delete(folderOf(uri));
      realFolders.clear();
    },
  };
}

/** Paths with their links resolved, as `createDiskSnapshot` wants its roots; those that are not there are left out. */
export function realPathsOf(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => {
    try {
      return [realpathSync(path)];
    } catch {
      return [];
    }
  });
}

function readFile(
  uri: string,
  real: (path: string) => string,
  mayRead: (path: string) => boolean,
  maximumSize: number,
): FileState {
  try {
    const path = real(pathOf(uri));
    if (!mayRead(path)) {
      const message = 'The file lies outside of the folders that are linted.';
      return { kind: 'unreadable', message, outside: true };
    }
    return decode(readFileSync(path), maximumSize);
  } catch (error) {
    return isMissing(error) ? { kind: 'absent' } : { kind: 'unreadable', message: describe(error) };
  }
}

/** A URI without escapes is read by cutting it: parsing one costs more than reading a small file. */
function pathOf(uri: string): string {
  const isPlain = sep === '/' && uri.startsWith('file:///') && !/[%?#]/.test(uri);
  return isPlain ? uri.slice('file://'.length) : fileURLToPath(uri);
}

/** The text of a file's bytes, or a sentence that says why they are not one. */
export function decode(bytes: Buffer, maximumSize: number): FileState {
  if (bytes.length > maximumSize) {
    return {
      kind: 'unreadable',
      message: `The file has ${bytes.length} bytes; files of more than ${maximumSize} bytes are not read.`,
    };
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return { kind: 'unreadable', message: 'The file is UTF-16; save it as UTF-8.' };
  }
  if (bytes.includes(0)) return { kind: 'unreadable', message: 'The file is binary, not text.' };
  if (!isUtf8(bytes)) return { kind: 'unreadable', message: 'The file is not UTF-8; save it as UTF-8.' };
  return { kind: 'text', text: bytes.toString('utf8') };
}

function readFolder(uri: string, mayRead: (path: string) => boolean): ListingState {
  try {
    const path = realpathSync(fileURLToPath(uri));
    if (!mayRead(path)) return { kind: 'absent' };
    const entries = readdirSync(path, { withFileTypes: true });
    return {
      kind: 'entries',
      files: entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name),
      folders: entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name),
    };
  } catch {
    return { kind: 'absent' };
  }
}

function isMissing(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function describe(error: unknown): string {
  switch (errorCode(error)) {
    case 'EACCES':
    case 'EPERM':
      return 'The file may not be read: permission is denied.';
    case 'EISDIR':
      return 'This is a folder, not a file.';
    default:
      return `The file cannot be read: ${error instanceof Error ? error.message : String(error)}.`;
  }
}
