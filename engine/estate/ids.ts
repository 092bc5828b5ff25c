import { scalar, unknown } from './make.ts';
import type { Origin } from './origin.ts';
import type { Reference, Value } from './value.ts';

/**
 * Namespaces with types that live in a subscription, in a management group or on another resource, so that their ids don't
 * all begin alike.
 */
const outsideGroups: ReadonlySet<string> = new Set(
  [
    'Advisor',
    'Authorization',
    'Billing',
    'Blueprint',
    'Consumption',
    'CostManagement',
    'GuestConfiguration',
    'Insights',
    'Maintenance',
    'ManagedServices',
    'Management',
    'PolicyInsights',
    'Quota',
    'Resources',
    'Security',
    'SecurityInsights',
    'Subscription',
    'Support',
  ].map((name) => `microsoft.${name.toLowerCase()}`),
);

/** True for a reference to the id of a resource, and not to something else that Azure says of it. */
export function isId(value: Value | undefined): value is Reference {
  return value?.kind === 'reference' && value.path.length === 1 && value.path[0] === 'id';
}

/** The segments of an id between its slashes, for a resource that certainly lives in a resource group. */
export function idSegments(value: Reference, origin: Origin): readonly Value[] | undefined {
  const { target } = value;
  const { type, names } = target.kind === 'id' ? target.id : target.resource;
  const [namespace, ...types] = type.split('/');
  if (namespace === undefined || outsideGroups.has(namespace.toLowerCase()) || types.length !== names.length)
    return undefined;
  if (target.kind === 'resource') {
    const { scope } = target.resource;
    const isInGroup = scope?.kind === 'reference' && /\/resourceGroups$/i.test(typeOf(scope));
    if (scope !== undefined && !isInGroup) return undefined;
  }
  const given = target.kind === 'id' ? target.id : undefined;
  const at = (part: Value | undefined, what: string): Value => part ?? unknown('deployment', what, origin);
  const head = ['', 'subscriptions', at(given?.subscription, 'the subscription of a resource')];
  head.push('resourceGroups', at(given?.resourceGroup, 'the resource group of a resource'), 'providers', namespace);
  const tail = types.flatMap((each, index) => [each, at(names[index], 'a name')]);
  return [...head, ...tail].map((each) => (typeof each === 'string' ? scalar(each, origin) : each));
}

function typeOf(value: Reference): string {
  return value.target.kind === 'id' ? value.target.id.type : value.target.resource.type;
}

/** True when an id certainly holds a text, e.g. `/providers/Microsoft.KeyVault/vaults/`. */
export function idHolds(value: Reference, text: string): boolean {
  const [namespace, first] = typeOf(value).split('/');
  return `/providers/${namespace}/${first}/`.includes(text);
}
