// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Bicep writes its holes like this too.
import { describe, expect, it } from 'vitest';
import { estateOf, folder, outputOf, show } from './estate-of.ts';

/** The value of an expression, as the output of a file that also has these declarations. */
function evaluated(expression: string, declarations = '', files: Record<string, string> = {}): string {
  return show(outputOf(estateOf({ ...files, 'main.bicep': `${declarations}\noutput o object = ${expression}\n` })));
}

describe('expressions', () => {
  it.each([
    ["'a'", "'a'"],
    ["'''a\nb'''", "'a\nb'"],
    ['-3', '-3'],
    ['null', 'null'],
    ['(1 + 2) * 3 - 7 / 2', '6'],
    ['7 % 4', '3'],
    ['1 / 0', '?error'],
    ['9007199254740993', '?unsupported'],
    ['2 > 1', 'true'],
    ["'a' == 'A'", 'false'],
    ["'a' =~ 'A'", 'true'],
    ["'a' !~ 'A'", 'false'],
    ['!true', 'false'],
    ['true && false', 'false'],
    ['true ? 1 : 2', '1'],
    ['null ?? 2', '2'],
    ["'x${1}y${true}'", "'x1yTrue'"],
    ['{ a: 1, b: { c: [1, 2] } }', '{ a: 1, b: { c: [1, 2] } }'],
    ['{ a: 1 }.a', '1'],
    ['{ a: 1 }.?b', 'null'],
    ['{ a: 1 }.?b.?c ?? 3', '3'],
    ["{ a: 1 }['a']", '1'],
    ['[1, 2, 3][1]', '2'],
    ['[1, 2, 3][^1]', '3'],
    ['[1][?4]', 'null'],
    ['[1][4]', '?error'],
    ["{ 'a-b': 1, '${'c'}': 2 }", '{ a-b: 1, c: 2 }'],
    ['{ a: 1, ...{ b: 2, a: 3 } }', '{ a: 3, b: 2 }'],
    ['[1, ...[2, 3], 4]', '[1, 2, 3, 4]'],
    ['[for x in [1, 2]: x * 2]', '[2, 4]'],
    ['[for (x, i) in [5, 6]: x + i]', '[5, 7]'],
    ['{ a: 1 }!.a', '1'],
    ['nowhere', '?error'],
  ])('%s', (written, expected) => {
    expect(evaluated(written)).toBe(expected);
  });
});

describe('expressions that are known in part', () => {
  const unset = 'param p string\nparam q bool\nparam r object\nparam s array';
  it.each([
    ["'a-${p}-b'", '"a-${?parameter}-b"'],
    ['q ? 1 : 1', '(1 | 1)'],
    ["q ? 'TLS1_0' : 'TLS1_2'", "('TLS1_0' | 'TLS1_2')"],
    ['q ? (q ? 1 : 2) : 3', '(1 | 3)'],
    ['!q ? 1 : 2', '(2 | 1)'],
    ['q && false', 'false'],
    ['q || true', 'true'],
    ['r.a.b', '?parameter'],
    ["r.?a ?? 'x'", "('x' | ?parameter)"],
    ['{ a: 1, ...r }', '{ a: ?parameter, … }'],
    ['{ ...r, a: 1 }', '{ a: 1, … }'],
    ['{ a: 1, ...(q ? { b: 2 } : {}) }', '{ a: 1, b: (2 | ∅) }'],
    ['{ a: 1, ...(q ? { a: 2 } : {}) }', '{ a: (2 | 1) }'],
    ["{ '${p}': 1, b: 2 }", '{ b: 2, … }'],
    ['[...s, 1]', '[1, …]'],
    ['[for x in s: { a: x }]', '[…]'],
    ['p == p', 'true'],
    ["p == 'x'", '?parameter'],
  ])('%s', (written, expected) => {
    expect(evaluated(written, unset)).toBe(expected);
  });
});

describe('functions', () => {
  const unset = 'param p string\nparam q bool\nparam r object\nparam s array';
  it.each([
    ["toUpper('a')", "'A'"],
    ["sys.concat('a', 'b')", "'ab'"],
    ["any('a')", "'a'"],
    ['concat([1], [2])', '[1, 2]'],
    ['concat([1], s)', '[1, …]'],
    ["concat('a', p)", '"a${?parameter}"'],
    ['union({ a: { b: 1 } }, { a: { c: 2 } })', '{ a: { b: 1, c: 2 } }'],
    ['union({ a: { b: 1 } }, r)', '{ a: ?parameter, … }'],
    ['union([1, 2], [2, 3])', '[1, 2, 3]'],
    ['union({ a: 1 }, q ? { b: 2 } : {})', '{ a: 1, b: (2 | ∅) }'],
    ['shallowMerge([{ a: { b: 1 } }, { a: { c: 2 } }])', '{ a: { c: 2 } }'],
    ["contains({ Ab: 1 }, 'aB')", 'true'],
    ["contains(union(r, { a: 1 }), 'a')", 'true'],
    ["contains(r, 'a')", '?parameter'],
    ['contains([1, 2], 2)', 'true'],
    ['contains([1, 2], 3)', 'false'],
    ['contains(concat([1], s), 1)', 'true'],
    ["contains('a-${p}', 'a-')", 'true'],
    ['empty({})', 'true'],
    ['empty([p])', 'false'],
    ["empty('a${p}')", 'false'],
    ['empty(p)', '?parameter'],
    ['empty(null)', 'true'],
    ['length([p, p])', '2'],
    ['length({ a: p })', '1'],
    ['length(concat([1], s))', '?parameter'],
    ['first([p, 1])', '?parameter'],
    ['first([])', 'null'],
    ['last([p, 1])', '1'],
    ['take([p, 1, 2], 2)', '[?parameter, 1]'],
    ['skip([p, 1, 2], 1)', '[1, 2]'],
    ['items({ b: 1, a: p })', "[{ key: 'a', value: ?parameter }, { key: 'b', value: 1 }]"],
    ['objectKeys({ b: 1, a: p })', "['a', 'b']"],
    ['flatten([[1], [p]])', '[1, ?parameter]'],
    ['map([1, p], x => { a: x })', '[{ a: 1 }, { a: ?parameter }]'],
    ['map([5, 6], (x, i) => i)', '[0, 1]'],
    ['map(s, x => 1)', '[…]'],
    ['filter([1, 2, 3], x => x > 1)', '[2, 3]'],
    ["filter(['a', p], x => x == 'a')", "['a', …]"],
    ['sort([3, 1, 2], (a, b) => a < b)', '[1, 2, 3]'],
    ['reduce([1, 2, 3], 0, (sum, x) => sum + x)', '6'],
    ["toObject(['a', 'b'], x => x, x => p)", '{ a: ?parameter, b: ?parameter }'],
    ["groupBy(['a', 'ab', 'b'], x => substring(x, 0, 1))", "{ a: ['a', 'ab'], b: ['b'] }"],
    ['mapValues({ a: 1 }, x => x + 1)', '{ a: 2 }'],
    ["format('{0}-{1}', 'a', p)", '"a-${?parameter}"'],
    ["format('{{{0}}}{1}', p, 'x')", '"{${?parameter}}x"'],
    ["format('{0:D3}', p)", '?parameter'],
    ["format('{0', p)", '?parameter'],
    ["format('{0:D3}', 7)", "'007'"],
    ["join(['a', p], ',')", '"a,${?parameter}"'],
    ["toLower('A${p}')", '"a${?parameter}"'],
    ['environment().suffixes.storage', "'core.windows.net'"],
    ['az.resourceGroup().location', '?deployment'],
    ["utcNow('d')", '?deployment'],
    ["readEnvironmentVariable('X', 'y')", '?deployment'],
    ["listKeys(p, '2022-01-01').keys[0].value", '!?deployment'],
    ['reference(p).x', '?deployment'],
    [
      "resourceId('Microsoft.Network/virtualNetworks/subnets', 'v', p)",
      "->Microsoft.Network/virtualNetworks/subnets('v', ?parameter).id",
    ],
    ["resourceId('g', 'Microsoft.Network/virtualNetworks', 'v')", "->Microsoft.Network/virtualNetworks('v').id"],
    [
      "subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'x')",
      "->Microsoft.Authorization/roleDefinitions('x').id",
    ],
    [
      "'/subscriptions/${p}/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/${p}'",
      "->Microsoft.Network/virtualNetworks/subnets('v', ?parameter).id",
    ],
    ["'${resourceGroup().id}/providers/Microsoft.Sql/servers/${p}'", '->Microsoft.Sql/servers(?parameter).id'],
    ["'https://x/providers/Microsoft.Sql/servers/${p}'", '"https://x/providers/Microsoft.Sql/servers/${?parameter}"'],
    ["last(split(resourceId('Microsoft.KeyVault/vaults', 'v'), '/'))", "'v'"],
    ["split(resourceId('g', 'Microsoft.KeyVault/vaults', 'v'), '/')[4]", "'g'"],
    ["last(split(q ? resourceId('Microsoft.KeyVault/vaults', 'v') : 'a/b', '/'))", "('v' | 'b')"],
    ["last(split(subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'r'), '/'))", '?unsupported'],
    ["contains(resourceId('Microsoft.KeyVault/vaults', p), '/providers/Microsoft.KeyVault/')", 'true'],
    ["{ Owner: 'x' }[?resourceId('Microsoft.KeyVault/vaults', p)] ?? 'none'", "'none'"],
    ['nonsense(1)', '?unsupported'],
    ['nameof(p)', "'p'"],
  ])('%s', (written, expected) => {
    expect(evaluated(written, unset)).toBe(expected);
  });

  it('calls functions of the file, of another file and of a namespace', () => {
    const files = {
      'lib.bicep': "@export()\nvar prefix = 'z'\n@export()\nfunc named(x string) string => '${prefix}-${x}'\n",
    };
    const declarations =
      "import { named, prefix as p2 } from 'lib.bicep'\nimport * as lib from 'lib.bicep'\nfunc twice(x int) int => x * 2";
    expect(evaluated("[twice(2), named('a'), lib.named('b'), p2, lib.prefix]", declarations, files)).toBe(
      "[4, 'z-a', 'z-b', 'z', 'z']",
    );
  });

  it('reads files beside the one that calls', () => {
    const files = {
      'a.txt': 'hello',
      'a.json': '{ "b": { "c": [1, true] } }',
      'a.yaml': 'b:\n  c: 2\n',
    };
    expect(evaluated("loadTextContent('./a.txt')", '', files)).toBe("'hello'");
    expect(evaluated("loadFileAsBase64('a.txt')", '', files)).toBe("'aGVsbG8='");
    expect(evaluated("loadJsonContent('a.json', '$.b').c[1]", '', files)).toBe('true');
    expect(evaluated("loadYamlContent('a.yaml').b.c", '', files)).toBe('2');
    expect(evaluated("loadTextContent('none.txt')", '', files)).toBe('?file');
  });

  it('gives what it reads from JSON its place there', () => {
    const estate = estateOf({
      'main.bicep': "output o bool = loadJsonContent('a.json').b\n",
      'a.json': '{ "b": true }',
    });
    expect(outputOf(estate).origin).toMatchObject({ kind: 'source', uri: `${folder}a.json`, start: 7, end: 11 });
  });
});

describe('one condition is decided alike everywhere', () => {
  it('within one file', () => {
    expect(evaluated('a == b', "param q bool\nvar a = q ? 'x' : 'y'\nvar b = q ? 'x' : 'y'")).toBe('(true | true)');
    expect(evaluated("q ? (q ? 'a' : 'b') : 'c'", 'param q bool')).toBe("('a' | 'c')");
    expect(evaluated("e == 'prod' ? (e == 'prod' ? 1 : 2) : 3", "@allowed(['prod', 'dev'])\nparam e string")).toBe(
      '(1 | 3)',
    );
    expect(evaluated('resourceGroup().location == resourceGroup().location')).toBe('true');
  });

  it('along a chain of tests, however many', () => {
    const names = Array.from({ length: 14 }, (_, index) => `'v${index}'`);
    const chain = names.map((name, index) => `e == ${name} ? ${index} : `).join('');
    expect(evaluated(`${chain}99`, `@allowed([${names.join(', ')}])\nparam e string`)).toBe(
      `(${names.map((_, index) => index).join(' | ')})`,
    );
  });

  it('across modules that get the same argument', () => {
    const module = "param q bool\noutput x string = q ? 'a' : 'b'\n";
    const main = `param q bool
module m1 'm.bicep' = { params: { q: q } }
module m2 'm.bicep' = { params: { q: q } }
output o bool = m1.outputs.x == m2.outputs.x
`;
    expect(show(outputOf(estateOf({ 'main.bicep': main, 'm.bicep': module })))).toBe('(true | true)');
  });

  it('but not where the arguments differ', () => {
    const module = "param q bool\noutput x string = q ? 'a' : 'b'\n";
    const main = `param p bool
param q bool
module m1 'm.bicep' = { params: { q: p } }
module m2 'm.bicep' = { params: { q: q } }
output o bool = m1.outputs.x == m2.outputs.x
`;
    expect(show(outputOf(estateOf({ 'main.bicep': main, 'm.bicep': module })))).toBe(
      '((true | false) | (false | true))',
    );
  });
});

describe('parameters', () => {
  it.each([
    ['param p string', '?parameter'],
    ["param p string = 'd'", "'d'"],
    ['param p string?', 'null'],
    ["@allowed(['a', 'b'])\nparam p string", "('a' | 'b')"],
    ["@allowed(['a', 'b'])\nparam p string = 'a'", "'a'"],
    ["@allowed(['a', 'b'])\nparam p array", '?parameter'],
    ["param p 'a' | 'b'", "('a' | 'b')"],
    ["type t = 'a' | 'b'\nparam p t", "('a' | 'b')"],
    ["type t = { a: 'x' | 'y' }\nparam p t.a", "('x' | 'y')"],
    ['param p bool', '?parameter'],
    ['type t = t | null\nparam p t', 'null'],
    ['@secure()\nparam p string', '!?parameter'],
    ['@sys.secure()\nparam p string', '!?parameter'],
    ["@secure()\nparam p string = 'x'", "!'x'"],
    ['@secure()\ntype t = string\nparam p t', '!?parameter'],
    ['param p string = p', '?error'],
    ["param q string = 'a'\nparam p string = '${q}b'", "'ab'"],
  ])('%s', (declarations, expected) => {
    expect(evaluated('p', declarations)).toBe(expected);
  });

  it('take a module argument over the default, unless that is null', () => {
    const module = "param p string = 'd'\nparam q string?\noutput p string = p\noutput q string? = q\n";
    const main = `param unset bool
module a 'm.bicep' = { params: { p: 'x', q: 'y' } }
module b 'm.bicep' = { params: { p: null } }
module c 'm.bicep' = { params: { p: unset ? 'x' : null } }
output o array = [a.outputs.p, a.outputs.q, b.outputs.p, b.outputs.q, c.outputs.p]
`;
    expect(show(outputOf(estateOf({ 'main.bicep': main, 'm.bicep': module })))).toBe(
      "['x', 'y', 'd', null, ('x' | 'd')]",
    );
  });

  it('keep secrets through variables, interpolation, modules and outputs', () => {
    const main = `@secure()
param p string
var q = p
module m 'm.bicep' = { params: { s: q } }
output o array = [q, 'x\${q}', { a: q }.a, m.outputs.t]
`;
    const module = 'param s string\noutput t string = toUpper(s)\n';
    expect(show(outputOf(estateOf({ 'main.bicep': main, 'm.bicep': module })))).toBe(
      '[!?parameter, !"x${!?parameter}", !?parameter, !?parameter]',
    );
    // A name alone makes no secret.
    expect(evaluated('secretNames', 'param secretNames array')).toBe('?parameter');
  });
});

describe('parameter files', () => {
  const main = "param p string = 'd'\nparam q object = {}\noutput o array = [p, q]\n";

  it('give values from .bicepparam, with variables, a base and imports', () => {
    const files = {
      'main.bicep': main,
      'base.bicepparam': "using none\nparam p = 'base'\nparam q = { base: true }\n",
      'main.bicepparam': "extends 'base.bicepparam'\nvar x = 'mine'\nusing 'main.bicep'\nparam p = '${x}!'\n",
      'more.bicepparam': "using 'main.bicep'\nextends 'base.bicepparam'\nparam q = { ...base.q, p: base.p }\n",
    };
    expect(show(outputOf(estateOf(files, 'main.bicepparam')))).toBe("['mine!', { base: true }]");
    expect(show(outputOf(estateOf(files, 'more.bicepparam')))).toBe("['base', { base: true, p: 'base' }]");
  });

  it('give values from JSON, with their places', () => {
    const parameters = '{ "parameters": { "P": { "value": "json" }, "q": { "value": { "a": "${X}" } } } }';
    const estate = estateOf({ 'main.bicep': main, 'p.parameters.json': parameters }, 'p.parameters.json');
    const value = outputOf(estate);
    expect(show(value)).toBe("['json', { a: ?parameter }]");
    const item = value.kind === 'array' ? value.items[0] : undefined;
    const start = parameters.indexOf('"json"');
    expect(item?.origin).toMatchObject({ uri: `${folder}p.parameters.json`, start, end: start + 6 });
    expect(item?.origin.kind === 'source' ? item.origin.via : undefined).toMatchObject({
      kind: 'parameter',
      next: { kind: 'parameter-file', uri: `${folder}p.parameters.json` },
    });
  });

  it('take secrets of a key vault as unknown and secret', () => {
    const json = '{ "parameters": { "p": { "reference": { "keyVault": { "id": "x" }, "secretName": "y" } } } }';
    const bicep = "using 'main.bicep'\nparam p = az.getSecret('s', 'g', 'v', 'n')\n";
    const files = { 'main.bicep': main, 'p.parameters.json': json, 'p.bicepparam': bicep };
    for (const name of ['p.parameters.json', 'p.bicepparam']) {
      expect(show(outputOf(estateOf(files, name)))).toBe('[!?deployment, {}]');
    }
  });

  it('report one that is not there or that extends itself', () => {
    expect(estateOf({ 'main.bicep': main }, 'none.bicepparam').problems).toMatchObject([{ code: 'parameter-file' }]);
    const loop = estateOf(
      { 'main.bicep': main, 'a.bicepparam': "extends 'a.bicepparam'\nparam p = 'x'\n" },
      'a.bicepparam',
    );
    expect(loop.problems).toMatchObject([{ code: 'cycle', uri: `${folder}a.bicepparam` }]);
    expect(show(outputOf(loop))).toBe("['x', {}]");
  });
});

describe('origins', () => {
  it('tell the literal and every use that leads to it', () => {
    const main =
      "param tls string = 'TLS1_0'\nmodule m 'm.bicep' = { params: { version: tls } }\noutput o string = m.outputs.x\n";
    const module = 'param version string\nvar v = version\noutput x string = v\n';
    const value = outputOf(estateOf({ 'main.bicep': main, 'm.bicep': module }));
    const { origin } = value;
    if (origin.kind !== 'source') throw new Error('no source');
    expect(main.slice(origin.start, origin.end)).toBe("'TLS1_0'");
    const steps: string[] = [];
    for (let step = origin.via; step !== undefined; step = step.next) {
      const text = step.uri.endsWith('main.bicep') ? main : module;
      steps.push(`${step.kind} ${step.name}: ${text.slice(step.start, step.end)}`);
    }
    expect(steps).toEqual([
      'output x: m',
      'variable v: v',
      'parameter version: version',
      'argument version: version: tls',
      'parameter tls: tls',
    ]);
  });

  it('stay with what functions only move about', () => {
    const main =
      "var a = union({ x: 'one' }, { y: filter(['two', 'three'], i => i != 'two') })\noutput o string = first(a.y)\n";
    const { origin } = outputOf(estateOf(main));
    expect(origin.kind === 'source' && main.slice(origin.start, origin.end)).toBe("'three'");
  });
});

describe('recursion and size', () => {
  it.each([
    ['var a = a\noutput o object = a', '?error'],
    ['var a = { b: a }\noutput o object = a', '?error'],
    ['var a = { x: b }\nvar b = { y: a }\noutput o string = string(a)', '?error'],
    ['func f(x int) object => { a: f(x) }\noutput o object = f(1)', '?error'],
    ['param p object = q\nparam q object = p\noutput o object = p', '?error'],
  ])('%s', (text, expected) => {
    expect(show(outputOf(estateOf(text)))).toBe(expected);
  });

  it('survives files that import each other', () => {
    const files = {
      'main.bicep': "import { x } from 'a.bicep'\noutput o object = x\n",
      'a.bicep': "import { y } from 'b.bicep'\n@export()\nvar x = { v: y }\n",
      'b.bicep': "import { x } from 'a.bicep'\n@export()\nvar y = { v: x }\n",
    };
    expect(show(outputOf(estateOf(files)))).toContain('?module');
  });

  it('gives up on texts, arrays and choices that grow without end', () => {
    const doubling = (first: string, next: (previous: string) => string): string => {
      const lines = [`var v0 = ${first}`];
      for (let index = 1; index <= 40; index++) lines.push(`var v${index} = ${next(`v${index - 1}`)}`);
      return `${lines.join('\n')}\noutput o object = v40\n`;
    };
    expect(show(outputOf(estateOf(doubling("'ab'", (v) => `'\${${v}}\${${v}}'`))))).toContain('?budget');
    expect(show(outputOf(estateOf(doubling('[1, 2]', (v) => `concat(${v}, ${v})`))))).toBe('?budget');
    const objects = doubling('{ a: 1 }', (v) => `{ x: ${v}, y: ${v} }`).replace('= v40', '= string(v40)');
    expect(show(outputOf(estateOf(objects)))).toBe('?budget');
    const choices = `${Array.from({ length: 40 }, (_, index) => `param p${index} bool`).join('\n')}\n${doubling(
      "'a'",
      (v) => `p${v.slice(1)} ? ${v} : '\${${v}}b'`,
    )}`;
    expect(show(outputOf(estateOf(choices))).length).toBeLessThan(10_000);
  });

  it('has a budget for nested expressions', () => {
    const deep = `output o object = ${'['.repeat(150)}1${']'.repeat(150)}\n`;
    expect(show(outputOf(estateOf(deep, undefined, { budget: { ...budget, evaluationDepth: 50 } })))).toContain(
      '?budget',
    );
  });
});

const budget = {
  loopInstances: 64,
  moduleDepth: 32,
  moduleInstances: 5_000,
  resources: 50_000,
  evaluationDepth: 200,
  evaluationSteps: 2_000_000,
  fileSize: 1_000_000,
};
