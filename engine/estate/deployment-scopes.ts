import { reference } from './make.ts';
import type { ResourceId, Value } from './value.ts';

const scopeTypes: readonly (readonly [string, string])[] = [
  ['resourceGroup()', 'Microsoft.Resources/resourceGroups'],
  ['subscription()', 'Microsoft.Resources/subscriptions'],
  ['managementGroup()', 'Microsoft.Management/managementGroups'],
  ['tenant()', 'Microsoft.Resources/tenants'],
];

/** What something is deployed to. What the functions name without arguments is the scope of the deployment itself. */
export function deploymentScope(value: Value): Value {
  if (value.kind !== 'unknown' || value.identity === undefined) return value;
  const type = scopeTypes.find(([suffix]) => value.identity?.endsWith(suffix) === true)?.[1];
  if (type === undefined) return value;
  const id: ResourceId = { type, names: [value], subscription: undefined, resourceGroup: undefined };
  return reference({ kind: 'id', id }, [], value.origin);
}
