import {
  arrayArgument,
  fixed,
  integerArgument,
  objectArgument,
  stringArgument,
  variadic,
  wrongKind,
} from './arguments.ts';
import { lowerCase, scalarText } from './arm-strings.ts';
import {
  type Data,
  type DataObject,
  equalData,
  FunctionError,
  hasKey,
  identityOf,
  isDataArray,
  isDataObject,
  newDataObject,
  type PureFunction,
  requireDepth,
  requireSize,
  toDataObject,
} from './data.ts';

/** Azure's limit for `range` and for the number of copies. */
const maximumRange = 10_000;

/** Functions of ARM and Bicep over arrays and objects, those among them that take strings too. */
export const armCollectionFunctions: Readonly<Record<string, PureFunction>> = {
  array: fixed(1, (args) => {
    const value = args[0] ?? null;
    return isDataArray(value) ? value : [value];
  }),
  createarray: variadic(0, (args) => args),
  createobject: variadic(0, (args) => {
    if (args.length % 2 !== 0) throw new FunctionError('createObject takes names and values in turn; one is missing.');
    const object = newDataObject();
    for (let index = 0; index < args.length; index += 2) object[stringArgument(args, index)] = args[index + 1] ?? null;
    return object;
  }),
  concat: variadic(1, (args) => {
    if (args.some((arg) => isDataArray(arg))) {
      const items = args.flatMap((_, index) => arrayArgument(args, index));
      requireSize(items.length, 'items');
      return items;
    }
    const text = args.map((arg, index) => scalarText(arg, index)).join('');
    requireSize(text.length, 'characters');
    return text;
  }),
  contains: fixed(2, (args) => contains(args[0] ?? null, args[1] ?? null)),
  empty: fixed(1, (args) => {
    const value = args[0] ?? null;
    return value === null || sizeOf(value) === 0;
  }),
  length: fixed(1, (args) => sizeOf(args[0] ?? null)),
  first: fixed(1, (args) => {
    const value = args[0] ?? null;
    if (typeof value === 'string') return value.slice(0, 1);
    return arrayArgument(args, 0)[0] ?? null;
  }),
  last: fixed(1, (args) => {
    const value = args[0] ?? null;
    if (typeof value === 'string') return value.slice(-1);
    return arrayArgument(args, 0).at(-1) ?? null;
  }),
  take: fixed(2, (args) => {
    const count = Math.max(0, integerArgument(args, 1));
    const value = args[0] ?? null;
    return typeof value === 'string' ? value.slice(0, count) : arrayArgument(args, 0).slice(0, count);
  }),
  skip: fixed(2, (args) => {
    const count = Math.max(0, integerArgument(args, 1));
    const value = args[0] ?? null;
    return typeof value === 'string' ? value.slice(count) : arrayArgument(args, 0).slice(count);
  }),
  indexof: fixed(2, (args) => {
    const container = args[0] ?? null;
    // In strings the search does not depend on case, in arrays it does.
    if (typeof container === 'string') return lowerCase(container).indexOf(lowerCase(stringArgument(args, 1)));
    return arrayArgument(args, 0).findIndex((item) => equalData(item, args[1] ?? null));
  }),
  lastindexof: fixed(2, (args) => {
    const container = args[0] ?? null;
    if (typeof container === 'string') return lowerCase(container).lastIndexOf(lowerCase(stringArgument(args, 1)));
    return arrayArgument(args, 0).findLastIndex((item) => equalData(item, args[1] ?? null));
  }),
  flatten: fixed(1, (args) => {
    const items = arrayArgument(args, 0).flatMap((item) => {
      if (!isDataArray(item)) throw wrongKind(0, 'an array of arrays', args[0] ?? null);
      return item;
    });
    requireSize(items.length, 'items');
    return items;
  }),
  distinct: fixed(1, (args) => distinct(arrayArgument(args, 0))),
  range: fixed(2, (args) => {
    const start = integerArgument(args, 0);
    const count = integerArgument(args, 1);
    if (count < 0 || count > maximumRange)
      throw new FunctionError(`range makes 0 to ${maximumRange} numbers, not ${count}.`);
    return Array.from({ length: count }, (_, index) => start + index);
  }),
  union: variadic(1, (args) => {
    if (isDataArray(args[0] ?? null)) return distinct(args.flatMap((_, index) => arrayArgument(args, index)));
    return args
      .map((_, index) => objectArgument(args, index))
      .reduce<DataObject>((sum, next) => mergeDeep(sum, next, 0), newDataObject());
  }),
  intersection: variadic(1, (args) => intersect(args)),
  shallowmerge: fixed(1, (args) => {
    const merged = newDataObject();
    for (const part of arrayArgument(args, 0)) {
      if (!isDataObject(part)) throw wrongKind(0, 'an array of objects', args[0] ?? null);
      for (const [key, value] of Object.entries(part)) merged[key] = value;
    }
    return merged;
  }),
  items: fixed(1, (args) => {
    const object = objectArgument(args, 0);
    return sortedKeys(object).map((key) =>
      toDataObject([
        ['key', key],
        ['value', object[key] ?? null],
      ]),
    );
  }),
  objectkeys: fixed(1, (args) => sortedKeys(objectArgument(args, 0))),
  tryget: variadic(2, (args) => {
    let value: Data = args[0] ?? null;
    for (const step of args.slice(1)) value = tryStep(value, step);
    return value;
  }),
  indexfromend: fixed(2, (args) => {
    const index = integerArgument(args, 1);
    const value = index < 1 ? undefined : arrayArgument(args, 0).at(-index);
    if (value === undefined) throw new FunctionError(`The array has no item ${index} from its end.`);
    return value;
  }),
  tryindexfromend: variadic(2, (args) => {
    const index = integerArgument(args, 1);
    const container = args[0] ?? null;
    let value: Data = isDataArray(container) && index >= 1 ? (container.at(-index) ?? null) : null;
    for (const step of args.slice(2)) value = tryStep(value, step);
    return value;
  }),
};

function tryStep(value: Data, step: Data): Data {
  if (isDataObject(value) && typeof step === 'string') return memberIgnoringCase(value, step) ?? null;
  if (isDataArray(value) && typeof step === 'number') return step < 0 ? null : (value[step] ?? null);
  return null;
}

/** A member by name; Azure looks names up without regard to case. The exact name wins. */
export function memberIgnoringCase(object: DataObject, name: string): Data | undefined {
  if (hasKey(object, name)) return object[name];
  const lower = name.toLowerCase();
  const key = Object.keys(object).find((candidate) => candidate.toLowerCase() === lower);
  return key === undefined ? undefined : object[key];
}

function contains(container: Data, wanted: Data): boolean {
  if (typeof container === 'string') {
    if (typeof wanted !== 'string' && typeof wanted !== 'number') throw wrongKind(1, 'a string', wanted);
    return container.includes(String(wanted));
  }
  if (isDataArray(container)) return container.some((item) => equalData(item, wanted));
  if (!isDataObject(container)) throw wrongKind(0, 'a string, an array or an object', container);
  if (typeof wanted !== 'string' && typeof wanted !== 'number') throw wrongKind(1, 'the name of a member', wanted);
  return memberIgnoringCase(container, String(wanted)) !== undefined;
}

function sizeOf(value: Data): number {
  if (typeof value === 'string' || isDataArray(value)) return value.length;
  if (isDataObject(value)) return Object.keys(value).length;
  throw wrongKind(0, 'a string, an array or an object', value);
}

function distinct(items: readonly Data[]): readonly Data[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const identity = identityOf(item);
    if (seen.has(identity)) return false;
    seen.add(identity);
    return true;
  });
}

/** Objects within objects are merged; everything else of the second object, arrays too, takes the place of the first's. */
function mergeDeep(first: DataObject, second: DataObject, depth: number): DataObject {
  requireDepth(depth);
  const merged = newDataObject();
  for (const [key, value] of Object.entries(first)) merged[key] = value;
  for (const [key, value] of Object.entries(second)) {
    const before = hasKey(merged, key) ? (merged[key] ?? null) : undefined;
    if (before !== undefined && before !== null && value === null) {
      throw new FunctionError(`Whether null takes the place of '${key}' in a union is not known.`);
    }
    merged[key] =
      before !== undefined && isDataObject(before) && isDataObject(value) ? mergeDeep(before, value, depth + 1) : value;
  }
  return merged;
}

function intersect(args: readonly Data[]): Data {
  if (isDataArray(args[0] ?? null)) {
    const others = args.slice(1).map((_, index) => new Set(arrayArgument(args, index + 1).map(identityOf)));
    return distinct(arrayArgument(args, 0)).filter((item) => others.every((other) => other.has(identityOf(item))));
  }
  const objects = args.map((_, index) => objectArgument(args, index));
  const [first = newDataObject()] = objects;
  const entries = Object.entries(first).filter(([key, value]) =>
    objects.every((object) => {
      if (!hasKey(object, key)) return false;
      const other = object[key] ?? null;
      if (isDataObject(other) && isDataObject(value) && !equalData(other, value)) {
        throw new FunctionError(`How an intersection treats the differing objects in '${key}' is not known.`);
      }
      return equalData(other, value);
    }),
  );
  return toDataObject(entries);
}

/** Names in the order of their upper-case forms; those that differ by case alone stay in their own order. */
export function sortedKeys(object: DataObject): string[] {
  const folded = Object.keys(object).map((key) => ({ key, upper: key.toUpperCase() }));
  folded.sort((a, b) => (a.upper < b.upper ? -1 : a.upper > b.upper ? 1 : 0));
  return folded.map((entry) => entry.key);
}
