import {
  type AddressSet,
  intersectionOf,
  noAddresses,
  parseAddresses,
  publicAddresses,
  unionOf,
} from '../../azure/addresses.ts';
import { allPorts, noPorts, type PortSet, parsePorts, portSets } from '../../azure/ports.ts';
import { isEverybody } from '../../azure/security-rule.ts';
import { sameValue } from '../../estate/condition.ts';
import type { Resource } from '../../estate/resource.ts';
import { type DataObject, isDataArray } from '../../functions/data.ts';
import type { Check, CheckContext, Outcome } from '../check.ts';
import { wholeResource } from '../context.ts';
import type { Cause, Evidence } from '../evidence.ts';
import { existence } from '../relations.ts';
import { exposureOf, isMore, type Limit, type Question, type Target } from '../rule-exposure.ts';
import {
  type Facing,
  type Part,
  type Parts,
  readRule,
  rulesOfGroup,
  rulesPath,
  ruleType,
  type SecurityRule,
  type SecurityRules,
  scalarText,
} from '../security-rules.ts';
import { subnetsOfGroup } from '../subnets.ts';

/** Companies and providers own ranges up to this size; what is larger is not somebody's own network. */
const largestNetwork: Limit = { v4: 1n << 24n, v6: 1n << 112n };

/** A rule for this many ports is about all of them, whatever it leaves out. */
const mostPorts = 32_768;

const remoteDesktop = 3389;

/**
 * Ports that somebody can reach by the rules of a network security group: inline rules and rules of their own together, by
 * priority, what earlier denies take away taken away. Options:
 * - `tcp`, `udp`: the ports, as numbers or texts (`20-25`, `*`); `ports` is short for `tcp`, and for Remote Desktop over UDP.
 * - `except`: ports that may be open.
 * - `from`: who must not reach them. `internet` (the usual), a `range` of public addresses that is larger than a handful and
 *   smaller than the Internet, a wide `private` network that the group otherwise shuts out, or the service `tags` named.
 * - `direction`: `outbound` asks what may be reached from behind the group.
 * - `most`: `only` asks for rules that open most ports there are, `leave` leaves those to whoever asks for them.
 *
 * A rule that something unknown may deny before is a possible fault; a rule that may itself let somebody in, depending on
 * something unknown, is undetermined.
 */
export const openPorts: Check = (resource, context) => {
  const { options } = context;
  const facing: Facing = options.direction === 'outbound' ? 'outbound' : 'inbound';
  const lone = resource.type.toLowerCase() === ruleType.toLowerCase();
  if (!lone) {
    const rules = rulesOfGroup(context, resource, facing);
    const usual = questionIn(options, facing);
    const platform =
      facing === 'inbound' && rules.rules.length > 0 && asksForPlatform(usual)
        ? platformPortsOf(context, resource)
        : noPorts;
    const question =
      platform.length === 0 ? usual : questionOf(options, facing, portSets.union(portsIn(options.except), platform));
    return combine(
      rules.rules.map((rule) => judge(rule, rules, question, options)),
      rules.others,
    );
  }
  // A rule whose group is deployed here is judged with it.
  const group = context.links.parentOf(resource);
  if (group !== undefined && !group.existing) return { verdict: 'pass' };
  const rules = { rules: neighbours(resource, context, facing), others: undefined };
  const own = rules.rules.find(({ bound }) => bound.resource === resource);
  if (own === undefined) return { verdict: 'pass' };
  return combine([judge(own, rules, questionIn(options, facing), options)], undefined);
};

/** Rules of one group that is not deployed here. */
function neighbours(resource: Resource, context: CheckContext, facing: Facing): readonly SecurityRule[] {
  const rules: SecurityRule[] = [];
  for (const sibling of context.links.ofType(ruleType)) {
    const exists = existence(context, sibling);
    if (exists === false || (sibling !== resource && !haveOneGroup(sibling, resource))) continue;
    rules.push(readRule(context, wholeResource(sibling), true, exists === true, facing));
  }
  return rules;
}

function haveOneGroup(a: Resource, b: Resource): boolean {
  const [left] = a.names;
  const [right] = b.names;
  return left !== undefined && right !== undefined && sameValue(left, right) === true;
}

/** Questions without platform ports, which differ from rule to rule only. */
const asked = new WeakMap<DataObject, Question>();

function questionIn(options: DataObject, facing: Facing): Question {
  const before = asked.get(options);
  if (before !== undefined) return before;
  const question = questionOf(options, facing, portsIn(options.except));
  asked.set(options, question);
  return question;
}

function questionOf(options: DataObject, facing: Facing, exempt: PortSet): Question {
  const { ports, tcp, udp, tags } = options;
  const short = portsIn(ports);
  const desktop = portSets.has(short, remoteDesktop) ? [{ first: remoteDesktop, last: remoteDesktop }] : noPorts;
  const targets: readonly Target[] = [
    { protocol: 'tcp', ports: portSets.subtract(portSets.union(short, portsIn(tcp)), exempt) },
    { protocol: 'udp', ports: portSets.subtract(portSets.union(desktop, portsIn(udp)), exempt) },
  ];
  const least = options.most === 'only' ? mostPorts : 1;
  const shared = { facing, targets: targets.filter((target) => target.ports.length > 0), least };
  switch (options.from) {
    case 'range':
      return { ...shared, counted: publicAddresses(), limit: handful, remoteOf: ({ remote }) => ranges(remote) };
    case 'private':
      return { ...shared, counted: privateAddresses(), limit: fewMachines, remoteOf: privateNetworks };
    default: {
      const named = tags !== undefined && isDataArray(tags) ? tags.map((tag) => String(tag).toLowerCase()) : undefined;
      const remoteOf: Question['remoteOf'] = ({ remote }) => (named === undefined ? remote : tagged(remote, named));
      return { ...shared, counted: publicAddresses(), limit: largestNetwork, remoteOf };
    }
  }
}

function portsIn(option: DataObject[string] | undefined): PortSet {
  if (option === undefined || !isDataArray(option)) return noPorts;
  return option.reduce<PortSet>((all, each) => portSets.union(all, parsePorts(String(each)) ?? noPorts), noPorts);
}

const handful: Limit = { v4: 8n, v6: 1n << 64n };

/** Each public network that is more than a handful and less than the Internet. */
function ranges(remote: Parts<AddressSet>): Parts<AddressSet> {
  return mapped(remote, ({ known }) => {
    if (known === undefined) return undefined;
    const outside = intersectionOf(known, publicAddresses());
    return isMore(outside, handful) && !isMore(outside, largestNetwork) ? outside : noAddresses;
  });
}

const fewMachines: Limit = { v4: 32n, v6: 1n << 64n };

let privateOnes: AddressSet | undefined;

/** RFC 1918, RFC 6598 and RFC 4193. */
function privateAddresses(): AddressSet {
  privateOnes ??= ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7']
    .map((range) => parseAddresses(range) ?? noAddresses)
    .reduce(unionOf, noAddresses);
  return privateOnes;
}

/** Each wide private network, where the group shuts out the rest of the virtual network; otherwise nothing is gained by less. */
function privateNetworks(rule: SecurityRule, { rules }: SecurityRules): Parts<AddressSet> {
  const shutOut = rules.some(
    (other) => other.access === 'deny' && other.direction === 'inbound' && other.remote.parts.some(isWholeNetwork),
  );
  return mapped(rule.remote, ({ value, known }) => {
    if (!shutOut || isEverybody(scalarText(value) ?? '')) return noAddresses;
    return known === undefined || isMore(known, fewMachines) ? known : noAddresses;
  });
}

function isWholeNetwork({ value }: Part<AddressSet>): boolean {
  const written = scalarText(value) ?? '';
  return isEverybody(written) || written.trim().toLowerCase() === 'virtualnetwork';
}

/** Service tags as what they are here: addresses that everybody can rent. */
function tagged(remote: Parts<AddressSet>, tags: readonly string[]): Parts<AddressSet> {
  return mapped(remote, ({ value, known }) => {
    const [tag] = (scalarText(value) ?? '').trim().toLowerCase().split('.', 1);
    if (tag !== undefined && tags.includes(tag)) return publicAddresses();
    return known === undefined ? undefined : noAddresses;
  });
}

function mapped(
  parts: Parts<AddressSet>,
  meaning: (part: Part<AddressSet>) => AddressSet | undefined,
): Parts<AddressSet> {
  return { ...parts, parts: parts.parts.map((part) => ({ ...part, known: meaning(part) })) };
}

/** Azure Bastion's own subnet has to let the Internet in at 443 (Microsoft Learn, "Working with NSG access and Azure Bastion"). */
const platformPorts: Readonly<Record<string, readonly number[]>> = { azurebastionsubnet: [443] };

/** Most questions are about other ports: for those nobody needs to know what the subnets are. */
function asksForPlatform({ targets }: Question): boolean {
  return Object.values(platformPorts).some((ports) =>
    ports.some((port) => targets.some((target) => portSets.has(target.ports, port))),
  );
}

function platformPortsOf(context: CheckContext, group: Resource): PortSet {
  const names = subnetsOfGroup(context, group);
  const [first, ...others] = names.map((name) => portsIn(platformPorts[name?.toLowerCase() ?? '']));
  return others.reduce(portSets.intersect, first ?? noPorts);
}

type Judged =
  | { readonly kind: 'closed' }
  | { readonly kind: 'open'; readonly certain: boolean; readonly evidence: Evidence }
  | { readonly kind: 'unknown'; readonly causes: readonly Cause[] };

function judge(rule: SecurityRule, rules: SecurityRules, question: Question, options: DataObject): Judged {
  const exposure = exposureOf(rule, rules, question);
  if (exposure.kind !== 'open') return exposure;
  if (options.most === 'leave' && opensMost(rule, rules, question)) return { kind: 'closed' };
  const evidence = evidenceFor(rule, exposure.remote, exposure.addresses, exposure.ports, question);
  return { kind: 'open', certain: exposure.certain, evidence };
}

function opensMost(rule: SecurityRule, rules: SecurityRules, question: Question): boolean {
  const targets = (['tcp', 'udp'] as const).map((protocol): Target => ({ protocol, ports: allPorts }));
  const whole = exposureOf(rule, rules, { ...question, targets, least: mostPorts });
  return whole.kind === 'open' && whole.certain;
}

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

/** Points at the prefix that lets somebody in; at the list where only several together do, or several each. */
function evidenceFor(
  { bound, name, separate }: SecurityRule,
  { parts, list }: Parts<AddressSet>,
  exposed: AddressSet,
  ports: PortSet,
  { facing, limit }: Question,
): Evidence {
  const alone = parts.filter(({ known }) => known !== undefined && isMore(intersectionOf(known, exposed), limit));
  const [first] = alone;
  const single = first !== undefined && (alone.length === 1 || first.path.length < (list?.path.length ?? 0) + 1);
  const at = single ? first : (list ?? first ?? parts[0]);
  const lets = facing === 'inbound' ? 'lets it in at' : 'lets it out to';
  return {
    value: at?.value ?? bound.value,
    path: at?.path ?? bound.path,
    resource: bound.resource,
    place: bound.place,
    missing: undefined,
    standsFor: separate ? rulesPath : undefined,
    detail: `${name === undefined ? 'The rule' : `Rule '${name}'`} ${lets} port ${written(ports)}.`,
    parts: partsOf(ports),
  };
}

/** Each port, for aliases that stand for one of them; many are more than any alias stands for. */
function partsOf(ports: PortSet): readonly string[] {
  return ports.flatMap(({ first, last }) =>
    last - first < shownRanges ? singlesOf(first, last) : [`${first}-${last}`],
  );
}

const shownRanges = 8;

function written(ports: PortSet): string {
  const singles = ports.flatMap(({ first, last }) =>
    last - first < 3 ? singlesOf(first, last) : [`${first}-${last}`],
  );
  const more = singles.length > shownRanges ? ` and ${singles.length - shownRanges} more` : '';
  return `${singles.slice(0, shownRanges).join(', ')}${more}`;
}

function singlesOf(first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
}
