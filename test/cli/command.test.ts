import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { account, Workbench } from './run.ts';

const bench = new Workbench();
const write = bench.write.bind(bench);
const run = bench.run.bind(bench);
const lintJson = bench.lintJson.bind(bench);

describe('demarc lint', () => {
  it('finds the exact value, exits 1, and 0 once it is right', () => {
    write({ 'main.bicep': account('supportsHttpsTrafficOnly: false') });
    const { code, findings } = lintJson();
    expect(code).toBe(1);
    expect(findings.map(({ rule, file }) => ({ rule, file }))).toEqual([
      { rule: 'storage/secure-transfer', file: 'main.bicep' },
    ]);
    expect(findings[0]?.range).toEqual({ start: { line: 11, column: 31 }, end: { line: 11, column: 36 } });
    expect(findings[0]?.resource).toEqual({
      address: 'account',
      type: 'Microsoft.Storage/storageAccounts',
      name: 'a',
    });
    write({ 'main.bicep': account('supportsHttpsTrafficOnly: true') });
    expect(lintJson()).toEqual({ code: 0, findings: [] });
  });

  it('exits 0 below --fail-on and 2 for a wrong flag, path or rule', () => {
    write({ 'main.bicep': account('supportsHttpsTrafficOnly: false') });
    expect(run('lint', '--fail-on', 'critical').code).toBe(0);
    expect(run('lint', '--fail-on', 'none').code).toBe(0);
    expect(run('lint', '--fail-on', 'severe').code).toBe(2);
    expect(run('lint', 'nowhere').code).toBe(2);
    const wrong = run('lint', '--rule', 'storage/secure-transfr');
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain("Did you mean 'storage/secure-transfer'?");
  });

  it('reports a syntax error and still the finding behind it', () => {
    write({ 'main.bicep': `param = 1\n${account('supportsHttpsTrafficOnly: false')}` });
    const { code, findings } = lintJson('--fail-on', 'none');
    expect(code).toBe(1);
    expect(findings.map(({ rule }) => rule).sort()).toEqual(['demarc/incomplete', 'storage/secure-transfer']);
  });

  it('goes on after files that are binary, not UTF-8 or not there', () => {
    write({
      'binary.bicep': new Uint8Array([0x61, 0x00, 0x62]),
      'latin.bicep': new Uint8Array([0x2f, 0x2f, 0xe9]),
      'caller.bicep': "module gone './gone.bicep' = {\n  name: 'gone'\n}\n",
      'main.bicep': account('supportsHttpsTrafficOnly: false'),
    });
    const { code, findings } = lintJson();
    expect(code).toBe(1);
    const incomplete = findings.filter(({ rule }) => rule === 'demarc/incomplete').map(({ file }) => file);
    expect(incomplete.sort()).toEqual(['binary.bicep', 'caller.bicep', 'latin.bicep']);
    expect(findings.some(({ rule }) => rule === 'storage/secure-transfer')).toBe(true);
  });

  it('ends for modules that call each other, with and without a root above them', () => {
    write({
      'a.bicep': "module b './b.bicep' = { name: 'b' }\n",
      'b.bicep': "module a './a.bicep' = { name: 'a' }\n",
    });
    const cycle = (): readonly string[] =>
      lintJson()
        .findings.filter(({ rule }) => rule === 'demarc/incomplete')
        .map(({ message }) => message);
    expect(cycle()).toEqual([expect.stringContaining('leads back')]);
    write({ 'root.bicep': "module a './a.bicep' = { name: 'a' }\n" });
    expect(cycle()).toEqual([expect.stringContaining('leads back')]);
  });

  it('judges a module by its calls and lists them as one finding', () => {
    write({
      'module.bicep': `param https bool = false\n${account('supportsHttpsTrafficOnly: https')}`,
      'good.bicep': "module a './module.bicep' = { name: 'a', params: { https: true } }\n",
    });
    expect(lintJson()).toEqual({ code: 0, findings: [] });
    write({
      'module.bicep': account('supportsHttpsTrafficOnly: false'),
      'good.bicep': "module a './module.bicep' = { name: 'a' }\nmodule b './module.bicep' = { name: 'b' }\n",
    });
    const { findings } = lintJson();
    expect(findings).toHaveLength(1);
    expect(findings[0]?.instances).toEqual(['a.account', 'b.account']);
  });

  it('honours suppressions with a reason, and complains of those without one, unused, ended or misspelt', () => {
    const ignored = (comment: string): string =>
      account('supportsHttpsTrafficOnly: false').replace(/^/, `${comment}\n`);
    const rulesOf = (comment: string): readonly string[] => {
      write({ 'main.bicep': ignored(comment) });
      return lintJson('--fail-on', 'none')
        .findings.map(({ rule }) => rule)
        .sort();
    };
    expect(rulesOf('// demarc:ignore storage/secure-transfer -- meters speak HTTP')).toEqual([]);
    expect(rulesOf('// demarc:ignore CKV_AZURE_3 -- meters speak HTTP')).toEqual([]);
    const both = ['demarc/suppression', 'storage/secure-transfer'];
    expect(rulesOf('// demarc:ignore storage/secure-transfer')).toEqual(both);
    expect(rulesOf('// demarc:ignore storage/secure-transfer until 2020-01-31 -- meters speak HTTP')).toEqual(both);
    expect(rulesOf('// demarc:ignore storage/secure-transfre -- meters speak HTTP')).toEqual(both);
    expect(rulesOf('// demarc:ignore storage/min-tls -- nothing to do with it')).toEqual(both);
  });

  it('leaves out what git ignores, unless it is named', () => {
    write({
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.gitignore': 'old/\n',
      'old/main.bicep': account('supportsHttpsTrafficOnly: false'),
    });
    expect(lintJson().code).toBe(0);
    expect(lintJson('old/main.bicep').code).toBe(1);
  });
});

describe('demarc fix', () => {
  const read = bench.read.bind(bench);

  it('changes one token at the source, keeps CRLF, leaves nothing behind, and does nothing twice', () => {
    const bad = `param https bool = false\n${account('supportsHttpsTrafficOnly: https')}`.replaceAll('\n', '\r\n');
    write({ 'main.bicep': bad });
    const first = run('fix', '--effect', 'behaviour');
    expect(first.out).toContain('1 finding mended.');
    expect(first.code).toBe(0);
    expect(read('main.bicep')).toBe(bad.replace('bool = false', 'bool = true'));
    expect(readdirSync(bench.folder)).toEqual(['main.bicep']);
    expect(run('fix', '--effect', 'behaviour').out).toBe('0 findings mended.\n');
  });

  it('changes what clients notice only when it is told to, and nothing on a dry run', () => {
    const bad = account('supportsHttpsTrafficOnly: false');
    write({ 'main.bicep': bad });
    expect(run('fix').out).toBe('0 findings mended.\n1 more can be mended with --effect behaviour.\n');
    expect(run('fix', '--effect', 'behaviour', '--dry-run').err).toContain('1 finding would be mended.');
    expect(read('main.bicep')).toBe(bad);
  });

  it('refuses a rule that does not exist', () => {
    write({ 'main.bicep': account('supportsHttpsTrafficOnly: false') });
    const { code, err } = run('fix', '--rule', 'storage/secure-transfr');
    expect(code).toBe(2);
    expect(err).toContain("Did you mean 'storage/secure-transfer'?");
  });

  it('does not touch a resource with a syntax error in it', () => {
    const bad = account('supportsHttpsTrafficOnly: false\n    oops');
    write({ 'main.bicep': bad });
    const { code, out } = run('fix', '--effect', 'behaviour');
    expect(code).toBe(1);
    expect(out).toContain('syntax error');
    expect(read('main.bicep')).toBe(bad);
  });
});

describe('demarc parse', () => {
  it('prints errors with 1-based places', () => {
    write({ 'main.bicep': 'param\n', 'main.tf': 'resource "a" "b" {\n  x = \n}\n', 'other.json': '{"a": }' });
    const { code, out } = run('parse', '--format', 'json');
    expect(code).toBe(1);
    const { files } = JSON.parse(out) as {
      readonly files: readonly {
        readonly file: string;
        readonly language: string;
        readonly errors: readonly { readonly line: number }[];
      }[];
    };
    expect(files.map(({ file, language, errors }) => [file, language, errors.map(({ line }) => line)])).toEqual([
      ['main.bicep', 'bicep', [1]],
      ['main.tf', 'terraform', [2]],
    ]);
  });
});

describe('demarc explain', () => {
  it("knows our ids and peers' ids", () => {
    const ours = run('explain', 'storage/secure-transfer');
    expect(ours.code).toBe(0);
    expect(ours.out).toMatch(/^# .*\n\n`storage\/secure-transfer`/);
    expect(run('explain', 'CKV_AZURE_3').out).toBe(ours.out);
    expect(run('explain', 'nothing/like-it').code).toBe(2);
  });
});
