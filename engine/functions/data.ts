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

/** Deep equality; the order of an object's keys does not matter. */
export function equalData(a: Data, b: Data): boolean {
  if (a === b) return true;
  if (isDataArray(a)) {
    if (!isDataArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => equalData(item, b[index] ?? null));
  }
  if (!isDataObject(a) || !isDataObject(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => hasKey(b, key) && equalData(a[key] ?? null, b[key] ?? null));
}

/** A text that two values have in common exactly when `equalData` holds; for use as a key of a Set or Map. */
export function identityOf(data: Data): string {
  if (isDataArray(data)) return `[${data.map(identityOf).join(',')}]`;
  if (isDataObject(data)) {
    const keys = Object.keys(data).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${identityOf(data[key] ?? null)}`).join(',')}}`;
  }
  return JSON.stringify(data);
}

/** Throws when a result of this size would be more than the budget. `unit` is in the plural. */
export function requireSize(size: number, unit: string): void {
  if (size > maximumResultSize) {
    throw new FunctionError(`The result would have more than ${maximumResultSize} ${unit}.`);
  }
}
