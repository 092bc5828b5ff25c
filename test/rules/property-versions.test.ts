import { describe, expect, test } from 'vitest';
import type { CheckData } from '../../engine/check/compile-all.ts';
import { namedPaths, problemsOfVersions } from '../../engine/check/property-versions.ts';
import type { CompiledRule } from '../../engine/check/rule.ts';
import { pathsOfRule } from '../../engine/check/used-paths.ts';
import { readVersionFacts } from '../../scripts/rule-documents.mjs';
import { compiled } from './judge.ts';

const facts = readVersionFacts(new URL('../..', import.meta.url).pathname);
const [secure] = compiled.checks.rules.filter(({ id }) => id === 'storage/secure-transfer');
if (secure === undefined) throw new Error('The rule that these tests change is gone.');

/** The shipped checks with one more rule. */
function withRule(change: Partial<CompiledRule>): CheckData {
  return {
    ...compiled.checks,
    rules: [...compiled.checks.rules, { ...(secure as CompiledRule), id: 'a/b', ...change }],
  };
}

describe('property versions', () => {
  test('every path of rules, lens tables and facts is in some API version of its type', () => {
    expect(
      problemsOfVersions(compiled.checks, compiled.lens, facts),
      'run npm run facts -- DIR, with DIR a checkout of Azure/bicep-types-az, after adding a path',
    ).toEqual([]);
  });

  test('no type or path is kept that nothing names', () => {
    const named = namedPaths(compiled.checks, compiled.lens);
    const kept = Object.entries(facts).flatMap(([type, { paths }]) =>
      Object.keys(paths).map((path) => `${type} ${path}`),
    );
    expect(kept.filter((each) => !named.get(each.split(' ')[0] ?? '')?.has(each.split(' ')[1] ?? ''))).toEqual([]);
  });

  test.each<[string, Partial<CompiledRule>, string]>([
    [
      'a misspelt property',
      { require: { op: 'value', path: 'properties.supportsHttpTrafficOnly', tests: [] } },
      'no API version of Microsoft.Storage/storageAccounts has properties.supportsHttpTrafficOnly.',
    ],
    [
      'a misspelt type',
      { types: ['Microsoft.Storage/storageAccount'] },
      'no API version has the type Microsoft.Storage/storageAccount.',
    ],
    [
      'a property of an item',
      {
        require: {
          op: 'value',
          path: 'properties.networkAcls.ipRules',
          tests: [
            {
              op: 'quantifier',
              quantifier: 'every',
              over: 'items',
              of: { op: 'value', path: 'adress', tests: [] },
            },
          ],
        },
      },
      'no API version of Microsoft.Storage/storageAccounts has properties.networkAcls.ipRules[].adress.',
    ],
    [
      'a text that Azure does not know',
      { fix: { title: 'x', effect: 'neutral', set: { 'properties.minimumTlsVersion': 'TLS12' } } },
      "the fix sets properties.minimumTlsVersion to 'TLS12', which is none of:",
    ],
  ])('%s is told', (_, change, message) => {
    const problems = problemsOfVersions(withRule(change), compiled.lens, facts);
    expect(
      problems.some((each) => each.startsWith('rules/a/b.yaml: ') && each.includes(message)),
      problems.join('\n'),
    ).toBe(true);
  });

  test('a property of the newest API versions only has its stretch of versions', () => {
    expect(facts['Microsoft.Storage/storageAccounts']?.paths['properties.minimumTlsVersion']?.in?.[0]?.[0]).toBe(
      '2019-04-01',
    );
  });
});

describe('the paths of a rule', () => {
  test('relations name the types that their paths belong to', () => {
    const rule: CompiledRule = {
      ...(secure as CompiledRule),
      types: ['Microsoft.Network/virtualNetworks/subnets'],
      require: {
        op: 'related',
        at: 'properties.networkSecurityGroup.id',
        types: ['Microsoft.Network/networkSecurityGroups'],
        require: { op: 'child', type: 'securityRules', where: { op: 'value', path: 'properties.access', tests: [] } },
      },
      fix: {
        title: 'x',
        effect: 'neutral',
        addChild: { type: 'A.B/c', apiVersion: '2020-01-01', name: 'd', body: { properties: { list: [{ x: 1 }] } } },
      },
    };
    expect(pathsOfRule(rule)).toEqual([
      { types: ['Microsoft.Network/virtualNetworks/subnets'], path: 'properties.networkSecurityGroup.id' },
      { types: ['Microsoft.Network/networkSecurityGroups/securityRules'], path: 'properties.access' },
      { types: ['A.B/c'], path: 'properties.list[].x', apiVersion: '2020-01-01' },
    ]);
  });
});
