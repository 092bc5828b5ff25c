import type { FileReader } from '../../estate/loaded.ts';
import type { TerraformFiles } from './files.ts';
import { constantText, findAttribute } from './syntax.ts';

/** Versions by provider name, from the lock file of a folder (which ends in `/`). */
export function lockedVersions(folder: string, files: TerraformFiles, reader: FileReader): ReadonlyMap<string, string> {
  const locks = new Map<string, string>();
  const source = files.get(`${folder}.terraform.lock.hcl`, reader);
  for (const item of source?.file.body.items ?? []) {
    if (item.kind !== 'block' || item.type !== 'provider') continue;
    const name = item.labels[0]?.text.split('/').pop();
    const version = findAttribute(item.body, 'version')?.value;
    const text = version === undefined ? undefined : constantText(version);
    if (name !== undefined && text !== undefined) locks.set(name, text);
  }
  return locks;
}
