import { toData } from '../../../../engine/estate/plain.ts';
import type { Data } from '../../../../engine/functions/data.ts';
import { TerraformFiles } from '../../../../engine/languages/terraform/files.ts';
import { resolveTerraform } from '../../../../engine/languages/terraform/resolve.ts';
import { contextOf, folder } from './estate-of.ts';

/** What an expression is: data, `'error'` where Terraform refuses it, or the reason for which it is not known. */
export type Outcome =
  | { readonly kind: 'data'; readonly data: Data }
  | { readonly kind: 'error' }
  | { readonly kind: 'unknown'; readonly why: string };

/** Evaluates each expression in a module that has these locals. */
export function evaluateExpressions(locals: string, expressions: readonly string[]): readonly Outcome[] {
  const outputs = expressions.map((each, index) => `output "o${index}" {\n  value = ${each}\n}\n`);
  const estate = resolveTerraform(
    { language: 'terraform', uri: folder, parameterFiles: [] },
    contextOf({ 'locals.tf': locals, 'main.tf': outputs.join('') }),
    new TerraformFiles(),
    { types: {} },
  );
  return estate.outputs.map(({ value }): Outcome => {
    if (value.kind === 'unknown') return failing(value.reason, value.detail);
    const data = toData(value);
    if (data !== undefined) return { kind: 'data', data };
    const error = errorIn(value);
    return error === undefined ? { kind: 'unknown', why: 'only partly known' } : failing(error.reason, error.detail);
  });
}

function failing(reason: string, detail: string): Outcome {
  return reason === 'error' ? { kind: 'error' } : { kind: 'unknown', why: `${reason}: ${detail}` };
}

type Value = Parameters<typeof toData>[0];

function errorIn(value: Value): { readonly reason: string; readonly detail: string } | undefined {
  if (value.kind === 'unknown') return value;
  if (value.kind !== 'array' && value.kind !== 'object') return undefined;
  const parts = value.kind === 'array' ? value.items : value.keys().map((key) => value.get(key));
  for (const part of parts) {
    const found = errorIn(part);
    if (found !== undefined) return found;
  }
  return value.open;
}
