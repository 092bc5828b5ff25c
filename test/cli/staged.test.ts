import { execFileSync } from 'node:child_process';
import { beforeEach, describe, expect, it } from 'vitest';
import { account, Workbench } from './run.ts';

const bench = new Workbench();
const good = account('supportsHttpsTrafficOnly: true');
const bad = account('supportsHttpsTrafficOnly: false');

function git(...args: readonly string[]): void {
  const identity = ['-c', 'user.name=Tester', '-c', 'user.email=tester@example.com', '-c', 'commit.gpgsign=false'];
  execFileSync('git', [...identity, ...args], { cwd: bench.folder, stdio: 'pipe' });
}

function staged(...args: readonly string[]): readonly (readonly [string, string])[] {
  return bench.lintJson('--staged', ...args).findings.map(({ rule, file }) => [rule, file] as const);
}

beforeEach(() => {
  git('init', '-q');
  bench.write({ 'other.bicep': bad, 'main.bicep': good });
  git('add', '.');
  git('commit', '-q', '-m', 'first');
});

describe('demarc lint --staged', () => {
  it('is about what is staged, as it is staged', () => {
    expect(staged()).toEqual([]);
    bench.write({ 'main.bicep': bad });
    expect(staged()).toEqual([]);
    git('add', 'main.bicep');
    bench.write({ 'main.bicep': good });
    expect(staged()).toEqual([['storage/secure-transfer', 'main.bicep']]);
    expect(bench.run('lint', '--staged').code).toBe(1);
    git('add', 'main.bicep');
    bench.write({ 'main.bicep': bad });
    expect(bench.run('lint', '--staged').code).toBe(0);
  });

  it('judges a staged module by its calls, which need not be staged', () => {
    const module = `param https bool = false\n${account('supportsHttpsTrafficOnly: https')}`;
    const call = (https: boolean): string =>
      `module m 'modules/storage.bicep' = {\n  name: 'm'\n  params: { https: ${https} }\n}\n`;
    bench.write({ 'caller.bicep': call(true) });
    git('add', 'caller.bicep');
    git('commit', '-q', '-m', 'second');
    bench.write({ 'modules/storage.bicep': module });
    git('add', 'modules');
    expect(staged()).toEqual([]);
    // A finding at the call is kept: the value passes through the staged module.
    bench.write({ 'caller.bicep': call(false) });
    git('commit', '-q', '-m', 'third');
    git('add', 'caller.bicep');
    git('commit', '-q', '-m', 'fourth');
    bench.write({ 'modules/storage.bicep': `${module}// more\n` });
    git('add', 'modules');
    expect(staged()).toEqual([['storage/secure-transfer', 'caller.bicep']]);
  });

  it('reads the variables beside a staged Terraform file, and not what git does not know', () => {
    const storage = `resource "azurerm_storage_account" "a" {
  name                            = "a"
  resource_group_name             = "rg"
  location                        = "westeurope"
  account_tier                    = "Standard"
  account_replication_type        = "LRS"
  allow_nested_items_to_be_public = false
  shared_access_key_enabled       = false
  https_traffic_only_enabled      = var.https
  network_rules {
    default_action = "Deny"
  }
}
`;
    bench.write({ 'tf/variables.tf': 'variable "https" {\n  default = false\n}\n' });
    git('add', 'tf');
    git('commit', '-q', '-m', 'second');
    bench.write({ 'tf/main.tf': storage, 'tf/terraform.tfvars': 'https = true\n' });
    git('add', 'tf/main.tf');
    expect(staged()).toEqual([['storage/secure-transfer', 'tf/variables.tf']]);
    git('add', 'tf/terraform.tfvars');
    expect(staged()).toEqual([]);
  });

  it('reads what was deleted on disk and not in the index, and names that are not ASCII', () => {
    bench.write({ 'größe 1/main.bicep': "module m '../module.bicep' = {\n  name: 'm'\n}\n", 'module.bicep': bad });
    git('add', '.');
    execFileSync('rm', ['module.bicep'], { cwd: bench.folder });
    expect(staged()).toEqual([['storage/secure-transfer', 'module.bicep']]);
    expect(staged('größe 1')).toEqual([['storage/secure-transfer', 'module.bicep']]);
    expect(staged('other.bicep')).toEqual([]);
  });

  it('is refused outside of a repository', () => {
    execFileSync('rm', ['-rf', '.git'], { cwd: bench.folder });
    const { code, err } = bench.run('lint', '--staged');
    expect(code).toBe(2);
    expect(err).toContain('not a git repository');
  });
});

describe('demarc lint --changed-since', () => {
  it('is about what has changed on the branch and on disk, new files included', () => {
    const since = (...args: readonly string[]): readonly string[] =>
      bench.lintJson('--changed-since', 'start', ...args).findings.map(({ file }) => file);
    git('branch', 'start');
    expect(since()).toEqual([]);
    bench.write({ 'new.bicep': bad });
    expect(since()).toEqual(['new.bicep']);
    git('add', 'new.bicep');
    git('commit', '-q', '-m', 'second');
    bench.write({ 'main.bicep': bad });
    expect(since()).toEqual(['main.bicep', 'new.bicep']);
    expect(since('main.bicep')).toEqual(['main.bicep']);
    // What others change meanwhile on the other branch is not ours.
    git('stash', '-q');
    git('checkout', '-q', 'start');
    bench.write({ 'other.bicep': `${bad}// theirs\n` });
    git('commit', '-q', '-a', '-m', 'theirs');
    git('checkout', '-q', '-');
    git('stash', 'pop', '-q');
    expect(since()).toEqual(['main.bicep', 'new.bicep']);
  });

  it('is refused for what is no commit, and beside others of its kind', () => {
    const { code, err } = bench.run('lint', '--changed-since', '--output=x');
    expect(code).toBe(2);
    expect(err).toContain('git rev-parse says');
    expect(bench.run('lint', '--changed-since', 'HEAD', '--staged').code).toBe(2);
  });
});
