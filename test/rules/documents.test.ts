import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Data, type DataObject, isDataArray, isDataObject } from '../../engine/functions/data.ts';

const repository = join(import.meta.dirname, '../..');

function read(file: string): Data {
  return parse(readFileSync(join(repository, file), 'utf8')) as Data;
}

function filesBelow(folder: string, depth: number): readonly string[] {
  return readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.yaml') && file.split('/').length === depth)
    .sort();
}

/** The mistakes of a document, each with its place; none when the schema admits it. */
function mistakes(schema: string, document: Data): readonly string[] {
  const ajv = new Ajv({ allErrors: true, strictRequired: false, strictTypes: false });
  const validate = ajv.compile(read(`rules/schema/${schema}.schema.json`) as DataObject);
  return validate(document) ? [] : (validate.errors ?? []).map((each) => `${each.instancePath} ${each.message}`);
}

function objectAt(data: Data | undefined, key: string): DataObject {
  const value = data !== undefined && isDataObject(data) ? data[key] : undefined;
  return value !== undefined && isDataObject(value) ? value : {};
}

function textsAt(data: DataObject, key: string): readonly string[] {
  const value = data[key];
  if (typeof value === 'string') return [value];
  return value !== undefined && isDataArray(value) ? value.map(String) : [];
}

const ruleFiles = filesBelow('rules', 3);
const services = read('rules/services.yaml');

describe('schemas', () => {
  test.each(ruleFiles)('admit %s', (file) => {
    expect(mistakes('rule', read(file))).toEqual([]);
  });

  test.each(filesBelow('facts', 2))('admit %s', (file) => {
    expect(mistakes('facts', read(file))).toEqual([]);
  });

  test('admit services.yaml', () => {
    expect(mistakes('services', services)).toEqual([]);
  });

  test('admit risk.yaml', () => {
    expect(mistakes('risk', read('rules/risk.yaml'))).toEqual([]);
  });

  test('refuse a rule without severity, with an unknown test, and with a fix that does not say what may happen', () => {
    const rule = read('rules/storage/min-tls.yaml') as DataObject;
    const { severity, ...without } = rule;
    expect(severity).toBe('high');
    expect(mistakes('rule', without)).not.toEqual([]);
    expect(mistakes('rule', { ...rule, require: { 'properties.x': { equal: 1 } } })).not.toEqual([]);
    const { note, ...fix } = objectAt(rule, 'fix');
    expect(note).toBeDefined();
    expect(mistakes('rule', { ...rule, fix })).not.toEqual([]);
  });
});

describe('layers', () => {
  const byType = new Map<string, DataObject>();
  for (const [, service] of Object.entries(objectAt(services, 'services'))) {
    if (!isDataObject(service)) continue;
    for (const type of textsAt(service, 'types')) byType.set(type.toLowerCase(), service);
  }

  test.each(ruleFiles)('of %s fit its concern and service, and are the customer’s', (file) => {
    const rule = read(file) as DataObject;
    const layer = String(rule.layer);
    const concern = String(rule.concern);
    for (const type of textsAt(rule, 'resource')) {
      const service = byType.get(type.toLowerCase());
      expect(service, `the service of ${type}`).toBeDefined();
      if (service === undefined) continue;
      const own = textsAt(objectAt(service, 'layers'), concern);
      expect(own.length > 0 ? own : textsAt(objectAt(services, 'concerns'), concern)).toContain(layer);
      const model = objectAt(objectAt(services, 'models'), String(service.model));
      const override = objectAt(objectAt(service, 'overrides'), layer);
      expect(override.owner ?? model[layer]).not.toBe('microsoft');
    }
  });
});

/** The paths that a condition reads, those in `all`, `any` and `not` too. */
function pathsOf(condition: Data | undefined): readonly string[] {
  if (Array.isArray(condition)) return condition.flatMap(pathsOf);
  if (condition === undefined || !isDataObject(condition)) return [];
  return Object.entries(condition).flatMap(([key, inner]) =>
    key === 'all' || key === 'any' || key === 'not' ? pathsOf(inner) : [key],
  );
}

describe('facts', () => {
  test('tell what absence means for every property that decides whether a rule applies', () => {
    const known = new Map<string, readonly string[]>();
    for (const file of filesBelow('facts', 2)) {
      for (const [type, facts] of Object.entries(read(file) as DataObject)) {
        if (isDataObject(facts)) known.set(type.toLowerCase(), Object.keys(facts));
      }
    }
    const missing: string[] = [];
    for (const file of ruleFiles) {
      const rule = read(file) as DataObject;
      for (const path of pathsOf(objectAt(rule, 'moot'))) {
        for (const type of textsAt(rule, 'resource')) {
          const facts = known.get(type.toLowerCase()) ?? [];
          if (!facts.some((fact) => path === fact || path.startsWith(`${fact}.`))) missing.push(`${type} ${path}`);
        }
      }
    }
    expect(missing).toEqual([]);
  });
});
