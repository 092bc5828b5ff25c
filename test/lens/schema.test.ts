import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const schema = JSON.parse(readFileSync(new URL('../../rules/schema/lens.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv({ allErrors: true, strictTypes: false }).compile(schema);
const folder = new URL('../../lens/azurerm/', import.meta.url);

describe('the lens schema', () => {
  it.each(readdirSync(folder))('accepts %s', (file) => {
    validate(parse(readFileSync(new URL(file, folder), 'utf8')));
    expect(validate.errors ?? []).toEqual([]);
  });

  it('rejects what the compiler rejects', () => {
    expect(validate({ azurerm_x: { type: 'Microsoft.A/b', attributes: { a: { too: 'b' } } } })).toBe(false);
    expect(validate({ azurerm_x: { type: 'Microsoft.A/b', attributes: { a: { each: 'b' } } } })).toBe(false);
    expect(validate({ azurerm_x: { type: 'Microsoft.A/b', attributes: { a: { to: 'b', was: { c: '4.x' } } } } })).toBe(
      false,
    );
  });
});
