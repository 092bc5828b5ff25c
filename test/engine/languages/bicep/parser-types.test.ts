import { describe, expect, test } from 'vitest';
import { parseValid, problemsOf, show } from './show.ts';

function shown(text: string): string {
  const [statement] = parseValid(`type x = ${text}`).statements;
  if (statement?.kind !== 'type') throw new Error('no type');
  return show(statement.value);
}

describe('types', () => {
  test.each([
    ['string', '(typeName string)'],
    ['sys.string', '(typeMember (typeName sys) string)'],
    ["'a'", '(string ["a"])'],
    ['-1', '(negatedType - (integer 1))'],
    ['!true', '(negatedType ! (boolean true))'],
    ['null', '(null)'],
    ['string[]', '(arrayType (typeName string))'],
    ['string?', '(nullableType (typeName string))'],
    ['string[]?', '(nullableType (arrayType (typeName string)))'],
    ['a!', '(nonNullType (typeName a))'],
    ["'a' | 'b'", '(unionType (string ["a"]) (string ["b"]))'],
    ["| 'a'", '(unionType (string ["a"]))'],
    ["\n  | 'a'\n  | 'b'", '(unionType (string ["a"]) (string ["b"]))'],
    ["('a' | 'b')[]", '(arrayType (parenthesizedType (unionType (string ["a"]) (string ["b"]))))'],
    ["(\n  | 'a'\n)[]".replace('\n)', ')'), '(arrayType (parenthesizedType (unionType (string ["a"]))))'],
    ['[int, string]', '(tupleType (tupleItem (typeName int)) (tupleItem (typeName string)))'],
    ['[\n  @minValue(1)\n  int\n]', '(tupleType (tupleItem (decorator (call minValue (integer 1))) (typeName int)))'],
    [
      '{ a: int, b: string? }',
      '(objectType (typeProperty a (typeName int)) (typeProperty b (nullableType (typeName string))))',
    ],
    ["{ 'a b': int }", '(objectType (typeProperty (string ["a b"]) (typeName int)))'],
    ['{ *: int }', '(objectType (typeProperty (typeName int)))'],
    [
      "{\n  @description('x')\n  @secure()\n  a: string\n}",
      '(objectType (typeProperty (decorator (call description (string ["x"]))) (decorator (call secure)) a (typeName string)))',
    ],
    ['a.b.c', '(typeMember (typeMember (typeName a) b) c)'],
    ['a[0]', '(typeIndex (typeName a) (integer 0))'],
    ['a[*]', '(typeItems (typeName a))'],
    ['a.*', '(typeRest (typeName a))'],
    ["resourceInput<'T@v'>.properties", '(typeMember (typeInstance resourceInput (string ["T@v"])) properties)'],
    ["sys.resourceOutput<\n  'T@v' // version\n>", '(typeInstance (typeName sys) resourceOutput (string ["T@v"]))'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test('a resource type of a parameter and of an output', () => {
    const file = parseValid("param a resource 'T@v'\noutput b resource = a\nparam c resource<'T@v'>");
    expect(file.statements.map(show)).toEqual([
      '(param a (resourceType (string ["T@v"])))',
      '(output b (resourceType) (variable a))',
      '(param c (typeInstance resource (string ["T@v"])))',
    ]);
  });

  test.each([
    ["type x = 'a' |\n  'b'", "1: Expected a type on the same line as the '|', but found the end of the line."],
    ['type x = ', '1: Expected a type, but found the end of the file.'],
    ['type x = { a }', "1: Expected ':' behind the name of the property, but found '}'."],
  ])('problem of %s', (text, problem) => {
    expect(problemsOf(text)[0]).toBe(problem);
  });
});
