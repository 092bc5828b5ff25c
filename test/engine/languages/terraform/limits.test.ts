// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are HCL, whose sequences look like those of TypeScript.
import { describe, expect, test } from 'vitest';
import type { EstateProblem } from '../../../../engine/estate/estate.ts';
import { holdsSecret, toData } from '../../../../engine/estate/plain.ts';
import { estateOf, type Files, folder, outputOf } from './estate-of.ts';

/** Beside whatever a file does wrong. */
const account = 'resource "azurerm_storage_account" "a" {\n  name = "x"\n}\n';
const chain = (count: number, line: (index: number) => string, last: string): string =>
  `locals {\n  a0 = ${last}\n${Array.from({ length: count }, (_, index) => `  a${index + 1} = ${line(index)}\n`).join('')}}\n`;
const output = (value: string): string => `output "o" {\n  value = ${value}\n}\n`;

/** The problems, once everything has been looked at; what is beside must be there still. */
function problemsOf(files: string | Files): readonly EstateProblem[] {
  const all = typeof files === 'string' ? { 'main.tf': files } : files;
  const estate = estateOf({ ...all, 'beside.tf': account });
  for (const each of estate.outputs) {
    toData(each.value);
    holdsSecret(each.value);
  }
  for (const resource of estate.resources) toData(resource.body);
  expect(estate.resources.map((resource) => resource.address)).toContain('azurerm_storage_account.a');
  return estate.problems;
}

describe('each ends in one problem with a place, and the rest is still there', () => {
  test.each<[what: string, files: string | Files, code: string, at: string]>([
    ['a local value that needs itself', `locals {\n  a = local.a\n}\n${output('local.a')}`, 'cycle', 'a = '],
    [
      'local values in a circle',
      `locals {\n  b = local.a\n  a = "\${local.b}"\n}\n${output('local.b')}`,
      'cycle',
      'b = ',
    ],
    [
      'objects in a circle',
      `locals {\n  a = { x = local.b, y = 1 }\n  b = { z = local.a }\n}\n${output('jsonencode(local.a)')}`,
      'cycle',
      'a = ',
    ],
    [
      'a text that is doubled thirty times',
      chain(30, (index) => `"\${local.a${index}}\${local.a${index}}"`, '"0123456789"') + output('local.a30'),
      'budget',
      '"${local',
    ],
    [
      'an unknown text that is doubled thirty times',
      `variable "v" {}\n${chain(30, (index) => `"\${local.a${index}}-\${local.a${index}}"`, '"-${var.v}"')}${output('local.a30')}`,
      'budget',
      '"${local',
    ],
    [
      'a list that is doubled thirty times',
      chain(30, (index) => `concat(local.a${index}, local.a${index})`, '[1, 2, 3]') + output('length(local.a30)'),
      'budget',
      'concat',
    ],
    [
      'an object that holds itself twice, thirty times',
      chain(30, (index) => `{ x = local.a${index}, y = local.a${index} }`, '{}') + output('jsonencode(local.a30)'),
      'budget',
      'jsonencode',
    ],
    [
      'a loop over a million items',
      output('[for i in setproduct(range(1000), range(1000)) : i]'),
      'budget',
      'setproduct',
    ],
    [
      'loops in loops',
      output('[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : 1]]]'),
      'budget',
      '[for c',
    ],
    [
      'a chain of thousands',
      chain(5000, (index) => `local.a${index}`, '1') + output('local.a5000'),
      'budget',
      'local.a',
    ],
    [
      'modules in a circle',
      { 'main.tf': 'module "m" {\n  source = "./m"\n}\n', 'm/main.tf': 'module "n" {\n  source = "../m"\n}\n' },
      'cycle',
      '"../m"',
    ],
    ['a module that is not there', 'module "m" {\n  source = "./nowhere"\n}\n', 'module-not-found', '"./nowhere"'],
    ['a module outside of the workspace', 'module "m" {\n  source = "../m"\n}\n', 'module-not-found', '"../m"'],
    ['a file outside of the workspace', output('file("../secret.txt")'), 'file', 'file('],
  ])('%s', (_what, files, code, at) => {
    const problems = problemsOf(files);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    const [problem] = problems;
    const text = typeof files === 'string' ? files : (files[problem?.uri.slice(folder.length) ?? ''] ?? '');
    const written = text.slice(problem?.start, problem?.end);
    expect(written === '' ? '' : text.slice(problem?.start)).toContain(at);
    expect(problem?.message).toMatch(/\.$/);
  });
});

test('tests that double what they choose from end in an unknown value', () => {
  const variables = Array.from({ length: 30 }, (_, index) => `variable "v${index}" {}\n`).join('');
  const files = variables + chain(30, (index) => `var.v${index} ? local.a${index} : "x\${local.a${index}}"`, '"y"');
  expect(problemsOf(files + output('local.a30'))).toEqual([]);
  expect(outputOf(files + output('local.a4'))).toMatch(/^\(/);
  expect(outputOf(files + output('local.a30'))).toBe('?budget');
});

test('values that lead in a circle through modules end too', () => {
  const files = {
    'main.tf': `module "a" {\n  source = "./m"\n  x = { in = module.b.y }\n}\nmodule "b" {\n  source = "./m"\n  x = { in = module.a.y }\n}\n${output('jsonencode(module.a.y)')}`,
    'm/main.tf': 'variable "x" {}\noutput "y" {\n  value = { out = var.x }\n}\n',
  };
  expect(problemsOf(files).map((problem) => problem.code)).toEqual(['budget']);
});

test('resources that lead in a circle through their tags end too', () => {
  const resource = (name: string, other: string): string =>
    `resource "azurerm_storage_account" "${name}" {\n  name = "${name}"\n  tags = { other = azurerm_storage_account.${other}.tags }\n}\n`;
  expect(problemsOf(resource('p', 'q') + resource('q', 'p'))).toEqual([]);
});

test.each([['count = 1000000'], ['for_each = toset([for i in range(1000) : "k${i}"])']])(
  'a resource with %s is one that stands for all',
  (loop) => {
    const { resources, problems } = estateOf(`resource "azurerm_storage_account" "a" {\n  ${loop}\n  name = "x"\n}\n`);
    expect(problems).toEqual([]);
    expect(resources.map((resource) => resource.instance)).toEqual(['[*]']);
  },
);

test('a hundred thousand brackets are one syntax problem, and the block beside them is read', () => {
  const files = { 'deep.tf': `locals {\n  a = ${'['.repeat(100_000)}${']'.repeat(100_000)}\n}\n` };
  expect(problemsOf(files)).toEqual([]);
});
