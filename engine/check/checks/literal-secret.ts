import { isNothing, itemsOf } from '../../estate/operations.ts';
import type { Value } from '../../estate/value.ts';
import type { Check, CheckContext } from '../check.ts';
import { read, wholeResource } from '../context.ts';
import { isPlaceholder, isVersionNumber } from '../credentials.ts';
import type { Evidence } from '../evidence.ts';
import { segmentsOf } from '../paths.ts';
import { leavesAt } from './leaves.ts';
import { pathsIn } from './secrets-in-text.ts';

/**
 * A secret that is written out in the code: a text, or the default of a parameter. What is handed in at deployment, made
 * there or read from a vault is not known here, and that is what a secret should be. Options: `path`, where the secret
 * stands, or a list of such paths; `[]` in them means each item. `unlessNamed`, a pattern: what has such a name is kept like a
 * secret and is none, as a user's name beside the password.
 */
export const literalSecret: Check = (resource, context) => {
  const evidence: Evidence[] = [];
  const bound = wholeResource(resource);
  const { unlessNamed } = context.options;
  const name = typeof unlessNamed === 'string' ? read(context, bound, segmentsOf('name')) : undefined;
  if (typeof unlessNamed === 'string' && name?.kind === 'scalar' && context.matches(unlessNamed, String(name.value)))
    return { verdict: 'pass' };
  const leaves = pathsIn(context.options.path).flatMap((path) =>
    leavesAt(bound, segmentsOf(path), (at, inner) => read(context, at, inner)),
  );
  for (const leaf of leaves) {
    const { value } = leaf;
    if (!isWritten(value, context)) continue;
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

function isWritten(value: Value, context: CheckContext): boolean {
  if (value.kind === 'scalar') {
    const text = String(value.value);
    return !isNothing(value) && text !== '' && !isPlaceholder(text) && !isVersionNumber(text);
  }
  return context.options.whole === true && holdsText(value, context);
}

/** Numbers and switches alone are no secret. */
function holdsText(value: Value, context: CheckContext): boolean {
  const decided = context.assignment.resolve(value);
  if (decided.kind === 'array') return itemsOf(decided).some((item) => holdsText(item, context));
  if (decided.kind === 'object') return decided.keys().some((key) => holdsText(decided.get(key), context));
  return decided.kind === 'scalar' && typeof decided.value === 'string' && isWritten(decided, context);
}
