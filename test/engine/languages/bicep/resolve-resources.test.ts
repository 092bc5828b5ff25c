// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Bicep writes its holes like this too.
import { describe, expect, it } from 'vitest';
import { at, property } from '../../../../engine/estate/operations.ts';
import type { Resource } from '../../../../engine/estate/resource.ts';
import { estateOf, folder, outputOf, resourceAt, show } from './estate-of.ts';

const storage = 'Microsoft.Storage/storageAccounts';

function line(resource: Resource): string {
  const names = resource.names.map(show).join(', ');
  const mark = resource.existing ? ' existing' : '';
  return `${resource.address}${resource.instance} ${resource.type}@${resource.apiVersion}(${names}) if ${show(resource.exists)}${mark}`;
}

function linesOf(text: string): readonly string[] {
  return estateOf(text).resources.map(line);
}

function bodyAt(resource: Resource, ...path: readonly string[]): string {
  return show(at(resource.body, path));
}

describe('resources', () => {
  it('have their body, name, place and address', () => {
    const text = `resource sa '${storage}@2023-01-01' = {
  name: 'x'
  location: 'y'
  scope: resourceGroup()
  dependsOn: []
  properties: { minimumTlsVersion: 'TLS1_0' }
}
`;
    const resource = resourceAt(estateOf(text), 'sa');
    expect(line(resource)).toBe(`sa ${storage}@2023-01-01('x') if true`);
    expect(show(resource.body)).toBe("{ name: 'x', location: 'y', properties: { minimumTlsVersion: 'TLS1_0' } }");
    expect(text.slice(resource.header.start, resource.header.end)).toBe(`'${storage}@2023-01-01'`);
    expect(resource.declaration).toEqual({ uri: `${folder}main.bicep`, start: 0, end: text.length - 1 });
    const { origin } = at(resource.body, ['properties', 'minimumTlsVersion']);
    expect(origin.kind === 'source' && text.slice(origin.start, origin.end)).toBe("'TLS1_0'");
  });

  it('take type, version and names from what they are nested in', () => {
    expect(
      linesOf(`resource sa '${storage}@2023-01-01' = {
  name: 'x'
  resource blobs 'blobServices' = {
    name: 'default'
    resource c 'containers@2024-01-01' = { name: 'c', properties: { a: sa.name, b: blobs.id } }
  }
}
`),
    ).toEqual([
      `sa ${storage}@2023-01-01('x') if true`,
      `sa::blobs ${storage}/blobServices@2023-01-01('x', 'default') if true`,
      `sa::blobs::c ${storage}/blobServices/containers@2024-01-01('x', 'default', 'c') if true`,
    ]);
  });

  it('take names from their parent, or from the segments of their own', () => {
    const text = `param p string
resource sa '${storage}@2023-01-01' existing = { name: 'x' }
resource b '${storage}/blobServices@2023-01-01' = { parent: sa, name: 'default' }
resource c '${storage}/blobServices/containers@2023-01-01' = { parent: b, name: p }
resource d '${storage}/blobServices@2023-01-01' = { name: '\${p}/default' }
resource e '${storage}/blobServices@2023-01-01' = { name: p }
`;
    const estate = estateOf(text);
    expect(estate.resources.map((each) => each.names.map(show))).toEqual([
      ["'x'"],
      ["'x'", "'default'"],
      ["'x'", "'default'", '?parameter'],
      ['?parameter', "'default'"],
      ['?parameter', '?parameter'],
    ]);
    expect(resourceAt(estate, 'c').parent).toBe(resourceAt(estate, 'b'));
    expect(resourceAt(estate, 'd').parent).toBeUndefined();
  });

  it('give what is known of them to others, and references for the rest', () => {
    const text = `resource v 'Microsoft.Network/virtualNetworks@2023-01-01' = {
  name: 'v'
  location: 'here'
  resource s 'subnets' = { name: 's' }
}
output o array = [v.id, v.name, v.type, v.apiVersion, v.location, v.properties.x, v::s.id, v::s.name, '\${v.id}/subnets/t', v['id']]
`;
    expect(show(outputOf(estateOf(text)))).toBe(
      "[->v.id, 'v', 'Microsoft.Network/virtualNetworks', '2023-01-01', ->v.location, ->v.properties.x, ->v::s.id, 's', ->Microsoft.Network/virtualNetworks/subnets('v', 't').id, ->v.id]",
    );
  });

  it('that exist elsewhere are known by name and scope only', () => {
    const text = `resource kv 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: 'kv'
  scope: resourceGroup('other')
}
module m 'none.bicep' = { params: { p: kv.getSecret('x') } }
output o array = [kv.properties.vaultUri, kv.getSecret('x'), kv.listKeys().value]
`;
    const estate = estateOf(text);
    const kv = resourceAt(estate, 'kv');
    expect(kv.existing).toBe(true);
    expect(show(kv.body)).toBe("{ name: 'kv', … }");
    expect(show(property(kv.body, 'properties'))).toBe('?data');
    expect(kv.scope === undefined ? '' : show(kv.scope)).toBe("->Microsoft.Resources/resourceGroups('other')");
    expect(show(outputOf(estate))).toBe('[->kv.properties.vaultUri, !?deployment, !?deployment]');
  });

  it('are put on the scope that they name', () => {
    const text = `resource sa '${storage}@2023-01-01' = { name: 'x' }
resource lock 'Microsoft.Authorization/locks@2020-05-01' = { name: 'l', scope: sa, properties: {} }
resource role 'Microsoft.Authorization/roleAssignments@2022-04-01' = { name: 'r', scope: subscription(), properties: {} }
`;
    const estate = estateOf(text);
    const scopes = estate.resources.map((each) => (each.scope === undefined ? undefined : show(each.scope)));
    expect(scopes).toEqual([undefined, '->sa', '->Microsoft.Resources/subscriptions(?deployment)']);
    expect(estateOf("targetScope = 'subscription'\n").scope).toBe('subscription');
  });

  it('do not follow parents or names in circles', () => {
    const text = `resource a 'A.B/c/d@1' = { parent: b, name: 'a' }
resource b 'A.B/c@1' = { parent: a, name: 'b' }
resource c 'A.B/c@1' = { name: '\${d.name}' }
resource d 'A.B/c@1' = { name: c.name }
resource e 'A.B/c@1' = [for i in range(0, length(e)): { name: 'e' }]
`;
    const estate = estateOf(text);
    expect(estate.resources.map((each) => each.address)).toEqual(['a', 'b', 'c', 'd']);
    expect(estate.resources.map((each) => each.names.length)).toEqual([2, 1, 1, 1]);
    for (const resource of estate.resources) {
      let depth = 0;
      for (let each = resource.parent; each !== undefined; each = each.parent) depth++;
      expect(depth).toBeLessThan(2);
    }
  });
});

describe('conditions', () => {
  it('leave out what is certainly not deployed, nested resources included', () => {
    expect(
      linesOf(`param q bool
resource a 'A.B/c@1' = if (false) { name: 'a', resource n 'd' = { name: 'n' } }
resource b 'A.B/c@1' = if (true) { name: 'b' }
resource c 'A.B/c@1' = if (q) { name: 'c', resource n 'd' = { name: 'n' } }
resource d 'A.B/c@1' = if (!q) { name: 'd' }
`),
    ).toEqual([
      "b A.B/c@1('b') if true",
      "c A.B/c@1('c') if (true | false)",
      "c::n A.B/c/d@1('c', 'n') if (true | false)",
      "d A.B/c@1('d') if (false | true)",
    ]);
  });

  it('share their identity with the choices in bodies', () => {
    const estate = estateOf(`param q bool
resource a 'A.B/c@1' = if (q) { name: 'a', properties: { x: q ? 1 : 2 } }
`);
    const { exists, body } = resourceAt(estate, 'a');
    const x = at(body, ['properties', 'x']);
    if (exists.kind !== 'choice' || x.kind !== 'choice') throw new Error('no choices');
    expect(x.condition).toEqual(exists.condition);
  });
});

describe('loops', () => {
  it('are unrolled over known items', () => {
    const text = `resource a 'A.B/c@1' = [for (n, i) in ['x', 'y']: if (n != 'y') { name: '\${n}\${i}' }]
resource b 'A.B/c@1' = [for n in ['p', 'q']: { name: n }]
output o array = [a[0].id, b[1].name, [for i in range(0, 2): b[i].id], map(b, each => each.id)]
`;
    expect(linesOf(text)).toEqual([
      "a[0] A.B/c@1('x0') if true",
      "b[0] A.B/c@1('p') if true",
      "b[1] A.B/c@1('q') if true",
    ]);
    expect(show(outputOf(estateOf(text)))).toBe("[->a[0].id, 'q', [->b[0].id, ->b[1].id], [->b[0].id, ->b[1].id]]");
  });

  it('are one symbolic resource over unknown items, known ones apart', () => {
    const text = `param list array
resource a 'A.B/c@1' = [for n in list: { name: n.name, properties: { x: 1, y: n.y } }]
resource b 'A.B/c@1' = [for n in concat(['known'], list): { name: n }]
output o array = [a[0].id, b[0].name]
`;
    expect(linesOf(text)).toEqual([
      'a[*] A.B/c@1(?parameter) if (true | false)',
      "b[0] A.B/c@1('known') if true",
      'b[*] A.B/c@1(?parameter) if (true | false)',
    ]);
    const estate = estateOf(text);
    expect(bodyAt(resourceAt(estate, 'a', '[*]'), 'properties')).toBe('{ x: 1, y: ?parameter }');
    expect(show(outputOf(estate))).toBe("[->a[*].id, 'known']");
  });

  it('follow the alternatives of their items', () => {
    expect(
      linesOf(`param q bool
resource a 'A.B/c@1' = [for n in (q ? ['x'] : []): { name: n }]
resource b 'A.B/c@1' = [for n in (q ? ['x'] : ['y']): { name: n }]
`),
    ).toEqual([
      "a[0] A.B/c@1('x') if (true | false)",
      "b[0] A.B/c@1('x') if (true | false)",
      "b[0] A.B/c@1('y') if (false | true)",
    ]);
  });

  it('end at the budget', () => {
    const text = "resource a 'A.B/c@1' = [for i in range(0, 1000): { name: 'n${i}' }]\n";
    const labels = estateOf(text).resources.map((each) => each.instance);
    expect(labels).toHaveLength(65);
    expect(labels.at(-1)).toBe('[*]');
  });
});

describe('pains', () => {
  it('1: a value that nobody gives is unknown; a default in another file is found', () => {
    const module = `param https bool
resource sa '${storage}@2023-01-01' = { name: 'x', properties: { supportsHttpsTrafficOnly: https } }
`;
    const alone = resourceAt(estateOf(module), 'sa');
    expect(bodyAt(alone, 'properties', 'supportsHttpsTrafficOnly')).toBe('?parameter');
    const main = "param secure bool = false\nmodule m 'm.bicep' = { params: { https: secure } }\n";
    const called = resourceAt(estateOf({ 'main.bicep': main, 'm.bicep': module }), 'm.sa');
    const value = at(called.body, ['properties', 'supportsHttpsTrafficOnly']);
    expect(show(value)).toBe('false');
    expect(value.origin).toMatchObject({ uri: `${folder}main.bicep`, start: main.indexOf('false') });
  });

  it('4: new syntax is evaluated', () => {
    const text = `import { x } from 'br/public:avm/utl/types:0.1.0'
param a string[]?
param cfg object = {}
var t = cfg.?tls ?? 'TLS1_2'
func f(n string) string => '\${n}!'
var m = map(['a'], n => f(n))
var long = '''
text'''
resource sa '${storage}@2023-01-01' = {
  name: m[0]!
  properties: { ...cfg, minimumTlsVersion: t, first: first(a ?? ['none']), long: long, allowBlobPublicAccess: true }
}
`;
    const sa = resourceAt(estateOf(text), 'sa');
    expect(show(sa.body)).toBe(
      "{ name: 'a!', properties: { minimumTlsVersion: 'TLS1_2', first: 'none', long: 'text', allowBlobPublicAccess: true } }",
    );
  });

  it('7: a parameter without value beside a known flaw', () => {
    const sa = resourceAt(
      estateOf(
        `param env string\nresource sa '${storage}@2023-01-01' = { name: env, properties: { minimumTlsVersion: 'TLS1_0' } }\n`,
      ),
      'sa',
    );
    expect(bodyAt(sa, 'properties', 'minimumTlsVersion')).toBe("'TLS1_0'");
  });

  it('8: conditions and ternaries are alternatives', () => {
    const sa = resourceAt(
      estateOf(
        `param c bool\nresource sa '${storage}@2023-01-01' = { name: 'x', properties: { minimumTlsVersion: c ? 'TLS1_0' : 'TLS1_2' } }\n`,
      ),
      'sa',
    );
    expect(bodyAt(sa, 'properties', 'minimumTlsVersion')).toBe("('TLS1_0' | 'TLS1_2')");
  });

  it('22: the place is the literal in the module that writes it', () => {
    const module = `resource sa '${storage}@2023-01-01' = { name: 'x', properties: { minimumTlsVersion: 'TLS1_0' } }\n`;
    const sa = resourceAt(estateOf({ 'main.bicep': "module m 'm.bicep' = {}\n", 'm.bicep': module }), 'm.sa');
    const { origin } = at(sa.body, ['properties', 'minimumTlsVersion']);
    const start = module.indexOf("'TLS1_0'");
    expect(origin).toMatchObject({ uri: `${folder}m.bicep`, start, end: start + 8 });
  });

  it('28: a secret that goes through a variable into an output stays one', () => {
    const estate = estateOf(
      '@secure()\nparam p string\nvar q = p\noutput o string = q\n@secure()\noutput s string = q\n',
    );
    expect(estate.outputs.map((each) => [each.name, each.value.secret, each.secure, each.atRoot])).toEqual([
      ['o', true, false, true],
      ['s', true, true, true],
    ]);
  });
});
