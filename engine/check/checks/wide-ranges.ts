import { type AddressSet, countOf, noAddresses, parseAddresses, unionOf } from '../../azure/addresses.ts';
import type { Value } from '../../estate/value.ts';
import type { Check, CheckContext } from '../check.ts';
import { read, wholeResource } from '../context.ts';
import type { Cause, Evidence } from '../evidence.ts';
import { causeIn } from '../explain.ts';
import { segmentsOf } from '../paths.ts';
import { type Leaf, leavesAt } from './leaves.ts';
import { pathsIn } from './secrets-in-text.ts';

/** Companies and providers own ranges up to this size; what is larger is not somebody's own network. */
const largestNetwork = { v4: 1n << 24n, v6: 1n << 112n };

/**
 * Allowed addresses that are together, or one by one, more of the Internet than anybody owns: `0.0.0.0/0`, its two halves,
 * one range from end to end. Options: `path`, the texts with addresses, networks, ranges, or several of them with commas
 * between, or a list of such paths; `[]` in them means each item.
 */
export const wideRanges: Check = (resource, context) => {
  const parts = listed(resource, context);
  const known = parts.filter(({ addresses }) => addresses !== undefined);
  const alone = known.filter(({ addresses }) => addresses !== undefined && isWide(addresses));
  if (alone.length > 0) return { verdict: 'fail', evidence: alone.map((part) => evidenceOf(part, resource)) };
  const together = known.reduce((sum, { addresses }) => unionOf(sum, addresses ?? noAddresses), noAddresses);
  const [first] = known;
  if (first !== undefined && isWide(together)) return { verdict: 'fail', evidence: [evidenceOf(first, resource)] };
  const causes = parts.flatMap((part): readonly Cause[] =>
    part.addresses === undefined
      ? [causeIn(part.leaf.value, wholeResource(resource), part.leaf.path, 'unsupported')]
      : [],
  );
  return causes.length === 0 ? { verdict: 'pass' } : { verdict: 'undetermined', causes };
};

interface Part {
  readonly leaf: Leaf;
  /** Undefined where they are not known. */
  readonly addresses: AddressSet | undefined;
}

type Resource = Parameters<Check>[0];

function listed(resource: Resource, context: CheckContext): readonly Part[] {
  const leaves = pathsIn(context.options.path).flatMap((path) =>
    leavesAt(wholeResource(resource), segmentsOf(path), (bound, inner) => read(context, bound, inner)),
  );
  return leaves.map((leaf) => ({ leaf, addresses: addressesIn(leaf.value) }));
}

/** The addresses in a text; what is no address (a host name) lets nobody in that could be counted. */
function addressesIn(value: Value): AddressSet | undefined {
  if (value.kind !== 'scalar') return undefined;
  if (typeof value.value !== 'string') return noAddresses;
  return value.value.split(',').reduce((sum, each) => unionOf(sum, parseAddresses(each) ?? noAddresses), noAddresses);
}

/** Whether it is more than anybody owns. */
export function isWide(addresses: AddressSet): boolean {
  return countOf(addresses.v4) > largestNetwork.v4 || countOf(addresses.v6) > largestNetwork.v6;
}

function evidenceOf({ leaf }: Part, resource: Resource): Evidence {
  return {
    value: leaf.value,
    path: leaf.path,
    resource,
    place: leaf.place,
    missing: undefined,
    standsFor: undefined,
    detail: undefined,
  };
}
