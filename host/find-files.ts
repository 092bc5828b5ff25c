import { type Dirent, existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { configurationName } from '../engine/configuration/settings.ts';

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
  '.tftest.hcl',
  '.tofutest.hcl',
  '.tfmock.hcl',
  '.json',
  '.jsonc',
];

/** Folders that no one writes by hand. */
const neverEntered = new Set(['.git', 'node_modules', '.terraform', '.terragrunt-cache', '.vscode-test']);

/** A path on the command line that cannot be used. */
export class PathError extends Error {}

export interface FoundFiles {
  /** Absolute and sorted. */
  readonly files: readonly string[];
  /** The folders that were walked, and whether each has a configuration file. */
  readonly walked: ReadonlyMap<string, boolean>;
}

interface Walk {
  readonly found: Set<string>;
  readonly walked: Map<string, boolean>;
}

interface IgnoreFile {
  readonly folder: string;
  readonly rules: Ignore;
}

/**
 * The files below the given paths that may be ours. Folders are walked as git sees them: what
 * `.gitignore` files leave out is left out; a file that is named itself always counts. Symbolic links to folders are not
 * followed. Throws `PathError` for a path that does not exist.
 */
export function findFiles(paths: readonly string[], workingFolder: string): FoundFiles {
  const walk: Walk = { found: new Set(), walked: new Map() };
  for (const path of paths) {
    const absolute = resolve(workingFolder, path);
    if (!existsSync(absolute)) throw new PathError(`There is no file or folder '${path}'.`);
    const real = realpathSync(absolute);
    if (statSync(real).isDirectory()) enter(real, ignoreFilesAbove(real), walk);
    else walk.found.add(real);
  }
  return { files: [...walk.found].sort(), walked: walk.walked };
}

function enter(folder: string, inherited: readonly IgnoreFile[], walk: Walk): void {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    // A folder that may not be entered hides its files from git as well.
    return;
  }
  walk.walked.set(
    folder,
    entries.some((entry) => entry.name === configurationName),
  );
  const own = entries.some((entry) => entry.name === '.gitignore') ? readIgnoreFile(folder) : undefined;
  const rules = own === undefined ? inherited : [...inherited, own];
  for (const entry of entries) {
    const path = folder + (folder.endsWith(sep) ? '' : sep) + entry.name;
    if (entry.isDirectory()) {
      if (!neverEntered.has(entry.name) && !isIgnored(path, true, rules)) enter(path, rules, walk);
    } else if (isOurs(entry.name) && (entry.isFile() || pointsToFile(entry, path)) && !isIgnored(path, false, rules)) {
      walk.found.add(path);
    }
  }
}

/** Whether a file, by its name, URI or path, may be ours. */
export function isLintable(path: string): boolean {
  return isOurs(path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf(sep)) + 1));
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
