import { describe, expect, it } from 'vitest';
import { choice } from '../../../engine/estate/make.ts';
import {
  check,
  either,
  here,
  openObject,
  resource,
  rule,
  storage,
  unset,
  value,
  verdict,
  verdictOf,
} from './estates.ts';

const t = { a: { equals: 1 } };
const f = { a: { equals: 2 } };
const u = { b: { equals: 1 } };
const body = { a: 1, b: unset('b') };

describe('combinations in three values', () => {
  const cases: readonly (readonly [string, object, string])[] = [
    ['all: true and unknown', { all: [t, u] }, 'undetermined'],
    ['all: false and unknown', { all: [u, f] }, 'fail'],
    ['all: true', { all: [t, t] }, 'pass'],
    ['any: true and unknown', { any: [u, t] }, 'pass'],
    ['any: false and unknown', { any: [f, u] }, 'undetermined'],
    ['any: false', { any: [f, f] }, 'fail'],
    ['not: unknown', { not: u }, 'undetermined'],
    ['not: true', { not: t }, 'fail'],
    ['entries of one map', { ...t, ...u }, 'undetermined'],
    ['not all', { not: { all: [t, f] } }, 'pass'],
  ];
  for (const [name, require, expected] of cases) {
    it(name, () => {
      expect(verdict(body, require as never)).toBe(expected);
    });
  }
});

describe('where and moot', () => {
  const cases: readonly (readonly [string, object, string])[] = [
    ['where false', { where: f, require: f }, 'pass'],
    ['where unknown', { where: u, require: f }, 'undetermined'],
    ['where unknown, in order', { where: u, require: t }, 'pass'],
    ['where true', { where: t, require: f }, 'fail'],
    ['moot true', { moot: t, require: f }, 'pass'],
    ['moot unknown', { moot: u, require: f }, 'undetermined'],
    ['moot unknown, in order', { moot: u, require: t }, 'pass'],
    ['moot false', { moot: f, require: f }, 'fail'],
  ];
  for (const [name, parts, expected] of cases) {
    it(name, () => {
      expect(verdictOf([resource(storage, body)], parts as never)).toBe(expected);
    });
  }
});

describe('choices', () => {
  const require = { a: { equals: 1 } };

  it('fails when every alternative fails', () => {
    expect(verdict({ a: either('prod', 2, 3) }, require)).toBe('fail');
  });

  it('may fail when some alternative fails, and says which', () => {
    const { findings } = check([resource(storage, { a: either('prod', 1, 2) })], [rule({ require })]);
    expect(findings.map((each) => each.verdict)).toEqual(['may-fail']);
    expect(findings[0]?.related.map((each) => each.message)).toContain('only when not (prod)');
  });

  it('decides one condition alike in every property', () => {
    const both = { any: [{ a: { equals: 1 } }, { b: { equals: 1 } }] };
    expect(verdict({ a: either('prod', 1, 2), b: either('prod', 2, 1) }, both)).toBe('pass');
    expect(verdict({ a: either('prod', 1, 2), b: either('test', 2, 1) }, both)).toBe('may-fail');
  });

  it('does not count alternatives under which the resource is not deployed', () => {
    const exists = either('prod', true, false);
    expect(verdict({ a: either('prod', 1, 2) }, require, {}, { exists })).toBe('pass');
    expect(verdict({ a: either('prod', 2, 1) }, require, {}, { exists })).toBe('fail');
    expect(verdict({ a: either('other', 2, 1) }, require, {}, { exists })).toBe('may-fail');
  });

  it('is not weakened by an existence that is not known', () => {
    expect(verdict({ a: 2 }, require, {}, { exists: unset('deploy') })).toBe('fail');
  });

  it('is undetermined when no alternative fails and one is not known', () => {
    expect(verdict({ a: either('prod', 1, unset('p')) }, require)).toBe('undetermined');
    expect(verdict({ a: either('prod', 2, unset('p')) }, require)).toBe('may-fail');
  });

  it('decides choices inside choices', () => {
    const nested = either('prod', either('europe', 1, 2), 1);
    expect(verdict({ a: nested }, require)).toBe('may-fail');
    expect(verdict({ a: nested, b: either('prod', 0, 5) }, { any: [{ b: { equals: 5 } }, { a: { equals: 1 } }] })).toBe(
      'may-fail',
    );
  });

  it('only asks for choices that the rule comes across', () => {
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`p${index}`, either(`c${index}`, 1, 2)]));
    expect(verdict({ ...many, a: 2 }, require)).toBe('fail');
  });

  it('gives up after sixteen combinations', () => {
    const names = Array.from({ length: 5 }, (_, index) => `p${index}`);
    const many = Object.fromEntries(names.map((name) => [name, either(name, 1, 1)]));
    const all = { all: names.map((name) => ({ [name]: { equals: 1 } })) };
    const result = check([resource(storage, many)], [rule({ require: all })]);
    expect(result.findings).toEqual([]);
    expect(result.undetermined[0]?.causes.map((cause) => cause.reason)).toEqual(['budget']);
    const bad = { ...many, p4: either('p4', 1, 2) };
    expect(verdict(bad, all)).toBe('may-fail');
  });

  it('takes all of sixteen alternatives', () => {
    const condition = { id: 'size', alternatives: Array.from({ length: 16 }, (_, index) => `size ${index}`) };
    const options = Array.from({ length: 16 }, () => value(2));
    expect(verdict({ a: choice(condition, options, here()) }, require)).toBe('fail');
  });

  it('reports one place per resource, the others as related', () => {
    const { findings } = check([resource(storage, { a: either('prod', 2, 3) })], [rule({ require })]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.related.map((each) => each.message)).toEqual([`'a' belongs to it as well`]);
  });
});

describe('what is judged', () => {
  it('leaves existing resources alone', () => {
    expect(verdict({ a: 2 }, t, {}, { existing: true })).toBe('pass');
  });

  it('says why a rule was undetermined', () => {
    const { undetermined } = check(
      [resource(storage, openObject({ b: unset('tls') }))],
      [rule({ require: { all: [u, t] } })],
    );
    expect(undetermined[0]?.causes.map((cause) => cause.detail)).toEqual([
      `parameter 'tls' has no value`,
      `parameter 'more' has no value`,
    ]);
    const absent = check([resource(storage, {})], [rule({ require: u })]);
    expect(absent.undetermined[0]?.causes[0]).toMatchObject({ reason: 'default' });
  });

  it('runs a rule for every type on all, others on their own types only', () => {
    const resources = [resource(storage, {}), resource('Microsoft.Sql/servers', {})];
    const every = rule({ resource: '*', require: { tags: { exists: true } } }, 'test/every');
    const some = rule({ resource: ['Microsoft.Sql/servers'], require: { tags: { exists: true } } }, 'test/sql');
    const { findings } = check(resources, [every, some]);
    expect(
      findings.map(({ rule: { id }, subject }) => `${id} ${subject.kind === 'resource' && subject.resource.type}`),
    ).toEqual([`test/every ${storage}`, 'test/sql Microsoft.Sql/servers', 'test/every Microsoft.Sql/servers']);
  });

  it('reads name, type and version of the resource itself', () => {
    const parts = { name: 'stlogs', apiVersion: '2023-05-01' };
    expect(
      verdict(
        {},
        { name: { equals: 'stlogs' }, type: { equals: storage }, apiVersion: { startsWith: '2023' } },
        {},
        parts,
      ),
    ).toBe('pass');
    expect(verdict({}, { name: { equals: 'x' } }, {}, { name: unset('n') })).toBe('undetermined');
  });

  it('takes options from the configuration, else their defaults', () => {
    const parts = {
      options: { days: { default: 30, description: 'Days.' } },
      require: { days: { atLeast: { option: 'days' } } },
    };
    const resources = [resource(storage, { days: 20 })];
    expect(verdictOf(resources, parts)).toBe('fail');
    expect(verdictOf(resources, parts, {}, { option: (_, name) => (name === 'days' ? 10 : undefined) })).toBe('pass');
    const allowed = {
      options: { regions: { default: ['westeurope'], description: 'Regions.' } },
      require: { location: { in: { option: 'regions' } } },
    };
    expect(verdictOf([resource(storage, { location: 'WestEurope' })], allowed)).toBe('pass');
    expect(verdictOf([resource(storage, { location: 'eastus' })], allowed)).toBe('fail');
  });
});
