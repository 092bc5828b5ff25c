import { describe, expect, it } from 'vitest';
import type { Data } from '../../../../engine/functions/data.ts';
import { compileLens, mergeLenses } from '../../../../engine/languages/terraform/lens-compile.ts';

const type = 'Microsoft.Storage/storageAccounts';

describe('compiling a lens', () => {
  const mistakes: readonly [name: string, table: Data, message: string][] = [
    ['no type', {}, "azurerm_x: needs one of 'type', 'into' and 'link'."],
    ['an unknown key', { type, attribute: {} }, "azurerm_x: does not know 'attribute'"],
    ['an attribute without a path', { type, attributes: { a: { not: true } } }, "azurerm_x.attributes.a: needs 'to'."],
    ['a malformed path', { type, attributes: { a: 'properties..b' } }, 'azurerm_x.attributes.a: '],
    [
      'an attribute name in capitals',
      { type, attributes: { aB: 'properties.b' } },
      'azurerm_x.attributes.aB: is no attribute name.',
    ],
    [
      'two transforms',
      { type, attributes: { a: { to: 'b', not: true, keys: true } } },
      'azurerm_x.attributes.a: only one of',
    ],
    [
      'a map without a way back',
      { type, attributes: { a: { to: 'b', map: { x: 1, y: 1 } } } },
      "azurerm_x.attributes.a.map: '1' is there twice",
    ],
    [
      'a range that is none',
      { type, attributes: { a: { to: 'b', was: { c: '4.x' } } } },
      "azurerm_x.attributes.a.was: '4.x' is no range",
    ],
    [
      'a default for no range',
      { type, attributes: { a: { to: 'b', default: { old: 1 } } } },
      "azurerm_x.attributes.a.default: 'old' is no range",
    ],
    [
      'a list without []',
      { type, attributes: { a: { each: 'b', attributes: {} } } },
      "azurerm_x.attributes.a.each: 'b' must end in []",
    ],
    [
      'a mistake deep inside',
      { type, attributes: { a: { each: 'b[]', attributes: { c: { too: 'd' } } } } },
      "azurerm_x.attributes.a.attributes.c: does not know 'too'",
    ],
    [
      'an API version that is none',
      { type, apiVersion: { '4': 'latest' } },
      "azurerm_x.apiVersion.4: 'latest' is no API version.",
    ],
    [
      'a parent of another type',
      { type: `${type}/blobServices`, parent: { attribute: 'a', type: 'Microsoft.Sql/servers' } },
      'azurerm_x.parent.type: the parent of',
    ],
    ['a piece that is not there', { type, like: '_y' }, "azurerm_x.like: this file has no '_y'."],
    [
      'a derived value without one',
      { type, derived: { b: [{ when: {} }] } },
      "azurerm_x.derived.b[0]: needs a 'value'.",
    ],
  ];
  it.each(mistakes)('names the place of %s', (_, table, message) => {
    expect(() => compileLens({ azurerm_x: table })).toThrow(message);
  });

  it('finds circles among shared pieces', () => {
    expect(() => compileLens({ _a: { like: '_b' }, _b: { like: '_a' }, azurerm_x: { type, like: '_a' } })).toThrow(
      'circle',
    );
  });

  it('takes rows from shared pieces; own rows win and null takes one out', () => {
    const lens = compileLens({
      _site: {
        type,
        attributes: { a: 'properties.a', b: 'properties.b', c: 'properties.c' },
        constants: { kind: 'app' },
      },
      azurerm_x: { like: '_site', attributes: { b: 'properties.other', c: null } },
    });
    const rows = lens.types.azurerm_x?.attributes.map((row) => [row.attribute.join('.'), row.to.length]);
    expect(rows?.map(([name]) => name).sort()).toEqual(['a', 'b', 'location', 'tags']);
    expect(lens.types.azurerm_x?.constants.length).toBe(1);
    expect(lens.types._site).toBeUndefined();
  });

  it('gives data that JSON keeps whole', () => {
    const lens = compileLens({
      azurerm_x: { type, attributes: { a: { to: 'b', map: { true: 'On', false: 'Off' }, default: true } } },
    });
    expect(JSON.parse(JSON.stringify(lens))).toEqual(lens);
  });

  it('refuses two tables of one type', () => {
    const lens = compileLens({ azurerm_x: { type } });
    expect(() => mergeLenses([lens, lens])).toThrow('azurerm_x: there are two tables of this type.');
  });
});
