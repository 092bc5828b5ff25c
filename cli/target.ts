import { realpathSync } from 'node:fs';
import { defaultBudget } from '../engine/estate/context.ts';
import type { Snapshot } from '../engine/estate/snapshot.ts';
import { uriOfPath } from '../engine/text/uri.ts';
import { createDiskSnapshot } from '../host/disk-snapshot.ts';
import { createSources, type Sources } from '../report/source.ts';
import { findFiles } from './find-files.ts';
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
  const files = findFiles(named, workingFolder).map(uriOfPath);
  const snapshot = createDiskSnapshot(workspaceRootsOf(named, workingFolder), defaultBudget.fileSize);
  const folder = `${uriOfPath(workingFolder)}/`.replace(/\/\/$/, '/');
  const sources = createSources(folder, (uri) => {
    const state = snapshot.file(uri);
    return state.kind === 'text' ? state.text : undefined;
  });
  return { snapshot, files, folder, sources };
}
