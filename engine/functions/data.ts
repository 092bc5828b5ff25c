/** Plain, wholly known data, as JSON has it. The functions of all three languages work on it. */
export type Data = null | boolean | number | string | readonly Data[] | DataObject;

/** Made by `toDataObject` or `newDataObject`: without a prototype, so that a key like `__proto__` is a key like any other. */
export interface DataObject {
  readonly [key: string]: Data;
}

/** An argument of a wrong kind, or a result that is too large. The message is written for the author of the call. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
}

/** A function of a language over known data. `call` expects between `minimum` and `maximum` arguments (both included). */
export interface PureFunction {
  readonly minimum: number;
  /** `Infinity` where there is no limit. */
  readonly maximum: number;
  /** Throws FunctionError. */
  readonly call: (args: readonly Data[]) => Data;
}

/** A result of more characters, items or bytes than this ends in a FunctionError. */
export const maximumResultSize = 4_000_000;

/** Calls a function after checking how many arguments it takes. Throws FunctionError. */
export function callFunction(name: string, pure: PureFunction, args: readonly Data[]): Data {
  if (args.length < pure.minimum || args.length > pure.maximum) {
    throw new FunctionError(`${name} takes ${describeCount(pure.minimum, pure.maximum)}, not ${args.length}.`);
  }
  return pure.call(args);
}

function describeCount(minimum: number, maximum: number): string {
  if (maximum === Number.POSITIVE_INFINITY) return `at least ${minimum} argument${minimum === 1 ? '' : 's'}`;
  if (minimum === maximum) return `${minimum} argument${minimum === 1 ? '' : 's'}`;
  return `${minimum} to ${maximum} arguments`;
}

export function newDataObject(): { [key: string]: Data } {
  return Object.create(null) as { [key: string]: Data };
}

/** An object of these members; of two with one key the later counts, at the place of the first. */
export function toDataObject(entries: Iterable<readonly [string, Data]>): DataObject {
  const object = newDataObject();
  for (const [key, value] of entries) object[key] = value;
  return object;
}

export function isDataArray(data: Data): data is readonly Data[] {
  return Array.isArray(data);
}

export function isDataObject(data: Data): data is DataObject {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

/** True when the object itself has the key. Works for objects with and without prototype. */
export function hasKey(object: DataObject, key: string): boolean {
  return Object.hasOwn(object, key);
}

/** The kind of a value as messages name it. */
export function describeKind(data: Data): string {
  if (data === null) return 'null';
  if (isDataArray(data)) return 'an array';
  switch (typeof data) {
    case 'string':
      return 'a string';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'a boolean';
    default:
      return 'an object';
  }
}

/** Data nested deeper than this is not walked: FunctionError. */
export const maximumDataDepth = 500;

/** Throws FunctionError when data is nested too deeply to be walked by recursion. */
export function requireDepth(depth: number): void {
  if (depth > maximumDataDepth) throw new FunctionError(`The data is nested deeper than ${maximumDataDepth} levels.`);
}

/** Deep equality; the order of an object's keys does not matter. Throws FunctionError when there is too much to compare. */
export function equalData(a: Data, b: Data): boolean {
  return equalWithin(a, b, 0, { left: maximumResultSize });
}

// The same part may be in data many times over, so that a small value can take forever to walk: hence a budget of steps.
function equalWithin(a: Data, b: Data, depth: number, budget: { left: number }): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  requireDepth(depth);
  if (--budget.left < 0) throw new FunctionError('The values are too large to be compared.');
  if (isDataArray(a)) {
    if (!isDataArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => equalWithin(item, b[index] ?? null, depth + 1, budget));
  }
  if (isDataArray(b)) return false;
  const left: DataObject = a;
  const right: DataObject = b;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every(
    (key) => hasKey(right, key) && equalWithin(left[key] ?? null, right[key] ?? null, depth + 1, budget),
  );
}

/**
 * A text that two values have in common exactly when `equalData` holds; for use as a key of a Set or Map. Throws
 * FunctionError when it would be too long.
 */
export function identityOf(data: Data, depth = 0): string {
  if (data === null || typeof data !== 'object') return JSON.stringify(data);
  requireDepth(depth);
  let text: string;
  if (isDataArray(data)) {
    text = `[${data.map((item) => identityOf(item, depth + 1)).join(',')}]`;
  } else {
    const object: DataObject = data;
    const keys = Object.keys(object).sort();
    text = `{${keys.map((key) => `${JSON.stringify(key)}:${identityOf(object[key] ?? null, depth + 1)}`).join(',')}}`;
  }
  requireSize(text.length, 'characters');
  return text;
}

/** Throws when a result of this size would be more than the budget. `unit` is in the plural. */
export function requireSize(size: number, unit: string): void {
  if (size > maximumResultSize) {
    throw new FunctionError(`The result would have more than ${maximumResultSize} ${unit}.`);
  }
}
