import { expect, it } from 'vitest';
import { account, Workbench } from './run.ts';

const bench = new Workbench();
const bad = account('supportsHttpsTrafficOnly: false');
const mended = account('supportsHttpsTrafficOnly: true');

const fix = (input: string) => bench.runWith({ input }, 'fix', '--interactive', '--rule', 'storage/secure-transfer');

it('shows each fix with its change and its effect, and makes those that are wanted', () => {
  bench.write({ 'a.bicep': bad, 'b.bicep': bad });
  const { code, out, err } = fix('n\nhow\ny\n');
  expect(code).toBe(0);
  expect(out).toBe('1 finding mended.\n');
  expect(err).toContain('-    supportsHttpsTrafficOnly: false\n+    supportsHttpsTrafficOnly: true\n');
  expect(err).toContain('Fix (behaviour): Accept only HTTPS');
  expect(err).toContain('Clients that still speak plain HTTP are refused.');
  expect(bench.read('a.bicep')).toBe(bad);
  expect(bench.read('b.bicep')).toBe(mended);
});

it('makes all of a rule without asking again, stops at q, and at the end of the answers', () => {
  bench.write({ 'a.bicep': bad, 'b.bicep': bad, 'c.bicep': bad });
  expect(fix('q\n').out).toBe('0 findings mended.\n');
  expect(fix('').out).toBe('0 findings mended.\n');
  expect(fix('n\na\n').out).toBe('2 findings mended.\n');
  expect(['a.bicep', 'b.bicep', 'c.bicep'].map(bench.read.bind(bench))).toEqual([bad, mended, mended]);
  expect(bench.run('fix', '--interactive', '--dry-run').code).toBe(2);
});
