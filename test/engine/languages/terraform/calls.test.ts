// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are HCL, whose sequences look like those of TypeScript.
import { describe, expect, test } from 'vitest';
import { globPattern, matchesGlob } from '../../../../engine/functions/glob.ts';
import { type Files, outputOf } from './estate-of.ts';

describe('files inside the workspace', () => {
  const files: Files = {
    'a.txt': 'héllo\n',
    'a.tftpl': 'Hi ${name}%{ for p in ports }, ${p}%{ endfor }.\n',
    'bad.tftpl': '${',
    'data/one.json': '{ "tls": "1.2" }',
    'data/two.json': '{}',
    'data/deep/three.json': '{}',
    'm/main.tf': 'output "y" {\n value = [path.module, path.root, file("${path.module}/own.txt")]\n}',
    'm/own.txt': 'own',
  };

  test.each([
    ['file("a.txt")', "'héllo\n'"],
    ['file("./data/../a.txt")', "'héllo\n'"],
    ['file("${path.module}/a.txt")', "'héllo\n'"],
    ['file("none.txt")', '?file'],
    ['file("/etc/passwd")', '?file'],
    ['file("../../a.txt")', '?file'],
    ['file(var.none)', '?parameter'],
    ['fileexists("a.txt")', 'true'],
    ['fileexists("none.txt")', 'false'],
    ['jsondecode(file("data/one.json")).tls', "'1.2'"],
    ['filebase64("a.txt")', "'aMOpbGxvCg=='"],
    ['filemd5("m/own.txt")', "'b515e18aa3fbe7d264d7ca5a95ef73e1'"],
    ['fileset("data", "*.json")', "['one.json', 'two.json']"],
    ['fileset("data", "**/*.json")', "['deep/three.json', 'one.json', 'two.json']"],
    ['fileset(path.module, "data/{one,two}.json")', "['data/one.json', 'data/two.json']"],
    ['[for k, v in fileset("data", "o*") : k]', "['one.json']"],
    ['templatefile("a.tftpl", { name = "you", ports = [1, 2] })', "'Hi you, 1, 2.\n'"],
    ['templatefile("a.tftpl", { name = var.none, ports = [] })', '"Hi ${?parameter}.\n"'],
    ['templatefile("a.tftpl", {})', '?error'],
    ['templatefile("bad.tftpl", {})', '?error'],
    ['templatestring("a${"$"}{x}", { x = 1 })', "'a1'"],
    ['path.root', "'.'"],
    ['path.cwd', '?unsupported'],
    ['terraform.workspace', '?unsupported'],
    ['module.m.y', "['m', '.', 'own']"],
  ])('%s is %s', (written, expected) => {
    const main = `variable "none" {}\nmodule "m" {\n source = "./m"\n}\noutput "o" {\n value = ${written}\n}`;
    expect(outputOf({ ...files, 'main.tf': main })).toBe(expected);
  });
});

test.each([
  ['*.json', 'a.json', true],
  ['*.json', 'b/a.json', false],
  ['**', 'b/c/a.json', true],
  ['**/a', 'a', true],
  ['b/**/a', 'b/c/d/a', true],
  ['?.txt', 'a.txt', true],
  ['[ab].txt', 'b.txt', true],
  ['[!ab].txt', 'b.txt', false],
  ['a.{txt,md}', 'a.md', true],
  ['a+(b).c', 'a+(b).c', true],
])('the pattern %s and %s: %s', (pattern, path, expected) => {
  const glob = globPattern(pattern);
  expect(glob !== undefined && matchesGlob(glob, path)).toBe(expected);
});

test.each(['a{b', 'a}', '[a', 'x'.repeat(2000)])('the pattern %s is none', (pattern) => {
  expect(globPattern(pattern)).toBeUndefined();
});

describe('calls with arguments that are partly known', () => {
  test.each([
    ['contains(["a", var.u], "a")', 'true'],
    ['contains(["b", var.u], "a")', '?parameter'],
    ['length([var.u])', '1'],
    ['join("-", ["a", var.u])', '"a-${?parameter}"'],
    ['format("kv-%s-%s", var.u, "x")', '"kv-${?parameter}-x"'],
    ['format("%05d", var.u)', '?parameter'],
    ['tostring(var.u)', '?parameter'],
    ['reverse([1, var.u])', '[?parameter, 1]'],
    ['values({ a = var.u, b = 1 })', '[?parameter, 1]'],
    ['toset(["b", "a", var.u])', "['a', 'b', ?parameter]"],
    ['merge({ a = 1 }, var.u).b', '?parameter'],
    ['concat([1], var.u)', '[1, …]'],
    ['flatten([[1], var.u])', '[1, …]'],
    ['coalesce(null, var.u, "a")', '?parameter'],
    ['lookup(var.u, "a", 1)', '?parameter'],
    ['element([var.u, 2], 3)', '2'],
    ['zipmap(["a"], [var.u])', '{ a: ?parameter }'],
    ['var.c ? "a" : "b"', "('a' | 'b')"],
    ['upper(var.c ? "a" : "b")', "('A' | 'B')"],
    ['try(var.u.a, 1)', '?parameter'],
    ['uuid()', '?unsupported'],
    ['provider::other::f(1)', '?unsupported'],
    [
      'provider::azapi::resource_group_resource_id("s", "g", "Microsoft.Sql/servers/databases", ["a", "b"])',
      "->Microsoft.Sql/servers/databases('a', 'b').id",
    ],
  ])('%s is %s', (written, expected) => {
    expect(outputOf(`variable "u" {}\nvariable "c" {}\noutput "o" {\n value = ${written}\n}`)).toBe(expected);
  });
});

describe('dynamic blocks', () => {
  const blocks = (body: string, read: string): string =>
    outputOf(
      `variable "u" {}\nvariable "c" {}\nresource "azurerm_x" "y" {\n${body}\n}\noutput "o" {\n value = ${read}\n}`,
    );

  test.each([
    [
      'dynamic "b" {\n for_each = { q = 2, p = 1 }\n content {\n  k = b.key\n  v = b.value\n }\n}',
      "[['p', 1], ['q', 2]]",
    ],
    ['dynamic "b" {\n for_each = toset(["p"])\n content {\n  k = b.key\n  v = b.value\n }\n}', "[['p', 'p']]"],
    ['dynamic "b" {\n for_each = ["p"]\n iterator = it\n content {\n  k = it.key\n  v = it.value\n }\n}', "[[0, 'p']]"],
    ['dynamic "b" {\n for_each = []\n content {\n  k = 1\n }\n}', '[]'],
    [
      'b {\n k = 1\n v = 2\n}\ndynamic "b" {\n for_each = [3]\n content {\n  k = b.key\n  v = b.value\n }\n}',
      '[[1, 2], [0, 3]]',
    ],
    ['dynamic "b" {\n for_each = var.u\n content {\n  k = 1\n  v = 2\n }\n}', '[[1, 2], …]'],
    ['dynamic "b" {\n for_each = var.c ? [1] : []\n content {\n  k = b.key\n  v = b.value\n }\n}', '([[0, 1]] | [])'],
  ])('%s', (body, expected) => {
    expect(blocks(body, '[for each in azurerm_x.y.b : [each.k, each.v]]')).toBe(expected);
  });

  test('hold others, each with its own iterator', () => {
    const body =
      'dynamic "b" {\n for_each = ["p", "q"]\n content {\n  dynamic "c" {\n   for_each = [1]\n   content {\n    v = "${b.value}${c.value}"\n   }\n  }\n }\n}';
    expect(blocks(body, 'azurerm_x.y.b[*].c[*].v')).toBe("[['p1'], ['q1']]");
  });
});
