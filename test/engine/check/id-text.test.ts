import { describe, expect, test } from 'vitest';
import type { EvaluationContext } from '../../../engine/check/context.ts';
import { passesTest } from '../../../engine/check/value-test.ts';
import { reference, scalar, unknown } from '../../../engine/estate/make.ts';
import { sourceOrigin } from '../../../engine/estate/origin.ts';
import type { Value } from '../../../engine/estate/value.ts';

const origin = sourceOrigin('file:///main.bicep', 0, 1);
const owner = '8e3af657-a8ff-443c-a75c-2fe8c4bcb635';
// None of these tests reads the context.
const context = {} as EvaluationContext;

function roleId(name: Value): Value {
  const type = 'Microsoft.Authorization/roleDefinitions';
  return reference(
    { kind: 'id', id: { type, names: [name], subscription: undefined, resourceGroup: undefined } },
    ['id'],
    origin,
  );
}

describe('tests of texts on an id', () => {
  test('see the name it ends with, ignoring case', () => {
    const id = roleId(scalar(owner.toUpperCase(), origin));
    expect(passesTest({ op: 'endsWith', value: owner }, id, context)).toBe(true);
    expect(passesTest({ op: 'endsWith', value: `/roleDefinitions/${owner}` }, id, context)).toBe(true);
    expect(passesTest({ op: 'endsWith', value: 'b24988ac-6180-42a0-ab88-20f7382dd24c' }, id, context)).toBe(false);
  });

  test('do not know what the id starts with', () => {
    const id = roleId(scalar(owner, origin));
    expect(passesTest({ op: 'startsWith', value: '/subscriptions/' }, id, context)).toBeUndefined();
  });

  test('do not know a name that is not known', () => {
    const id = roleId(unknown('parameter', 'no value', origin));
    expect(passesTest({ op: 'endsWith', value: owner }, id, context)).toBeUndefined();
    expect(passesTest({ op: 'contains', value: 'roleDefinitions/' }, id, context)).toBe(true);
  });
});
