import { describe, expect, test } from 'vitest';
import { parseBicep } from '../../../../engine/languages/bicep/parser.ts';
import { allNodes, problemsOf } from './show.ts';

const whole = `param place string

resource account 'Microsoft.Storage/storageAccounts@2023-01-01' = {
  name: 'account'
  location: place
  sku: {
    name: 'Standard_LRS'
  }
  tags: [
    {
      key: 'a'
    }
    {
      key: 'b'
    }
  ]
  properties: {
    tlsVersion: min('TLS1_2', place)
    httpsOnly: true
  }
}

module child 'child.bicep' = [for item in [1, 2]: {
  name: 'child'
  params: { item: item }
}]

output id string = account.id
`;

/** Names that a text declares, and the names of its properties. */
function names(text: string): string[] {
  const found = allNodes(parseBicep(text, 'bicep')).flatMap((node) => {
    if (node.kind === 'property') return node.key.kind === 'identifier' ? [`.${node.key.name}`] : [];
    return 'name' in node && typeof node.name === 'object'
      ? [node.name.kind === 'identifier' ? node.name.name : '']
      : [];
  });
  return found.sort();
}

test('the example has no mistake', () => {
  expect(problemsOf(whole)).toEqual([]);
});

/** Each row: the place of the mistake, what stands there instead, and the one problem. No name may get lost by it. */
describe('one mistake is one problem, and nothing around it is lost', () => {
  test.each([
    [
      "= {\n  name: 'account'",
      "=\n  name: 'account'",
      "3: Expected '{' in front of the next lines, but found the end of the line.",
    ],
    [
      "= {\n  name: 'account'",
      "=\n{\n  name: 'account'",
      '3: Expected a value that begins on this line, but found the end of the line.',
    ],
    ["01' = {", "01' {", "3: Expected '=', but found '{'."],
    ["01' = {", '01 = {', "3: This string has no end; expected ' before the end of the line."],
    ['location: place', 'location place', "5: Expected ':' behind the name of the property, but found 'place'."],
    ['location: place', 'location = place', "5: Expected ':' behind the name of the property, but found '='."],
    ['location: place', 'location:', '5: Expected a value, but found the end of the line.'],
    ['location: place', "location: 'place", "5: This string has no end; expected ' before the end of the line."],
    [
      'location: place',
      'location: place,',
      '5: Found the end of the line behind a comma; expected the comma or a new line, not both.',
    ],
    ['sku: {', 'sku {', "6: Expected ':' behind the name of the property, but found '{'."],
    ['sku: {', 'sku:', "6: Expected '{' in front of the next lines, but found the end of the line."],
    ['tags: [', 'tags:', "9: Expected '[' in front of the next lines, but found the end of the line."],
    ["    {\n      key: 'b'", "      key: 'b'", "13: Expected '{' in front of this property, but found 'key'."],
    ['  ]\n  prop', '  prop', "16: Expected ']' at the end of the array, but found 'properties'."],
    [
      "('TLS1_2', place)",
      "('TLS1_2', place",
      '18: Expected a comma between two arguments, but found the end of the line.',
    ],
    ["('TLS1_2', place)", "('TLS1_2' place)", "18: Expected a comma between two arguments, but found 'place'."],
    ['true\n  }\n}', 'true\n  }', "20: Expected '}' at the end of the object, but found 'module'."],
    ['[for item in [', 'for item in [', "23: Expected '[' in front of the loop, but found 'for'."],
    ['[1, 2]: {', '[1, 2] {', "23: Expected ':' in front of the body of the loop, but found '{'."],
    ['[1, 2]: {', '1, 2]: {', "23: Expected ':' and the body of the loop, but found ','."],
    ['\n}]', '\n}', "26: Expected ']' at the end of the loop, but found 'output'."],
  ])('%j → %j', (from, to, problem) => {
    expect(whole.split(from)).toHaveLength(2);
    const broken = whole.replace(from, to);
    expect(problemsOf(broken)).toEqual([problem]);
    expect(names(broken)).toEqual(expect.arrayContaining(names(whole)));
  });

  test('an unclosed bracket ends where the next statement begins', () => {
    const text = 'var a = {\n  b: [\n    f(\n\n// next\nparam c string\n';
    expect(problemsOf(text)).toEqual(["3: Expected ')' behind the arguments, but found 'param'."]);
    expect(parseBicep(text, 'bicep').statements.map((statement) => statement.kind)).toEqual(['var', 'param']);
  });

  test('items that are not indented are not taken for statements', () => {
    expect(problemsOf("resource a 'b@c' = {\nname: 'x'\nresource d 'e' = {\nname: 'y'\n}\n}")).toEqual([]);
  });
});

describe('half-typed statements', () => {
  test.each([
    ['resource', '1: Expected the name of the resource, but found the end of the file.'],
    ['resource a', '1: Expected the type of the resource in quotes, but found the end of the file.'],
    ["resource a 'b@c'", "1: Expected '=', but found the end of the file."],
    ["resource a 'b@c' =", "1: Expected the body: '{', 'if (…) {' or '[for …', but found the end of the file."],
    ["resource a 'b@c' = {", "1: Expected '}' at the end of the object, but found the end of the file."],
    ["resource a 'b@c' = if", "1: Expected '(' and a condition, but found the end of the file."],
    ["resource a 'b@c' = if (d)", "1: Expected '{', but found the end of the file."],
    ["resource a 'b@c' = [", "1: Expected 'for', but found the end of the file."],
    ["resource a 'b@c' = [for x", "1: Expected 'in', but found the end of the file."],
    ['param', '1: Expected the name of the parameter, but found the end of the file.'],
    ['param a', '1: Expected a type, but found the end of the file.'],
    ['param a string =', '1: Expected a value, but found the end of the file.'],
    ['param a string b', "1: Expected '=' and a default value, or the end of the line, but found 'b'."],
    ['var a', "1: Expected '=', but found the end of the file."],
    ['func f', "1: Expected '(' and the parameters of the function, but found the end of the file."],
    ['func f(a string) int', "1: Expected '=>' and the body of the function, but found the end of the file."],
    ['import', "1: Expected '{' and names, or '*', but found the end of the file."],
    ['import { a }', "1: Expected 'from', but found the end of the file."],
    ["import { 'a' } from 'b'", "1: Expected 'as' and a name behind a name in quotes."],
    ['@', '1: Expected the name of a decorator, but found the end of the file.'],
    ['@secure()', '1: Expected a declaration behind this decorator.'],
    [
      'resouce a',
      "1: Expected a statement, like 'resource', 'module', 'param', 'var' or 'output', but found 'resouce'.",
    ],
    [
      'provider a',
      "1: Expected a statement, like 'resource', 'module', 'param', 'var' or 'output', but found 'provider'.",
    ],
  ])('%s', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
    expect(parseBicep(text, 'bicep').statements).toHaveLength(1);
  });
});

describe('limits', () => {
  const times = 100_000;
  const nested: [string, string][] = [
    ['arrays', `var x = ${'['.repeat(times)}`],
    ['closed arrays', `var x = ${'['.repeat(times)}${']'.repeat(times)}`],
    ['objects', `var x = ${'{a:'.repeat(times)}1${'}'.repeat(times)}`],
    ['objects on lines', `var x = ${'{\na:'.repeat(times)}1${'\n}'.repeat(times)}`],
    ['parentheses', `var x = ${'('.repeat(times)}1${')'.repeat(times)}`],
    ['calls', `var x = ${'f('.repeat(times)}${')'.repeat(times)}`],
    ['indexes', `var x = ${'a['.repeat(times)}1${']'.repeat(times)}`],
    ['strings', `var x = ${"'${".repeat(times)}1${"}'".repeat(times)}`],
    ['multi-line strings', `var x = ${"$'''${".repeat(times)}1${"}'''".repeat(times)}`],
    ['conditionals', `var x = ${'a ? b : '.repeat(times)}c`],
    ['lambdas', `var x = ${'a => '.repeat(times)}1`],
    ['loops', `var x = ${'[for a in b: '.repeat(times)}1${']'.repeat(times)}`],
    ['object types', `type x = ${'{ a: '.repeat(times)}int${'}'.repeat(times)}`],
    ['type arguments', `type x = ${'a<'.repeat(times)}b${'>'.repeat(times)}`],
    ['resources', `resource a 'b@c' = {\n${" resource a 'b' = {\n".repeat(times)}${' }\n'.repeat(times)}}`],
    ['sums', `var x = 1${' + 1'.repeat(times)}`],
    ['properties', `var x = a${'.b'.repeat(times)}`],
    ['array types', `type x = int${'[]'.repeat(times)}`],
  ];

  test.each(nested)('deep %s give one problem, and the next statement is read', (_, text) => {
    const file = parseBicep(`${text}\nparam after string\n`, 'bicep');
    expect(file.problems).toHaveLength(1);
    expect(file.problems[0]?.message).toMatch(/is not read any further/);
    expect(file.statements.at(-1)).toMatchObject({ kind: 'param', name: { name: 'after' } });
  });

  test('300 levels are read', () => {
    expect(problemsOf(`var x = ${'['.repeat(300)}${']'.repeat(300)}`)).toEqual([]);
    expect(problemsOf(`var x = ${'{\n a: '.repeat(300)}1${'\n}'.repeat(300)}`)).toEqual([]);
  });
});
