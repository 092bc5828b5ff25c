import { afterEach, describe, expect, it } from 'vitest';
import type { CodeAction, Diagnostic } from 'vscode-languageserver-protocol';
import { Client, type StartOptions, simple, until } from './client.ts';
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

const https = "    minimumTlsVersion: 'TLS1_2'\n    supportsHttpsTrafficOnly: false";

async function findingOf(client: Client, file: string, rule: string): Promise<Diagnostic> {
  const found = await client.diagnostics(file);
  const finding = found.find(({ code }) => code === rule);
  if (finding === undefined) throw new Error(`no ${rule} among ${found.map(({ code }) => code).join(', ')}`);
  return finding;
}

function only(actions: readonly CodeAction[], title: RegExp): CodeAction {
  const found = actions.filter((each) => title.test(each.title));
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`of ${actions.map((each) => each.title).join('; ')}`);
  return first;
}

describe('a fix', () => {
  it('is made when it is chosen, carries the version, and asks before it may break something', async () => {
    const client = await start({ files: {} });
    await client.open('main.bicep', 'bicep', storage(https));
    const actions = await client.actions('main.bicep', [
      await findingOf(client, 'main.bicep', 'storage/secure-transfer'),
    ]);
    const [fix] = actions.filter(({ isPreferred }) => isPreferred);
    expect(fix).toMatchObject({ kind: 'quickfix.demarc', data: { version: 1, rule: 'storage/secure-transfer' } });
    expect(fix?.edit).toBeUndefined();
    const { edit } = await client.resolve(fix as CodeAction);
    expect(edit?.documentChanges).toMatchObject([{ textDocument: { uri: client.uri('main.bicep'), version: 1 } }]);
    const [annotation] = Object.values(edit?.changeAnnotations ?? {});
    expect(annotation?.needsConfirmation).toBe(true);
    expect(annotation?.description).toContain('Clients or operations may notice this.');
    expect(client.applied('main.bicep', edit ?? {})).toBe(storage(https.replace('Only: false', 'Only: true')));
  });

  it('is made anew for the text as it is by then', async () => {
    const client = await start({ files: {} });
    await client.open('main.bicep', 'bicep', storage(https));
    const actions = await client.actions('main.bicep', [
      await findingOf(client, 'main.bicep', 'storage/secure-transfer'),
    ]);
    const [fix] = actions.filter(({ isPreferred }) => isPreferred);
    await client.replace('main.bicep', 'resource account', '// The account of the harbour.\nresource account');
    const { edit } = await client.resolve(fix as CodeAction);
    expect(edit?.documentChanges).toMatchObject([{ textDocument: { version: 2 } }]);
    expect(client.applied('main.bicep', edit ?? {})).toBe(
      `// The account of the harbour.\n${storage(https.replace('Only: false', 'Only: true'))}`,
    );
  });

  it('is refused when its finding is gone', async () => {
    const client = await start({ files: {} });
    await client.open('main.bicep', 'bicep', storage(https));
    const actions = await client.actions('main.bicep', [
      await findingOf(client, 'main.bicep', 'storage/secure-transfer'),
    ]);
    const [fix] = actions.filter(({ isPreferred }) => isPreferred);
    await client.replace('main.bicep', 'Only: false', 'Only: true');
    await expect(client.resolve(fix as CodeAction)).rejects.toThrow(/cannot be mended there any more/);
  });

  it('mends the source of a value, or only where it is used, in another file if need be', async () => {
    const client = await start({ files: { 'storage.bicep': storageModule } });
    const text = caller('TLS1_0');
    await client.open('main.bicep', 'bicep', text);
    const actions = await client.actions('main.bicep', [await findingOf(client, 'main.bicep', 'storage/min-tls')]);
    const source = await client.resolve(only(actions, /\(where the value is set, line 3\)/));
    expect(client.applied('main.bicep', source.edit ?? {})).toBe(text.replace('TLS1_0', 'TLS1_2'));
    const use = await client.resolve(only(actions, /\(only where it is used, storage\.bicep line \d+\)/));
    const [change] = use.edit?.documentChanges ?? [];
    expect(change).toMatchObject({ textDocument: { uri: client.uri('storage.bicep'), version: null } });
  });

  it('leaves a placeholder where only the author knows', async () => {
    const client = await start({ files: {} });
    await client.open('main.bicep', 'bicep', securityGroup);
    const finding = await findingOf(client, 'main.bicep', 'network/management-ports');
    const fix = await client.resolve(only(await client.actions('main.bicep', [finding]), /known network/));
    const [change] = fix.edit?.documentChanges ?? [];
    const edits = change !== undefined && 'edits' in change ? change.edits : [];
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the snippet syntax of the protocol
    expect(edits).toMatchObject([{ snippet: { kind: 'snippet', value: "'${1:203.0.113.0/24}'" } }]);
    expect(client.applied('main.bicep', fix.edit ?? {})).toBe(
      securityGroup.replace("sourceAddressPrefix: '*'", "sourceAddressPrefix: '203.0.113.0/24'"),
    );
  });

  it('leaves the placeholder within the quotes of a template', async () => {
    const client = await start({ files: {} });
    await client.open('azuredeploy.json', 'json', clusterTemplate);
    const finding = await findingOf(client, 'azuredeploy.json', 'aks/api-server-restricted');
    const fix = await client.resolve(only(await client.actions('azuredeploy.json', [finding]), /one network/));
    const [change] = fix.edit?.documentChanges ?? [];
    const edits = change !== undefined && 'edits' in change ? change.edits : [];
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the snippet syntax of the protocol
    expect(edits).toMatchObject([{ snippet: { value: '["${1:203.0.113.0/24}"]' } }]);
    expect(client.applied('azuredeploy.json', fix.edit ?? {})).toBe(
      clusterTemplate.replace('[] }', '["203.0.113.0/24"] }'),
    );
  });

  it('comes whole and plain to a client that knows neither snippets nor annotations', async () => {
    const client = await start({ files: {}, capabilities: simple });
    await client.open('main.bicep', 'bicep', securityGroup);
    const pushed = await until('the finding', () => client.pushed.get('main.bicep'));
    const finding = pushed.find(({ code }) => code === 'network/management-ports');
    const actions = await client.actions('main.bicep', finding === undefined ? [] : [finding]);
    const [fix] = actions.filter(({ isPreferred }) => isPreferred);
    expect(fix?.edit?.documentChanges).toBeUndefined();
    expect(client.applied('main.bicep', fix?.edit ?? {})).toContain("sourceAddressPrefix: '203.0.113.0/24'");
  });
});

const clusterTemplate = `{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "resources": [{
    "type": "Microsoft.ContainerService/managedClusters",
    "apiVersion": "2024-09-01",
    "name": "aks-harbour",
    "properties": {
      "apiServerAccessProfile": { "authorizedIPRanges": [] }
    }
  }]
}
`;

const securityGroup = `resource group 'Microsoft.Network/networkSecurityGroups@2023-11-01' = {
  name: 'a'
  location: 'westeurope'
  properties: {
    securityRules: [
      {
        name: 'ssh'
        properties: {
          priority: 100
          direction: 'Inbound'
          access: 'Allow'
          protocol: 'Tcp'
          sourceAddressPrefix: '*'
          sourcePortRange: '*'
          destinationAddressPrefix: '*'
          destinationPortRange: '22'
        }
      }
    ]
  }
}
`;

describe('a fix for a client that asks by itself', () => {
  it('is a command, and then an edit of the text as it is by then', async () => {
    const client = await start({ files: {}, initializationOptions: { fixCommand: 'fix.me' } });
    await client.open('main.bicep', 'bicep', storage(https));
    const finding = await findingOf(client, 'main.bicep', 'storage/secure-transfer');
    const [fix] = (await client.actions('main.bicep', [finding])).filter(({ isPreferred }) => isPreferred);
    expect(fix?.edit).toBeUndefined();
    expect(fix?.command?.command).toBe('fix.me');
    const [target] = fix?.command?.arguments ?? [];
    expect(target).toMatchObject({ title: fix?.title, warning: expect.stringContaining('may notice') });
    const edit = await client.connection.sendRequest('demarc/fix', target);
    expect(client.applied('main.bicep', edit as object)).toBe(storage(https.replace('Only: false', 'Only: true')));
    await client.replace('main.bicep', 'Only: false', 'Only: true');
    expect(await client.connection.sendRequest('demarc/fix', target)).toBeNull();
  });
});

it('mends a rule everywhere in a file', async () => {
  const client = await start({ files: {} });
  const text = `${storage(https)}${storage(https).replace('account ', 'other ')}`;
  await client.open('main.bicep', 'bicep', text);
  const finding = await findingOf(client, 'main.bicep', 'storage/secure-transfer');
  const action = await client.resolve(
    only(await client.actions('main.bicep', [finding]), /everywhere in this file \(2\)/),
  );
  expect(client.applied('main.bicep', action.edit ?? {})).toBe(text.replaceAll('Only: false', 'Only: true'));
  expect(Object.values(action.edit?.changeAnnotations ?? {})).toMatchObject([{ needsConfirmation: true }]);
});

describe('a rule is switched off', () => {
  const title = /^Switch storage\/secure-transfer off in demarc\.yaml$/;

  it.each([
    ['rules:\n  storage/min-tls: low\n', 'rules:\n  storage/secure-transfer: off\n  storage/min-tls: low\n'],
    ['profile: strict\n', 'profile: strict\nrules:\n  storage/secure-transfer: off\n'],
    ['profile: strict', 'profile: strict\nrules:\n  storage/secure-transfer: off\n'],
    ['rules:', 'rules:\n  storage/secure-transfer: off\n'],
    ['rules:\n    storage/min-tls: low\n', 'rules:\n    storage/secure-transfer: off\n    storage/min-tls: low\n'],
  ])('in %j', async (before, after) => {
    const client = await start({ files: { 'demarc.yaml': before } });
    await client.open('demarc.yaml', 'yaml', before);
    await client.open('app/main.bicep', 'bicep', storage(https));
    const finding = await findingOf(client, 'app/main.bicep', 'storage/secure-transfer');
    const action = only(await client.actions('app/main.bicep', [finding]), title);
    expect(client.applied('demarc.yaml', action.edit ?? {})).toBe(after);
  });

  it('in a file that is made for it', async () => {
    const client = await start({ files: {} });
    await client.open('app/main.bicep', 'bicep', storage(https));
    const finding = await findingOf(client, 'app/main.bicep', 'storage/secure-transfer');
    const action = only(await client.actions('app/main.bicep', [finding]), title);
    expect(action.edit?.documentChanges).toMatchObject([
      { kind: 'create', uri: client.uri('demarc.yaml') },
      { edits: [{ newText: 'rules:\n  storage/secure-transfer: off\n' }] },
    ]);
  });

  it('but not where the rules are written on one line', async () => {
    const client = await start({ files: { 'demarc.yaml': 'rules: { storage/min-tls: low }\n' } });
    await client.open('main.bicep', 'bicep', storage(https));
    const finding = await findingOf(client, 'main.bicep', 'storage/secure-transfer');
    const actions = await client.actions('main.bicep', [finding]);
    expect(actions.filter((each) => title.test(each.title))).toEqual([]);
  });
});

describe('a suppression', () => {
  const terraform = `resource "azurerm_storage_account" "a" {
  name                            = "a"
  resource_group_name             = "g"
  location                        = "westeurope"
  account_tier                    = "Standard"
  account_replication_type        = "LRS"
  https_traffic_only_enabled      = false
}
`;

  it('is written with a place for its reason', async () => {
    const client = await start({ files: {} });
    await client.open('main.bicep', 'bicep', storage(https));
    const finding = await findingOf(client, 'main.bicep', 'storage/secure-transfer');
    const { edit } = only(await client.actions('main.bicep', [finding]), /^Suppress .* here/);
    const change = edit?.documentChanges?.[0];
    const edits = change !== undefined && 'edits' in change ? change.edits : [];
    expect(edits).toMatchObject([
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the snippet syntax of the protocol
      { snippet: { value: '    // demarc:ignore storage/secure-transfer -- ${1:why this is acceptable}\n' } },
    ]);
  });

  it('is a command for a client that asks for the reason, and then an edit', async () => {
    const client = await start({ files: {}, initializationOptions: { suppressCommand: 'suppress.me' } });
    await client.open('main.tf', 'terraform', terraform);
    const finding = await findingOf(client, 'main.tf', 'storage/secure-transfer');
    const { command } = only(await client.actions('main.tf', [finding]), /^Suppress .* here/);
    expect(command?.command).toBe('suppress.me');
    const params = { ...command?.arguments?.[0], reason: 'legacy meters' };
    const edit = await client.connection.sendRequest('demarc/suppress', params);
    const applied = client.applied('main.tf', edit as object);
    expect(applied).toContain(
      '  # demarc:ignore storage/secure-transfer -- legacy meters\n  https_traffic_only_enabled',
    );
    await client.replace('main.tf', '"westeurope"', '"northeurope"');
    expect(await client.connection.sendRequest('demarc/suppress', params)).toBeNull();
  });

  it('can be for the whole file', async () => {
    const client = await start({ files: {}, initializationOptions: { suppressCommand: 'suppress.me' } });
    await client.open('main.tf', 'terraform', terraform);
    const finding = await findingOf(client, 'main.tf', 'storage/secure-transfer');
    const { command } = only(await client.actions('main.tf', [finding]), /^Suppress .* in this file/);
    const params = { ...command?.arguments?.[0], reason: 'legacy meters' };
    const edit = await client.connection.sendRequest('demarc/suppress', params);
    expect(client.applied('main.tf', edit as object)).toBe(
      `# demarc:ignore-file storage/secure-transfer -- legacy meters\n${terraform}`,
    );
  });

  it('that suppresses nothing can be removed', async () => {
    const client = await start({ files: {} });
    const right = storage(https.replace('Only: false', 'Only: true'));
    await client.open('main.bicep', 'bicep', `// demarc:ignore storage/secure-transfer -- legacy meters\n${right}`);
    const notice = await findingOf(client, 'main.bicep', 'demarc/suppression');
    const action = only(await client.actions('main.bicep', [notice]), /^Remove the suppression/);
    expect(client.applied('main.bicep', action.edit ?? {})).toBe(right);
  });
});
