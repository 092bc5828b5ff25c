// A tree that looks like a module library, the same for the same seed: for machines that have no public one at hand.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Pseudo-random numbers below 1, by mulberry32. */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A Bicep module of at least `lines` lines: parameters, storage accounts, locks that depend on parameters, outputs. */
export function bicepModule(lines, random) {
  const parts = [
    "metadata name = 'Generated'\n",
    "@description('Required. Where everything is.')\nparam location string\n\nparam lock string = 'None'\n",
  ];
  for (let index = 0, written = 8; written < lines; index++) {
    const tls = random() < 0.9 ? 'TLS1_2' : 'TLS1_0';
    parts.push(`@description('Optional. The name of account ${index}; a comment of some length, as people write them.')
param name${index} string = 'st\${uniqueString(resourceGroup().id, '${index}')}'

resource account${index} 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name${index}
  location: location
  sku: { name: ${random() < 0.5 ? "'Standard_LRS'" : "'Standard_ZRS'"} }
  kind: 'StorageV2'
  properties: {
    minimumTlsVersion: '${tls}'
    supportsHttpsTrafficOnly: true
    allowBlobPublicAccess: false
    allowSharedKeyAccess: ${random() < 0.9 ? 'false' : 'true'}
    publicNetworkAccess: 'Disabled'
    networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices' }
  }
}

resource lock${index} 'Microsoft.Authorization/locks@2020-05-01' = if (lock != 'None') {
  name: 'lock-\${name${index}}'
  scope: account${index}
  properties: { level: lock == 'CanNotDelete' ? 'CanNotDelete' : 'ReadOnly' }
}

output id${index} string = account${index}.id
`);
    written += 27;
  }
  return parts.join('\n');
}

/** A Terraform file of at least `lines` lines. */
export function terraformFile(lines, random) {
  const parts = ['variable "location" {\n  type    = string\n  default = "westeurope"\n}\n'];
  for (let index = 0, written = 5; written < lines; index++) {
    parts.push(`resource "azurerm_storage_account" "account${index}" {
  name                     = "st\${var.location}${index}"
  resource_group_name      = "rg-${index}"
  location                 = var.location
  account_tier             = "Standard"
  account_replication_type = ${random() < 0.5 ? '"LRS"' : '"ZRS"'}
  min_tls_version          = ${random() < 0.9 ? '"TLS1_2"' : '"TLS1_0"'} # what the clients speak

  network_rules {
    default_action = "Deny"
    ip_rules       = [for n in range(3) : "203.0.113.\${n}"]
  }
}
`);
    written += 14;
  }
  return parts.join('\n');
}

/** An ARM template of at least `lines` lines, as the Bicep compiler writes them. */
export function armTemplate(lines, random) {
  const resources = [];
  for (let index = 0; index * 20 < lines; index++) {
    resources.push({
      type: 'Microsoft.Storage/storageAccounts',
      apiVersion: '2023-05-01',
      name: `[format('st{0}', uniqueString(resourceGroup().id, '${index}'))]`,
      location: "[parameters('location')]",
      sku: { name: random() < 0.5 ? 'Standard_LRS' : 'Standard_ZRS' },
      kind: 'StorageV2',
      properties: {
        minimumTlsVersion: random() < 0.9 ? 'TLS1_2' : 'TLS1_0',
        supportsHttpsTrafficOnly: true,
        allowSharedKeyAccess: false,
        networkAcls: { defaultAction: 'Deny', bypass: 'AzureServices' },
      },
      dependsOn: [],
    });
  }
  const template = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: { location: { type: 'string', metadata: { description: 'Required. Where everything is.' } } },
    resources,
  };
  return JSON.stringify(template, undefined, 2);
}

/** Writes `modules` modules, each called by three tests, into an empty folder. */
export function writeTree(folder, modules, seed) {
  const random = randomFrom(seed);
  const write = (path, text) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  mkdirSync(join(folder, '.git'), { recursive: true });
  for (let index = 0; index < modules; index++) {
    write(`modules/m${index}/main.bicep`, bicepModule(60 + Math.floor(random() * 400), random));
    for (const test of ['defaults', 'max', 'waf']) {
      const lock = test === 'defaults' ? '' : "\n    lock: 'CanNotDelete'";
      write(
        `modules/m${index}/tests/${test}/main.test.bicep`,
        `targetScope = 'resourceGroup'

module testDeployment '../../main.bicep' = [for iteration in ['init', 'idem']: {
  name: '\${uniqueString(deployment().name)}-test-${test}-\${iteration}'
  params: {
    location: 'westeurope'${lock}
  }
}]
`,
      );
    }
    if (index % 4 === 0) write(`terraform/t${index}/main.tf`, terraformFile(100 + Math.floor(random() * 300), random));
    if (index % 4 === 1) write(`arm/a${index}.json`, armTemplate(200 + Math.floor(random() * 400), random));
  }
}
