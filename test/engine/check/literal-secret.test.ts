import { describe, expect, it } from 'vitest';
import { asSecret, text } from '../../../engine/estate/make.ts';
import { check, either, here, resource, rule, unset, value, type Written } from './estates.ts';

const type = 'Microsoft.NetApp/netAppAccounts';
const literal = rule({
  resource: type,
  check: { name: 'secrets/literal', options: { path: 'properties.activeDirectories[].password' } },
});

function verdicts(...passwords: readonly Written[]): readonly string[] {
  const activeDirectories = passwords.map((password) => ({ password }));
  const result = check([resource(type, { properties: { activeDirectories } })], [literal]);
  expect(result.undetermined).toEqual([]);
  return result.findings.map(({ verdict }) => verdict);
}

describe('a secret that is written out', () => {
  it('is found, each of them', () => {
    expect(verdicts('Pa55word', 'Pa55word2')).toEqual(['fail', 'fail']);
    expect(verdicts(asSecret(value('the default of a secure parameter')))).toEqual(['fail']);
    expect(verdicts(either('test', 'Pa55word', unset('password', true)))).toEqual(['may-fail']);
  });

  it('is not there when it is handed in, empty, or put together from what is', () => {
    expect(verdicts(unset('password', true))).toEqual([]);
    expect(verdicts(unset('password'))).toEqual([]);
    expect(verdicts(text(['pre-', unset('password', true)], here()))).toEqual([]);
    expect(verdicts('', null)).toEqual([]);
    expect(verdicts()).toEqual([]);
    expect(verdicts('__CHANGE_ME__', '<password>', '#{Password}#', '{{ password }}', '$(password)')).toEqual([]);
    expect(verdicts('CHANGE_ME')).toEqual(['fail']);
  });
});

describe('what is named like something that is no secret', () => {
  const secretType = 'Microsoft.KeyVault/vaults/secrets';
  const named = rule({
    resource: secretType,
    check: { name: 'secrets/literal', options: { path: 'properties.value', unlessNamed: '(?i)username$' } },
  });
  const found = (name: string): number =>
    check([resource(secretType, { properties: { value: 'x' } }, { name })], [named]).findings.length;

  it('is left alone, and nothing else is', () => {
    expect(found('vm-adminUserName')).toBe(0);
    expect(found('vm-password')).toBe(1);
    expect(found('username-and-password')).toBe(1);
  });
});
