// Several processes work on one tree at once: whatever they do, each file is at all times whole, as it was or mended.
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { account, Workbench } from './run.ts';

const bench = new Workbench();
const bad = account('supportsHttpsTrafficOnly: false');
const mended = account('supportsHttpsTrafficOnly: true');
const names = Array.from({ length: 12 }, (_, index) => `größe-${index}/main.bicep`);

function start(...args: readonly string[]): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bench.command, ...args], { cwd: bench.folder, stdio: 'ignore' });
    child.on('close', resolve);
  });
}

it('loses and tears no file when two fix and two lint at once', async () => {
  bench.write(Object.fromEntries(names.map((name) => [name, bad])));
  let isOver = false;
  const fix = ['fix', '--effect', 'behaviour', '--rule', 'storage/secure-transfer'];
  const lint = ['lint', '--rule', 'storage/secure-transfer', '--cache-folder', '.cache'];
  const runs = Promise.all([start(...fix), start(...lint), start(...fix), start(...lint)]).finally(() => {
    isOver = true;
  });
  const torn = new Set<string>();
  while (!isOver) {
    for (const name of names) {
      const text = bench.read(name);
      if (text !== bad && text !== mended) torn.add(text);
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const codes = await runs;
  expect([...torn]).toEqual([]);
  for (const code of codes) expect([0, 1]).toContain(code);
  expect(await start(...fix)).toBe(0);
  for (const name of names) expect(bench.read(name)).toBe(mended);
  for (const name of names) expect(readdirSync(join(bench.folder, name, '..'))).toEqual(['main.bicep']);
  expect(await start(...lint)).toBe(0);
}, 60_000);
