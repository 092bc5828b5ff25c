import {
  type AddressSet,
  countOf,
  intersectionOf,
  noAddresses,
  parseAddresses,
  publicAddresses,
  unionOf,
} from '../../azure/addresses.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Value } from '../../estate/value.ts';
import type { Check, CheckContext } from '../check.ts';
import { read, wholeResource } from '../context.ts';
import type { Evidence } from '../evidence.ts';
import { causeIn } from '../explain.ts';
import { segmentsOf } from '../paths.ts';
import { existence } from '../relations.ts';
import { isWide } from './wide-ranges.ts';

/** Where the first and the last address of a rule stand. */
const pairs = [
  ['properties.startIpAddress', 'properties.endIpAddress'],
  ['properties.startIPv6Address', 'properties.endIPv6Address'],
  ['properties.startIP', 'properties.endIP'],
] as const;

/** The range that stands for all services of Azure, whoever rents them. */
const azureServices = '0.0.0.0';

/**
 * The firewall rule of a database server, a range from one address to another. Options: `kind`, what of it is a fault, and
 * `closedBy`, a path of the server that makes its rules count for nothing where it says Disabled.
 * - `anybody`: more addresses than anybody owns, by this rule or by all rules of the server together;
 * - `azure`: the range 0.0.0.0 to 0.0.0.0, which lets in what runs in Azure, other customers' machines too;
 * - `many`: more public addresses than `largest`, and not as many as above.
 */
export const firewallRange: Check = (resource, context) => {
  if (isClosed(resource, context)) return { verdict: 'pass' };
  const range = rangeOf(resource, context);
  if (range === undefined) return { verdict: 'pass' };
  const { first, last } = range;
  if (first.value.kind !== 'scalar' || last.value.kind !== 'scalar') {
    const unknown = first.value.kind === 'scalar' ? last : first;
    const cause = causeIn(unknown.value, wholeResource(resource), segmentsOf(unknown.path), 'unsupported');
    return { verdict: 'undetermined', causes: [cause] };
  }
  const addresses = addressesOf(range) ?? noAddresses;
  const fault = { verdict: 'fail', evidence: [evidenceOf(resource, last)] } as const;
  const isAzure = String(first.value.value) === azureServices && String(last.value.value) === azureServices;
  switch (String(context.options.kind)) {
    case 'anybody':
      return isWide(addresses) || isWideTogether(resource, context, addresses) ? fault : { verdict: 'pass' };
    case 'azure':
      return isAzure ? { ...fault, evidence: [evidenceOf(resource, first)] } : { verdict: 'pass' };
    default: {
      const open = intersectionOf(addresses, publicAddresses());
      const many = countOf(open.v4) > BigInt(Number(context.options.largest)) || countOf(open.v6) > 1n << 64n;
      return many && !isAzure && !isWide(addresses) ? fault : { verdict: 'pass' };
    }
  }
};

interface Place {
  readonly path: string;
  readonly value: Value;
}

interface Range {
  readonly first: Place;
  readonly last: Place;
}

/** Undefined where the rule names no addresses, which Azure refuses. */
function rangeOf(resource: Resource, context: CheckContext): Range | undefined {
  const bound = wholeResource(resource);
  const at = (path: string): Place => ({ path, value: read(context, bound, segmentsOf(path)) });
  const written = pairs
    .map(([first, last]) => ({ first: at(first), last: at(last) }))
    .filter(({ first, last }) => first.value.kind !== 'absent' || last.value.kind !== 'absent');
  // What a provider has no argument for is unknown, and says nothing beside what is written.
  return written.find(({ first, last }) => first.value.kind === 'scalar' || last.value.kind === 'scalar') ?? written[0];
}

function addressesOf({ first, last }: Range): AddressSet | undefined {
  if (first.value.kind !== 'scalar' || last.value.kind !== 'scalar') return undefined;
  return parseAddresses(`${String(first.value.value)}-${String(last.value.value)}`);
}

/** Ranges of one server that are wide only together are told once, at the first of them. */
function isWideTogether(resource: Resource, context: CheckContext, own: AddressSet): boolean {
  const server = context.links.parentOf(resource);
  if (server === undefined) return false;
  const others = context.links
    .childrenOf(server, resource.type)
    .children.filter((each) => existence(context, each) === true);
  if (others[0] !== resource) return false;
  let together = own;
  for (const other of others) {
    const range = rangeOf(other, context);
    const addresses = (range === undefined ? undefined : addressesOf(range)) ?? noAddresses;
    if (isWide(addresses)) return false;
    together = unionOf(together, addresses);
  }
  return isWide(together);
}

function isClosed(resource: Resource, context: CheckContext): boolean {
  const server = context.links.parentOf(resource);
  const { closedBy } = context.options;
  if (server === undefined || typeof closedBy !== 'string') return false;
  const value = read(context, wholeResource(server), segmentsOf(closedBy));
  return value.kind === 'scalar' && ['disabled', 'securedbyperimeter'].includes(String(value.value).toLowerCase());
}

function evidenceOf(resource: Resource, { path, value }: Place): Evidence {
  return {
    value,
    path: segmentsOf(path),
    resource,
    place: resource.header,
    missing: undefined,
    standsFor: undefined,
    detail: undefined,
  };
}
