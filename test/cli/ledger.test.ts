import { execFileSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { account, Workbench } from './run.ts';

const bench = new Workbench();
const file = '.demarc/ledger.json';

interface Entry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly file: string;
  readonly detected: string;
}

const entries = (): readonly Entry[] =>
  (JSON.parse(bench.read(file)) as { readonly findings: readonly Entry[] }).findings;

/** Writes the ledger of what is found, as if all had been detected at an instant. */
function detectedAt(instant: string): void {
  bench.run('ledger', 'update');
  bench.write({ [file]: bench.read(file).replace(/"detected":"[^"]+"/g, `"detected":"${instant}"`) });
}

interface Listed {
  readonly rule: string;
  readonly state: string;
  readonly detected: string | null;
  readonly due: string | null;
  readonly severity: string;
  readonly inGitSince: string | null;
}

function listed(): readonly Listed[] {
  const { out, err } = bench.run('ledger', 'list', '--format', 'json');
  if (out === '') throw new Error(err);
  return (JSON.parse(out) as { readonly findings: readonly Listed[] }).findings;
}

const http = account('supportsHttpsTrafficOnly: false');

describe('demarc ledger update', () => {
  test('keeps the first detection, also through other names of the file and of the resource', () => {
    bench.write({ 'main.bicep': http });
    const { code, out } = bench.run('ledger', 'update');
    expect(code).toBe(0);
    expect(out).toMatch(/^\.demarc\/ledger\.json: \d+ findings?, \d+ new, 0 gone\.\n$/);
    expect(entries().map(({ rule }) => rule)).toContain('storage/secure-transfer');
    detectedAt('2020-11-30T10:00:00Z');
    const before = entries().length;

    renameSync(join(bench.folder, 'main.bicep'), join(bench.folder, 'storage.bicep'));
    expect(bench.run('ledger', 'update').out).toBe(
      `.demarc/ledger.json: ${before} ${before === 1 ? 'finding' : 'findings'}, 0 new, 0 gone, ${before} under another name.\n`,
    );
    bench.write({ 'storage.bicep': http.replace('resource account', 'resource store') });
    bench.run('ledger', 'update');
    expect(entries().length).toBe(before);
    for (const { file: path, detected } of entries())
      expect([path, detected]).toEqual(['storage.bicep', '2020-11-30T10:00:00Z']);
  });

  test('takes out what is mended, and keeps what is suppressed or was not looked at', () => {
    bench.write({ 'a.bicep': http, 'b.bicep': http });
    detectedAt('2020-11-30T10:00:00Z');
    const isTransfer = ({ rule }: Entry): boolean => rule === 'storage/secure-transfer';
    bench.write({ 'a.bicep': account('supportsHttpsTrafficOnly: true') });
    bench.run('ledger', 'update', 'a.bicep');
    expect(
      entries()
        .filter(isTransfer)
        .map((entry) => entry.file),
    ).toEqual(['b.bicep']);
    bench.write({
      'b.bicep': http.replace('supports', '// demarc:ignore storage/secure-transfer -- meters\n    supports'),
    });
    bench.run('ledger', 'update');
    expect(
      entries()
        .filter(isTransfer)
        .map(({ detected }) => detected),
    ).toEqual(['2020-11-30T10:00:00Z']);
  });

  test('keeps the clock of what a syntax error hides', () => {
    bench.write({ 'main.bicep': http });
    detectedAt('2020-11-30T10:00:00Z');
    const before = entries();
    bench.write({ 'main.bicep': 'resource account = {\n' });
    bench.run('ledger', 'update');
    expect(entries()).toEqual(before);
  });
});

describe('due dates', () => {
  test('come from severity and configuration, by the calendar', () => {
    bench.write({ 'main.bicep': http });
    detectedAt('2020-11-30T10:00:00Z');
    const transfer = (): Listed | undefined => listed().find(({ rule }) => rule === 'storage/secure-transfer');
    const { severity, ...rest } = transfer() ?? { severity: '' };
    expect(severity).toBe('high');
    expect(rest).toMatchObject({ state: 'overdue', detected: '2020-11-30T10:00:00Z', due: '2020-12-14T10:00:00Z' });
    bench.write({ 'demarc.yaml': 'service-levels: { high: 3 months }\n' });
    expect(transfer()?.due).toBe('2021-02-28T10:00:00Z');
    bench.write({ 'demarc.yaml': 'service-levels: { high: 1 hour }\n' });
    expect(transfer()?.due).toBe('2020-11-30T11:00:00Z');
    bench.write({ 'demarc.yaml': 'service-levels: { high: best effort }\n' });
    expect(transfer()).toMatchObject({ state: 'best effort', due: null });
    bench.write({ 'demarc.yaml': 'rules: { storage/secure-transfer: critical }\n' });
    expect(transfer()?.due).toBe('2020-12-02T10:00:00Z');
    bench.write({ 'demarc.yaml': 'service-levels: { high: soon }\n' });
    const { code, err } = bench.run('ledger', 'list');
    expect(code).toBe(2);
    expect(err).toContain("'soon' is no service level; it is like '48 hours', '2 weeks', '3 months' or 'best effort'.");
  });

  test('are listed with the day that git has for the line, which counts for nothing', () => {
    bench.write({ 'main.bicep': http });
    const git = (...args: readonly string[]): void => {
      const env = {
        ...process.env,
        GIT_COMMITTER_DATE: '2019-05-06T07:08:09Z',
        GIT_AUTHOR_DATE: '2018-01-01T00:00:00Z',
      };
      const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
      execFileSync('git', [...who, ...args], { cwd: bench.folder, env });
    };
    git('init', '-q');
    git('add', 'main.bicep');
    git('commit', '-q', '-m', 'First');
    detectedAt('2020-11-30T10:00:00Z');
    const transfer = listed().find(({ rule }) => rule === 'storage/secure-transfer');
    expect(transfer).toMatchObject({ inGitSince: '2019-05-06', detected: '2020-11-30T10:00:00Z' });
    expect(bench.run('ledger', 'list').out).toMatch(
      /^state +due +first detected .* in git since \(information only\)\n/,
    );
  });
});

describe('demarc lint', () => {
  const lint = (...args: readonly string[]) => bench.run('lint', '--rule', 'storage/secure-transfer', ...args);

  test('says that without a ledger nobody knows what is overdue', () => {
    bench.write({ 'main.bicep': http });
    const { code, err } = lint('--fail-on', 'none', '--fail-on-overdue');
    expect(code).toBe(2);
    expect(err).toBe(
      "demarc: there is no ledger, so it is unknown what is overdue. 'demarc ledger update' writes one; commit it.\n",
    );
    expect(lint('--fail-on', 'none').code).toBe(0);
    const { out } = lint('--format', 'json');
    expect((JSON.parse(out) as { readonly serviceLevels: unknown }).serviceLevels).toBe('unknown');
    expect(lint('--ledger', 'nowhere.json').err).toContain("there is no ledger 'nowhere.json'");
  });

  test('fails for what is overdue where that is asked for', () => {
    bench.write({ 'main.bicep': http });
    detectedAt('2020-11-30T10:00:00Z');
    expect(lint('--fail-on', 'none', '--fail-on-overdue').code).toBe(1);
    expect(lint('--fail-on', 'none').code).toBe(0);
    detectedAt('2999-11-30T10:00:00Z');
    expect(lint('--fail-on', 'none', '--fail-on-overdue').code).toBe(0);
  });

  test('has a table of what is due in every format that has room', () => {
    bench.write({ 'main.bicep': http });
    detectedAt('2020-11-30T10:00:00Z');
    const level = { state: 'overdue', detected: '2020-11-30T10:00:00Z', due: '2020-12-14T10:00:00Z' };
    expect(JSON.parse(lint('--format', 'json').out)).toMatchObject({
      findings: [{ rule: 'storage/secure-transfer', serviceLevel: level }],
      serviceLevels: { overdue: 1, due: 0, 'best effort': 0, unknown: 0 },
    });
    expect(lint('--format', 'ndjson').out).toContain(`"serviceLevel":${JSON.stringify(level)}`);
    expect(lint('--format', 'sarif').out.replace(/\s/g, '')).toContain(`"serviceLevel":${JSON.stringify(level)}`);
    expect(lint('--format', 'markdown').out).toContain(`## Service levels

| state | due | first detected | severity | rule | place | resource |
| --- | --- | --- | --- | --- | --- | --- |
| overdue | 2020-12-14T10:00:00Z | 2020-11-30T10:00:00Z | high | storage/secure-transfer | main.bicep:11 | account |
`);
    expect(lint().out).toContain(`Service levels: 1 overdue, 0 due later, 0 best effort, 0 unknown.
  since 2020-12-14T10:00:00Z  high  storage/secure-transfer  main.bicep:11
`);
  });

  test('tells what the ledger does not have yet', () => {
    bench.write({ 'main.bicep': account('supportsHttpsTrafficOnly: true') });
    bench.run('ledger', 'update');
    bench.write({ 'main.bicep': http });
    const { out } = lint();
    expect(out).toContain('Service levels: 0 overdue, 0 due later, 0 best effort, 1 unknown.');
    expect(out).toContain("'demarc ledger update' takes it in");
  });
});
