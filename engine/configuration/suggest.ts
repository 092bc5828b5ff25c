import type { Root } from '../estate/estate.ts';
import { fileNameOf, folderOf, isBelow, parentFolder, relativeTo } from '../text/uri.ts';

export interface SuggestedDeployments {
  /** Parameter files by template, both relative. */
  readonly parameterFiles: ReadonlyMap<string, readonly string[]>;
  /** By Terraform folder the names of sets with their variable file, relative. */
  readonly sets: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/**
 * Which parameter files probably belong to which root, where names don't tell: each goes to the only root of its language
 * in the nearest folder around it, folders that only hold variables left out. `kinds` has the kind of every file.
 */
export function suggestDeployments(
  roots: readonly Root[],
  kinds: ReadonlyMap<string, string>,
  folder: string,
): SuggestedDeployments {
  const parameterFiles = new Map<string, string[]>();
  const sets = new Map<string, Map<string, string>>();
  const used = new Set(roots.flatMap((root) => root.parameterFiles));
  const path = (uri: string): string => relativeTo(folder, uri);
  for (const [uri, kind] of kinds) {
    if (used.has(uri)) continue;
    if (kind === 'parameters') {
      const template = onlyRootAround(uri, roots, folder, false);
      if (template === undefined) continue;
      const files = parameterFiles.get(path(template)) ?? [];
      parameterFiles.set(path(template), [...files, path(uri)]);
    } else if (kind === 'terraform-variables') {
      const root = onlyRootAround(uri, roots, folder, true);
      if (root === undefined) continue;
      const key = path(root).replace(/\/$/, '') || '.';
      const named = sets.get(key) ?? new Map<string, string>();
      sets.set(key, named.set(setName(uri, root), path(uri)));
    }
  }
  return { parameterFiles, sets };
}

function onlyRootAround(uri: string, roots: readonly Root[], top: string, terraform: boolean): string | undefined {
  for (let folder: string | undefined = folderOf(uri); folder !== undefined; folder = parentFolder(folder)) {
    if (!isBelow(folder, top)) return undefined;
    const here = new Set(
      roots
        .filter((root) => (root.language === 'terraform') === terraform && folderOf(root.uri) === folder)
        .map((root) => root.uri),
    );
    if (here.size > 1) return undefined;
    const [only] = here;
    if (only !== undefined) return only;
  }
  return undefined;
}

/** `prod` for `prod.tfvars`, and for `environments/prod/terraform.tfvars`. */
function setName(uri: string, root: string): string {
  const stem = fileNameOf(uri).replace(/\.tfvars(\.json)?$/, '');
  if (stem !== 'terraform' || folderOf(uri) === root) return stem;
  return fileNameOf(folderOf(uri).slice(0, -1));
}
