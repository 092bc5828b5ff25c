import { describe, expect, it } from 'vitest';
import { holdsSecret } from '../../../../engine/estate/plain.ts';
import { ExpressionInputs } from '../../../../engine/languages/bicep/expression-inputs.ts';
import { parseBicep } from '../../../../engine/languages/bicep/parser.ts';
import { symbolsOf } from '../../../../engine/languages/bicep/symbols.ts';
import { estateOf } from './estate-of.ts';

const declarations = `
param a string
param b string = a
param c string?
@secure()
param key string
var ab = '\${a}\${b}'
var names = [for n in [c]: n]
var round = round
func twice(x string) string => x
resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = { name: b }
module inner 'inner.bicep' = { name: a }
import { shared } from 'shared.bicep'
`;

function inputsOf(expression: string): unknown {
  const file = parseBicep(`${declarations}output o string = ${expression}\n`, 'bicep');
  const symbols = symbolsOf('file:///work/main.bicep', file);
  const [output] = symbols.outputs;
  if (output === undefined) throw new Error('no output');
  const { parameters, pure, modules, mayMakeSecrets } = new ExpressionInputs(symbols.names).of(output.value);
  return [[...parameters].sort().join(' '), pure, [...modules].map((facts) => facts.name).join(' '), mayMakeSecrets];
}

describe('what an expression takes in', () => {
  it.each([
    ["'x'", ['', true, '', false]],
    ['a', ['a', false, '', false]],
    ['b', ['a b', false, '', false]],
    ['c', ['c', true, '', false]],
    ['ab', ['a b', false, '', false]],
    ['names[0]', ['c', true, '', false]],
    ["map(['x'], c => c)", ['', true, '', false]],
    ['empty(c) ? 1 : length(c)', ['c', true, '', false]],
    ['round', ['', true, '', false]],
    ['vault', ['a b', false, '', false]],
    ['vault.name', ['a b', false, '', false]],
    ['vault.id', ['', false, '', false]],
    ['vault.properties.vaultUri', ['', false, '', false]],
    ['[vault.id, vault.name]', ['a b', false, '', false]],
    ['vault[a].id', ['a', false, '', false]],
    ['vault.listKeys().x', ['a b', false, '', true]],
    ["listKeys('x', 'y')", ['', false, '', true]],
    ["kv.getSecret('x')", ['', false, '', true]],
    ['inner.outputs.x', ['a', false, 'inner', false]],
    ['shared', ['', false, '', true]],
    ["twice('x')", ['', false, '', true]],
    ['resourceGroup().location', ['', false, '', false]],
    ["loadTextContent('x.txt')", ['', false, '', false]],
    ['nowhere', ['', false, '', false]],
  ])('%s', (expression, expected) => {
    expect(inputsOf(expression)).toEqual(expected);
  });
});

describe('conditions of a module that is called twice', () => {
  const inner = `
param lock string = 'None'
param names array = []
var locked = lock != 'None'
resource a 'Microsoft.Authorization/locks@2020-05-01' = if (locked) { name: 'a' }
resource b 'Microsoft.Authorization/locks@2020-05-01' = [for name in names: { name: name }]
resource c 'Microsoft.Authorization/locks@2020-05-01' = if (!locked) { name: 'c' }
`;
  const call = (name: string, params: string): string =>
    `module ${name} 'inner.bicep' = {\n  name: '${name}'\n  params: ${params}\n}\n`;
  const addresses = (...calls: readonly string[]): readonly string[] =>
    estateOf({ 'main.bicep': calls.join(''), 'inner.bicep': inner }).resources.map(
      ({ address, instance }) => address + instance,
    );

  it('are decided by what each call gives', () => {
    const expected = ['x.c', 'y.a', 'z.b[0]', 'z.b[1]', 'z.c'];
    const x = call('x', '{}');
    const y = call('y', "{\n    lock: 'CanNotDelete'\n  }");
    const z = call('z', "{\n    Names: ['p', 'q']\n  }");
    expect(addresses(x, y, z)).toEqual(expected);
    expect([...addresses(z, y, x)].sort()).toEqual(expected);
  });

  it('are not taken for the defaults where arguments come by a spread', () => {
    const plain = call('x', '{}');
    const spread = call('y', "{\n    ...{ lock: 'CanNotDelete' }\n  }");
    expect(addresses(plain, spread)).toEqual(['x.c', 'y.a']);
  });
});

describe('certainlyNoSecret', () => {
  const files = {
    'main.bicep': `
param plain string
@secure()
param key string
resource named 'Microsoft.Storage/storageAccounts@2023-05-01' = { name: key }
resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = { name: plain }
module leak 'leak.bicep' = { name: 'leak', params: { given: key } }
module clean 'leak.bicep' = { name: 'clean', params: { given: plain } }
output o0 string = vault.id
output o1 string = vault.name
output o2 string = named.name
output o3 string = 'x-\${key}'
output o4 string = leak.outputs.given
output o5 string = clean.outputs.given
output o6 string = clean.outputs.fixed
output o7 array = [for i in range(0, 2): named.name]
output o8 string = named.listKeys().keys[0].value
output o9 object = { a: { b: key } }
`,
    'leak.bicep': 'param given string\noutput given string = given\noutput fixed string = resourceGroup().id\n',
  };

  it('is never said of an output that holds a secret, and mostly of those that hold none', () => {
    const { outputs } = estateOf(files);
    const own = outputs.filter((output) => output.atRoot);
    const told = own.map(({ name, certainlyNoSecret, value }) => [
      name,
      certainlyNoSecret === true,
      holdsSecret(value),
    ]);
    expect(told).toEqual([
      ['o0', true, false],
      ['o1', true, false],
      ['o2', false, true],
      ['o3', false, true],
      ['o4', false, true],
      ['o5', true, false],
      ['o6', true, false],
      ['o7', false, true],
      ['o8', false, true],
      ['o9', false, true],
    ]);
  });
});
