// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the holes of Bicep strings look like that.
import { describe, expect, test } from 'vitest';
import { parseValid, parseValue, problemsOf, show, textOf } from './show.ts';

const shown = (text: string) => show(parseValue(text));

describe('literals', () => {
  test.each([
    ['1', '(integer 1)'],
    ['true', '(boolean true)'],
    ['false', '(boolean false)'],
    ['null', '(null)'],
    ['name', '(variable name)'],
    ['trueish', '(variable trueish)'],
    ['{}', '(object)'],
    ['[]', '(array)'],
    ['[1, 2]', '(array (integer 1) (integer 2))'],
    ['[\n  1\n  2\n]', '(array (integer 1) (integer 2))'],
    ['{ a: 1, b: 2 }', '(object (property a (integer 1)) (property b (integer 2)))'],
    ['{\n  a: 1\n\n  // why\n  b: 2\n}', '(object (property a (integer 1)) (property b (integer 2)))'],
    ["{ 'a b': 1 }", '(object (property (string ["a b"]) (integer 1)))'],
    ["{ '${a}': 1 }", '(object (property (string ["",""] (hole (variable a))) (integer 1)))'],
    ['{ ...a, b: 1 }', '(object (spread (variable a)) (property b (integer 1)))'],
    ['[...a, 1]', '(array (spread (variable a)) (integer 1))'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test('keywords of statements are ordinary names of properties and variables', () => {
    expect(shown('{ resource: type, if: for.in, param: existing }')).toBe(
      '(object (property resource (variable type)) (property if (member (variable for) in)) (property param (variable existing)))',
    );
  });

  test('integers beyond 53 bits are marked as not exact, beyond 64 bits they are a problem', () => {
    expect(parseValue('9007199254740991')).toMatchObject({ value: 9007199254740991, exact: true });
    expect(parseValue('18446744073709551615')).toMatchObject({ exact: false });
    expect(problemsOf('var x = 18446744073709551616')).toEqual(['1: This number does not fit in 64 bits.']);
  });
});

describe('strings', () => {
  test.each([
    ["'plain'", ['plain']],
    ["''", ['']],
    [String.raw`'a\n\r\t\\\'\$b'`, ["a\n\r\t\\'$b"]],
    [String.raw`'\u{1F600}\u{41}'`, ['😀A']],
    [String.raw`'\${notAHole}'`, ['${notAHole}']],
    ["'$100 {x}'", ['$100 {x}']],
    ["'''multi'''", ['multi']],
    ["'''\nfirst line dropped\n'''", ['first line dropped\n']],
    ["'''\r\n\r\nonly one'''", ['\r\nonly one']],
    [String.raw`'''no \n escapes \${x}'''`, [String.raw`no \n escapes \${x}`]],
    ["'''it''s'''", ["it''s"]],
    ["'''quotes at the end'''''", ["quotes at the end''"]],
    ["''''''", ['']],
  ])('%s', (text, segments) => {
    expect(parseValue(text)).toMatchObject({ kind: 'string', segments, holes: [], terminated: true });
  });

  test.each([
    ["'a${b}c${d}e'", '(string ["a","c","e"] (hole (variable b)) (hole (variable d)))'],
    ["'${a}${b}'", '(string ["","",""] (hole (variable a)) (hole (variable b)))'],
    ["'${'in${deep}'}'", '(string ["",""] (hole (string ["in",""] (hole (variable deep)))))'],
    [
      "'${map(a, x => { y: x })}'",
      '(string ["",""] (hole (call map (variable a) (lambda x (object (property y (variable x)))))))',
    ],
    ["$'''\na ${b} c'''", '(string multiLine ["a "," c"] (hole (variable b)))'],
    ["$$'''a ${b} $${c} $$${d}'''", '(string multiLine ["a ${b} "," $",""] (hole (variable c)) (hole (variable d)))'],
    ["'''${a}'''", '(string multiLine ["${a}"])'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test('a hole spans its marks, so that the raw segments lie between the holes', () => {
    const file = parseValid("var x = 'a${ b }c'");
    const [statement] = file.statements;
    if (statement?.kind !== 'var' || statement.value.kind !== 'string') throw new Error('no string');
    expect(statement.value.holes.map((hole) => textOf(file, hole))).toEqual(['${ b }']);
  });

  test.each([
    ["var x = 'no end", "1: This string has no end; expected ' before the end of the line."],
    ["var x = 'no ${end", "1: Expected '}' and the end of the string, but found the end of the file."],
    ["var x = '''no\nend", "1: This string has no end; expected '''."],
    [
      String.raw`var x = '\q'`,
      String.raw`1: '\q' is no escape sequence; expected one of \n, \r, \t, \\, \', \$ or \u{…}.`,
    ],
    [
      String.raw`var x = '\u{110000}'`,
      String.raw`1: '\u{110000}' is no escape sequence; expected one of \n, \r, \t, \\, \', \$ or \u{…}.`,
    ],
    ['var x = "text"', '1: Bicep strings stand in single quotes; found a double quote.'],
    ["var x = '${[]}'", "1: Expected a value without array literals, which are not allowed here, but found '['."],
    ["var x = '${f({})}'", "1: Expected a value without object literals, which are not allowed here, but found '{'."],
    ["var x = '${a b}'", "1: Expected '}' behind the value, but found 'b'."],
  ])('problem of %s', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });
});

describe('operators', () => {
  test.each([
    ['a + b * c', '(binary + (variable a) (binary * (variable b) (variable c)))'],
    ['a * b + c', '(binary + (binary * (variable a) (variable b)) (variable c))'],
    ['a - b - c', '(binary - (binary - (variable a) (variable b)) (variable c))'],
    ['a < b == c > d', '(binary == (binary < (variable a) (variable b)) (binary > (variable c) (variable d)))'],
    ['a || b && c', '(binary || (variable a) (binary && (variable b) (variable c)))'],
    ['a ?? b || c', '(binary ?? (variable a) (binary || (variable b) (variable c)))'],
    ['a =~ b', '(binary =~ (variable a) (variable b))'],
    ['a !~ b', '(binary !~ (variable a) (variable b))'],
    ['!a && -b', '(binary && (unary ! (variable a)) (unary - (variable b)))'],
    ['!a.b', '(unary ! (member (variable a) b))'],
    ['(a)', '(parenthesized (variable a))'],
    ['a ? b : c', '(ternary (variable a) (variable b) (variable c))'],
    ['a ? b : c ? d : e', '(ternary (variable a) (variable b) (ternary (variable c) (variable d) (variable e)))'],
    ['a\n  ? b\n  : c', '(ternary (variable a) (variable b) (variable c))'],
    ['a // why\n  ? b // because\n  : c', '(ternary (variable a) (variable b) (variable c))'],
    ['a ? [b] : c', '(ternary (variable a) (array (variable b)) (variable c))'],
    ['a ? [b][?0] : c', '(ternary (variable a) (index safe (array (variable b)) (integer 0)) (variable c))'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test.each(['--a', '!!a', 'a +\n b', 'a\n + b', 'a ?\n b : c', '(a, b)', '()'])('refuses %s', (text) => {
    expect(problemsOf(`var x = ${text}`)).not.toEqual([]);
  });
});

describe('access and calls', () => {
  test.each([
    ['a.b', '(member (variable a) b)'],
    ['a.?b', '(member safe (variable a) b)'],
    ['a[0]', '(index (variable a) (integer 0))'],
    ['a[?0]', '(index safe (variable a) (integer 0))'],
    ['a[^1]', '(index fromEnd (variable a) (integer 1))'],
    ['a[?^1]', '(index safe fromEnd (variable a) (integer 1))'],
    ['a::b.c', '(member (nested (variable a) b) c)'],
    ['a!.b', '(member (nonNull (variable a)) b)'],
    ['f()', '(call f)'],
    ['f(a, b)', '(call f (variable a) (variable b))'],
    ['f(\n  a,\n  b\n)', '(call f (variable a) (variable b))'],
    ['f(\n  a // last\n  // end\n)', '(call f (variable a))'],
    ['a.f(b)', '(methodCall (variable a) f (variable b))'],
    ["az.resourceId('x')", '(methodCall (variable az) resourceId (string ["x"]))'],
    ["'a'.b", '(member (string ["a"]) b)'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test.each([
    ['var x = f(a,)', "1: Expected another argument behind the comma, but found ')'."],
    ['var x = a[]', "1: Expected an index between the brackets, but found ']'."],
    ['var x = a.?f()', "1: Functions can't be called with '.?'; expected '.'."],
    ['var x = a.', '1: Expected the name of a property or function, but found the end of the file.'],
    ['var x = f(a b)', "1: Expected a comma between two arguments, but found 'b'."],
  ])('problem of %s', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });
});

describe('lambdas and loops', () => {
  test.each([
    ['x => y', '(lambda x (variable y))'],
    ['(x, y) => x', '(lambda x y (variable x))'],
    ['() => 1', '(lambda (integer 1))'],
    ['x =>\n  x', '(lambda x (variable x))'],
    ['(\n  x,\n  y\n) => { a: x }', '(lambda x y (object (property a (variable x))))'],
    ['[for x in y: x]', '(for x (variable y) (variable x))'],
    ['[for (x, i) in y: i]', '(for x i (variable y) (variable i))'],
    ['[\n  for x in y: { a: x }\n]', '(for x (variable y) (object (property a (variable x))))'],
    ['[for x in y: [for z in x: z]]', '(for x (variable y) (for z (variable x) (variable z)))'],
    [
      '[for x in filter(y, z => z.a): x]',
      '(for x (call filter (variable y) (lambda z (member (variable z) a))) (variable x))',
    ],
    ['[format]', '(array (variable format))'],
  ])('%s', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  test('a lambda without body does not swallow the next statement', () => {
    expect(problemsOf('var x = map(a, y =>\n  param z string')).toContain(
      '1: Expected a value, but found the end of the line.',
    );
  });
});
