import type { Check } from '../check.ts';
import { read, wholeResource } from '../context.ts';
import type { Evidence } from '../evidence.ts';
import { segmentsOf } from '../paths.ts';
import { leavesAt } from './leaves.ts';

/**
 * A secret that is written out in the code: a text, or the default of a parameter. What is handed in at deployment, made
 * there or read from a vault is not known here, and that is what a secret should be. Options: `path`, where the secret
 * stands; `[]` in it means each item.
 */
export const literalSecret: Check = (resource, context) => {
  const path = segmentsOf(String(context.options.path));
  const evidence: Evidence[] = [];
  for (const leaf of leavesAt(wholeResource(resource), path, (bound, inner) => read(context, bound, inner))) {
    const { value } = leaf;
    if (value.kind !== 'scalar' || value.value === null || value.value === '') continue;
    evidence.push({
      value,
      path: leaf.path,
      resource,
      place: leaf.place,
      missing: undefined,
      standsFor: undefined,
      detail: undefined,
    });
  }
  return evidence.length === 0 ? { verdict: 'pass' } : { verdict: 'fail', evidence };
};
