import { parsePath } from '../estate/path.ts';
import { describeKind, isDataArray, isDataObject } from '../functions/data.ts';
import type {
  CompiledCondition,
  CompiledTest,
  Demand,
  LengthBound,
  NumberOperator,
  Operand,
  OptionReference,
} from './condition-types.ts';
import {
  itemsIn,
  member,
  membersOf,
  type Part,
  readBoolean,
  readText,
  readTexts,
  report,
  requireKeys,
  suggestion,
} from './document.ts';

/** What conditions of one document may name, and how patterns are tried. */
export interface ConditionScope {
  /** Names of the declared options. */
  readonly options: readonly string[];
  /** Why a pattern is not good; undefined when it is. */
  readonly patternProblem: (pattern: string) => string | undefined;
}

const numberOperators: readonly NumberOperator[] = ['atLeast', 'atMost', 'above', 'below'];
const equalities = ['equals', 'notEquals'] as const;
const memberships = ['in', 'notIn'] as const;
const patterns = ['matches', 'notMatches'] as const;
const presences = ['exists', 'empty'] as const;
const affixes = ['contains', 'startsWith', 'endsWith'] as const;
const itemQuantifiers = ['any', 'every', 'none'] as const;
const memberQuantifiers = { anyMember: 'any', everyMember: 'every', noMember: 'none' } as const;

/** Every key that a test may have. */
export const testOperators: readonly string[] = [
  ...equalities,
  ...memberships,
  ...patterns,
  ...presences,
  ...numberOperators,
  ...affixes,
  'length',
  'refersTo',
  ...itemQuantifiers,
  ...Object.keys(memberQuantifiers),
];

const combinators: readonly string[] = ['all', 'any', 'not', 'child', 'related', 'referencedBy'];

/** Compiles a condition: a map of which every entry must hold. Undefined when nothing of it could be read. */
export function compileCondition(part: Part, scope: ConditionScope): CompiledCondition | undefined {
  const entries = membersOf(part, 'A condition');
  if (entries.length === 0 && isDataObject(part.data)) return report(part, 'A condition must not be empty.');
  const conditions: CompiledCondition[] = [];
  for (const [key, value] of entries) {
    const condition = compileEntry(key, value, scope);
    if (condition !== undefined) conditions.push(condition);
  }
  return joined(conditions);
}

function joined(conditions: readonly CompiledCondition[]): CompiledCondition | undefined {
  const [only] = conditions;
  return conditions.length <= 1 ? only : { op: 'all', of: conditions };
}

function compileEntry(key: string, value: Part, scope: ConditionScope): CompiledCondition | undefined {
  switch (key) {
    case 'all':
    case 'any': {
      if (!isDataArray(value.data)) return report(value, `'${key}' must be a list of conditions.`);
      if (value.data.length === 0) return report(value, `'${key}' must not be empty.`);
      return { op: key, of: compileList(value, scope) };
    }
    case 'not': {
      const of = compileCondition(value, scope);
      return of === undefined ? undefined : { op: 'not', of };
    }
    case 'child':
      return compileChild(value, scope);
    case 'related':
      return compileRelated(value, scope);
    case 'referencedBy':
      return compileReferencedBy(value, scope);
    default:
      return compilePathEntry(key, value, scope);
  }
}

function compileList(part: Part, scope: ConditionScope): readonly CompiledCondition[] {
  const conditions: CompiledCondition[] = [];
  for (const item of itemsIn(part, 'Conditions')) {
    const condition = compileCondition(item, scope);
    if (condition !== undefined) conditions.push(condition);
  }
  return conditions;
}

function compilePathEntry(path: string, value: Part, scope: ConditionScope): CompiledCondition | undefined {
  if (testOperators.includes(path))
    return report(value, `'${path}' is a test and needs a path in front of it: <path>: { ${path}: … }.`);
  checkPath(path, value, false);
  if (!isDataObject(value.data)) {
    const written = typeof value.data === 'object' ? '…' : JSON.stringify(value.data);
    return report(value, `What follows a path must be a test such as { equals: ${written} }.${pathSuggestion(path)}`);
  }
  return { op: 'value', path, tests: compileTests(value, scope) };
}

function pathSuggestion(path: string): string {
  return /^[a-zA-Z]+$/.test(path) ? suggestion(path, combinators) : '';
}

/** Reports a malformed path, and one with `[]` where that says nothing. */
export function checkPath(path: string, place: Part, eachAllowed: boolean): void {
  try {
    const segments = parsePath(path);
    if (!eachAllowed && segments.some((segment) => segment.kind === 'each'))
      report(place, `The path '${path}' has a '[]'; write any, every or none over the list instead.`);
  } catch (error) {
    report(place, error instanceof Error ? error.message : String(error));
  }
}

function compileTests(part: Part, scope: ConditionScope): readonly CompiledTest[] {
  const tests: CompiledTest[] = [];
  requireKeys(part, testOperators, 'A test');
  const entries = membersOf(part, 'A test');
  if (entries.length === 0) report(part, 'A test must not be empty.');
  for (const [operator, value] of entries) {
    const test = compileTest(operator, value, scope);
    if (test !== undefined) tests.push(test);
  }
  return tests;
}

function compileTest(operator: string, value: Part, scope: ConditionScope): CompiledTest | undefined {
  for (const op of equalities) if (op === operator) return withOperand(value, scope, (data) => ({ op, value: data }));
  for (const op of numberOperators) {
    if (op === operator) return withNumber(value, scope, (data) => ({ op, value: data }));
  }
  for (const op of affixes) if (op === operator) return withOperand(value, scope, (data) => ({ op, value: data }));
  for (const op of presences) {
    if (op !== operator) continue;
    const wanted = readBoolean(value, `'${op}'`);
    return wanted === undefined ? undefined : { op, value: wanted };
  }
  for (const op of memberships) {
    if (op !== operator) continue;
    const values = compileOperands(value, scope);
    return values === undefined ? undefined : { op, values };
  }
  for (const op of patterns) {
    if (op !== operator) continue;
    const pattern = compilePattern(value, scope);
    return pattern === undefined ? undefined : { op, pattern };
  }
  if (operator === 'length') return { op: 'length', bounds: compileBounds(value, scope) };
  if (operator === 'refersTo') return { op: 'refersTo', types: readTypes(value) };
  for (const quantifier of itemQuantifiers) {
    if (quantifier !== operator) continue;
    const of = compileElement(value, scope);
    return of === undefined ? undefined : { op: 'quantifier', quantifier, over: 'items', of };
  }
  for (const [name, quantifier] of Object.entries(memberQuantifiers)) {
    if (name !== operator) continue;
    const of = compileElement(value, scope);
    return of === undefined ? undefined : { op: 'quantifier', quantifier, over: 'members', of };
  }
  // An unknown operator was reported with all keys of the test.
  return undefined;
}

/** What a quantifier says of each element: a test where elements are scalars, else a condition with paths relative to it. */
function compileElement(part: Part, scope: ConditionScope): CompiledCondition | undefined {
  if (!isDataObject(part.data)) return report(part, 'A quantifier needs a test or a condition.');
  const keys = Object.keys(part.data);
  const isTest = (key: string): boolean =>
    testOperators.includes(key) && !(key === 'any' && isDataArray(member(part, 'any')?.data ?? null));
  const tests = keys.filter(isTest);
  if (tests.length === 0) return compileCondition(part, scope);
  if (tests.length < keys.length)
    return report(part, `Tests (${tests.join(', ')}) and paths cannot be mixed here; use all: [ … ].`);
  return { op: 'value', path: '', tests: compileTests(part, scope) };
}

function withOperand<T>(part: Part, scope: ConditionScope, make: (operand: Operand) => T): T | undefined {
  const operand = compileOperand(part, scope);
  return operand === undefined ? undefined : make(operand);
}

function withNumber<T>(part: Part, scope: ConditionScope, make: (operand: Operand) => T): T | undefined {
  const operand = compileOperand(part, scope);
  if (operand === undefined) return undefined;
  if (typeof operand !== 'number' && !isOption(operand))
    return report(part, `A bound must be a number, not ${describeKind(part.data)}.`);
  return make(operand);
}

function isOption(operand: Operand): operand is OptionReference {
  return typeof operand === 'object' && operand !== null;
}

function compileOperand(part: Part, scope: ConditionScope): Operand | undefined {
  const { data } = part;
  if (data === null || typeof data !== 'object') return data;
  return compileOption(part, scope) ?? undefined;
}

function compileOption(part: Part, scope: ConditionScope): OptionReference | undefined {
  const named = member(part, 'option');
  if (named === undefined || isDataArray(part.data))
    return report(part, `A value here must be a text, a number, true, false, null or { option: name }.`);
  requireKeys(part, ['option'], 'A reference to an option');
  const name = readText(named, `'option'`);
  if (name === undefined) return undefined;
  if (!scope.options.includes(name))
    return report(named, `The option '${name}' is not declared under 'options'.${suggestion(name, scope.options)}`);
  return { option: name };
}

function compileOperands(part: Part, scope: ConditionScope): readonly Operand[] | OptionReference | undefined {
  if (!isDataArray(part.data)) return compileOption(part, scope);
  const operands: Operand[] = [];
  for (const item of itemsIn(part, 'A list of values')) {
    const operand = compileOperand(item, scope);
    if (operand !== undefined) operands.push(operand);
  }
  return operands;
}

function compilePattern(part: Part, scope: ConditionScope): string | OptionReference | undefined {
  if (typeof part.data !== 'string') return compileOption(part, scope);
  const problem = scope.patternProblem(part.data);
  return problem === undefined ? part.data : report(part, `The pattern '${part.data}' cannot be used: ${problem}`);
}

function compileBounds(part: Part, scope: ConditionScope): readonly LengthBound[] {
  const known = [...numberOperators, 'equals'] as const;
  requireKeys(part, known, `'length'`);
  const bounds: LengthBound[] = [];
  for (const [name, value] of membersOf(part, `'length'`)) {
    const op = known.find((each) => each === name);
    if (op === undefined) continue;
    const bound = withNumber(value, scope, (operand): LengthBound => ({ op, value: operand }));
    if (bound !== undefined) bounds.push(bound);
  }
  return bounds;
}

const typePattern = /^[A-Za-z][\w.]*(\/[\w$]+)+$/;

/** Resource types, one or several; reports what cannot be one. */
export function readTypes(part: Part | undefined): readonly string[] {
  const types = readTexts(part, 'types');
  for (const type of types) {
    if (part !== undefined && !typePattern.test(type))
      report(part, `'${type}' is no resource type such as Microsoft.Storage/storageAccounts.`);
  }
  return types;
}

function compileDemand(part: Part, scope: ConditionScope): Demand {
  const where = member(part, 'where');
  const require = member(part, 'require');
  const forbid = member(part, 'forbid');
  if (require !== undefined && forbid !== undefined) report(forbid, `'require' and 'forbid' exclude each other.`);
  return {
    ...compiled('where', where, scope),
    ...compiled('require', require, scope),
    ...compiled('forbid', forbid, scope),
  };
}

function compiled<K extends string>(
  key: K,
  part: Part | undefined,
  scope: ConditionScope,
): { readonly [P in K]?: CompiledCondition } {
  const condition = part === undefined ? undefined : compileCondition(part, scope);
  return condition === undefined ? {} : ({ [key]: condition } as { readonly [P in K]?: CompiledCondition });
}

function compileChild(part: Part, scope: ConditionScope): CompiledCondition | undefined {
  requireKeys(part, ['type', 'where', 'require', 'forbid'], `'child'`);
  const type = readText(member(part, 'type'), `'type'`);
  if (type === undefined) return report(part, `'child' needs 'type'.`);
  return { op: 'child', type, ...compileDemand(part, scope) };
}

function compileRelated(part: Part, scope: ConditionScope): CompiledCondition | undefined {
  requireKeys(part, ['at', 'type', 'require'], `'related'`);
  const at = readText(member(part, 'at'), `'at'`);
  if (at === undefined) return report(part, `'related' needs 'at', the path of the reference.`);
  checkPath(at, part, false);
  return {
    op: 'related',
    at,
    types: readTypes(member(part, 'type')),
    ...compiled('require', member(part, 'require'), scope),
  };
}

function compileReferencedBy(part: Part, scope: ConditionScope): CompiledCondition | undefined {
  requireKeys(part, ['type', 'at', 'below', 'where', 'require', 'forbid'], `'referencedBy'`);
  const at = readText(member(part, 'at'), `'at'`);
  if (at === undefined) return report(part, `'referencedBy' needs 'at', the path of the reference in that resource.`);
  checkPath(at, part, true);
  const types = readTypes(member(part, 'type'));
  if (types.length === 0) return report(part, `'referencedBy' needs 'type'.`);
  const below = readText(member(part, 'below'), `'below'`);
  return { op: 'referencedBy', types, at, ...(below === undefined ? {} : { below }), ...compileDemand(part, scope) };
}
