import {
  type AddressSet,
  countOf,
  covers,
  intersectionOf,
  noAddresses,
  parseAddresses,
  unionOf,
  without,
} from '../azure/addresses.ts';
import { type PortSet, portSets } from '../azure/ports.ts';
import { firstPriority, isAboutProtocol, isEverybody } from '../azure/security-rule.ts';
import type { Cause } from './evidence.ts';
import { causeIn } from './explain.ts';
import { segmentsOf } from './paths.ts';
import {
  causesIn,
  type Facing,
  isKnown,
  knownAddresses,
  knownPorts,
  type Part,
  type Parts,
  possibleAddresses,
  type SecurityRule,
  type SecurityRules,
} from './security-rules.ts';
import type { Truth } from './value-test.ts';

/** Ports, and the protocol by which they are reached. */
export interface Target {
  readonly protocol: 'tcp' | 'udp';
  readonly ports: PortSet;
}

/** How many addresses are still few. */
export interface Limit {
  readonly v4: bigint;
  readonly v6: bigint;
}

/** What is asked of the rules of a group. */
export interface Question {
  readonly facing: Facing;
  readonly targets: readonly Target[];
  /** The far addresses that count. */
  readonly counted: AddressSet;
  /** More of them than this are a fault. */
  readonly limit: Limit;
  /** How many ports of one protocol have to be open before it is a fault. */
  readonly least: number;
  /** The far side of a rule that allows, as the question sees it. */
  readonly remoteOf: (rule: SecurityRule, rules: SecurityRules) => Parts<AddressSet>;
}

export type Exposure =
  | { readonly kind: 'closed' }
  | {
      readonly kind: 'open';
      /** False when something unknown may deny it before. */
      readonly certain: boolean;
      readonly ports: PortSet;
      readonly addresses: AddressSet;
      readonly remote: Parts<AddressSet>;
    }
  | { readonly kind: 'unknown'; readonly causes: readonly Cause[] };

const closed: Exposure = { kind: 'closed' };

/** What one rule lets through, when what earlier rules deny is taken away. */
export function exposureOf(rule: SecurityRule, rules: SecurityRules, question: Question): Exposure {
  if (isNot(rule.direction, question.facing) || isNot(rule.access, 'allow')) return closed;
  const remote = question.remoteOf(rule, rules);
  const possible = intersectionOf(possibleAddresses(remote), question.counted);
  if (!isMore(possible, question.limit)) return closed;
  const known = intersectionOf(knownAddresses(remote), question.counted);
  const found = question.targets.map((target) => openAt(target, rule, rules, known, possible, question));
  const enough = (ports: PortSet): boolean => countPorts(ports) >= question.least;
  const sure = found.filter(({ certain }) => enough(certain));
  const open = sure.length > 0 ? sure : found.filter(({ all }) => enough(all));
  if (open.length > 0) {
    const certain = sure.length > 0;
    const ports = open.map((each) => (certain ? each.certain : each.all)).reduce(portSets.union);
    const addresses = open.map(({ addresses }) => addresses).reduce(unionOf);
    return { kind: 'open', certain, ports, addresses, remote };
  }
  const doubtful = found.some(({ doubtful, all }) => doubtful && (question.least === 1 || !enough(all)));
  return doubtful ? { kind: 'unknown', causes: causesOf(rule, remote) } : closed;
}

function countPorts(ports: PortSet): number {
  return ports.reduce((sum, { first, last }) => sum + last - first + 1, 0);
}

interface Found {
  /** Ports that are open for certain. */
  readonly certain: PortSet;
  /** Those, and the ones that something unknown may deny. */
  readonly all: PortSet;
  readonly addresses: AddressSet;
  /** Something unknown may open ports. */
  readonly doubtful: boolean;
}

function openAt(
  target: Target,
  rule: SecurityRule,
  rules: SecurityRules,
  known: AddressSet,
  possible: AddressSet,
  question: Question,
): Found {
  let certain: PortSet = [];
  let all: PortSet = [];
  let addresses: AddressSet = noAddresses;
  let doubtful = false;
  const byProtocol = protocolConcerns(rule, target.protocol);
  const stated = byProtocol === true && rule.direction !== undefined && rule.access !== undefined;
  const ports = knownPorts(rule.ports);
  const asked = isKnown(rule.ports) ? portSets.intersect(target.ports, ports) : target.ports;
  for (const slice of byProtocol === false ? [] : slicesOf(asked, [rule, ...rules.rules])) {
    const denied = deniedBefore(rule, rules, target.protocol, slice, question);
    const exposed = without(known, denied.certainly);
    if (stated && portSets.covers(ports, slice) && isMore(exposed, question.limit)) {
      const left = without(exposed, denied.possibly);
      const sure = isMore(left, question.limit);
      all = portSets.union(all, slice);
      if (sure) certain = portSets.union(certain, slice);
      addresses = unionOf(addresses, sure ? left : exposed);
    } else if (isMore(without(possible, denied.certainly), question.limit)) doubtful = true;
  }
  return { certain, all, addresses, doubtful };
}

/** The ports cut wherever the ports of a rule begin or end, so that each rule is about the whole of a slice or about none. */
function slicesOf(ports: PortSet, rules: readonly SecurityRule[]): readonly PortSet[] {
  const starts = new Set<number>();
  for (const rule of rules) {
    for (const { first, last } of knownPorts(rule.ports)) starts.add(first).add(last + 1);
  }
  const cuts = [...starts].sort((a, b) => a - b);
  const slices: PortSet[] = [];
  for (const { first, last } of ports) {
    let from = first;
    for (const cut of cuts) {
      if (cut <= from || cut > last) continue;
      slices.push([{ first: from, last: cut - 1 }]);
      from = cut;
    }
    slices.push([{ first: from, last }]);
  }
  return slices;
}

function isNot(known: string | undefined, wanted: string): boolean {
  return known !== undefined && known !== wanted;
}

function protocolConcerns(rule: SecurityRule, protocol: string): Truth {
  return rule.protocol === undefined ? undefined : isAboutProtocol(rule.protocol, protocol);
}

/** Whether a rule is about packets to the ports of a slice. */
function concerns(rule: SecurityRule, protocol: string, slice: PortSet): Truth {
  const byProtocol = protocolConcerns(rule, protocol);
  if (byProtocol === false) return false;
  const byPort = portSets.covers(knownPorts(rule.ports), slice) ? true : isKnown(rule.ports) ? false : undefined;
  return byPort === true ? byProtocol : byPort;
}

interface Denied {
  readonly certainly: AddressSet;
  readonly possibly: AddressSet;
}

/** The addresses whose packets are denied before the rule is asked. */
function deniedBefore(
  rule: SecurityRule,
  { rules, others }: SecurityRules,
  protocol: string,
  slice: PortSet,
  question: Question,
): Denied {
  let certainly: AddressSet = noAddresses;
  let possibly: AddressSet = noAddresses;
  // Rules that are not known could come first, unless nothing can.
  if (others !== undefined && rule.priority !== firstPriority) possibly = question.counted;
  for (const other of rules) {
    if (other === rule || isNot(other.direction, question.facing) || isNot(other.access, 'deny')) continue;
    const comesFirst =
      other.priority === undefined || rule.priority === undefined ? undefined : other.priority < rule.priority;
    const truths: readonly Truth[] = [
      other.direction === undefined || other.access === undefined ? undefined : true,
      other.certain ? true : undefined,
      comesFirst,
      concerns(other, protocol, slice),
      other.everySourcePort,
      coversLocal(other, rule),
    ];
    if (truths.includes(false)) continue;
    possibly = unionOf(possibly, possibleAddresses(other.remote));
    if (!truths.includes(undefined)) certainly = unionOf(certainly, knownAddresses(other.remote));
  }
  return { certainly, possibly: unionOf(possibly, certainly) };
}

/** Whether the near side of one rule holds all of another's. */
function coversLocal(outer: SecurityRule, inner: SecurityRule): Truth {
  const everywhere = (rule: SecurityRule): boolean =>
    (rule.local.parts.length === 0 && !rule.local.open) ||
    rule.local.parts.some(({ known }) => known !== undefined && isEverybody(known));
  if (everywhere(outer)) return true;
  if (!isKnown(outer.local) || !isKnown(inner.local)) return undefined;
  if (everywhere(inner)) return false;
  const texts = new Set(outer.local.parts.map(({ known }) => known?.toLowerCase()));
  const outerSet = outer.local.parts.map(addressesAt).reduce(unionOf, noAddresses);
  const covered = inner.local.parts.map((part): Truth => {
    if (texts.has(part.known?.toLowerCase())) return true;
    const addresses = part.known === undefined ? undefined : parseAddresses(part.known);
    // A service tag may or may not hold an address.
    return addresses === undefined ? undefined : covers(outerSet, addresses) ? true : undefined;
  });
  return covered.includes(undefined) ? undefined : true;
}

function addressesAt({ known }: Part<string>): AddressSet {
  return (known === undefined ? undefined : parseAddresses(known)) ?? noAddresses;
}

export function isMore(addresses: AddressSet, { v4, v6 }: Limit): boolean {
  return countOf(addresses.v4) > v4 || countOf(addresses.v6) > v6;
}

/** What of a rule is not known. */
function causesOf(rule: SecurityRule, remote: Parts<AddressSet>): readonly Cause[] {
  const causes = [...causesIn(remote, rule.bound), ...causesIn(rule.ports, rule.bound)];
  for (const name of ['direction', 'access', 'protocol', 'priority'] as const) {
    if (rule[name] !== undefined) continue;
    causes.push(causeIn(rule.values[name], rule.bound, segmentsOf(`properties.${name}`), 'unsupported'));
  }
  return causes;
}
