import { describe, expect, it } from 'vitest';
import type { LintResult } from '../../../engine/analysis/analysis.ts';
import { lint, newAnalysis } from './workspace.ts';

const account = (
  name: string,
  tls: string,
): string => `resource ${name} 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: '${name}'
  location: 'westeurope'
  sku: { name: 'Standard_LRS' }
  kind: 'StorageV2'
  properties: { minimumTlsVersion: ${tls} }
}
`;

const files = {
  'a/main.bicep': "module inner 'inner.bicep' = {\n  name: 'inner'\n}\n",
  'a/inner.bicep': account('inner', "loadTextContent('tls.txt')"),
  'a/tls.txt': 'TLS1_0',
  'b/main.bicep': account('other', "'TLS1_0'"),
  'c/main.tf': 'module "m" {\n  source = "./m"\n}\n',
  'c/m/main.tf': 'output "x" {\n  value = 1\n}\n',
} as const;

const linted = ['a/main.bicep', 'b/main.bicep', 'c/main.tf'];

/** What a second run over other files resolves and checks again, beside what a fresh run finds in them. */
function secondRun(
  changed: Readonly<Record<string, string | undefined>>,
  rules: readonly string[] = [],
): { readonly resolved: number; readonly checked: number; readonly second: LintResult; readonly fresh: LintResult } {
  const analysis = newAnalysis();
  lint(files, { analysis, linted });
  const before = analysis.work;
  const entries = Object.entries({ ...files, ...changed });
  const after = Object.fromEntries(entries.flatMap(([path, text]) => (text === undefined ? [] : [[path, text]])));
  const second = lint(after, { analysis, linted, rules });
  const { resolved, checked } = analysis.work;
  return {
    resolved: resolved - before.resolved,
    checked: checked - before.checked,
    second,
    fresh: lint(after, { linted, rules }),
  };
}

const shown = ({ findings, notices, undetermined, resources }: LintResult): unknown => ({
  findings,
  notices,
  undetermined,
  resources,
});

describe('roots that were judged before', () => {
  it.each([
    ['nothing', {}, 0],
    ['a file that no root reads', { 'other.txt': 'x' }, 0],
    ['the text of a root', { 'b/main.bicep': account('other', "'TLS1_2'") }, 1],
    ['the text of a module', { 'a/inner.bicep': account('inner', "'TLS1_2'") }, 1],
    ['a file that a function loads', { 'a/tls.txt': 'TLS1_2' }, 1],
    ['a module that is gone', { 'a/inner.bicep': undefined }, 1],
    ['a file that has come to a folder of Terraform', { 'c/m/more.tf': 'output "y" {\n  value = 2\n}\n' }, 1],
    ['a variable file that has come', { 'c/terraform.tfvars': 'x = 1\n' }, 1],
    ['several', { 'a/tls.txt': 'TLS1_2', 'b/main.bicep': account('other', "'TLS1_2'") }, 2],
  ])('are resolved again after a change of %s only as far as they depend on it', (_, changed, expected) => {
    const { resolved, checked, second, fresh } = secondRun(changed);
    expect([resolved, checked]).toEqual([expected, expected]);
    expect(shown(second)).toEqual(shown(fresh));
  });

  it('are checked again by other rules without being resolved again', () => {
    const { resolved, checked, second, fresh } = secondRun({}, ['storage/min-tls']);
    expect([resolved, checked]).toEqual([0, 3]);
    expect(shown(second)).toEqual(shown(fresh));
    expect(second.findings.map(({ rule }) => rule)).toEqual(['storage/min-tls', 'storage/min-tls']);
  });

  it('read files as they are now when they are asked for more', () => {
    const only = { analysis: newAnalysis(), linted: ['main.bicep'], rules: ['storage/min-tls'] };
    const main = `${account('main', "'TLS1_2'")}output text string = loadTextContent('text.txt')\n`;
    lint({ 'main.bicep': main, 'text.txt': 'before' }, only);
    const { roots } = lint({ 'main.bicep': main, 'text.txt': 'after' }, only);
    expect(only.analysis.work.resolved).toBe(1);
    expect(roots[0]?.estate.outputs[0]?.value).toMatchObject({ kind: 'scalar', value: 'after' });
  });
});
