import { type Data, type DataObject, isDataArray, isDataObject } from '../../functions/data.ts';
import { hasDecorator } from './resolve-types.ts';
import { keyOf, literalText, type ModuleFacts, type ResourceFacts, type SymbolTable } from './symbols.ts';
import type { Expression, ObjectExpression, Parameter, StringExpression } from './syntax.ts';

/** Says what differs, as the end of a sentence that begins with the name of the compiled file. */
export type Difference = string;

/**
 * The first thing that shows that a template was not compiled from a Bicep file as it stands now, or was changed since:
 * names of parameters, outputs, resources and modules, and what is written out in them. What is worked out at deployment
 * is compared as far as its literal texts go. The text of called modules is not looked at, nor are types and decorators.
 */
export function differenceFromCompiled(symbols: SymbolTable, template: Data): Difference | undefined {
  if (!isDataObject(template)) return 'is no template';
  return (
    namesDiffer('parameter', parameterNames(symbols), keysOf(template.parameters)) ??
    namesDiffer(
      'output',
      symbols.outputs.map((output) => output.name.name),
      keysOf(template.outputs),
    ) ??
    parametersDiffer(symbols, template) ??
    variablesDiffer(symbols, template) ??
    outputsDiffer(symbols, template) ??
    resourcesDiffer(symbols, template)
  );
}

function parameterNames({ names }: SymbolTable): readonly string[] {
  return [...names].flatMap(([name, symbol]) => (symbol.kind === 'param' ? [name] : []));
}

function keysOf(data: Data | undefined): readonly string[] {
  return data !== undefined && isDataObject(data) ? Object.keys(data) : [];
}

function memberOf(data: Data | undefined, key: string): Data | undefined {
  return data !== undefined && isDataObject(data) && Object.hasOwn(data, key) ? data[key] : undefined;
}

function namesDiffer(what: string, written: readonly string[], compiled: readonly string[]): Difference | undefined {
  const there = new Set(compiled);
  const missing = written.find((name) => !there.has(name));
  if (missing !== undefined) return `has no ${what} '${missing}'`;
  if (there.size === written.length) return undefined;
  const known = new Set(written);
  const extra = compiled.find((name) => !known.has(name));
  return extra === undefined ? undefined : `has a ${what} '${extra}' that is no more`;
}

function parametersDiffer({ names }: SymbolTable, template: DataObject): Difference | undefined {
  for (const [name, symbol] of names) {
    if (symbol.kind !== 'param') continue;
    const compiled = memberOf(template.parameters, name);
    const { defaultValue } = symbol.declaration;
    const there = memberOf(compiled, 'defaultValue');
    if (defaultValue === undefined ? there !== undefined : there === undefined || !mayBe(defaultValue, there))
      return `has another default for parameter '${name}'`;
    const type = plainType(symbol.declaration);
    const compiledType = memberOf(compiled, 'type');
    if (type !== undefined && typeof compiledType === 'string' && compiledType.toLowerCase() !== type)
      return `has another type for parameter '${name}'`;
  }
  return undefined;
}

function plainType({ type, decorators }: Parameter): string | undefined {
  const base = type.kind === 'nullableType' ? type.base : type;
  if (base.kind !== 'typeName' || !['string', 'int', 'bool', 'object', 'array'].includes(base.name)) return undefined;
  const isSecure = hasDecorator(decorators, 'secure');
  return isSecure ? `secure${base.name}` : base.name;
}

/** Variables that need the deployment are written where they are used, and loops stand in a list of their own. */
function variablesDiffer({ names }: SymbolTable, template: DataObject): Difference | undefined {
  for (const name of keysOf(template.variables)) {
    const symbol = names.get(name);
    const compiled = memberOf(template.variables, name);
    if (symbol?.kind === 'var' && compiled !== undefined && !mayBe(symbol.declaration.value, compiled))
      return `has another value for variable '${name}'`;
  }
  return undefined;
}

function outputsDiffer({ outputs }: SymbolTable, template: DataObject): Difference | undefined {
  for (const output of outputs) {
    const compiled = memberOf(memberOf(template.outputs, output.name.name), 'value');
    if (compiled !== undefined && !mayBe(output.value, compiled))
      return `has another value for output '${output.name.name}'`;
  }
  return undefined;
}

interface Declared {
  readonly name: string;
  readonly resource: ResourceFacts | undefined;
  readonly module: ModuleFacts | undefined;
}

function resourcesDiffer(symbols: SymbolTable, template: DataObject): Difference | undefined {
  const declared: Declared[] = [];
  const add = (resource: ResourceFacts, prefix: string): void => {
    const name = prefix + resource.name;
    declared.push({ name, resource, module: undefined });
    for (const nested of resource.nested.values()) add(nested, `${name}::`);
  };
  for (const resource of symbols.resources) add(resource, '');
  for (const module of symbols.modules) declared.push({ name: module.name, resource: undefined, module });
  const { resources } = template;
  // Templates without symbolic names list their resources in an order of their own.
  if (resources === undefined || isDataArray(resources)) {
    const deployed = declared.filter(({ resource }) => resource === undefined || resource.declaration.existing < 0);
    const count = resources?.length ?? 0;
    return deployed.length === count ? undefined : `has ${count} resources instead of ${deployed.length}`;
  }
  const differing = namesDiffer(
    'resource',
    declared.map(({ name }) => name),
    keysOf(resources),
  );
  if (differing !== undefined) return differing;
  for (const { name, resource, module } of declared) {
    const compiled = memberOf(resources, name);
    const differs = resource === undefined ? moduleDiffers(module, compiled) : resourceDiffers(resource, compiled);
    if (differs) return `has another '${name}'`;
  }
  return undefined;
}

const ownKeys: ReadonlySet<string> = new Set(['name', 'parent', 'scope', 'dependsOn']);

function resourceDiffers(facts: ResourceFacts, compiled: Data | undefined): boolean {
  // Resources of an extension (Microsoft Graph, Kubernetes) have their version in the type, and everything else in 'properties'.
  if (memberOf(compiled, 'import') !== undefined || memberOf(compiled, 'extension') !== undefined)
    return memberOf(compiled, 'type') !== `${facts.type}@${facts.apiVersion}`;
  if (facts.apiVersion !== undefined && memberOf(compiled, 'apiVersion') !== facts.apiVersion) return true;
  const type = memberOf(compiled, 'type');
  if (typeof type !== 'string' || !type.toLowerCase().endsWith(facts.type.toLowerCase())) return true;
  return (facts.object?.items ?? []).some((item) => {
    const key = item.kind === 'property' ? keyOf(item) : undefined;
    if (item.kind !== 'property' || key === undefined || ownKeys.has(key)) return false;
    const there = memberOf(compiled, key);
    return there === undefined ? facts.declaration.existing < 0 : !mayBe(item.value, there);
  });
}

function moduleDiffers(facts: ModuleFacts | undefined, compiled: Data | undefined): boolean {
  const parameters = facts?.params?.value;
  if (parameters?.kind !== 'object') return false;
  const there = memberOf(memberOf(compiled, 'properties'), 'parameters');
  return parameters.items.some((item) => {
    const key = item.kind === 'property' ? keyOf(item) : undefined;
    if (item.kind !== 'property' || key === undefined) return false;
    const given = memberOf(there, key);
    if (given === undefined) return there !== undefined && isDataObject(there);
    const value = memberOf(given, 'value');
    return value !== undefined && !mayBe(item.value, value);
  });
}

/** False when an expression certainly does not compile to these data. */
function mayBe(expression: Expression, data: Data): boolean {
  switch (expression.kind) {
    case 'parenthesized':
      return mayBe(expression.expression, data);
    case 'string':
      return expression.holes.length === 0
        ? isText(literalText(expression) ?? '', data)
        : holdsSegments(expression, data);
    case 'integer':
    case 'boolean':
      return data === expression.value || isExpression(data);
    case 'null':
      return data === null || isExpression(data);
    case 'object':
      return isPlain(expression) ? isObject(expression, data) : true;
    case 'array':
      if (!isDataArray(data)) return isExpression(data);
      if (expression.items.some((item) => item.kind === 'spread')) return true;
      return (
        data.length === expression.items.length &&
        expression.items.every((item, index) => item.kind === 'spread' || mayBe(item, data[index] ?? null))
      );
    case 'ternary':
      return isExpression(data) && mayHold(expression.whenTrue, data) && mayHold(expression.whenFalse, data);
    default:
      return true;
  }
}

function isExpression(data: Data): data is string {
  return typeof data === 'string' && data.startsWith('[') && data.endsWith(']');
}

function isText(text: string, data: Data): boolean {
  const written = text.startsWith('[') && text.endsWith(']') ? `[${text}` : text;
  return data === written || (isExpression(data) && data.includes(`'${text.replaceAll("'", "''")}'`));
}

/** The literal parts of an interpolated text stand in a format string. */
function holdsSegments({ segments }: StringExpression, data: Data): boolean {
  if (!isExpression(data)) return true;
  return segments.every((segment) =>
    data.includes(segment.replaceAll("'", "''").replaceAll('{', '{{').replaceAll('}', '}}')),
  );
}

/** A literal inside of an expression is written out in the compiled one. */
function mayHold(expression: Expression, data: string): boolean {
  if (expression.kind !== 'string' || expression.holes.length > 0) return true;
  return data.includes(`'${(literalText(expression) ?? '').replaceAll("'", "''")}'`);
}

function isPlain({ items }: ObjectExpression): boolean {
  return items.every((item) => {
    if (item.kind !== 'property') return item.kind === 'resource';
    const key = keyOf(item);
    // In a template 'copy' has a meaning of its own.
    return key !== undefined && key !== 'copy';
  });
}

function isObject({ items }: ObjectExpression, data: Data): boolean {
  if (!isDataObject(data)) return isExpression(data);
  let properties = 0;
  for (const item of items) {
    const key = item.kind === 'property' ? keyOf(item) : undefined;
    if (item.kind !== 'property' || key === undefined) continue;
    const there = memberOf(data, key);
    properties++;
    // A template within was left out of the data.
    if (key === 'template' && there !== undefined && keysOf(there).length === 0) continue;
    // Loops over the items of a property stand in a list named 'copy'.
    if (there === undefined ? memberOf(data, 'copy') === undefined : !mayBe(item.value, there)) return false;
  }
  return memberOf(data, 'copy') !== undefined || Object.keys(data).length === properties;
}
