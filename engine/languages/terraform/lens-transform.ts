import { distribute, identityOf, not } from '../../estate/condition.ts';
import { array, type Member, object, reference, scalar, text, unknown } from '../../estate/make.ts';
import { itemsOf } from '../../estate/operations.ts';
import type { PropertyPath } from '../../estate/path.ts';
import { fromData, toData } from '../../estate/plain.ts';
import type { Unknown, Value } from '../../estate/value.ts';
import { type Data, equalData, isDataArray, isDataObject } from '../../functions/data.ts';
import type { AttributeRow, Transform } from './lens-model.ts';

/** The Azure value of an attribute's value. What is not known stays not known. */
export function toAzure(row: AttributeRow, path: PropertyPath, value: Value): Value {
  return distribute([value], value.origin, ([each]) => (each === undefined ? value : convert(row, path, each)));
}

function convert(row: AttributeRow, path: PropertyPath, value: Value): Value {
  switch (row.transform.kind) {
    case 'json':
      return parsed(value);
    case 'join':
      return joined(row.transform.separator, value);
    case 'keys':
      return keysOf(value);
    case 'entries':
      return entriesOf(row.transform.key, row.transform.value, value);
    case 'single':
      return wrapItems(path, value.kind === 'unknown' ? value : array([value], value.origin));
    case 'same':
    case 'not':
    case 'map':
    case 'id':
      return wrapItems(path, eachItem(row.transform, value));
  }
}

function eachItem(transform: Transform, value: Value): Value {
  if (transform.kind === 'same') return value;
  if (value.kind === 'array') {
    return array(
      itemsOf(value).map((item) => distribute([item], item.origin, ([each]) => single(transform, each ?? item))),
      value.origin,
      value.open,
      value.secret,
    );
  }
  return single(transform, value);
}

function single(transform: Transform, value: Value): Value {
  if (transform.kind === 'not') return not(value, value.origin);
  if (transform.kind === 'map') return mapped(transform.pairs, value);
  if (transform.kind === 'id') return identified(transform.type, transform.pairs, value);
  return value;
}

function mapped(pairs: readonly (readonly [Data, Data])[], value: Value): Value {
  if (value.kind === 'unknown') {
    const identity = value.identity === undefined ? undefined : `azure(${value.identity})`;
    return unknown(value.reason, value.detail, value.origin, identity, value.secret);
  }
  if (value.kind !== 'scalar') return value;
  const pair = pairs.find(([terraform]) => sameData(terraform, value.value));
  return pair === undefined ? value : fromData(pair[1], value.origin, value.secret);
}

/** HCL turns `"true"` and `1` into what an attribute wants, so texts and other scalars are the same where they read alike. */
function sameData(a: Data, b: Data): boolean {
  if (a === null || b === null) return a === b;
  return typeof a !== 'object' && typeof b !== 'object' && String(a).toLowerCase() === String(b).toLowerCase();
}

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function identified(type: string, pairs: readonly (readonly [string, string])[], value: Value): Value {
  if (value.kind !== 'scalar' || typeof value.value !== 'string' || value.value.startsWith('/')) return value;
  const written = value.value;
  const found = pairs.find(([name]) => name.toLowerCase() === written.toLowerCase())?.[1];
  const name = found ?? (guid.test(written) ? written : undefined);
  if (name === undefined) {
    return unknown('lens', `the id of '${written}' is not known`, value.origin, `${type}(${identityOf(value)})`);
  }
  const id = { type, names: [scalar(name, value.origin)], subscription: undefined, resourceGroup: undefined };
  return reference({ kind: 'id', id }, ['id'], value.origin);
}

/** Puts each item into an object of its own where the path goes on behind `[]`. */
function wrapItems(path: PropertyPath, value: Value): Value {
  const each = path.findIndex((segment) => segment.kind === 'each');
  const inner = each < 0 ? [] : path.slice(each + 1);
  if (inner.length === 0 || value.kind !== 'array') return value;
  const items = itemsOf(value).map((item) => wrapped(inner, item));
  return array(items, value.origin, value.open, value.secret);
}

function wrapped(path: PropertyPath, value: Value): Value {
  const [first, ...rest] = path;
  if (first?.kind !== 'key') return value;
  return object(new Map([[first.key, wrapped(rest, value)]]), value.origin);
}

function parsed(value: Value): Value {
  if (value.kind !== 'scalar' || typeof value.value !== 'string') return value;
  try {
    return fromData(JSON.parse(value.value) as Data, value.origin, value.secret);
  } catch {
    return unknown('error', 'not a JSON text', value.origin, undefined, value.secret);
  }
}

function joined(separator: string, value: Value): Value {
  if (value.kind !== 'array') return value;
  if (value.open !== undefined) return value.open;
  const parts: (string | Value)[] = [];
  for (const item of itemsOf(value)) {
    if (item.kind !== 'scalar' && item.kind !== 'text')
      return undecided('a list of which an item is not known', value, item);
    if (parts.length > 0) parts.push(separator);
    parts.push(item);
  }
  return text(parts, value.origin, value.secret);
}

function undecided(detail: string, whole: Value, part: Value): Unknown {
  return part.kind === 'unknown' ? part : unknown('unsupported', detail, whole.origin);
}

function keysOf(value: Value): Value {
  if (value.kind !== 'array') return value;
  const members = new Map<string, Member>();
  let open = value.open;
  for (const item of itemsOf(value)) {
    if (item.kind === 'scalar') members.set(String(item.value), object(new Map(), item.origin));
    else if (item.kind === 'reference' && item.target.kind === 'resource') {
      const { address, instance } = item.target.resource;
      members.set(`${address}${instance}.${item.path.join('.')}`, object(new Map(), item.origin));
    } else open ??= undecided('an id that is not known', value, item);
  }
  return object(members, value.origin, open);
}

function entriesOf(keyName: string, valueName: string, value: Value): Value {
  if (value.kind !== 'object') return value;
  const items = value.keys().map((key) => {
    const members = new Map<string, Member>([
      [keyName, scalar(key, value.origin)],
      [valueName, () => value.get(key)],
    ]);
    return object(members, value.origin);
  });
  return array(items, value.origin, value.open, value.secret);
}

/**
 * The attribute's value that reads as this Azure value: the inverse of `toAzure`. Undefined where there is none, e.g. for a
 * text that the provider does not know. `path` is the row's, up to its end.
 */
export function toTerraform(row: AttributeRow, path: PropertyPath, azure: Data): Data | undefined {
  if (row.readOnly) return undefined;
  switch (row.transform.kind) {
    case 'json':
      return undefined;
    case 'join':
      return typeof azure !== 'string' ? undefined : azure === '' ? [] : splitText(row.transform.separator, azure);
    case 'keys':
      return isDataObject(azure) ? Object.keys(azure) : undefined;
    case 'entries':
      return mapOf(row.transform.key, row.transform.value, azure);
    case 'single': {
      const items = unwrapItems(path, azure);
      return items !== undefined && isDataArray(items) && items.length === 1 ? items[0] : undefined;
    }
    case 'same':
    case 'not':
    case 'map':
    case 'id': {
      const plain = unwrapItems(path, azure);
      if (plain === undefined) return undefined;
      if (!isDataArray(plain)) return singleBack(row.transform, plain);
      const items = plain.map((item) => singleBack(row.transform, item));
      return items.every((item): item is Data => item !== undefined) ? items : undefined;
    }
  }
}

function splitText(separator: string, written: string): readonly string[] {
  return written.split(separator.trim()).map((part) => part.trim());
}

function singleBack(transform: Transform, azure: Data): Data | undefined {
  if (transform.kind === 'not') return typeof azure === 'boolean' ? !azure : undefined;
  if (transform.kind === 'map') {
    const pair = transform.pairs.find(([, value]) => sameData(value, azure));
    // A text that the table does not name goes through as it does when reading; a boolean has no such spelling.
    if (pair === undefined) return transform.pairs.every(([value]) => typeof value === 'string') ? azure : undefined;
    return pair[0];
  }
  if (transform.kind === 'id') {
    if (typeof azure !== 'string') return undefined;
    const last = azure.slice(azure.lastIndexOf('/') + 1);
    return transform.pairs.find(([, id]) => id.toLowerCase() === last.toLowerCase())?.[0];
  }
  return azure;
}

function unwrapItems(path: PropertyPath, azure: Data): Data | undefined {
  const each = path.findIndex((segment) => segment.kind === 'each');
  const inner = each < 0 ? [] : path.slice(each + 1);
  if (inner.length === 0) return azure;
  if (!isDataArray(azure)) return undefined;
  const items: Data[] = [];
  for (const item of azure) {
    let current: Data | undefined = item;
    for (const segment of inner) {
      if (segment.kind !== 'key' || current === undefined || !isDataObject(current)) return undefined;
      // Anything beside the member that the attribute stands for would be lost.
      if (Object.keys(current).length !== 1) return undefined;
      current = current[segment.key];
    }
    if (current === undefined) return undefined;
    items.push(current);
  }
  return items;
}

function mapOf(keyName: string, valueName: string, azure: Data): Data | undefined {
  if (!isDataArray(azure)) return undefined;
  const result: Record<string, Data> = {};
  for (const item of azure) {
    if (!isDataObject(item) || typeof item[keyName] !== 'string' || item[valueName] === undefined) return undefined;
    result[item[keyName]] = item[valueName];
  }
  return result;
}

/** True when a known value is this data, texts compared ignoring case. Undefined when it is not known. */
export function isData(value: Value, data: Data): boolean | undefined {
  if (value.kind === 'scalar') return sameData(value.value, data);
  const known = toData(value);
  return known === undefined ? undefined : equalData(known, data);
}
