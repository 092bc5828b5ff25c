import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PropertyPath, printPath } from '../../engine/estate/path.ts';
import { toData } from '../../engine/estate/plain.ts';
import type { Data } from '../../engine/functions/data.ts';
import type { AttributeRow } from '../../engine/languages/terraform/lens-model.ts';
import { toAzure, toTerraform } from '../../engine/languages/terraform/lens-transform.ts';
import { shown, toValue, type Written } from '../engine/languages/terraform/instances.ts';
import { allRows, shippedLens } from './tables.ts';

const lens = shippedLens();
const types = Object.values(lens.types);

/** What stands at the top of Azure resources. */
const topKeys = [
  'properties',
  'sku',
  'kind',
  'identity',
  'zones',
  'location',
  'tags',
  'plan',
  'managedBy',
  'extendedLocation',
];

describe('the azurerm tables', () => {
  it('say of every type what it is in Azure', () => {
    expect(types.length).toBeGreaterThan(60);
    for (const table of types) {
      const type = table.type ?? table.into?.type ?? '';
      expect(type, table.terraformType).toMatch(/^Microsoft\.[A-Za-z]+(\/[A-Za-z0-9]+)+$/);
      expect(
        table.parents.length > 0 || type.split('/').length === 2 || table.into !== undefined,
        table.terraformType,
      ).toBe(true);
    }
  });

  it('write to properties that resources have', () => {
    for (const table of types) {
      const paths: PropertyPath[] = [
        ...table.attributes.flatMap((row) => row.to),
        ...table.lists.map((row) => row.to),
        ...table.derived.map((row) => row.to),
        ...table.constants.map((row) => row.to),
        ...table.children.flatMap((child) => child.rows.attributes.flatMap((row) => row.to)),
      ];
      for (const path of paths) {
        const [first] = path;
        expect(first?.kind === 'key' && topKeys.includes(first.key), `${table.terraformType}: ${printPath(path)}`).toBe(
          true,
        );
      }
    }
  });

  it('do not let two rows of one provider version write one property, unless it is said to be no way back', () => {
    for (const table of types) {
      for (const { rows, place } of allRows(table, table.terraformType)) {
        const seen = new Map<string, AttributeRow>();
        for (const row of rows.attributes) {
          for (const path of row.to) {
            const written = printPath(path);
            const other = seen.get(written);
            const apart =
              other === undefined ||
              other.versions !== row.versions ||
              row.readOnly ||
              other.readOnly ||
              alternatives.has(written);
            expect(apart, `${place}: ${written} by ${row.attribute.join('.')} and ${other?.attribute.join('.')}`).toBe(
              true,
            );
            seen.set(written, row);
          }
        }
      }
    }
  });
});

/** Properties that one of two attributes writes, depending on what else is written. */
const alternatives = new Set([
  'ipAddress',
  'properties.roleDefinitionId',
  'properties.virtualMachineProfile.osProfile.adminUsername',
  'properties.virtualMachineProfile.osProfile.adminPassword',
  'properties.virtualMachineProfile.osProfile.computerNamePrefix',
]);

const text = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,7}$/);
const scalar = fc.oneof(text, fc.boolean(), fc.integer());

/** Values as the provider has them for a row. */
function terraformValues(row: AttributeRow, path: PropertyPath): fc.Arbitrary<Data> {
  const list = path.some((segment) => segment.kind === 'each');
  switch (row.transform.kind) {
    case 'not':
      return fc.boolean();
    case 'map':
      return fc.constantFrom(...row.transform.pairs.map(([terraform]) => terraform));
    case 'join':
    case 'keys':
      return fc.uniqueArray(text, { minLength: 1 });
    case 'entries':
      return fc.dictionary(text, text);
    case 'id':
      return fc.constantFrom(...row.transform.pairs.map(([name]) => name));
    case 'single':
      return text;
    case 'json':
    case 'same':
      return list ? fc.array(text) : scalar;
  }
}

describe('rows with a way back', () => {
  const rows = types.flatMap((table) =>
    allRows(table, table.terraformType).flatMap(({ rows, place }) =>
      rows.attributes
        .filter((row) => !row.readOnly)
        .flatMap((row) => row.to.map((path) => ({ row, path, place: `${place}.${row.attribute.join('.')}` }))),
    ),
  );

  it('read what they have written, and write what they have read', () => {
    expect(rows.length).toBeGreaterThan(500);
    for (const { row, path, place } of rows) {
      fc.assert(
        fc.property(terraformValues(row, path), (terraform) => {
          const azure = toAzure(row, path, toValue(terraform as Written));
          const data = azure.kind === 'reference' ? referenced(shown(azure)) : toData(azure);
          if (data === undefined) throw new Error(`${place}: ${JSON.stringify(terraform)} reads as something unknown`);
          const back = toTerraform(row, path, data);
          expect(back, place).toEqual(terraform);
          if (back === undefined) return;
          expect(shown(toAzure(row, path, toValue(back as Written))), place).toEqual(shown(azure));
        }),
        { numRuns: 12 },
      );
    }
  });

  it('translate the defaults of the provider', () => {
    for (const { row, path, place } of rows) {
      for (const each of row.default) {
        const azure = toAzure(row, path, toValue(each.value as Written));
        expect(azure.kind, place).not.toBe('unknown');
        const data = toData(azure);
        if (data !== undefined) expect(toTerraform(row, path, data), place).toEqual(each.value);
      }
    }
  });
});

/** The id that an Azure template would write for a reference. */
function referenced(written: unknown): Data {
  const name = String(written).split(' ').at(-1) ?? '';
  return `/providers/Microsoft.Authorization/roleDefinitions/${name}`;
}
