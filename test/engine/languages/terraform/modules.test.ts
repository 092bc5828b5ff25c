import { describe, expect, test } from 'vitest';
import { isInstalled } from '../../../../engine/languages/terraform/calls.ts';
import { estateOf, type Files, folder, outputOf } from './estate-of.ts';

const call = (source: string): string =>
  `module "m" {\n source = ${source}\n x = "hi"\n}\noutput "o" {\n value = module.m.y\n}`;
const inner = 'variable "x" {}\noutput "y" {\n value = "$' + '{var.x}!"\n}';
const manifest = (entries: Readonly<Record<string, string>>): string =>
  JSON.stringify({ Modules: Object.entries(entries).map(([Key, Dir]) => ({ Key, Source: 'x', Version: '1', Dir })) });

describe('modules that were installed', () => {
  const installed: Files = {
    'main.tf': call('"Azure/thing/azurerm"'),
    '.terraform/modules/modules.json': manifest({
      '': '.',
      m: '.terraform/modules/m',
      'm.n': '.terraform/modules/m.n/sub',
    }),
    '.terraform/modules/m/main.tf': `${inner}\nmodule "n" {\n source = "git::https://example.com/x.git//sub"\n}\nmodule "l" {\n source = "./modules/l"\n}`,
    '.terraform/modules/m/modules/l/main.tf': 'resource "azurerm_storage_account" "l" {\n name = "l"\n}',
    '.terraform/modules/m.n/sub/main.tf': 'resource "azurerm_storage_account" "n" {\n name = "n"\n}',
  };

  test('are followed, those that they call included', () => {
    const { resources, unresolved, problems } = estateOf(installed);
    expect(outputOf(installed)).toBe("'hi!'");
    expect(resources.map((resource) => resource.address)).toEqual([
      'module.m.module.n.azurerm_storage_account.n',
      'module.m.module.l.azurerm_storage_account.l',
    ]);
    expect([unresolved, problems]).toEqual([[], []]);
  });

  test('are files that nobody edits', () => {
    const [resource] = estateOf(installed).resources;
    expect(isInstalled(resource?.declaration.uri ?? '')).toBe(true);
    expect(isInstalled(`${folder}main.tf`)).toBe(false);
    expect(resource?.calls[0]).toMatchObject({ uri: `${folder}main.tf`, name: 'm' });
  });

  test.each(['{', '[]', '{ "Modules": {} }', '{ "Modules": [null, { "Key": "m" }] }'])(
    'and a manifest that is damaged is none: %s',
    (text) => {
      const { unresolved } = estateOf({ ...installed, '.terraform/modules/modules.json': text });
      expect(unresolved.map((each) => each.reference)).toEqual(['Azure/thing/azurerm']);
    },
  );
});

test.each([
  ['main.tf', 'terraform init'],
  ['main.tofu', 'tofu init'],
])('in %s, what is not here is brought by %s', (name, command) => {
  expect(estateOf({ [name]: call('"Azure/thing/azurerm"') }).unresolved).toMatchObject([
    { reference: 'Azure/thing/azurerm', command },
  ]);
});

test('OpenTofu takes sources that are known early', () => {
  const files = { 'main.tf': `locals {\n where = "./m"\n}\n${call('local.where')}`, 'm/main.tf': inner };
  expect(outputOf(files)).toBe("'hi!'");
});

test('a source that is not known is said once, with its place', () => {
  const main = `variable "where" {}\n${call('var.where')}`;
  const { unresolved } = estateOf(main);
  expect(unresolved).toHaveLength(1);
  expect(main.slice(unresolved[0]?.start, unresolved[0]?.end)).toBe('var.where');
  expect(outputOf(main)).toBe('?module');
});

describe('loops over modules', () => {
  const looped = (loop: string, read: string): string =>
    outputOf({
      'main.tf': `variable "c" {}\nmodule "m" {\n ${loop}\n source = "./m"\n x = "hi"\n}\noutput "o" {\n value = ${read}\n}`,
      'm/main.tf': inner,
    });

  test.each([
    ['count = 2', 'module.m[*].y', "['hi!', 'hi!']"],
    ['count = 0', 'module.m[*].y', '[]'],
    ['count = 1', 'one(module.m[*].y)', "'hi!'"],
    ['count = 0', 'try(module.m[0].y, "none")', "'none'"],
    ['for_each = { a = 1 }', 'module.m["a"].y', "'hi!'"],
    ['for_each = { b = 1, a = 1 }', '[for k, v in module.m : k]', "['a', 'b']"],
    ['for_each = var.c', 'module.m["a"].y', '?module'],
  ])('%s: %s is %s', (loop, read, expected) => {
    expect(looped(loop, read)).toBe(expected);
  });

  test('what exists only under a condition carries it', () => {
    const files = {
      'main.tf': 'variable "c" {}\nmodule "m" {\n count = var.c ? 1 : 0\n source = "./m"\n}',
      'm/main.tf':
        'variable "d" {\n default = true\n}\nresource "azurerm_storage_account" "a" {\n count = var.d ? 1 : 0\n name = "x"\n}',
    };
    const [account] = estateOf(files).resources;
    expect(account?.exists.kind).toBe('choice');
  });
});
