import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { account, Workbench } from './run.ts';

const bench = new Workbench();

describe('demarc fix --dry-run', () => {
  it('prints a diff that git applies, to what fix itself would write', () => {
    const bad = account('supportsHttpsTrafficOnly: false');
    const files = { 'main.bicep': bad, 'a/größe 1.bicep': bad.replaceAll('\n', '\r\n'), 'b/end.bicep': bad.trimEnd() };
    bench.write(files);
    const { code, out, err } = bench.run('fix', '--effect', 'behaviour', '--dry-run');
    expect(code).toBe(0);
    expect(err).toContain('3 findings would be mended.');
    expect(out).toContain('\n-    supportsHttpsTrafficOnly: false\n+    supportsHttpsTrafficOnly: true\n');
    for (const [name, text] of Object.entries(files)) expect(bench.read(name)).toBe(text);
    bench.run('fix', '--effect', 'behaviour');
    const fixed = Object.keys(files).map((name) => bench.read(name));
    bench.write(files);
    const applied = spawnSync('git', ['apply', '-'], { cwd: bench.folder, input: out, encoding: 'utf8' });
    expect(applied.stderr).toBe('');
    expect(Object.keys(files).map((name) => bench.read(name))).toEqual(fixed);
  });

  it('prints nothing when there is nothing to mend', () => {
    bench.write({ 'main.bicep': account('supportsHttpsTrafficOnly: true') });
    expect(bench.run('fix', '--dry-run')).toMatchObject({ code: 0, out: '' });
  });
});
