import { describe, expect, it } from 'vitest';
import { text } from '../../../engine/estate/make.ts';
import type { Resource } from '../../../engine/estate/resource.ts';
import type { DataObject } from '../../../engine/functions/data.ts';
import { check, either, here, idOf, openList, resource, rule, unset, value, type Written } from './estates.ts';

const groupType = 'Microsoft.Network/networkSecurityGroups';
const ports = rule({
  resource: [groupType, `${groupType}/securityRules`],
  check: { name: 'network/open-ports', options: { ports: [22, 3389, 443] } },
  message: 'The Internet can knock here.',
  fix: {
    title: 'Let in one network',
    effect: 'behaviour',
    note: 'Others are refused.',
    set: { $fault: { ask: { name: 'source', prompt: 'Who?', example: '203.0.113.0/24' } } },
  },
});

type Parts = { readonly [key: string]: Written };

function allow(parts: Parts = {}): Parts {
  return {
    priority: 200,
    direction: 'Inbound',
    access: 'Allow',
    protocol: 'Tcp',
    sourceAddressPrefix: '*',
    sourcePortRange: '*',
    destinationAddressPrefix: '*',
    destinationPortRange: '22',
    ...parts,
  };
}

const deny = (parts: Parts = {}): Parts => allow({ access: 'Deny', priority: 100, ...parts });

function group(...rules: readonly Parts[]): Resource {
  return resource(groupType, {
    properties: { securityRules: rules.map((properties, index) => ({ name: `rule${index}`, properties })) },
  });
}

function verdictOf(resources: readonly Resource[]): string {
  const result = check(resources, [ports]);
  if (result.findings.length > 0) return result.findings[0]?.verdict ?? '';
  return result.undetermined.length > 0 ? 'undetermined' : 'pass';
}

describe('who may reach a management port', () => {
  const cases: readonly (readonly [string, readonly Parts[], string])[] = [
    ['everybody', [allow()], 'fail'],
    ['the tag Internet', [allow({ sourceAddressPrefix: 'Internet' })], 'fail'],
    ['any', [allow({ sourceAddressPrefix: 'any' })], 'fail'],
    ['0.0.0.0/0', [allow({ sourceAddressPrefix: '0.0.0.0/0' })], 'fail'],
    ['::/0', [allow({ sourceAddressPrefix: '::/0' })], 'fail'],
    ['half of the world', [allow({ sourceAddressPrefix: '128.0.0.0/1' })], 'fail'],
    [
      'both halves in a list',
      [allow({ sourceAddressPrefix: null, sourceAddressPrefixes: ['0.0.0.0/1', '128.0.0.0/1'] })],
      'fail',
    ],
    [
      'many networks that are large together',
      [allow({ sourceAddressPrefix: null, sourceAddressPrefixes: ['1.0.0.0/8', '2.0.0.0/8'] })],
      'fail',
    ],
    ['one network', [allow({ sourceAddressPrefix: '203.0.114.0/24' })], 'pass'],
    ['a company with a large network', [allow({ sourceAddressPrefix: '17.0.0.0/8' })], 'pass'],
    ['private networks', [allow({ sourceAddressPrefix: '10.0.0.0/8' })], 'pass'],
    ['a service tag', [allow({ sourceAddressPrefix: 'VirtualNetwork' })], 'pass'],
    [
      'an application security group',
      [allow({ sourceAddressPrefix: null, sourceApplicationSecurityGroups: [{ id: 'x' }] })],
      'pass',
    ],
    ['nobody, outbound', [allow({ direction: 'Outbound' })], 'pass'],
    ['nobody, denied', [allow({ access: 'Deny' })], 'pass'],
    ['everybody, case ignored', [allow({ direction: 'inbound', access: 'ALLOW', protocol: 'TCP' })], 'fail'],
    ['through a range', [allow({ destinationPortRange: '20-25' })], 'fail'],
    ['through everything', [allow({ destinationPortRange: '*', protocol: '*' })], 'fail'],
    ['through a list', [allow({ destinationPortRange: null, destinationPortRanges: ['80', '3380-3390'] })], 'fail'],
    ['through a number', [allow({ destinationPortRange: 22 })], 'fail'],
    ['another port', [allow({ destinationPortRange: '53' })], 'pass'],
    ['SSH over UDP', [allow({ protocol: 'Udp' })], 'pass'],
    ['Remote Desktop over UDP', [allow({ protocol: 'Udp', destinationPortRange: '3389' })], 'fail'],
    ['pings', [allow({ protocol: 'Icmp', destinationPortRange: '*' })], 'pass'],
    ['from some source ports', [allow({ sourcePortRange: '1024-65535' })], 'fail'],
  ];
  for (const [name, rules, expected] of cases) {
    it(`${name}: ${expected}`, () => {
      expect(verdictOf([group(...rules)])).toBe(expected);
    });
  }
});

describe('rules that come before', () => {
  const cases: readonly (readonly [string, readonly Parts[], string])[] = [
    ['a deny for everybody', [allow(), deny()], 'pass'],
    ['a deny for the Internet', [allow(), deny({ sourceAddressPrefix: 'Internet' })], 'pass'],
    ['a later deny', [allow(), deny({ priority: 300 })], 'fail'],
    ['a deny for half of the world', [allow(), deny({ sourceAddressPrefix: '0.0.0.0/1' })], 'fail'],
    [
      'denies for both halves and IPv6',
      [
        allow(),
        deny({ sourceAddressPrefix: '0.0.0.0/1' }),
        deny({ sourceAddressPrefix: '128.0.0.0/1', priority: 101 }),
        deny({ sourceAddressPrefix: '::/0', priority: 102 }),
      ],
      'pass',
    ],
    ['a deny of another port', [allow(), deny({ destinationPortRange: '3389' })], 'fail'],
    ['a deny of all ports', [allow(), deny({ destinationPortRange: '*', protocol: '*' })], 'pass'],
    ['a deny of another protocol', [allow(), deny({ protocol: 'Udp' })], 'fail'],
    ['a deny for another destination', [allow(), deny({ destinationAddressPrefix: '10.0.1.0/24' })], 'fail'],
    [
      'a deny for a wider destination',
      [allow({ destinationAddressPrefix: '10.0.1.4' }), deny({ destinationAddressPrefix: '10.0.0.0/16' })],
      'pass',
    ],
    ['a deny from some source ports', [allow(), deny({ sourcePortRange: '80' })], 'fail'],
    ['a deny of the tag VirtualNetwork', [allow(), deny({ sourceAddressPrefix: 'VirtualNetwork' })], 'fail'],
  ];
  for (const [name, rules, expected] of cases) {
    it(`${name}: ${expected}`, () => {
      expect(verdictOf([group(...rules)])).toBe(expected);
    });
  }
});

describe('what is not known', () => {
  const cases: readonly (readonly [string, readonly Parts[], string])[] = [
    ['the source', [allow({ sourceAddressPrefix: unset('source') })], 'undetermined'],
    ['the source, but denied before', [allow({ sourceAddressPrefix: unset('source') }), deny()], 'pass'],
    [
      'one of several sources',
      [allow({ sourceAddressPrefix: null, sourceAddressPrefixes: ['Internet', unset('source')] })],
      'fail',
    ],
    [
      'a list of sources',
      [allow({ sourceAddressPrefix: null, sourceAddressPrefixes: openList('10.0.0.0/8') })],
      'undetermined',
    ],
    ['the port', [allow({ destinationPortRange: unset('port') })], 'undetermined'],
    ['the access', [allow({ access: unset('access') })], 'undetermined'],
    [
      'the direction of what is narrow anyway',
      [allow({ direction: unset('d'), sourceAddressPrefix: '10.0.0.0/8' })],
      'pass',
    ],
    ['a deny that may come before', [allow(), deny({ sourceAddressPrefix: unset('blocked') })], 'may-fail'],
    ['the priority of a deny', [allow(), deny({ priority: unset('p') })], 'may-fail'],
    ['the priority of a deny, when nothing comes before', [allow({ priority: 100 }), deny({ priority: 100 })], 'fail'],
    ['one address', [allow({ sourceAddressPrefix: text([value(unset('ip')), '/32'], here()) })], 'pass'],
    ['a choice', [allow({ sourceAddressPrefix: either('prod', '10.0.0.0/8', '*') })], 'may-fail'],
    ['a choice of two wrongs', [allow({ sourceAddressPrefix: either('prod', 'Internet', '*') })], 'fail'],
    [
      'a choice of access and source, decided alike',
      [allow({ sourceAddressPrefix: either('prod', '10.0.0.0/8', '*'), access: either('prod', 'Allow', 'Deny') })],
      'pass',
    ],
  ];
  for (const [name, rules, expected] of cases) {
    it(`${name}: ${expected}`, () => {
      expect(verdictOf([group(...rules)])).toBe(expected);
    });
  }

  it('further rules', () => {
    const open = (...rules: readonly Parts[]) =>
      resource(groupType, {
        properties: { securityRules: openList(...rules.map((properties) => ({ name: 'r', properties }))) },
      });
    expect(verdictOf([open()])).toBe('undetermined');
    expect(verdictOf([open(allow())])).toBe('may-fail');
    expect(verdictOf([open(allow({ priority: 100 }))])).toBe('fail');
    expect(verdictOf([resource(groupType, { properties: { securityRules: unset('rules') } })])).toBe('undetermined');
    expect(verdictOf([resource(groupType, {})])).toBe('pass');
  });
});

describe('rules of their own', () => {
  const separate = (parent: Resource | undefined, properties: Parts, parts = {}) =>
    resource(
      `${groupType}/securityRules`,
      { properties },
      { ...(parent === undefined ? {} : { parent }), name: 'ssh', ...parts },
    );

  it('are joined with those in the group', () => {
    const own = group(deny());
    expect(verdictOf([own, separate(own, allow())])).toBe('pass');
    const open = group(allow());
    expect(verdictOf([open, separate(open, deny())])).toBe('pass');
    expect(verdictOf([open, separate(open, deny(), { exists: unset('deny') })])).toBe('may-fail');
  });

  it('are shown and mended where they are', () => {
    const own = group();
    const lone = separate(own, allow());
    const { findings } = check([own, lone], [ports]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.fix?.use).toMatchObject([
      { resource: { type: `${groupType}/securityRules` }, edits: [{ kind: 'set' }] },
    ]);
    expect(findings[0]?.message).toBe(`The Internet can knock here. Rule 'ssh' lets it in at port 22.`);
  });

  it('are judged alone when their group is deployed elsewhere', () => {
    const existing = resource(groupType, unset('group'), { existing: true });
    expect(verdictOf([existing, separate(existing, allow())])).toBe('fail');
    const names = [unset('group'), 'ssh'];
    expect(verdictOf([separate(undefined, allow(), { names })])).toBe('fail');
    expect(
      verdictOf([
        separate(undefined, allow(), { names }),
        separate(undefined, deny(), { names: [unset('group'), 'deny'] }),
      ]),
    ).toBe('pass');
  });
});

describe('where the finding sits', () => {
  it('is the prefix that lets the Internet in, one finding per rule', () => {
    const own = group(
      allow(),
      allow({ destinationPortRange: '443', priority: 300 }),
      allow({ sourceAddressPrefix: '10.0.0.0/8' }),
    );
    const { findings } = check([own], [ports]);
    expect(
      findings.map((each) =>
        each.path
          .map((segment) => (segment.kind === 'index' ? segment.index : segment.kind === 'key' ? segment.key : ''))
          .join('.'),
      ),
    ).toEqual([
      'properties.securityRules.0.properties.sourceAddressPrefix',
      'properties.securityRules.1.properties.sourceAddressPrefix',
    ]);
  });

  it('is the item of a list, or the list when several of it are wrong; the fix keeps it a list', () => {
    const one = check(
      [group(allow({ sourceAddressPrefix: null, sourceAddressPrefixes: ['10.0.0.0/8', '*'] }))],
      [ports],
    );
    expect(one.findings[0]?.path.at(-1)).toEqual({ kind: 'index', index: 1 });
    const two = check(
      [group(allow({ sourceAddressPrefix: null, sourceAddressPrefixes: ['0.0.0.0/1', '128.0.0.0/1'] }))],
      [ports],
    );
    expect(two.findings[0]?.path.at(-1)).toEqual({ kind: 'key', key: 'sourceAddressPrefixes' });
    const edit = two.findings[0]?.fix?.use[0]?.edits[0];
    expect(edit).toMatchObject({ kind: 'set', value: { kind: 'array', items: [{ kind: 'ask', name: 'source' }] } });
  });
});

describe('subnets of the platform', () => {
  const https = allow({ destinationPortRange: '443' });
  const network = (name: string, own: Resource) =>
    resource('Microsoft.Network/virtualNetworks', {
      properties: { subnets: [{ name, properties: { networkSecurityGroup: { id: idOf(own) } } }] },
    });

  it('may be open where they have to', () => {
    const bastion = group(https);
    expect(verdictOf([bastion, network('AzureBastionSubnet', bastion)])).toBe('pass');
    expect(verdictOf([bastion, network('machines', bastion)])).toBe('fail');
    expect(verdictOf([bastion, network('AzureBastionSubnet', bastion), network('machines', bastion)])).toBe('fail');
    const ssh = group(allow());
    expect(verdictOf([ssh, network('AzureBastionSubnet', ssh)])).toBe('fail');
  });
});

describe('what else may be asked', () => {
  const ask = (options: DataObject, ...rules: readonly Parts[]): string => {
    const asking = rule({ resource: [groupType], check: { name: 'network/open-ports', options }, message: 'Open.' });
    const result = check([group(...rules)], [asking]);
    if (result.findings.length > 0) return result.findings[0]?.message ?? '';
    return result.undetermined.length > 0 ? 'undetermined' : 'pass';
  };
  const everything = allow({ protocol: '*', destinationPortRange: '*' });

  it('which protocol a port is reached by', () => {
    expect(ask({ udp: [161] }, allow({ destinationPortRange: '161' }))).toBe('pass');
    expect(ask({ udp: [161] }, allow({ destinationPortRange: '160-170', protocol: 'Udp' }))).toContain('port 161.');
  });

  it('all ports but some', () => {
    const options = { tcp: ['*'], except: [80, '443-445'] };
    expect(ask(options, allow({ destinationPortRange: null, destinationPortRanges: ['80', '443-445'] }))).toBe('pass');
    expect(ask(options, allow({ destinationPortRange: '79-446' }))).toContain('port 79, 81-442, 446.');
    expect(ask(options, allow({ destinationPortRange: '79-80' }), deny({ destinationPortRange: '0-79' }))).toBe('pass');
    const cut = deny({ destinationPortRange: '100-110' });
    expect(ask(options, allow({ destinationPortRange: '99-111' }), cut)).toContain('port 99, 111.');
  });

  it('rules for most ports, or none of those', () => {
    expect(ask({ tcp: ['*'], most: 'only' }, everything)).toContain('port 0-65535.');
    expect(ask({ tcp: ['*'], most: 'only' }, allow({ destinationPortRange: '1-30000' }))).toBe('pass');
    expect(ask({ tcp: ['*'], most: 'only' }, everything, deny({ destinationPortRange: '1-60000' }))).toBe('pass');
    expect(ask({ tcp: ['*'], most: 'only' }, everything, deny({ destinationPortRange: '22' }))).toContain('23-65535');
    expect(ask({ tcp: [3306], most: 'leave' }, everything)).toBe('pass');
    expect(
      ask({ tcp: [3306], most: 'leave' }, everything, deny({ destinationPortRange: '4000-65535', protocol: '*' })),
    ).toContain('3306');
  });

  it('public ranges that are neither a handful nor the Internet', () => {
    const from = (sourceAddressPrefix: Written) => ask({ tcp: [22], from: 'range' }, allow({ sourceAddressPrefix }));
    expect(from('20.40.0.0/16')).toContain('port 22.');
    expect(from('20.40.0.8/29')).toBe('pass');
    expect(from('10.0.0.0/8')).toBe('pass');
    expect(from('VirtualNetwork')).toBe('pass');
    expect(from('*')).toBe('pass');
    expect(from(unset('source'))).toBe('undetermined');
  });

  it('private networks, where the others are shut out', () => {
    const wide = allow({ sourceAddressPrefix: '10.0.0.0/16' });
    const shut = deny({ priority: 4000, sourceAddressPrefix: 'VirtualNetwork', destinationPortRange: '*' });
    expect(ask({ tcp: [22], from: 'private' }, wide)).toBe('pass');
    expect(ask({ tcp: [22], from: 'private' }, wide, shut)).toContain('port 22.');
    expect(ask({ tcp: [22], from: 'private' }, allow({ sourceAddressPrefix: '10.0.0.0/27' }), shut)).toBe('pass');
    expect(ask({ tcp: [22], from: 'private' }, allow(), shut)).toBe('pass');
  });

  it('service tags', () => {
    const tag = (sourceAddressPrefix: string) =>
      ask({ tcp: ['*'], tags: ['AzureCloud'] }, allow({ sourceAddressPrefix }));
    expect(tag('AzureCloud')).toContain('port 22.');
    expect(tag('azurecloud.westeurope')).toContain('port 22.');
    expect(tag('AzureMonitor')).toBe('pass');
    expect(tag('*')).toBe('pass');
    const blocked = deny({ sourceAddressPrefix: 'Internet' });
    expect(ask({ tcp: ['*'], tags: ['AzureCloud'] }, allow({ sourceAddressPrefix: 'AzureCloud' }), blocked)).toBe(
      'pass',
    );
  });

  it('what goes out', () => {
    const out = allow({ direction: 'Outbound', destinationPortRange: '*', destinationAddressPrefix: 'Internet' });
    const options = { tcp: ['*'], most: 'only', direction: 'outbound' };
    expect(ask(options, out)).toContain('lets it out to port 0-65535.');
    expect(ask(options, { ...out, destinationAddressPrefix: '10.0.0.0/8' })).toBe('pass');
    expect(ask(options, { ...out, direction: 'Inbound' })).toBe('pass');
    expect(ask(options, out, { ...out, access: 'Deny', priority: 100 })).toBe('pass');
    expect(ask(options, out, { ...out, access: 'Deny', priority: 100, sourceAddressPrefix: '10.0.1.0/24' })).toContain(
      'out',
    );
  });
});
