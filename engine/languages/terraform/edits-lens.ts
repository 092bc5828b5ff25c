import { type PropertyPath, printPath } from '../../estate/path.ts';
import { isNewResource, type PropertyEdit } from '../../estate/property-edit.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Value } from '../../estate/value.ts';
import { type Data, type DataObject, equalData, isDataObject } from '../../functions/data.ts';
import { blockFor, isPresence } from './edit-block.ts';
import { addAssociation } from './edit-child.ts';
import { blockOf, EditRefused, type FilePlans, noWay } from './edit-files.ts';
import { nestedBlock } from './edit-plan.ts';
import { isListOfObjects, leavesOf, rowsBelow, type Writer, writersOf } from './edit-rows.ts';
import { blocksOf, descend, holds, itemSpot, memberNamed, refuseIterated, type Spot } from './edit-spots.ts';
import type { AttributeRow, DerivedRow, ListRow, Rows } from './lens-model.ts';
import type { TerraformNode } from './lens-resource.ts';
import { isData, toTerraform } from './lens-transform.ts';
import type { Attribute, ObjectItem } from './syntax.ts';

/** A resource under edit. */
export interface Subject {
  readonly resource: Resource;
  readonly node: TerraformNode;
  readonly plans: FilePlans;
  /** All edits of the resource that are made at once. */
  readonly edits: readonly PropertyEdit[];
}

/** Rows together with the place that they are written in. */
interface Scope {
  readonly node: TerraformNode;
  readonly rows: Rows;
  readonly spot: Spot;
  /** The Azure path of what is written there. */
  readonly prefix: PropertyPath;
}

/** Sets a property by the argument that writes it. Throws EditRefused. */
export function setProperty(subject: Subject, path: PropertyPath, data: Data): void {
  const scopes = scopesOf(subject);
  if (isDataObject(data) && !scopes.some((scope) => exactWriter(scope, path) !== undefined)) {
    for (const leaf of leavesOf(path, data)) setIn(subject, scopes, leaf.path, leaf.data);
  } else {
    setIn(subject, scopes, path, data);
  }
}

function exactWriter(scope: Scope, path: PropertyPath): Writer | undefined {
  return writersOf(scope.rows, path).find((writer) => writer.kind === 'attribute');
}

/** The resource's own block first, then the blocks elsewhere that configure it. */
function scopesOf({ resource, node }: Subject): readonly Scope[] {
  return [node, ...node.splits()].map((each) => ({
    node: each,
    rows: rowsOf(each),
    spot: startOf(each, resource),
    prefix: [],
  }));
}

/** A scalar child is one argument of its resource: its row reads that argument and not `value`. */
function rowsOf(node: TerraformNode): Rows {
  const child = node.block === undefined ? undefined : node.table?.children.find((each) => each.rows === node.rows);
  if (child?.scalar !== true) return node.rows;
  return { ...node.rows, attributes: node.rows.attributes.map((row) => ({ ...row, attribute: child.block })) };
}

function startOf(node: TerraformNode, resource: Resource): Spot {
  const whole: Spot = { container: blockOf(node), missing: [], dynamic: undefined };
  const { block } = node;
  if (block === undefined) return whole;
  const child = node.table?.children.find((each) => each.rows === node.rows);
  if (child?.scalar === true) return whole;
  const outer = descend(whole, block.path.slice(0, -1));
  const spots = blocksOf(outer, block.path[block.path.length - 1] ?? '');
  const found =
    spots.find(({ container, dynamic }) => holds(dynamic ?? container, resource.header)) ?? spots[block.index];
  if (found === undefined) throw new EditRefused('The block is not where it was.');
  return found;
}

function setIn(subject: Subject, scopes: readonly Scope[], path: PropertyPath, data: Data): void {
  const choices: { readonly scope: Scope; readonly writer: Writer; readonly written: boolean }[] = [];
  for (const scope of scopes) {
    for (const writer of writersOf(scope.rows, path.slice(scope.prefix.length))) {
      if (writer.kind === 'list') {
        const inner = itemScope(subject, scope, writer.row, writer.index);
        if (inner !== undefined) {
          setIn(subject, [inner], path, data);
          return;
        }
      } else if (writer.kind === 'derived') {
        choices.push({ scope, writer, written: false });
      } else if (isAdmitted(scope, writer.row)) {
        choices.push({ scope, writer, written: writtenMember(scope, writer.row) !== undefined });
      }
    }
    if (isListOfObjects(data)) {
      const row = scope.rows.lists.find((each) => printPath([...scope.prefix, ...each.to]) === printPath(path));
      if (row !== undefined) {
        addBlocks(subject, scope, row, data, path);
        return;
      }
    }
  }
  const attributes = choices.filter((choice) => choice.writer.kind !== 'derived');
  // Where it is written; else where a split resource has the say; else in the resource itself.
  const best =
    attributes.find((choice) => choice.written) ??
    attributes.find((choice) => choice.scope.node !== subject.node) ??
    attributes[0];
  if (best !== undefined && best.writer.kind === 'attribute') {
    setAttribute(subject, best.scope, best.writer.row, best.writer.path, data, path);
  } else if (best !== undefined && best.writer.kind === 'item') {
    setItem(subject, best.scope, best.writer, data, path);
  } else {
    const derived = choices.flatMap(({ scope, writer }) =>
      writer.kind === 'derived' ? [{ scope, row: writer.row }] : [],
    );
    setDerived(subject, derived, data, path);
  }
}

function isAdmitted(scope: Scope, row: AttributeRow): boolean {
  return row.versions === '' || scope.node.instance.provider.admits(row.versions) !== 'none';
}

/** The block of a list item, as a scope of its own. */
function itemScope(subject: Subject, scope: Scope, row: ListRow, index: number): Scope | undefined {
  const prefix: PropertyPath = [...scope.prefix, ...row.to, { kind: 'index', index }];
  const value = valueAt(subject.resource.body, prefix);
  const { uri } = scope.node.instance;
  const spots =
    row.block.length === 0
      ? [scope.spot]
      : blocksOf(descend(scope.spot, row.block.slice(0, -1)), row.block[row.block.length - 1] ?? '');
  const spot = itemSpot(spots, row.block.length === 0 ? -1 : index, value, uri);
  return spot === undefined ? undefined : { node: scope.node, rows: row.rows, spot, prefix };
}

function valueAt(value: Value, path: PropertyPath): Value | undefined {
  let current: Value | undefined = value;
  for (const segment of path) {
    if (segment.kind === 'key') current = current?.kind === 'object' ? current.get(segment.key) : undefined;
    else if (segment.kind === 'index') current = current?.kind === 'array' ? current.items[segment.index] : undefined;
  }
  return current;
}

/** The argument that is written now, under whatever name. */
function writtenMember(scope: Scope, row: AttributeRow): { spot: Spot; member: Attribute | ObjectItem } | undefined {
  const spot = descend(scope.spot, row.attribute.slice(0, -1));
  if (spot.missing.length > 0) return undefined;
  const names = [row.attribute[row.attribute.length - 1] ?? '', ...row.was.map((each) => each.name)];
  for (const name of names) {
    const member = memberNamed(spot.container, name);
    if (member !== undefined) return { spot, member };
  }
  return undefined;
}

function setAttribute(
  subject: Subject,
  scope: Scope,
  row: AttributeRow,
  rowPath: PropertyPath,
  data: Data,
  path: PropertyPath,
): void {
  const terraform = toTerraform(row, rowPath, data);
  if (terraform === undefined) throw noWay(path, scope.node.instance.type);
  const plan = subject.plans.of(scope.node.instance.uri);
  const written = writtenMember(scope, row);
  if (written !== undefined) {
    refuseIterated(written.spot, written.member.value, plan.text);
    plan.replace(written.member.value, terraform);
    return;
  }
  const spot = descend(scope.spot, row.attribute.slice(0, -1));
  const added = nestedBlock(plan.in(spot.container).added, spot.missing);
  added.attributes.set(nameFor(row, scope), terraform);
}

/** The name that every admitted provider version knows: an older one where they are all that old. */
function nameFor(row: AttributeRow, scope: Scope): string {
  const older = row.was.find((each) => scope.node.instance.provider.admits(each.range) === 'all');
  return older?.name ?? row.attribute[row.attribute.length - 1] ?? '';
}

function setItem(
  subject: Subject,
  scope: Scope,
  writer: Extract<Writer, { kind: 'item' }>,
  data: Data,
  path: PropertyPath,
): void {
  const written = writtenMember(scope, writer.row);
  const plan = subject.plans.of(scope.node.instance.uri);
  const list = written?.member.value;
  const element = list?.kind === 'tuple' ? list.elements[writer.index] : undefined;
  if (written === undefined || element === undefined) {
    throw new EditRefused('The list is computed; change it where it comes from.');
  }
  refuseIterated(written.spot, element, plan.text);
  const azure = wrap(writer.path, data);
  const [terraform] = asList(toTerraform(writer.row, writer.path, [azure]));
  if (terraform === undefined) throw noWay(path, scope.node.instance.type);
  plan.replace(element, terraform);
}

function wrap(rowPath: PropertyPath, data: Data): Data {
  const each = rowPath.findIndex((segment) => segment.kind === 'each');
  const inner = each < 0 ? [] : rowPath.slice(each + 1);
  return inner.reduceRight<Data>((value, segment) => (segment.kind === 'key' ? { [segment.key]: value } : value), data);
}

function asList(data: Data | undefined): readonly Data[] {
  return Array.isArray(data) ? data : [];
}

/** New blocks for the items of a list, where there are none yet. */
function addBlocks(
  subject: Subject,
  scope: Scope,
  row: ListRow,
  items: readonly DataObject[],
  path: PropertyPath,
): void {
  const name = row.block[row.block.length - 1];
  const outer = descend(scope.spot, row.block.slice(0, -1));
  if (name === undefined || blocksOf(outer, name).length > 0) {
    throw new EditRefused(`The items of ${printPath(path)} are blocks that are there already; change them one by one.`);
  }
  const { blocks } = nestedBlock(subject.plans.of(scope.node.instance.uri).in(outer.container).added, outer.missing);
  for (const item of items) blocks.push({ name, block: blockFor(row.rows, item, scope.node) });
}

/** A value that follows from arguments: set the first argument that brings it, unless it follows already. */
function setDerived(
  subject: Subject,
  rows: readonly { readonly scope: Scope; readonly row: DerivedRow }[],
  data: Data,
  path: PropertyPath,
): void {
  const fitting = rows.filter(({ row }) => row.value.kind === 'data' && equalData(row.value.data, data));
  const [first] = fitting;
  if (first === undefined) {
    if (addAssociation(subject.resource, subject.node, path, data, subject.plans)) return;
    throw noWay(path, subject.node.instance.type);
  }
  if (fitting.some(({ scope, row }) => row.when.every((condition) => willHold(subject, scope, condition)))) return;
  for (const condition of first.row.when) {
    const { read, equals } = condition;
    if (isPresence(condition, first.scope.rows)) {
      const spot = descend(first.scope.spot, read.attribute);
      const plan = subject.plans.of(first.scope.node.instance.uri);
      if (spot.missing.length > 0) nestedBlock(plan.in(spot.container).added, spot.missing);
      continue;
    }
    if (equals === undefined) throw noWay(path, subject.node.instance.type);
    setAttribute(subject, first.scope, { ...read, readOnly: false }, [], equals, path);
  }
}

/** Whether an argument has a value now, or gets it from another edit of the same fix. */
function willHold(subject: Subject, scope: Scope, condition: DerivedRow['when'][number]): boolean {
  const { read, equals } = condition;
  const name = read.attribute.join('.');
  const own = scope.rows.attributes.find((row) => row.attribute.join('.') === name);
  for (const edit of subject.edits) {
    const to = own?.to.find((each) => !isNewResource(edit) && printPath(each) === printPath(edit.path));
    if (own === undefined || to === undefined || edit.kind !== 'set') continue;
    const terraform = edit.value.kind === 'data' ? toTerraform(own, to, edit.value.data) : undefined;
    return terraform !== undefined && equals !== undefined && equalData(terraform, equals);
  }
  const [first, ...more] = read.attribute;
  if (first === undefined || more.length > 0 || equals === undefined) return false;
  return isData(scope.node.instance.body.get(first), equals) === true;
}

/** Removes what writes a property: an argument, a block, or an item of a list. Throws EditRefused. */
export function removeProperty(subject: Subject, path: PropertyPath): void {
  const removed = scopesOf(subject).some((scope) => removeIn(subject, scope, path));
  if (!removed) throw noWay(path, subject.node.instance.type);
}

function removeIn(subject: Subject, scope: Scope, path: PropertyPath): boolean {
  const inner = path.slice(scope.prefix.length);
  const plan = subject.plans.of(scope.node.instance.uri);
  let removed = false;
  for (const writer of writersOf(scope.rows, inner)) {
    if (writer.kind === 'list') {
      const item = itemScope(subject, scope, writer.row, writer.index);
      if (item === undefined) continue;
      if (writer.rest.length > 0) return removeIn(subject, item, path);
      if (item.spot.dynamic !== undefined)
        throw new EditRefused('The item is made by a dynamic block; take it out of its list.');
      removeContainer(plan, scope, writer.row.block, item.spot);
      return true;
    }
    if (writer.kind === 'derived') continue;
    const written = writtenMember(scope, writer.row);
    if (written === undefined) continue;
    if (writer.kind === 'attribute') {
      plan.in(written.spot.container).removed.add(written.member);
      removed = true;
    } else {
      const list = written.member.value;
      const element = list.kind === 'tuple' ? list.elements[writer.index] : undefined;
      if (list.kind !== 'tuple' || element === undefined)
        throw new EditRefused('The list is computed; change it where it comes from.');
      const next = list.elements[writer.index + 1];
      const before = list.elements[writer.index - 1];
      const start = next === undefined ? (before?.end ?? element.start) : element.start;
      plan.replaceText({ start, end: next?.start ?? element.end }, '');
      removed = true;
    }
  }
  return removeBelow(subject, scope, inner) || removed;
}

/** An object goes with the block that it is, or with all arguments that make it up. */
function removeBelow(subject: Subject, scope: Scope, path: PropertyPath): boolean {
  const plan = subject.plans.of(scope.node.instance.uri);
  const { attributes, lists } = rowsBelow(scope.rows, path);
  let removed = false;
  const wholes = new Set<string>();
  for (const row of attributes) {
    const block = wholeBlock(scope.rows, row, attributes);
    if (block !== undefined) {
      if (wholes.has(block.join('.'))) continue;
      wholes.add(block.join('.'));
      const spot = descend(scope.spot, block);
      if (spot.missing.length > 0) continue;
      removeContainer(plan, scope, block, spot);
      removed = true;
      continue;
    }
    const written = writtenMember(scope, row);
    if (written === undefined) continue;
    plan.in(written.spot.container).removed.add(written.member);
    removed = true;
  }
  for (const row of lists) {
    if ([...wholes].some((block) => `${row.block.join('.')}.`.startsWith(`${block}.`))) continue;
    for (const spot of blocksOf(descend(scope.spot, row.block.slice(0, -1)), row.block[row.block.length - 1] ?? '')) {
      removeContainer(plan, scope, row.block, spot);
      removed = true;
    }
  }
  return removed;
}

/** The outermost block of a row all of whose rows are among those to go. */
function wholeBlock(rows: Rows, row: AttributeRow, going: readonly AttributeRow[]): readonly string[] | undefined {
  for (let length = 1; length < row.attribute.length; length++) {
    const block = row.attribute.slice(0, length);
    const inside = rows.attributes.filter((each) => block.every((name, index) => each.attribute[index] === name));
    if (inside.every((each) => going.includes(each))) return block;
  }
  return undefined;
}

function removeContainer(plan: ReturnType<FilePlans['of']>, scope: Scope, block: readonly string[], spot: Spot): void {
  const outer = descend(scope.spot, block.slice(0, -1));
  const removable = spot.dynamic ?? spot.container;
  if (outer.container.kind === 'block') {
    const item = outer.container.body.items.find((each) => each === removable);
    if (item !== undefined) {
      plan.in(outer.container).removed.add(item);
      return;
    }
  }
  throw new EditRefused('The block is written in a way that cannot be taken out.');
}

/**
 * What stands for an Azure value where the value of an argument comes from, e.g. `false` in a variable's default for
 * `Disabled`. Undefined where there is no such value, or no single argument.
 */
export function valueAtSource(node: TerraformNode, path: PropertyPath, data: Data): Data | undefined {
  for (const { rows } of [node, ...node.splits()]) {
    const found = rowsValue(rows, path, data);
    if (found !== undefined) return found;
  }
  return undefined;
}

function rowsValue(rows: Rows, path: PropertyPath, data: Data): Data | undefined {
  for (const writer of writersOf(rows, path)) {
    if (writer.kind === 'attribute') return toTerraform(writer.row, writer.path, data);
    if (writer.kind === 'item') return asList(toTerraform(writer.row, writer.path, [wrap(writer.path, data)]))[0];
    if (writer.kind === 'list') return rowsValue(writer.row.rows, writer.rest, data);
  }
  return undefined;
}
