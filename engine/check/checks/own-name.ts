import { stepsOf } from '../../estate/origin.ts';
import type { Check } from '../check.ts';
import { read, wholeResource } from '../context.ts';
import { evidenceOf } from '../evidence.ts';
import { segmentsOf } from '../paths.ts';
import { leavesAt } from './leaves.ts';
import { pathsIn } from './secrets-in-text.ts';

/**
 * A text that stands in the code itself, so that it is the same wherever the code is deployed: not handed in by a parameter,
 * not even by its default. Options: `path`, where it stands, or a list of such paths.
 */
export const writtenOut: Check = (resource, context) => {
  const bound = wholeResource(resource);
  const evidence = pathsIn(context.options.path)
    .flatMap((path) => leavesAt(bound, segmentsOf(path), (at, inner) => read(context, at, inner)))
    .filter(({ value: { kind, origin } }) => {
      if (kind !== 'scalar' || origin.kind !== 'source') return false;
      return stepsOf(origin).every((step) => step.kind === 'variable' || step.kind === 'loop');
    })
    .filter(({ value }) => value.kind === 'scalar' && typeof value.value === 'string' && value.value !== '')
    .map((leaf) => evidenceOf(leaf, resource));
  return evidence.length === 0 ? { verdict: 'pass' } : { verdict: 'fail', evidence };
};
