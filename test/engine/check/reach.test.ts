import { describe, expect, it } from 'vitest';
import { patternProblem } from '../../../engine/check/compile-all.ts';
import { compileRisk } from '../../../engine/check/compile-risk.ts';
import type { Exposure } from '../../../engine/check/exposure.ts';
import { exposures, stepsByType } from '../../../engine/check/reach.ts';
import { linkResources } from '../../../engine/estate/link.ts';
import type { Resource } from '../../../engine/estate/resource.ts';
import type { Data } from '../../../engine/functions/data.ts';
import { compiled } from '../../rules/judge.ts';
import { either, estate, facts, idOf, openList, resource, unset, type Written } from './estates.ts';

const weights = {
  severity: { critical: 10, high: 6, medium: 3, low: 1 },
  exposure: { internet: 5, restricted: 3, unknown: 3, private: 2 },
  protects: { data: 2, identity: 2, guard: 2, other: 1 },
};
const vault = 'Microsoft.KeyVault/vaults';
const tables: Data = [
  {
    types: [vault],
    steps: [
      { when: { 'properties.publicNetworkAccess': { equals: 'Disabled' } }, reach: 'private', why: 'it is shut' },
      { when: { 'properties.networkAcls.defaultAction': { equals: 'Deny' } }, reach: 'restricted', why: 'it filters' },
      { reach: 'internet', why: 'it is open' },
    ],
  },
];

function exposureOf(wanted: Resource, ...others: readonly Resource[]): Exposure {
  const compiled = compileRisk({ weights, identity: [], guard: [], exposure: tables }, patternProblem);
  expect(compiled.problems).toEqual([]);
  const resources = [wanted, ...others];
  const known = facts({
    [vault]: {
      'properties.publicNetworkAccess': { absent: [{ value: 'Enabled' }], source: 'a test' },
      'properties.networkAcls.defaultAction': { absent: [{ value: 'Allow' }], source: 'a test' },
    },
    'Microsoft.Network/networkSecurityGroups': { 'properties.securityRules': { absent: 'none', source: 'a test' } },
    'Microsoft.Network/networkInterfaces': { 'properties.networkSecurityGroup': { absent: 'none', source: 'a test' } },
  });
  const steps = stepsByType(compiled.risk.exposure);
  return exposures(estate(resources), linkResources(resources), known, steps, true)(wanted);
}

const reachOf = (wanted: Resource, ...others: readonly Resource[]): string => exposureOf(wanted, ...others).reach;

describe('the exposure that settings tell', () => {
  const of = (properties: Written) => reachOf(resource(vault, { properties }));

  it('is that of the first step that holds', () => {
    expect(of({ publicNetworkAccess: 'disabled', networkAcls: { defaultAction: 'Allow' } })).toBe('private');
    expect(of({ networkAcls: { defaultAction: 'Deny' } })).toBe('restricted');
    expect(of({})).toBe('internet');
  });

  it('is unknown where a step cannot be decided', () => {
    expect(of({ publicNetworkAccess: unset('access') })).toBe('unknown');
  });

  it('is the worst of several alternatives', () => {
    expect(of({ publicNetworkAccess: either('isPublic', 'Disabled', 'Enabled') })).toBe('internet');
  });

  it('is that of the parent for what lies below', () => {
    const parent = resource(vault, { properties: { networkAcls: { defaultAction: 'Deny' } } });
    const child = resource(`${vault}/keys`, {}, { parent });
    expect(exposureOf(child, parent)).toEqual({ reach: 'restricted', why: 'it filters' });
  });

  it('is unknown for what no table lists', () => {
    expect(reachOf(resource('Microsoft.Nobody/knows', {}))).toBe('unknown');
  });
});

const network = 'Microsoft.Network/';

function group(...rules: readonly { readonly [key: string]: Written }[]): Resource {
  const securityRules = rules.map((properties, index) => ({
    name: `rule${index}`,
    properties: {
      priority: 100 + index,
      direction: 'Inbound',
      access: 'Allow',
      protocol: 'Tcp',
      sourcePortRange: '*',
      destinationAddressPrefix: '*',
      destinationPortRange: '443',
      ...properties,
    },
  }));
  return resource(
    `${network}networkSecurityGroups`,
    { properties: { securityRules } },
    { name: `group${rules.length}` },
  );
}

const address = (sku: string): Resource => resource(`${network}publicIPAddresses`, { sku: { name: sku } });

function card(
  configuration: { readonly [key: string]: Written },
  properties: { readonly [key: string]: Written } = {},
) {
  return resource(`${network}networkInterfaces`, {
    properties: { ipConfigurations: [{ name: 'one', properties: configuration }], ...properties },
  });
}

describe('the exposure of a network interface', () => {
  const standard = address('Standard');
  const basic = address('Basic');
  const open = group({ sourceAddressPrefix: '*' });
  const office = group({ sourceAddressPrefix: '20.30.40.0/24' });
  const shut = group({ sourceAddressPrefix: 'VirtualNetwork' });
  const guarded = (public_: Resource, guard: Resource) =>
    reachOf(
      card({ publicIPAddress: { id: idOf(public_) } }, { networkSecurityGroup: { id: idOf(guard) } }),
      public_,
      guard,
    );

  it('without a public address is none', () => {
    expect(reachOf(card({}))).toBe('private');
  });

  it('without a security group depends on the kind of its address', () => {
    expect(reachOf(card({ publicIPAddress: { id: idOf(basic) } }), basic)).toBe('internet');
    expect(reachOf(card({ publicIPAddress: { id: idOf(standard) } }), standard)).toBe('private');
  });

  it('is what its security group lets in', () => {
    expect(guarded(standard, open)).toBe('internet');
    expect(guarded(standard, office)).toBe('restricted');
    expect(guarded(basic, shut)).toBe('private');
  });

  it('is not known when its group or its address lies elsewhere', () => {
    const elsewhere = resource(`${network}networkSecurityGroups`, {}, { existing: true });
    expect(guarded(standard, elsewhere)).toBe('unknown');
    expect(reachOf(card({ publicIPAddress: { id: unset('address') } }))).toBe('unknown');
  });

  it('is decided by the stricter one of the groups of subnet and interface', () => {
    const subnet = (guard: Resource) =>
      resource(`${network}virtualNetworks/subnets`, { properties: { networkSecurityGroup: { id: idOf(guard) } } });
    const behind = (first: Resource, second: Resource) => {
      const place = subnet(first);
      const wanted = card(
        { publicIPAddress: { id: idOf(standard) }, subnet: { id: idOf(place) } },
        { networkSecurityGroup: { id: idOf(second) } },
      );
      return reachOf(wanted, place, first, second, standard);
    };
    expect(behind(open, open)).toBe('internet');
    expect(behind(open, shut)).toBe('private');
    expect(behind(office, open)).toBe('restricted');
  });

  it('is that of a public load balancer that leads to it', () => {
    const balancer = (frontend: { readonly [key: string]: Written }) =>
      resource(
        `${network}loadBalancers`,
        { properties: { frontendIPConfigurations: [{ name: 'front', properties: frontend }] } },
        { name: 'balancer' },
      );
    const pool =
      '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/loadBalancers/balancer/backendAddressPools/p';
    const wanted = card(
      { loadBalancerBackendAddressPools: [{ id: pool }] },
      { networkSecurityGroup: { id: idOf(open) } },
    );
    expect(reachOf(wanted, balancer({ publicIPAddress: { id: idOf(standard) } }), open, standard)).toBe('internet');
    expect(reachOf(wanted, balancer({ subnet: { id: unset('subnet') } }), open)).toBe('private');
  });
});

describe('the exposure of a machine', () => {
  const machine = (networkInterfaces: Written) =>
    resource('Microsoft.Compute/virtualMachines', { properties: { networkProfile: { networkInterfaces } } });

  it('is that of its most exposed interface', () => {
    const basic = address('Basic');
    const inside = card({});
    const outside = card({ publicIPAddress: { id: idOf(basic) } });
    expect(reachOf(machine([{ id: idOf(inside) }]), inside)).toBe('private');
    expect(exposureOf(machine([{ id: idOf(inside) }, { id: idOf(outside) }]), inside, outside, basic)).toEqual({
      reach: 'internet',
      why: 'a public address leads to it, and no network security group stands before it',
    });
  });

  it('is unknown when it may have further interfaces', () => {
    const inside = card({});
    expect(reachOf(machine(openList({ id: idOf(inside) })), inside)).toBe('unknown');
  });
});

describe('what ships says of a web app', () => {
  const site = 'Microsoft.Web/sites';
  const { facts: known, risk } = compiled.checks;
  const of = (wanted: Resource, others: readonly Resource[] = [], complete = true): string => {
    const all = [wanted, ...others];
    return exposures(estate(all), linkResources(all), known, stepsByType(risk.exposure), complete)(wanted).reach;
  };
  const app = (properties: Written): Resource => resource(site, { properties });

  it('that says nothing is that everybody reaches it', () => {
    expect(of(app({}))).toBe('internet');
    expect(of(app({ publicNetworkAccess: 'Disabled' }))).toBe('private');
    expect(of(app({ siteConfig: { ipSecurityRestrictionsDefaultAction: 'Deny' } }))).toBe('restricted');
    expect(of(app({ publicNetworkAccess: unset('access') }))).toBe('unknown');
  });

  it('with a private endpoint is that nobody else does, unless it says so', () => {
    const endpointOf = (wanted: Resource): Resource =>
      resource('Microsoft.Network/privateEndpoints', {
        properties: { privateLinkServiceConnections: [{ properties: { privateLinkServiceId: idOf(wanted) } }] },
      });
    const silent = app({});
    expect(of(silent, [endpointOf(silent)])).toBe('private');
    const open = app({ publicNetworkAccess: 'Enabled' });
    expect(of(open, [endpointOf(open)])).toBe('internet');
    expect(of(silent, [], false)).toBe('unknown');
  });
});

describe('the document', () => {
  const problemsOf = (data: Data) => compileRisk(data, patternProblem).problems.map(({ message }) => message);

  it('says what is wrong with it', () => {
    expect(problemsOf({ weights, exposure: [{ types: ['A/b'], steps: [{ reach: 'web', why: 'x' }] }] })).toEqual([
      "The reach cannot be 'web'; it is one of internet, restricted, unknown, private.",
    ]);
    expect(problemsOf({ weights: { ...weights, severity: { ...weights.severity, low: 0 } }, exposure: [] })).toEqual([
      'A weight is a whole number of 1 or more.',
    ]);
    expect(problemsOf({ weights, exposure: [{ types: ['A/b', 'a/B'], steps: [] }] })).toEqual([
      "'a/b' is listed twice.",
    ]);
  });
});
