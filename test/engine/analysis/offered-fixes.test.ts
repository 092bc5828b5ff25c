import { describe, expect, it } from 'vitest';
import { compiled, judge } from '../../rules/judge.ts';

/** The rules whose findings in a text can be mended, and those whose cannot although they have a fix. */
function offered(text: string): { readonly fixable: readonly string[]; readonly others: readonly string[] } {
  const { findings } = judge('terraform', text);
  const withFix = new Set([...compiled.checks.rules].filter(({ fix }) => fix !== undefined).map(({ id }) => id));
  const named = findings.filter(({ rule }) => withFix.has(rule));
  return {
    fixable: named.filter(({ fixable }) => fixable).map(({ rule }) => rule),
    others: named.filter(({ fixable }) => !fixable).map(({ rule }) => rule),
  };
}

const account = `resource "azurerm_storage_account" "ledger" {
  name                     = "stledger"
  resource_group_name      = "rg-ledger"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "LRS"
  min_tls_version          = "TLS1_0"
}
`;

describe('a finding in azurerm', () => {
  it('is fixable where the provider has an argument or a resource for what its fix writes', () => {
    expect(offered(account).fixable).toEqual(expect.arrayContaining(['storage/min-tls', 'storage/delete-lock']));
  });

  it('is not fixable where the provider has none', () => {
    const { fixable, others } = offered(account);
    expect(others).toContain('storage/cmk');
    expect(fixable).not.toContain('storage/cmk');
  });
});
