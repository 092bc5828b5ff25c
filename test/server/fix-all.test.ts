import { afterEach, describe, expect, it } from 'vitest';
import { Client } from './client.ts';

const clients: Client[] = [];

async function start(): Promise<Client> {
  const client = new Client({ files: {} });
  clients.push(client);
  await client.initialized;
  return client;
}

afterEach(async () => {
  for (const client of clients.splice(0)) await client.stop();
});

describe('fix all', () => {
  const archive = (
    blob: boolean,
    file: boolean,
  ): string => `resource archive 'Microsoft.Storage/storageAccounts@2018-07-01' = {
  name: 'archive'
  location: 'westeurope'
  kind: 'StorageV2'
  properties: {
    supportsHttpsTrafficOnly: false
    encryption: {
      keySource: 'Microsoft.Storage'
      services: {
        blob: { enabled: ${blob} }
        file: { enabled: ${file} }
      }
    }
  }
}
`;

  it('mends what nobody notices in one edit, and nothing else', async () => {
    const client = await start();
    await client.open('main.bicep', 'bicep', archive(false, false));
    const [action, ...others] = await client.actions('main.bicep', [], ['source.fixAll']);
    expect(others).toEqual([]);
    expect(action?.kind).toBe('source.fixAll.demarc');
    expect(action?.edit?.changeAnnotations).toBeUndefined();
    expect(client.applied('main.bicep', action?.edit ?? {})).toBe(archive(true, true));
  });

  it('is not offered where there is nothing of that, nor to who has not asked', async () => {
    const client = await start();
    await client.open('main.bicep', 'bicep', archive(true, true));
    expect(await client.actions('main.bicep', [], ['source.fixAll.demarc'])).toEqual([]);
    await client.open('other.bicep', 'bicep', archive(false, false));
    expect(await client.actions('other.bicep', [])).toEqual([]);
    expect(await client.actions('other.bicep', [], ['source.organizeImports'])).toEqual([]);
  });
});
