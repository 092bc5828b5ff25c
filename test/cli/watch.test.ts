import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, expect, it } from 'vitest';
import { account, Workbench } from './run.ts';

const bench = new Workbench();
let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill();
});

/** Starts a watching run; gives the next report each time it is asked. */
function watching(): () => Promise<string> {
  const started = spawn(process.execPath, [bench.command, 'lint', '--watch', '--format', 'compact'], {
    cwd: bench.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  let out = '';
  let runs = 0;
  let read = 0;
  const waiting: (() => void)[] = [];
  started.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  started.stderr.setEncoding('utf8').on('data', (text: string) => {
    runs += text.split('Waiting').length - 1;
    for (const wake of waiting.splice(0)) wake();
  });
  return async () => {
    read++;
    while (runs < read) await new Promise<void>((resolve) => waiting.push(resolve));
    const report = out;
    out = '';
    return report;
  };
}

it('lints again when a file changes, and only then', async () => {
  bench.write({ 'main.bicep': account('supportsHttpsTrafficOnly: false') });
  const next = watching();
  expect(await next()).toContain('[storage/secure-transfer]');
  bench.write({ 'main.bicep': account('supportsHttpsTrafficOnly: true') });
  expect(await next()).toBe('');
  bench.write({ 'new/main.bicep': account('supportsHttpsTrafficOnly: false') });
  expect(await next()).toContain('new/main.bicep');
}, 60_000);

it('goes with neither --staged nor standard input', () => {
  expect(bench.run('lint', '--watch', '--staged').code).toBe(2);
});
