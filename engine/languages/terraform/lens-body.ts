import { conditional, distribute } from '../../estate/condition.ts';
import { absent, array, byDefault, choice, type Member, object, unknown } from '../../estate/make.ts';
import { concatenate, interpolate, isNothing, itemsOf } from '../../estate/operations.ts';
import { type Origin, sourceOrigin } from '../../estate/origin.ts';
import type { PropertyPath } from '../../estate/path.ts';
import { fromData } from '../../estate/plain.ts';
import type { ArrayValue, ObjectValue, Unknown, Value } from '../../estate/value.ts';
import type { Data } from '../../functions/data.ts';
import type { Place } from '../../text/span.ts';
import type { AttributeRow, DerivedCondition, DerivedRow, DerivedValue, ListRow } from './lens-model.ts';
import { isData, toAzure } from './lens-transform.ts';
import { isBranch, type PathNode, pathTree } from './lens-tree.ts';
import type { ProviderVersions } from './provider-versions.ts';

/** A body in the provider's shape, and what is needed to read it in Azure's. */
export interface Source {
  readonly terraformType: string;
  readonly body: ObjectValue;
  /** Where something that is missing from the body itself is reported. */
  readonly place: Place;
  readonly provider: ProviderVersions;
  /** False when an attribute that is not written says nothing: a split resource whose target is not at hand. */
  readonly whole: boolean;
}

/**
 * The Azure body, evaluated member by member as it is asked for. A path that no row writes is unknown: the provider has no
 * say there that the table knows of. A path with a row that is not written is absent, or the provider's default.
 */
export function azureBody(tree: PathNode, source: Source): ObjectValue {
  return branch(tree, source, originOf(source.place));
}

/** What a resource says beside its body: certainly no part of it. */
const besideTheBody = ['name', 'type', 'apiVersion', 'scope'];

function originOf(place: Place): Origin {
  return sourceOrigin(place.uri, place.start, place.end);
}

function branch(node: PathNode, source: Source, origin: Origin): ObjectValue {
  const members = new Map<string, Member>();
  if (node.depth === 0) for (const key of besideTheBody) members.set(key, absent(origin));
  for (const member of node.members.values()) members.set(member.key, () => valueAt(member, source));
  return object(members, origin, unmapped(source, origin));
}

function unmapped(source: Source, origin: Origin): Unknown {
  return unknown('lens', `${source.terraformType} does not say`, origin);
}

function valueAt(node: PathNode, source: Source): Value {
  const header = originOf(source.place);
  if (!node.own) return nothing(source, header);
  if (!isBranch(node)) return leaf(node, source);
  if (!node.asBlock) return unlessEmpty(node, branch(node, source, header), source);
  const block = listOfBlocks(node.blocks ?? [], source);
  return distribute([block], block.origin, ([list]) => {
    if (list === undefined || certainlyNone(list)) return nothing(source, header);
    const [first] = list.kind === 'array' ? itemsOf(list) : [];
    return branch(node, source, first === undefined ? header : placeOnly(first.origin));
  });
}

function certainlyNone(list: Value): boolean {
  return isNothing(list) || (list.kind === 'array' && list.items.length === 0 && list.open === undefined);
}

/** An object below `properties` of which nothing is written is not written itself. */
function unlessEmpty(node: PathNode, value: ObjectValue, source: Source): Value {
  if (node.depth < 2) return value;
  return value.keys().every((key) => isNothing(value.get(key))) ? nothing(source, value.origin) : value;
}

/** The way that a block's values took is already theirs; the object made around them only has a place. */
function placeOnly(origin: Origin): Origin {
  return origin.kind === 'source' ? sourceOrigin(origin.uri, origin.start, origin.end) : origin;
}

function leaf(node: PathNode, source: Source): Value {
  let fallback: Value | undefined;
  for (const { row, path } of node.attributes) {
    const value = attributeValue(row, path, source);
    if (value.origin.kind !== 'default' && !isNothing(value)) return value;
    if (fallback === undefined || isNothing(fallback)) fallback = value;
  }
  if (node.lists.length > 0) {
    const lists = node.lists.map((row) => listValue(row, source)).filter((list) => !isNothing(list));
    const [first] = lists;
    if (first !== undefined) return lists.length === 1 ? first : concatenate(lists, first.origin);
  }
  const derived = derivedValue(node.derived, source);
  if (derived !== undefined && !isNothing(derived)) return derived;
  const [constant] = node.constants;
  if (constant !== undefined) return fromData(constant, originOf(source.place));
  return fallback ?? derived ?? nothing(source, originOf(source.place));
}

function nothing(source: Source, origin: Origin): Value {
  return source.whole ? absent(origin) : unknown('lens', 'what it is part of is not at hand', origin);
}

function attributeValue(row: AttributeRow, path: PropertyPath, source: Source): Value {
  return inBlocks(source.body, row.attribute.slice(0, -1), source, (block) => {
    const written = readAttribute(row, block);
    return distribute([written], written.origin, ([value]) => {
      if (value === undefined) return written;
      if (!isNothing(value)) return toAzure(row, path, value);
      const origin = value.kind === 'absent' ? placeOfAbsence(value.origin, source, block) : value.origin;
      return providerDefault(row, path, source, origin) ?? nothing(source, origin);
    });
  });
}

/** A whole resource lacks something at its header; a block lacks it where the block is. */
function placeOfAbsence(origin: Origin, source: Source, block: ObjectValue): Origin {
  return block === source.body ? originOf(source.place) : placeOnly(origin);
}

function readAttribute(row: AttributeRow, block: ObjectValue): Value {
  const name = row.attribute[row.attribute.length - 1] ?? '';
  const value = block.get(name);
  if (row.was.length === 0) return value;
  if (!isNothing(value) && value !== block.open) return value;
  const keys = block.keys();
  for (const older of row.was) {
    if (keys.includes(older.name)) return block.get(older.name);
  }
  return value;
}

function providerDefault(row: AttributeRow, path: PropertyPath, source: Source, origin: Origin): Value | undefined {
  if (origin.kind === 'address') return undefined;
  const make = (data: Data): Value =>
    byDefault(
      toAzure(row, path, fromData(data, origin)),
      'provider',
      `documentation of ${source.terraformType}, argument ${row.attribute.join('.')}`,
      origin,
    );
  const [only] = row.default;
  if (only === undefined) return undefined;
  if (only.range === '') return make(only.value);
  const admitted = row.default.filter((each) => source.provider.admits(each.range) !== 'none');
  const [first] = admitted;
  if (first === undefined) return undefined;
  const condition = {
    id: `azurerm ${admitted.map((each) => each.range).join(' | ')}`,
    alternatives: admitted.map((each) => `the azurerm provider is ${each.range}`),
  };
  const options = admitted.map((each) => make(each.value));
  return admitted.length === 1 ? options[0] : choice(condition, options, origin);
}

/**
 * Goes down through blocks of which there is at most one each. `use` gets the innermost and is called only if all of
 * them are there; otherwise the result is absent, or what is not known.
 */
function inBlocks(
  body: ObjectValue,
  path: readonly string[],
  source: Source,
  use: (block: ObjectValue) => Value,
): Value {
  let current: ObjectValue = body;
  for (let index = 0; index < path.length; index++) {
    const found = current.get(path[index] ?? '');
    if (found.kind === 'choice') {
      const rest = path.slice(index + 1);
      return distribute([found], found.origin, ([each]) =>
        each === undefined ? found : inOneBlock(each, rest, source, use, current),
      );
    }
    const block = singleBlock(found);
    if (block === undefined) return nothing(source, placeOfAbsence(found.origin, source, current));
    if (block.kind !== 'object') return block;
    current = block;
  }
  return use(current);
}

function inOneBlock(
  value: Value,
  rest: readonly string[],
  source: Source,
  use: (block: ObjectValue) => Value,
  outer: ObjectValue,
): Value {
  const block = singleBlock(value);
  if (block === undefined) return nothing(source, placeOfAbsence(value.origin, source, outer));
  return block.kind === 'object' ? inBlocks(block, rest, source, use) : block;
}

/** The one block of a kind, undefined when there is none, or something unknown when that cannot be told. */
function singleBlock(value: Value): ObjectValue | Unknown | undefined {
  if (value.kind === 'object') return value;
  if (value.kind === 'unknown') return value;
  if (isNothing(value)) return undefined;
  if (value.kind !== 'array') return unknown('unsupported', 'a block was expected', value.origin);
  if (value.open !== undefined) return value.open;
  const [first] = itemsOf(value);
  if (first === undefined) return undefined;
  if (first.kind === 'object' || first.kind === 'unknown') return first;
  return isNothing(first) ? undefined : unknown('unsupported', 'a block was expected', first.origin);
}

/** The blocks of a list, each as a source of its own. */
export function listOfBlocks(block: readonly string[], source: Source): Value {
  const last = block[block.length - 1];
  if (last === undefined) return array([source.body], originOf(source.place));
  return inBlocks(source.body, block.slice(0, -1), source, (outer) => {
    const list = outer.get(last);
    return list.kind === 'object' ? array([list], list.origin) : list;
  });
}

function listValue(row: ListRow, source: Source): Value {
  const list = listOfBlocks(row.block, source);
  return distribute([list], list.origin, ([each]) => {
    if (each === undefined || each.kind !== 'array') return each ?? list;
    // No block at all is the same as not writing it.
    if (each.items.length === 0 && each.open === undefined) return nothing(source, originOf(source.place));
    return blocksAsItems(row, each, source);
  });
}

function blocksAsItems(row: ListRow, list: ArrayValue, source: Source): Value {
  const tree = pathTreeOf(row);
  const items = itemsOf(list).map((item) => {
    if (item.kind !== 'object') return item;
    const place = item.origin.kind === 'address' ? source.place : item.origin;
    return branch(tree, { ...source, body: item, place, whole: true }, placeOnly(item.origin));
  });
  return array(items, placeOnly(list.origin), list.open);
}

const listTrees = new WeakMap<ListRow, PathNode>();

function pathTreeOf(row: ListRow): PathNode {
  let tree = listTrees.get(row);
  if (tree === undefined) {
    tree = pathTree(row.rows);
    listTrees.set(row, tree);
  }
  return tree;
}

/** The value of the first row whose conditions hold. */
function derivedValue(rows: readonly DerivedRow[], source: Source, from = 0): Value | undefined {
  const row = rows[from];
  if (row === undefined) return undefined;
  return whenAll(
    row.when,
    0,
    row,
    source,
    () => derivedValue(rows, source, from + 1) ?? nothing(source, originOf(source.place)),
  );
}

function whenAll(
  conditions: readonly DerivedCondition[],
  index: number,
  row: DerivedRow,
  source: Source,
  otherwise: () => Value,
): Value {
  const condition = conditions[index];
  if (condition === undefined) return derivedResult(row.value, source);
  const tested = attributeValue(condition.read, [], { ...source, whole: true });
  const description = `${condition.read.attribute.join('.')} of ${source.terraformType}`;
  return distribute([tested], tested.origin, ([value]) => {
    if (value === undefined) return tested;
    const hold = holds(condition, value);
    const next = (): Value => withPlaceOf(value, whenAll(conditions, index + 1, row, source, otherwise));
    if (hold === true) return next();
    if (hold === false) return otherwise();
    if (value.kind === 'unknown' && condition.equals === true) {
      return conditional(value, next, otherwise, value.origin, description, description);
    }
    return unknown(
      value.kind === 'unknown' ? value.reason : 'unsupported',
      `${description} is not known`,
      value.origin,
    );
  });
}

function derivedResult(value: DerivedValue, source: Source): Value {
  if (value.kind === 'data') return fromData(value.data, originOf(source.place));
  const parts = value.parts.map((part) =>
    typeof part === 'string' ? part : attributeValue(part, [], { ...source, whole: true }),
  );
  const missing = parts.find((part) => typeof part !== 'string' && isNothing(part));
  if (missing !== undefined) return nothing(source, originOf(source.place));
  return interpolate(parts, originOf(source.place));
}

/** What follows from an attribute is found where that attribute is written. */
function withPlaceOf(written: Value, value: Value): Value {
  const nobody = written.kind === 'absent' || written.origin.kind === 'default';
  return nobody || value.kind !== 'scalar' ? value : { ...value, origin: written.origin };
}

function holds(condition: DerivedCondition, value: Value): boolean | undefined {
  if (condition.equals !== undefined) return isNothing(value) ? false : isData(value, condition.equals);
  if (value.kind === 'unknown') return undefined;
  const empty = isNothing(value) || (value.kind === 'array' && value.items.length === 0);
  if (empty && value.kind === 'array' && value.open !== undefined) return undefined;
  return empty !== condition.written;
}
