import { describe, expect, test } from 'vitest';
import { automaticVariableFiles } from '../../../../engine/languages/terraform/variable-files.ts';
import { contextOf, estateOf, type Files, folder, outputOf } from './estate-of.ts';

describe('variable files', () => {
  test('are taken in the order of Terraform', () => {
    const files: Files = {
      'b.auto.tfvars.json': '{}',
      'a.auto.tfvars': '',
      'c.auto.tfvars': '',
      'other.tfvars': '',
      'terraform.tfvars.json': '{}',
      'terraform.tfvars': '',
    };
    const names = automaticVariableFiles(folder, contextOf(files)).map((uri) => uri.slice(folder.length));
    expect(names).toEqual([
      'terraform.tfvars',
      'terraform.tfvars.json',
      'a.auto.tfvars',
      'b.auto.tfvars.json',
      'c.auto.tfvars',
    ]);
  });

  test('in JSON, texts stand for themselves', () => {
    const files = { 'main.tf': 'variable "a" {}\noutput "o" {\n value = var.a\n}', 'a.tfvars.json': '{ "a": "${b}" }' };
    expect(outputOf(files, ['a.tfvars.json'])).toBe("'${b}'");
  });

  test('a value of a file is blamed on its line there', () => {
    const files = { 'main.tf': 'variable "a" {}\noutput "o" {\n value = var.a\n}', 'a.tfvars.json': '{\n "a": "x" }' };
    const value = estateOf(files, ['a.tfvars.json']).outputs[0]?.value;
    expect(value?.origin).toMatchObject({ uri: `${folder}a.tfvars.json`, start: 8, end: 11 });
  });
});

describe('types', () => {
  const typed = (type: string, value: string): string =>
    outputOf(`variable "v" {\n type = ${type}\n default = ${value}\n}\noutput "o" {\n value = var.v\n}`);

  test.each([
    ['string', '5', "'5'"],
    ['string', 'true', "'true'"],
    ['string', 'null', 'null'],
    ['number', '"5"', '5'],
    ['number', '"five"', '?error'],
    ['bool', '"true"', 'true'],
    ['bool', '1', '?error'],
    ['any', '"true"', "'true'"],
    ['list(string)', '[1, true]', "['1', 'true']"],
    ['list(string)', '"a"', '?error'],
    ['list(any)', '[1]', '[1]'],
    ['set(string)', '["b", "a", "b"]', "['a', 'b']"],
    ['set(number)', '[10, 9]', '[9, 10]'],
    ['map(number)', '{ a = "1" }', '{ a: 1 }'],
    ['tuple([string, number])', '[1, "2"]', "['1', 2]"],
    ['object({ a = string })', '{ a = 1, b = 2 }', "{ a: '1' }"],
    ['object({ a = string })', '{}', '{ a: ?error }'],
    ['object({ a = optional(string) })', '{}', '{ a: null }'],
    ['object({ a = optional(number, "7") })', '{ a = null }', '{ a: 7 }'],
    ['map(object({ a = optional(bool, true) }))', '{ x = {} }', '{ x: { a: true } }'],
    ['list(object({ a = optional(object({ b = optional(string, "c") }), {}) }))', '[{}]', "[{ a: { b: 'c' } }]"],
  ])('%s makes %s to %s', (type, value, expected) => {
    expect(typed(type, value)).toBe(expected);
  });

  test.each([
    ['', 'null'],
    ['nullable = false', "'d'"],
    ['nullable = true', 'null'],
  ])('null for a variable with %s is %s', (nullable, expected) => {
    const inner = `variable "v" {\n default = "d"\n ${nullable}\n}\noutput "y" {\n value = var.v\n}`;
    const main = 'module "m" {\n source = "./m"\n v = null\n}\noutput "o" {\n value = module.m.y\n}';
    expect(outputOf({ 'main.tf': main, 'm/main.tf': inner })).toBe(expected);
  });

  test('both arms of a choice are converted', () => {
    const inner = 'variable "v" {\n type = number\n}\noutput "y" {\n value = var.v\n}';
    const main =
      'variable "c" {}\nmodule "m" {\n source = "./m"\n v = var.c ? "1" : 2\n}\noutput "o" {\n value = module.m.y\n}';
    expect(outputOf({ 'main.tf': main, 'm/main.tf': inner })).toBe('(1 | 2)');
  });
});

describe('override files', () => {
  test('change arguments one by one, and all nested blocks of a type', () => {
    const main =
      'locals {\n a = azurerm_x.y\n}\nresource "azurerm_x" "y" {\n p = 1\n q = 2\n b {\n  c = 1\n }\n b {\n  c = 2\n }\n d {\n  e = 1\n }\n}\n' +
      'output "o" {\n value = [local.a.p, local.a.q, local.a.b[*].c, local.a.d[*].e]\n}';
    const override = 'resource "azurerm_x" "y" {\n q = 3\n b {\n  c = 4\n }\n}';
    expect(outputOf({ 'main.tf': main, 'x_override.tf': override })).toBe('[1, 3, [4], [1]]');
  });

  test('are taken in their order, after all others', () => {
    const main = 'locals {\n a = 1\n}\noutput "o" {\n value = local.a\n}';
    const files = {
      'z.tf': main,
      'a_override.tf': 'locals {\n a = 2\n}',
      'override.tf.json': '{ "locals": { "a": 3 } }',
    };
    expect(outputOf(files)).toBe('3');
  });

  test('change variables, outputs and modules', () => {
    const files = {
      'main.tf':
        'variable "v" {\n default = 1\n}\nmodule "m" {\n source = "./m"\n x = var.v\n}\noutput "o" {\n value = module.m.y\n}',
      'override.tf':
        'variable "v" {\n default = 2\n}\nmodule "m" {\n x = "${var.v}!"\n}\noutput "o" {\n sensitive = true\n}',
      'm/main.tf': 'variable "x" {}\noutput "y" {\n value = var.x\n}',
    };
    expect(outputOf(files)).toBe("!'2!'");
    expect(estateOf(files).outputs.find((output) => output.atRoot)?.secure).toBe(true);
  });

  test('a value of an override has its place there', () => {
    const files = {
      'main.tf': 'resource "azurerm_storage_account" "a" {\n name = "x"\n}',
      'override.tf': 'resource "azurerm_storage_account" "a" {\n name = "y"\n}',
    };
    const [account] = estateOf(files).resources;
    expect(account?.names[0]?.origin).toMatchObject({ uri: `${folder}override.tf`, start: 49, end: 52 });
  });

  test('what is declared twice elsewhere is a problem', () => {
    const { problems } = estateOf({ 'a.tf': 'locals {\n a = 1\n}', 'b.tf': 'locals {\n a = 2\n}' });
    expect(problems).toMatchObject([{ code: 'duplicate', uri: `${folder}b.tf`, start: 10, end: 11 }]);
  });
});

describe('OpenTofu', () => {
  test('does not read a.tf beside a.tofu, nor a.tf.json beside a.tofu.json', () => {
    const files = {
      'a.tf': 'locals {\n a = 1\n}',
      'a.tofu': 'locals {\n a = 2\n}',
      'b.tf.json': '{ "locals": { "b": 1 } }',
      'b.tofu.json': '{ "locals": { "b": 2 } }',
      'main.tf': 'output "o" {\n value = [local.a, local.b]\n}',
    };
    expect(outputOf(files)).toBe('[2, 2]');
  });
});
