// What hooks run: the calls that pre-commit makes, by the real one where it is installed.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { account, Workbench } from './run.ts';

const bench = new Workbench();
const good = account('supportsHttpsTrafficOnly: true');
const bad = account('supportsHttpsTrafficOnly: false');
const repository = join(import.meta.dirname, '../..');

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly files: string;
  readonly language: string;
  readonly require_serial: boolean;
  readonly additional_dependencies?: readonly string[];
}

const mirrored = hooksIn('integrations/pre-commit/.pre-commit-hooks.yaml');
const installed = hooksIn('.pre-commit-hooks.yaml');

function hooksIn(path: string): readonly Hook[] {
  return parse(readFileSync(join(repository, path), 'utf8')) as readonly Hook[];
}

function git(...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Tester', '-c', 'user.email=tester@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], { cwd: bench.folder, encoding: 'utf8', stdio: 'pipe' });
}

/** Python's verbose patterns, of which the hooks use blanks and line breaks alone. */
function patternOf({ files }: Hook): RegExp {
  return new RegExp(files.startsWith('(?x)') ? files.slice(4).replace(/\s+/g, '') : files);
}

const preCommit = spawnSync('pre-commit', ['--version']).status === 0;

/** Runs the hook over what is staged; what is not staged is put aside meanwhile. */
function hook(): { readonly code: number | null; readonly out: string } {
  const [own] = mirrored;
  if (own === undefined) throw new Error('There is no hook.');
  if (preCommit) {
    const { status, stdout } = spawnSync('pre-commit', ['run'], { cwd: bench.folder, encoding: 'utf8' });
    return { code: status, out: stdout };
  }
  const staged = git('diff', '--cached', '--name-only', '-z', '--diff-filter=ACMRTUXB').split('\0');
  const files = staged.filter((path) => path !== '' && patternOf(own).test(path));
  if (files.length === 0) return { code: 0, out: '' };
  const patch = git('diff', '--binary');
  if (patch !== '') git('checkout', '--', '.');
  const [, ...args] = own.entry.split(' ');
  const { code, out } = bench.run(...args, ...files);
  if (patch !== '') execFileSync('git', ['apply', '-'], { cwd: bench.folder, input: patch });
  return { code, out };
}

beforeEach(() => {
  git('init', '-q');
  const local = { ...mirrored[0], name: 'Demarc', language: 'system', additional_dependencies: [] };
  const entry = `${JSON.stringify(process.execPath)} ${JSON.stringify(bench.command)} lint --about`;
  bench.write({
    '.pre-commit-config.yaml': JSON.stringify({ repos: [{ repo: 'local', hooks: [{ ...local, entry }] }] }),
    'other.bicep': bad,
    'main.bicep': good,
  });
  git('add', '.');
  git('commit', '-q', '-m', 'first');
});

describe('the hook', () => {
  it('is about what is staged, as it is staged', () => {
    bench.write({ 'main.bicep': bad });
    git('add', 'main.bicep');
    bench.write({ 'main.bicep': good });
    const { code, out } = hook();
    expect(code).toBe(1);
    expect(out).toContain('main.bicep');
    expect(out).not.toContain('other.bicep');
    expect(bench.read('main.bicep')).toBe(good);
    git('add', 'main.bicep');
    bench.write({ 'main.bicep': bad });
    expect(hook().code).toBe(0);
    expect(bench.read('main.bicep')).toBe(bad);
  });

  it('keeps a finding elsewhere whose value comes by way of what is staged', () => {
    bench.write({
      'caller.bicep': "module m 'modules/m.bicep' = {\n  name: 'm'\n  params: { https: false }\n}\n",
      'modules/m.bicep': `param https bool\n${account('supportsHttpsTrafficOnly: https')}`,
    });
    git('add', '.');
    git('commit', '-q', '-m', 'second');
    bench.write({ 'modules/m.bicep': `${bench.read('modules/m.bicep')}// more\n` });
    git('add', '.');
    expect(hook().out).toContain('caller.bicep');
  });

  it('judges what a lock file or a configuration governs', () => {
    bench.write({ 'demarc.yaml': 'fail-on: low\n' });
    git('add', '.');
    expect(hook().out).toContain('other.bicep');
  });
});

describe('the hook files', () => {
  const ours = [
    'main.bicep',
    'infra/prod.bicepparam',
    'main.tf',
    'main.tf.json',
    'main.tofu',
    'prod.tfvars',
    'prod.auto.tfvars.json',
    'a.tftest.hcl',
    'azuredeploy.json',
    'template.jsonc',
    'bicepconfig.json',
    '.terraform.lock.hcl',
    'infra/demarc.yaml',
  ];

  it.each([...mirrored, ...installed].filter(({ entry }) => entry.includes(' lint')))(
    '$id takes every file that matters',
    (each) => {
      const pattern = patternOf(each);
      expect(ours.filter((path) => !pattern.test(path))).toEqual([]);
      expect(['README.md', 'main.bicep.bak', 'values.yaml'].filter((path) => pattern.test(path))).toEqual([]);
      expect(each.require_serial).toBe(true);
    },
  );

  it('build nothing: what runs is the published package, or what is installed', () => {
    for (const { additional_dependencies: brought } of mirrored) expect(brought).toEqual(['demarc@VERSION']);
    for (const { language } of installed) expect(language).toBe('system');
    const manifest = JSON.parse(readFileSync(join(repository, 'integrations/pre-commit/package.json'), 'utf8'));
    expect(Object.keys(manifest).filter((key) => /dependencies|scripts/i.test(key))).toEqual([]);
  });
});
