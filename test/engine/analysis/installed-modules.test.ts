import { describe, expect, it } from 'vitest';
import { editsOf } from '../../../engine/analysis/apply-fix.ts';
import type { Place } from '../../../engine/text/span.ts';
import { folder, lint } from './workspace.ts';

const schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';

/** A compiled registry module: its minimum TLS version is a parameter, that it allows HTTP is its own doing. */
const compiledModule = JSON.stringify({
  $schema: schema,
  contentVersion: '1.0.0.0',
  metadata: { _generator: { name: 'bicep' } },
  parameters: { tls: { type: 'string', defaultValue: 'TLS1_0' } },
  resources: [
    {
      type: 'Microsoft.Storage/storageAccounts',
      apiVersion: '2023-05-01',
      name: 'st',
      location: 'westeurope',
      sku: { name: 'Standard_LRS' },
      kind: 'StorageV2',
      properties: { minimumTlsVersion: "[parameters('tls')]", supportsHttpsTrafficOnly: false },
    },
  ],
});

const moduleCache = 'file:///home/.bicep/';
const cached = `${moduleCache}br/mcr.microsoft.com/bicep%24storage/1.0.0%24/main.json`;
const main = "module st 'br/public:storage:1.0.0' = {\n  name: 'st'\n  params: {\n    tls: 'TLS1_1'\n  }\n}\n";
const rules = ['storage/min-tls', 'storage/secure-transfer'];

const lintBicep = (): ReturnType<typeof lint> =>
  lint({ 'main.bicep': main, [cached]: compiledModule }, { linted: ['main.bicep'], moduleCache, rules });

describe('a module of a registry', () => {
  it('is judged where it is called, and at the argument that is at fault', () => {
    const { findings, notices } = lintBicep();
    expect(notices).toEqual([]);
    const textAt = ({ uri, start, end }: Place): string =>
      uri === `${folder}main.bicep` ? main.slice(start, end) : uri;
    expect(findings.map(({ rule, place, fixable }) => [rule, textAt(place), fixable]).sort()).toEqual([
      ['storage/min-tls', "'TLS1_1'", true],
      ['storage/secure-transfer', "module st 'br/public:storage:1.0.0'", false],
    ]);
    expect(findings.every(({ related }) => related.some(({ uri }) => uri === cached))).toBe(true);
  });

  it('is mended at the argument, never in the cache', () => {
    const result = lintBicep();
    const plans = result.findings.flatMap(result.fixesOf);
    expect(plans.map((plan) => plan.source?.place.uri)).toEqual([`${folder}main.bicep`]);
    const context = { textOf: () => undefined, answer: () => null };
    expect(editsOf(plans, 'use', context)).toMatchObject({ kind: 'refused' });
  });

  it('is not followed where its text is not at hand', () => {
    const { findings, notices } = lint({ 'main.bicep': main }, { moduleCache });
    expect(findings).toEqual([]);
    expect(notices.map(({ code, place }) => [code, place.uri])).toEqual([['demarc/module', `${folder}main.bicep`]]);
  });
});

describe('an installed module of Terraform', () => {
  const files = {
    'main.tf': 'module "st" {\n  source  = "Azure/storage/azurerm"\n  version = "1.0.0"\n  tls     = "TLS1_1"\n}\n',
    '.terraform/modules/modules.json': JSON.stringify({
      Modules: [
        { Key: '', Source: '', Dir: '.' },
        {
          Key: 'st',
          Source: 'registry.terraform.io/Azure/storage/azurerm',
          Version: '1.0.0',
          Dir: '.terraform/modules/st',
        },
      ],
    }),
    '.terraform/modules/st/main.tf': `variable "tls" {}

resource "azurerm_storage_account" "st" {
  name                       = "st"
  resource_group_name        = "rg"
  location                   = "westeurope"
  account_tier               = "Standard"
  account_replication_type   = "LRS"
  min_tls_version            = var.tls
  https_traffic_only_enabled = false
}
`,
  };

  it('is judged where it is called', () => {
    const { findings } = lint(files, { linted: ['main.tf'], rules });
    expect(findings.map(({ rule, place, fixable }) => [rule, place.uri, fixable]).sort()).toEqual([
      ['storage/min-tls', `${folder}main.tf`, true],
      ['storage/secure-transfer', `${folder}main.tf`, false],
    ]);
  });

  it('is judged in its own text when that is what is linted', () => {
    const inner = '.terraform/modules/st/main.tf';
    const { findings } = lint(files, { linted: [inner], rules: ['storage/secure-transfer'] });
    expect(findings.map(({ place, fixable }) => [place.uri, fixable])).toEqual([[folder + inner, true]]);
  });
});
