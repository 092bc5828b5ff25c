import { identityOf } from '../../engine/estate/condition.ts';
import type { Estate } from '../../engine/estate/estate.ts';
import type { DeploymentScope, Resource } from '../../engine/estate/resource.ts';
import type { Reference, Value } from '../../engine/estate/value.ts';
import type { Json } from './print-template.ts';
import { type PrintContext, printValue } from './template-expressions.ts';

/** Resources that are deployed to one scope; undefined where that is the scope of the template itself. */
export interface ScopeGroup {
  readonly scope: Reference | undefined;
  readonly resources: readonly Resource[];
}

/** The resources of an estate by what they are deployed to. What is not deployed stays with the template. */
export function groupByScope(estate: Estate): readonly ScopeGroup[] {
  // Terraform writes every scope as an id and deploys nothing to it.
  if (estate.root.language === 'terraform') return [{ scope: undefined, resources: estate.resources }];
  const groups = new Map<string, { scope: Reference | undefined; resources: Resource[] }>();
  groups.set('', { scope: undefined, resources: [] });
  for (const resource of estate.resources) {
    const scope = deployedTo(resource, estate.scope);
    const key = scope === undefined ? '' : (identityOf(scope) ?? `${groups.size}`);
    const group = groups.get(key) ?? { scope, resources: [] };
    group.resources.push(resource);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** A child goes where its parent goes, and an extension where that goes which it is put on. */
function deployedTo(resource: Resource, own: DeploymentScope): Reference | undefined {
  const { existing, parent, scope } = resource;
  if (existing) return undefined;
  if (parent !== undefined && !parent.existing) return deployedTo(parent, own);
  if (scope?.kind !== 'reference' || isOwnScope(scope, own)) return undefined;
  if (isDeploymentScope(scope)) return scope;
  return scope.target.kind === 'resource' ? deployedTo(scope.target.resource, own) : undefined;
}

/** Whether something can be deployed to; on all else only extensions are put. */
export function isDeploymentScope({ target }: Reference): boolean {
  const { type } = target.kind === 'id' ? target.id : target.resource;
  return /^Microsoft\.Resources\/(resourceGroups|subscriptions)$/i.test(type);
}

/** True for the scope of the deployment itself: what `resourceGroup()` names without arguments in one to a group, … */
export function isOwnScope({ target }: Reference, own: DeploymentScope): boolean {
  const [name] = target.kind === 'id' ? target.id.names : [];
  return name?.kind === 'unknown' && name.identity === `${own}()`;
}

/** Where a template says that something is, beside its name. */
export function printPlace({ target }: Reference, context: PrintContext): { readonly [key: string]: Json } {
  const { type, names } = target.kind === 'id' ? target.id : target.resource;
  const [name] = names;
  const given = target.kind === 'id' ? target.id.subscription : undefined;
  const isGroup = /\/resourceGroups$/i.test(type);
  const subscription = isGroup ? given : (given ?? name);
  return {
    ...(subscription === undefined ? {} : { subscriptionId: printSubscription(subscription, context) }),
    ...(isGroup && name !== undefined ? { resourceGroup: printValue(name, context) } : {}),
  };
}

function printSubscription(subscription: Value, context: PrintContext): Json {
  const isOwn = subscription.kind === 'unknown' && subscription.identity === 'subscription()';
  return isOwn ? '[subscription().subscriptionId]' : printValue(subscription, context);
}

/** A deployment of the resources of another scope. Its expressions mean what they mean in the template around it. */
export function printDeployment(name: string, place: { readonly [key: string]: Json }, template: Json): Json {
  return {
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2022-09-01',
    name,
    ...place,
    ...('resourceGroup' in place ? {} : { location: '[deployment().location]' }),
    properties: {
      mode: 'Incremental',
      expressionEvaluationOptions: { scope: 'outer' },
      template,
    },
  };
}

/** A deployment of a template to where the one around it is deployed, with parameters of the same names. */
export function printInner(
  name: string,
  template: { readonly parameters: { readonly [name: string]: Json } } & { readonly [key: string]: Json },
  scope: DeploymentScope,
): Json {
  const names = Object.keys(template.parameters);
  return {
    type: 'Microsoft.Resources/deployments',
    apiVersion: '2022-09-01',
    name,
    ...(scope === 'resourceGroup' ? {} : { location: '[deployment().location]' }),
    properties: {
      mode: 'Incremental',
      expressionEvaluationOptions: { scope: 'inner' },
      parameters: Object.fromEntries(names.map((each) => [each, { value: `[parameters('${each}')]` }])),
      template,
    },
  };
}
