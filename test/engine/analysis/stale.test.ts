import { describe, expect, it } from 'vitest';
import { withoutNestedTemplates } from '../../../engine/languages/arm/own-text.ts';
import { folder, lint, newAnalysis } from './workspace.ts';

const bicep = `metadata name = 'Accounts'

@description('Required. The name.')
param name string
param tier string = 'Standard_LRS'
@secure()
param key string?
param sizes int[] = [1, 2]

var prefix = 'st'
var enabled = true

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: 'shared'
}

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: '\${prefix}\${name}'
  location: resourceGroup().location
  sku: { name: tier }
  kind: 'StorageV2'
  properties: {
    supportsHttpsTrafficOnly: true
    minimumTlsVersion: enabled ? 'TLS1_2' : 'TLS1_3'
    networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices', ipRules: [] }
    keyPolicy: { keyExpirationPeriodInDays: 90 }
  }
  resource blobs 'blobServices' = {
    name: 'default'
  }
}

module inner 'inner.bicep' = {
  name: 'inner-\${name}'
  params: {
    given: 'fixed'
    other: key
  }
}

output id string = account.id
output text string = 'plain'
`;

/** As the Bicep compiler writes it. */
const compiled = {
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  languageVersion: '2.0',
  contentVersion: '1.0.0.0',
  metadata: { _generator: { name: 'bicep', version: '0.41.2.15936', templateHash: '1' }, name: 'Accounts' },
  parameters: {
    name: { type: 'string', metadata: { description: 'Required. The name.' } },
    tier: { type: 'string', defaultValue: 'Standard_LRS' },
    key: { type: 'securestring', nullable: true },
    sizes: { type: 'array', items: { type: 'int' }, defaultValue: [1, 2] },
  },
  variables: { prefix: 'st', enabled: true },
  resources: {
    'account::blobs': {
      type: 'Microsoft.Storage/storageAccounts/blobServices',
      apiVersion: '2023-05-01',
      name: "[format('{0}/{1}', format('{0}{1}', variables('prefix'), parameters('name')), 'default')]",
      dependsOn: ['account'],
    },
    vault: { existing: true, type: 'Microsoft.KeyVault/vaults', apiVersion: '2023-07-01', name: 'shared' },
    account: {
      type: 'Microsoft.Storage/storageAccounts',
      apiVersion: '2023-05-01',
      name: "[format('{0}{1}', variables('prefix'), parameters('name'))]",
      location: '[resourceGroup().location]',
      sku: { name: "[parameters('tier')]" },
      kind: 'StorageV2',
      properties: {
        supportsHttpsTrafficOnly: true,
        minimumTlsVersion: "[if(variables('enabled'), 'TLS1_2', 'TLS1_3')]",
        networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices', ipRules: [] },
        keyPolicy: { keyExpirationPeriodInDays: 90 },
      },
    },
    inner: {
      type: 'Microsoft.Resources/deployments',
      apiVersion: '2025-04-01',
      name: "[format('inner-{0}', parameters('name'))]",
      properties: {
        expressionEvaluationOptions: { scope: 'inner' },
        mode: 'Incremental',
        parameters: { given: { value: 'fixed' }, other: { value: "[parameters('key')]" } },
        template: { $schema: 'x', resources: [{ type: 'a/b', properties: { template: { nested: true } } }] },
      },
    },
  },
  outputs: {
    id: { type: 'string', value: "[resourceId('Microsoft.Storage/storageAccounts', 'x')]" },
    text: { type: 'string', value: 'plain' },
  },
};

const inner = 'param given string\nparam other string?\n';
const json = (template: unknown): string => JSON.stringify(template, undefined, 2);

function staleness(main: string, template: string): readonly string[] {
  const { notices } = lint(
    { 'main.bicep': main, 'inner.bicep': inner, 'main.json': template },
    { rules: ['aks/none'] },
  );
  const stale = notices.filter(({ code }) => code === 'demarc/stale');
  for (const { level, place } of stale)
    expect([level, place]).toEqual(['warning', { uri: `${folder}main.json`, start: 0, end: 0 }]);
  return stale.map(({ message }) => message.slice('main.json '.length, message.indexOf(': it is not')));
}

describe('a compiled template', () => {
  it('that matches its source is not stale, whatever its line breaks', () => {
    expect(staleness(bicep, json(compiled))).toEqual([]);
    expect(staleness(bicep, json(compiled).replaceAll('\n', '\r\n'))).toEqual([]);
    expect(staleness(bicep, JSON.stringify(compiled))).toEqual([]);
  });

  it.each([
    ['param name string\n', 'param name string\nparam added string\n', "has no parameter 'added'"],
    ["param tier string = 'Standard_LRS'\n", '', "has a parameter 'tier' that is no more"],
    ["= 'Standard_LRS'", "= 'Standard_ZRS'", "has another default for parameter 'tier'"],
    ["param tier string = 'Standard_LRS'", 'param tier string', "has another default for parameter 'tier'"],
    ['param name string', 'param name int', "has another type for parameter 'name'"],
    ['@secure()\n', '', "has another type for parameter 'key'"],
    ['[1, 2]', '[1, 2, 3]', "has another default for parameter 'sizes'"],
    ['var enabled = true', 'var enabled = false', "has another value for variable 'enabled'"],
    ['supportsHttpsTrafficOnly: true', 'supportsHttpsTrafficOnly: false', "has another 'account'"],
    ["'TLS1_3'", "'TLS1_0'", "has another 'account'"],
    ["'Deny'", "'Allow'", "has another 'account'"],
    ['InDays: 90', 'InDays: 30', "has another 'account'"],
    ['    supportsHttpsTrafficOnly: true\n', '', "has another 'account'"],
    ["  kind: 'StorageV2'\n", "  kind: 'StorageV2'\n  tags: { a: 'b' }\n", "has another 'account'"],
    ['storageAccounts@2023-05-01', 'storageAccounts@2024-01-01', "has another 'account'"],
    [
      "  resource blobs 'blobServices' = {\n    name: 'default'\n  }\n",
      '',
      "has a resource 'account::blobs' that is no more",
    ],
    ['resource account ', 'resource accounts ', "has no resource 'accounts'"],
    ["given: 'fixed'", "given: 'other'", "has another 'inner'"],
    ["    given: 'fixed'\n", "    given: 'fixed'\n    more: 1\n", "has another 'inner'"],
    ["= 'plain'", "= 'other'", "has another value for output 'text'"],
    ['output id string', 'output ids string', "has no output 'ids'"],
  ])('is stale when its source has moved on: %j', (before, after, expected) => {
    expect(bicep).toContain(before);
    expect(staleness(bicep.replace(before, after), json(compiled))).toEqual([expected]);
  });

  it('has resources of extensions in another form', () => {
    const main =
      "resource group 'Microsoft.Graph/groups@v1.0' = {\n  uniqueName: 'a'\n}\nvar loop = {\n  copy: [1]\n}\n";
    const group = { import: 'graph', type: 'Microsoft.Graph/groups@v1.0', properties: { uniqueName: 'a' } };
    const template = json({
      ...compiled,
      parameters: {},
      outputs: {},
      variables: { loop: '[x]' },
      resources: { group },
    });
    expect(staleness(main, template)).toEqual([]);
    expect(staleness(main.replace('@v1.0', '@beta'), template)).toEqual(["has another 'group'"]);
  });

  it('is stale when it was changed by hand', () => {
    expect(staleness(bicep, json(compiled).replace('"Deny"', '"Allow"'))).toEqual(["has another 'account'"]);
  });

  it('is incomplete when it is no JSON any more', () => {
    const broken = json(compiled).replace('"StorageV2",', '"StorageV2"');
    const { notices } = lint({ 'main.bicep': bicep, 'inner.bicep': inner, 'main.json': broken });
    expect(notices.filter(({ place }) => place.uri === `${folder}main.json`).map(({ code }) => code)).toEqual([
      'demarc/incomplete',
    ]);
  });

  it('is not judged stale while its source is half written', () => {
    expect(staleness(`${bicep}param more`, json(compiled))).toEqual([]);
  });

  it('is compared again when one of the two has changed', () => {
    const analysis = newAnalysis();
    const codes = (main: string): readonly string[] =>
      lint({ 'main.bicep': main, 'inner.bicep': inner, 'main.json': json(compiled) }, { analysis })
        .notices.map(({ code }) => code)
        .filter((code) => code === 'demarc/stale');
    expect(codes(bicep)).toEqual([]);
    expect(codes(bicep.replace("'Deny'", "'Allow'"))).toEqual(['demarc/stale']);
    expect(codes(bicep)).toEqual([]);
  });
});

describe('withoutNestedTemplates', () => {
  it('leaves the outermost templates out, and nothing else', () => {
    const text = json(compiled);
    const own = withoutNestedTemplates(text);
    const expected = structuredClone(compiled) as { resources: { inner: { properties: { template: unknown } } } };
    expected.resources.inner.properties.template = {};
    expect(JSON.parse(own ?? '')).toEqual(expected);
  });

  it('refuses what is not indented', () => {
    expect(withoutNestedTemplates('{"template": {"a": 1}}')).toBeUndefined();
    expect(withoutNestedTemplates('{\n  "template": {"a": 1}\n}')).toBeUndefined();
  });
});
