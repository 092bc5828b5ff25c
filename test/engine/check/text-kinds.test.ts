import { describe, expect, it } from 'vitest';
import { kindOfText } from '../../../engine/check/text-kinds.ts';

const kindOf = (text: string, name?: string, uses: readonly string[] = []) =>
  kindOfText({ text, name, uses, start: 0, end: text.length });

const key = `${'Ab1+'.repeat(21)}Zz==`;

describe('a text that is written out', () => {
  it.each([
    [`DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${key}`, 'storage-key'],
    [
      `Endpoint=sb://a.example.net/;SharedAccessKeyName=b;SharedAccessKey=${'Ab1+'.repeat(10)}Z12=`,
      'shared-access-key',
    ],
    [`https://a.example.net/b?sv=2023-11-03&sig=${'Ab1'.repeat(14)}%3D`, 'shared-access-signature'],
    [`Abc8Q~${'aB3_'.repeat(8)}`, 'app-secret'],
    ['-----BEGIN RSA PRIVATE KEY-----', 'private-key'],
    ['Server=a;User ID=b;Password=Winter26!;', 'database-password'],
    ['postgresql://reader:Winter26@db.example.net/invoices', 'database-password'],
    [`ghp_${'a1B2'.repeat(9)}`, 'secret'],
    ['https://management.azure.com/', 'cloud-address'],
  ])('tells %s by its form', (text, kind) => {
    expect(kindOf(text)).toBe(kind);
  });

  it('is a secret under a name for secrets', () => {
    expect(kindOf('Winter-26', 'adminPassword')).toBe('secret');
    expect(kindOf(key, 'accountKey')).toBe('storage-key');
    expect(kindOf('Winter-26', 'adminName')).toBeUndefined();
  });

  it.each([
    ['administrator-password', 'password'],
    ['$' + '{}', 'password'],
    ['GEN-PASSWORD-1', 'password'],
    ['<put-it-here-1>', 'password'],
    ['https://kv-a.vault.azure.net/secrets/b', 'clientSecret'],
    ['8f14e45f-ceea-467f-ab5d-29fa49b3e7a1', 'clientSecret'],
    ['Server=a;Password=$' + '{};', 'connection'],
    ['ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ', 'publicKey'],
    ['@Microsoft.KeyVault(SecretUri=https://kv-a.vault.azure.net/secrets/b)', 'PASSWORD'],
  ])('is no secret: %s', (text, name) => {
    expect(kindOf(text, name)).toBeUndefined();
  });

  it('is a private key where a function loads one', () => {
    expect(kindOf('certs/gateway.pfx', 'loadFileAsBase64')).toBe('private-key');
    expect(kindOf('$' + '{}/id_rsa', 'file')).toBe('private-key');
    expect(kindOf('$' + '{}/id_rsa.pub', 'file')).toBeUndefined();
    expect(kindOf('certs/gateway.pfx', 'name')).toBeUndefined();
  });

  it('is of one cloud where its name is computed, and names something certain where it is not', () => {
    expect(kindOf('https://$' + '{}.blob.core.windows.net')).toBe('cloud-address');
    expect(kindOf('https://stinvoices.blob.core.windows.net')).toBeUndefined();
  });
});

describe('a password that is computed', () => {
  it('can be worked out from what goes in', () => {
    expect(kindOf('', 'adminPassword', ['uniqueString', 'resourceGroup'])).toBe('predictable-password');
    expect(kindOf('', 'admin_password', ['random_string', 'a', 'result'])).toBe('predictable-password');
  });

  it('cannot where something secret or new goes in', () => {
    expect(kindOf('', 'adminPassword', ['uniqueString', 'newGuid'])).toBeUndefined();
    expect(kindOf('', 'adminPassword', ['uniqueString', 'seedSecret'])).toBeUndefined();
    expect(kindOf('', 'admin_password', ['random_password', 'a', 'result'])).toBeUndefined();
    expect(kindOf('', 'keyName', ['uniqueString'])).toBeUndefined();
  });
});
