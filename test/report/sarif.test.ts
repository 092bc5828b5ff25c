import { describe, expect, it } from 'vitest';
import type { RuleText } from '../../engine/check/rule.ts';
import { printSarif, type SarifOptions } from '../../report/sarif.ts';
import { rule } from '../engine/check/estates.ts';
import { empty, finding, report, sources } from './sample.ts';

const requirement = { require: { tls: { equals: '1.2' } } };
const ids = ['storage/min-tls', 'storage/tags', 'storage/secure-transfer', 'storage/unused'];
const references = { policy: [], mcsb: ['DP-3'], cis: ['3.1'], aliases: [], links: [] };
const options: SarifOptions = {
  rules: new Map(ids.map((id) => [id, rule({ ...requirement, severity: 'critical' }, id)])),
  texts: new Map(ids.map((id): [string, RuleText] => [id, { id, why: 'Because.', references, options: {} }])),
  fixOf: ({ rule: id }) =>
    id === 'storage/min-tls'
      ? {
          title: 'Accept TLS 1.2 only',
          files: [{ uri: finding.place.uri, edits: [{ start: 19, end: 27, text: "'TLS1_2'" }] }],
        }
      : undefined,
};

const log = JSON.parse(printSarif(report, sources, options));
const [run] = log.runs;
const resultOf = (id: string) => run.results.find((each: { readonly ruleId: string }) => each.ruleId === id);

describe('SARIF', () => {
  it('is one run of version 2.1.0', () => {
    expect(log.version).toBe('2.1.0');
    expect(log.runs).toHaveLength(1);
    expect(run.tool.driver).toMatchObject({ name: 'Demarc', semanticVersion: '1.2.3' });
    expect(run.columnKind).toBe('utf16CodeUnits');
    expect(run.invocations).toEqual([{ executionSuccessful: false }]);
  });

  it('describes the rules that results are of, each found by its index', () => {
    const described: readonly { readonly id: string }[] = run.tool.driver.rules;
    expect(described.map(({ id }) => id)).toEqual([
      'demarc/incomplete',
      'demarc/module',
      'storage/min-tls',
      'storage/secure-transfer',
      'storage/tags',
    ]);
    for (const result of run.results) expect(described[result.ruleIndex]?.id).toBe(result.ruleId);
    expect(described[2]).toMatchObject({
      shortDescription: { text: 'All is well' },
      fullDescription: { text: 'Because.' },
      defaultConfiguration: { level: 'error' },
      properties: { 'security-severity': '9.5' },
    });
  });

  it('has levels by severity', () => {
    expect(run.results.map(({ level }: { readonly level: string }) => level)).toEqual([
      'error',
      'note',
      'error',
      'note',
      'error',
    ]);
  });

  it('places results by relative, encoded paths and 1-based regions', () => {
    expect(resultOf('storage/min-tls').locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'a/gr%C3%B6%C3%9Fe%201.bicep', uriBaseId: 'SRCROOT' },
          region: { startLine: 1, startColumn: 20, endLine: 1, endColumn: 28, snippet: { text: "'TLS1_0'" } },
        },
        logicalLocations: [{ name: 'x', fullyQualifiedName: 'x', kind: 'resource' }],
      },
    ]);
    expect(Object.keys(run.originalUriBaseIds)).toEqual(['SRCROOT']);
    expect(resultOf('demarc/incomplete').locations[0].physicalLocation.region).toEqual({
      startLine: 1,
      startColumn: 1,
      endLine: 1,
      endColumn: 1,
    });
  });

  it('tells related places, and the way of a value from where it is written', () => {
    const { relatedLocations, codeFlows } = resultOf('storage/min-tls');
    expect(
      relatedLocations.map(({ id, message }: { readonly id: number; readonly message: object }) => [id, message]),
    ).toEqual([
      [0, { text: 'used as parameter here' }],
      [1, { text: 'passed here' }],
      [2, { text: 'it concerns x' }],
    ]);
    expect(relatedLocations[0].physicalLocation.artifactLocation).toEqual({ uri: 'file:///elsewhere/module.bicep' });
    const steps = codeFlows[0].threadFlows[0].locations;
    expect(steps.map(({ location }: { readonly location: { readonly message: object } }) => location.message)).toEqual([
      { text: 'the value is written here' },
      { text: 'passed here' },
      { text: 'used as parameter here' },
    ]);
    expect(resultOf('storage/tags')).not.toHaveProperty('codeFlows');
  });

  it('carries fixes, fingerprints and suppressions with their reason', () => {
    const result = resultOf('storage/min-tls');
    expect(result.fixes).toEqual([
      {
        description: { text: 'Accept TLS 1.2 only' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'a/gr%C3%B6%C3%9Fe%201.bicep', uriBaseId: 'SRCROOT' },
            replacements: [
              {
                deletedRegion: { startLine: 1, startColumn: 20, endLine: 1, endColumn: 28 },
                insertedContent: { text: "'TLS1_2'" },
              },
            ],
          },
        ],
      },
    ]);
    expect(result.partialFingerprints).toEqual({ 'demarc/v1': finding.fingerprint });
    expect(result.suppressions).toEqual([]);
    expect(resultOf('storage/secure-transfer').suppressions).toEqual([
      { kind: 'inSource', justification: 'meters speak HTTP' },
    ]);
  });

  it('relates rules to the frameworks that ask for them', () => {
    expect(
      run.taxonomies.map(({ name, taxa }: { readonly name: string; readonly taxa: object }) => [name, taxa]),
    ).toEqual([
      ['Microsoft cloud security benchmark', [{ id: 'DP-3' }]],
      ['CIS Microsoft Azure Foundations Benchmark', [{ id: '3.1' }]],
    ]);
    for (const { target } of run.tool.driver.rules[2].relationships) {
      const taxonomy = run.taxonomies[target.toolComponent.index];
      expect(taxonomy.name).toBe(target.toolComponent.name);
      expect(taxonomy.taxa[target.index].id).toBe(target.id);
    }
  });

  it('is a successful run without results when there is nothing', () => {
    const [clean] = JSON.parse(printSarif(empty, sources, options)).runs;
    expect(clean.results).toEqual([]);
    expect(clean.invocations).toEqual([{ executionSuccessful: true }]);
    expect(clean).not.toHaveProperty('taxonomies');
  });
});
