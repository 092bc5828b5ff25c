import { existsSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { covers, parsePattern } from '../engine/configuration/pattern.ts';
import { findFiles, PathError } from '../host/find-files.ts';

/**
 * Paths as they are, patterns (`infra/**\/*.bicep`) as the files that they match: for shells that leave them alone. What
 * exists under such a name is no pattern. Throws `PathError` for one that matches nothing.
 */
export function expandPatterns(paths: readonly string[], workingFolder: string): readonly string[] {
  return paths.flatMap((path) => {
    if (!/[*?{]/.test(path) || existsSync(resolve(workingFolder, path))) return [path];
    const slashed = path.split(sep).join('/');
    const magic = slashed.search(/[*?{]/);
    const folder = slashed.slice(0, slashed.lastIndexOf('/', magic) + 1);
    const pattern = parsePattern(`./${slashed.slice(folder.length)}`);
    if (typeof pattern === 'string') throw new PathError(`'${path}' is no pattern: ${pattern}`);
    const base = resolve(workingFolder, folder === '' ? '.' : folder);
    if (!existsSync(base)) throw new PathError(`There is no folder '${folder}'.`);
    const { files } = findFiles([base], workingFolder);
    const matching = files.filter((file) => covers(pattern, relative(base, file).split(sep)));
    if (matching.length === 0) throw new PathError(`No file matches '${path}'.`);
    return matching;
  });
}
