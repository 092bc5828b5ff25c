import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { Workbench } from './run.ts';

const bench = new Workbench();

describe('demarc completion', () => {
  it('completes commands, options and values in bash', () => {
    const script = bench.run('completion', 'bash').out;
    const complete = (...words: readonly string[]): readonly string[] => {
      const given = words.map((word) => `'${word}'`).join(' ');
      const input = `${script}\nCOMP_WORDS=(${given})\nCOMP_CWORD=${words.length - 1}\n_demarc\nprintf '%s\\n' "\${COMPREPLY[@]}"\n`;
      const { stdout, stderr } = spawnSync('bash', ['--norc'], { input, encoding: 'utf8' });
      expect(stderr).toBe('');
      return stdout.split('\n').filter((line) => line !== '');
    };
    expect(complete('demarc', 'li')).toEqual(['lint']);
    expect(complete('demarc', '')).toEqual(expect.arrayContaining(['lint', 'fix', 'explain', 'rules', '--version']));
    expect(complete('demarc', 'lint', '--fail-on-')).toEqual(['--fail-on-overdue', '--fail-on-undetermined']);
    expect(complete('demarc', 'lint', '--fail-on', '')).toEqual(['critical', 'high', 'medium', 'low', 'none']);
    expect(complete('demarc', 'lint', '--layer', 'net')).toEqual(['network-controls']);
    expect(complete('demarc', 'completion', 'p')).toEqual(['powershell']);
    expect(complete('demarc', 'lint', 'main')).toEqual([]);
  });

  it.each(['zsh', 'fish', 'powershell'])('names every command and its values for %s', (shell) => {
    const { code, out } = bench.run('completion', shell);
    expect(code).toBe(0);
    for (const name of ['lint', 'fix', 'explain', 'rules', 'config', 'init', 'baseline', 'parse'])
      expect(out).toContain(name);
    expect(out).toContain('fail-on-undetermined');
    expect(out).toMatch(/critical['"]?,? ['"]?high['"]?,? ['"]?medium/);
    // A quote that is not closed would break the shell that reads it.
    const quotes = out.replaceAll("'\\''", '').replaceAll("\\'", '').match(/'/g)?.length ?? 0;
    expect(quotes % 2).toBe(0);
  });

  it('refuses a shell that it does not know', () => {
    expect(bench.run('completion', 'tcsh').code).toBe(2);
  });
});
