import { isNothing, property } from '../../estate/operations.ts';
import type { Value } from '../../estate/value.ts';
import type { Check } from '../check.ts';
import { read, wholeResource } from '../context.ts';
import { type Evidence, evidenceOf } from '../evidence.ts';
import { segmentsOf } from '../paths.ts';
import { type Leaf, leavesAt } from './leaves.ts';

const day = 86_400_000;

/**
 * Credentials that are good for too long, between `startDateTime` and `endDateTime`. What has no end gets one of Microsoft:
 * two years. What has no start begins when it is made, which nobody knows before. They stand in the list
 * `passwordCredentials`, or are resources of their own. Options: `days`, how long they may be good.
 */
export const passwordLifetime: Check = (resource, context) => {
  const { days } = context.options;
  const longest = (typeof days === 'number' ? days : 365) + 1;
  const bound = wholeResource(resource);
  const alone = resource.type.toLowerCase().endsWith('/passwordcredentials');
  const leaves = alone
    ? [{ value: resource.body, path: [], place: resource.header }]
    : leavesAt(bound, segmentsOf('passwordCredentials[]'), (at, inner) => read(context, at, inner));
  const evidence = leaves.flatMap((leaf) => {
    if (leaf.value.kind !== 'object') return [];
    const member = (name: string): Value => context.assignment.resolve(property(leaf.value, name));
    const end = member('endDateTime');
    const hours = /^(\d+)h$/.exec(textOf(member('endDateRelative')) ?? '')?.[1];
    if (hours !== undefined) return Number(hours) > longest * 24 ? [faultIn(leaf, member('endDateRelative'))] : [];
    if (isNothing(end)) return isNothing(member('endDateRelative')) ? [faultIn(leaf, end)] : [];
    const until = Date.parse(textOf(end) ?? '');
    const from = Date.parse(textOf(member('startDateTime')) ?? '');
    return until - from > longest * day ? [faultIn(leaf, end)] : [];
  });
  return evidence.length === 0 ? { verdict: 'pass' } : { verdict: 'fail', evidence };

  function faultIn(leaf: Leaf, value: Value): Evidence {
    const place = value.origin.kind === 'source' ? value.origin : leaf.place;
    const at = isNothing(value) ? leaf.path : [...leaf.path, { kind: 'key', key: 'endDateTime' } as const];
    return evidenceOf({ value: isNothing(value) ? leaf.value : value, path: at, place }, resource);
  }
};

function textOf(value: Value): string | undefined {
  return value.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}
