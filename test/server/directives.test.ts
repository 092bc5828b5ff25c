import { afterEach, describe, expect, it } from 'vitest';
import type { CompletionItem } from 'vscode-languageserver-protocol';
import { Client } from './client.ts';
import { storage } from './texts.ts';

const clients: Client[] = [];

async function open(file: string, languageId: string, text: string, initializationOptions = {}): Promise<Client> {
  const client = new Client({ files: {}, initializationOptions });
  clients.push(client);
  await client.open(file, languageId, text);
  return client;
}

afterEach(async () => {
  for (const client of clients.splice(0)) await client.stop();
});

const bicep = (comment: string): string =>
  storage(`    ${comment}\n    supportsHttpsTrafficOnly: false\n    minimumTlsVersion: 'TLS1_0'`);

const labels = (items: readonly CompletionItem[]): readonly string[] =>
  [...items].sort((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1)).map(({ label }) => label);

describe('in a suppression', () => {
  it('offers the directive in a comment, and nothing outside of one', async () => {
    const client = await open('main.bicep', 'bicep', bicep('// dem'));
    expect(labels(await client.completions('main.bicep', '// dem'))).toEqual(['demarc:ignore', 'demarc:ignore-file']);
    expect(await client.completions('main.bicep', 'supportsHttps')).toEqual([]);
  });

  it('offers rules, what is broken here first, until the reason begins', async () => {
    const client = await open('main.bicep', 'bicep', bicep('// demarc:ignore stor'));
    const items = await client.completions('main.bicep', 'demarc:ignore stor');
    expect(labels(items).slice(0, 2)).toEqual(['storage/min-tls', 'storage/secure-transfer']);
    expect(labels(items).indexOf('vm/trusted-launch')).toBeGreaterThan(1);
    await client.replace('main.bicep', 'demarc:ignore stor', 'demarc:ignore storage/min-tls -- stor');
    expect(await client.completions('main.bicep', '-- stor')).toEqual([]);
  });

  it('completes the id that stands there already', async () => {
    const client = await open('main.tf', 'terraform', '# demarc:ignore storage/min\nresource "a" "b" {}\n');
    const items = await client.completions('main.tf', 'storage/min');
    const item = items.find(({ label }) => label === 'storage/min-tls');
    expect(item?.textEdit).toMatchObject({
      newText: 'storage/min-tls',
      range: { start: { line: 0, character: 16 }, end: { line: 0, character: 27 } },
    });
  });

  it('explains the rule, by any of its names, and links to its page', async () => {
    const text = bicep('// demarc:ignore CKV_AZURE_3 -- legacy meters');
    const client = await open('main.bicep', 'bicep', text, { openRuleCommand: 'open.rule' });
    const hover = await client.hover('main.bicep', 'CKV_AZURE_3');
    expect(hover?.contents).toMatchObject({ value: expect.stringContaining('`storage/secure-transfer`') });
    const [link, ...others] = await client.links('main.bicep');
    expect(others).toEqual([]);
    expect(client.document('main.bicep').getText(link?.range)).toBe('CKV_AZURE_3');
    expect(link?.target).toBe(`command:open.rule?${encodeURIComponent('["storage/secure-transfer"]')}`);
  });
});

describe('a code lens', () => {
  const good = storage("    supportsHttpsTrafficOnly: true\n    minimumTlsVersion: 'TLS1_2'").replaceAll(
    'account',
    'b',
  );

  it('says above a resource what is to mend', async () => {
    const client = await open('main.bicep', 'bicep', bicep('//'), { resourceCommand: 'show.resource' });
    const [lens] = await client.lenses('main.bicep');
    expect(lens?.command).toMatchObject({
      title: expect.stringMatching(/^\d+ to mend · \d+ in order/),
      command: 'show.resource',
      arguments: [{ uri: client.uri('main.bicep'), line: 0, character: 0 }],
    });
  });

  it('is there for every resource, for those with a finding, or for none', async () => {
    for (const [codeLens, number] of [
      ['all', 1],
      ['off', 0],
    ] as const) {
      const client = await open('main.bicep', 'bicep', `param x string\n${good}`, { codeLens });
      expect(await client.lenses('main.bicep')).toHaveLength(number);
    }
  });
});

it('says how a file is judged', async () => {
  const client = new Client({
    files: { 'main.bicepparam': "using 'main.bicep'\nparam https = true\n" },
  });
  clients.push(client);
  const text = `param https bool\nparam location string\n${storage('    supportsHttpsTrafficOnly: https')}`;
  await client.open('main.bicep', 'bicep', text);
  await client.pull('main.bicep');
  const status = await client.connection.sendRequest('demarc/status', { uri: client.uri('main.bicep') });
  expect(status).toMatchObject({ parameterFiles: ['main.bicepparam'], rules: expect.any(Number) });
  expect(await client.connection.sendRequest('demarc/status', { uri: client.uri('other.bicep') })).toBeNull();
});
