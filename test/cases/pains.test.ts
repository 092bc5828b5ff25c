// What users of other linters complain about most, each as it is met: it must never happen here.

import { describe, expect, it } from 'vitest';
import type { ExampleLanguage } from '../../engine/check/rule.ts';
import { folder, lint } from '../engine/analysis/workspace.ts';
import { judge } from '../rules/judge.ts';

/** What is certainly found in a text: the rule and the text that the finding stands on. */
function found(language: ExampleLanguage, text: string, rule: string): readonly string[] {
  return judge(language, text)
    .findings.filter((finding) => finding.rule === rule && finding.verdict === 'fail')
    .map(({ place }) => text.slice(place.start, place.end));
}

const https = 'storage/secure-transfer';
const tls = 'storage/min-tls';
const firewall = 'storage/firewall-default-deny';
const ports = 'network/management-ports';

const bicepAccount = (properties: string, version = '2023-05-01', more = ''): string => `
resource account 'Microsoft.Storage/storageAccounts@${version}' = ${more}{
  name: 'stinvoices'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  properties: {
    ${properties}
  }
}
`;

const terraformAccount = (attributes: string): string => `
resource "azurerm_storage_account" "invoices" {
  name                     = "stinvoices"
  resource_group_name      = "rg-invoices"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "ZRS"
  ${attributes}
}
`;

const provider = (version: string): string =>
  `terraform {\n  required_providers {\n    azurerm = {\n      source  = "hashicorp/azurerm"\n      version = "${version}"\n    }\n  }\n}\n`;

describe('what is not known is no finding', () => {
  it.each<[ExampleLanguage, string]>([
    ['terraform', `variable "x" {}\n${terraformAccount('https_traffic_only_enabled = var.x')}`],
    ['bicep', `param x bool\n${bicepAccount('supportsHttpsTrafficOnly: x')}`],
  ])('a parameter without a value in %s', (language, text) => {
    expect(found(language, text, https)).toEqual([]);
  });

  it('but a default is known', () => {
    const text = `variable "x" {\n  default = false\n}\n${terraformAccount('https_traffic_only_enabled = var.x')}`;
    expect(found('terraform', text, https)).toEqual(['false']);
  });

  it('beside something that is certain', () => {
    const text = `param env string\n${bicepAccount(`minimumTlsVersion: 'TLS1_0'\n    accessTier: env`)}`;
    expect(found('bicep', text, tls)).toEqual(["'TLS1_0'"]);
  });

  it.each([
    ['certainly', '[1]', []],
    ['perhaps', 'var.unset', []],
  ])('a dynamic block that is %s there', (_, each, expected) => {
    const block = `dynamic "network_rules" {\n    for_each = ${each}\n    content {\n      default_action = "Deny"\n    }\n  }`;
    expect(found('terraform', `variable "unset" {}\n${terraformAccount(block)}`, firewall)).toEqual(expected);
  });
});

describe('what is not deployed is no finding', () => {
  it.each<[string, ExampleLanguage, string]>([
    ['count = 0', 'terraform', terraformAccount('count = 0\n  https_traffic_only_enabled = false')],
    ['if (false)', 'bicep', bicepAccount('supportsHttpsTrafficOnly: false', '2023-05-01', 'if (false) ')],
  ])('%s', (_, language, text) => {
    expect(found(language, text, https)).toEqual([]);
  });

  it('nor what is there already', () => {
    const text = `resource account 'Microsoft.Storage/storageAccounts@2018-07-01' existing = {\n  name: 'stinvoices'\n}\n`;
    expect(judge('bicep', text)).toMatchObject({ findings: [], problems: [] });
  });

  it('and one side of a choice is none that is certain', () => {
    const text = `param c bool\n${bicepAccount(`minimumTlsVersion: c ? 'TLS1_0' : 'TLS1_2'`)}`;
    expect(found('bicep', text, tls)).toEqual([]);
  });
});

describe('a file with an error', () => {
  const text = `param broken = = 1\n${bicepAccount('supportsHttpsTrafficOnly: false')}`;

  it('is still judged, and is not whole', () => {
    expect(judge('bicep', text).problems).not.toEqual([]);
    expect(found('bicep', text, https)).toEqual(['false']);
  });
});

describe('new syntax', () => {
  it('of Bicep is read, and a flaw after it found', () => {
    const text = `
param a string[]?
param cfg { tls: string? }
func upper(text string) string => toUpper(text)
var t = cfg.?tls ?? 'TLS1_2'
var names = map(a ?? [], name => upper(name))
var spread = { ...cfg, more: '''
many
lines''' }
output first string = names[0]!
output all object = { t: t, spread: spread }
${bicepAccount('supportsHttpsTrafficOnly: false')}`;
    expect(judge('bicep', text).problems).toEqual([]);
    expect(found('bicep', text, https)).toEqual(['false']);
  });

  it('of Terraform is read, and a flaw after it found', () => {
    const text = `
variable "id" {}
variable "rules" {
  type    = object({ action = optional(string, "Deny") })
  default = {}
}
locals {
  id = provider::azurerm::normalise_resource_id(var.id)
}
import {
  to = azurerm_storage_account.invoices
  id = var.id
}
check "reachable" {
  assert {
    condition     = true
    error_message = "Not reachable."
  }
}
${terraformAccount('https_traffic_only_enabled = false\n  network_rules {\n    default_action = var.rules.action\n  }')}`;
    expect(judge('terraform', text).problems).toEqual([]);
    expect(found('terraform', text, https)).toEqual(['false']);
    expect(found('terraform', text, firewall)).toEqual([]);
  });
});

describe('a template', () => {
  it('by symbolic names is judged', () => {
    const text = JSON.stringify({
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      languageVersion: '2.0',
      contentVersion: '1.0.0.0',
      resources: {
        sa: {
          type: 'Microsoft.Storage/storageAccounts',
          apiVersion: '2023-05-01',
          name: 'stinvoices',
          location: 'westeurope',
          properties: { supportsHttpsTrafficOnly: false },
        },
      },
    });
    expect(found('arm', text, https)).toEqual(['false']);
  });
});

describe('what is set in a resource of its own counts', () => {
  it.each([
    ['Deny', []],
    ['Allow', ['"Allow"']],
  ])('storage network rules that say %s', (action, expected) => {
    const rules = `resource "azurerm_storage_account_network_rules" "invoices" {\n  storage_account_id = azurerm_storage_account.invoices.id\n  default_action     = "${action}"\n}\n`;
    expect(found('terraform', terraformAccount('') + rules, firewall)).toEqual(expected);
  });
});

describe('a default', () => {
  it.each([
    ['2022-05-01', 0],
    ['2018-07-01', 1],
  ])('of API version %s is what Azure does', (version, number) => {
    const text = bicepAccount('', version);
    expect(found('bicep', text, https)).toHaveLength(number);
  });

  it.each([
    ['~> 3.0', 'enable_https_traffic_only = true', 0],
    ['~> 3.0', 'enable_https_traffic_only = false', 1],
    ['~> 4.0', 'https_traffic_only_enabled = true', 0],
    ['~> 4.0', 'https_traffic_only_enabled = false', 1],
  ])('and a name are those of provider version %s: %s', (version, attribute, number) => {
    expect(found('terraform', provider(version) + terraformAccount(attribute), https)).toHaveLength(number);
  });
});

describe('azapi', () => {
  const resource = (body: string): string =>
    `resource "azapi_resource" "invoices" {\n  type      = "Microsoft.Storage/storageAccounts@2023-05-01"\n  name      = "stinvoices"\n  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg"\n  body      = ${body}\n}\n`;

  it.each([
    '{ properties = { supportsHttpsTrafficOnly = false } }',
    'jsonencode({ properties = { supportsHttpsTrafficOnly = false } })',
  ])('is judged by the same rule: %s', (body) => {
    expect(found('terraform', resource(body), https)).toEqual(['false']);
  });
});

describe('ports and addresses', () => {
  it.each([
    ['Internet', '20-25', ['"Internet"']],
    ['Internet', '53', []],
    ['10.0.0.0/8', '22', []],
  ])('from %s to %s', (source, port, expected) => {
    const text = `resource "azurerm_network_security_group" "a" {
  name                = "nsg"
  resource_group_name = "rg"
  location            = "westeurope"
  security_rule {
    name                       = "allow"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    source_address_prefix      = "${source}"
    destination_port_range     = "${port}"
    destination_address_prefix = "*"
  }
}
`;
    expect(found('terraform', text, ports)).toEqual(expected);
  });
});

describe('a module', () => {
  const bicepModule = (value: string): string =>
    `param name string\nparam https bool = false\n${bicepAccount(`supportsHttpsTrafficOnly: ${value}`).replace("'stinvoices'", 'name')}`;
  const bicepCall = (name: string, more = ''): string =>
    `module ${name} 'store.bicep' = {\n  name: '${name}'\n  params: { name: 'st${name}'${more} }\n}\n`;
  const terraformModule = (value: string): string =>
    `variable "name" {}\nvariable "https" {\n  default = false\n}\n${terraformAccount(`https_traffic_only_enabled = ${value}`).replace('"stinvoices"', 'var.name')}`;
  const terraformCall = (name: string, more = ''): string =>
    `module "${name}" {\n  source = "./store"\n  name   = "st${name}"\n${more}}\n`;

  /** The files in which a finding of HTTPS stands, the text that it stands on, and of how many instances. */
  const foundIn = (files: Readonly<Record<string, string>>): readonly (readonly [string, string, number])[] =>
    lint(files)
      .findings.filter(({ rule }) => rule === https)
      .map(({ place, instances }) => {
        const name = place.uri.slice(folder.length);
        return [name, (files[name] ?? '').slice(place.start, place.end), instances.length] as const;
      });

  it.each<[string, Readonly<Record<string, string>>]>([
    [
      'Bicep',
      {
        'main.bicep': ['a', 'b'].map((name) => bicepCall(name, ', https: true')).join(''),
        'store.bicep': bicepModule('https'),
      },
    ],
    [
      'Terraform',
      {
        'main.tf': ['a', 'b'].map((name) => terraformCall(name, '  https  = true\n')).join(''),
        'store/main.tf': terraformModule('var.https'),
      },
    ],
  ])('is judged by what its callers give it, in %s', (_, files) => {
    expect(foundIn(files)).toEqual([]);
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'Bicep',
      { 'main.bicep': ['a', 'b', 'c'].map((name) => bicepCall(name)).join(''), 'store.bicep': bicepModule('false') },
      'store.bicep',
    ],
    [
      'Terraform',
      {
        'main.tf': ['a', 'b', 'c'].map((name) => terraformCall(name)).join(''),
        'store/main.tf': terraformModule('false'),
      },
      'store/main.tf',
    ],
  ])('that three call has its flaw once, where it is written, in %s', (_, files, place) => {
    expect(foundIn(files)).toEqual([[place, 'false', 3]]);
  });
});

describe('a secret', () => {
  it('is not guessed from a name', () => {
    expect(judge('bicep', 'param secretNames array\noutput secretNames array = secretNames\n').findings).toEqual([]);
  });

  it('is followed through variables', () => {
    const text = '@secure()\nparam p string\nvar q = p\noutput o string = q\n';
    expect(found('bicep', text, 'template/secret-output')).toHaveLength(1);
  });
});

describe('a fix', () => {
  it('changes that token only', () => {
    const text = `resource app 'Microsoft.Web/sites@2023-12-01' = {\n  name: 'app'\n  properties: {\n    siteConfig: { minTlsVersion: '1.0' /* old */ }\n  }\n}\n`;
    const { findings, fix } = judge('bicep', text);
    const result = fix?.(findings.filter(({ rule }) => rule === 'appservice/min-tls'));
    expect(result).toEqual({ kind: 'text', text: text.replace("'1.0'", "'1.2'") });
  });
});
