import {
  type Data,
  type DataObject,
  describeKind,
  FunctionError,
  identityOf,
  isDataArray,
  isDataObject,
  newDataObject,
  requireDepth,
} from './data.ts';
import { decimalText } from './numbers.ts';

// Terraform converts arguments to the kind that a parameter has: numbers and booleans to text and back, lists whose
// items differ in kind to lists of strings. `Data` does not tell lists, tuples and sets apart; a set is an array whose
// items are in Terraform's order of sets and are there once.

export function textArgument(args: readonly Data[], index: number): string {
  return toText(args[index] ?? null, `Argument ${index + 1}`);
}

/** `what` names the value in the message. */
export function toText(value: Data, what: string): string {
  if (typeof value === 'string') return value.normalize('NFC');
  if (typeof value === 'number') return decimalText(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  throw new FunctionError(`${what} has to be a string, not ${describeKind(value)}.`);
}

/** The same data with all text in Unicode's normal form C, in which Terraform keeps it. */
export function normalizeText(data: Data): Data {
  if (typeof data === 'string') return data.normalize('NFC');
  if (isDataArray(data)) return data.map(normalizeText);
  if (!isDataObject(data)) return data;
  const object = newDataObject();
  for (const [key, value] of Object.entries(data)) object[key.normalize('NFC')] = normalizeText(value);
  return object;
}

export function numericArgument(args: readonly Data[], index: number): number {
  return toNumber(args[index] ?? null, `Argument ${index + 1}`);
}

export function toNumber(value: Data, what: string): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(value)) return Number(value);
  throw new FunctionError(
    `${what} has to be a number, not ${typeof value === 'string' ? `'${value}'` : describeKind(value)}.`,
  );
}

/** A whole number that a double holds exactly. */
export function wholeArgument(args: readonly Data[], index: number): number {
  const value = numericArgument(args, index);
  if (!Number.isSafeInteger(value))
    throw new FunctionError(`Argument ${index + 1} has to be a whole number, not ${value}.`);
  return value;
}

export function toBoolean(value: Data, what: string): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw new FunctionError(
    `${what} has to be a boolean, not ${typeof value === 'string' ? `'${value}'` : describeKind(value)}.`,
  );
}

/** A list, tuple or set. */
export function sequenceArgument(args: readonly Data[], index: number): readonly Data[] {
  const value = args[index] ?? null;
  if (!isDataArray(value))
    throw new FunctionError(`Argument ${index + 1} has to be a list, not ${describeKind(value)}.`);
  return value;
}

/** How many items and parts of items are converted to one type at most. */
const maximumUnified = 1_000_000;

interface Budget {
  left: number;
}

/** A list of strings; null items stay null. */
export function textsArgument(args: readonly Data[], index: number): readonly (string | null)[] {
  return sequenceArgument(args, index).map((item) =>
    item === null ? null : toText(item, `An item of argument ${index + 1}`),
  );
}

/** A map or object. */
export function mappingArgument(args: readonly Data[], index: number): DataObject {
  const value = args[index] ?? null;
  if (!isDataObject(value))
    throw new FunctionError(`Argument ${index + 1} has to be a map or an object, not ${describeKind(value)}.`);
  return value;
}

/** A list whose items have one type, as for a parameter of the type list(any). */
export function listArgument(args: readonly Data[], index: number): readonly Data[] {
  return unify(sequenceArgument(args, index));
}

/**
 * Items of one type: where strings stand beside numbers or booleans all become strings, within lists and objects too.
 * Throws FunctionError when scalars stand beside lists or maps, which have no type in common.
 */
export function unify(items: readonly Data[]): readonly Data[] {
  return unifyWithin(items, 0, { left: maximumUnified });
}

// The same part may be in data many times over, so that a small value can take forever to walk: hence a budget.
function unifyWithin(items: readonly Data[], depth: number, budget: Budget): readonly Data[] {
  requireDepth(depth);
  budget.left -= items.length + 1;
  if (budget.left < 0) throw new FunctionError('The list is too large to be converted.');
  let strings = 0;
  let numbers = 0;
  let booleans = 0;
  let lists = 0;
  let objects = 0;
  for (const item of items) {
    if (typeof item === 'string') strings++;
    else if (typeof item === 'number') numbers++;
    else if (typeof item === 'boolean') booleans++;
    else if (isDataArray(item)) lists++;
    else if (item !== null) objects++;
  }
  const scalars = strings + numbers + booleans;
  if ([scalars, lists, objects].filter((count) => count > 0).length > 1) {
    throw new FunctionError('The items of the list have no type in common.');
  }
  if (lists > 1) return unifyLists(items, depth, budget);
  if (objects > 1) return unifyObjects(items, depth, budget);
  if (scalars === 0 || strings === scalars || numbers === scalars || booleans === scalars) return items;
  return items.map((item) => (item === null ? null : toText(item, 'An item')));
}

function unifyLists(items: readonly Data[], depth: number, budget: Budget): readonly Data[] {
  const lists = items.filter((item) => item !== null && isDataArray(item));
  const [first] = lists;
  const width = first?.length ?? 0;
  // Of one length they are tuples, whose items are compared place by place; else they become lists.
  if (lists.every((list) => list.length === width)) {
    const columns = Array.from({ length: width }, (_, place) =>
      unifyWithin(
        lists.map((list) => list[place] ?? null),
        depth + 1,
        budget,
      ),
    );
    let row = 0;
    return items.map((item) => {
      if (item === null) return null;
      const at = row++;
      return columns.map((column) => column[at] ?? null);
    });
  }
  const unified = unifyWithin(lists.flat(), depth + 1, budget);
  let start = 0;
  return items.map((item) => {
    if (item === null || !isDataArray(item)) return null;
    start += item.length;
    return unified.slice(start - item.length, start);
  });
}

function unifyObjects(items: readonly Data[], depth: number, budget: Budget): readonly Data[] {
  const objects = items.filter((item) => isDataObject(item));
  const results = objects.map(() => newDataObject());
  const names = new Set(objects.flatMap((object) => Object.keys(object)));
  const alike = objects.every((object) => Object.keys(object).length === names.size);
  // Of one shape they are objects, whose attributes are compared one by one; else they become maps.
  const groups = alike ? [...names].map((name) => objects.map((object) => ({ object, name }))) : [entriesOf(objects)];
  const places = new Map(objects.map((object, index) => [object, index]));
  for (const group of groups) {
    const unified = unifyWithin(
      group.map(({ object, name }) => object[name] ?? null),
      depth + 1,
      budget,
    );
    group.forEach(({ object, name }, index) => {
      const result = results[places.get(object) ?? -1];
      if (result !== undefined) result[name] = unified[index] ?? null;
    });
  }
  return items.map((item) => (isDataObject(item) ? (results[places.get(item) ?? -1] ?? null) : null));
}

function entriesOf(objects: readonly DataObject[]): { readonly object: DataObject; readonly name: string }[] {
  return objects.flatMap((object) => Object.keys(object).map((name) => ({ object, name })));
}

/** The set of the items: one type, no duplicates, in the order in which Terraform walks sets of scalars. */
export function toSet(items: readonly Data[]): readonly Data[] {
  const unified = unify(items);
  const unique = new Map<string, Data>();
  for (const item of unified) {
    const identity = identityOf(item);
    if (!unique.has(identity)) unique.set(identity, item);
  }
  return [...unique.values()].sort(compareScalars);
}

function compareScalars(a: Data, b: Data): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  return 0;
}

/** The order of the UTF-8 bytes, which is that of the code points; UTF-16 units differ beyond U+FFFF. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left === right) continue;
    const leftHigh = left >= 0xd800 && left <= 0xdfff;
    const rightHigh = right >= 0xd800 && right <= 0xdfff;
    return leftHigh === rightHigh ? left - right : leftHigh ? 1 : -1;
  }
  return a.length - b.length;
}

/** Names in Terraform's order of maps and objects. */
export function sortedNames(object: DataObject): string[] {
  return Object.keys(object).sort(compareText);
}

/** The same members with their values of one type, as a map has them. */
export function toMap(object: DataObject): DataObject {
  const names = sortedNames(object);
  const values = unify(names.map((name) => object[name] ?? null));
  const map = newDataObject();
  names.forEach((name, index) => {
    map[name] = values[index] ?? null;
  });
  return map;
}

let segmenter: Intl.Segmenter | undefined;

/** The user-perceived characters that `length`, `substr` and `strrev` count. */
export function graphemes(text: string): string[] {
  if (/^[\x20-\x7e]*$/.test(text)) return text.split('');
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), (part) => part.segment);
}
