import type { FileReader } from '../../estate/loaded.ts';
import { resolveRelative } from '../../text/uri.ts';

/**
 * The variable files that Terraform reads by itself in a folder (which ends in `/`), in the order of its precedence, the last
 * one counting most: `terraform.tfvars`, `terraform.tfvars.json`, then `*.auto.tfvars` and `*.auto.tfvars.json` by name.
 */
export function automaticVariableFiles(folder: string, reader: FileReader): readonly string[] {
  reader.depend(folder);
  const listing = reader.snapshot.list(folder);
  if (listing.kind !== 'entries') return [];
  const own = ['terraform.tfvars', 'terraform.tfvars.json'].filter((name) => listing.files.includes(name));
  const automatic = listing.files.filter((name) => /\.auto\.tfvars(?:\.json)?$/.test(name)).sort();
  return [...own, ...automatic].flatMap((name) => resolveRelative(folder, `./${name}`) ?? []);
}
