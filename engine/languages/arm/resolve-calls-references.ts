import { distribute, sameValue } from '../../estate/condition.ts';
import { undecided } from '../../estate/function-calls.ts';
import { azureFunctions, secretOf } from '../../estate/functions-azure.ts';
import { isId } from '../../estate/ids.ts';
import { array, asSecret, reference, unknown } from '../../estate/make.ts';
import { property } from '../../estate/operations.ts';
import { nameSegments } from '../../estate/texts.ts';
import type { ResourceId, Text, Unknown, Value } from '../../estate/value.ts';
import type { ArmExpression } from './expression-syntax.ts';
import { type ArmCallSite, argumentOf, type LazyFunction } from './resolve-calls.ts';
import { type ArmResource, type DeclaredResource, deploymentType, scopeOf } from './resolve-resources.ts';
import type { TemplateScope } from './resolve-scope.ts';

/** Functions that ask Azure about a resource, which may be one of the template's own. By name in lower case. */
export const referenceFunctions: ReadonlyMap<string, LazyFunction> = new Map<string, LazyFunction>([
  ['reference', (args, site) => onTarget(args, site, (target) => runtimeState(target, args, site))],
  ['references', references],
  ['resourceinfo', (args, site) => onTarget(args, site, (target) => aboutResource(target, [], site))],
  ['resourceid', idOf],
  ['subscriptionresourceid', idOf],
  ['managementgroupresourceid', idOf],
  ['tenantresourceid', idOf],
  ['extensionresourceid', idOf],
  ['listoutputswithsecurevalues', (args, site) => onTarget(args, site, (target) => secureOutputs(target, args, site))],
]);

/** What is asked about: a resource of the template, or one of which only the id is known. */
type Target =
  | { readonly kind: 'resource'; readonly resource: ArmResource }
  | { readonly kind: 'id'; readonly id: ResourceId }
  | undefined;

/** Applies to what the first argument names: a symbolic name, the id or the name of a resource. */
function onTarget(args: readonly ArmExpression[], site: ArmCallSite, apply: (target: Target) => Value): Value {
  const [first] = args;
  if (first === undefined) return unknown('error', `${site.name}() lacks an argument`, site.origin);
  return distribute([argumentOf(first, site)], site.origin, ([named]) => apply(named && targetOf(named, site)));
}

function targetOf(named: Value, { scope }: ArmCallSite): Target {
  const { template } = scope;
  if (named.kind === 'reference') {
    if (!isId(named)) return undefined;
    return named.target.kind === 'id' ? withId(named.target.id, template) : undefined;
  }
  if (named.kind === 'text') return symbolicInstance(named, template) ?? writtenId(named, template);
  if (named.kind !== 'scalar' || typeof named.value !== 'string') return undefined;
  const indexed = /^(.*)\[(\d+)\]$/.exec(named.value);
  const declared = template.symbol(indexed?.[1] ?? named.value);
  if (declared !== undefined) return instanceOf(declared, indexed === null ? undefined : Number(indexed[2]));
  const target = writtenId(named, template);
  if (target !== undefined) return target;
  const resource = template.named(named);
  return resource && { kind: 'resource', resource };
}

/** An id that is written out, or a type and name as in `Microsoft.Storage/storageAccounts/x`. */
function writtenId(named: Value, template: TemplateScope): Target {
  const id = scopeOf(named);
  return id.kind === 'reference' && id.target.kind === 'id' ? withId(id.target.id, template) : undefined;
}

function instanceOf(declared: DeclaredResource, position: number | undefined): Target {
  const found = declared.turns.filter((turn) => turn.position === position);
  const [turn] = found.length > 0 ? found : declared.turns.filter((each) => each.position === undefined);
  return turn === undefined || found.length > 1 ? undefined : { kind: 'resource', resource: declared.resource(turn) };
}

/** `symbol[index]` where the index is not known: the only instance that there is. */
function symbolicInstance({ parts }: Text, template: TemplateScope): Target {
  const [head, index, end] = parts;
  if (parts.length !== 3 || typeof head !== 'string' || typeof index !== 'object' || end !== ']') return undefined;
  const declared = head.endsWith('[') ? template.symbol(head.slice(0, -1)) : undefined;
  const [turn, another] = declared?.turns ?? [];
  if (declared === undefined || turn === undefined || another !== undefined) return undefined;
  return { kind: 'resource', resource: declared.resource(turn) };
}

/** Deployments are looked up, for their outputs; other ids join by name when that is asked for. */
function withId(id: ResourceId, template: TemplateScope): Target {
  const type = id.type.toLowerCase();
  const resource =
    type === deploymentType ? template.ofType(type).find((each) => haveSameNames(each.names, id.names)) : undefined;
  return resource === undefined ? { kind: 'id', id } : { kind: 'resource', resource };
}

function haveSameNames(a: readonly Value[], b: readonly Value[]): boolean {
  return (
    a.length === b.length &&
    a.every((name, index) => {
      const other = b[index];
      return other !== undefined && sameValue(name, other) === true;
    })
  );
}

/** `reference(target, apiVersion, 'Full')`: its properties, or all that Azure says of it. */
function runtimeState(target: Target, args: readonly ArmExpression[], site: ArmCallSite): Value {
  const values = args.map((argument) => argumentOf(argument, site));
  if (target === undefined) return azureFunctions.get('reference')?.(values, site) ?? undecided(values, site);
  const full = values[2];
  const isFull = full?.kind === 'scalar' && String(full.value).toLowerCase() === 'full';
  // An extension such as Microsoft Graph has no properties: it is all that there is.
  const isExtension = target.kind === 'resource' && target.resource.facts.extension;
  return aboutResource(target, isFull || isExtension ? [] : ['properties'], site);
}

function aboutResource(target: Target, path: readonly string[], site: ArmCallSite): Value {
  if (target === undefined) return unknown('deployment', `${site.name}() is known at deployment only`, site.origin);
  const deployment = target.kind === 'resource' ? target.resource.deployment : undefined;
  const state = deployment?.state(site.origin);
  if (state !== undefined) return path.length === 0 ? state : property(state, 'properties');
  return reference(target, path, site.origin);
}

/** `references('symbol')`: one for each turn of a loop. */
function references(args: readonly ArmExpression[], site: ArmCallSite): Value {
  const [first] = args;
  const named = first === undefined ? undefined : argumentOf(first, site);
  const declared: DeclaredResource | undefined =
    named?.kind === 'scalar' ? site.scope.template.symbol(String(named.value)) : undefined;
  if (declared === undefined) return undecided(named === undefined ? [] : [named], site);
  const full = args[1] === undefined ? undefined : argumentOf(args[1], site);
  const isFull = full?.kind === 'scalar' && String(full.value).toLowerCase() === 'full';
  const items: Value[] = [];
  let open: Unknown | undefined;
  for (const turn of declared.turns) {
    if (turn.position === undefined)
      open ??= unknown('unsupported', 'instances that are not known one by one', site.origin);
    else {
      const target: Target = { kind: 'resource', resource: declared.resource(turn) };
      items.push(aboutResource(target, isFull ? [] : ['properties'], site));
    }
  }
  return array(items, site.origin, open);
}

/** `resourceId(type, name, …)` and the like. */
function idOf(args: readonly ArmExpression[], site: ArmCallSite): Value {
  const values = args.map((argument) => segmentOf(argument, args, site) ?? argumentOf(argument, site));
  return azureFunctions.get(site.call.lowerName)?.(values, site) ?? undecided(values, site);
}

/** `split(name, '/')[0]`, as the Bicep compiler takes a name apart: what is not known of it counts as having no slash. */
function segmentOf(argument: ArmExpression, args: readonly ArmExpression[], site: ArmCallSite): Value | undefined {
  if (argument.kind !== 'index' || argument.index.kind !== 'number') return undefined;
  const { target, index } = argument;
  if (target.kind !== 'call' || target.lowerName !== 'split') return undefined;
  const [name, separator] = target.arguments;
  if (name === undefined || separator?.kind !== 'string' || separator.value !== '/') return undefined;
  const type = args.find((each) => each.kind === 'string' && each.value.includes('/'));
  const value = argumentOf(name, site);
  if (type?.kind !== 'string' || value.kind === 'scalar') return undefined;
  return nameSegments(value, type.value.split('/').length - 1)[index.value];
}

/** The secure outputs of a deployment, by name. */
function secureOutputs(target: Target, args: readonly ArmExpression[], site: ArmCallSite): Value {
  const deployment = target?.kind === 'resource' ? target.resource.deployment : undefined;
  if (deployment !== undefined) return asSecret(deployment.values(site.origin));
  const values = args.map((argument) => argumentOf(argument, site));
  return secretOf(values, site) ?? undecided(values, site);
}
