import { existsSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { uriOfPath } from '../engine/text/uri.ts';

/** Where `bicep restore` puts modules of registries, unless it is told otherwise. */
export interface ModuleCache {
  /** Absolute, links resolved. */
  readonly path: string;
  /** Ends in `/`. */
  readonly uri: string;
}

/** Undefined where nothing was ever restored. The one folder outside of the workspace that is read. */
export function defaultModuleCache(home: string = homedir()): ModuleCache | undefined {
  const folder = join(home, '.bicep');
  if (!existsSync(folder)) return undefined;
  const path = realpathSync(folder);
  return { path, uri: `${uriOfPath(path)}/` };
}
