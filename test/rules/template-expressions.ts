import { identityOf } from '../../engine/estate/condition.ts';
import { type DeploymentScope, nameOf, type Resource } from '../../engine/estate/resource.ts';
import type { ArrayValue, Choice, ObjectValue, Reference, ResourceId, Text, Value } from '../../engine/estate/value.ts';
import type { Json, TemplateStyle } from './print-template.ts';
import type { ParameterType, TemplateParameters } from './template-parameters.ts';

/** What an expression is printed in. */
export interface PrintContext {
  readonly style: TemplateStyle;
  readonly parameters: TemplateParameters;
  /** The function that gives the id of what lives in the scope of the deployment. */
  readonly idFunction: 'resourceId' | 'subscriptionResourceId' | 'tenantResourceId';
  /** What the template is deployed to. */
  readonly scope: DeploymentScope;
  /** The key of a resource where resources are an object. */
  readonly keyOf: (resource: Resource) => string;
  /** The symbolic name by which expressions may call a resource; undefined where they cannot. */
  readonly symbolOf: (resource: Resource) => string | undefined;
}

/** A value as it stands in a template: literals as JSON, all else as an expression in a string. Absent members are left out. */
export function printValue(value: Value, context: PrintContext): Json {
  if (isKnownSecret(value)) return `[${secretExpression(value, context)}]`;
  switch (value.kind) {
    case 'absent':
      return null;
    case 'scalar':
      return typeof value.value === 'string' ? escapeLiteral(value.value) : value.value;
    case 'object': {
      if (isOpen(value, context)) break;
      const members: Record<string, Json> = {};
      for (const key of value.keys()) {
        const member = value.get(key);
        if (!isLeftOut(member, context)) members[escapeLiteral(key)] = printValue(member, context);
      }
      return members;
    }
    case 'array':
      if (isOpen(value, context)) break;
      return value.items.map((item) => printValue(item, context));
    case 'text':
    case 'choice':
    case 'reference':
    case 'unknown':
      break;
  }
  return `[${printExpression(value, context)}]`;
}

/** Whether members or items may exist that the template has to stand for with something unknown. */
export function isOpen({ open }: ObjectValue | ArrayValue, { style }: PrintContext): boolean {
  return open !== undefined && !(style.unsaid !== undefined && open.reason === 'lens');
}

/** Whether a member is not written: there is none, or its provider does not say. */
export function isLeftOut(member: Value, { style }: PrintContext): boolean {
  if (member.kind === 'unknown') return style.unsaid !== undefined && member.reason === 'lens';
  return member.kind === 'absent';
}

/** A text that begins and ends as an expression does is told apart by one more bracket. */
export function escapeLiteral(text: string): string {
  return text.startsWith('[') && text.endsWith(']') ? `[${text}` : text;
}

/** A value as an expression, without the brackets around it. `type` is what is expected of something unknown. */
export function printExpression(value: Value, context: PrintContext, type: ParameterType = 'string'): string {
  if (isKnownSecret(value)) return secretExpression(value, context);
  switch (value.kind) {
    case 'absent':
      return 'null()';
    case 'scalar':
      return printScalar(value.value);
    case 'text':
      return printText(value, context);
    case 'object': {
      const members = value
        .keys()
        .map((key) => [key, value.get(key)] as const)
        .filter(([, member]) => !isLeftOut(member, context))
        .flatMap(([key, member]) => [quoted(key), printExpression(member, context)]);
      const known = call('createObject', members);
      if (value.open === undefined || !isOpen(value, context)) return known;
      return call('shallowMerge', [call('createArray', [context.parameters.unknown(value.open, 'object'), known])]);
    }
    case 'array': {
      const known = call(
        'createArray',
        value.items.map((item) => printExpression(item, context)),
      );
      if (value.open === undefined) return known;
      return call('concat', [known, context.parameters.unknown(value.open, 'array')]);
    }
    case 'choice':
      return printChoice(value, context);
    case 'reference':
      return printReference(value, context);
    case 'unknown':
      return context.parameters.unknown(value, type);
  }
}

/** Secret by itself, and not because of an unknown inside that is declared as secret anyway. */
function isKnownSecret(value: Value): boolean {
  if (!value.secret) return false;
  switch (value.kind) {
    case 'scalar':
      return value.value !== null;
    case 'text':
      return !value.parts.some((part) => typeof part !== 'string' && part.secret);
    case 'object':
    case 'array':
      return true;
    case 'absent':
    case 'choice':
    case 'reference':
    case 'unknown':
      return false;
  }
}

function secretExpression(value: Value, context: PrintContext): string {
  const type = value.kind === 'object' || value.kind === 'array' ? value.kind : 'string';
  return context.parameters.secret(printValue(plainly(value), context), type);
}

/** The value without its mark: members of a secret object would otherwise be secrets of their own. */
function plainly(value: Value): Value {
  switch (value.kind) {
    case 'object':
      return {
        kind: 'object',
        origin: value.origin,
        secret: false,
        open: value.open,
        keys: () => value.keys(),
        get: (key) => plainly(value.get(key)),
      };
    case 'array':
      return { ...value, secret: false, items: value.items.map(plainly) };
    case 'scalar':
    case 'text':
      return { ...value, secret: false };
    case 'absent':
    case 'choice':
    case 'reference':
    case 'unknown':
      return value;
  }
}

function printScalar(value: string | number | boolean | null): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : `json('${value}')`;
  return `${value}()`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function call(name: string, args: readonly string[]): string {
  return `${name}(${args.join(', ')})`;
}

function printText({ parts }: Text, context: PrintContext): string {
  if (context.style.texts === 'concat') {
    const written = parts.map((part) => (typeof part === 'string' ? quoted(part) : printExpression(part, context)));
    return call('concat', written);
  }
  let format = '';
  const holes: string[] = [];
  for (const part of parts) {
    if (typeof part === 'string') format += part.replaceAll('{', '{{').replaceAll('}', '}}');
    else format += `{${holes.push(printExpression(part, context)) - 1}}`;
  }
  return call('format', [quoted(format), ...holes]);
}

function printChoice({ condition, options }: Choice, context: PrintContext): string {
  const written = options.map((option) => printExpression(option, context));
  if (written.length === 2) return call('if', [context.parameters.test(condition), ...written]);
  const { selector, values } = context.parameters.alternatives(condition);
  return written.reduceRight((otherwise, option, index) =>
    call('if', [call('equals', [selector, quoted(values[index] ?? '')]), option, otherwise]),
  );
}

function printReference(value: Reference, context: PrintContext): string {
  const { target, path } = value;
  if (value.secret) {
    const detail = path.join(' ');
    const identity = identityOf(value);
    return context.parameters.unknown({ ...value, kind: 'unknown', reason: 'deployment', detail, identity }, 'string');
  }
  const [first, ...rest] = path;
  if (path.length === 1 && first === 'id') {
    return target.kind === 'id' ? printId(target.id, context) : printIdOf(target.resource, context);
  }
  if (target.kind === 'id') throw new Error(`What Azure says of a ${target.id.type} cannot be asked for by id only.`);
  const { resource } = target;
  const name = nameOf(resource);
  if (path.length === 1 && first === 'name' && name !== undefined) return printExpression(name, context);
  if (path.length === 1 && first === 'type') return quoted(resource.type);
  if (path.length === 1 && first === 'apiVersion' && resource.apiVersion !== undefined)
    return quoted(resource.apiVersion);
  const ofProperties = first === 'properties';
  return `${printState(resource, ofProperties, context)}${printPath(ofProperties ? rest : path)}`;
}

/** What Azure says of a resource: its properties, or all of it. */
function printState(resource: Resource, ofProperties: boolean, context: PrintContext): string {
  const symbol = context.symbolOf(resource);
  const version = resource.apiVersion ?? context.style.unsaid?.apiVersion;
  if (version === undefined) throw new Error(`${resource.address} has no API version to ask with.`);
  if (symbol !== undefined && ofProperties) return call('reference', [quoted(symbol)]);
  const asked = [symbol === undefined ? printIdOf(resource, context) : quoted(symbol), quoted(version)];
  return call('reference', ofProperties ? asked : [...asked, "'full'"]);
}

function printPath(path: readonly string[]): string {
  return path
    .map((key) => (key.startsWith('[') ? key : /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `[${quoted(key)}]`))
    .join('');
}

/** The id of a resource of the estate. */
export function printIdOf(resource: Resource, context: PrintContext): string {
  const { type, names, scope } = resource;
  const written = [quoted(type), ...names.map((name) => printExpression(name, context))];
  if (scope?.kind === 'reference' && scope.target.kind === 'resource') {
    return call('extensionResourceId', [printIdOf(scope.target.resource, context), ...written]);
  }
  return call(context.idFunction, written);
}

/** Types whose definitions live in the subscription, whatever is deployed to. */
const ofSubscription = /^Microsoft\.Authorization\/(roleDefinitions|policyDefinitions|policySetDefinitions)$/i;

export function printId({ type, names, subscription, resourceGroup }: ResourceId, context: PrintContext): string {
  const [name] = names;
  if (/^Microsoft\.Resources\/subscriptions$/i.test(type) && name !== undefined) {
    if (name.kind === 'unknown' && name.identity === 'subscription()') return 'subscription().id';
    return printText({ kind: 'text', origin: name.origin, secret: false, parts: ['/subscriptions/', name] }, context);
  }
  const written = [quoted(type), ...names.map((each) => printExpression(each, context))];
  const given = [subscription, resourceGroup].filter((each): each is Value => each !== undefined);
  const leading = given.map((each) => printExpression(each, context));
  if (resourceGroup !== undefined && !/^Microsoft\.Resources\/resourceGroups$/i.test(type))
    return call('resourceId', [...leading, ...written]);
  if (ofSubscription.test(type) || /^Microsoft\.Resources\/resourceGroups$/i.test(type)) {
    return call('subscriptionResourceId', [
      ...(subscription === undefined ? [] : [printExpression(subscription, context)]),
      ...written,
    ]);
  }
  return call(subscription === undefined ? context.idFunction : 'subscriptionResourceId', [...leading, ...written]);
}
