import { afterEach, expect, it } from 'vitest';
import { Client } from './client.ts';
import { storage } from './texts.ts';

let client: Client;

afterEach(async () => {
  await client.stop();
});

const configuration = 'rule-folders: [demarc-rules]\nrules:\n  contoso/replicated: critical\n';
const file = 'demarc-rules/contoso/replicated.yaml';
const rule = `title: Storage account is replicated over zones
layer: information-and-data
concern: resilience
severity: medium
profiles: [recommended]
resource: Microsoft.Storage/storageAccounts
require:
  kind: { equals: BlobStorage }
message: Contoso wants zones.
why: Contoso's rule.
`;
const main = storage('    supportsHttpsTrafficOnly: true');

async function start(initializationOptions: object): Promise<void> {
  client = new Client({
    files: { 'demarc.yaml': configuration, [file]: rule, 'main.bicep': main },
    initializationOptions,
  });
  await client.open('main.bicep', 'bicep', main);
}

const codes = async (): Promise<readonly unknown[]> =>
  (await client.diagnostics('main.bicep')).map(({ code }) => code).filter((code) => String(code).includes('contoso'));

it('judges by rules of the workspace while they are written, and tells what is wrong with them', async () => {
  await start({});
  expect(await codes()).toEqual(['contoso/replicated']);
  await client.open('demarc.yaml', 'yaml', configuration);
  expect(await client.diagnostics('demarc.yaml')).toEqual([]);
  await client.open(file, 'yaml', rule);
  expect(await client.diagnostics(file)).toEqual([]);
  await client.replace(file, 'BlobStorage', 'StorageV2');
  expect(await codes()).toEqual([]);
  await client.replace(file, 'equals', 'equal');
  expect((await client.diagnostics(file)).map(({ message }) => message).join()).toContain("Did you mean 'equals'?");
});

it('does not run them in Restricted Mode, where configurations may still name them', async () => {
  await start({ trusted: false });
  expect(await codes()).toEqual([]);
  await client.open('demarc.yaml', 'yaml', configuration);
  expect(await client.diagnostics('demarc.yaml')).toEqual([]);
});
