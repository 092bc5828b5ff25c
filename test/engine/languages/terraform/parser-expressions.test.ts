// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are HCL, whose sequences look like those of TypeScript.
import { expect, test } from 'vitest';
import { parseTerraform } from '../../../../engine/languages/terraform/parser.ts';
import type { Expression } from '../../../../engine/languages/terraform/syntax.ts';
import { print } from './print.ts';

test.each([
  ['1.50', '1.50'],
  ['true', 'true'],
  ['null', 'null'],
  ['nullable', 'nullable'],
  ['a-b', 'a-b'],
  ['a -b', '(a - b)'],
  ['1 + 2 * 3 - 4', '((1 + (2 * 3)) - 4)'],
  ['a || b && c == d < e + f * g', '(a || (b && (c == (d < (e + (f * g))))))'],
  ['a * b + c < d != e && f || g', '((((((a * b) + c) < d) != e) && f) || g)'],
  ['a - b - c', '((a - b) - c)'],
  ['-a.b + !c[0]', '((-a.b) + (!c[0]))'],
  ['--1', '(-(-1))'],
  ['a ? b : c ? d : e', '(a ? b : (c ? d : e))'],
  ['a ? b ? c : d : e', '(a ? (b ? c : d) : e)'],
  ['a == b ? c : d', '((a == b) ? c : d)'],
  ['(a ? b : c)', 'paren((a ? b : c))'],
  ['a.b.c', 'a.b.c'],
  ['a["b"].c[d.e]', 'a["b"].c[d.e]'],
  ['a.0.b', 'a[0].b'],
  ['a[*].b[0].c', 'full(a, @.b[0].c)'],
  ['a[*].b[*].c', 'full(a, full(@.b, @.c))'],
  ['a.*.b.0.c', 'splat(a, @.b[0].c)'],
  ['a.*.b[0].c', 'splat(a, @.b)[0].c'],
  ['a.*', 'splat(a, @)'],
  ['f()', 'f()'],
  ['f(a, g(b,))[0].c', 'f(a, g(b))[0].c'],
  ['f(a, b...)', 'f(a, b...)'],
  ['provider :: ns::f(1)', 'provider::ns::f(1)'],
  ['[1, [2], {}]', '[1, [2], {}]'],
  [
    '{ a = 1, "b" : 2, (c) = 3, d.e = 4, true = 5, 6 = 7, "${f}" = 8 }',
    '{a = 1, b = 2, (paren(c)) = 3, (d.e) = 4, true = 5, (6) = 7, (wrap(f)) = 8}',
  ],
  ['{ a = b ? c : d }', '{a = (b ? c : d)}'],
  ['{\n  a = 1 # x\n\n  b = 2,\n  c = 3\n}', '{a = 1, b = 2, c = 3}'],
  ['[for x in y : x.z]', 'for(x in y : x.z)'],
  ['[for i, x in y : f(x) if i > 0]', 'for(i, x in y : f(x) if (i > 0))'],
  ['{\nfor k, v in m :\n  k => v...\n  if v\n}', 'for(k, v in m : k => v... if v)'],
  ['[for for in in : if]', 'for(for in in : if)'],
  ['[\n  a,\n  (b\n  + c)\n]', '[a, paren((b + c))]'],
])('reads %j', (text, expected) => {
  expect(print(parse(text))).toBe(expected);
});

test('postfix nodes begin with their source and end with their last mark', () => {
  const text = 'f(x).a[0].1.b[*].c.*.d';
  const ends: string[] = [];
  for (let node: Expression = parse(text); ; ) {
    ends.push(text.slice(node.start - 4, node.end - 4));
    if (node.kind !== 'access' && node.kind !== 'index' && node.kind !== 'splat') break;
    node = node.source;
  }
  expect(ends).toEqual([text, 'f(x).a[0].1.b', 'f(x).a[0].1', 'f(x).a[0]', 'f(x).a', 'f(x)']);
});

test('marks that an editor needs have their offsets', () => {
  const text = 'a = provider::f(b...)\n';
  const call = parse('provider::f(b...)');
  if (call.kind !== 'call') throw new Error(call.kind);
  expect([
    text.slice(call.start, call.nameEnd),
    text.charAt(call.open),
    text.slice(call.expansion, call.close),
  ]).toEqual(['provider::f', '(', '...']);

  const object = parse('{ "a" : b }');
  if (object.kind !== 'object') throw new Error(object.kind);
  const item = object.items[0];
  expect(
    item && [
      item.key.start - 4,
      item.key.end - 4,
      item.separator - 4,
      item.value.start - 4,
      item.start - 4,
      item.end - 4,
    ],
  ).toEqual([2, 5, 6, 8, 2, 9]);
  expect(object.close - 4).toBe(10);

  const binary = parse('a  <= b');
  expect(binary.kind === 'binary' && [binary.operator, binary.operatorStart - 4]).toEqual(['<=', 3]);

  const access = parse('a .  b');
  expect(access.kind === 'access' && access.nameStart - 4).toBe(5);
});

/** Reads an expression; its offsets are those in `a = …`. */
function parse(text: string): Expression {
  const { body, problems } = parseTerraform(`a = ${text}\n`);
  expect(problems).toEqual([]);
  const item = body.items[0];
  if (item?.kind !== 'attribute') throw new Error('no attribute');
  return item.value;
}
