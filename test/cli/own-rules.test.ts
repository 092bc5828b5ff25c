import { describe, expect, it } from 'vitest';
import { account, Workbench } from './run.ts';

const bench = new Workbench();

/** A rule about the least TLS version, with an example whose `good` is as it is said. */
function rule(parts: { readonly require?: string; readonly good?: string } = {}): string {
  return `title: Storage account wants TLS 1.3
layer: network-controls
concern: encryption
severity: high
profiles: [recommended]
resource: Microsoft.Storage/storageAccounts
require:
  ${parts.require ?? 'properties.minimumTlsVersion: { equals: TLS1_3 }'}
message: Contoso wants TLS 1.3.
fix:
  title: Ask for TLS 1.3
  effect: neutral
  set: { properties.minimumTlsVersion: TLS1_3 }
why: Contoso's rule.
examples:
  - bicep:
      bad: |
        resource a 'Microsoft.Storage/storageAccounts@2023-05-01' = {
          name: 'a'
          properties: { minimumTlsVersion: 'TLS1_2' }
        }
      good: |
        resource a 'Microsoft.Storage/storageAccounts@2023-05-01' = {
          name: 'a'
          properties: { minimumTlsVersion: '${parts.good ?? 'TLS1_3'}' }
        }
`;
}

const rulesFound = (...args: readonly string[]): readonly (readonly [string, string])[] =>
  bench
    .lintJson(...args)
    .findings.filter((finding) => finding.rule.startsWith('contoso/'))
    .map((finding) => [finding.file, finding.rule] as const);

describe('rules of one’s own', () => {
  it('are run in all three languages, have their fix, and are named like those that ship', () => {
    bench.write({
      'demarc.yaml': 'rule-folders: [rules]\n',
      'rules/contoso/tls.yaml': rule(),
      'main.bicep': account(''),
      'azuredeploy.json': JSON.stringify({
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
        contentVersion: '1.0.0.0',
        resources: [
          {
            type: 'Microsoft.Storage/storageAccounts',
            apiVersion: '2023-05-01',
            name: 'b',
            location: 'westeurope',
            properties: { minimumTlsVersion: 'TLS1_2' },
          },
        ],
      }),
      'tf/main.tf':
        'resource "azurerm_storage_account" "a" {\n  name            = "a"\n  min_tls_version = "TLS1_2"\n}\n',
    });
    expect(rulesFound()).toEqual([
      ['azuredeploy.json', 'contoso/tls'],
      ['main.bicep', 'contoso/tls'],
      ['tf/main.tf', 'contoso/tls'],
    ]);
    expect(rulesFound('--rule', 'contoso/tls')).toHaveLength(3);
    expect(bench.run('explain', 'contoso/tls').out).toContain("Contoso's rule.");
    expect(bench.run('rules', 'contoso').out).toContain('Storage account wants TLS 1.3');
    expect(bench.run('fix', '--rule', 'contoso/tls').code).toBe(0);
    expect(bench.read('tf/main.tf')).toContain('"TLS1_3"');
    expect(rulesFound()).toEqual([]);
  });

  it('count only below the file that names their folder, can be set there and suppressed', () => {
    bench.write({
      'inner/demarc.yaml': 'rule-folders: [rules]\n',
      'inner/rules/contoso/tls.yaml': rule(),
      'inner/main.bicep': account(''),
      'main.bicep': account(''),
    });
    expect(rulesFound()).toEqual([['inner/main.bicep', 'contoso/tls']]);
    bench.write({ 'inner/main.bicep': `// demarc:ignore contoso/tls -- old meters\n${account('')}` });
    expect(rulesFound()).toEqual([]);
    bench.write({
      'inner/main.bicep': account(''),
      'inner/demarc.yaml': 'rule-folders: [rules]\nrules:\n  contoso/tls: off\n',
    });
    expect(rulesFound()).toEqual([]);
  });

  it('come in a package, which nothing is executed of', () => {
    bench.write({
      'demarc.yaml': "extends: ['@contoso/demarc']\n",
      'node_modules/@contoso/demarc/demarc.yaml': 'rule-folders: ./policies\n',
      'node_modules/@contoso/demarc/policies/contoso/tls.yaml': rule(),
      'node_modules/@contoso/demarc/policies/contoso/tls.js': 'throw new Error()',
      'main.bicep': account(''),
    });
    expect(rulesFound()).toEqual([['main.bicep', 'contoso/tls']]);
  });

  it('name no check that does not ship, and need a group of their own', () => {
    bench.write({
      'demarc.yaml': 'rule-folders: [rules]\n',
      'rules/contoso/tls.yaml': rule().replace(/require:\n.*\n/, 'check: { name: ./tls.ts }\n'),
      'rules/storage/tls.yaml': rule(),
      'rules/Tls Rule.yaml': rule(),
      'main.bicep': account(''),
    });
    const { code, out } = bench.run('lint', '--format', 'compact');
    expect(code).toBe(2);
    expect(out).toMatch(/rules\/contoso\/tls\.yaml:7:16: high: The check cannot be '\.\/tls\.ts'/);
    expect(out).toContain("Rules of 'storage' ship with Demarc.");
    expect(out).toContain("'own/Tls Rule' cannot be one");
  });

  it('tell a mistake at its place with the nearest name, and the others count', () => {
    bench.write({
      'demarc.yaml': 'rule-folders: [rules, nowhere]\nrules:\n  contoso/tsl: low\n',
      'rules/contoso/tls.yaml': rule(),
      'rules/contoso/wrong.yaml': rule().replace('equals:', 'equal:'),
      'rules/contoso/torn.yaml': 'title: [\n',
      'main.bicep': account(''),
    });
    const { code, out } = bench.run('lint', '--format', 'compact');
    expect(code).toBe(2);
    expect(out).toContain("demarc.yaml:3:3: high: There is no rule 'contoso/tsl'. Did you mean 'contoso/tls'?");
    expect(out).toContain("demarc.yaml:1:23: high: There is no folder 'nowhere'.");
    expect(out).toMatch(/rules\/contoso\/wrong\.yaml:8:35: high: .*'equal'.*Did you mean 'equals'\?/);
    expect(out).toContain('rules/contoso/torn.yaml:');
    expect(out).toContain('Contoso wants TLS 1.3. [contoso/tls]');
    expect(bench.run('fix').code).toBe(2);
  });

  it('are matched in linear time', () => {
    bench.write({
      'demarc.yaml': 'rule-folders: [rules]\n',
      'rules/contoso/name.yaml': rule({ require: "name: { matches: '^(a+)+$' }" }),
      'main.bicep': account('').replace("name: 'a'", `name: '${'a'.repeat(60)}!'`),
    });
    expect(rulesFound()).toEqual([['main.bicep', 'contoso/name']]);
  });
});

describe('demarc test', () => {
  it('is 0 when every example is right, for named folders and for those of demarc.yaml', () => {
    bench.write({ 'rules/contoso/tls.yaml': rule() });
    expect(bench.run('test', 'rules')).toMatchObject({ code: 0, out: expect.stringContaining('1 right, 0 wrong.') });
    expect(bench.run('test').code).toBe(2);
    expect(bench.run('test', 'nowhere').code).toBe(2);
    bench.write({ 'demarc.yaml': 'rule-folders: [rules]\n' });
    expect(bench.run('test').code).toBe(0);
  });

  it('tells what is not found, what is found, and what the fix makes instead', () => {
    bench.write({
      'rules/contoso/missed.yaml': rule({ require: 'properties.minimumTlsVersion: { in: [TLS1_2, TLS1_3] }' }),
      'rules/contoso/good.yaml': rule({ good: 'TLS1_1' }),
      'rules/contoso/fix.yaml': rule({
        require: 'properties.minimumTlsVersion: { notEquals: TLS1_2 }',
        good: 'TLS1_4',
      }),
      'rules/contoso/open.yaml': rule({ require: 'properties.unheardOf: { equals: true }' }),
      'rules/contoso/bare.yaml': rule().replace(/examples:[\s\S]*/, ''),
    });
    const { code, out } = bench.run('test', 'rules');
    expect(code).toBe(1);
    expect(out).toContain('rules/contoso/missed.yaml:16:5 (bicep)\n    bad is not found');
    expect(out).toContain('good is found (fail): Contoso wants TLS 1.3.');
    expect(out).toContain(
      "    -  properties: { minimumTlsVersion: 'TLS1_3' }\n    +  properties: { minimumTlsVersion: 'TLS1_4' }",
    );
    expect(out).toMatch(/bad is not found \(the rule could not be decided: properties\.unheardOf/);
    expect(out).toContain('it has no examples');
    expect(out).toContain('0 right, 5 wrong.');
  });
});

describe('demarc new-rule', () => {
  it.each([
    ['Microsoft.Storage/storageAccounts', 'properties.minimumTlsVersion', '--value', 'TLS1_3'],
    ['Microsoft.Storage/storageAccounts', 'tags.owner'],
    ['Microsoft.Web/sites', 'properties.siteConfig.http20Enabled', '--value', 'true'],
    ['Microsoft.KeyVault/vaults', 'properties.softDeleteRetentionInDays', '--value', '90'],
  ])('writes a rule about %s %s whose examples hold', (type, path, ...options) => {
    const written = bench.run('new-rule', 'contoso/new', type, path, ...options);
    expect(written.err).toBe('');
    expect(written.out).toContain('rule-folders: [demarc-rules]');
    expect(bench.run('test', 'demarc-rules').out).toContain('1 rule with 2 examples: 1 right, 0 wrong.');
  });

  it('goes into the folder of demarc.yaml, and never over a file', () => {
    bench.write({ 'demarc.yaml': 'rule-folders: [policies]\n', 'policies/.keep': '' });
    const write = () => bench.run('new-rule', 'contoso/new', 'Microsoft.Web/sites', 'properties.httpsOnly');
    expect(write().out).toBe(
      "Wrote policies/contoso/new.yaml. Say in it what goes wrong, then run 'demarc test policies'.\n",
    );
    expect(write().code).toBe(2);
  });

  it.each([
    ['Contoso', 'Microsoft.Web/sites', 'properties.a'],
    ['storage/new', 'Microsoft.Web/sites', 'properties.a'],
    ['contoso/new', 'sites', 'properties.a'],
    ['contoso/new', 'Microsoft.Web/sites', 'properties.a[*].b'],
  ])('refuses %s %s %s', (...args) => {
    const { code, err } = bench.run('new-rule', ...args);
    expect(code).toBe(2);
    expect(err).toMatch(/^demarc: /);
  });
});
