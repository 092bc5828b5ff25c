import { fixed, variadic } from './arguments.ts';
import {
  type Data,
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
} from './data.ts';
import {
  graphemes,
  listArgument,
  mappingArgument,
  sequenceArgument,
  sortedNames,
  textArgument,
  textsArgument,
  toBoolean,
  toSet,
  toText,
  unify,
  wholeArgument,
} from './terraform-values.ts';

/** Terraform's functions over lists, sets and maps. */
export const terraformCollectionFunctions: Readonly<Record<string, PureFunction>> = {
  alltrue: fixed(1, (args) => sequenceArgument(args, 0).every((item) => item !== null && toBoolean(item, 'An item'))),
  anytrue: fixed(1, (args) => sequenceArgument(args, 0).some((item) => item !== null && toBoolean(item, 'An item'))),
  chunklist: fixed(2, (args) => {
    const items = listArgument(args, 0);
    const size = wholeArgument(args, 1);
    if (size < 0) throw new FunctionError('The size of the chunks cannot be negative.');
    if (items.length === 0) return [];
    if (size === 0) return [items];
    const chunks: Data[] = [];
    for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
    return chunks;
  }),
  coalesce: variadic(1, (args) => {
    const found = unify(args).find((arg) => arg !== null && arg !== '');
    if (found === undefined) throw new FunctionError('All arguments are null or empty.');
    return found;
  }),
  coalescelist: variadic(1, (args) => {
    const found = args.find((arg, index) => arg !== null && sequenceArgument(args, index).length > 0);
    if (found === undefined) throw new FunctionError('All lists are empty.');
    return found;
  }),
  compact: fixed(1, (args) => textsArgument(args, 0).filter((item) => item !== null && item !== '')),
  concat: variadic(1, (args) => {
    const items = args.flatMap((_, index) => sequenceArgument(args, index));
    requireSize(items.length, 'items');
    return items;
  }),
  contains: fixed(2, (args) => {
    const wanted = args[1] ?? null;
    return sequenceArgument(args, 0).some((item) => equalData(item, wanted));
  }),
  distinct: fixed(1, (args) => distinct(listArgument(args, 0))),
  element: fixed(2, (args) => {
    const items = sequenceArgument(args, 0);
    const index = wholeArgument(args, 1);
    if (items.length === 0) throw new FunctionError('An empty list has no elements.');
    if (index % items.length < 0) throw new FunctionError('The index cannot be negative.');
    return items[index % items.length] ?? null;
  }),
  flatten: fixed(1, (args) => {
    const flat: Data[] = [];
    flattenInto(sequenceArgument(args, 0), flat, 0);
    return flat;
  }),
  index: fixed(2, (args) => {
    const wanted = args[1] ?? null;
    const found = sequenceArgument(args, 0).findIndex((item) => equalData(item, wanted));
    if (found < 0) throw new FunctionError('The list does not have this item.');
    return found;
  }),
  keys: fixed(1, (args) => sortedNames(mappingArgument(args, 0))),
  length: fixed(1, (args) => {
    const value = args[0] ?? null;
    if (typeof value === 'string') return graphemes(value).length;
    if (isDataArray(value)) return value.length;
    if (isDataObject(value)) return Object.keys(value).length;
    throw new FunctionError('length takes a string, a list or a map.');
  }),
  lookup: {
    minimum: 2,
    maximum: 3,
    call: (args) => {
      const object = mappingArgument(args, 0);
      const name = textArgument(args, 1);
      if (hasKey(object, name)) return object[name] ?? null;
      if (args.length < 3) throw new FunctionError(`The map has no '${name}', and there is no default.`);
      return args[2] ?? null;
    },
  },
  matchkeys: fixed(3, (args) => {
    const values = listArgument(args, 0);
    const keys = sequenceArgument(args, 1);
    const wanted = sequenceArgument(args, 2);
    if (values.length !== keys.length) throw new FunctionError('The lists of values and keys differ in length.');
    const unified = unify([...keys, ...wanted]);
    const search = new Set(unified.slice(keys.length).map((item) => identityOf(item)));
    return values.filter((_, index) => search.has(identityOf(unified[index] ?? null)));
  }),
  merge: variadic(0, (args) => {
    const merged = newDataObject();
    for (const [index, arg] of args.entries()) {
      if (arg === null) continue;
      for (const [key, value] of Object.entries(mappingArgument(args, index))) merged[key] = value;
    }
    return merged;
  }),
  one: fixed(1, (args) => {
    const value = args[0] ?? null;
    const items = isDataArray(value) ? value : sequenceArgument(args, 0);
    if (items.length > 1) throw new FunctionError(`one takes a list with at most one item, not ${items.length}.`);
    return items[0] ?? null;
  }),
  reverse: fixed(1, (args) => [...sequenceArgument(args, 0)].reverse()),
  setintersection: variadic(1, (args) => {
    const [first = [], ...others] = setsOf(args);
    const lookups = others.map((set) => new Set(set.map((item) => identityOf(item))));
    return first.filter((item) => lookups.every((lookup) => lookup.has(identityOf(item))));
  }),
  setproduct: variadic(2, (args) => {
    const size = args.reduce<number>(
      (product, _, index) => product * sequenceArgument(args, index).length,
      args.length,
    );
    requireSize(size, 'items');
    return args
      .map((_, index) => listArgument(args, index))
      .reduce<readonly (readonly Data[])[]>(
        (rows, items) => rows.flatMap((row) => items.map((item) => [...row, item])),
        [[]],
      );
  }),
  setsubtract: fixed(2, (args) => {
    const [first = [], second = []] = setsOf(args);
    const removed = new Set(second.map((item) => identityOf(item)));
    return first.filter((item) => !removed.has(identityOf(item)));
  }),
  setunion: variadic(1, (args) => toSet(args.flatMap((_, index) => sequenceArgument(args, index)))),
  slice: fixed(3, (args) => {
    const items = sequenceArgument(args, 0);
    const start = wholeArgument(args, 1);
    const end = wholeArgument(args, 2);
    if (start < 0 || end > items.length || start > end) {
      throw new FunctionError(`A list of ${items.length} items has no slice from ${start} to ${end}.`);
    }
    return items.slice(start, end);
  }),
  transpose: fixed(1, (args) => {
    const object = mappingArgument(args, 0);
    const turned = new Map<string, string[]>();
    for (const key of sortedNames(object)) {
      for (const item of sequenceArgument([object[key] ?? null], 0)) {
        const name = toText(item, 'An item');
        const keys = turned.get(name);
        if (keys === undefined) turned.set(name, [key]);
        else keys.push(key);
      }
    }
    const result = newDataObject();
    for (const name of [...turned.keys()].sort()) result[name] = turned.get(name) ?? [];
    return result;
  }),
  values: fixed(1, (args) => {
    const object = mappingArgument(args, 0);
    return sortedNames(object).map((name) => object[name] ?? null);
  }),
  zipmap: fixed(2, (args) => {
    const names = textsArgument(args, 0);
    const values = sequenceArgument(args, 1);
    if (names.length !== values.length) throw new FunctionError('The lists of keys and values differ in length.');
    const object = newDataObject();
    names.forEach((name, index) => {
      if (name === null) throw new FunctionError('A key cannot be null.');
      object[name] = values[index] ?? null;
    });
    return object;
  }),
  // Whether something is sensitive is a mark on values, which data does not carry.
  sensitive: fixed(1, (args) => args[0] ?? null),
  nonsensitive: fixed(1, (args) => args[0] ?? null),
};

function setsOf(args: readonly Data[]): readonly (readonly Data[])[] {
  const lengths = args.map((_, index) => sequenceArgument(args, index).length);
  const unified = unify(args.flatMap((_, index) => sequenceArgument(args, index)));
  let start = 0;
  return lengths.map((length) => {
    const set = toSet(unified.slice(start, start + length));
    start += length;
    return set;
  });
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

function flattenInto(items: readonly Data[], flat: Data[], depth: number): void {
  requireDepth(depth);
  for (const item of items) {
    if (isDataArray(item)) flattenInto(item, flat, depth + 1);
    else flat.push(item);
  }
  requireSize(flat.length, 'items');
}
