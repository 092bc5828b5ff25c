import { stepsOf } from '../../estate/origin.ts';
import type { Check } from '../check.ts';
import { read, wholeResource } from '../context.ts';
import { evidenceOf } from '../evidence.ts';
import { segmentsOf } from '../paths.ts';
import { leavesAt } from './leaves.ts';
import { pathsIn } from './secrets-in-text.ts';

/**
 * A secret that a plain parameter hands in. Options: `path`, where secrets stand, or a list of such paths; `unlessNamed`, a
 * pattern: parameters of such names are another rule's.
 */
export const plainParameter: Check = (resource, context) => {
  const bound = wholeResource(resource);
  const { unlessNamed } = context.options;
  const evidence = pathsIn(context.options.path)
    .flatMap((path) => leavesAt(bound, segmentsOf(path), (at, inner) => read(context, at, inner)))
    .filter(({ value }) => {
      if (value.kind !== 'unknown' || value.reason !== 'parameter' || value.secret) return false;
      const parameter = stepsOf(value.origin).findLast((step) => step.kind === 'parameter');
      if (parameter === undefined) return false;
      return typeof unlessNamed !== 'string' || !context.matches(unlessNamed, parameter.name);
    })
    .map((leaf) => evidenceOf(leaf, resource));
  return evidence.length === 0 ? { verdict: 'pass' } : { verdict: 'fail', evidence };
};
