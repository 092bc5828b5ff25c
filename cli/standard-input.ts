import { readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { defaultBudget } from '../engine/estate/context.ts';
import type { FileState, Snapshot } from '../engine/estate/snapshot.ts';
import { decode } from '../host/disk-snapshot.ts';

/** Where a file lies or would lie, links in its folder resolved. The folder need not be there either. */
export function pathOfInput(name: string, workingFolder: string): string {
  const absolute = resolve(workingFolder, name);
  try {
    return join(realpathSync(dirname(absolute)), basename(absolute));
  } catch {
    return absolute;
  }
}

/** A snapshot in which one file has the text that is on standard input. */
export function withInput(snapshot: Snapshot, uri: string): Snapshot {
  const state: FileState = decode(readFileSync(0), defaultBudget.fileSize);
  return { file: (each) => (each === uri ? state : snapshot.file(each)), list: (each) => snapshot.list(each) };
}
