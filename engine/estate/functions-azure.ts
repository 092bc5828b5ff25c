import type { Data } from '../functions/data.ts';
import { distribute, identityOf } from './condition.ts';
import { type CallSite, undecided, type ValueFunction } from './function-calls.ts';
import { isId } from './ids.ts';
import { reference, unknown } from './make.ts';
import { fromData } from './plain.ts';
import type { ResourceId, Value } from './value.ts';

/**
 * Functions that Azure answers at deployment. Ids become references; the rest is unknown, with identities that are equal
 * wherever the answer is the same. By name in lower case.
 */
export const azureFunctions: ReadonlyMap<string, ValueFunction> = new Map<string, ValueFunction>([
  ['resourceid', withAlternatives((args, site) => idOf(args, site, resourceScope))],
  ['subscriptionresourceid', withAlternatives((args, site) => idOf(args, site, subscriptionScope))],
  ['managementgroupresourceid', withAlternatives((args, site) => idOf(args, site, noScope))],
  ['tenantresourceid', withAlternatives((args, site) => idOf(args, site, noScope))],
  ['extensionresourceid', withAlternatives((args, site) => idOf(args.slice(1), site, noScope))],
  ['resourcegroup', resourceGroup],
  ['subscription', subscription],
  ['managementgroup', managementGroup],
  ['tenant', (_, site) => unknown('deployment', 'the tenant of the deployment', site.origin, 'tenant()')],
  ['deployer', (_, site) => unknown('deployment', 'who deploys', site.origin, 'deployer()')],
  [
    'deployment',
    (_, site) => unknown('deployment', 'the deployment', site.origin, `${site.deployment.identity}/deployment()`),
  ],
  ['environment', (_, site) => fromData(azureCloud, site.origin)],
  ['reference', withAlternatives(runtimeState)],
  ['pickzones', (args, site) => atDeployment(args, site)],
  ['providers', (args, site) => atDeployment(args, site)],
  ['tologicalzone', (args, site) => atDeployment(args, site)],
  ['tologicalzones', (args, site) => atDeployment(args, site)],
  ['tophysicalzone', (args, site) => atDeployment(args, site)],
  ['tophysicalzones', (args, site) => atDeployment(args, site)],
  ['roledefinitions', (args, site) => atDeployment(args, site)],
  ['utcnow', (_, site) => unknown('deployment', 'the time of the deployment', site.origin)],
  ['newguid', (_, site) => unknown('deployment', 'a new GUID', site.origin)],
  ['getsecret', (args, site) => secretOf(args, site)],
  ['readenvironmentvariable', (args, site) => atDeployment(args, site)],
  ['readenvvar', (args, site) => atDeployment(args, site)],
  ['readcliarg', (args, site) => atDeployment(args, site)],
  ['externalinput', (args, site) => atDeployment(args, site)],
  ['fail', (_, site) => unknown('error', 'fail() ends the deployment here', site.origin)],
]);

function withAlternatives(apply: (args: readonly Value[], site: CallSite) => Value): ValueFunction {
  return (args, site) => distribute(args, site.origin, (chosen) => apply(chosen, site));
}

function callIdentity(args: readonly Value[], site: CallSite): string | undefined {
  const identities = args.map(identityOf);
  return identities.includes(undefined) ? undefined : `${site.name.toLowerCase()}(${identities.join(',')})`;
}

function atDeployment(args: readonly Value[], site: CallSite): Value {
  const secret = args.some((arg) => arg.secret);
  const detail = `${site.name}() is known at deployment only`;
  return unknown('deployment', detail, site.origin, callIdentity(args, site), secret);
}

/** `reference(id, apiVersion, 'Full')`: the properties of a resource, or all that Azure says of it. */
function runtimeState(args: readonly Value[], site: CallSite): Value {
  const [target, , full] = args;
  if (!isId(target)) return atDeployment(args, site);
  const isFull = full?.kind === 'scalar' && String(full.value).toLowerCase() === 'full';
  return reference(target.target, isFull ? [] : ['properties'], site.origin, target.secret);
}

/** `list*()` and `getSecret()`: a secret, whatever it is. Undefined for other methods. */
export function secretOf(args: readonly Value[], site: CallSite): Value | undefined {
  const name = site.name.toLowerCase();
  if (name !== 'getsecret' && !name.startsWith('list')) return undefined;
  return unknown('deployment', `${site.name}() gives a secret`, site.origin, callIdentity(args, site), true);
}

type ScopeOfId = (leading: readonly Value[]) => Pick<ResourceId, 'subscription' | 'resourceGroup'>;

const resourceScope: ScopeOfId = (leading) => ({
  subscription: leading.length > 1 ? leading[0] : undefined,
  resourceGroup: leading[leading.length - 1],
});
const subscriptionScope: ScopeOfId = (leading) => ({ subscription: leading[0], resourceGroup: undefined });
const noScope: ScopeOfId = () => ({ subscription: undefined, resourceGroup: undefined });

/** `[scope…,] type, name…`: the type is the first argument with a namespace and as many segments as there are names. */
function idOf(args: readonly Value[], site: CallSite, scopeOf: ScopeOfId): Value {
  const position = args.findIndex((arg) => typeof typeOf(arg) === 'string');
  const type = typeOf(args[position]);
  if (type === undefined) return undecided(args, site);
  const names = args.slice(position + 1);
  if (names.length !== type.split('/').length - 1) return undecided(args, site);
  const id: ResourceId = { type, names, ...scopeOf(args.slice(0, position)) };
  return reference(
    { kind: 'id', id },
    ['id'],
    site.origin,
    names.some((name) => name.secret),
  );
}

function typeOf(value: Value | undefined): string | undefined {
  if (value?.kind !== 'scalar' || typeof value.value !== 'string') return undefined;
  const slash = value.value.indexOf('/');
  return slash > 0 && value.value.lastIndexOf('.', slash) > 0 ? value.value : undefined;
}

function resourceGroup(args: readonly Value[], site: CallSite): Value {
  const name = args[args.length - 1];
  if (name === undefined) {
    const identity = `${site.deployment.groupIdentity}resourceGroup()`;
    return unknown('deployment', 'the resource group of the deployment', site.origin, identity);
  }
  const given = args.length > 1 ? args[0] : undefined;
  const id: ResourceId = {
    type: 'Microsoft.Resources/resourceGroups',
    names: [name],
    subscription: given,
    resourceGroup: name,
  };
  return reference({ kind: 'id', id }, [], site.origin);
}

function subscription(args: readonly Value[], site: CallSite): Value {
  const [given] = args;
  if (given === undefined) {
    const identity = `${site.deployment.subscriptionIdentity}subscription()`;
    return unknown('deployment', 'the subscription of the deployment', site.origin, identity);
  }
  const type = 'Microsoft.Resources/subscriptions';
  const id: ResourceId = { type, names: [given], subscription: given, resourceGroup: undefined };
  return reference({ kind: 'id', id }, [], site.origin);
}

function managementGroup(args: readonly Value[], site: CallSite): Value {
  const [name] = args;
  if (name === undefined) {
    const identity = `${site.deployment.groupIdentity}managementGroup()`;
    return unknown('deployment', 'the management group of the deployment', site.origin, identity);
  }
  const type = 'Microsoft.Management/managementGroups';
  const id: ResourceId = { type, names: [name], subscription: undefined, resourceGroup: undefined };
  return reference({ kind: 'id', id }, [], site.origin);
}

/** What `environment()` says in the public cloud, as documented for the Bicep function. */
const azureCloud: Data = {
  name: 'AzureCloud',
  gallery: 'https://gallery.azure.com/',
  graph: 'https://graph.windows.net/',
  portal: 'https://portal.azure.com',
  graphAudience: 'https://graph.windows.net/',
  activeDirectoryDataLake: 'https://datalake.azure.net/',
  batch: 'https://batch.core.windows.net/',
  media: 'https://rest.media.azure.net',
  sqlManagement: 'https://management.core.windows.net:8443/',
  vmImageAliasDoc:
    'https://raw.githubusercontent.com/Azure/azure-rest-api-specs/master/arm-compute/quickstart-templates/aliases.json',
  resourceManager: 'https://management.azure.com/',
  authentication: {
    loginEndpoint: 'https://login.microsoftonline.com/',
    audiences: ['https://management.core.windows.net/', 'https://management.azure.com/'],
    tenant: 'common',
    identityProvider: 'AAD',
  },
  suffixes: {
    acrLoginServer: '.azurecr.io',
    azureDatalakeAnalyticsCatalogAndJob: 'azuredatalakeanalytics.net',
    azureDatalakeStoreFileSystem: 'azuredatalakestore.net',
    azureFrontDoorEndpointSuffix: 'azurefd.net',
    keyvaultDns: '.vault.azure.net',
    sqlServerHostname: '.database.windows.net',
    storage: 'core.windows.net',
  },
};
