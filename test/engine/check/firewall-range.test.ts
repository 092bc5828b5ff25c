import { describe, expect, it } from 'vitest';
import { check, resource, rule, unset, type Written } from './estates.ts';

const serverType = 'Microsoft.Sql/servers';
const ruleOf = (kind: string) =>
  rule({
    resource: `${serverType}/firewallRules`,
    check: {
      name: 'network/firewall-range',
      options: { kind, largest: 256, closedBy: 'properties.publicNetworkAccess' },
    },
  });

type Range = readonly [Written, Written];

function verdict(kind: string, ranges: readonly Range[], publicNetworkAccess: Written = 'Enabled'): string {
  const server = resource(serverType, { properties: { publicNetworkAccess } }, { name: 'sql' });
  const rules = ranges.map(([startIpAddress, endIpAddress], index) =>
    resource(
      `${serverType}/firewallRules`,
      { properties: { startIpAddress, endIpAddress } },
      { parent: server, name: `r${index}` },
    ),
  );
  const result = check([server, ...rules], [ruleOf(kind)]);
  if (result.findings.length > 0) return `${result.findings[0]?.verdict} ${result.findings.length}`;
  return result.undetermined.length > 0 ? 'undetermined' : 'pass';
}

const everybody: Range = ['0.0.0.0', '255.255.255.255'];
const azure: Range = ['0.0.0.0', '0.0.0.0'];
const office: Range = ['203.0.113.4', '203.0.113.9'];

describe('a firewall rule for anybody', () => {
  const cases: readonly (readonly [string, readonly Range[], string])[] = [
    ['from end to end', [everybody], 'fail 1'],
    ['from the second address', [['0.0.0.1', '255.255.255.254']], 'fail 1'],
    [
      'in two halves',
      [
        ['0.0.0.0', '127.255.255.255'],
        ['128.0.0.0', '255.255.255.255'],
      ],
      'fail 2',
    ],
    [
      'in pieces that are wide together',
      [
        ['20.0.0.0', '20.255.255.255'],
        ['21.0.0.0', '21.255.255.255'],
      ],
      'fail 1',
    ],
    ['beside one of your own', [office, everybody], 'fail 1'],
    ['of your own', [office], 'pass'],
    ['of Azure', [azure], 'pass'],
    ['that is not known', [[unset('first'), '255.255.255.255']], 'undetermined'],
  ];
  it.each(cases)('%s', (_, ranges, expected) => {
    expect(verdict('anybody', ranges)).toBe(expected);
  });

  it('counts for nothing where the server is closed, and counts where that is not known', () => {
    expect(verdict('anybody', [everybody], 'Disabled')).toBe('pass');
    expect(verdict('anybody', [everybody], 'securedByPerimeter')).toBe('pass');
    expect(verdict('anybody', [everybody], unset('access'))).toBe('fail 1');
    const lone = resource(
      `${serverType}/firewallRules`,
      { properties: { startIpAddress: '0.0.0.0', endIpAddress: '255.255.255.255' } },
      { names: ['elsewhere', 'all'] },
    );
    expect(check([lone], [ruleOf('anybody')]).findings).toHaveLength(1);
  });

  it('may name them as Redis does, also where the provider has no argument for other names', () => {
    const wide = resource(
      `${serverType}/firewallRules`,
      { properties: { startIP: '0.0.0.0', endIP: '255.255.255.255', startIpAddress: unset('other') } },
      { names: ['elsewhere', 'all'] },
    );
    expect(check([wide], [ruleOf('anybody')]).findings).toHaveLength(1);
  });

  it('may have addresses of version 6', () => {
    const wide = resource(
      `${serverType}/firewallRules`,
      { properties: { startIPv6Address: '::', endIPv6Address: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff' } },
      { names: ['elsewhere', 'all'] },
    );
    expect(check([wide], [ruleOf('anybody')]).findings).toHaveLength(1);
  });
});

describe('a firewall rule for Azure', () => {
  it('is the range from nought to nought only', () => {
    expect(verdict('azure', [azure])).toBe('fail 1');
    expect(verdict('azure', [office])).toBe('pass');
    expect(verdict('azure', [everybody])).toBe('pass');
    expect(verdict('azure', [[unset('first'), '0.0.0.0']])).toBe('undetermined');
  });
});

describe('a firewall rule for many', () => {
  it('is one for more public addresses than allowed, and not the widest', () => {
    expect(verdict('many', [['20.0.0.0', '20.0.1.255']])).toBe('fail 1');
    expect(verdict('many', [['20.0.0.0', '20.0.0.255']])).toBe('pass');
    expect(verdict('many', [['10.0.0.0', '10.255.255.255']])).toBe('pass');
    expect(verdict('many', [everybody, azure])).toBe('pass');
  });
});
