import type { FileReader } from '../../estate/loaded.ts';
import { resolveRelative } from '../../text/uri.ts';
import type { TerraformFiles } from './files.ts';

/**
 * Where `terraform init` has put a module, by what it wrote down in the root. `key` is the names of the calls that lead to
 * it, joined by dots. Undefined when it is not written there.
 */
export function installedFolder(
  root: string,
  key: string,
  files: TerraformFiles,
  reader: FileReader,
): string | undefined {
  const text = files.text(`${root}.terraform/modules/modules.json`, reader);
  if (text === undefined) return undefined;
  try {
    const manifest: unknown = JSON.parse(text);
    if (typeof manifest !== 'object' || manifest === null || !('Modules' in manifest)) return undefined;
    if (!Array.isArray(manifest.Modules)) return undefined;
    const entries: readonly unknown[] = manifest.Modules;
    for (const entry of entries) {
      if (typeof entry !== 'object' || entry === null || !('Key' in entry) || !('Dir' in entry)) continue;
      if (entry.Key === key && typeof entry.Dir === 'string') return resolveRelative(root, `${entry.Dir}/`);
    }
  } catch {
    return undefined;
  }
  return undefined;
}
