import { existsSync, realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { configurationName } from '../engine/configuration/settings.ts';
import { defaultBudget } from '../engine/estate/context.ts';
import type { Snapshot } from '../engine/estate/snapshot.ts';
import { hash64 } from '../engine/findings/fingerprint.ts';
import { fileNameOf, folderOf, isBelow, relativeTo, uriOfPath } from '../engine/text/uri.ts';
import { createDiskSnapshot } from '../host/disk-snapshot.ts';
import { findFiles, isLintable } from '../host/find-files.ts';
import { defaultModuleCache } from '../host/module-cache.ts';
import { createSources, type Sources } from '../report/source.ts';
import { withCallers } from './callers.ts';
import { UsageError } from './failure.ts';
import { expandPatterns } from './path-patterns.ts';
import { changedSince, indexOver, stagedFiles } from './staged.ts';
import { pathOfInput, withInput } from './standard-input.ts';
import { workspaceRootsOf } from './workspace-roots.ts';

/** What a command works on: the files that its arguments name, and how to read and to show them. */
export interface Target {
  readonly snapshot: Snapshot;
  /** Normalised URIs, sorted. */
  readonly files: readonly string[];
  /** The working folder as a URI that ends in `/`. */
  readonly folder: string;
  /** The repository, or else the working folder: what fingerprints are relative to, so that they are the same from any folder in it. */
  readonly repository: string;
  readonly sources: Sources;
  /** The folder of Bicep's restored modules, which the snapshot may read, ending in `/`. */
  readonly moduleCache: string | undefined;
  /** Only what is about some files is of interest; about all of them when it is left out. */
  readonly focus?: Focus;
  /** A text came by standard input. */
  readonly isInput: boolean;
}

export interface Focus {
  readonly files: ReadonlySet<string>;
  /** Whether findings count that lie elsewhere, and whose value came by way of one of the files. */
  readonly withOrigins: boolean;
}

/** One of several runs that share the files out: the `index`th (1-based) of `count`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

export interface TargetOptions {
  /** Absolute, links resolved; that of the process when it is left out. */
  readonly workingFolder?: string | undefined;
  /** The name of the file whose text is on standard input. */
  readonly stdinFilename?: string | undefined;
  /** The files as the next commit would have them, with a focus on those that it changes. */
  readonly staged?: boolean | undefined;
  /** A commit: with a focus on what has changed on disk since the branch left it. */
  readonly changedSince?: string | undefined;
  /** With a focus on the paths, which are judged with everything in their repository that calls them. */
  readonly about?: boolean | undefined;
  /** With a focus on a share of the files. */
  readonly shard?: Shard | undefined;
}

/**
 * No path means the working folder, or the text on standard input when it is given a name. Throws `PathError` for a path
 * that does not exist.
 */
export function openTarget(paths: readonly string[], options: TargetOptions = {}): Target {
  const workingFolder = options.workingFolder ?? realpathSync(process.cwd());
  const { stdinFilename, staged, changedSince: since, about, shard } = options;
  const ways = [stdinFilename !== undefined, staged === true, since !== undefined, about === true];
  if (ways.filter((given) => given).length > 1)
    throw new UsageError('only one of --staged, --changed-since, --about and --stdin-filename can be given.');
  if (shard !== undefined && ways.includes(true)) throw new UsageError('--shard shares out whole folders only.');
  if (about === true) return openAbout(paths, workingFolder);
  if (staged === true) return openStaged(paths, workingFolder);
  if (since !== undefined) return openChanged(paths, since, workingFolder);
  if (stdinFilename !== undefined) return openInput(paths, stdinFilename, workingFolder);
  const named = paths.length === 0 ? ['.'] : expandPatterns(paths, workingFolder);
  const { files, walked } = findFiles(named, workingFolder);
  const disk = openDisk(named, workingFolder);
  const snapshot = withoutConfiguration(disk, foldersWithout(walked));
  const target = targetOf(snapshot, files.map(uriOfPath), workingFolder, named);
  return shard === undefined ? target : shareOf(target, shard);
}

/** Files of a folder stay together; what is about a file is told by exactly one share. */
function shareOf(target: Target, { index, count }: Shard): Target {
  const isOurs = (uri: string): boolean => {
    const place = folderOf(relativeTo(target.repository, uri));
    return Number(BigInt(`0x${hash64(place)}`) % BigInt(count)) === index - 1;
  };
  const files = new Set(target.files.filter(isOurs));
  return {
    ...target,
    files: withCallers(target.files, files, target.snapshot),
    focus: { files, withOrigins: false },
  };
}

function openAbout(paths: readonly string[], workingFolder: string): Target {
  if (paths.length === 0) throw new UsageError('--about is about files: name them.');
  const [top = workingFolder] = workspaceRootsOf(paths, workingFolder);
  const { files, walked } = findFiles([top, ...paths], workingFolder);
  const disk = createDiskSnapshot(withModuleCache([top]), defaultBudget.fileSize);
  const snapshot = withoutConfiguration(disk, foldersWithout(walked));
  const named = new Set(paths.map((path) => uriOfPath(realpathSync(resolve(workingFolder, path)))));
  const all = files.map(uriOfPath);
  const within = all.filter((uri) => [...named].some((each) => uri === each || uri.startsWith(`${each}/`)));
  return focused(snapshot, all, new Set([...named, ...within]), top, workingFolder);
}

/** The working folder without the files in it. */
export function openFolder(): Target {
  const workingFolder = realpathSync(process.cwd());
  return targetOf(openDisk(['.'], workingFolder), [], workingFolder, ['.']);
}

function openInput(paths: readonly string[], name: string, workingFolder: string): Target {
  if (paths.some((path) => path !== '-')) throw new UsageError('with --stdin-filename no path but - can be given.');
  const path = pathOfInput(name, workingFolder);
  const folder = existsSync(dirname(path)) ? dirname(path) : workingFolder;
  const disk = openDisk([folder], workingFolder);
  const target = targetOf(withInput(disk, uriOfPath(path)), [uriOfPath(path)], workingFolder, [folder]);
  return { ...target, isInput: true };
}

/** Everything that may call what is staged below the paths, as the index has it. */
function openStaged(paths: readonly string[], workingFolder: string): Target {
  const index = stagedFiles(workingFolder);
  const { files } = findFiles([index.top], workingFolder);
  const all = new Set([...files.map(uriOfPath), ...index.staged, ...index.unstaged].filter(isLintable));
  for (const uri of index.untracked) all.delete(uri);
  const snapshot = indexOver(createDiskSnapshot(withModuleCache([index.top]), defaultBudget.fileSize), index);
  return focused(snapshot, [...all].sort(), below(paths, index.staged, workingFolder), index.top, workingFolder);
}

function openChanged(paths: readonly string[], since: string, workingFolder: string): Target {
  const { top, changed } = changedSince(since, workingFolder);
  const { files, walked } = findFiles([top], workingFolder);
  const disk = createDiskSnapshot(withModuleCache([top]), defaultBudget.fileSize);
  const snapshot = withoutConfiguration(disk, foldersWithout(walked));
  return focused(snapshot, files.map(uriOfPath), below(paths, changed, workingFolder), top, workingFolder);
}

function focused(
  snapshot: Snapshot,
  files: readonly string[],
  named: ReadonlySet<string>,
  top: string,
  workingFolder: string,
): Target {
  const focus = new Set([...named].flatMap((uri) => [uri, ...governedBy(uri, files)]));
  const target = targetOf(snapshot, withCallers(files, focus, snapshot), workingFolder, [top]);
  return { ...target, focus: { files: focus, withOrigins: true } };
}

/** The files that are judged otherwise when one changes that none of them names. */
function governedBy(uri: string, files: readonly string[]): readonly string[] {
  const folder = folderOf(uri);
  switch (fileNameOf(uri)) {
    case '.terraform.lock.hcl':
      return files.filter((each) => folderOf(each) === folder);
    case 'bicepconfig.json':
    case configurationName:
      return files.filter((each) => isBelow(each, folder));
    default:
      return [];
  }
}

/** Of some files those below the paths; all of them when there is no path. */
function below(paths: readonly string[], uris: ReadonlySet<string>, workingFolder: string): ReadonlySet<string> {
  if (paths.length === 0) return uris;
  const named = paths.map((path) => uriOfPath(resolve(workingFolder, path)));
  return new Set([...uris].filter((uri) => named.some((each) => uri === each || uri.startsWith(`${each}/`))));
}

/** The files that may be read for these paths. */
function openDisk(paths: readonly string[], workingFolder: string): Snapshot {
  return createDiskSnapshot(withModuleCache(workspaceRootsOf(paths, workingFolder)), defaultBudget.fileSize);
}

/** With the folder of Bicep's restored modules, which is read wherever the workspace is. */
function withModuleCache(roots: readonly string[]): readonly string[] {
  const cache = defaultModuleCache();
  return cache === undefined ? roots : [...roots, cache.path];
}

function targetOf(
  snapshot: Snapshot,
  files: readonly string[],
  workingFolder: string,
  named: readonly string[],
): Target {
  const sources = createSources(folderUri(workingFolder), (uri) => {
    const state = snapshot.file(uri);
    return state.kind === 'text' ? state.text : undefined;
  });
  const [repository = workingFolder] = workspaceRootsOf(named, workingFolder);
  return {
    snapshot,
    files,
    folder: folderUri(workingFolder),
    repository: folderUri(repository),
    sources,
    moduleCache: defaultModuleCache()?.uri,
    isInput: false,
  };
}

function folderUri(path: string): string {
  return `${uriOfPath(path)}/`.replace(/\/\/$/, '/');
}

function foldersWithout(walked: ReadonlyMap<string, boolean>): ReadonlySet<string> {
  return new Set([...walked].filter(([, configured]) => !configured).map(([folder]) => folderUri(folder)));
}

/** Spares the disk the question for a configuration file in folders that are known to have none. */
function withoutConfiguration(disk: Snapshot, folders: ReadonlySet<string>): Snapshot {
  const isMissing = (uri: string): boolean =>
    uri.endsWith(configurationName) && folders.has(uri.slice(0, -configurationName.length));
  return { file: (uri) => (isMissing(uri) ? { kind: 'absent' } : disk.file(uri)), list: (uri) => disk.list(uri) };
}
