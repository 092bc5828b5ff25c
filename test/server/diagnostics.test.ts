import { afterEach, describe, expect, it } from 'vitest';
import { type Diagnostic, DiagnosticSeverity, type DocumentDiagnosticReport } from 'vscode-languageserver-protocol';
import { Client, modern, type StartOptions, simple, until } from './client.ts';
import { caller, storage, storageModule } from './texts.ts';

const clients: Client[] = [];

async function start(options: StartOptions): Promise<Client> {
  const client = new Client(options);
  clients.push(client);
  await client.initialized;
  return client;
}

afterEach(async () => {
  for (const client of clients.splice(0)) await client.stop();
});

/** What these tests are about; other rules may find something in the same texts. */
const watched = new Set<unknown>(['storage/secure-transfer', 'storage/min-tls', 'demarc/incomplete']);

const rulesOf = (diagnostics: readonly Diagnostic[]): unknown[] =>
  diagnostics.map(({ code }) => code).filter((code) => watched.has(code));

const rulesIn = (report: DocumentDiagnosticReport): unknown[] =>
  report.kind === 'full' ? rulesOf(report.items) : ['nothing new'];
const tls12 = "    minimumTlsVersion: 'TLS1_2'\n";

describe('a client that asks', () => {
  it('gets findings on the value at fault, with a link and a severity', async () => {
    const client = await start({ files: {} });
    await client.open('main.bicep', 'bicep', storage(`${tls12}    supportsHttpsTrafficOnly: false`));
    const found = await client.diagnostics('main.bicep');
    expect(rulesOf(found)).toEqual(['storage/secure-transfer']);
    const finding = found.find(({ code }) => code === 'storage/secure-transfer');
    expect(finding?.source).toBe('demarc');
    expect(client.document('main.bicep').getText(finding?.range)).toBe('false');
    expect(finding?.codeDescription?.href).toMatch(/^https:/);
  });

  it('hears of nothing new until something has changed', async () => {
    const client = await start({ files: {} });
    await client.open('main.bicep', 'bicep', storage(`${tls12}    supportsHttpsTrafficOnly: false`));
    const first = await client.pull('main.bicep');
    const second = await client.pull('main.bicep', first.resultId);
    expect(second).toEqual({ kind: 'unchanged', resultId: first.resultId });
    await client.replace('main.bicep', 'supportsHttpsTrafficOnly: false', 'supportsHttpsTrafficOnly: true');
    const third = await client.pull('main.bicep', first.resultId);
    expect(rulesIn(third)).toEqual([]);
  });

  it('is answered for the last of many changes', async () => {
    const client = await start({ files: {} });
    await client.open('main.bicep', 'bicep', storage(`${tls12}    supportsHttpsTrafficOnly: true`));
    for (let index = 0; index < 20; index++) {
      await client.replace('main.bicep', 'supportsHttpsTrafficOnly: true', 'supportsHttpsTrafficOnly: false');
      await client.replace('main.bicep', 'supportsHttpsTrafficOnly: false', 'supportsHttpsTrafficOnly: true');
    }
    await client.replace('main.bicep', 'supportsHttpsTrafficOnly: true', 'supportsHttpsTrafficOnly: false');
    expect(rulesOf(await client.diagnostics('main.bicep'))).toEqual(['storage/secure-transfer']);
    expect(client.pushed.size).toBe(0);
  });

  it('sees a module that is open judged by its callers on disk, and again when they change', async () => {
    const client = await start({ files: { 'storage.bicep': storageModule, 'main.bicep': caller('TLS1_0') } });
    await client.open('storage.bicep', 'bicep', storageModule);
    const report = await client.pull('storage.bicep');
    // The value lies in the caller, which is not open: there it is shown.
    expect(rulesIn(report)).toEqual([]);
    await client.open('main.bicep', 'bicep', caller('TLS1_0'));
    const finding = (await client.diagnostics('main.bicep')).find(({ code }) => code === 'storage/min-tls');
    expect(finding?.severity).toBe(DiagnosticSeverity.Error);
    expect(client.document('main.bicep').getText(finding?.range)).toBe("'TLS1_0'");
    expect(finding?.relatedInformation?.map(({ location }) => location.uri)).toContain(client.uri('storage.bicep'));
  });

  it('is asked to ask again when a change shows in another file', async () => {
    const client = await start({ files: {} });
    await client.open('storage.bicep', 'bicep', storageModule);
    await client.open('main.bicep', 'bicep', caller('TLS1_0'));
    expect(rulesOf(await client.diagnostics('main.bicep'))).toEqual(['storage/min-tls']);
    await client.pull('storage.bicep');
    await client.replace('storage.bicep', 'minimumTlsVersion: minimumTls', "minimumTlsVersion: 'TLS1_2'");
    await client.pull('storage.bicep');
    await until('the refresh', () => (client.refreshes > 0 ? true : undefined));
    expect(rulesOf(await client.diagnostics('main.bicep'))).not.toContain('storage/min-tls');
  });

  it('tells what has changed on disk, which is read anew', async () => {
    const client = await start({ files: { 'storage.bicep': storageModule } });
    await until('the registration', () =>
      client.registrations.find((each) => each === 'workspace/didChangeWatchedFiles'),
    );
    await client.open('main.bicep', 'bicep', caller('TLS1_0'));
    expect(rulesOf(await client.diagnostics('main.bicep'))).toEqual(['storage/min-tls']);
    client.write(
      'storage.bicep',
      storageModule.replace('minimumTlsVersion: minimumTls', "minimumTlsVersion: 'TLS1_2'"),
    );
    await client.changedOnDisk('storage.bicep');
    expect(rulesOf(await client.diagnostics('main.bicep'))).toEqual([]);
    client.remove('storage.bicep');
    await client.changedOnDisk('storage.bicep');
    expect(rulesOf(await client.diagnostics('main.bicep'))).toEqual(['demarc/incomplete']);
  });

  it('gets the whole workspace, and then only what is new', async () => {
    const wrong = storage(`${tls12}    supportsHttpsTrafficOnly: false`);
    const client = await start({ files: { 'a.bicep': wrong, 'b/b.bicep': wrong, 'c.bicep': 'param x string\n' } });
    const { items } = await client.workspaceDiagnostics();
    expect(items.map(({ uri }) => uri)).toEqual([client.uri('a.bicep'), client.uri('b/b.bicep')]);
    const known = items.map(({ uri, resultId }) => ({ uri, value: resultId ?? '' }));
    const waiting = client.workspaceDiagnostics(known);
    client.write('a.bicep', storage(`${tls12}    supportsHttpsTrafficOnly: true`));
    await client.changedOnDisk('a.bicep');
    const news = (await waiting).items.filter(({ kind }) => kind === 'full');
    expect(news.map(({ uri }) => uri)).toEqual([client.uri('a.bicep')]);
    expect(news.flatMap(rulesIn)).toEqual([]);
  });

  it('judges the files of a virtual workspace as far as they are open', async () => {
    const client = await start({ files: {} });
    const folder = 'vscode-vfs://github/harbour/estate/';
    await client.openUri(`${folder}main.bicep`, 'bicep', caller('TLS1_0'));
    const before = await client.pullUri(`${folder}main.bicep`);
    expect(rulesIn(before)).toEqual([]);
    await client.openUri(`${folder}storage.bicep`, 'bicep', storageModule);
    const after = await client.pullUri(`${folder}main.bicep`);
    expect(rulesIn(after)).toEqual(['storage/min-tls']);
  });

  it('may open what was never saved, in every language', async () => {
    const client = await start({ files: {} });
    await client.openUri('untitled:Untitled-1', 'bicep', storage(`${tls12}    supportsHttpsTrafficOnly: false`));
    const report = await client.pullUri('untitled:Untitled-1');
    expect(rulesIn(report)).toEqual(['storage/secure-transfer']);
    const network = `resource "azurerm_storage_account" "a" {
  name                            = "a"
  resource_group_name             = "g"
  location                        = "westeurope"
  account_tier                    = "Standard"
  account_replication_type        = "LRS"
  https_traffic_only_enabled      = false
  allow_nested_items_to_be_public = false
  shared_access_key_enabled       = false
  network_rules {
    default_action = "Deny"
  }
}
`;
    await client.openUri('untitled:Untitled-2', 'terraform', network);
    const terraform = await client.pullUri('untitled:Untitled-2');
    expect(rulesIn(terraform)).toEqual(['storage/secure-transfer']);
  });
});

const pushedRules = (client: Client): unknown[] => rulesOf(client.pushed.get('main.bicep') ?? []);

describe('a client that is told', () => {
  it('gets findings while typing, and none any more when the file is closed', async () => {
    const client = await start({ files: {}, capabilities: simple });
    await client.open('main.bicep', 'bicep', storage(`${tls12}    supportsHttpsTrafficOnly: false`));
    const found = await until('the findings', () => client.pushed.get('main.bicep'));
    expect(rulesOf(found)).toEqual(['storage/secure-transfer']);
    await client.replace('main.bicep', 'supportsHttpsTrafficOnly: false', 'supportsHttpsTrafficOnly: true');
    await until('the end of the finding', () => (pushedRules(client).length === 0 ? true : undefined));
    await client.replace('main.bicep', 'supportsHttpsTrafficOnly: true', 'supportsHttpsTrafficOnly: false');
    await until('the finding', () => (pushedRules(client).length === 1 ? true : undefined));
    await client.close('main.bicep');
    await until('the end of the findings', () => (pushedRules(client).length === 0 ? true : undefined));
  });

  it('hears of a change in another file that is open', async () => {
    const client = await start({ files: {}, capabilities: simple });
    await client.open('storage.bicep', 'bicep', storageModule);
    await client.open('main.bicep', 'bicep', caller('TLS1_0'));
    await until('the finding', () => (pushedRules(client).length === 1 ? true : undefined));
    await client.replace('storage.bicep', 'minimumTlsVersion: minimumTls', "minimumTlsVersion: 'TLS1_2'");
    await until('its end', () => (pushedRules(client).length === 0 ? true : undefined));
  });
});

describe('the command', () => {
  it('serves over stdio and leaves with the editor', async () => {
    const client = new Client({ files: {}, capabilities: modern, command: true });
    const { serverInfo } = await client.initialized;
    expect(serverInfo?.name).toBe('demarc');
    await client.open('main.bicep', 'bicep', storage(`${tls12}    supportsHttpsTrafficOnly: false`));
    expect(rulesOf(await client.diagnostics('main.bicep'))).toEqual(['storage/secure-transfer']);
    expect(await client.stop()).toBe(0);
  });
});
