import { describe, expect, it } from 'vitest';
import { parseArmExpression } from '../../engine/languages/arm/expression-parser.ts';
import { parseJson } from '../../engine/text/json.ts';
import { estateOf } from '../engine/languages/bicep/estate-of.ts';
import { estateOf as terraformEstateOf } from './estates.ts';
import { examplesOfEstates } from './judge.ts';
import { printTemplate, type TemplateStyle } from './print-template.ts';

const list: TemplateStyle = { resources: 'list', children: 'separate', texts: 'format' };
const symbolic: TemplateStyle = { resources: 'symbolic', children: 'nested', texts: 'concat' };

interface Printed {
  readonly languageVersion?: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly resources: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** The template of a Bicep text; `resources` of the list form are under `'0'`, `'1'`, … */
function print(bicep: string, style: TemplateStyle = list): Printed {
  return JSON.parse(printTemplate(estateOf(bicep), style)) as Printed;
}

/** The `properties` of the only resource, and the parameters, of a Bicep text that sets `value`. */
function printed(declarations: string, value: string, style: TemplateStyle = list): readonly [unknown, unknown] {
  const text = `${declarations}\nresource thing 'A.B/c@2024-01-01' = {\n  name: 'a'\n  properties: ${value}\n}\n`;
  const { parameters, resources } = print(text, style);
  return [resources[style.resources === 'list' ? '0' : 'thing']?.properties, parameters];
}

describe('a value', () => {
  it.each([
    ['a literal', '', `{ a: 'x', b: 1, c: true, d: null, e: [ 'y' ] }`, { a: 'x', b: 1, c: true, d: null, e: ['y'] }],
    ['a text that looks like an expression', '', `[ '[x]', '[[x]', '[x', 'x]' ]`, ['[[x]', '[[[x]', '[x', 'x]']],
    ['a variable', `var tls = 'TLS1_0'`, 'tls', 'TLS1_0'],
    ['the location of the group', '', 'resourceGroup().location', '[resourceGroup().location]'],
    [
      'a unique text',
      '',
      `'st\${uniqueString(resourceGroup().id)}'`,
      `[format('st{0}', uniqueString(resourceGroup().id))]`,
    ],
    ['an id', '', `resourceId('other', 'A.B/c/d', 'x', 'y')`, `[resourceId('other', 'A.B/c/d', 'x', 'y')]`],
    [
      'a definition of the subscription',
      '',
      `subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'x')`,
      `[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'x')]`,
    ],
  ])('is printed: %s', (_, declarations, value, expected) => {
    expect(printed(declarations, value)).toEqual([expected, {}]);
  });

  it('is a parameter where it is not known', () => {
    const text = 'param a string\nparam b string\n@secure()\nparam c string';
    expect(printed(text, '[ a, b, a, c ]')).toEqual([
      [`[parameters('a')]`, `[parameters('b')]`, `[parameters('a')]`, `[parameters('c')]`],
      { a: { type: 'string' }, b: { type: 'string' }, c: { type: 'securestring' } },
    ]);
  });

  it('is a secure parameter with a default where it is a known secret', () => {
    expect(printed(`@secure()\nparam a string = 'x'`, 'a')).toEqual([
      `[parameters('secret')]`,
      { secret: { type: 'securestring', defaultValue: 'x' } },
    ]);
    expect(printed(`@secure()\nparam a object = { b: '[x]' }`, 'a')).toEqual([
      `[parameters('secret')]`,
      { secret: { type: 'secureObject', defaultValue: { b: '[[x]' } } },
    ]);
  });

  it('is put together where it is known in part, in both ways', () => {
    const value = `'it\\'s {\${a}}'`;
    expect(printed('param a string', value)[0]).toBe(`[format('it''s {{{0}}}', parameters('a'))]`);
    expect(printed('param a string', value, symbolic)[0]).toBe(`[concat('it''s {', parameters('a'), '}')]`);
  });

  it('is a choice', () => {
    expect(printed('param a bool', `[ a ? 'x' : 'y', a, !a ? 1 : 2, !a ]`)).toEqual([
      [`[if(parameters('a'), 'x', 'y')]`, `[parameters('a')]`, `[if(parameters('a'), 2, 1)]`, `[not(parameters('a'))]`],
      { a: { type: 'bool' } },
    ]);
  });

  it('is a choice of many', () => {
    expect(printed(`@allowed([ 'x', 'y', 'z' ])\nparam a string`, `[ a, '\${a}!' ]`)).toEqual([
      [
        `[if(equals(parameters('a'), 'x'), 'x', if(equals(parameters('a'), 'y'), 'y', 'z'))]`,
        `[if(equals(parameters('a'), 'x'), 'x!', if(equals(parameters('a'), 'y'), 'y!', 'z!'))]`,
      ],
      { a: { type: 'string', allowedValues: ['x', 'y', 'z'] } },
    ]);
  });

  it('is an expression inside of one', () => {
    expect(printed('param a bool', `a ? { b: [ 1, 'it\\'s' ], c: null } : {}`)[0]).toBe(
      `[if(parameters('a'), createObject('b', createArray(1, 'it''s'), 'c', null()), createObject())]`,
    );
  });

  it('is merged where it is open', () => {
    expect(printed('param a object', `{ ...a, b: 'x' }`)).toEqual([
      `[shallowMerge(createArray(parameters('a'), createObject('b', 'x')))]`,
      { a: { type: 'object' } },
    ]);
    expect(printed('param a array', `concat([ 'x' ], a)`)).toEqual([
      `[concat(createArray('x'), parameters('a'))]`,
      { a: { type: 'array' } },
    ]);
  });
});

const server = `
param location string
resource server 'Microsoft.Sql/servers@2023-08-01' = {
  name: 'sql'
  location: location
  resource auditing 'auditingSettings' = {
    name: 'default'
    properties: { state: 'Enabled' }
  }
}
output address string = server.properties.fullyQualifiedDomainName
output id string = server.id
output system object = server.systemData
`;

describe('a resource', () => {
  it('is an item of a list, its children beside it', () => {
    expect(print(server)).toEqual({
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      parameters: { location: { type: 'string' } },
      resources: [
        { type: 'Microsoft.Sql/servers', apiVersion: '2023-08-01', name: 'sql', location: `[parameters('location')]` },
        {
          type: 'Microsoft.Sql/servers/auditingSettings',
          apiVersion: '2023-08-01',
          name: 'sql/default',
          properties: { state: 'Enabled' },
        },
      ],
      outputs: {
        address: {
          type: 'string',
          value: `[reference(resourceId('Microsoft.Sql/servers', 'sql'), '2023-08-01').fullyQualifiedDomainName]`,
        },
        id: { type: 'string', value: `[resourceId('Microsoft.Sql/servers', 'sql')]` },
        system: {
          type: 'string',
          value: `[reference(resourceId('Microsoft.Sql/servers', 'sql'), '2023-08-01', 'full').systemData]`,
        },
      },
    });
  });

  it('is in a template that is deployed with parameters of the same names', () => {
    const text = `@secure()\nparam p string = 'x'\nresource a 'A.B/c@2024-01-01' = {\n  name: 'a'\n  kind: p\n}\noutput o string = a.id\n`;
    const { parameters, resources, outputs } = print(text, { ...symbolic, deployed: true });
    expect(parameters).toEqual({ secret: { type: 'securestring', defaultValue: 'x' } });
    expect(outputs).toEqual({ o: { type: 'string', value: `[resourceId('A.B/c', 'a')]` } });
    expect(resources).toEqual({
      inner: {
        type: 'Microsoft.Resources/deployments',
        apiVersion: '2022-09-01',
        name: 'inner',
        properties: {
          mode: 'Incremental',
          expressionEvaluationOptions: { scope: 'inner' },
          parameters: { secret: { value: `[parameters('secret')]` } },
          template: {
            $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
            languageVersion: '2.0',
            contentVersion: '1.0.0.0',
            parameters: { secret: { type: 'securestring' } },
            resources: {
              a: { type: 'A.B/c', apiVersion: '2024-01-01', name: 'a', kind: `[parameters('secret')]` },
            },
          },
        },
      },
    });
  });

  it('has a symbolic name, its children inside', () => {
    const { languageVersion, resources, outputs } = print(server, symbolic);
    expect(languageVersion).toBe('2.0');
    expect(resources).toEqual({
      server: {
        type: 'Microsoft.Sql/servers',
        apiVersion: '2023-08-01',
        name: 'sql',
        location: `[parameters('location')]`,
        resources: {
          server_auditing: {
            type: 'auditingSettings',
            apiVersion: '2023-08-01',
            name: 'default',
            properties: { state: 'Enabled' },
          },
        },
      },
    });
    expect(outputs).toEqual({
      address: { type: 'string', value: `[reference('server').fullyQualifiedDomainName]` },
      id: { type: 'string', value: `[resourceId('Microsoft.Sql/servers', 'sql')]` },
      system: { type: 'string', value: `[reference('server', '2023-08-01', 'full').systemData]` },
    });
  });

  it('may be conditional and existing, and be put on another one', () => {
    const { languageVersion, parameters, resources } = print(`
param on bool
resource account 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: 'st'
}
resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (on) {
  name: 'keep'
  scope: account
  properties: { level: 'CanNotDelete' }
}
output lock string = lock.id
`);
    expect(languageVersion).toBe('2.0');
    expect(parameters).toEqual({ on: { type: 'bool' } });
    expect(resources).toEqual({
      account: {
        existing: true,
        type: 'Microsoft.Storage/storageAccounts',
        apiVersion: '2023-05-01',
        name: 'st',
      },
      lock: {
        condition: `[if(parameters('on'), true(), false())]`,
        type: 'Microsoft.Authorization/locks',
        apiVersion: '2020-05-01',
        scope: `[resourceId('Microsoft.Storage/storageAccounts', 'st')]`,
        name: 'keep',
        properties: { level: 'CanNotDelete' },
      },
    });
  });

  it('is printed once for each turn of a loop', () => {
    const { resources } = print(
      `resource group 'Microsoft.Network/networkSecurityGroups@2024-01-01' = [for name in [ 'a', 'b' ]: {\n  name: name\n}]`,
      symbolic,
    );
    expect(Object.keys(resources)).toEqual(['group_0', 'group_1']);
    expect(resources.group_1?.name).toBe('b');
  });

  it('leaves out what a provider does not say, where that is wanted', () => {
    const text = `resource "azurerm_storage_account" "a" {\n  name = "st"\n  min_tls_version = "TLS1_0"\n}\n`;
    const terraform = terraformEstateOf('terraform', text);
    expect(() => printTemplate(terraform, list)).toThrow('azurerm_storage_account.a has no API version.');
    const template = JSON.parse(printTemplate(terraform, { ...list, unsaid: { apiVersion: '2024-01-01' } })) as Printed;
    expect(template.resources['0']).toMatchObject({
      type: 'Microsoft.Storage/storageAccounts',
      apiVersion: '2024-01-01',
      name: 'st',
      properties: { minimumTlsVersion: 'TLS1_0', supportsHttpsTrafficOnly: true },
    });
    expect(template.resources['0']?.properties).not.toHaveProperty('networkAcls');
    expect(template.parameters).toEqual({});
  });

  it('is refused where a template cannot say it', () => {
    const open = `param more object\nresource a 'A.B/c@2024-01-01' = {\n  name: 'a'\n  ...more\n}\n`;
    expect(() => print(open)).toThrow('The body of a is not known whole.');
  });
});

describe.each(examplesOfEstates)('%s', (_, examples) => {
  const texts = examples.filter(({ language }) => language === 'bicep').flatMap(({ bad, good }) => [bad, good]);
  it.each([list, symbolic])('has examples that can be printed', (style) => {
    for (const text of texts) {
      const template = printTemplate(estateOf(text), style);
      expect(parseJson(template).problems).toEqual([]);
      for (const [written] of template.matchAll(/"(?:[^"\\]|\\.)*"/g)) {
        expect(parseArmExpression(JSON.parse(written) as string).problems).toEqual([]);
      }
    }
  });
});
