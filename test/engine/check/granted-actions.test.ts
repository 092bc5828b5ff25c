import { describe, expect, it } from 'vitest';
import { check, resource, rule, unset, type Written } from './estates.ts';

const type = 'Microsoft.Authorization/roleDefinitions';
const asking = rule({
  resource: [type],
  check: { name: 'rbac/granted-actions', options: { actions: ['A.B/roles/write'], besides: ['*'] } },
  message: 'Too much.',
});

function verdictOf(actions: Written, notActions: Written = []): string {
  const role = resource(type, { properties: { permissions: [{ actions, notActions }] } });
  const { findings, undetermined } = check([role], [asking]);
  return findings[0]?.verdict ?? (undetermined.length > 0 ? 'undetermined' : 'pass');
}

describe('what a role grants', () => {
  it.each([
    ['the action', ['A.B/roles/write'], [], 'fail'],
    ['in other letters', ['a.b/ROLES/write'], [], 'fail'],
    ['all of the service', ['A.B/*'], [], 'fail'],
    ['all writes', ['*/write'], [], 'fail'],
    ['a star in the middle', ['A.B/*/write'], [], 'fail'],
    ['two stars', ['*/roles/*'], [], 'fail'],
    ['what only ends alike', ['A.B/roles/*/write'], [], 'pass'],
    ['another action', ['A.B/roles/read'], [], 'pass'],
    ['what others look at', ['*'], [], 'pass'],
    ['what is taken away', ['A.B/*'], ['*/write'], 'pass'],
    ['what is not taken away', ['A.B/*'], ['*/delete'], 'fail'],
    ['what is not known', [unset('action')], [], 'undetermined'],
    ['what may be taken away', ['A.B/*'], [unset('action')], 'may-fail'],
    ['lists that are not known', unset('actions'), [], 'undetermined'],
  ] satisfies readonly (readonly [string, Written, Written, string])[])('%s', (_, actions, notActions, expected) => {
    expect(verdictOf(actions, notActions)).toBe(expected);
  });

  it('is taken away within one set of permissions only', () => {
    const permissions = [{ actions: ['A.B/roles/write'], notActions: [] }, { notActions: ['*'] }];
    const { findings } = check([resource(type, { properties: { permissions } })], [asking]);
    expect(findings.map(({ message }) => message)).toEqual(['Too much. It grants A.B/roles/write.']);
  });
});
