/** Folders that tools fill with what others have written: a change there is lost with the next installation. */
const installedFolders: ReadonlySet<string> = new Set(['.terraform', '.terragrunt-cache', 'node_modules']);

/** True for a file that the author of the workspace (`folder`, ending in `/`) can change; false for installed modules and for Bicep's module cache. */
export function isOwn(uri: string, folder: string, moduleCache: string | undefined): boolean {
  if (moduleCache !== undefined && uri.startsWith(moduleCache)) return false;
  const path = uri.startsWith(folder) ? uri.slice(folder.length) : uri;
  return !path.split('/').some((segment) => installedFolders.has(segment));
}
