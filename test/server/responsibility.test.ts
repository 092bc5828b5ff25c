import { afterEach, expect, it } from 'vitest';
import { type Location, RequestType } from 'vscode-languageserver-protocol';
import type { ResponsibilityMap, ResponsibilityParams } from '../../server/protocol.ts';
import { Client, until } from './client.ts';
import { storage } from './texts.ts';

let client: Client;

afterEach(async () => {
  await client.stop();
});

const wrong = storage('    supportsHttpsTrafficOnly: false');
const right = storage("    supportsHttpsTrafficOnly: true\n    minimumTlsVersion: 'TLS1_2'");

const request = new RequestType<ResponsibilityParams, ResponsibilityMap<Location>, void>('demarc/responsibility');
const asked = async (scope: ResponsibilityParams['scope']): Promise<ResponsibilityMap<Location>> =>
  await client.connection.sendRequest(request, { scope });

const network = ({ resources }: ResponsibilityMap<Location>): number =>
  resources[0]?.layers.find(({ layer }) => layer === 'network-controls')?.toMend ?? -1;

it('tells what the open documents declare, where it stands and what is to mend', async () => {
  client = new Client({ files: { 'other.bicep': right } });
  await client.open('main.bicep', 'bicep', wrong);
  const map = await asked('open');
  expect(map.resources.map(({ name, at }) => [name, at.uri])).toEqual([['account', client.uri('main.bicep')]]);
  const [resource] = map.resources;
  const finding = resource?.findings.find(({ rule }) => rule === 'storage/secure-transfer');
  const line = wrong.split('\n').findIndex((each) => each.includes('supportsHttps'));
  expect(finding).toMatchObject({ owner: 'customer', layer: 'network-controls', at: { range: { start: { line } } } });
});

it('tells what all files declare, and judges those again that have changed', async () => {
  client = new Client({ files: { 'a.bicep': right, 'b/main.bicep': right } });
  await client.open('c.bicep', 'bicep', wrong);
  const before = await asked('workspace');
  expect(before.resources.map(({ at }) => at.uri).sort()).toEqual(
    ['a.bicep', 'b/main.bicep', 'c.bicep'].map((file) => client.uri(file)),
  );
  await client.replace('c.bicep', 'supportsHttpsTrafficOnly: false', 'supportsHttpsTrafficOnly: true');
  const own = ({ resources, others }: ResponsibilityMap<Location>): ResponsibilityMap<Location> => ({
    resources: resources.filter(({ at }) => at.uri === client.uri('c.bicep')),
    others,
  });
  expect(network(own(await asked('workspace')))).toBe(network(own(before)) - 1);
});

it('says when the answer may have changed, to whoever has asked', async () => {
  client = new Client({ files: {} });
  let told = 0;
  client.connection.onNotification('demarc/responsibilityChanged', () => {
    told++;
  });
  await client.open('main.bicep', 'bicep', wrong);
  const before = network(await asked('open'));
  await client.replace('main.bicep', 'supportsHttpsTrafficOnly: false', 'supportsHttpsTrafficOnly: true');
  await until('the news', () => (told > 0 ? true : undefined));
  expect(network(await asked('open'))).toBe(before - 1);
});
