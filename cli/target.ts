import { realpathSync } from 'node:fs';
import { configurationName } from '../engine/configuration/settings.ts';
import { defaultBudget } from '../engine/estate/context.ts';
import type { Snapshot } from '../engine/estate/snapshot.ts';
import { uriOfPath } from '../engine/text/uri.ts';
import { createDiskSnapshot } from '../host/disk-snapshot.ts';
import { findFiles } from '../host/find-files.ts';
import { createSources, type Sources } from '../report/source.ts';
import { workspaceRootsOf } from './workspace-roots.ts';

/** What a command works on: the files that its arguments name, and how to read and to show them. */
export interface Target {
  readonly snapshot: Snapshot;
  /** Normalised URIs, sorted. */
  readonly files: readonly string[];
  /** The working folder as a URI that ends in `/`. */
  readonly folder: string;
  readonly sources: Sources;
}

/** Throws `PathError` for a path that does not exist. No path means the working folder. */
export function openTarget(paths: readonly string[]): Target {
  const workingFolder = realpathSync(process.cwd());
  const named = paths.length === 0 ? ['.'] : paths;
  const { files, walked } = findFiles(named, workingFolder);
  const disk = createDiskSnapshot(workspaceRootsOf(named, workingFolder), defaultBudget.fileSize);
  const snapshot = withoutConfiguration(disk, foldersWithout(walked));
  const sources = createSources(folderUri(workingFolder), (uri) => {
    const state = snapshot.file(uri);
    return state.kind === 'text' ? state.text : undefined;
  });
  return { snapshot, files: files.map(uriOfPath), folder: folderUri(workingFolder), sources };
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
