import type { Snapshot } from '../estate/snapshot.ts';
import { parentFolder, resolveRelative } from '../text/uri.ts';
import { configurationName } from './settings.ts';

export type Extended =
  | { readonly kind: 'found'; readonly uri: string }
  | { readonly kind: 'missing'; readonly message: string };

/**
 * The file that `extends` means: a path (`./base.yaml`), or an npm package that is installed in this folder or one above
 * (`@contoso/demarc`, whose `demarc.yaml` counts, or `@contoso/demarc/strict.yaml`). Packages are only read, never run.
 */
export function findExtended(written: string, folder: string, snapshot: Snapshot): Extended {
  if (/^\.\.?\//.test(written)) {
    const uri = resolveRelative(folder, written);
    if (uri !== undefined && snapshot.file(uri).kind === 'text') return { kind: 'found', uri };
    return { kind: 'missing', message: `There is no file '${written}'. Paths are relative to this file's folder.` };
  }
  const match = /^(@[\w.-]+\/)?[\w-][\w.-]*(\/[\w-][\w.-]*)*$/.exec(written);
  if (match === null) {
    const message = `'${written}' is neither a path that begins with './' or '../' nor the name of an npm package.`;
    return { kind: 'missing', message };
  }
  const path = /\.ya?ml$/.test(written) ? written : `${written}/${configurationName}`;
  for (let each: string | undefined = folder; each !== undefined; each = parentFolder(each)) {
    const uri = resolveRelative(each, `node_modules/${path}`);
    if (uri !== undefined && snapshot.file(uri).kind === 'text') return { kind: 'found', uri };
  }
  const message = /^[\w.-]+\.ya?ml$/.test(written)
    ? `There is no package '${written}'. If a file is meant, write './${written}'.`
    : `There is no node_modules/${path} here or in a folder above. Install the package, or write './' before a path.`;
  return { kind: 'missing', message };
}
