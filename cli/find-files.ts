import { type Dirent, existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Endings of the files that may be ours; `.json` and `.jsonc` are looked into before they count. */
const endings = [
  '.bicep',
  '.bicepparam',
  '.tf',
  '.tofu',
  '.tf.json',
  '.tofu.json',
  '.tfvars',
  '.tfvars.json',
  '.json',
  '.jsonc',
];

/** Folders that no one writes by hand. */
const neverEntered = new Set(['.git', 'node_modules', '.terraform', '.terragrunt-cache', '.vscode-test']);

/** A path on the command line that cannot be used. */
export class PathError extends Error {}

interface IgnoreFile {
  readonly folder: string;
  readonly rules: Ignore;
}

/**
 * The files below the given paths that may be ours, absolute and sorted. Folders are walked as git sees them: what
 * `.gitignore` files leave out is left out; a file that is named itself always counts. Symbolic links to folders are not
 * followed. Throws `PathError` for a path that does not exist.
 */
export function findFiles(paths: readonly string[], workingFolder: string): readonly string[] {
  const found = new Set<string>();
  for (const path of paths) {
    const absolute = resolve(workingFolder, path);
    if (!existsSync(absolute)) throw new PathError(`There is no file or folder '${path}'.`);
    const real = realpathSync(absolute);
    if (statSync(real).isDirectory()) walk(real, ignoreFilesAbove(real), found);
    else found.add(real);
  }
  return [...found].sort();
}

function walk(folder: string, inherited: readonly IgnoreFile[], found: Set<string>): void {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    // A folder that may not be entered hides its files from git as well.
    return;
  }
  const own = entries.some((entry) => entry.name === '.gitignore') ? readIgnoreFile(folder) : undefined;
  const rules = own === undefined ? inherited : [...inherited, own];
  for (const entry of entries) {
    const path = folder + (folder.endsWith(sep) ? '' : sep) + entry.name;
    if (entry.isDirectory()) {
      if (!neverEntered.has(entry.name) && !isIgnored(path, true, rules)) walk(path, rules, found);
    } else if (isOurs(entry.name) && (entry.isFile() || pointsToFile(entry, path)) && !isIgnored(path, false, rules)) {
      found.add(path);
    }
  }
}

function isOurs(name: string): boolean {
  if (name.startsWith('.')) return false;
  return endings.some((ending) => name.endsWith(ending));
}

function pointsToFile(entry: Dirent, path: string): boolean {
  return entry.isSymbolicLink() && (statSync(path, { throwIfNoEntry: false })?.isFile() ?? false);
}

function isIgnored(path: string, isFolder: boolean, rules: readonly IgnoreFile[]): boolean {
  // The nearest file decides, as in git; a later `!pattern` takes a path back in.
  for (let index = rules.length - 1; index >= 0; index--) {
    const file = rules[index];
    if (file === undefined) continue;
    const below = relative(file.folder, path).split(sep).join('/');
    const answer = file.rules.test(isFolder ? `${below}/` : below);
    if (answer.ignored) return true;
    if (answer.unignored) return false;
  }
  return false;
}

function ignoreFilesAbove(folder: string): readonly IgnoreFile[] {
  const files: IgnoreFile[] = [];
  for (let current = folder; !existsSync(join(current, '.git')); ) {
    const above = dirname(current);
    if (above === current) return [];
    current = above;
    const file = readIgnoreFile(current);
    if (file !== undefined) files.unshift(file);
  }
  return files;
}

function readIgnoreFile(folder: string): IgnoreFile | undefined {
  try {
    return { folder, rules: ignore().add(readFileSync(join(folder, '.gitignore'), 'utf8')) };
  } catch {
    return undefined;
  }
}
