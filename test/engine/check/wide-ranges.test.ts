import { describe, expect, it } from 'vitest';
import { check, either, openList, resource, rule, unset, type Written } from './estates.ts';

const type = 'Microsoft.Storage/storageAccounts';
const list = rule({
  resource: type,
  check: { name: 'network/wide-ranges', options: { path: 'properties.networkAcls.ipRules[].value' } },
});
function verdictOf(tried: typeof list, properties: { readonly [key: string]: Written }): string {
  const result = check([resource(type, { properties })], [tried]);
  if (result.findings.length > 0) return `${result.findings[0]?.verdict} ${result.findings.length}`;
  return result.undetermined.length > 0 ? 'undetermined' : 'pass';
}

const rules = (...values: readonly Written[]) => ({ networkAcls: { ipRules: values.map((value) => ({ value })) } });

describe('a list of allowed addresses', () => {
  const cases: readonly (readonly [string, { readonly [key: string]: Written }, string])[] = [
    ['everybody', rules('203.0.113.0/24', '0.0.0.0/0'), 'fail 1'],
    ['both halves, each too wide', rules('0.0.0.0/1', '128.0.0.0/1'), 'fail 2'],
    ['many ranges that are too wide together', rules('20.0.0.0/9', '21.0.0.0/9', '22.0.0.0/9'), 'fail 1'],
    ['a range', rules('1.0.0.0-200.0.0.0'), 'fail 1'],
    ['several in one text', rules('10.0.0.0/24,0.0.0.0/0'), 'fail 1'],
    ['somebody’s own network', rules('203.0.113.0/24', '198.51.100.7'), 'pass'],
    ['exactly a /8', rules('20.0.0.0/8'), 'pass'],
    ['a host name', rules('build.example.com'), 'pass'],
    ['nothing', rules(), 'pass'],
    ['something not known', rules(unset('office'), '203.0.113.7'), 'undetermined'],
    ['something not known beside everybody', rules(unset('office'), '0.0.0.0/0'), 'fail 1'],
    [
      'a list that is not known whole',
      { networkAcls: { ipRules: openList({ value: '203.0.113.7' }) } },
      'undetermined',
    ],
    ['a list that is not known', { networkAcls: { ipRules: unset('rules') } }, 'undetermined'],
    ['everybody in one alternative', rules(either('open', '0.0.0.0/0', '203.0.113.7')), 'may-fail 1'],
  ];
  it.each(cases)('of %s', (_, properties, expected) => {
    expect(verdictOf(list, properties)).toBe(expected);
  });

  it('may stand at several places, and counts together', () => {
    const both = rule({
      resource: type,
      check: {
        name: 'network/wide-ranges',
        options: { path: ['properties.networkAcls.ipRules[].value', 'properties.ipRangeFilter'] },
      },
    });
    expect(verdictOf(both, { ipRangeFilter: '203.0.113.7,0.0.0.0/0' })).toBe('fail 1');
    expect(verdictOf(both, { ...rules('20.0.0.0/8'), ipRangeFilter: '21.0.0.0/8' })).toBe('fail 1');
    expect(verdictOf(both, { ...rules('20.0.0.0/8'), ipRangeFilter: '20.0.0.0/9' })).toBe('pass');
  });
});
