import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Estate } from '../../engine/estate/estate.ts';
import { estateOf as bicepEstateOf } from '../engine/languages/bicep/estate-of.ts';
import { difference } from './as-arm.ts';
import { dumpEstate } from './dump-estate.ts';
import { estateOf } from './estates.ts';
import { printTemplate, type TemplateStyle } from './print-template.ts';

const styles: readonly TemplateStyle[] = [
  { resources: 'list', children: 'separate', texts: 'format' },
  { resources: 'list', children: 'nested', texts: 'concat' },
  { resources: 'symbolic', children: 'separate', texts: 'concat' },
  { resources: 'symbolic', children: 'nested', texts: 'format' },
  { resources: 'list', children: 'separate', texts: 'format', deployed: true },
  { resources: 'symbolic', children: 'nested', texts: 'concat', deployed: true },
];

/** What is lost when an estate is printed in any style and read again. */
function lost(estate: Estate): readonly string[] {
  const wanted = dumpEstate(estate);
  return styles.flatMap((style) => {
    const text = printTemplate(estate, style);
    return difference(Object.values(style).join(' '), wanted, dumpEstate(estateOf('arm', text))).map(
      (each) => `${each}\n${text}`,
    );
  });
}

const texts: Readonly<Record<string, string>> = {
  'values of every kind': `
param a string
param b bool
param c object
param d array
param e int
@secure()
param f string
@allowed([ 'x', 'y', 'z' ])
param g string
@secure()
param h string = 'known'

resource thing 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'st\${a}'
  location: resourceGroup().location
  properties: {
    literals: [ 'it\\'s', '[not an expression]', '{0}', 1, -2, true, null, '' ]
    unknowns: [ a, b, c.d, d[0], e, f, '\${f}!', a ]
    known: h
    texts: [ '\${a}-\${e}', '{\${a}}', '\${g}-\${a}' ]
    choices: [ b ? 'x' : 'y', g, !b, g == 'y' ? 1 : g == 'z' ? 2 : 3, b ? { m: a } : {}, b ? [ 1 ] : [] ]
    merged: { ...c, first: 1 }
    longer: concat([ 'x' ], d)
    empty: {}
    none: []
  }
  tags: b ? { place: a } : { place: 'here' }
}
`,
  'a choice of many': `
@allowed([ 'v1', 'v2', 'v3', 'v4', 'v5', 'v6', 'v7', 'v8', 'v9', 'v10', 'v11', 'v12' ])
param version string
param a string

resource app 'Microsoft.Web/sites@2023-12-01' = {
  name: 'app'
  properties: { version: version, label: '\${version}-\${a}' }
}
`,
  'resources that refer to one another': `
param on bool
param names array

resource group 'Microsoft.Network/networkSecurityGroups@2024-01-01' = [for name in [ 'a', 'b' ]: {
  name: 'nsg-\${name}'
}]

resource network 'Microsoft.Network/virtualNetworks@2024-01-01' = if (on) {
  name: 'vnet'
  properties: {
    subnets: [{ name: 's', properties: { networkSecurityGroup: { id: group[1].id } } }]
  }

  resource more 'subnets' = {
    name: 'more'
    properties: { networkSecurityGroup: { id: group[0].id } }
  }
}

resource address 'Microsoft.Network/publicIPAddresses@2024-01-01' = [for name in names: {
  name: name
}]

resource interface 'Microsoft.Network/networkInterfaces@2024-01-01' = {
  name: 'nic'
  properties: {
    group: group[0].name
    subnet: network::more.id
    prefix: network.properties.addressSpace.addressPrefixes[0]
    location: group[1].location
    other: resourceId('rg', 'Microsoft.Network/publicIPAddresses', 'ip')
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'keep'
  scope: network
  properties: { level: 'CanNotDelete' }
}

output id string = network.id
output lock string = lock.id
@secure()
output all object = { names: [ group[0].name ] }
`,
  'resources that are there already': `
param account string

resource store 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: account
  scope: resourceGroup('other')

  resource blobs 'blobServices' existing = {
    name: 'default'
  }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: 'kv'
  resource secret 'secrets' = {
    name: 'key'
    properties: { value: store.listKeys().keys[0].value, blobs: store::blobs.id }
  }
}

output endpoint string = store.properties.primaryEndpoints.blob
output identity string = vault.identity.principalId
`,
  'a subscription': `
targetScope = 'subscription'

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg'
  location: deployment().location
}

resource role 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(subscription().id)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'x')
    principalId: '00000000-0000-0000-0000-000000000000'
    scope: subscription().id
  }
}
`,
};

describe('an estate that is printed as ARM is the same', () => {
  it.each(Object.entries(texts))('for %s', (_, text) => {
    const estate = bicepEstateOf(text);
    expect(estate.problems).toEqual([]);
    expect(lost(estate)).toEqual([]);
  });

  const cases = new URL('../cases/fixtures/', import.meta.url);
  it.each(readdirSync(cases))('for the case %s', (folder) => {
    const text = readFileSync(new URL(`${folder}/main.bicep`, cases), 'utf8');
    expect(lost(bicepEstateOf(text))).toEqual([]);
  });

  it.each(readdirSync(cases))('as one that is written by hand, for the case %s', (folder) => {
    const pairs = [
      ['main.bicep', 'azuredeploy.json'],
      ['fixed.main.bicep', 'fixed.azuredeploy.json'],
    ];
    for (const [bicep = '', arm = ''] of pairs) {
      const [inBicep, inArm] = [bicep, arm].map((name) => new URL(`${folder}/${name}`, cases));
      if (inBicep === undefined || inArm === undefined || !existsSync(inBicep)) continue;
      const wanted = dumpEstate(estateOf('bicep', readFileSync(inBicep, 'utf8')));
      expect(difference(arm, wanted, dumpEstate(estateOf('arm', readFileSync(inArm, 'utf8'))))).toEqual([]);
    }
  });

  it('for modules that are deployed elsewhere', () => {
    const main = `
targetScope = 'subscription'
param location string
param other string

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg'
  location: location
}

module here 'store.bicep' = {
  name: 'here'
  scope: group
  params: { name: 'one' }
}

module there 'store.bicep' = {
  name: 'there'
  scope: resourceGroup(other, 'shared')
  params: { name: 'two' }
}

output id string = here.outputs.id
`;
    const store = `
param name string

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: resourceGroup().location

  resource blobs 'blobServices' = {
    name: 'default'
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = {
  name: 'keep'
  scope: account
}

output id string = account.id
`;
    const estate = bicepEstateOf({ 'main.bicep': main, 'store.bicep': store });
    expect(estate.resources).toHaveLength(7);
    expect(lost(estate)).toEqual([]);
  });

  it('for a file with modules', () => {
    const example = new URL('../../examples/bicep/', import.meta.url);
    const files = ['main.bicep', 'modules/storage.bicep'].map(
      (name) => [name, readFileSync(new URL(name, example), 'utf8')] as const,
    );
    const estate = bicepEstateOf(Object.fromEntries(files));
    expect(estate.resources.filter(({ calls }) => calls.length > 0)).not.toEqual([]);
    expect(lost(estate)).toEqual([]);
  });
});
