import { afterEach, expect, it } from 'vitest';
import { Client } from './client.ts';
import { storage } from './texts.ts';

let client: Client;

afterEach(async () => {
  await client.stop();
});

async function open(text: string): Promise<void> {
  client = new Client({ files: { 'demarc.yaml': text } });
  await client.open('demarc.yaml', 'yaml', text);
}

async function offered(text: string, behind: string): Promise<readonly string[]> {
  await open(text);
  return (await client.completions('demarc.yaml', behind)).map(({ label }) => label);
}

it.each([
  ['pro', 'pro', 'profile'],
  ['profile: ', 'profile: ', 'strict'],
  ['fail-on: h', 'fail-on: h', 'high'],
  ['rules:\n  stor', '  stor', 'storage/min-tls'],
  ['rules:\n  storage/min-tls: ', 'tls: ', 'off'],
  ['rules:\n  storage/min-tls:\n    sev', '    sev', 'severity'],
  ['rules:\n  storage/min-tls:\n    severity: ', 'severity: ', 'critical'],
  ['overrides:\n  - pat', '- pat', 'paths'],
  ['overrides:\n  - paths: [a]\n    rules:\n      stor', '      stor', 'storage/min-tls'],
  ['classification:\n  cla', '  cla', 'classes'],
  ['classification:\n  classes:\n    secret:\n      req', '      req', 'requires'],
  ['classification:\n  classes:\n    secret:\n      requires: [enc', '[enc', 'encryption'],
  ['classification:\n  classes:\n    secret:\n      rules:\n        stor', '        stor', 'storage/min-tls'],
  ['classification:\n  classes:\n    secret:\n      rules:\n        storage/min-tls: ', 'tls: ', 'critical'],
  ['provided-elsewhere: [log', '[log', 'logging'],
  ['provided-elsewhere:\n  - log', '- log', 'logging'],
])('in %j offers behind %j %s', async (text, behind, expected) => {
  expect(await offered(text, behind)).toContain(expected);
});

it('offers nothing in a comment', async () => {
  expect(await offered('# pro', '# pro')).toEqual([]);
});

it('explains the rule at the cursor', async () => {
  await open('rules:\n  storage/min-tls: off\n');
  const hover = await client.hover('demarc.yaml', 'min-tls');
  expect(hover?.contents).toMatchObject({
    value: expect.stringContaining('Storage account refuses TLS older than 1.2'),
  });
});

it('tells what is wrong, and judges anew once it is right', async () => {
  await open('rules:\n  storage/secure-transfr: off\n');
  const wrong = await client.diagnostics('demarc.yaml');
  expect(wrong.map(({ message }) => message).join()).toContain("Did you mean 'storage/secure-transfer'?");
  await client.open('main.bicep', 'bicep', storage('    supportsHttpsTrafficOnly: false'));
  const found = async (): Promise<readonly unknown[]> =>
    (await client.diagnostics('main.bicep')).map(({ code }) => code);
  expect(await found()).toContain('storage/secure-transfer');
  await client.replace('demarc.yaml', 'transfr', 'transfer');
  expect(await client.diagnostics('demarc.yaml')).toEqual([]);
  expect(await found()).not.toContain('storage/secure-transfer');
});
