import type { Estate, Output } from '../../engine/estate/estate.ts';
import { text } from '../../engine/estate/make.ts';
import type { DeploymentScope, Resource } from '../../engine/estate/resource.ts';
import type { Value } from '../../engine/estate/value.ts';
import {
  groupByScope,
  isDeploymentScope,
  isOwnScope,
  printDeployment,
  printInner,
  printPlace,
} from './print-deployments.ts';
import { isLeftOut, isOpen, type PrintContext, printExpression, printValue } from './template-expressions.ts';
import { type ParameterType, TemplateParameters } from './template-parameters.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The same estate can be written in several ways. */
export interface TemplateStyle {
  /** A list, or an object by symbolic name with `languageVersion` 2.0, which alone can hold `existing` resources. */
  readonly resources: 'list' | 'symbolic';
  /** Children beside their parents, named in full, or inside of them. */
  readonly children: 'separate' | 'nested';
  /** What puts texts together. */
  readonly texts: 'format' | 'concat';
  /** Whether the resources are in a template of their own, which the printed one deploys and gives its parameters. */
  readonly deployed?: boolean;
  /**
   * What becomes of what a provider does not say (Terraform): left out, as if Azure had to decide, with this API version
   * where none is known. Refused without it. The template then says more than the estate did.
   */
  readonly unsaid?: { readonly apiVersion: string };
}

const schemas: Readonly<Record<DeploymentScope, string>> = {
  resourceGroup: '2019-04-01/deploymentTemplate.json#',
  subscription: '2018-05-01/subscriptionDeploymentTemplate.json#',
  managementGroup: '2019-08-01/managementGroupDeploymentTemplate.json#',
  tenant: '2019-08-01/tenantDeploymentTemplate.json#',
};

/** Parts of a body that say where a resource belongs; they are printed from what the estate says. */
const placement: ReadonlySet<string> = new Set(['name', 'type', 'apiversion', 'scope', 'parent', 'dependson']);

/**
 * Writes an estate as an ARM template that has the same estate. Throws where a template cannot say it: a body that is not
 * known whole at the top, a part of a resource (Terraform), a scope that is not known.
 */
export function printTemplate(estate: Estate, wanted: TemplateStyle): string {
  // Only the symbolic form has resources that are not deployed.
  const hasExisting = estate.resources.some((resource) => resource.existing);
  const style: TemplateStyle = hasExisting ? { ...wanted, resources: 'symbolic' } : wanted;
  const symbols = symbolsOf(estate.resources);
  const groups = groupByScope(estate);
  const parameters = new TemplateParameters();
  const context: PrintContext = {
    style,
    parameters,
    idFunction: idFunctionOf(estate.scope),
    scope: estate.scope,
    keyOf: (resource) => symbols.get(resource) ?? '',
    // A template knows no symbols of another one.
    symbolOf: (resource) => (style.resources === 'symbolic' && groups.length === 1 ? symbols.get(resource) : undefined),
  };
  const form = style.resources === 'symbolic' ? { languageVersion: '2.0' } : {};
  const header = (scope: DeploymentScope): { readonly [key: string]: Json } => ({
    $schema: `https://schema.management.azure.com/schemas/${schemas[scope]}`,
    ...form,
    contentVersion: '1.0.0.0',
  });
  const entries = groups.flatMap(({ scope, resources }, index) => {
    const outer = resources.filter((resource) => !isInside(resource, resources, style));
    const printed = printResources(outer, resources, context);
    if (scope === undefined) return printed;
    const place = printPlace(scope, context);
    const target = 'resourceGroup' in place ? 'resourceGroup' : 'subscription';
    const template = { ...header(target), resources: collected(printed, style) };
    return [[`elsewhere${index}`, printDeployment(`elsewhere${index}`, place, template)] as const];
  });
  // Outputs stay in the outer template.
  const around: PrintContext = style.deployed === true ? { ...context, symbolOf: () => undefined } : context;
  const outputs = Object.fromEntries(
    estate.outputs.filter((output) => output.atRoot).map((output) => [output.name, printOutput(output, around)]),
  );
  const resources = collected(entries, style);
  // What the outer template gives needs no second default.
  const inner = { ...header(estate.scope), parameters: parameters.print(false), resources };
  const deployment = ['inner', printInner('inner', inner, estate.scope)] as const;
  const template = {
    ...header(estate.scope),
    parameters: parameters.print(),
    resources: style.deployed === true ? collected([deployment], style) : resources,
    ...(Object.keys(outputs).length === 0 ? {} : { outputs }),
  };
  return `${JSON.stringify(template, null, 2)}\n`;
}

/** Resources by their keys, as a list or as an object. */
function collected(entries: readonly (readonly [string, Json])[], style: TemplateStyle): Json {
  return style.resources === 'list' ? entries.map(([, resource]) => resource) : Object.fromEntries(entries);
}

function idFunctionOf(scope: DeploymentScope): PrintContext['idFunction'] {
  if (scope === 'resourceGroup') return 'resourceId';
  return scope === 'subscription' ? 'subscriptionResourceId' : 'tenantResourceId';
}

/** A name for each resource: that of its declaration, with its instance. */
function symbolsOf(resources: readonly Resource[]): ReadonlyMap<Resource, string> {
  const symbols = new Map<Resource, string>();
  const taken = new Set<string>();
  for (const resource of resources) {
    const wanted = `${resource.address}${resource.instance}`.replace(/\W+/g, '_').replace(/^_+|_+$/g, '');
    let symbol = wanted;
    for (let number = 2; taken.has(symbol.toLowerCase()); number++) symbol = `${wanted}_${number}`;
    taken.add(symbol.toLowerCase());
    symbols.set(resource, symbol);
  }
  return symbols;
}

/** Whether a resource is printed inside its parent. What isn't deployed cannot hold anything. */
function isInside(resource: Resource, all: readonly Resource[], style: TemplateStyle): boolean {
  const { parent } = resource;
  return style.children === 'nested' && parent !== undefined && !parent.existing && all.includes(parent);
}

function printResources(
  resources: readonly Resource[],
  all: readonly Resource[],
  context: PrintContext,
): readonly (readonly [string, Json])[] {
  return resources.map((resource) => [context.keyOf(resource), printResource(resource, all, context)]);
}

function printResource(resource: Resource, all: readonly Resource[], context: PrintContext): Json {
  const { type, names, exists, existing, scope, address } = resource;
  const { unsaid } = context.style;
  if (resource.partial === true && unsaid === undefined) throw new Error(`${address} is only a part of a resource.`);
  const apiVersion = resource.apiVersion ?? unsaid?.apiVersion;
  if (apiVersion === undefined) throw new Error(`${address} has no API version.`);
  const inside = isInside(resource, all, context.style);
  const name = inside ? names.slice(-1) : names;
  const children = all.filter((child) => child.parent === resource && isInside(child, all, context.style));
  return {
    ...(existing ? { existing: true } : {}),
    ...(exists.kind === 'scalar' ? {} : { condition: `[${printExpression(exists, context, 'bool')}]` }),
    type: inside ? type.slice(type.lastIndexOf('/') + 1) : type,
    apiVersion,
    ...(scope === undefined ? {} : printScope(resource, scope, context)),
    name: printValue(joined(name, address), context),
    ...(existing ? {} : printBody(resource, context)),
    ...(children.length === 0 ? {} : { resources: collected(printResources(children, all, context), context.style) }),
  };
}

/** Names one after the other, as a child that stands by itself is named. */
function joined(names: readonly Value[], address: string): Value {
  const [first, ...rest] = names;
  if (first === undefined) throw new Error(`${address} has no name.`);
  if (rest.length === 0) return first;
  return text([first, ...rest.flatMap((name) => ['/', name])], first.origin);
}

/** Where a resource is put: on another one, or, where it is not deployed, in a place of its own. */
function printScope(
  { address, existing }: Resource,
  scope: Value,
  context: PrintContext,
): { readonly [key: string]: Json } {
  if (scope.kind !== 'reference') {
    // Terraform writes every scope as an id.
    if (context.style.unsaid !== undefined) return { scope: printValue(scope, context) };
    throw new Error(`The scope of ${address} is not known.`);
  }
  if (isOwnScope(scope, context.scope)) return {};
  if (isDeploymentScope(scope)) {
    if (context.style.unsaid !== undefined) return { scope: printValue({ ...scope, path: ['id'] }, context) };
    return existing ? printPlace(scope, context) : {};
  }
  return { scope: printValue({ ...scope, path: ['id'] }, context) };
}

function printBody({ body, address, partial }: Resource, context: PrintContext): { readonly [key: string]: Json } {
  const isPart = partial === true && context.style.unsaid !== undefined;
  if (body.kind !== 'object' || (isOpen(body, context) && !isPart))
    throw new Error(`The body of ${address} is not known whole.`);
  const members: Record<string, Json> = {};
  for (const key of body.keys()) {
    const value = body.get(key);
    if (!placement.has(key.toLowerCase()) && !isLeftOut(value, context)) members[key] = printValue(value, context);
  }
  return members;
}

function printOutput({ value, secure }: Output, context: PrintContext): Json {
  const type = outputType(value);
  const secureType = type === 'object' || type === 'array' ? 'secureObject' : 'securestring';
  return { type: secure ? secureType : type, value: printValue(value, context) };
}

function outputType(value: Value): ParameterType {
  if (value.kind === 'object' || value.kind === 'array') return value.kind;
  if (value.kind !== 'scalar') return 'string';
  return typeof value.value === 'boolean' ? 'bool' : typeof value.value === 'number' ? 'int' : 'string';
}
