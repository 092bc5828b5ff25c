// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are HCL, whose sequences look like those of TypeScript.
import { describe, expect, test } from 'vitest';
import { parseTerraform } from '../../../../engine/languages/terraform/parser.ts';
import {
  type Attribute,
  type Block,
  constantText,
  findAttribute,
  findBlocks,
} from '../../../../engine/languages/terraform/syntax.ts';
import { printBody } from './print.ts';
import { samples } from './samples.ts';

describe('bodies', () => {
  test('an argument has its name, its equals sign and its value', () => {
    const text = '\n  size = "B1" # small\n';
    const file = parseTerraform(text);
    expect(file.problems).toEqual([]);
    const attribute = file.body.items[0] as Attribute;
    expect(slice(text, attribute.start, attribute.nameEnd)).toBe('size');
    expect(slice(text, attribute.equals, attribute.equals + 1)).toBe('=');
    expect(slice(text, attribute.value.start, attribute.value.end)).toBe('"B1"');
    expect(slice(text, attribute.start, attribute.end)).toBe('size = "B1"');
  });

  test('a block has its type, labels, braces and body', () => {
    const text = 'resource "azurerm_subnet" main {\n  a = 1\n  b {}\n}\n';
    const block = parseTerraform(text).body.items[0] as Block;
    expect(slice(text, block.start, block.typeEnd)).toBe('resource');
    expect(block.labels.map((label) => [label.text, label.quoted, slice(text, label.start, label.end)])).toEqual([
      ['azurerm_subnet', true, '"azurerm_subnet"'],
      ['main', false, 'main'],
    ]);
    expect(slice(text, block.start, block.open)).toBe('resource "azurerm_subnet" main ');
    expect(slice(text, block.body.start, block.body.end)).toBe('\n  a = 1\n  b {}\n');
    expect(text.charAt(block.close)).toBe('}');
    expect(block.end).toBe(block.close + 1);
    expect(block.body.complete).toBe(true);
    expect(printBody(block.body)).toBe('a = 1; b {}');
  });

  test('labels are decoded', () => {
    expect(printBody(parseTerraform('a "b\\"c" d-e "$${f}" {}').body)).toBe('a "b\\"c" "d-e" "${f}" {}');
  });

  test('attributes and blocks are found by name', () => {
    const { body } = parseTerraform('a {}\nb = 1\na { c = 2 }\nd {}\n');
    expect(findBlocks(body, 'a').map((block) => printBody(block.body))).toEqual(['', 'c = 2']);
    expect(findAttribute(body, 'b')?.name).toBe('b');
    expect(findAttribute(body, 'a')).toBeUndefined();
  });

  test('comments are kept in order, wherever they stand', () => {
    const text = '# one\na = [ // two\r\n  1, /* three\n */ 2 ] # four\nb = "${ c /* five */ }" /**/\n#six';
    const { comments, problems } = parseTerraform(text);
    expect(problems).toEqual([]);
    expect(comments.map(({ start, end }) => slice(text, start, end))).toEqual([
      '# one',
      '// two',
      '/* three\n */',
      '# four',
      '/* five */',
      '/**/',
      '#six',
    ]);
  });

  test('a byte order mark is skipped, and counted in offsets', () => {
    const { body, problems } = parseTerraform('\ufeffa = 1');
    expect(problems).toEqual([]);
    expect(body.items[0]?.start).toBe(1);
  });

  test('constant texts are told from others', () => {
    const { body } = parseTerraform('a = "x"\nb = <<E\ny\nz\nE\nc = "${d}"\ne = 1\n');
    const texts = body.items.map((item) => (item.kind === 'attribute' ? constantText(item.value) : undefined));
    expect(texts).toEqual(['x', 'y\nz\n', undefined, undefined]);
  });
});

test.each(samples.map((text) => [text]))('a sample of the whole syntax has no problem: %#', (text) => {
  expect(parseTerraform(text).problems).toEqual([]);
  expect(parseTerraform(text.replace(/\r?\n/g, '\r\n')).problems).toEqual([]);
  expect(parseTerraform(text.replace(/\r\n/g, '\n')).problems).toEqual([]);
});

test.each([
  '',
  '# only a comment',
  'a = 1',
  'a-b = 1',
  'été = "ñ"',
  'a = --1',
  'a = 1.e5',
  'a = 00012',
  'b {}',
  'b { a = 1 }',
  'b { # comment\n}',
  'b l "m" {\n\n}\n',
  'a = (\n1\n+\n2\n)',
  'a = {\n\nb = 1\n\n}',
  'a = { b = 1, }',
  'a = { b = 1,\n c = 2 }',
  'a = {b = 1, for = 2}',
  'a = {\nif = 1, in : 2}',
  'a = [1,]',
  'a = f(x...)',
  'a = f(x,)',
  'a = true::x()',
  'a = (f\n(x))',
  'a = (x[\n*])',
  'a = x[\n0\n]',
  'a = x.*[*]',
  'a = x[*].b.*',
  'a = x.0e5',
  'a = "${\nx # c\n}"',
  'a = "$${" ',
  'a = "x\u0000y"',
  'a = <<E\nE\n',
  'a = <<E\nx\n\tE \t\nb = 1',
  'a = [<<E\nx\nE\n, 1]',
  'a = f(<<E\nx\nE\n)',
  'a = 1 # x\rb',
  'a = 0.1e2147483646',
])('accepts %j', (text) => {
  expect(parseTerraform(text).problems).toEqual([]);
});

test.each([
  'a',
  'a =',
  'a = ]',
  'a = 1 b = 2',
  'a = 1, b = 2',
  'a = 1;',
  "a = 'x'",
  'a = `x`',
  'a = 0x1',
  'a = .5',
  'a = 1..2',
  'a = 1e5.5',
  'a = 1e9999999999',
  'a = x.0.1',
  'a = x.*.0.1',
  'a = x.*.*',
  'a = x.',
  'a = x.[0]',
  'a = x[\n*]',
  'a = x[',
  'a = x[*',
  'a = b ... c',
  'a = b & c',
  'a = b | c',
  'a = ~b',
  'a = b ^ c',
  'a = b ** c',
  'a =\n1',
  'a = 1 +\n2',
  'a = x ?\ny : z',
  'a = x ? y\n: z',
  'a = x ? y',
  'a = -\n1',
  'a = f\n(x)',
  'a = f(x...,)',
  'a = f(...)',
  'a = f(,)',
  'a = f(x y)',
  'a = f(true::x)',
  'a = f::(x)',
  'a = {a=1 b=2}',
  'a = {,}',
  'a = {b =\n1}',
  'a = {b\n= 1}',
  'a = {b = 1\n, c = 2}',
  'a = {for = 1}',
  'a = {for x in y : x}',
  'a = [for x in y : x...]',
  'a = [for x in y : x => x]',
  'a = [for x, in y : x]',
  'a = [for x y : x]',
  'a = [,]',
  'a = [1 2]',
  'a = (1',
  'a = "x',
  'a = "x\ny"',
  'a = "\\q"',
  'a = "\\u12"',
  'a = "\\ud800"',
  'a = "\\U00110000"',
  'a = "${}"',
  'a = "${x"',
  'a = "${x y}"',
  'a = "${x]}"',
  'a = {b = 1 ~}',
  'a = "%{ if x }y"',
  'a = "%{ if x }y%{ else }%{ else }%{ endif }"',
  'a = "%{ for x in y }%{ else }%{ endfor }"',
  'a = "%{ endif }"',
  'a = "%{ if x }%{ endfor }"',
  'a = "%{ what }"',
  'a = "%{ 1 }"',
  'a = <<E\nx',
  'a = <<E\nx\nE',
  'a = <<E\nx\ry\nE\n',
  'a = <<E x\nE\n',
  'a = <<1\n1\n',
  'a = 1\r',
  'a = 1 /* x',
  'a = 1\na = 2',
  'b { a = 1\n}',
  'b {\na = 1 }',
  'b { a = 1, c = 2 }',
  'b { c {} }',
  'b {\nc {} }',
  'b {} b {}',
  'b {\n',
  'b\n{}',
  'b "l"',
  'b "${l}" {}',
  'b "l" = 1',
  '"a" = 1',
  '}',
  '{',
  '1 = 2',
  'a = 1\u00a0',
  'a = “x”',
])('rejects %j', (text) => {
  const { problems } = parseTerraform(text);
  expect(problems.length).toBe(1);
  const problem = problems[0];
  expect(problem?.message).toMatch(/^.{10,}[.]$/s);
  expect(problem?.start).toBeLessThanOrEqual(problem?.end ?? -1);
  expect(problem?.end).toBeLessThanOrEqual(text.length);
});

function slice(text: string, start: number, end: number): string {
  return text.slice(start, end);
}
