import { publicAddresses } from '../azure/addresses.ts';
import { allPorts } from '../azure/ports.ts';
import { at, isNothing, itemsOf } from '../estate/operations.ts';
import type { Resource } from '../estate/resource.ts';
import type { Value } from '../estate/value.ts';
import { type Bound, boundElement, type EvaluationContext, read, wholeResource } from './context.ts';
import { type Exposure, strictestOf, worstOf } from './exposure.ts';
import { segmentsOf } from './paths.ts';
import { existence } from './relations.ts';
import { exposureOf, type Limit, type Question } from './rule-exposure.ts';
import { rulesOfGroup, scalarText } from './security-rules.ts';

const unknownPath: Exposure = { reach: 'unknown', why: 'the way to it through the network is not known' };

/** The exposure of what lies in a network, followed through it; undefined for every other type. */
export function networkReach(context: EvaluationContext, resource: Resource): Exposure | undefined {
  switch (resource.type.toLowerCase()) {
    case 'microsoft.compute/virtualmachines':
      return machineReach(context, resource);
    case 'microsoft.compute/virtualmachinescalesets':
      return configurationsReach(context, wholeResource(resource), scaleSetInterfaces);
    case 'microsoft.network/networkinterfaces':
      return interfaceReach(context, wholeResource(resource));
    case 'microsoft.network/loadbalancers':
      return isPublicBalancer(context, resource)
        ? { reach: 'internet', why: 'it has a public address' }
        : { reach: 'private', why: 'it has no public address' };
    case 'microsoft.network/networksecuritygroups':
      return groupReach(context, resource);
    default:
      return undefined;
  }
}

const scaleSetInterfaces = 'properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations';

/** A machine is as exposed as the most exposed of its network interfaces. */
function machineReach(context: EvaluationContext, machine: Resource): Exposure {
  const whole = wholeResource(machine);
  const path = segmentsOf('properties.networkProfile.networkInterfaces');
  const list = read(context, whole, path);
  const found: Exposure[] = [];
  if (list.kind === 'array') {
    for (const item of itemsOf(list)) {
      const target = context.links.targetOf(context.assignment.resolve(at(context.assignment.resolve(item), ['id'])));
      if (target.kind !== 'resource' || target.resource.existing) found.push(unknownPath);
      else if (existence(context, target.resource) !== false)
        found.push(interfaceReach(context, wholeResource(target.resource)));
    }
    if (list.open !== undefined) found.push(unknownPath);
  } else if (!isNothing(list)) found.push(unknownPath);
  const inline = 'properties.networkProfile.networkInterfaceConfigurations';
  if (read(context, whole, segmentsOf(inline)).kind === 'array')
    found.push(configurationsReach(context, whole, inline));
  return worstOf(found) ?? { reach: 'private', why: 'it has no network interface' };
}

function configurationsReach(context: EvaluationContext, whole: Bound, path: string): Exposure {
  const list = read(context, whole, segmentsOf(path));
  if (list.kind !== 'array')
    return isNothing(list) ? { reach: 'private', why: 'it has no network interface' } : unknownPath;
  const found = itemsOf(list).map((item, index) =>
    interfaceReach(context, boundElement(whole, [...segmentsOf(path), { kind: 'index', index }], item)),
  );
  if (list.open !== undefined) found.push(unknownPath);
  return worstOf(found) ?? { reach: 'private', why: 'it has no network interface' };
}

/** What leads to an interface: an address of its own, a balancer or a gateway; then what its security groups let through. */
function interfaceReach(context: EvaluationContext, card: Bound): Exposure {
  const path = segmentsOf('properties.ipConfigurations');
  const list = read(context, card, path);
  if (list.kind !== 'array') return isNothing(list) ? { reach: 'private', why: 'it has no address' } : unknownPath;
  const found = itemsOf(list).map((item, index): Exposure => {
    const bound = boundElement(card, [...path, { kind: 'index', index }], context.assignment.resolve(item));
    const door = doorOf(context, bound);
    return door.kind === 'door' ? behindGroups(context, card, bound, door) : door.exposure;
  });
  if (list.open !== undefined) found.push(unknownPath);
  return worstOf(found) ?? { reach: 'private', why: 'it has no address' };
}

type Door =
  | { readonly kind: 'door'; readonly what: string; readonly openWithoutGroup: boolean | undefined }
  | { readonly kind: 'decided'; readonly exposure: Exposure };

/** `properties.ipConfigurations[0]`: how deep the configuration of an interface lies that is a resource of its own. */
const standaloneDepth = 3;

/** How packets from the Internet get to an IP configuration. */
function doorOf(context: EvaluationContext, configuration: Bound): Door {
  const get = (name: string): Value => read(context, configuration, segmentsOf(`properties.${name}`));
  const isAlone = configuration.path.length <= standaloneDepth;
  // The interfaces of a scale set say what address they get; those that stand alone are given one.
  if (!isAlone && !isNothing(get('publicIPAddressConfiguration.name'))) {
    const sku = read(context, configuration, segmentsOf('properties.publicIPAddressConfiguration.sku.name'));
    return { kind: 'door', what: 'a public address', openWithoutGroup: isBasic(sku) };
  }
  const address = get('publicIPAddress.id');
  if (isAlone && !isNothing(address)) {
    const target = context.links.targetOf(address);
    const sku =
      target.kind === 'resource' && !target.resource.existing
        ? read(context, wholeResource(target.resource), segmentsOf('sku.name'))
        : undefined;
    return {
      kind: 'door',
      what: 'a public address',
      openWithoutGroup: sku === undefined ? undefined : isBasic(sku),
    };
  }
  for (const name of [
    'loadBalancerBackendAddressPools',
    'loadBalancerInboundNatRules',
    'loadBalancerInboundNatPools',
  ]) {
    const list = get(name);
    // Terraform puts an interface behind a balancer from outside; the interface itself does not say.
    if (list.kind === 'unknown' && isAlone && configuration.resource.language === 'terraform') continue;
    const balancer = balancerOf(context, list);
    if (balancer === undefined) continue;
    if (balancer === 'unknown') return { kind: 'decided', exposure: unknownPath };
    if (isPublicBalancer(context, balancer))
      return { kind: 'door', what: 'a public load balancer', openWithoutGroup: false };
  }
  const pools = get('applicationGatewayBackendAddressPools');
  if (pools.kind === 'array' && itemsOf(pools).length > 0) {
    const exposure = { reach: 'restricted', why: 'an application gateway leads to it' } as const;
    return { kind: 'decided', exposure };
  }
  return { kind: 'decided', exposure: { reach: 'private', why: 'it has no public address of its own' } };
}

/** A Basic address is open without a security group, a Standard one closed (Microsoft Learn, "Public IP addresses"). */
function isBasic(sku: Value): boolean | undefined {
  const name = scalarText(sku);
  if (name !== undefined) return name.toLowerCase() === 'basic';
  return undefined;
}

/** The balancer of the first pool or NAT rule in a list. */
function balancerOf(context: EvaluationContext, list: Value): Resource | 'unknown' | undefined {
  if (isNothing(list)) return undefined;
  if (list.kind !== 'array') return 'unknown';
  for (const item of itemsOf(list)) {
    const id = context.assignment.resolve(at(context.assignment.resolve(item), ['id']));
    for (const balancer of context.links.ofType('Microsoft.Network/loadBalancers')) {
      const parts = ['backendAddressPools', 'inboundNatRules', 'inboundNatPools'];
      if (parts.some((part) => context.links.pointsBelow(id, balancer, `${balancer.type}/${part}`) === true))
        return balancer;
    }
    return 'unknown';
  }
  return undefined;
}

function isPublicBalancer(context: EvaluationContext, balancer: Resource): boolean {
  const whole = wholeResource(balancer);
  const path = segmentsOf('properties.frontendIPConfigurations');
  const list = read(context, whole, path);
  if (list.kind !== 'array') return false;
  return itemsOf(list).some((item, index) => {
    const bound = boundElement(whole, [...path, { kind: 'index', index }], context.assignment.resolve(item));
    return ['publicIPAddress', 'publicIPPrefix'].some(
      (name) => !isNothing(read(context, bound, segmentsOf(`properties.${name}.id`))),
    );
  });
}

/** Packets have to pass the group of the subnet and that of the interface: the stricter of the two decides. */
function behindGroups(
  context: EvaluationContext,
  card: Bound,
  configuration: Bound,
  door: { readonly what: string; readonly openWithoutGroup: boolean | undefined },
): Exposure {
  const groups = [
    read(context, card, segmentsOf('properties.networkSecurityGroup.id')),
    subnetGroup(context, read(context, configuration, segmentsOf('properties.subnet.id'))),
  ].filter((group): group is Value => group === undefined || !isNothing(group));
  if (groups.length === 0) {
    switch (door.openWithoutGroup) {
      case true:
        return { reach: 'internet', why: `${door.what} leads to it, and no network security group stands before it` };
      case false:
        return { reach: 'private', why: `${door.what} lets nobody in without a network security group` };
      case undefined:
        return unknownPath;
    }
  }
  const passed = groups.map((id): Exposure => {
    const target = context.links.targetOf(id);
    return target.kind === 'resource' && !target.resource.existing ? groupReach(context, target.resource) : unknownPath;
  });
  const strictest = strictestOf(passed);
  if (strictest === undefined) return unknownPath;
  return { reach: strictest.reach, why: `${door.what} leads to it, and ${strictest.why}` };
}

/** The group of the subnet that an id points to: separate subnets and those inside their network. Nothing where it has none. */
function subnetGroup(context: EvaluationContext, id: Value): Value {
  const target = context.links.targetOf(id);
  const path = segmentsOf('properties.networkSecurityGroup.id');
  if (target.kind === 'resource' && !target.resource.existing)
    return read(context, wholeResource(target.resource), path);
  const inline = segmentsOf('properties.subnets');
  for (const network of context.links.ofType('Microsoft.Network/virtualNetworks')) {
    if (context.links.pointsBelow(id, network, `${network.type}/subnets`) !== true) continue;
    const whole = wholeResource(network);
    const list = read(context, whole, inline);
    if (list.kind !== 'array') break;
    const items = itemsOf(list).map((item, index) =>
      boundElement(whole, [...inline, { kind: 'index', index }], context.assignment.resolve(item)),
    );
    const name = lastName(id);
    const found = items.find((item) => {
      const own = scalarText(read(context, item, segmentsOf('name')))?.toLowerCase();
      return own !== undefined && own === name;
    });
    const [only] = items;
    const subnet = found ?? (items.length === 1 ? only : undefined);
    if (subnet !== undefined) return read(context, subnet, path);
  }
  return id;
}

function lastName(id: Value): string | undefined {
  if (id.kind === 'reference') {
    const names = id.target.kind === 'resource' ? id.target.resource.names : id.target.id.names;
    const last = names[names.length - 1];
    return last === undefined ? undefined : scalarText(last)?.toLowerCase();
  }
  return scalarText(id)?.split('/').pop()?.toLowerCase();
}

/** More addresses than any one company has. */
const everybody: Limit = { v4: 1n << 24n, v6: 1n << 112n };
const nobody: Limit = { v4: 0n, v6: 0n };

/** What a network security group lets in from public addresses, at any port. */
function groupReach(context: EvaluationContext, group: Resource): Exposure {
  const rules = rulesOfGroup(context, group, 'inbound');
  const ask = (limit: Limit): readonly ReturnType<typeof exposureOf>[] => {
    const question: Question = {
      facing: 'inbound',
      targets: (['tcp', 'udp'] as const).map((protocol) => ({ protocol, ports: allPorts })),
      counted: publicAddresses(),
      limit,
      least: 1,
      remoteOf: ({ remote }) => remote,
    };
    return rules.rules.map((rule) => exposureOf(rule, rules, question));
  };
  const wide = ask(everybody);
  if (wide.some(({ kind }) => kind === 'open'))
    return { reach: 'internet', why: 'its network security group lets the Internet in' };
  if (rules.others !== undefined || wide.some(({ kind }) => kind === 'unknown'))
    return { reach: 'unknown', why: 'not all rules of its network security group are known' };
  return ask(nobody).some(({ kind }) => kind === 'open')
    ? { reach: 'restricted', why: 'its network security group lets in some public addresses' }
    : { reach: 'private', why: 'its network security group lets nobody in from the Internet' };
}
