import { expect, test } from 'vitest';
import { folder, lint } from './workspace.ts';

const rule = { rules: ['storage/secure-transfer'] };
const account = (traffic: string): string =>
  `variable "https" {\n  default = true\n}\nresource "azurerm_storage_account" "a" {\n  name = "x"\n  https_traffic_only_enabled = ${traffic}\n}\n`;

test('what an installed module does wrong is shown where it is called, or where the argument is given', () => {
  const main =
    'module "fixed" {\n  source = "Azure/a/azurerm"\n}\nmodule "given" {\n  source = "Azure/b/azurerm"\n  https  = false\n}\n';
  const modules = [
    { Key: 'fixed', Dir: '.terraform/modules/fixed' },
    { Key: 'given', Dir: '.terraform/modules/given' },
  ];
  const files = {
    'main.tf': main,
    '.terraform/modules/modules.json': JSON.stringify({ Modules: modules }),
    '.terraform/modules/fixed/main.tf': account('false'),
    '.terraform/modules/given/main.tf': account('var.https'),
  };
  const { findings } = lint(files, { ...rule, linted: ['main.tf'] });
  const shown = findings.map(({ place }) => [place.uri, main.slice(place.start, place.end)]);
  expect(shown).toEqual([
    [`${folder}main.tf`, 'module "fixed"'],
    [`${folder}main.tf`, 'false'],
  ]);
});

test('a root in JSON syntax with its variable files is judged', () => {
  const files = {
    'main.tf.json': JSON.stringify({
      variable: { https: { type: 'bool' } },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of Terraform.
      resource: { azurerm_storage_account: { a: { name: 'x', https_traffic_only_enabled: '${var.https}' } } },
    }),
    'terraform.tfvars': 'https = true\n',
    'z.auto.tfvars.json': '{ "https": "false" }',
  };
  const { findings, notices } = lint(files, rule);
  expect(notices).toEqual([]);
  expect(findings.map(({ place }) => place.uri)).toEqual([`${folder}z.auto.tfvars.json`]);
});

const template = JSON.stringify({
  $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
  contentVersion: '1.0.0.0',
  parameters: { https: { type: 'bool', defaultValue: true }, name: { type: 'string' } },
  resources: [
    {
      type: 'Microsoft.Storage/storageAccounts',
      apiVersion: '2023-05-01',
      name: "[parameters('name')]",
      location: 'westeurope',
      kind: 'StorageV2',
      sku: { name: 'Standard_ZRS' },
      properties: { supportsHttpsTrafficOnly: "[parameters('https')]" },
    },
  ],
});

test.each([
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a template of Terraform.
  ['azurerm_resource_group_template_deployment', 'template_content = file("${path.module}/account.json")', true],
  ['azurerm_template_deployment', 'template_body = file("account.json")', false],
])('an ARM template that %s deploys is judged with its parameters, once', (type, content, encoded) => {
  const given = encoded
    ? 'parameters_content = jsonencode({ https = { value = false } })'
    : 'parameters = { https = false }';
  const main = `resource "${type}" "t" {\n  name = "t"\n  ${content}\n  ${given}\n}\n`;
  const { findings, notices } = lint({ 'main.tf': main, 'account.json': template }, rule);
  expect(notices).toEqual([]);
  expect(findings.map(({ place }) => [place.uri, main.slice(place.start, place.end)])).toEqual([
    [`${folder}main.tf`, 'false'],
  ]);
});

test('what deploys a file that is no template says so', () => {
  const main =
    'resource "azurerm_resource_group_template_deployment" "t" {\n  template_content = file("other.json")\n}\n';
  const { notices } = lint({ 'main.tf': main, 'other.json': '{}' }, rule);
  expect(notices.map(({ message, place }) => [message, main.slice(place.start, place.end)])).toEqual([
    ["'other.json' is no ARM template.", '"other.json"'],
  ]);
});

test('of what is deployed elsewhere and configured here in part, only that part is judged', () => {
  const policy = 'resource "azurerm_key_vault_access_policy" "p" {\n  key_vault_id = var.vault\n  object_id = "x"\n}\n';
  const rules = 'resource "azurerm_storage_account_network_rules" "n" {\n  storage_account_id = var.account\n';
  const main = `variable "vault" {}\nvariable "account" {}\nvariable "action" {}\n${policy}${rules}`;
  const asked = (action: string): readonly string[] => {
    const { undetermined } = lint({ 'main.tf': `${main}  default_action = ${action}\n}\n` });
    return [...new Set(undetermined.map(({ rule: id }) => id))];
  };
  // Whether the account can be reached at all is said where it is made.
  expect(asked('var.action')).toEqual(['storage/firewall-default-deny']);
  expect(asked('"Allow"')).toEqual(['storage/firewall-default-deny']);
  expect(asked('"Deny"')).toEqual([]);
});
