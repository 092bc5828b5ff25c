// What carefully written modules do, and what must not be found in it.
import { describe, expect, it } from 'vitest';
import { judge } from '../rules/judge.ts';

function found(rule: string, text: string): readonly string[] {
  const { findings, problems } = judge('bicep', text);
  expect(problems).toEqual([]);
  return findings.flatMap((finding) =>
    finding.rule === rule ? [text.slice(finding.place.start, finding.place.end)] : [],
  );
}

describe('what is switched by a parameter', () => {
  const account = (value: boolean): string => `param nfs bool = ${value}
resource a 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'a'
  location: 'westeurope'
  kind: 'StorageV2'
  properties: { isNfsV3Enabled: nfs ? nfs : any('') }
}
`;

  it('is off where an empty text stands for it', () => {
    expect(found('storage/nfsv3-off', account(false))).toEqual([]);
    expect(found('storage/nfsv3-off', account(true))).toEqual(['true']);
  });
});

describe('a name that is made from what must not be told', () => {
  const named = (name: string): string => `@secure()
param tenant string
var name = ${name}
output name string = name
`;

  it.each(['guid(tenant, subscription().id)', 'uniqueString(tenant)', "'a-${guid('x', tenant)}'"])(
    'tells nothing of it: %s',
    (name) => {
      expect(found('template/secret-output', named(name))).toEqual([]);
    },
  );

  it.each(['toLower(tenant)', "'${tenant}-${guid(tenant)}'", 'base64(tenant)'])('tells it all the same: %s', (name) => {
    expect(found('template/secret-output', named(name))).toHaveLength(1);
  });
});

describe('a private link service', () => {
  const service = (visibility: string): string => `resource s 'Microsoft.Network/privateLinkServices@2024-01-01' = {
  name: 's'
  location: 'westeurope'
  properties: {
    autoApproval: { subscriptions: ['*'] }
    visibility: { subscriptions: ${visibility} }
  }
}
`;

  it.each(['[subscription().subscriptionId]', "['11111111-1111-1111-1111-111111111111']"])(
    'approves everybody who may see it, and those are known: %s',
    (visibility) => {
      expect(found('privatelinkservice/limited-auto-approval', service(visibility))).toEqual([]);
    },
  );

  it('that everybody may see approves everybody', () => {
    expect(found('privatelinkservice/limited-auto-approval', service("['*']"))).toEqual(["'*'"]);
  });
});

it('the version of an image is no secret, though it lies in a vault', () => {
  const secret = (value: string): string => `resource v 'Microsoft.KeyVault/vaults@2023-07-01' existing = { name: 'v' }
resource s 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: v
  name: 'image'
  properties: { value: '${value}' }
}
`;
  expect(found('keyvault/secret-literal', secret('20348.2461.240510'))).toEqual([]);
  expect(found('keyvault/secret-literal', secret('20348246'))).toEqual(["'20348246'"]);
});

it('a network with subnets that nothing filters is found once for each subnet', () => {
  const text = `resource n 'Microsoft.Network/virtualNetworks@2024-01-01' = {
  name: 'n'
  location: 'westeurope'
  properties: {
    addressSpace: { addressPrefixes: ['10.0.0.0/16'] }
    subnets: [
      { name: 'a', properties: { addressPrefix: '10.0.0.0/24' } }
      { name: 'b', properties: { addressPrefix: '10.0.1.0/24', networkSecurityGroup: { id: g.id } } }
      { name: 'c', properties: { addressPrefix: '10.0.2.0/24' } }
    ]
  }
}
resource g 'Microsoft.Network/networkSecurityGroups@2024-01-01' = { name: 'g', location: 'westeurope' }
`;
  expect(found('vnet/subnet-has-nsg', text).map((each) => each.slice(0, 11))).toEqual(["{ name: 'a'", "{ name: 'c'"]);
  const { findings, fix } = judge('bicep', text);
  const fixed = fix?.(findings.filter(({ rule }) => rule === 'vnet/subnet-has-nsg'));
  const written = fixed?.kind === 'text' ? fixed.text : '';
  expect(written.match(/networkSecurityGroup: \{\s*id: '\/subscriptions\//g)).toHaveLength(2);
  expect(found('vnet/subnet-has-nsg', written)).toEqual([]);
});

it('where telemetry goes is no secret, where a cache is and how one signs in there is', () => {
  const found = (name: string): readonly string[] =>
    judge('bicep', `param ${name} string\n`).findings.map(({ rule }) => rule);
  expect(found('appInsightsConnectionString')).not.toContain('template/secret-parameter-secure');
  expect(found('applicationInsightsConnectionString')).not.toContain('template/secret-parameter-secure');
  expect(found('cacheConnectionString')).toContain('template/secret-parameter-secure');
});
