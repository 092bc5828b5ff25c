import {
  type Data,
  type DataObject,
  describeKind,
  FunctionError,
  isDataArray,
  isDataObject,
  type PureFunction,
} from './data.ts';

// Reading arguments without conversion, as ARM and Bicep do it. `index` is 0-based; messages count from 1.

export function stringArgument(args: readonly Data[], index: number): string {
  const value = args[index] ?? null;
  if (typeof value !== 'string') throw wrongKind(index, 'a string', value);
  return value;
}

export function numberArgument(args: readonly Data[], index: number): number {
  const value = args[index] ?? null;
  if (typeof value !== 'number') throw wrongKind(index, 'a number', value);
  return value;
}

/** A whole number that a double holds exactly. */
export function integerArgument(args: readonly Data[], index: number): number {
  const value = numberArgument(args, index);
  if (!Number.isSafeInteger(value))
    throw new FunctionError(`Argument ${index + 1} has to be a whole number, not ${value}.`);
  return value;
}

export function booleanArgument(args: readonly Data[], index: number): boolean {
  const value = args[index] ?? null;
  if (typeof value !== 'boolean') throw wrongKind(index, 'a boolean', value);
  return value;
}

export function arrayArgument(args: readonly Data[], index: number): readonly Data[] {
  const value = args[index] ?? null;
  if (!isDataArray(value)) throw wrongKind(index, 'an array', value);
  return value;
}

export function objectArgument(args: readonly Data[], index: number): DataObject {
  const value = args[index] ?? null;
  if (!isDataObject(value)) throw wrongKind(index, 'an object', value);
  return value;
}

/** The error for an argument of a kind that the function does not take. `wanted` comes with its article. */
export function wrongKind(index: number, wanted: string, value: Data): FunctionError {
  return new FunctionError(`Argument ${index + 1} has to be ${wanted}, not ${describeKind(value)}.`);
}

/** A function that takes exactly this many arguments. */
export function fixed(count: number, call: PureFunction['call']): PureFunction {
  return { minimum: count, maximum: count, call };
}

/** A function that takes this many arguments or more. */
export function variadic(minimum: number, call: PureFunction['call']): PureFunction {
  return { minimum, maximum: Number.POSITIVE_INFINITY, call };
}
