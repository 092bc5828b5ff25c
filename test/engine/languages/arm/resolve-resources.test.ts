import { describe, expect, it } from 'vitest';
import { linkResources } from '../../../../engine/estate/link.ts';
import { property } from '../../../../engine/estate/operations.ts';
import { folder, resourceAt, show } from '../bicep/estate-of.ts';
import { estateOf, textOf, uri } from './estate-of.ts';

const account = {
  type: 'Microsoft.Storage/storageAccounts',
  apiVersion: '2023-05-01',
  name: 'sa',
  location: 'westeurope',
};

function addressesOf(resources: unknown, more: Readonly<Record<string, unknown>> = {}): readonly string[] {
  return estateOf({ ...more, resources }).resources.map(({ address, instance }) => address + instance);
}

describe('a resource', () => {
  it('has an address, a version, a place for what is missing, and a body without what only says where it belongs', () => {
    const text = textOf({
      resources: [
        { ...account, dependsOn: ['x'], comments: 'c', metadata: {}, sku: { name: 'a' }, properties: { a: 1 } },
      ],
    });
    const resource = resourceAt(estateOf(text), 'Microsoft.Storage/storageAccounts/sa');
    expect(resource).toMatchObject({
      language: 'arm',
      apiVersion: '2023-05-01',
      existing: false,
      instance: '',
      calls: [],
    });
    expect(text.slice(resource.header.start, resource.header.end)).toBe('"Microsoft.Storage/storageAccounts"');
    const version = resource.apiVersionPlace;
    expect(version && text.slice(version.start, version.end)).toBe('2023-05-01');
    expect(text.slice(resource.declaration.start, resource.declaration.end)).toMatch(/^\{\s+"type"[\s\S]*\}$/);
    expect(show(resource.body)).toBe(
      "{ name: 'sa', location: 'westeurope', sku: { name: 'a' }, properties: { a: 1 } }",
    );
    expect(resource.declaration.uri).toBe(uri);
  });

  it('has sections in any case', () => {
    const estate = estateOf({ Resources: [{ TYPE: 'A.B/c', ApiVersion: '1', NAME: 'x', Properties: { a: 1 } }] });
    expect(show(property(resourceAt(estate, 'A.B/c/x').body, 'properties'))).toBe('{ a: 1 }');
  });

  it('has a version that a variable may give', () => {
    const estate = estateOf({
      variables: { v: '2020-01-01' },
      resources: [{ ...account, apiVersion: "[variables('v')]" }],
    });
    expect(estate.resources[0]).toMatchObject({ apiVersion: '2020-01-01', apiVersionPlace: undefined });
  });

  it('exists under its condition', () => {
    const parameters = { on: { type: 'bool' } };
    const resources = [
      { ...account, name: 'never', condition: false },
      { ...account, name: 'maybe', condition: "[parameters('on')]" },
      { ...account, name: 'always', condition: "[or(true(), parameters('on'))]" },
    ];
    const estate = estateOf({ parameters, resources });
    expect(estate.resources.map(({ address, exists }) => [address.split('/')[2], show(exists)])).toEqual([
      ['maybe', '(true | false)'],
      ['always', 'true'],
    ]);
  });

  it('decides one condition alike in its existence and in its properties', () => {
    const test = "[equals(parameters('env'), 'prod')]";
    const resources = [
      { ...account, condition: test, properties: { a: "[if(equals(parameters('env'), 'prod'), 1, 2)]" } },
    ];
    const [resource] = estateOf({ parameters: { env: { type: 'string' } }, resources }).resources;
    const value = resource && property(property(resource.body, 'properties'), 'a');
    if (resource?.exists.kind !== 'choice' || value?.kind !== 'choice') throw new Error('no choice');
    expect(value.condition.id).toBe(resource.exists.condition.id);
  });
});

describe('children', () => {
  it('are found beside their parent, by names that may be unknown', () => {
    const parameters = { name: { type: 'string' } };
    const resources = [
      { ...account, name: "[parameters('name')]" },
      { type: 'Microsoft.Storage/storageAccounts/blobServices', name: "[concat(parameters('name'), '/default')]" },
    ];
    const estate = estateOf({ parameters, resources });
    const [parent, child] = estate.resources;
    if (parent === undefined || child === undefined) throw new Error('too few');
    expect(linkResources(estate.resources).parentOf(child)).toBe(parent);
  });

  it('may be nested, with types and names that are relative or whole', () => {
    const resources = [
      {
        ...account,
        resources: [
          { type: 'blobServices', apiVersion: '2', name: 'default', resources: [{ type: 'containers', name: 'c' }] },
          { type: 'Microsoft.Storage/storageAccounts/fileServices', name: 'sa/default' },
        ],
      },
    ];
    const estate = estateOf({ resources });
    expect(
      estate.resources.map(({ type, names, apiVersion }) => [type.slice(17), names.map(show).join(), apiVersion]),
    ).toEqual([
      ['/storageAccounts', "'sa'", '2023-05-01'],
      ['/storageAccounts/blobServices', "'sa','default'", '2'],
      ['/storageAccounts/blobServices/containers', "'sa','default','c'", '2'],
      ['/storageAccounts/fileServices', "'sa','default'", '2023-05-01'],
    ]);
    expect(estate.resources[2]?.parent).toBe(estate.resources[1]);
    expect(estate.resources[2]?.address).toBe('Microsoft.Storage/storageAccounts/blobServices/containers/sa/default/c');
  });

  it('follow a parent that is not deployed', () => {
    expect(addressesOf([{ ...account, condition: false, resources: [{ type: 'x', name: 'y' }] }])).toEqual([]);
  });
});

describe('extension resources', () => {
  const lock = { type: 'Microsoft.Authorization/locks', apiVersion: '1', name: 'l' };

  it.each([
    ['Microsoft.Storage/storageAccounts/sa', "->Microsoft.Storage/storageAccounts('sa').id"],
    [
      "[format('Microsoft.Storage/storageAccounts/{0}', parameters('p'))]",
      '->Microsoft.Storage/storageAccounts(?parameter).id',
    ],
    ["[resourceId('Microsoft.Storage/storageAccounts', 'sa')]", "->Microsoft.Storage/storageAccounts('sa').id"],
    ['/subscriptions/s/resourceGroups/g', "->Microsoft.Resources/resourceGroups('g').id"],
    ['[resourceGroup().id]', '->Microsoft.Resources/resourceGroups(?deployment)'],
    ['/', '->Microsoft.Resources/tenants(?deployment)'],
  ])('are on their scope %s', (scope, expected) => {
    const estate = estateOf({ parameters: { p: { type: 'string' } }, resources: [{ ...lock, scope }] });
    const value = estate.resources[0]?.scope;
    expect(value && show(value)).toBe(expected);
  });

  it('may be written with the type of what they are on, at the top or nested', () => {
    const resources = [
      { ...account, resources: [{ type: 'providers/locks', apiVersion: '1', name: 'Microsoft.Authorization/inner' }] },
      {
        type: 'Microsoft.Storage/storageAccounts/providers/locks',
        name: "[concat('sa', '/Microsoft.Authorization/', 'l')]",
      },
    ];
    const [, nested, top] = estateOf({ resources }).resources;
    for (const [resource, name] of [
      [nested, "'inner'"],
      [top, "'l'"],
    ] as const) {
      expect(resource?.type).toBe('Microsoft.Authorization/locks');
      expect(resource?.names.map(show)).toEqual([name]);
      expect(resource?.scope && show(resource.scope)).toBe("->Microsoft.Storage/storageAccounts('sa').id");
      expect(resource?.parent).toBeUndefined();
    }
  });
});

describe('symbolic names', () => {
  const symbolic = { languageVersion: '2.0' };

  it('name resources, existing ones too', () => {
    const resources = {
      sa: { ...account, properties: { a: "[reference('old').b]", c: "[reference('old', '1', 'Full').kind]" } },
      old: { existing: true, type: 'Microsoft.Web/sites', apiVersion: '1', name: 'w' },
    };
    const text = textOf({ ...symbolic, resources });
    const estate = estateOf(text);
    const sa = resourceAt(estate, 'Microsoft.Storage/storageAccounts/sa');
    expect(show(property(sa.body, 'properties'))).toBe(
      '{ a: ->Microsoft.Web/sites/w.properties.b, c: ->Microsoft.Web/sites/w.kind }',
    );
    expect(text.slice(sa.declaration.start, sa.declaration.end)).toMatch(/^"sa": \{/);
    const old = resourceAt(estate, 'Microsoft.Web/sites/w');
    expect(old.existing).toBe(true);
    expect(show(property(old.body, 'properties'))).toBe('?data');
  });

  it('name the instances of loops', () => {
    const resources = {
      many: { ...account, name: "[format('s{0}', copyIndex())]", copy: { name: 'many', count: 2 } },
    };
    const outputs = {
      one: { value: "[reference('many[1]').x]" },
      all: { value: "[references('many', 'Full')]" },
    };
    const shown = Object.fromEntries(
      estateOf({ ...symbolic, resources, outputs }).outputs.map(({ name, value }) => [name, show(value)]),
    );
    const address = "Microsoft.Storage/storageAccounts/format('s{0}', copyIndex())";
    expect(shown).toEqual({ one: `->${address}[1].properties.x`, all: `[->${address}[0], ->${address}[1]]` });
  });

  it('give what Microsoft Graph deploys its whole body', () => {
    const app = { import: 'graph', type: 'Microsoft.Graph/applications@v1.0', properties: { displayName: 'd' } };
    const estate = estateOf({ ...symbolic, resources: { app }, outputs: { o: { value: "[reference('app').appId]" } } });
    expect(estate.resources[0]).toMatchObject({ type: 'Microsoft.Graph/applications', apiVersion: 'v1.0' });
    expect(estate.resources[0] && show(estate.resources[0].body)).toBe("{ displayName: 'd' }");
    expect(estate.outputs[0] && show(estate.outputs[0].value)).toBe('->Microsoft.Graph/applications/app.appId');
  });
});

describe('ids', () => {
  it('join by name, literal ones too', () => {
    const network = { type: 'Microsoft.Network/virtualNetworks', apiVersion: '1', name: "[parameters('n')]" };
    const id = "[resourceId('Microsoft.Network/virtualNetworks', parameters('n'))]";
    const literal = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/SA';
    const estate = estateOf({
      parameters: { n: { type: 'string' } },
      resources: [network, account, { type: 'A.B/c', name: 'x', properties: { network: { id }, storage: literal } }],
    });
    const links = linkResources(estate.resources);
    const properties = property(resourceAt(estate, 'A.B/c/x').body, 'properties');
    expect(links.targetOf(property(properties, 'network'))).toEqual({
      kind: 'resource',
      resource: estate.resources[0],
    });
    expect(links.targetOf(property(properties, 'storage'))).toEqual({
      kind: 'resource',
      resource: estate.resources[1],
    });
  });

  it('may take names apart, as the Bicep compiler does', () => {
    const name = "format('{0}/{1}', parameters('n'), 'sub')";
    const value = `[resourceId('Microsoft.Network/virtualNetworks/subnets', split(${name}, '/')[0], split(${name}, '/')[1])]`;
    const estate = estateOf({ parameters: { n: { type: 'string' } }, resources: [], outputs: { o: { value } } });
    expect(estate.outputs[0] && show(estate.outputs[0].value)).toBe(
      "->Microsoft.Network/virtualNetworks/subnets(?parameter, 'sub').id",
    );
  });

  it('may be a plain name, where one resource has it', () => {
    const outputs = {
      o: { value: "[reference('sa').primaryEndpoints.blob]" },
      p: { value: "[reference('other').x]" },
      q: { value: "[reference(concat('Microsoft.Web/sites/', 'w')).host]" },
      r: { value: "[reference(concat('Microsoft.Web/sites/', parameters('n')), '1', 'Full').kind]" },
    };
    const estate = estateOf({ parameters: { n: { type: 'string' } }, resources: [account], outputs });
    expect(estate.outputs.map(({ value }) => show(value))).toEqual([
      '->Microsoft.Storage/storageAccounts/sa.properties.primaryEndpoints.blob',
      '?deployment',
      "->Microsoft.Web/sites('w').properties.host",
      '->Microsoft.Web/sites(?parameter).kind',
    ]);
  });
});

describe('budgets', () => {
  it('end in one clear problem', () => {
    const small = {
      budget: {
        loopInstances: 64,
        moduleDepth: 2,
        moduleInstances: 9,
        resources: 1,
        evaluationDepth: 99,
        evaluationSteps: 999,
        fileSize: 9_999,
      },
    };
    const estate = estateOf({ resources: [account, { ...account, name: 'b' }] }, {}, undefined, small);
    expect(estate.resources).toHaveLength(1);
    expect(estate.problems).toMatchObject([
      { code: 'budget', uri, message: expect.stringContaining('more than 1 resources') },
    ]);
  });

  it('and missing files are told', () => {
    const large = estateOf(' '.repeat(99), {}, undefined, {
      budget: {
        loopInstances: 1,
        moduleDepth: 1,
        moduleInstances: 1,
        resources: 1,
        evaluationDepth: 1,
        evaluationSteps: 1,
        fileSize: 9,
      },
    });
    expect(large.problems).toMatchObject([{ code: 'budget' }]);
    expect(large.dependencies.has(`${folder}azuredeploy.json`)).toBe(true);
  });
});
