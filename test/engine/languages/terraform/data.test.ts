// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are HCL, whose sequences look like those of TypeScript.
import { describe, expect, test } from 'vitest';
import { linkResources } from '../../../../engine/estate/link.ts';
import { at } from '../../../../engine/estate/operations.ts';
import { show } from '../bicep/estate-of.ts';
import { estateOf, outputOf } from './estate-of.ts';

const vault = 'data "azurerm_key_vault" "v" {\n name = "kv"\n resource_group_name = "rg"\n}\n';
const server = 'resource "azurerm_mssql_server" "s" {\n name = "sql"\n}\n';
const database = (id: string): string =>
  `resource "azurerm_mssql_database" "d" {\n name = "db"\n server_id = ${id}\n}\n`;

describe('data blocks', () => {
  test.each([
    ['data.azurerm_key_vault.v.name', "'kv'"],
    ['data.azurerm_key_vault.v.id', '->data.azurerm_key_vault.v.id'],
    ['data.azurerm_key_vault.v.vault_uri', '?data'],
    ['data.azurerm_key_vault.none.id', '?error'],
    ['data.azurerm_client_config.c.tenant_id', '?data'],
    ['data.azurerm_key_vault_secret.s.value', '!?data'],
    ['data.azurerm_storage_account.a.primary_access_key', '!?data'],
    ['data.azapi_resource_action.keys.output.keys[0].value', '!?data'],
    ['data.azapi_resource_action.state.output.name', '?data'],
    ['ephemeral.azurerm_key_vault_secret.s.value', '!?data'],
    ['data.azurerm_key_vault.each["a"].name', "'kv-a'"],
    ['[for v in data.azurerm_key_vault.each : v.id]', '[->data.azurerm_key_vault.each["a"].id]'],
  ])('%s is %s', (written, expected) => {
    const main = `${vault}data "azurerm_client_config" "c" {}
data "azurerm_key_vault_secret" "s" {}
data "azurerm_storage_account" "a" {}
data "azapi_resource_action" "keys" {
  action = "listKeys"
}
data "azapi_resource_action" "state" {
  action = "getState"
}
ephemeral "azurerm_key_vault_secret" "s" {}
data "azurerm_key_vault" "each" {
  for_each = toset(["a"])
  name     = "kv-\${each.key}"
}
output "o" {
  value = ${written}
}`;
    expect(outputOf(main)).toBe(expected);
  });

  test('what they name exists and is not deployed', () => {
    const [found] = estateOf(vault).resources;
    expect(found).toMatchObject({ existing: true, type: 'Microsoft.KeyVault/vaults' });
    expect(found?.names.map(show)).toEqual(["'kv'"]);
  });

  test('a built-in role is known by its name', () => {
    const [role] = estateOf('data "azurerm_role_definition" "r" {\n name = "Owner"\n}').resources;
    expect(role?.names.map(show)).toEqual(["'8e3af657-a8ff-443c-a75c-2fe8c4bcb635'"]);
  });

  test('children belong to what a data block names', () => {
    const data = 'data "azurerm_mssql_server" "s" {\n name = "sql"\n}\n';
    const { resources } = estateOf(data + database('data.azurerm_mssql_server.s.id'));
    const child = resources.find((each) => each.type === 'Microsoft.Sql/servers/databases');
    expect(child?.parent?.address).toBe('data.azurerm_mssql_server.s');
    expect(child?.names.map(show)).toEqual(["'sql'", "'db'"]);
  });

  test('a data block that looks up what the root deploys leads to that', () => {
    const data = 'data "azurerm_mssql_server" "s" {\n name = azurerm_mssql_server.s.name\n}\n';
    const { resources } = estateOf(server + data + database('data.azurerm_mssql_server.s.id'));
    const links = linkResources(resources);
    const child = links.ofType('Microsoft.Sql/servers/databases')[0];
    expect(child === undefined ? undefined : links.parentOf(child)?.address).toBe('azurerm_mssql_server.s');
  });

  test('a split resource is merged into what a data block looks up by name', () => {
    const files = `resource "azurerm_storage_account" "a" {\n name = "st"\n}
data "azurerm_storage_account" "a" {\n name = "st"\n}
resource "azurerm_storage_account_network_rules" "r" {
  storage_account_id = data.azurerm_storage_account.a.id
  default_action     = "Deny"
}`;
    const account = estateOf(files).resources.find((each) => !each.existing);
    expect(account === undefined ? '' : show(at(account.body, ['properties', 'networkAcls', 'defaultAction']))).toBe(
      "'Deny'",
    );
  });
});

describe('ids', () => {
  const target = (id: string): string => {
    const { resources } = estateOf(`${server}variable "n" {}\n${database(id)}data "azurerm_subscription" "c" {}\n`);
    const child = resources.find((each) => each.type === 'Microsoft.Sql/servers/databases');
    return child?.names.map(show).join('/') ?? '';
  };

  test.each([
    ['azurerm_mssql_server.s.id', "'sql'/'db'"],
    ['azurerm_mssql_server.s.fully_qualified_domain_name', "?unsupported/'db'"],
    ['"/subscriptions/x/resourceGroups/g/providers/Microsoft.Sql/servers/one"', "'one'/'db'"],
    ['"/subscriptions/x/resourceGroups/g/providers/Microsoft.Sql/servers/${var.n}"', "?parameter/'db'"],
    ['"${data.azurerm_subscription.c.id}/resourceGroups/g/providers/Microsoft.Sql/servers/one"', "'one'/'db'"],
    ['"/subscriptions/x/resourceGroups/g/providers/${var.n}/servers/one"', "?unsupported/'db'"],
  ])('the parent of %s', (id, expected) => {
    expect(target(id)).toBe(expected);
  });
});
