import { templateKindOf } from '../languages/arm/template-kind.ts';

/** What a file is to us. `other`: JSON that is neither a template nor a parameter file, and everything else. */
export type FileKind =
  | 'bicep'
  | 'bicepparam'
  | 'template'
  | 'parameters'
  | 'terraform'
  | 'terraform-variables'
  | 'other';

/** Decides by the name, and for JSON by its text: cheaply, from its first lines, where that is possible. */
export function fileKindOf(uri: string, text: () => string): FileKind {
  const name = uri.toLowerCase();
  if (name.endsWith('.bicep')) return 'bicep';
  if (name.endsWith('.bicepparam')) return 'bicepparam';
  if (/\.(tf|tofu)(\.json)?$/.test(name)) return 'terraform';
  if (/\.tfvars(\.json)?$/.test(name)) return 'terraform-variables';
  if (!name.endsWith('.json') && !name.endsWith('.jsonc')) return 'other';
  return templateKindOf(text()).kind;
}
