// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are HCL, whose sequences look like those of TypeScript.
import { describe, expect, test } from 'vitest';
import { at } from '../../../../engine/estate/operations.ts';
import { stepsOf } from '../../../../engine/estate/origin.ts';
import { estateOf, outputOf } from './estate-of.ts';

describe('values', () => {
  test.each([
    ['1 + 2 * 3', '7'],
    ['"a-${1 + 1}"', "'a-2'"],
    ['"${[1]}"', '[1]'],
    ['[for k, v in { a = 1, b = 2 } : "${k}${v}" if v > 1]', "['b2']"],
    ['{ for v in ["x"] : v => upper(v) }', "{ x: 'X' }"],
    ['[{ a = 1 }, { a = 2 }][*].a', '[1, 2]'],
    ['try(local.none, "b")', '?error'],
    ['try(local.cycle, "b")', '?error'],
    ['try(azurerm_x.none.id, "b")', '?error'],
    ['try(none, "b")', '?error'],
    ['try({}.none, "b")', "'b'"],
    ['can(local.none)', '?error'],
    ['can({}.none)', 'false'],
    ['lookup({ a = 1 }, "b", 3)', '3'],
    ['merge({ a = 1 }, { b = 2 })', '{ a: 1, b: 2 }'],
    ['var.none ? 1 : 2', '(1 | 2)'],
    ['length([var.none, 1])', '2'],
    ['local.cycle', '?error'],
  ])('%s is %s', (written, expected) => {
    expect(
      outputOf(`variable "none" {}\nlocals {\n cycle = local.cycle\n}\noutput "o" {\n value = ${written}\n}`),
    ).toBe(expected);
  });

  test('a variable file counts before the default, the last one most', () => {
    const main = 'variable "a" {\n default = 1\n}\noutput "o" {\n value = var.a\n}';
    const files = { 'main.tf': main, 'a.tfvars': 'a = 2', 'b.tfvars': 'a = 3' };
    expect(outputOf(files)).toBe('1');
    expect(outputOf(files, ['a.tfvars', 'b.tfvars'])).toBe('3');
  });

  test('optional attributes are filled in deep', () => {
    const type = 'object({ a = optional(object({ b = optional(number, 5) }), {}) })';
    expect(outputOf(`variable "v" {\n type = ${type}\n default = {}\n}\noutput "o" {\n value = var.v\n}`)).toBe(
      '{ a: { b: 5 } }',
    );
  });

  test.each([
    ['"x${var.v}"', /^!/],
    ['upper(var.v)', /^!/],
    ['length(var.v)', /^!/],
    ['var.v == "a"', /^!/],
    ['var.v == "a" ? 1 : 2', /^!/],
    ['var.n + 1', /^!6$/],
    ['-var.n', /^!-5$/],
    ['var.m.a', /^!1$/],
    ['var.m["a"]', /^!1$/],
    ['keys(var.m)', /^!\['a'\]$|^!\[!'a'\]$/],
    ['lookup(var.m, "b", 2)', /^!2$/],
    ['[for k, v in var.m : v]', /^!\[!1\]$/],
    ['{ for k, v in var.m : k => v }', /^!\{ a: !1 \}$/],
    ['values(var.m)[0]', /^!1$/],
    ['flatten([[var.n], 1])', /^\[!5, 1\]$/],
    ['try({}.none, var.n)', /^!5$/],
    ['coalesce(null, var.n)', /^!5$/],
    ['[var.n][*]', /^\[!5\]$/],
    ['"%{ if var.n > 1 }a%{ endif }"', /^!'a'$/],
    ['"%{ for k, v in var.m }a%{ endfor }"', /^!'a'$/],
    ['jsonencode({ a = var.n })', /^!/],
    ['nonsensitive(var.n)', /^5$/],
    ['issensitive(var.n)', /^true$/],
    ['sensitive(1)', /^!1$/],
  ])('what is made of a secret is one: %s', (written, expected) => {
    const variable = (name: string, value: string): string =>
      `variable "${name}" {\n sensitive = true\n default = ${value}\n}\n`;
    const variables = `${variable('n', '5') + variable('m', '{ a = 1 }')}variable "v" {\n sensitive = true\n}\n`;
    expect(outputOf(`${variables}output "o" {\n value = ${written}\n}`)).toMatch(expected);
  });

  test('a test that cannot be known is decided anew in each round of a loop', () => {
    const main =
      'resource "azurerm_storage_account" "a" {\n for_each = { x = 1, y = 2 }\n name = each.key\n https_traffic_only_enabled = uuid() == "a" ? true : false\n}';
    const conditions = estateOf({ 'main.tf': main }).resources.map((resource) => {
      const value = at(resource.body, ['properties', 'supportsHttpsTrafficOnly']);
      return value.kind === 'choice' ? value.condition.id : value.kind;
    });
    expect(new Set(conditions).size).toBe(2);
  });
});

describe('modules', () => {
  const inner = 'variable "x" {}\noutput "y" {\n value = "${var.x}!"\n}';

  test('arguments go in and outputs come out', () => {
    const main = 'module "m" {\n source = "./m"\n x = "hi"\n}\noutput "o" {\n value = module.m.y\n}';
    expect(outputOf({ 'main.tf': main, 'm/main.tf': inner })).toBe("'hi!'");
  });

  test('each instance has outputs of its own', () => {
    const main =
      'module "m" {\n for_each = toset(["a", "b"])\n source = "./m"\n x = each.key\n}\noutput "o" {\n value = module.m["b"].y\n}';
    expect(outputOf({ 'main.tf': main, 'm/main.tf': inner })).toBe("'b!'");
  });

  test('a module that calls itself is a problem', () => {
    const estate = estateOf({ 'main.tf': 'module "m" {\n source = "./"\n}' });
    expect(estate.problems.map((problem) => problem.code)).toEqual(['cycle']);
  });

  test('a module from a registry that is not here says how to get it', () => {
    const estate = estateOf({ 'main.tf': 'module "m" {\n source = "Azure/naming/azurerm"\n}' });
    expect(estate.unresolved.map((each) => each.command)).toEqual(['terraform init']);
  });
});

test('a resource keyed by for_each can be looped over, and its arguments are known', () => {
  const main =
    'resource "azurerm_a" "b" {\n for_each = { x = "one" }\n name = each.value\n}\noutput "o" {\n value = [for k, v in azurerm_a.b : [k, v.name]]\n}';
  expect(outputOf(main)).toBe("[['x', 'one']]");
});

test('a value knows the uses that it passed through', () => {
  const main = 'locals {\n a = 1\n b = local.a\n}\noutput "o" {\n value = local.b\n}';
  const value = estateOf({ 'main.tf': main }).outputs[0]?.value;
  expect(value === undefined ? [] : stepsOf(at(value, []).origin).map((step) => step.name)).toEqual(['b', 'a']);
});

describe('resources', () => {
  const account = (more: string): string => `resource "azurerm_storage_account" "a" {\n name = "x"\n ${more}\n}\n`;

  test('an id is a reference, also of one that is looped over', () => {
    expect(outputOf(`${account('')}output "o" {\n value = azurerm_storage_account.a.id\n}`)).toBe(
      '->azurerm_storage_account.a.id',
    );
    const looped = account('for_each = toset(["k"])');
    expect(outputOf(`${looped}output "o" {\n value = [for a in azurerm_storage_account.a : a.id]\n}`)).toBe(
      '[->azurerm_storage_account.a["k"].id]',
    );
  });

  test('an id is written where it is used, not where its resource is declared', () => {
    const main = `${account('')}locals {\n id = azurerm_storage_account.a.id\n}\noutput "o" {\n value = local.id\n}`;
    const origin = estateOf({ 'main.tf': main }).outputs[0]?.value.origin;
    if (origin?.kind !== 'source') throw new Error('no source');
    expect(main.slice(origin.start, origin.end)).toBe('azurerm_storage_account.a.id');
    expect(stepsOf(origin).map((step) => step.name)).toEqual(['id']);
  });

  test.each([
    ['count = 0', []],
    ['count = 2', ['[0]', '[1]']],
    ['count = var.n', ['[*]']],
    ['count = var.n ? 1 : 0', ['[0]']],
    ['for_each = { k = 1 }', ['["k"]']],
    ['for_each = var.n', ['[*]']],
  ])('%s', (more, expected) => {
    const { resources } = estateOf({ 'main.tf': `variable "n" {}\n${account(more)}` });
    const accounts = resources.filter((each) => each.type === 'Microsoft.Storage/storageAccounts');
    expect(accounts.map((each) => each.instance)).toEqual(expected);
  });
});
