import {
  type AddressSet,
  countOf,
  covers,
  intersectionOf,
  noAddresses,
  parseAddresses,
  publicAddresses,
  unionOf,
  without,
} from '../../azure/addresses.ts';
import { portSets } from '../../azure/ports.ts';
import { firstPriority, isAboutProtocol, isEverybody } from '../../azure/security-rule.ts';
import { sameValue } from '../../estate/condition.ts';
import type { Resource } from '../../estate/resource.ts';
import { type DataObject, isDataArray } from '../../functions/data.ts';
import type { Check, CheckContext, Outcome } from '../check.ts';
import { wholeResource } from '../context.ts';
import type { Cause, Evidence } from '../evidence.ts';
import { causeIn } from '../explain.ts';
import { segmentsOf } from '../paths.ts';
import { existence } from '../relations.ts';
import {
  causesIn,
  isKnown,
  knownAddresses,
  knownPorts,
  type Part,
  possibleAddresses,
  readRule,
  rulesOfGroup,
  rulesPath,
  ruleType,
  type SecurityRule,
  type SecurityRules,
} from '../security-rules.ts';
import { subnetsOfGroup } from '../subnets.ts';
import type { Truth } from '../value-test.ts';

/** A port that machines are administered through, and the protocol by which it is reached. */
interface Target {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
}

/** Companies and providers own ranges up to this size; what is larger is not somebody's own network. */
const largestNetwork = { v4: 1n << 24n, v6: 1n << 112n };

const remoteDesktop = 3389;

/**
 * Management ports that the Internet can reach by the rules of a network security group: inline rules and rules of their
 * own together, by priority, what earlier denies take away taken away. Options: `ports`, a list of port numbers.
 *
 * A rule that something unknown may deny before is a possible fault; a rule that may itself let the Internet in,
 * depending on something unknown, is undetermined.
 */
export const managementPorts: Check = (resource, context) => {
  if (resource.type.toLowerCase() === ruleType.toLowerCase()) return judgeLoneRule(resource, context);
  const exempt = exemptPorts(context, resource);
  const targets = targetsOf(context.options).filter(({ port }) => !exempt.has(port));
  const rules = rulesOfGroup(context, resource);
  return combine(
    rules.rules.map((rule) => judgeRule(rule, rules, targets)),
    rules.others,
  );
};

/** A rule whose group is not deployed here; one whose group is, is judged with it. */
function judgeLoneRule(resource: Resource, context: CheckContext): Outcome {
  const group = context.links.parentOf(resource);
  if (group !== undefined && !group.existing) return { verdict: 'pass' };
  const rules: SecurityRule[] = [];
  for (const sibling of context.links.ofType(ruleType)) {
    const exists = existence(context, sibling);
    if (exists === false || (sibling !== resource && !haveOneGroup(sibling, resource))) continue;
    rules.push(readRule(context, wholeResource(sibling), true, exists === true));
  }
  const own = rules.find(({ bound }) => bound.resource === resource);
  if (own === undefined) return { verdict: 'pass' };
  return combine([judgeRule(own, { rules, others: undefined }, targetsOf(context.options))], undefined);
}

function haveOneGroup(a: Resource, b: Resource): boolean {
  const [left] = a.names;
  const [right] = b.names;
  return left !== undefined && right !== undefined && sameValue(left, right) === true;
}

function targetsOf(options: DataObject): readonly Target[] {
  const { ports } = options;
  const targets: Target[] = [];
  for (const each of ports !== undefined && isDataArray(ports) ? ports : []) {
    const port = Number(each);
    targets.push({ port, protocol: 'tcp' });
    if (port === remoteDesktop) targets.push({ port, protocol: 'udp' });
  }
  return targets;
}

/** Azure Bastion's own subnet has to let the Internet in at 443 (Microsoft Learn, "Working with NSG access and Azure Bastion"). */
const platformPorts: Readonly<Record<string, readonly number[]>> = { azurebastionsubnet: [443] };

function exemptPorts(context: CheckContext, group: Resource): ReadonlySet<number> {
  const names = subnetsOfGroup(context, group);
  const [first, ...others] = names.map((name) => platformPorts[name?.toLowerCase() ?? ''] ?? []);
  const common = (first ?? []).filter((port) => others.every((ports) => ports.includes(port)));
  return new Set(common);
}

type Judged =
  | { readonly kind: 'closed' }
  | { readonly kind: 'open'; readonly certain: boolean; readonly evidence: Evidence }
  | { readonly kind: 'unknown'; readonly causes: readonly Cause[] };

function combine(judged: readonly Judged[], others: Cause | undefined): Outcome {
  const open = judged.filter((each) => each.kind === 'open');
  const certain = open.filter((each) => each.certain);
  const shown = certain.length > 0 ? certain : open;
  if (shown.length > 0) {
    const verdict = certain.length > 0 ? 'fail' : 'may-fail';
    return { verdict, evidence: shown.map(({ evidence }) => evidence) };
  }
  const causes = judged.flatMap((each) => (each.kind === 'unknown' ? each.causes : []));
  if (others !== undefined) causes.push(others);
  return causes.length === 0 ? { verdict: 'pass' } : { verdict: 'undetermined', causes };
}

function judgeRule(rule: SecurityRule, rules: SecurityRules, targets: readonly Target[]): Judged {
  if (isNot(rule.direction, 'inbound') || isNot(rule.access, 'allow')) return { kind: 'closed' };
  const reached: Target[] = [];
  let remaining: AddressSet = noAddresses;
  let doubtful: AddressSet = noAddresses;
  let causes: readonly Cause[] = [];
  for (const target of targets) {
    const concerned = concerns(rule, target);
    if (concerned === false) continue;
    const denied = deniedBefore(rule, rules, target);
    const exposed = without(intersectionOf(knownAddresses(rule.sources), publicAddresses()), denied.certainly);
    const certain = concerned === true && rule.direction !== undefined && rule.access !== undefined;
    if (certain && isLarge(exposed)) {
      reached.push(target);
      remaining = unionOf(remaining, without(exposed, denied.possibly));
      doubtful = unionOf(doubtful, exposed);
    } else if (isLarge(without(intersectionOf(possibleAddresses(rule.sources), publicAddresses()), denied.certainly))) {
      causes = causes.length > 0 ? causes : causesOf(rule);
    }
  }
  if (reached.length === 0) return causes.length === 0 ? { kind: 'closed' } : { kind: 'unknown', causes };
  const sure = isLarge(remaining);
  const evidence = evidenceFor(rule, sure ? remaining : doubtful, reached);
  return { kind: 'open', certain: sure, evidence };
}

function isNot(known: string | undefined, wanted: string): boolean {
  return known !== undefined && known !== wanted;
}

/** Whether a rule is about packets to a port. */
function concerns(rule: SecurityRule, { port, protocol }: Target): Truth {
  const byProtocol = rule.protocol === undefined ? undefined : isAboutProtocol(rule.protocol, protocol);
  if (byProtocol === false) return false;
  const byPort = portSets.has(knownPorts(rule.ports), port) ? true : isKnown(rule.ports) ? false : undefined;
  return byPort === true ? byProtocol : byPort;
}

interface Denied {
  readonly certainly: AddressSet;
  readonly possibly: AddressSet;
}

/** The addresses whose packets are denied before the rule is asked. */
function deniedBefore(rule: SecurityRule, { rules, others }: SecurityRules, target: Target): Denied {
  let certainly: AddressSet = noAddresses;
  let possibly: AddressSet = noAddresses;
  // Rules that are not known could come first, unless nothing can.
  if (others !== undefined && rule.priority !== firstPriority) possibly = publicAddresses();
  for (const other of rules) {
    if (other === rule || isNot(other.direction, 'inbound') || isNot(other.access, 'deny')) continue;
    const comesFirst =
      other.priority === undefined || rule.priority === undefined ? undefined : other.priority < rule.priority;
    const truths: readonly Truth[] = [
      other.direction === undefined || other.access === undefined ? undefined : true,
      other.certain ? true : undefined,
      comesFirst,
      concerns(other, target),
      other.everySourcePort,
      coversDestination(other, rule),
    ];
    if (truths.includes(false)) continue;
    possibly = unionOf(possibly, possibleAddresses(other.sources));
    if (!truths.includes(undefined)) certainly = unionOf(certainly, knownAddresses(other.sources));
  }
  return { certainly, possibly: unionOf(possibly, certainly) };
}

/** Whether one rule's destinations hold all of another's. */
function coversDestination(outer: SecurityRule, inner: SecurityRule): Truth {
  const everywhere = (rule: SecurityRule): boolean =>
    (rule.destination.parts.length === 0 && !rule.destination.open) ||
    rule.destination.parts.some(({ known }) => known !== undefined && isEverybody(known));
  if (everywhere(outer)) return true;
  if (!isKnown(outer.destination) || !isKnown(inner.destination)) return undefined;
  if (everywhere(inner)) return false;
  const texts = new Set(outer.destination.parts.map(({ known }) => known?.toLowerCase()));
  const outerSet = outer.destination.parts.map(addressesAt).reduce(unionOf, noAddresses);
  const covered = inner.destination.parts.map((part): Truth => {
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

function isLarge(addresses: AddressSet): boolean {
  return countOf(addresses.v4) > largestNetwork.v4 || countOf(addresses.v6) > largestNetwork.v6;
}

/** Points at the prefix that lets the Internet in; at the list where only several together do, or several each. */
function evidenceFor(rule: SecurityRule, exposed: AddressSet, reached: readonly Target[]): Evidence {
  const { sources, bound } = rule;
  const alone = sources.parts.filter(({ known }) => known !== undefined && isLarge(intersectionOf(known, exposed)));
  const [first] = alone;
  const single =
    first !== undefined && (alone.length === 1 || first.path.length < (sources.list?.path.length ?? 0) + 1);
  const at = single ? first : (sources.list ?? first ?? sources.parts[0]);
  const ports = [...new Set(reached.map(({ port }) => port))].join(', ');
  return {
    value: at?.value ?? bound.value,
    path: at?.path ?? bound.path,
    resource: bound.resource,
    place: bound.place,
    missing: undefined,
    standsFor: rule.separate ? rulesPath : undefined,
    detail: `${rule.name === undefined ? 'The rule' : `Rule '${rule.name}'`} lets it in at port ${ports}.`,
  };
}

/** What of a rule is not known. */
function causesOf(rule: SecurityRule): readonly Cause[] {
  const causes = [...causesIn(rule.sources, rule.bound), ...causesIn(rule.ports, rule.bound)];
  for (const name of ['direction', 'access', 'protocol', 'priority'] as const) {
    if (rule[name] !== undefined) continue;
    const path = segmentsOf(`properties.${name}`);
    causes.push(causeIn(rule.values[name], rule.bound, path, 'unsupported'));
  }
  return causes;
}
