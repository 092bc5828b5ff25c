import { isPlanText } from '../inputs/plan-document.ts';
import { templateKindOf } from '../languages/arm/template-kind.ts';

/** What a file is to us. `other`: JSON that is neither a template nor a parameter file, and everything else. */
export type FileKind =
  | 'bicep'
  | 'bicepparam'
  | 'template'
  | 'parameters'
  | 'terraform'
  /** Terraform's files that deploy nothing themselves: values of variables, tests. */
  | 'terraform-variables'
  /** A Terraform plan or state, as `terraform show -json` prints it. */
  | 'plan'
  | 'other';

/** Decides by the name, and for JSON by its text: cheaply, from its first lines, where that is possible. */
export function fileKindOf(uri: string, text: () => string): FileKind {
  const name = uri.toLowerCase();
  if (name.endsWith('.bicep')) return 'bicep';
  if (name.endsWith('.bicepparam')) return 'bicepparam';
  if (/\.(tf|tofu)(\.json)?$/.test(name)) return 'terraform';
  if (/\.(tfvars(\.json)?|(tftest|tofutest|tfmock)\.hcl)$/.test(name)) return 'terraform-variables';
  if (!name.endsWith('.json') && !name.endsWith('.jsonc')) return 'other';
  const content = text();
  return isPlanText(content) ? 'plan' : templateKindOf(content).kind;
}
