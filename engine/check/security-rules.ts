import { type AddressSet, allAddresses, noAddresses, unionOf } from '../azure/addresses.ts';
import { noPorts, type PortSet, parsePorts, portSets } from '../azure/ports.ts';
import { addressesOfPrefix } from '../azure/security-rule.ts';
import type { Links } from '../estate/link.ts';
import { isNothing, itemsOf } from '../estate/operations.ts';
import { type PropertyPath, parsePath } from '../estate/path.ts';
import type { Resource } from '../estate/resource.ts';
import type { Text, Value } from '../estate/value.ts';
import { type Bound, boundElement, type EvaluationContext, read, wholeResource } from './context.ts';
import { type Cause, causeOf } from './evidence.ts';
import { causeIn } from './explain.ts';
import { segmentsOf } from './paths.ts';
import { existence } from './relations.ts';

export const ruleType = 'Microsoft.Network/networkSecurityGroups/securityRules';

/** Where rules stand in their group. */
export const rulesPath = parsePath('properties.securityRules[]');

/** One value of a rule's prefixes or ports. `known`: undefined where it is not. */
export interface Part<T> {
  readonly value: Value;
  readonly path: PropertyPath;
  readonly known: T | undefined;
}

/** Prefixes or ports of a rule; `whole` is the list, where they come from one. */
export interface Parts<T> {
  readonly parts: readonly Part<T>[];
  readonly list: Part<undefined> | undefined;
  /** There may be more than `parts`. */
  readonly open: boolean;
}

/** A rule of a network security group, as far as it is known. Texts are in lower case. */
export interface SecurityRule {
  readonly bound: Bound;
  /** True when it is a resource of its own. */
  readonly separate: boolean;
  /** Whether it is certainly deployed. */
  readonly certain: boolean;
  readonly name: string | undefined;
  /** The values that the texts below were read from. */
  readonly values: Readonly<Record<'direction' | 'access' | 'protocol' | 'priority', Value>>;
  readonly direction: string | undefined;
  readonly access: string | undefined;
  readonly protocol: string | undefined;
  readonly priority: number | undefined;
  /** The far side: where packets come from, or where they go to for rules that are read as `outbound`. */
  readonly remote: Parts<AddressSet>;
  readonly ports: Parts<PortSet>;
  /** The near side, as it is written. */
  readonly local: Parts<string>;
  /** Its source ports leave no packet out: true, false, or not known. */
  readonly everySourcePort: boolean | undefined;
}

export interface SecurityRules {
  readonly rules: readonly SecurityRule[];
  /** Why the group may have further rules that this estate writes; undefined when it has none. */
  readonly others: Cause | undefined;
}

/** Which way the packets go that a question is about. */
export type Facing = 'inbound' | 'outbound';

/** What was read of the groups of an estate, where no choice had a say in it. Dozens of rules ask for the same. */
const readBefore = new WeakMap<Links, Readonly<Record<Facing, Map<Resource, SecurityRules>>>>();

/** The rules of a group: those inside it and those that are resources of their own. */
export function rulesOfGroup(context: EvaluationContext, group: Resource, facing: Facing = 'inbound'): SecurityRules {
  const { links, assignment } = context;
  const known = readBefore.get(links) ?? { inbound: new Map(), outbound: new Map() };
  readBefore.set(links, known);
  const before = known[facing].get(group);
  if (before !== undefined) return before;
  const { consulted } = assignment;
  const rules = readGroup(context, group, facing);
  if (assignment.consulted === consulted) known[facing].set(group, rules);
  return rules;
}

function readGroup(context: EvaluationContext, group: Resource, facing: Facing): SecurityRules {
  const rules: SecurityRule[] = [];
  let others: Cause | undefined;
  const whole = wholeResource(group);
  const path = segmentsOf('properties.securityRules');
  const list = read(context, whole, path);
  if (list.kind === 'array') {
    for (const [index, item] of itemsOf(list).entries()) {
      const decided = context.assignment.resolve(item);
      if (isNothing(decided)) continue;
      const bound = boundElement(whole, [...path, { kind: 'index', index }], decided);
      if (decided.kind === 'unknown') others ??= causeOf(decided);
      else rules.push(readRule(context, bound, false, true, facing));
    }
    if (list.open !== undefined) others ??= causeOf(list.open);
  } else if (!isNothing(list)) others ??= causeIn(list, whole, path, 'unsupported');
  const { children, uncertain } = context.links.childrenOf(group, ruleType);
  for (const child of children) {
    const exists = existence(context, child);
    if (exists !== false) rules.push(readRule(context, wholeResource(child), true, exists === true, facing));
  }
  if (uncertain) {
    const detail = 'it is not known to which group some security rules belong';
    others ??= { reason: 'unsupported', detail, place: group.header };
  }
  return { rules, others };
}

/** Reads a rule; `bound` is the rule, with its `name` and `properties`. */
export function readRule(
  context: EvaluationContext,
  bound: Bound,
  separate: boolean,
  certain: boolean,
  facing: Facing = 'inbound',
): SecurityRule {
  const [far, near] =
    facing === 'inbound' ? (['source', 'destination'] as const) : (['destination', 'source'] as const);
  const get = (name: string): Value => read(context, bound, segmentsOf(`properties.${name}`));
  const lower = (value: Value): string | undefined => scalarText(value)?.trim().toLowerCase();
  const values = {
    direction: get('direction'),
    access: get('access'),
    protocol: get('protocol'),
    priority: get('priority'),
  };
  const priority = scalarText(values.priority);
  const sourcePorts = partsOf(context, bound, 'sourcePortRange', 'sourcePortRanges', portsOf);
  const name = read(context, bound, segmentsOf('name'));
  return {
    bound,
    separate,
    certain,
    name: scalarText(name),
    values,
    direction: lower(values.direction),
    access: lower(values.access),
    protocol: lower(values.protocol),
    priority: priority === undefined ? undefined : Number(priority),
    remote: partsOf(context, bound, `${far}AddressPrefix`, `${far}AddressPrefixes`, addressesOf),
    ports: partsOf(context, bound, 'destinationPortRange', 'destinationPortRanges', portsOf),
    local: localOf(context, bound, near),
    everySourcePort: coversEveryPort(sourcePorts),
  };
}

function localOf(context: EvaluationContext, bound: Bound, near: 'source' | 'destination'): Parts<string> {
  const prefixes = partsOf(context, bound, `${near}AddressPrefix`, `${near}AddressPrefixes`, scalarText);
  const groups = read(context, bound, segmentsOf(`properties.${near}ApplicationSecurityGroups`));
  // The machines of an application security group are some place that cannot be compared with addresses.
  const hasGroups = groups.kind === 'array' && groups.items.length > 0;
  return hasGroups ? { ...prefixes, open: true } : prefixes;
}

function coversEveryPort(ports: Parts<PortSet>): boolean | undefined {
  if (ports.parts.length === 0 && !ports.open) return true;
  if (portSets.covers(knownPorts(ports), [{ first: 1, last: 65_535 }])) return true;
  return isKnown(ports) ? false : undefined;
}

/** Ports that certainly are among the parts. */
export function knownPorts(ports: Parts<PortSet>): PortSet {
  return ports.parts.reduce<PortSet>((all, { known }) => portSets.union(all, known ?? noPorts), noPorts);
}

/** Addresses that certainly are among the parts. */
export function knownAddresses(parts: Parts<AddressSet>): AddressSet {
  return parts.parts.reduce((all, { known }) => unionOf(all, known ?? noAddresses), noAddresses);
}

/** All addresses that there may be among the parts. */
export function possibleAddresses(parts: Parts<AddressSet>): AddressSet {
  return isKnown(parts) ? knownAddresses(parts) : allAddresses;
}

export function isKnown<T>(parts: Parts<T>): boolean {
  return !parts.open && parts.parts.every(({ known }) => known !== undefined);
}

/** What is not known about some parts. */
export function causesIn<T>(parts: Parts<T>, bound: Bound): readonly Cause[] {
  const causes = parts.parts
    .filter(({ known }) => known === undefined)
    .map(({ value, path }) => causeIn(value, bound, path.slice(bound.path.length), 'unsupported'));
  if (causes.length === 0 && parts.list !== undefined)
    causes.push(causeIn(parts.list.value, bound, parts.list.path.slice(bound.path.length), 'unsupported'));
  return causes;
}

/** Both the property for one value and the one for a list, as Azure has them side by side. */
function partsOf<T>(
  context: EvaluationContext,
  bound: Bound,
  one: string,
  many: string,
  meaning: (value: Value) => T | undefined,
): Parts<T> {
  const parts: Part<T>[] = [];
  let open = false;
  const onePath = segmentsOf(`properties.${one}`);
  const single = read(context, bound, onePath);
  if (!isNothing(single) && !(single.kind === 'scalar' && single.value === ''))
    parts.push({ value: single, path: [...bound.path, ...onePath], known: meaning(single) });
  const manyPath = segmentsOf(`properties.${many}`);
  const list = read(context, bound, manyPath);
  const whole: Part<undefined> = { value: list, path: [...bound.path, ...manyPath], known: undefined };
  if (isNothing(list)) return { parts, list: undefined, open };
  if (list.kind === 'array') {
    for (const [index, item] of itemsOf(list).entries()) {
      const value = context.assignment.resolve(item);
      if (isNothing(value)) continue;
      parts.push({ value, path: [...whole.path, { kind: 'index', index }], known: meaning(value) });
    }
    open = list.open !== undefined;
  } else open = true;
  return { parts, list: whole, open };
}

export function scalarText(value: Value): string | undefined {
  return value.kind === 'scalar' && value.value !== null ? String(value.value) : undefined;
}

function portsOf(value: Value): PortSet | undefined {
  const written = scalarText(value);
  return written === undefined ? undefined : parsePorts(written);
}

const publicAddressType = 'microsoft.network/publicipaddresses';

/** Addresses of a prefix; none for one that is certainly narrow, although it is not known which. */
function addressesOf(value: Value): AddressSet | undefined {
  switch (value.kind) {
    case 'scalar':
      return value.value === null ? noAddresses : addressesOfPrefix(String(value.value));
    case 'text':
      return isNarrow(value) ? noAddresses : undefined;
    case 'reference': {
      const type = value.target.kind === 'resource' ? value.target.resource.type : value.target.id.type;
      return type.toLowerCase() === publicAddressType ? noAddresses : undefined;
    }
    case 'absent':
    case 'object':
    case 'array':
    case 'choice':
    case 'unknown':
      return undefined;
  }
}

const narrowPrefix = 16;

/** `${address}/32`: whatever the address is, the network is small. */
function isNarrow(text: Text): boolean {
  const last = text.parts[text.parts.length - 1];
  const prefix = typeof last === 'string' ? /\/(\d{1,3})$/.exec(last) : null;
  return prefix !== null && Number(prefix[1]) > narrowPrefix;
}
