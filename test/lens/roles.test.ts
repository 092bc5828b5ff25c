import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { shippedLens } from './tables.ts';

it('role assignments know every role that rules know, by name', () => {
  const read = (path: string): unknown => parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'));
  const { roles } = read('facts/roles.yaml') as { readonly roles: Readonly<Record<string, string>> };
  const rows = shippedLens().types.azurerm_role_assignment?.attributes ?? [];
  const text = JSON.stringify(rows.find(({ attribute }) => attribute[0] === 'role_definition_name'));
  const missing = Object.entries(roles).filter(([id, name]) => !text.includes(id) || !text.includes(name));
  expect(Object.keys(roles).length).toBeGreaterThan(40);
  expect(missing).toEqual([]);
});
