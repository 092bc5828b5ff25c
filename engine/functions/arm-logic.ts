import { booleanArgument, fixed, integerArgument, stringArgument, variadic, wrongKind } from './arguments.ts';
import { type Data, equalData, FunctionError, isDataArray, type PureFunction } from './data.ts';
import { requireExact } from './numbers.ts';

/**
 * Numbers, comparison and logic of ARM; Bicep's operators are these functions. `if`, `and`, `or` and `coalesce` are here
 * for wholly known arguments; with unknown ones an evaluator has to look at them one by one.
 */
export const armLogicFunctions: Readonly<Record<string, PureFunction>> = {
  add: fixed(2, (args) => requireExact(integerArgument(args, 0) + integerArgument(args, 1))),
  sub: fixed(2, (args) => requireExact(integerArgument(args, 0) - integerArgument(args, 1))),
  mul: fixed(2, (args) => requireExact(integerArgument(args, 0) * integerArgument(args, 1))),
  div: fixed(2, (args) => requireExact(Math.trunc(integerArgument(args, 0) / divisor(args)))),
  mod: fixed(2, (args) => requireExact(integerArgument(args, 0) % divisor(args))),
  min: variadic(1, (args) => numbersOf(args).reduce((a, b) => Math.min(a, b))),
  max: variadic(1, (args) => numbersOf(args).reduce((a, b) => Math.max(a, b))),
  less: fixed(2, (args) => compare(args) < 0),
  lessorequals: fixed(2, (args) => compare(args) <= 0),
  greater: fixed(2, (args) => compare(args) > 0),
  greaterorequals: fixed(2, (args) => compare(args) >= 0),
  equals: fixed(2, (args) => equalData(args[0] ?? null, args[1] ?? null)),
  not: fixed(1, (args) => !booleanArgument(args, 0)),
  and: variadic(2, (args) => args.map((_, index) => booleanArgument(args, index)).every(Boolean)),
  or: variadic(2, (args) => args.map((_, index) => booleanArgument(args, index)).some(Boolean)),
  if: fixed(3, (args) => (booleanArgument(args, 0) ? (args[1] ?? null) : (args[2] ?? null))),
  coalesce: variadic(1, (args) => args.find((arg) => arg !== null) ?? null),
  true: fixed(0, () => true),
  false: fixed(0, () => false),
  null: fixed(0, () => null),
  any: fixed(1, (args) => args[0] ?? null),
  tenantresourceid: variadic(2, (args) => resourcePath(stringArgument(args, 0), textsFrom(args, 1))),
  extensionresourceid: variadic(3, (args) => {
    const base = stringArgument(args, 0);
    return (base.endsWith('/') ? base.slice(0, -1) : base) + resourcePath(stringArgument(args, 1), textsFrom(args, 2));
  }),
};

/**
 * `/providers/Namespace/type/name/childType/childName` of a full type and one name for each of its segments. Throws
 * FunctionError when their number does not match.
 */
export function resourcePath(type: string, names: readonly string[]): string {
  const [namespace = '', ...types] = type.split('/');
  if (namespace === '' || types.length !== names.length) {
    throw new FunctionError(`'${type}' needs ${types.length} names, not ${names.length}.`);
  }
  return `/providers/${namespace}${types.map((segment, index) => `/${segment}/${names[index] ?? ''}`).join('')}`;
}

function textsFrom(args: readonly Data[], from: number): string[] {
  return args.slice(from).map((_, index) => stringArgument(args, from + index));
}

function divisor(args: readonly Data[]): number {
  const value = integerArgument(args, 1);
  if (value === 0) throw new FunctionError('Division by zero.');
  return value;
}

function numbersOf(args: readonly Data[]): number[] {
  const [only = null] = args;
  const values = args.length === 1 && isDataArray(only) ? only : args;
  if (values.length === 0) throw new FunctionError('The smallest or largest of no numbers does not exist.');
  return values.map((_, index) => integerArgument(values, index));
}

function compare(args: readonly Data[]): number {
  const [a = null, b = null] = args;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== 'string') throw wrongKind(0, typeof b === 'string' ? 'a string' : 'a number', a);
  if (typeof b !== 'string') throw wrongKind(1, 'a string', b);
  const order = sign(a, b);
  // Azure orders by culture; where that may differ from the order of the characters, nothing is claimed.
  if (order !== sign(a.toLowerCase(), b.toLowerCase())) {
    throw new FunctionError('The order of texts that differ in upper and lower case is not known.');
  }
  return order;
}

function sign(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
