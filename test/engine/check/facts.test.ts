import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareApiVersions, coverAll, inRange, parseApiVersion } from '../../../engine/check/versions.ts';
import { check, openObject, resource, rule, storage, unset, verdict } from './estates.ts';

const tls = {
  [storage]: {
    'properties.https': {
      absent: [
        { until: '2019-04-01', value: false },
        { from: '2019-04-01', value: true },
      ],
      source: 'Learn',
    },
  },
};
const require = { 'properties.https': { equals: true } };

describe('API versions', () => {
  it('are ordered by date, a preview before the stable version of its date', () => {
    const written = ['2019-04-01', '2019-04-01-preview', '2018-07-01', '2019-04-02-beta'];
    const ordered = written.map((each) => parseApiVersion(each)).filter((each) => each !== undefined);
    expect(ordered.sort(compareApiVersions).map(({ date, suffix }) => `${date}${suffix}`)).toEqual([
      '20180701',
      '20190401preview',
      '20190401',
      '20190402beta',
    ]);
    expect(parseApiVersion('latest')).toBeUndefined();
  });

  it('are all covered exactly when every date is in a range', () => {
    const date = fc.integer({ min: 20_100_101, max: 20_100_120 });
    const range = fc
      .record({ from: fc.option(date, { nil: undefined }), until: fc.option(date, { nil: undefined }) })
      .map(({ from, until }) => ({
        ...(from === undefined ? {} : { from }),
        ...(until === undefined ? {} : { until }),
      }));
    fc.assert(
      fc.property(fc.array(range, { maxLength: 5 }), (ranges) => {
        const dates = [0, ...Array.from({ length: 22 }, (_, index) => 20_100_100 + index), 99_999_999];
        expect(coverAll(ranges)).toBe(dates.every((each) => ranges.some((range) => inRange(range, each))));
      }),
    );
  });
});

describe('what absence means', () => {
  it('depends on the API version', () => {
    expect(verdict({}, require, tls, { apiVersion: '2018-07-01' })).toBe('fail');
    expect(verdict({}, require, tls, { apiVersion: '2019-04-01' })).toBe('pass');
    expect(verdict({}, require, tls, { apiVersion: '2019-04-01-preview' })).toBe('pass');
    expect(verdict({ properties: {} }, require, tls, { apiVersion: '2018-07-01' })).toBe('fail');
    expect(verdict({ properties: { https: null } }, require, tls, { apiVersion: '2018-07-01' })).toBe('fail');
    expect(verdict({ Properties: { HTTPS: true } }, require, tls, { apiVersion: '2018-07-01' })).toBe('pass');
  });

  it('is undetermined when the version is not known and it matters', () => {
    expect(verdict({}, require, tls, { apiVersion: undefined })).toBe('undetermined');
    const agreed = {
      [storage]: {
        'properties.https': {
          absent: [
            { until: '2019-04-01', value: false },
            { from: '2019-04-01', value: false },
          ],
          source: 's',
        },
      },
    };
    expect(verdict({}, require, agreed, { apiVersion: undefined })).toBe('fail');
    const partial = {
      [storage]: { 'properties.https': { absent: [{ until: '2019-04-01', value: false }], source: 's' } },
    };
    expect(verdict({}, require, partial, { apiVersion: undefined })).toBe('undetermined');
    expect(verdict({}, require, partial, { apiVersion: '2020-01-01' })).toBe('undetermined');
  });

  it('is undetermined where the object is open', () => {
    expect(verdict(openObject({}), require, tls, { apiVersion: '2018-07-01' })).toBe('undetermined');
    expect(verdict({ properties: unset('properties') }, require, tls)).toBe('undetermined');
  });

  it('comes from the nearest thing around that has a fact', () => {
    const outer = {
      [storage]: {
        'properties.acls': { absent: [{ value: { action: 'Allow', rules: [] } }], source: 's' },
        'properties.acls.bypass': { absent: [{ value: 'None' }], source: 's' },
      },
    };
    const action = { 'properties.acls.action': { equals: 'Deny' } };
    expect(verdict({}, action, outer)).toBe('fail');
    expect(verdict({ properties: { acls: {} } }, action, outer)).toBe('undetermined');
    expect(verdict({}, { 'properties.acls.bypass': { equals: 'None' } }, outer)).toBe('pass');
    expect(verdict({ properties: { acls: {} } }, { 'properties.acls.bypass': { equals: 'None' } }, outer)).toBe('pass');
  });

  it('of an absent object holds for what lies deep in it', () => {
    const none = { [storage]: { 'properties.acls': { absent: 'none', source: 's' } } };
    const deep = { 'properties.acls.rules.first.action': { equals: 'Deny' } };
    expect(verdict({}, deep, none)).toBe('fail');
    expect(verdict({ properties: {} }, deep, none)).toBe('fail');
    expect(verdict({ properties: { acls: null } }, deep, none)).toBe('fail');
    expect(verdict({ properties: { acls: { rules: null } } }, deep, none)).toBe('undetermined');
  });

  it('may be that nothing is configured', () => {
    const none = {
      [storage]: {
        'properties.rules': { absent: 'none', source: 's' },
        'properties.acls': { absent: 'none', source: 's' },
      },
    };
    expect(verdict({}, { 'properties.rules': { any: { equals: 1 } } }, none)).toBe('fail');
    expect(verdict({}, { 'properties.rules': { none: { equals: 1 } } }, none)).toBe('pass');
    expect(verdict({}, { 'properties.acls.defaultAction': { equals: 'Deny' } }, none)).toBe('fail');
    expect(verdict({}, { 'properties.acls.defaultAction': { notEquals: 'Deny' } }, none)).toBe('pass');
    expect(verdict({}, { 'properties.acls.defaultAction': { exists: true } }, none)).toBe('fail');
    expect(verdict({ properties: { acls: {} } }, { 'properties.acls.defaultAction': { equals: 'Deny' } }, none)).toBe(
      'undetermined',
    );
    expect(verdict({}, { 'properties.rules': { any: { equals: 1 } } })).toBe('undetermined');
  });

  it('holds for items of lists', () => {
    const each = { [storage]: { 'properties.rules[].access': { absent: [{ value: 'Allow' }], source: 's' } } };
    const every = { 'properties.rules': { every: { access: { equals: 'Deny' } } } };
    expect(verdict({ properties: { rules: [{ access: 'Deny' }, {}] } }, every, each)).toBe('fail');
    expect(verdict({ properties: { rules: [{ access: 'Deny' }] } }, every, each)).toBe('pass');
  });

  it('may depend on the resource', () => {
    const byKind = {
      [storage]: {
        'properties.tier': {
          absent: [{ value: 'Hot', where: { kind: { equals: 'BlobStorage' } } }, { value: 'Cool' }],
          source: 's',
        },
        kind: { absent: [{ value: 'BlobStorage' }], source: 's' },
      },
    };
    const hot = { 'properties.tier': { equals: 'Hot' } };
    expect(verdict({ kind: 'BlobStorage' }, hot, byKind)).toBe('pass');
    expect(verdict({ kind: 'Other' }, hot, byKind)).toBe('fail');
    expect(verdict({}, hot, byKind)).toBe('pass');
    expect(verdict({ kind: unset('kind') }, hot, byKind)).toBe('undetermined');
  });

  it('does not run in circles', () => {
    const circular = {
      [storage]: {
        a: { absent: [{ value: 1, where: { b: { equals: 1 } } }], source: 's' },
        b: { absent: [{ value: 1, where: { a: { equals: 1 } } }], source: 's' },
      },
    };
    expect(verdict({}, { a: { equals: 1 } }, circular)).toBe('undetermined');
  });

  it('is told in the message, at the header', () => {
    const account = resource(storage, {}, { apiVersion: '2018-07-01' });
    const { findings } = check([account], [rule({ require, message: 'Traffic may travel unencrypted: {value}' })], tls);
    expect(findings[0]?.message).toBe(
      `Traffic may travel unencrypted: false. 'properties.https' is not set; Azure's default for 2018-07-01 is false.`,
    );
    expect(findings[0]?.place).toEqual({
      uri: account.header.uri,
      start: account.header.start,
      end: account.header.end,
    });
  });
});
