import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { account, Workbench } from './run.ts';

const bench = new Workbench();
const bad = account('supportsHttpsTrafficOnly: false');
const good = account('supportsHttpsTrafficOnly: true');
const module = `param https bool = true\n${account('supportsHttpsTrafficOnly: https')}`;
const call = (https: boolean): string => `module m '../shared/m.bicep' = { name: 'm', params: { https: ${https} } }\n`;

/** What a run with the cache prints, which must be what one without it prints. */
function lint(...args: readonly string[]): string {
  const cached = bench.run('lint', '--format', 'json', '--cache-folder', '.cache', ...args);
  const plain = bench.run('lint', '--format', 'json', ...args);
  expect(cached).toEqual(plain);
  return cached.out;
}

const caches = (): readonly string[] => readdirSync(join(bench.folder, '.cache'));

beforeEach(() => {
  bench.write({
    'a/main.bicep': call(true),
    'b/main.bicep': bad,
    'shared/m.bicep': module,
    'tf/main.tf':
      'resource "azurerm_storage_account" "a" {\n  name = "a"\n  https_traffic_only_enabled = var.https\n}\n',
    'tf/variables.tf': 'variable "https" {\n  default = true\n}\n',
    'json/data.json': '{}',
  });
});

describe('--cache', () => {
  it('finds the same again, and nothing anew', () => {
    const first = lint();
    expect(lint()).toBe(first);
    const files = caches();
    expect(files).toHaveLength(1);
    expect(files[0]).toMatch(/^[0-9a-f]+\.json$/);
  });

  it.each([
    ['a file', { 'b/main.bicep': good }],
    ['a caller', { 'a/main.bicep': call(false) }],
    ['what is called', { 'shared/m.bicep': module.replace('= true', '= false').replace(': https', ': false') }],
    ['what a file calls', { 'b/main.bicep': call(false) }],
    ['a file beside it', { 'tf/variables.tf': 'variable "https" {\n  default = false\n}\n' }],
    ['a file that comes', { 'tf/terraform.tfvars': 'https = false\n' }],
    ['a file that is none of ours', { 'tf/.terraform.lock.hcl': '' }],
    ['the configuration', { 'demarc.yaml': 'rules:\n  storage/secure-transfer: off\n' }],
    ['a suppression', { 'b/main.bicep': `// demarc:ignore storage/secure-transfer -- why\n${bad}` }],
    [
      'a suppression that has ended',
      { 'b/main.bicep': `// demarc:ignore storage/secure-transfer until 2020-01-01 -- why\n${bad}` },
    ],
  ])('sees that %s has changed', (_, files) => {
    lint();
    bench.write(files);
    lint();
    lint();
  });

  it('sees a change that keeps size and time', () => {
    lint();
    const path = join(bench.folder, 'b/main.bicep');
    const longAgo = new Date(2020, 1, 1);
    utimesSync(path, longAgo, longAgo);
    const before = lint();
    writeFileSync(path, bad.replace("'TLS1_2'", "'TLS1_0'"));
    utimesSync(path, longAgo, longAgo);
    expect(lint()).not.toBe(before);
  });

  it('takes other options for another run', () => {
    lint();
    lint('--profile', 'all');
    lint('--rule', 'storage/min-tls');
    lint('--layer', 'network-controls');
    lint('--max-findings', '1');
    expect(caches().length).toBe(3);
  });

  it('does without what is torn, and without a folder that cannot be', () => {
    lint();
    const [name = ''] = caches();
    bench.write({ [`.cache/${name}`]: '{"key":' });
    lint();
    bench.write({ plain: '' });
    const { code, err } = bench.run('lint', '--cache-folder', 'plain/below');
    expect(code).toBe(1);
    expect(err).toBe('');
  });

  it('still writes fixes into SARIF', () => {
    lint();
    const { out } = bench.run('lint', '--format', 'sarif', '--cache-folder', '.cache');
    expect(out).toContain('"fixes"');
  });
});

describe('--shard', () => {
  it('shares out what one run finds', () => {
    for (const folder of ['c', 'd', 'e', 'f', 'g', 'h']) bench.write({ [`${folder}/main.bicep`]: bad });
    const all = bench.lintJson().findings;
    const shares = [1, 2, 3].map((index) => bench.lintJson('--shard', `${index}/3`).findings);
    const key = (finding: unknown): string => JSON.stringify(finding);
    expect(shares.flat().map(key).sort()).toEqual(all.map(key).sort());
    expect(shares.filter((share) => share.length > 0).length).toBeGreaterThan(1);
  });

  it.each(['0/2', '3/2', '1', 'a/b'])('refuses %s', (shard) => {
    expect(bench.run('lint', '--shard', shard).code).toBe(2);
  });
});
