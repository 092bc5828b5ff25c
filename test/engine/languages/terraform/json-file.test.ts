// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are HCL, whose sequences look like those of TypeScript.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { at } from '../../../../engine/estate/operations.ts';
import { parseTerraformJson } from '../../../../engine/languages/terraform/json-file.ts';
import { show } from '../bicep/estate-of.ts';
import { estateOf, outputOf } from './estate-of.ts';
import { printBody } from './print.ts';

const json = (value: unknown): string => JSON.stringify(value, undefined, 2);

test('is read to the tree of the native syntax', () => {
  const text = json({
    '//': 'a comment',
    terraform: { required_providers: { azurerm: { version: '~> 4.0' } } },
    variable: { a: { type: 'list(string)', default: ['${x}'] }, b: {} },
    locals: { c: '${var.a[0]}-x', d: 1.5, e: -2, f: null, g: true },
    resource: {
      azurerm_x: {
        y: {
          tags: { '${local.c}': 'z' },
          dynamic: { rule: { for_each: '${var.a}', content: { n: '${rule.value}' } } },
        },
        z: [{ count: 2 }],
      },
    },
    output: [{ o: { value: '${azurerm_x.y.tags["q"]}' } }],
  });
  const file = parseTerraformJson(text);
  expect(file.problems).toEqual([]);
  expect(printBody(file.body)).toBe(
    [
      'terraform { required_providers { azurerm = {version = "~> 4.0"} } }',
      'variable "a" { type = list(string); default = ["${x}"] }',
      'variable "b" {}',
      'locals { c = template(var.a[0] "-x"); d = 1.5; e = (-2); f = null; g = true }',
      'resource "azurerm_x" "y" { tags = {(wrap(local.c)) = "z"}; dynamic "rule" { for_each = wrap(var.a); content { n = wrap(rule.value) } } }',
      'resource "azurerm_x" "z" { count = 2 }',
      'output "o" { value = wrap(azurerm_x.y.tags["q"]) }',
    ].join('; '),
  );
});

test('every part has its place in the file, behind escapes too', () => {
  const text = '{ "locals": { "a": "\\"\\u00e9${local.b[\\"c\\"]}" } }';
  const [locals] = parseTerraformJson(text).body.items;
  const [attribute] = locals?.kind === 'block' ? locals.body.items : [];
  const value = attribute?.kind === 'attribute' ? attribute.value : undefined;
  const part = value?.kind === 'template' ? value.parts[1] : undefined;
  const index = part?.kind === 'interpolation' ? part.expression : undefined;
  expect(value === undefined ? '' : text.slice(value.start, value.end)).toBe('"\\"\\u00e9${local.b[\\"c\\"]}"');
  expect(index === undefined ? '' : text.slice(index.start, index.end)).toBe('local.b[\\"c\\"]');
});

test.each([
  ['a block type that is none', '{ "resorce": {} }', '"resorce"'],
  ['a block that is no object', '{ "resource": { "a": { "b": 1 } } }', '1'],
  ['a mistake in a template', '{ "locals": { "a": "x${1 +}" } }', '}" }'],
  ['a comment', '{ /* c */ "locals": {} }', '/*'],
  ['broken JSON', '{ "locals": { "a": } }', ' }'],
])('%s is one problem', (_what, text, at) => {
  const { problems } = parseTerraformJson(text);
  expect(problems.map(({ start }) => text.slice(start, start + at.length))).toEqual([at]);
});

test('any JSON is read', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify({ resource: value, locals: value, module: { m: value } });
      const file = parseTerraformJson(text);
      expect(file.body.end).toBe(text.length);
    }),
  );
});

describe('roots in JSON', () => {
  test('a resource is judged like one in native syntax', () => {
    const native =
      'resource "azurerm_storage_account" "a" {\n name = "x"\n https_traffic_only_enabled = false\n network_rules {\n  default_action = "Deny"\n }\n}';
    const written = json({
      resource: {
        azurerm_storage_account: {
          a: { name: 'x', https_traffic_only_enabled: false, network_rules: { default_action: 'Deny' } },
        },
      },
    });
    const bodies = [{ 'main.tf': native }, { 'main.tf.json': written }].map((files) => {
      const [account] = estateOf(files).resources;
      const read = (...path: string[]): string => (account === undefined ? '' : show(at(account.body, path)));
      return [
        read('properties', 'supportsHttpsTrafficOnly'),
        read('properties', 'networkAcls', 'defaultAction'),
        read('properties', 'minimumTlsVersion'),
      ];
    });
    expect(bodies[1]).toEqual(bodies[0]);
  });

  test('files of both syntaxes make one module', () => {
    const files = { 'a.tf': 'locals {\n a = "x"\n}', 'b.tf.json': json({ output: { o: { value: '${local.a}!' } } }) };
    expect(outputOf(files)).toBe("'x!'");
  });
});
