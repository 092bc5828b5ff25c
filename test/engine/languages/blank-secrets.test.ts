import { describe, expect, test } from 'vitest';
import type { ExampleLanguage } from '../../../engine/check/rule.ts';
import { judge } from '../../rules/judge.ts';

// Pipelines hand secrets in; the empty default beside them is there so that nothing asks for one.
const bicep = (value: string, secure = '@secure()'): string => `${secure}
param password string = '${value}'

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: 'kv'
}

resource secret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'login'
  properties: {
    value: 'admin:\${password}'
  }
}
`;

const arm = (value: string, type = 'securestring'): string =>
  JSON.stringify({
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    parameters: { password: { type, defaultValue: value } },
    resources: [
      {
        type: 'Microsoft.KeyVault/vaults/secrets',
        apiVersion: '2023-07-01',
        name: 'kv/login',
        properties: { value: "[concat('admin:', parameters('password'))]" },
      },
    ],
  });

const terraform = (value: string, sensitive = true): string => `variable "password" {
  type      = string
  sensitive = ${sensitive}
  default   = "${value}"
}

resource "azurerm_key_vault_secret" "login" {
  name         = "login"
  key_vault_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv"
  value        = "admin:\${var.password}"
}
`;

function isFound(language: ExampleLanguage, text: string): boolean {
  return judge(language, text).findings.some(({ rule }) => rule === 'keyvault/secret-literal');
}

describe('a secret with an empty default', () => {
  test.each<[ExampleLanguage, string]>([
    ['bicep', bicep('')],
    ['arm', arm('')],
    ['terraform', terraform('')],
  ])('is handed in at deployment: %s', (language, text) => {
    expect(isFound(language, text)).toBe(false);
  });

  test.each<[ExampleLanguage, string]>([
    ['bicep', bicep('Sesam1!')],
    ['arm', arm('Sesam1!')],
    ['terraform', terraform('Sesam1!')],
    ['bicep', bicep('', '')],
    ['arm', arm('', 'string')],
    ['terraform', terraform('', false)],
  ])('is written out where it is not empty or no secret: %s', (language, text) => {
    expect(isFound(language, text)).toBe(true);
  });
});
