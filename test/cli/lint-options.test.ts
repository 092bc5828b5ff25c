import { describe, expect, it } from 'vitest';
import { account, Workbench } from './run.ts';

const bench = new Workbench();
const bad = account('supportsHttpsTrafficOnly: false');

describe('--format', () => {
  it('prints several at once, each to its file', () => {
    bench.write({ 'main.bicep': bad });
    const { code, out } = bench.run(
      'lint',
      '--format',
      'sarif=out.sarif',
      '--format',
      'compact',
      '--format',
      'junit=out.xml',
    );
    expect(code).toBe(1);
    expect(out).toMatch(/^main\.bicep:11:31: high: .* \[storage\/secure-transfer\]\n$/);
    expect(bench.read('out.xml')).toContain('failures="1"');
    const [run] = JSON.parse(bench.read('out.sarif')).runs;
    expect(run.results[0].fixes[0].artifactChanges[0].replacements[0].insertedContent).toEqual({ text: 'true' });
    expect(run.tool.driver.rules[0].fullDescription.text.length).toBeGreaterThan(40);
  });

  it.each(['stylish', 'json', 'ndjson', 'github', 'gitlab', 'azure', 'checkstyle', 'markdown'])(
    'knows %s',
    (format) => {
      bench.write({ 'main.bicep': bad });
      const { code, out } = bench.run('lint', '--format', format);
      expect(code).toBe(1);
      expect(out).toContain('storage/secure-transfer');
    },
  );

  it('is refused when it is unknown, or when two go to standard output', () => {
    bench.write({ 'main.bicep': bad });
    expect(bench.run('lint', '--format', 'yaml').err).toContain("There is no format 'yaml'");
    const two = bench.run('lint', '--format', 'json', '--format', 'compact');
    expect(two.code).toBe(2);
    expect(two.out).toBe('');
  });
});

describe('standard input', () => {
  it('is linted under the name that it is given, with the files around it', () => {
    bench.write({
      'infra/demarc.yaml': 'rules: { storage/secure-transfer: low }\n',
      'infra/module.bicep': `param https bool\n${account('supportsHttpsTrafficOnly: https')}`,
      'infra/main.bicep': 'not what is linted',
    });
    const input = "module m './module.bicep' = {\n  name: 'm'\n  params: { https: false }\n}\n";
    const { out } = bench.runWith({ input }, 'lint', '--stdin-filename', 'infra/main.bicep', '--format', 'compact');
    expect(out).toMatch(/^infra\/main\.bicep:3:20: low: .* \[storage\/secure-transfer\]\n$/);
    expect(bench.read('infra/main.bicep')).toBe('not what is linted');
  });

  it('may have a name that is not there, and no paths beside it', () => {
    const there = bench.runWith({ input: bad }, 'lint', '-', '--stdin-filename', 'new/folder/main.bicep');
    expect(there.code).toBe(1);
    expect(bench.runWith({ input: bad }, 'lint', 'a.bicep', '--stdin-filename', 'main.bicep').code).toBe(2);
  });
});

describe('what is chosen', () => {
  const two = account("supportsHttpsTrafficOnly: false\n    publicNetworkAccess: 'Enabled'").replace(
    'allowSharedKeyAccess: false',
    'allowSharedKeyAccess: true',
  );

  it('can be a layer', () => {
    bench.write({ 'main.bicep': two });
    const all = bench.lintJson().findings;
    const layers = new Set(all.map(({ layer }) => layer));
    expect(layers.size).toBeGreaterThan(1);
    for (const layer of layers) {
      const { findings } = bench.lintJson('--layer', layer ?? '');
      expect(findings).toEqual(all.filter((each) => each.layer === layer));
    }
    expect(bench.run('lint', '--layer', 'network').code).toBe(2);
  });

  it('can be what an owner answers for', () => {
    bench.write({ 'main.bicep': two });
    expect(bench.lintJson('--owner', 'customer')).toEqual(bench.lintJson());
    expect(bench.lintJson('--owner', 'microsoft')).toEqual({ code: 0, findings: [] });
    expect(bench.run('lint', '--owner', 'nobody').code).toBe(2);
  });

  it('can be limited to what is at risk, and ordered by it', () => {
    bench.write({ 'demarc.yaml': 'rules: { storage/secure-transfer: low }\n', 'main.bicep': two });
    const { findings } = bench.lintJson('--sort', 'risk');
    const scores = findings.map(({ risk }) => risk.score);
    expect(scores.length).toBe(2);
    expect(new Set(scores).size).toBe(2);
    expect([...scores].sort((a, b) => b - a)).toEqual(scores);
    expect(findings[0]?.rule).toBe('storage/shared-key-disabled');
    const most = String(Math.max(...scores));
    expect(bench.lintJson('--min-risk', most).findings.map(({ rule }) => rule)).toEqual([
      'storage/shared-key-disabled',
    ]);
    expect(bench.lintJson('--min-risk', '101')).toEqual({ code: 0, findings: [] });
    expect(bench.run('lint', '--sort', 'risk').out).toMatch(/shared-key-disabled[\s\S]*secure-transfer/);
    expect(bench.run('lint', '--sort', 'size').code).toBe(2);
  });

  it('can be limited to the worst, while all count for the exit code', () => {
    bench.write({ 'demarc.yaml': 'rules: { storage/secure-transfer: low }\n', 'main.bicep': two });
    const shown = bench.lintJson('--max-findings', '1');
    expect(shown.code).toBe(1);
    expect(shown.findings.map(({ rule }) => rule)).toEqual(['storage/shared-key-disabled']);
    const none = bench.lintJson('--max-findings', '0');
    expect(none).toEqual({ code: 1, findings: [] });
    expect(bench.run('lint', '--max-findings', '1').out).toContain('1 further finding not shown (--max-findings).');
    expect(bench.run('lint', '--max-findings', 'few').code).toBe(2);
  });
});

describe('patterns', () => {
  it('name the files that they match, also where the shell does not expand them', () => {
    bench.write({ 'main.bicep': bad, 'a/one.bicep': bad, 'a/b/two.bicep': bad, 'a/b/two.tf': '' });
    const files = (...args: readonly string[]): readonly string[] =>
      bench.lintJson(...args).findings.map(({ file }) => file);
    expect(files('*.bicep')).toEqual(['main.bicep']);
    expect(files('a/**/*.bicep')).toEqual(['a/b/two.bicep', 'a/one.bicep']);
    expect(files('{main,a/one}.bicep')).toEqual(['a/one.bicep', 'main.bicep']);
    const none = bench.run('lint', '*.json');
    expect(none.code).toBe(2);
    expect(none.err).toContain("No file matches '*.json'.");
  });
});

describe('links', () => {
  it('lead to the file, where they are wanted and only on the terminal', () => {
    bench.write({ 'é.bicep': bad });
    const options = { env: { FORCE_HYPERLINK: '1' } };
    const { out } = bench.runWith(options, 'lint', '--format', 'stylish');
    expect(out).toContain('%C3%A9.bicep\u001b\\é.bicep\u001b]8;;\u001b\\');
    bench.runWith(options, 'lint', '--format', 'stylish=out.txt');
    expect(bench.read('out.txt')).not.toContain('\u001b');
    expect(bench.run('lint').out).not.toContain('\u001b');
  });
});
