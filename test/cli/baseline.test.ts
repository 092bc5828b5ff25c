import { describe, expect, it } from 'vitest';
import { account, Workbench } from './run.ts';

const bench = new Workbench();
const bad = account('supportsHttpsTrafficOnly: false');
const lintKnown = (...args: readonly string[]) => bench.lintJson('--baseline', 'demarc-baseline.json', ...args);

describe('a baseline', () => {
  it('leaves only what is new, however lines move', () => {
    bench.write({ '.git/HEAD': '', 'a/main.bicep': bad });
    expect(bench.run('baseline', 'create').out).toBe('demarc-baseline.json: 1 finding, 1 new, 0 gone.\n');
    expect(lintKnown()).toEqual({ code: 0, findings: [] });
    bench.write({ 'a/main.bicep': `${'// more\n'.repeat(20)}${bad}` });
    expect(lintKnown().code).toBe(0);
    // The same mistake in another folder is a new one.
    bench.write({ 'b/main.bicep': bad });
    const { code, findings } = lintKnown();
    expect(code).toBe(1);
    expect(findings.map(({ file }) => file)).toEqual(['b/main.bicep']);
    expect(bench.run('lint', '--baseline', 'demarc-baseline.json').out).toContain(
      '1 finding in the baseline not shown.',
    );
    // From another folder of the repository it is the same baseline.
    expect(bench.runWith({ below: 'a' }, 'lint', '--baseline', '../demarc-baseline.json').code).toBe(0);
  });

  it('is not written over by create, is updated, and pruned', () => {
    bench.write({ 'a/main.bicep': bad });
    bench.run('baseline', 'create');
    const again = bench.run('baseline', 'create');
    expect(again.code).toBe(2);
    expect(again.err).toContain('baseline update');
    bench.write({ 'a/main.bicep': account(''), 'b/main.bicep': bad });
    expect(bench.run('baseline', 'prune').out).toBe('demarc-baseline.json: 0 findings, 0 new, 1 gone.\n');
    expect(lintKnown().code).toBe(1);
    expect(bench.run('baseline', 'update').out).toBe('demarc-baseline.json: 1 finding, 1 new, 0 gone.\n');
    expect(lintKnown().code).toBe(0);
    const written = bench.read('demarc-baseline.json');
    bench.run('baseline', 'update');
    expect(bench.read('demarc-baseline.json')).toBe(written);
  });

  it('keeps what lies outside of the paths, as long as its file is there', () => {
    bench.write({ 'a/main.bicep': bad, 'b/main.bicep': bad });
    bench.run('baseline', 'create');
    expect(bench.run('baseline', 'update', 'a').out).toBe('demarc-baseline.json: 2 findings, 0 new, 0 gone.\n');
    bench.write({ 'b/main.bicep': account('') });
    expect(bench.run('baseline', 'prune', 'a').out).toContain('2 findings');
    expect(bench.run('baseline', 'prune').out).toContain('1 finding, 0 new, 1 gone');
  });

  it('is refused when it is not there or is none', () => {
    expect(bench.run('lint', '--baseline', 'gone.json').err).toContain("there is no baseline 'gone.json'");
    bench.write({ 'demarc-baseline.json': '{ "version": 2 }' });
    expect(bench.run('lint', '--baseline', 'demarc-baseline.json')).toMatchObject({ code: 2 });
    bench.write({ 'demarc-baseline.json': '{' });
    expect(bench.run('baseline', 'update').err).toContain("'demarc-baseline.json' cannot be read");
    expect(bench.run('baseline', 'forget').code).toBe(2);
  });

  it('may be named in demarc.yaml, from any folder below', () => {
    bench.write({ 'sub/main.bicep': account('supportsHttpsTrafficOnly: false'), 'demarc.yaml': 'fail-on: low\n' });
    expect(bench.run('baseline', 'create', '--file', 'known.json').code).toBe(0);
    expect(bench.run('lint').code).toBe(1);
    bench.write({ 'demarc.yaml': 'fail-on: low\nbaseline: known.json\n' });
    expect(bench.run('lint').code).toBe(0);
    expect(bench.run('config').out).toMatch(/^baseline +known\.json +demarc\.yaml:2:11$/m);
    bench.write({ 'demarc.yaml': 'baseline: gone.json\n' });
    expect(bench.run('lint')).toMatchObject({ code: 2, err: expect.stringContaining('there is no baseline') });
  });
});
