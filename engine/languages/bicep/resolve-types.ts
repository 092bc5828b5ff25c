import { scalar } from '../../estate/make.ts';
import type { Origin } from '../../estate/origin.ts';
import type { Scalar } from '../../estate/value.ts';
import type { BicepSource } from './files.ts';
import { importedSource } from './resolve-imports.ts';
import type { Run } from './resolve-run.ts';
import type { FileScope } from './resolve-scope.ts';
import { literalText } from './symbols.ts';
import type { Call, Decorator, MethodCall, Parameter, TypeExpression, TypeProperty } from './syntax.ts';

/** What the declaration of a parameter says about values that it does not give. */
export interface ParameterFacts {
  readonly secure: boolean;
  readonly nullable: boolean;
  /** The only values that it may have, each a scalar, where they are listed. */
  readonly allowed: readonly Scalar[] | undefined;
}

interface TypeFacts {
  readonly secure: boolean;
  readonly nullable: boolean;
  readonly literals: readonly Scalar['value'][] | undefined;
}

const nothingKnown: TypeFacts = { secure: false, nullable: false, literals: undefined };
const builtIn = new Set(['string', 'int', 'bool', 'array', 'object', 'any']);

/** Types may refer to themselves. */
const maximumTypeDepth = 32;

export function parameterFactsOf(parameter: Parameter, file: FileScope): ParameterFacts {
  // What only this file says of a type is the same for every root.
  const kept = isSaidHere(parameter.type, file.source) ? file.source.inputs.parameterFacts : file.run.parameterFacts;
  const known = kept.get(parameter);
  if (known !== undefined) return known;
  const type = typeFacts(parameter.type, file.source, file.run, 0);
  const listed = allowedBy(parameter) ?? type.literals;
  const origin: Origin = file.origin(parameter.name);
  const facts: ParameterFacts = {
    secure: type.secure || hasDecorator(parameter.decorators, 'secure'),
    nullable: type.nullable,
    allowed: listed === undefined || listed.length === 0 ? undefined : listed.map((value) => scalar(value, origin)),
  };
  kept.set(parameter, facts);
  return facts;
}

function isSaidHere(type: TypeExpression, source: BicepSource): boolean {
  switch (type.kind) {
    case 'typeName':
      return builtIn.has(type.name) && !source.symbols.names.has(type.name);
    case 'nullableType':
    case 'nonNullType':
      return isSaidHere(type.base, source);
    case 'unionType':
      return type.members.every((member) => isSaidHere(member, source));
    case 'string':
    case 'integer':
    case 'boolean':
    case 'null':
      return true;
    default:
      return false;
  }
}

/** True when the type of an output makes it secure. */
export function isSecureType(type: TypeExpression, file: FileScope): boolean {
  return typeFacts(type, file.source, file.run, 0).secure;
}

/** The values of `@allowed([…])`. For an array they are those of its items and so say nothing about the whole. */
function allowedBy(parameter: Parameter): readonly Scalar['value'][] | undefined {
  const { type } = parameter;
  if (type.kind === 'arrayType' || (type.kind === 'typeName' && type.name === 'array')) return undefined;
  const list = decoratorCall(parameter.decorators, 'allowed')?.arguments[0];
  if (list?.kind !== 'array') return undefined;
  const values: Scalar['value'][] = [];
  for (const item of list.items) {
    if (item.kind === 'unary' && item.operator === '-' && item.operand.kind === 'integer') {
      values.push(-item.operand.value);
    } else if (item.kind === 'string' || item.kind === 'integer' || item.kind === 'boolean' || item.kind === 'null') {
      const value = item.kind === 'string' ? literalText(item) : item.kind === 'null' ? null : item.value;
      if (value === undefined) return undefined;
      values.push(value);
    } else return undefined;
  }
  return values;
}

/** The call of a decorator, whether or not it is written with its namespace. */
export function decoratorCall(decorators: readonly Decorator[], name: string): Call | MethodCall | undefined {
  for (const { call } of decorators) {
    if (call.kind === 'call' && call.name.name === name) return call;
    if (call.kind === 'methodCall' && call.name.name === name) return call;
  }
  return undefined;
}

export function hasDecorator(decorators: readonly Decorator[], name: string): boolean {
  return decoratorCall(decorators, name) !== undefined;
}

function typeFacts(type: TypeExpression, source: BicepSource, run: Run, depth: number): TypeFacts {
  if (depth > maximumTypeDepth) return nothingKnown;
  switch (type.kind) {
    case 'string': {
      const text = literalText(type);
      return text === undefined ? nothingKnown : onlyOne(text);
    }
    case 'integer':
    case 'boolean':
      return onlyOne(type.value);
    case 'null':
      return { secure: false, nullable: true, literals: [] };
    case 'negatedType':
      return negated(typeFacts(type.operand, source, run, depth + 1));
    case 'nullableType':
      return { ...typeFacts(type.base, source, run, depth + 1), nullable: true };
    case 'nonNullType':
      return { ...typeFacts(type.base, source, run, depth + 1), nullable: false };
    case 'parenthesizedType':
      return typeFacts(type.type, source, run, depth + 1);
    case 'unionType':
      return union(type.members.map((member) => typeFacts(member, source, run, depth + 1)));
    case 'typeName':
    case 'typeMember': {
      const target = targetOfType(type, source, run, depth);
      if (target === undefined) return nothingKnown;
      const facts = typeFacts(target.type, target.source, run, depth + 1);
      return hasDecorator(target.decorators, 'secure') ? { ...facts, secure: true } : facts;
    }
    case 'typeIndex':
    case 'typeItems':
    case 'typeRest':
    case 'typeInstance':
    case 'arrayType':
    case 'tupleType':
    case 'objectType':
    case 'resourceType':
    case 'missing':
      return nothingKnown;
  }
}

function onlyOne(value: Scalar['value']): TypeFacts {
  return { secure: false, nullable: false, literals: [value] };
}

function negated(operand: TypeFacts): TypeFacts {
  const [value] = operand.literals ?? [];
  if (typeof value === 'number') return onlyOne(-value);
  return typeof value === 'boolean' ? onlyOne(!value) : nothingKnown;
}

function union(members: readonly TypeFacts[]): TypeFacts {
  const literals: Scalar['value'][] = [];
  let listed = true;
  for (const member of members) {
    if (member.literals === undefined) listed = false;
    else literals.push(...member.literals);
  }
  return {
    secure: members.some((member) => member.secure),
    nullable: members.some((member) => member.nullable),
    literals: listed ? [...new Set(literals)] : undefined,
  };
}

interface TypeTarget {
  readonly type: TypeExpression;
  readonly source: BicepSource;
  readonly decorators: readonly Decorator[];
}

/** The type that a name or a member stands for, one step on. */
function targetOfType(type: TypeExpression, source: BicepSource, run: Run, depth: number): TypeTarget | undefined {
  if (depth > maximumTypeDepth) return undefined;
  if (type.kind === 'typeName') return declaredType(type.name, source, run);
  if (type.kind !== 'typeMember') return undefined;
  if (type.target.kind === 'typeName') {
    const symbol = source.symbols.names.get(type.target.name);
    if (symbol?.kind === 'namespace') {
      const imported = importedSource(symbol.declaration, source, run);
      return imported === undefined ? undefined : declaredType(type.name.name, imported, run);
    }
  }
  const owner = targetOfType(type.target, source, run, depth + 1);
  const object = owner === undefined ? undefined : withoutWrapping(owner, run, depth + 1);
  if (object?.type.kind !== 'objectType') return undefined;
  const property = object.type.items.find((item) => keyOfType(item) === type.name.name);
  return property === undefined
    ? undefined
    : { type: property.type, source: object.source, decorators: property.decorators };
}

function withoutWrapping(target: TypeTarget, run: Run, depth: number): TypeTarget | undefined {
  const { type, source, decorators } = target;
  if (depth > maximumTypeDepth) return undefined;
  switch (type.kind) {
    case 'nullableType':
    case 'nonNullType':
      return withoutWrapping({ type: type.base, source, decorators }, run, depth + 1);
    case 'parenthesizedType':
      return withoutWrapping({ type: type.type, source, decorators }, run, depth + 1);
    case 'typeName':
    case 'typeMember': {
      const next = targetOfType(type, source, run, depth + 1);
      return next === undefined ? undefined : withoutWrapping(next, run, depth + 1);
    }
    default:
      return target;
  }
}

function keyOfType(property: TypeProperty): string | undefined {
  if (property.key === undefined) return undefined;
  return property.key.kind === 'identifier' ? property.key.name : literalText(property.key);
}

function declaredType(name: string, source: BicepSource, run: Run): TypeTarget | undefined {
  const symbol = source.symbols.names.get(name);
  if (symbol === undefined && builtIn.has(name)) return undefined;
  if (symbol?.kind === 'type') {
    return { type: symbol.declaration.value, source, decorators: symbol.declaration.decorators };
  }
  if (symbol?.kind !== 'imported') return undefined;
  const imported = importedSource(symbol.declaration, source, run);
  const target = imported?.symbols.names.get(symbol.name);
  if (imported === undefined || target?.kind !== 'type') return undefined;
  return { type: target.declaration.value, source: imported, decorators: target.declaration.decorators };
}
