import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * The folders below which files may be read for these paths: for each path the repository that holds it (the nearest
 * folder above with a `.git`), else the working folder when the path lies in it, else the path's own folder.
 * Absolute, symbolic links resolved.
 */
export function workspaceRootsOf(paths: readonly string[], workingFolder: string): readonly string[] {
  const roots = new Set<string>();
  for (const path of paths) {
    const absolute = realpathSync(resolve(workingFolder, path));
    const folder = statSync(absolute).isDirectory() ? absolute : dirname(absolute);
    const working = realpathSync(workingFolder);
    const inside = folder === working || folder.startsWith(join(working, '/'));
    roots.add(repositoryAbove(folder) ?? (inside ? working : folder));
  }
  return [...roots];
}

function repositoryAbove(folder: string): string | undefined {
  for (let current = folder; ; current = dirname(current)) {
    if (existsSync(join(current, '.git'))) return current;
    if (dirname(current) === current) return undefined;
  }
}
