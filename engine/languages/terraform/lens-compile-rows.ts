import { type Data, type DataObject, isDataArray, isDataObject } from '../../functions/data.ts';
import {
  asObject,
  compilePath,
  keysOnly,
  LensError,
  rejectOtherKeys,
  requireObject,
  requireRange,
  requireText,
  requireTexts,
} from './lens-compile-data.ts';
import type {
  AttributeRow,
  ChildRow,
  Constant,
  DerivedCondition,
  DerivedRow,
  DerivedValue,
  ListRow,
  NameSource,
  Rows,
  Transform,
} from './lens-model.ts';

const rowKeys = [
  'to',
  'default',
  'not',
  'map',
  'join',
  'keys',
  'entries',
  'single',
  'id',
  'names',
  'was',
  'versions',
  'json',
  'readOnly',
];

type PlaceOf = (key: string) => string;

/** The rows of a body: a resource's, or a block's. */
export function compileRows(
  attributes: DataObject,
  derived: DataObject,
  constants: DataObject,
  place: string,
  at: PlaceOf,
): Rows {
  const rows = { attributes: [] as AttributeRow[], lists: [] as ListRow[], children: [] as ChildRow[] };
  const presences: [readonly string[], DataObject, string][] = [];
  for (const [name, written] of Object.entries(attributes)) {
    const here = at(`attributes.${name}`);
    if (!/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$/.test(name)) throw new LensError(`${here}: is no attribute name.`);
    const path = name.split('.');
    if (typeof written === 'string') {
      rows.attributes.push(plainRow(name, written, here));
      continue;
    }
    const row = requireObject(written, here);
    if (row.each !== undefined) rows.lists.push(compileList(path, row, here));
    else if (row.child !== undefined) rows.children.push(compileChild(path, row, here));
    else if (row.present !== undefined || row.absent !== undefined) presences.push([path, row, here]);
    else rows.attributes.push(compileAttribute(path, row, here));
  }
  const follows = [
    ...presences.flatMap(([block, row, here]) => compilePresence(block, row, here)),
    ...compileDerived(derived, rows.attributes, at('derived')),
  ];
  rejectAmbiguity(rows.attributes, place);
  return { ...rows, derived: follows, constants: compileConstants(constants, at('constants')) };
}

/** Also for what is written as a resource of its own and is an item of another one's list. */
export function compileList(block: readonly string[], row: DataObject, place: string): ListRow {
  rejectOtherKeys(row, ['each', 'like', 'attributes', 'derived', 'constants', 'also'], place);
  const written = requireText(row.each ?? null, `${place}.each`);
  const path = compilePath(written, `${place}.each`);
  const last = path[path.length - 1];
  if (last?.kind !== 'each' || path.length < 2 || path.filter((segment) => segment.kind !== 'key').length !== 1) {
    throw new LensError(`${place}.each: '${written}' must end in [] and have no other.`);
  }
  const rows = innerRows(row, place);
  const also = row.also === undefined ? {} : { also: requireObject(row.also, `${place}.also`) };
  return { block, to: path.slice(0, -1), rows: { ...rows, ...also } };
}

function compileChild(block: readonly string[], row: DataObject, place: string): ChildRow {
  rejectOtherKeys(row, ['child', 'name', 'scalar', 'like', 'attributes', 'derived', 'constants'], place);
  const type = requireText(row.child ?? null, `${place}.child`);
  const name = compileName(row.name, `${place}.name`);
  return { block, type, name, scalar: row.scalar === true, rows: innerRows(row, place) };
}

function innerRows(row: DataObject, place: string): Rows {
  const at = (key: string): string => `${place}.${key}`;
  return compileRows(asObject(row.attributes), asObject(row.derived), asObject(row.constants), place, at);
}

function compilePresence(block: readonly string[], row: DataObject, place: string): readonly DerivedRow[] {
  rejectOtherKeys(row, ['present', 'absent'], place);
  const result: DerivedRow[] = [];
  for (const written of [true, false]) {
    const key = written ? 'present' : 'absent';
    if (row[key] === undefined) continue;
    for (const [to, value] of Object.entries(requireObject(row[key], `${place}.${key}`))) {
      const when = [{ read: readingRow(block, []), equals: undefined, written }];
      result.push({ to: keysOnly(to, `${place}.${key}`), value: { kind: 'data', data: value }, when });
    }
  }
  return result;
}

function compileDerived(derived: DataObject, rows: readonly AttributeRow[], place: string): readonly DerivedRow[] {
  const result: DerivedRow[] = [];
  for (const [to, written] of Object.entries(derived)) {
    const here = `${place}.${to}`;
    if (!isDataArray(written)) throw new LensError(`${here}: must be a list of { when, value }.`);
    written.forEach((each, index) => {
      const row = requireObject(each, `${here}[${index}]`);
      rejectOtherKeys(row, ['when', 'value'], `${here}[${index}]`);
      if (row.value === undefined) throw new LensError(`${here}[${index}]: needs a 'value'.`);
      result.push({
        to: keysOnly(to, here),
        value: compileValue(row.value, rows),
        when: compileConditions(asObject(row.when), rows, `${here}[${index}].when`),
      });
    });
  }
  return result;
}

/** `{account_tier}_{account_replication_type}` is a text made of two attributes. */
function compileValue(value: Data, rows: readonly AttributeRow[]): DerivedValue {
  if (typeof value !== 'string' || !value.includes('{')) return { kind: 'data', data: value };
  const parts = value
    .split(/(\{[a-z0-9_.]+\})/)
    .filter((part) => part !== '')
    .map((part) => (part.startsWith('{') ? readingRow(part.slice(1, -1).split('.'), rows) : part));
  return { kind: 'text', parts };
}

/** Reads an attribute as its own row says, older names and provider defaults included, but without translation. */
function readingRow(attribute: readonly string[], rows: readonly AttributeRow[]): AttributeRow {
  const name = attribute.join('.');
  const own = rows.find((row) => row.attribute.join('.') === name);
  return { ...(own ?? plainRow(name, name, name)), to: [], transform: { kind: 'same' }, readOnly: true };
}

function compileConditions(
  when: DataObject,
  rows: readonly AttributeRow[],
  place: string,
): readonly DerivedCondition[] {
  return Object.entries(when).map(([attribute, wanted]) => {
    const path = attribute.split('.');
    const read = readingRow(path, rows);
    if (!isDataObject(wanted)) return { read, equals: wanted, written: true };
    if (typeof wanted.exists !== 'boolean')
      throw new LensError(`${place}.${attribute}: write a value or { exists: true }.`);
    return { read, equals: undefined, written: wanted.exists };
  });
}

function compileConstants(constants: DataObject, place: string): readonly Constant[] {
  return Object.entries(constants).map(([to, value]) => ({ to: keysOnly(to, place), value }));
}

function compileAttribute(attribute: readonly string[], row: DataObject, place: string): AttributeRow {
  rejectOtherKeys(row, rowKeys, place);
  if (row.to === undefined) throw new LensError(`${place}: needs 'to'.`);
  const to = (isDataArray(row.to) ? requireTexts(row.to, `${place}.to`) : [requireText(row.to, `${place}.to`)]).map(
    (written) => compilePath(written, `${place}.to`),
  );
  for (const path of to) {
    if (path.filter((segment) => segment.kind === 'each').length > 1)
      throw new LensError(`${place}.to: at most one [].`);
    if (path.some((segment) => segment.kind === 'index'))
      throw new LensError(`${place}.to: no certain items, only [].`);
  }
  return {
    attribute,
    was: Object.entries(asObject(row.was)).map(([name, range]) => ({
      name,
      range: requireRange(range, `${place}.was`),
    })),
    to,
    transform: compileTransform(row, place),
    default: compileDefault(row.default, `${place}.default`),
    versions: row.versions === undefined ? '' : requireRange(row.versions, `${place}.versions`),
    readOnly: row.readOnly === true || row.json === true,
  };
}

function compileDefault(data: Data | undefined, place: string): AttributeRow['default'] {
  if (data === undefined) return [];
  if (!isDataObject(data)) return [{ range: '', value: data }];
  const ranges = Object.keys(data);
  // A map of plain keys would be a default object, which no attribute has.
  return ranges.map((range) => ({ range: requireRange(range, place), value: data[range] ?? null }));
}

function compileTransform(row: DataObject, place: string): Transform {
  const found: Transform[] = [];
  if (row.not === true) found.push({ kind: 'not' });
  if (row.map !== undefined) found.push({ kind: 'map', pairs: compilePairs(row.map, `${place}.map`) });
  if (row.join !== undefined) found.push({ kind: 'join', separator: requireText(row.join, `${place}.join`) });
  if (row.json === true) found.push({ kind: 'json' });
  if (row.keys === true) found.push({ kind: 'keys' });
  if (row.single === true) found.push({ kind: 'single' });
  if (row.entries !== undefined) {
    const [key, value] = requireTexts(row.entries, `${place}.entries`);
    if (key === undefined || value === undefined) throw new LensError(`${place}.entries: write [name, value].`);
    found.push({ kind: 'entries', key, value });
  }
  if (row.id !== undefined) {
    const names = Object.entries(asObject(row.names)).map(([name, id]): [string, string] => [
      name,
      requireText(id, `${place}.names`),
    ]);
    rejectRepeats(
      names.map(([, id]) => id),
      `${place}.names`,
    );
    found.push({ kind: 'id', type: requireText(row.id, `${place}.id`), pairs: names });
  }
  if (found.length > 1)
    throw new LensError(`${place}: only one of 'not', 'map', 'join', 'keys', 'entries', 'single' and 'id'.`);
  return found[0] ?? { kind: 'same' };
}

function compilePairs(data: Data, place: string): readonly (readonly [Data, Data])[] {
  const pairs = Object.entries(requireObject(data, place)).map(([terraform, azure]): [Data, Data] => [
    terraform === 'true' ? true : terraform === 'false' ? false : terraform,
    azure,
  ]);
  if (pairs.some(([, azure]) => azure !== null && typeof azure === 'object'))
    throw new LensError(`${place}: only plain values.`);
  rejectRepeats(
    pairs.map(([, azure]) => String(azure).toLowerCase()),
    place,
  );
  return pairs;
}

function rejectRepeats(values: readonly string[], place: string): void {
  const repeated = values.find((value, index) => values.indexOf(value) !== index);
  if (repeated !== undefined) throw new LensError(`${place}: '${repeated}' is there twice, so there is no way back.`);
}

/** Two rows that write the same property are an alternative only when reading; there must be at most one way back. */
function rejectAmbiguity(rows: readonly AttributeRow[], place: string): void {
  const names = new Set<string>();
  for (const row of rows) {
    const written = row.attribute.join('.');
    if (names.has(written)) throw new LensError(`${place}.attributes.${written}: is there twice.`);
    names.add(written);
  }
}

/** An attribute that is the same in Azure. */
export function plainRow(attribute: string, to: string, place: string): AttributeRow {
  return {
    attribute: attribute.split('.'),
    was: [],
    to: [compilePath(to, place)],
    transform: { kind: 'same' },
    default: [],
    versions: '',
    readOnly: false,
  };
}

export function compileName(data: Data | undefined, place: string): NameSource {
  if (data === undefined) return { kind: 'attribute', attribute: 'name' };
  if (typeof data === 'string') return { kind: 'attribute', attribute: data };
  return { kind: 'constant', value: requireText(requireObject(data, place).constant ?? null, `${place}.constant`) };
}
