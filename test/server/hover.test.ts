import { afterEach, expect, it } from 'vitest';
import type { Hover } from 'vscode-languageserver-protocol';
import { Client } from './client.ts';
import { storage } from './texts.ts';

let client: Client;

afterEach(async () => {
  await client.stop();
});

const text = storage("    minimumTlsVersion: 'TLS1_2'\n    supportsHttpsTrafficOnly: false");

const markdown = (hover: Hover | null): string =>
  hover !== null && typeof hover.contents === 'object' && 'value' in hover.contents ? hover.contents.value : '';

it('shows a rule on its finding, without a heading', async () => {
  client = new Client({ files: {} });
  await client.open('main.bicep', 'bicep', text);
  const card = markdown(await client.hover('main.bicep', 'false\n  }'));
  expect(card).toContain('`storage/secure-transfer`');
  expect(card).toContain('network controls, your job');
  expect(card).toContain('**Fix** (clients or operations may notice)');
  expect(card).not.toMatch(/^#/m);
});

it('shows whose job what is on the first line of a resource', async () => {
  client = new Client({ files: {} });
  await client.open('main.bicep', 'bicep', text);
  const card = markdown(await client.hover('main.bicep', 'account '));
  expect(card).toContain('**Whose job is what**');
  expect(card).toMatch(/\| network controls\s+\| \w+\s+\| \*\*\d+ to mend\*\*/);
  expect(card).toMatch(/Microsoft's: .*datacentre/);
});

it('says nothing elsewhere', async () => {
  client = new Client({ files: {} });
  await client.open('main.bicep', 'bicep', text);
  expect(await client.hover('main.bicep', "'StorageV2'")).toBeNull();
});
