import { identityOf } from '../../estate/condition.ts';
import type { ModuleResult } from '../../estate/context.ts';
import { parameterValues } from '../../estate/json-parameters.ts';
import { reference } from '../../estate/make.ts';
import { at, isNothing } from '../../estate/operations.ts';
import type { Call } from '../../estate/resource.ts';
import type { Value } from '../../estate/value.ts';
import type { BicepResource } from './resolve-resources.ts';
import type { FileScope } from './resolve-scope.ts';

const deploymentType = 'microsoft.resources/deployments';

/** What a resource that deploys a template brings: one that is written in it as an object, or loaded from a file. */
export type Deployed =
  | { readonly kind: 'template'; readonly result: ModuleResult }
  /** Its template cannot be had; that has been said. */
  | { readonly kind: 'nothing' };

/** Undefined for a resource that deploys no template. */
export function deployedTemplate(resource: BicepResource, file: FileScope): Deployed | undefined {
  if (resource.type.length !== deploymentType.length || resource.existing) return undefined;
  if (resource.type.toLowerCase() !== deploymentType) return undefined;
  const properties = at(resource.body, ['properties']);
  const template = at(properties, ['template']);
  if (isNothing(template) && isNothing(at(properties, ['templateLink']))) return undefined;
  const { run, call } = file;
  const { budget } = run.context;
  const name = resource.address.slice(file.prefix.length);
  if (resource.calls.length >= budget.moduleDepth || run.moduleInstances >= budget.moduleInstances) {
    const message = `There are too many deployments in one another; '${name}' is left out.`;
    run.report({ ...resource.header, code: 'budget', message });
    return { kind: 'nothing' };
  }
  run.moduleInstances++;
  const identity = `${call.identity === '' ? '' : `${call.identity}/`}${name}${resource.instance}`;
  const own: Call = { ...resource.header, name, instance: resource.instance };
  const deployed = elsewhere(resource);
  const subscription = deployed?.subscription;
  const result = run.context.foreign(
    {
      uri: file.uri,
      template,
      parameters: parameterValues(at(properties, ['parameters']), file.origin(resource.header)),
      exists: resource.exists,
      calls: [...resource.calls, own],
      identity,
      groupIdentity: deployed === undefined ? call.groupIdentity : `${identityOf(deployed.to) ?? identity}/`,
      subscriptionIdentity:
        subscription === undefined ? call.subscriptionIdentity : `${identityOf(subscription) ?? identity}/`,
      deployedTo: deployed?.to ?? resource.scope,
    },
    run.context,
  );
  if (result !== undefined) return { kind: 'template', result };
  const why = template.kind === 'unknown' ? `: ${template.detail}` : '';
  const message = `What the deployment '${name}' deploys is not known${why}.`;
  run.reportUnresolved({ ...resource.header, reference: name, message, command: undefined });
  return { kind: 'nothing' };
}

/** The group or subscription that the template is deployed to, where it is not that of the file. */
function elsewhere(
  resource: BicepResource,
): { readonly to: Value; readonly subscription: Value | undefined } | undefined {
  const written = (name: string): Value | undefined => {
    const value = at(resource.body, [name]);
    return isNothing(value) ? undefined : value;
  };
  const subscription = written('subscriptionId');
  const resourceGroup = written('resourceGroup');
  const name = resourceGroup ?? subscription;
  if (name === undefined) return undefined;
  const type = resourceGroup === undefined ? 'Microsoft.Resources/subscriptions' : 'Microsoft.Resources/resourceGroups';
  return {
    to: reference({ kind: 'id', id: { type, names: [name], subscription, resourceGroup } }, [], name.origin),
    subscription,
  };
}
