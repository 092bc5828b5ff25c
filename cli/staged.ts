import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { defaultBudget } from '../engine/estate/context.ts';
import type { FileState, ListingState, Snapshot } from '../engine/estate/snapshot.ts';
import { fileNameOf, folderOf, uriOfPath } from '../engine/text/uri.ts';
import { decode } from '../host/disk-snapshot.ts';
import { askGit, pathsFromGit } from './git.ts';

/** The files as the next commit would have them. */
export interface StagedFiles {
  /** The top of the work tree; absolute. */
  readonly top: string;
  /** URIs of what is added or changed in the index. */
  readonly staged: ReadonlySet<string>;
  /** URIs of files that git does not know: they are not there for the commit. */
  readonly untracked: ReadonlySet<string>;
  /** URIs of files that are other on disk than in the index. */
  readonly unstaged: ReadonlySet<string>;
  /** The text of a file in the index. */
  readonly read: (uri: string) => FileState;
}

/** Asks git what is staged. Throws `UsageError` outside of a work tree. */
export function stagedFiles(workingFolder: string): StagedFiles {
  const top = topOf(workingFolder);
  const pathByUri = new Map<string, string>();
  const urisOf = (...args: readonly string[]): ReadonlySet<string> => {
    const uris = new Set<string>();
    for (const path of pathsFromGit(top, ...args)) {
      const uri = uriOfPath(join(top, path));
      pathByUri.set(uri, path);
      uris.add(uri);
    }
    return uris;
  };
  const staged = urisOf('diff', '--cached', '--name-only', '-z', '--no-ext-diff', '--diff-filter=ACMR');
  const unstaged = urisOf('diff', '--name-only', '-z', '--no-ext-diff');
  const untracked = urisOf('ls-files', '--others', '--exclude-standard', '-z');
  const texts = new Map<string, FileState>();
  const read = (uri: string): FileState => {
    const known = texts.get(uri);
    if (known !== undefined) return known;
    const path = pathByUri.get(uri) ?? '';
    const state = decode(askGit(top, 'cat-file', 'blob', `:${path}`), defaultBudget.fileSize);
    texts.set(uri, state);
    return state;
  };
  return { top, staged, untracked, unstaged, read };
}

/** URIs of what has changed on disk since a branch left a commit, new files among them. Throws `UsageError` for no commit. */
export function changedSince(
  reference: string,
  workingFolder: string,
): { readonly top: string; readonly changed: ReadonlySet<string> } {
  const top = topOf(workingFolder);
  const commit = firstLine(askGit(top, 'rev-parse', '--verify', '--end-of-options', `${reference}^{commit}`));
  const base = firstLine(askGit(top, 'merge-base', commit, 'HEAD'));
  const paths = [
    ...pathsFromGit(top, 'diff', '--name-only', '-z', '--no-ext-diff', '--diff-filter=ACMR', base, '--'),
    ...pathsFromGit(top, 'ls-files', '--others', '--exclude-standard', '-z'),
  ];
  return { top, changed: new Set(paths.map((path) => uriOfPath(join(top, path)))) };
}

function topOf(workingFolder: string): string {
  return realpathSync(firstLine(askGit(workingFolder, 'rev-parse', '--show-toplevel')));
}

function firstLine(output: Buffer): string {
  return output.toString('utf8').trimEnd();
}

/** A snapshot of what would be committed, over one of the disk. */
export function indexOver(disk: Snapshot, { untracked, unstaged, read }: StagedFiles): Snapshot {
  const addedTo = new Map<string, string[]>();
  for (const uri of unstaged) {
    const names = addedTo.get(folderOf(uri)) ?? [];
    addedTo.set(folderOf(uri), [...names, fileNameOf(uri)]);
  }
  const list = (folder: string): ListingState => {
    const listing = disk.list(folder);
    const added = addedTo.get(folder) ?? [];
    if (listing.kind === 'unread' || (listing.kind === 'absent' && added.length === 0)) return listing;
    const { files, folders } = listing.kind === 'entries' ? listing : { files: [], folders: [] };
    const hidden = new Set([...untracked].filter((uri) => folderOf(uri) === folder).map(fileNameOf));
    return { kind: 'entries', files: [...new Set([...files, ...added])].filter((name) => !hidden.has(name)), folders };
  };
  return {
    file: (uri) => (untracked.has(uri) ? { kind: 'absent' } : unstaged.has(uri) ? read(uri) : disk.file(uri)),
    list,
  };
}
