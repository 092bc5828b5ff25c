import { describe, expect, it } from 'vitest';
import { judge } from '../../rules/judge.ts';

const found = (rule: string, language: 'bicep' | 'terraform', text: string) =>
  judge(language, text)
    .findings.filter((finding) => finding.rule === rule)
    .map(({ place }) => text.slice(place.start, place.end));

const server = (name: string, password: string) => `resource server 'Microsoft.Sql/servers@2023-08-01' = {
  name: 'sql-invoices'
  location: 'westeurope'
  properties: {
    administratorLogin: ${name}
    administratorLoginPassword: ${password}
  }
}
`;

describe('the name of an administrator', () => {
  const rule = 'template/administrator-name-handed-in';

  it('is written out in a variable too, and not in the default of a parameter', () => {
    expect(found(rule, 'bicep', `var keeper = 'anna'\n${server('keeper', 'newGuid()')}`)).toEqual([`'anna'`]);
    expect(found(rule, 'bicep', `param keeper string = 'anna'\n${server('keeper', 'newGuid()')}`)).toEqual([]);
  });
});

describe('a password', () => {
  const rule = 'template/secret-from-secure-parameter';

  it('is plain in a parameter that nobody would take for one', () => {
    expect(found(rule, 'bicep', `param phrase string\n${server(`'anna'`, 'phrase')}`)).toHaveLength(1);
    expect(found(rule, 'bicep', `@secure()\nparam phrase string\n${server(`'anna'`, 'phrase')}`)).toEqual([]);
  });

  it('is told at its declaration where the name says so', () => {
    expect(found(rule, 'bicep', `param password string\n${server(`'anna'`, 'password')}`)).toEqual([]);
  });
});

describe('the secret of an application', () => {
  const rule = 'entra/application-password-expiry';
  const password = (life: string) => `resource "azuread_application_password" "a" {
  application_id = "/applications/11111111-2222-3333-4444-555555555555"
  ${life}
}
`;

  it.each([
    ['', 1],
    ['end_date_relative = "8760h"', 0],
    ['end_date_relative = "17520h"', 1],
    ['end_date = "2036-01-01T00:00:00Z"', 0],
    ['start_date = "2026-01-01T00:00:00Z"\n  end_date = "2027-01-01T00:00:00Z"', 0],
    ['start_date = "2026-01-01T00:00:00Z"\n  end_date = "2027-02-01T00:00:00Z"', 1],
    ['end_date = var.end', 0],
  ])('ends soon enough: %s', (life, number) => {
    expect(found(rule, 'terraform', password(life))).toHaveLength(number);
  });
});

describe('a module', () => {
  it.each([
    ['template/module-secure-source', 'git::http://example.net/a.git', 1],
    ['template/module-secure-source', 'git::ssh://git@example.net/a.git', 0],
    ['template/module-secure-source', './network', 0],
    ['template/module-pinned', 'github.com/example/network', 1],
    ['template/module-pinned', 'github.com/example/network?ref=v1.2.0', 0],
    ['template/module-pinned', 'git::https://example.net/a.git?ref=master', 1],
    ['template/module-version', 'Azure/subnets/azurerm', 1],
    ['template/module-version', 'app.example.net/Azure/subnets/azurerm//modules/a', 1],
    ['template/module-version', '../subnets', 0],
    ['template/module-version', 'github.com/example/network', 0],
  ])('%s of %s', (rule, source, number) => {
    expect(found(rule, 'terraform', `module "a" {\n  source = "${source}"\n}\n`)).toHaveLength(number);
  });
});
