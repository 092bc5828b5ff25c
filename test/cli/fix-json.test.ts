// Fixes in JSON, from the command to the bytes on the disk.
import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Workbench } from './run.ts';

const bench = new Workbench();

const schemas = 'https://schema.management.azure.com/schemas';

/** A storage account in a template in which all is well but what `properties` say. */
function template(properties: string, parameters = '{}'): string {
  return `{
  "$schema": "${schemas}/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": ${parameters},
  "resources": [
    {
      "type": "Microsoft.Storage/storageAccounts",
      "apiVersion": "2023-05-01",
      "name": "a",
      "location": "westeurope",
      "kind": "StorageV2",
      "sku": { "name": "Standard_LRS" },
      "properties": {
        "minimumTlsVersion": "TLS1_2",
        "allowBlobPublicAccess": false,
        "allowSharedKeyAccess": false,
        "networkAcls": { "defaultAction": "Deny" }${properties}
      }
    }
  ]
}
`;
}

const https = ',\n        "supportsHttpsTrafficOnly": ';
const viaParameter = template(
  `${https}"[parameters('https')]"`,
  '{ "https": { "type": "bool", "defaultValue": true } }',
);

function parameterFile(value: string): string {
  return `{\n\t"$schema": "${schemas}/2019-04-01/deploymentParameters.json#",\n\t"contentVersion": "1.0.0.0",\n\t"parameters": {\n\t\t"https": { "value": ${value} }\n\t}\n}`;
}

const fix = (...more: readonly string[]): ReturnType<Workbench['run']> =>
  bench.run('fix', '--effect', 'behaviour', ...more);

describe('demarc fix on a template', () => {
  it('keeps CRLF, byte order mark, comments and access rights, and leaves nothing behind', () => {
    const bad = `\ufeff// accounts\n${template(`${https}false // for old meters`)}`.replaceAll('\n', '\r\n');
    bench.write({ 'azuredeploy.json': bad });
    chmodSync(join(bench.folder, 'azuredeploy.json'), 0o640);
    const { code, out } = fix();
    expect(out).toContain('storage/secure-transfer');
    expect(code).toBe(0);
    // Read as bytes, so that nothing is lost on the way.
    const bytes = readFileSync(join(bench.folder, 'azuredeploy.json'));
    expect(bytes.equals(Buffer.from(bad.replace('Only": false', 'Only": true')))).toBe(true);
    expect(statSync(join(bench.folder, 'azuredeploy.json')).mode & 0o777).toBe(0o640);
    expect(readdirSync(bench.folder)).toEqual(['azuredeploy.json']);
    expect(fix().out).toBe('0 findings mended.\n');
  });

  it('writes through a link to the file itself', () => {
    bench.write({ 'real/azuredeploy.json': template(`${https}false`), 'work/readme.md': '' });
    symlinkSync('../real/azuredeploy.json', join(bench.folder, 'work/azuredeploy.json'));
    fix();
    expect(bench.read('real/azuredeploy.json')).toBe(template(`${https}true`));
    expect(readdirSync(join(bench.folder, 'work'))).toEqual(['azuredeploy.json', 'readme.md']);
  });

  it('does not touch a resource with a syntax error in it', () => {
    const bad = template(`${https}false "oops"`);
    bench.write({ 'azuredeploy.json': bad });
    const { code, out } = fix();
    expect(code).toBe(1);
    expect(out).toContain('There is a syntax error here');
    expect(bench.read('azuredeploy.json')).toBe(bad);
  });

  it('mends a resource beside one with a syntax error', () => {
    const text = (value: boolean): string =>
      template(`${https}${value}`).replace('"resources": [', '"resources": [\n    { "type": , },');
    bench.write({ 'azuredeploy.json': text(false) });
    fix();
    expect(bench.read('azuredeploy.json')).toBe(text(true));
  });

  it('says what it would do on a dry run', () => {
    const bad = template(`${https}false`);
    bench.write({ 'azuredeploy.json': bad });
    expect(fix('--dry-run').err).toContain('1 finding would be mended.');
    expect(bench.read('azuredeploy.json')).toBe(bad);
  });

  it('mends the use of a parameter that does not allow the value', () => {
    const narrow = '{ "tls": { "type": "string", "defaultValue": "TLS1_0", "allowedValues": ["TLS1_0", "TLS1_1"] } }';
    const text = (tls: string): string => template('', narrow).replace('"TLS1_2",', `${tls},`);
    bench.write({ 'azuredeploy.json': text(`"[parameters('tls')]"`) });
    expect(fix().out).toContain('1 finding mended.');
    expect(bench.read('azuredeploy.json')).toBe(text('"TLS1_2"'));
  });

  it('mends a default where the template has no parameter file', () => {
    bench.write({ 'azuredeploy.json': viaParameter.replace('"defaultValue": true', '"defaultValue": false') });
    fix();
    expect(bench.read('azuredeploy.json')).toBe(viaParameter);
  });
});

describe('demarc fix where values come from', () => {
  it('is the parameter file of a template', () => {
    bench.write({ 'main.json': viaParameter, 'main.parameters.json': parameterFile('false') });
    expect(fix().code).toBe(0);
    expect(bench.read('main.parameters.json')).toBe(parameterFile('true'));
    expect(bench.read('main.json')).toBe(viaParameter);
  });

  it('is the parameter file in JSON of a Bicep file', () => {
    const bicep = `param https bool = true
resource a 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'a'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    minimumTlsVersion: 'TLS1_2'
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    networkAcls: { defaultAction: 'Deny' }
    supportsHttpsTrafficOnly: https
  }
}
`;
    const written = parameterFile('false').replaceAll('\n', '\r\n');
    bench.write({ 'main.bicep': bicep, 'main.parameters.prod.json': written });
    expect(fix().code).toBe(0);
    expect(bench.read('main.parameters.prod.json')).toBe(written.replace('false', 'true'));
    expect(bench.read('main.bicep')).toBe(bicep);
  });

  it('is the parameter file of Bicep', () => {
    const parameters = "using 'main.bicep'\n\nparam https = false // meters\n";
    bench.write({
      'main.bicep':
        "param https bool\nresource a 'Microsoft.Storage/storageAccounts@2023-05-01' = {\n  name: 'a'\n  properties: {\n    supportsHttpsTrafficOnly: https\n  }\n}\n",
      'prod.bicepparam': parameters,
    });
    fix('--rule', 'storage/secure-transfer');
    expect(bench.read('prod.bicepparam')).toBe(parameters.replace('false', 'true'));
  });

  it('is a file of variables in JSON, which have the values of the provider', () => {
    const terraform = `variable "public" {
  type = bool
}

resource "azurerm_mssql_server" "a" {
  name                          = "sql-a"
  resource_group_name           = "rg"
  location                      = "westeurope"
  version                       = "12.0"
  public_network_access_enabled = var.public
}
`;
    bench.write({ 'main.tf': terraform, 'prod.auto.tfvars.json': '{"public": true}' });
    expect(fix('--rule', 'sql/public-network-access').out).toContain('1 finding mended.');
    expect(bench.read('prod.auto.tfvars.json')).toBe('{"public": false}');
    expect(bench.read('main.tf')).toBe(terraform);
  });

  it('is a default in Terraform that is written in JSON', () => {
    const json = (value: boolean): string => `{
  "variable": { "public": { "type": "bool", "default": ${value} } },
  "resource": {
    "azurerm_mssql_server": {
      "a": {
        "name": "sql-a",
        "resource_group_name": "rg",
        "location": "westeurope",
        "version": "12.0",
        "public_network_access_enabled": "\${var.public}"
      }
    }
  }
}
`;
    bench.write({ 'main.tf.json': json(true) });
    expect(fix('--rule', 'sql/public-network-access').out).toContain('1 finding mended.');
    expect(bench.read('main.tf.json')).toBe(json(false));
  });
});

describe('demarc fix on what is deployed from elsewhere', () => {
  const linked = (value: boolean): string => `{
  "$schema": "${schemas}/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "resources": [
    {
      "type": "Microsoft.Resources/deployments",
      "apiVersion": "2022-09-01",
      "name": "account",
      "properties": {
        "mode": "Incremental",
        "templateLink": { "relativePath": "nested/account.json" },
        "parameters": { "https": { "value": ${value} } }
      }
    }
  ]
}
`;

  it('changes the argument of a linked template', () => {
    bench.write({ 'main.json': linked(false), 'nested/account.json': viaParameter });
    expect(fix().code).toBe(0);
    expect(bench.read('main.json')).toBe(linked(true));
    expect(bench.read('nested/account.json')).toBe(viaParameter);
  });

  it('changes what a linked template writes itself', () => {
    bench.write({
      'main.json': linked(true),
      'nested/account.json': viaParameter.replace(`"[parameters('https')]"`, 'false'),
    });
    fix();
    expect(bench.read('nested/account.json')).toBe(viaParameter.replace(`"[parameters('https')]"`, 'true'));
    expect(bench.read('main.json')).toBe(linked(true));
  });

  it('changes a template that is a module of Bicep', () => {
    const bicep = "module account 'account.json' = {\n  name: 'account'\n}\n";
    bench.write({
      'main.bicep': bicep,
      'account.json': template('').replace('"minimumTlsVersion": "TLS1_2",', '"minimumTlsVersion": "TLS1_0",'),
    });
    fix();
    expect(bench.read('account.json')).toBe(template(''));
    expect(bench.read('main.bicep')).toBe(bicep);
  });

  it('changes JSON that Bicep loads, where square brackets mean nothing', () => {
    bench.write({
      'main.bicep': `var settings = loadJsonContent('settings.json')
resource a 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'a'
  properties: {
    minimumTlsVersion: settings.tls
  }
}
`,
      'settings.json': '{ "tls": "TLS1_0", "names": ["[x]"] }\n',
    });
    fix('--rule', 'storage/min-tls');
    expect(bench.read('settings.json')).toBe('{ "tls": "TLS1_2", "names": ["[x]"] }\n');
  });
});

describe('demarc fix on the examples', () => {
  it('leaves findings only where it says why', () => {
    const example = readFileSync(new URL('../../examples/arm/azuredeploy.json', import.meta.url), 'utf8');
    bench.write({ 'azuredeploy.json': example });
    const before = bench.lintJson().findings.filter(({ verdict }) => verdict === 'fail');
    const { out } = fix('--set', 'range=203.0.113.0/24');
    const after = bench.lintJson().findings.filter(({ verdict }) => verdict === 'fail');
    expect(before.length).toBeGreaterThan(3);
    // What only a stronger effect would mend is counted; all else that is left is named.
    const withheld = [...out.matchAll(/^(\d+) more can be mended with --effect/gm)].map(([, number]) => Number(number));
    const unnamed = after.filter(({ rule }) => !new RegExp(`${rule} {2}not mended`).test(out));
    expect(unnamed.length).toBe(withheld.reduce((sum, number) => sum + number, 0));
    expect(bench.read('azuredeploy.json')).toContain('// Written before HTTPS became the default');
  });
});
