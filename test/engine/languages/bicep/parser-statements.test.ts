import { describe, expect, test } from 'vitest';
import { parseBicep } from '../../../../engine/languages/bicep/parser.ts';
import { parseValid, problemsOf, show, textOf } from './show.ts';

describe('statements of a template', () => {
  test.each([
    ["targetScope = 'subscription'", '(targetScope (string ["subscription"]))'],
    ["metadata name = 'x'", '(metadata name (string ["x"]))'],
    ['param a string', '(param a (typeName string))'],
    ["param a string = 'x'", '(param a (typeName string) (string ["x"]))'],
    ['var a = 1', '(var a (integer 1))'],
    ['var a int = 1', '(var a (typeName int) (integer 1))'],
    ['type a = int', '(type a (typeName int))'],
    [
      'func f(a string, b int) string => a',
      '(func f (functionParameter a (typeName string)) (functionParameter b (typeName int)) (typeName string) (variable a))',
    ],
    ['func f() int =>\n  1', '(func f (typeName int) (integer 1))'],
    ["resource a 'T@v' = {}", '(resource a (string ["T@v"]) (object))'],
    ["resource a 'T@v' existing = {}", '(resource a (string ["T@v"]) (object))'],
    ["resource a 'T@v' = if (b) {}", '(resource a (string ["T@v"]) (if (parenthesized (variable b)) (object)))'],
    ["resource a 'T@v' =\n  if (b) {}", '(resource a (string ["T@v"]) (if (parenthesized (variable b)) (object)))'],
    ["resource a 'T@v' = [for x in y: {}]", '(resource a (string ["T@v"]) (for x (variable y) (object)))'],
    [
      "resource a 'T@v' = [for x in y: if (x) {}]",
      '(resource a (string ["T@v"]) (for x (variable y) (if (parenthesized (variable x)) (object))))',
    ],
    [
      "module m './a.bicep' = { name: 'x' }",
      '(module m (string ["./a.bicep"]) (object (property name (string ["x"]))))',
    ],
    ['output a string = b', '(output a (typeName string) (variable b))'],
    [
      "import { a, b as c, 'd e' as f } from 'x'",
      '(import (importItem a) (importItem b c) (importItem (string ["d e"]) f) (string ["x"]))',
    ],
    ["import * as a from 'x'", '(import a (string ["x"]))'],
    ['extension graph', '(extension graph)'],
    ["extension 'br:x' with { a: 1 } as b", '(extension (string ["br:x"]) (object (property a (integer 1))) b)'],
    ["import 'az@1.0' as az", '(extension (string ["az@1.0"]) az)'],
    ['assert a = b', '(assert a (variable b))'],
    ["test a 'x.bicep' = { params: {} }", '(test a (string ["x.bicep"]) (object (property params (object))))'],
  ])('%s', (text, expected) => {
    expect(parseValid(text).statements.map(show)).toEqual([expected]);
  });

  test('a statement ends with its line', () => {
    expect(problemsOf('var a = 1 var b = 2')).toEqual([
      "1: Expected the end of the line behind the statement, but found 'var'.",
    ]);
  });

  test('decorators belong to the statement behind them, across blank lines and comments', () => {
    const text = "@description('x')\n\n// about it\n@sys.secure()\nparam a string";
    const file = parseValid(text);
    expect(file.statements.map(show)).toEqual([
      '(param (decorator (call description (string ["x"]))) (decorator (methodCall (variable sys) secure)) a (typeName string))',
    ]);
    expect(file.statements[0]).toMatchObject({ start: 0, keyword: text.indexOf('param') });
  });

  test('resources nest in bodies of resources only, where a property may still be called resource', () => {
    const body = "{\n  resource: 1\n  @batchSize(1)\n  resource b 'c' = [for x in y: {}]\n}";
    expect(parseValid(`resource a 'T@v' = ${body}`).statements.map(show)).toEqual([
      '(resource a (string ["T@v"]) (object (property resource (integer 1)) ' +
        '(resource (decorator (call batchSize (integer 1))) b (string ["c"]) (for x (variable y) (object)))))',
    ]);
    expect(problemsOf(`module a 'T@v' = ${body}`)).not.toEqual([]);
  });

  test('a resource says where its parts are', () => {
    const text = "@a()\nresource b 'T@v' existing = {\n  name: 'x'\n}\n";
    const file = parseValid(text);
    const [resource] = file.statements;
    if (resource?.kind !== 'resource' || resource.body.kind !== 'object') throw new Error('no resource');
    expect(resource).toMatchObject({
      start: 0,
      end: text.length - 1,
      keyword: text.indexOf('resource'),
      existing: text.indexOf('existing'),
      equals: text.indexOf('='),
    });
    expect(resource.body).toMatchObject({ openBrace: text.indexOf('{'), closeBrace: text.indexOf('}') });
    expect(textOf(file, resource.name)).toBe('b');
    expect(textOf(file, resource.type)).toBe("'T@v'");
    const [property] = resource.body.items;
    if (property?.kind !== 'property') throw new Error('no property');
    expect(property.colon).toBe(text.indexOf(':'));
    expect([property, property.key, property.value].map((node) => textOf(file, node))).toEqual([
      "name: 'x'",
      'name',
      "'x'",
    ]);
  });
});

describe('statements of a parameters file', () => {
  test.each([
    ["using 'main.bicep'", '(using (string ["main.bicep"]))'],
    ['using none', '(using (none))'],
    ["using 'a' with { mode: 'stack' }", '(using (string ["a"]) (object (property mode (string ["stack"]))))'],
    ["extends 'base.bicepparam'", '(extends (string ["base.bicepparam"]))'],
    ['param a = 1', '(assignment a (integer 1))'],
    ['var a = 1', '(var a (integer 1))'],
    ['type a = int', '(type a (typeName int))'],
    ["import * as a from 'x'", '(import a (string ["x"]))'],
    ['extensionConfig k8s with { a: 1 }', '(extensionConfig k8s (object (property a (integer 1))))'],
  ])('%s', (text, expected) => {
    expect(parseValid(text, 'bicepparam').statements.map(show)).toEqual([expected]);
  });

  test('resources have no place there', () => {
    expect(problemsOf("resource a 'b' = {}", 'bicepparam')).toEqual([
      "1: Expected a statement, like 'using', 'param' or 'var', but found 'resource'.",
    ]);
  });
});

describe('comments and pragmas', () => {
  test('are kept with their places', () => {
    const text = '// one\nvar a = /* two */ 1 // three\n#disable-next-line BCP001 no-unused-vars // four\nvar b = 2';
    const file = parseValid(text);
    expect(file.comments.map(({ start, end }) => text.slice(start, end))).toEqual([
      '// one',
      '/* two */',
      '// three',
      '// four',
    ]);
    expect(file.pragmas).toHaveLength(1);
    expect(file.pragmas[0]).toMatchObject({ kind: 'disable-next-line' });
    expect(file.pragmas[0]?.codes.map((code) => code.name)).toEqual(['BCP001', 'no-unused-vars']);
  });

  test('a pragma may stand among properties and needs a code', () => {
    expect(parseValid('var a = {\n  #disable-diagnostics x\n  b: 1\n  #restore-diagnostics x\n}').pragmas).toHaveLength(
      2,
    );
    expect(problemsOf('#disable-next-line\nvar a = 1')).toEqual([
      '1: #disable-next-line names no code; expected one or more codes behind it.',
    ]);
  });

  test('a pragma is one only in front of everything else on its line', () => {
    expect(problemsOf('var a = 1 #disable-next-line x')).toEqual(["1: '#' has no meaning in Bicep."]);
  });

  test('a comment without end is a problem', () => {
    expect(problemsOf('var a = 1 /* no end')).toEqual(["1: This comment has no end; expected '*/'."]);
  });

  test('a byte order mark is skipped', () => {
    expect(parseBicep('\ufeffvar a = 1', 'bicep')).toMatchObject({ problems: [], statements: [{ start: 1 }] });
  });
});
