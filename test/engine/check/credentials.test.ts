import { describe, expect, it } from 'vitest';
import { credentialIn, isSecretName, isSecretValue } from '../../../engine/check/credentials.ts';

const letters = (count: number): string => 'aB3dE6gH9'.repeat(20).slice(0, count);

describe('a credential in a text', () => {
  it.each([
    [`-----BEGIN RSA PRIVATE ${'KEY'}-----\nMII`, 'a private key'],
    [`DefaultEndpointsProtocol=https;AccountName=st;AccountKey=${letters(86)}==;`, 'the key of a storage account'],
    [`Endpoint=sb://x/;SharedAccessKeyName=root;SharedAccessKey=${letters(43)}=`, 'a shared access key'],
    [`https://st.blob.core.windows.net/c/setup.sh?sv=2023&sig=${letters(43)}%3D`, 'a shared access signature'],
    [`curl -H 'Authorization: token ghp_${letters(36)}'`, 'a GitHub token'],
    [`secret is abc8Q~${letters(34)} here`, 'the secret of an app registration'],
    ['Bearer a8f3k2l9q7w5e4r6t8y0', 'an authorization header'],
    ['https://shop.azurewebsites.net/api/hook?code=a8f3k2l9q7w5', 'a password'],
    ['postgres://app:Sommer2024@db:5432/x', 'a password'],
    ['Server=tcp:x;User ID=app;Password=Sommer2024;Encrypt=true', 'a password'],
    ['export DATABASE_PASSWORD="SomeSortOfPassword"', 'a password'],
    ['powershell setup.ps1 --admin-password Sommer2024', 'a password'],
    ["$p = ConvertTo-SecureString 'Sommer2024' -AsPlainText -Force", 'a password'],
    ['echo "root:Sommer2024" | chpasswd', 'a password'],
    ['net user helper Sommer2024 /add', 'a password'],
    ['#cloud-config\npassword: Sommer2024\n', 'a password'],
    ['{"apiKey": "a8f3k2l9"}', 'a password'],
  ])('is seen in %j', (text, what) => {
    expect(credentialIn(text)).toBe(what);
  });

  it.each([
    'export DATABASE_PASSWORD="$PASSWORD"',
    'export DATABASE_PASSWORD=$(az keyvault secret show --name db --query value -o tsv)',
    'setup.sh --password {password}',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the shell
    'postgres://app:${PASSWORD}@db:5432/x',
    'Bearer $TOKEN_OF_THE_SHOP_X',
    'https://shop.azurewebsites.net/api/hook?code=$CODE_OF_HOOK',
    'password: <your password>',
    'ConvertTo-SecureString $plain -AsPlainText -Force',
    'secretName: db-credentials',
    'secret: "db-credentials"',
    'password: required',
    'passwordPolicy=strict8',
    'password = var.password2',
    'https://st.blob.core.windows.net/scripts/setup.sh',
    'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    'client_id=0f8fad5b-d9cb-469f-a165-70867728950e',
    '-----BEGIN PUBLIC KEY-----',
    'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7 user@host',
  ])('is not seen in %j', (text) => {
    expect(credentialIn(text)).toBeUndefined();
  });
});

describe('the name of a secret', () => {
  it('ends with what it is', () => {
    for (const name of [
      'DB_PASSWORD',
      'password',
      'adminPassword',
      'storageAccountKey',
      'API-KEY',
      'clientSecret',
      'GH_TOKEN',
    ])
      expect([name, isSecretName(name)]).toEqual([name, true]);
    for (const name of [
      'passwordPolicy',
      'secretName',
      'TOKEN_ENDPOINT',
      'keyVaultName',
      'PUBLIC_KEY',
      'monkey',
      'tokens',
    ])
      expect([name, isSecretName(name)]).toEqual([name, false]);
  });

  it('may stand over what is no secret', () => {
    for (const text of ['Sommer2024!', 'hunter2', '12345678'])
      expect([text, isSecretValue(text)]).toEqual([text, true]);
    for (const text of [
      'db-password',
      'https://kv.vault.azure.net/secrets/db',
      '/run/secrets/db',
      '$(PASSWORD)',
      'DB_PASSWORD',
      '',
      'true',
      'two words',
      '0f8fad5b-d9cb-469f-a165-70867728950e',
      '@Microsoft.KeyVault(SecretUri=x)',
    ])
      expect([text, isSecretValue(text)]).toEqual([text, false]);
  });
});

describe('a text that is long', () => {
  it('is looked through once, whatever it is made of', () => {
    // A megabyte of base64: what is tried anew from each of its characters would take hours.
    const encoded = 'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo0'.repeat(30_000);
    expect(credentialIn(encoded)).toBeUndefined();
    expect(credentialIn(`${'a'.repeat(1_000_000)}.${'_'.repeat(1_000)}`)).toBeUndefined();
    expect(credentialIn(`${encoded}JQQJ99${encoded}`)).toBe('a key that Azure has issued');
  });
});
