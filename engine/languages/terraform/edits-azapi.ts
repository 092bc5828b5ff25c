import { type PropertyPath, printPath } from '../../estate/path.ts';
import type { Data } from '../../functions/data.ts';
import { blockOf, EditRefused, type FilePlans } from './edit-files.ts';
import type { EditPlan } from './edit-plan.ts';
import { memberNamed } from './edit-spots.ts';
import type { TerraformNode } from './lens-resource.ts';
import type { Attribute, Block, Expression, ObjectExpression, ObjectItem } from './syntax.ts';

/** What azapi takes as arguments of its own beside the body. */
const argumentsBeside = ['location', 'tags'];

/** Sets a property in the body of an azapi block. Throws EditRefused. */
export function setAzapiProperty(node: TerraformNode, path: PropertyPath, data: Data, plans: FilePlans): void {
  const plan = plans.of(node.instance.uri);
  const target = placeFor(node, path);
  if (target.split !== undefined) {
    setAzapiProperty(target.split, path, data, plans);
  } else if (target.found !== undefined) {
    plan.replace(target.found, data);
  } else {
    const added = target.rest.reduceRight<Data>((value, segment) => ({ [keyOf(segment, path)]: value }), data);
    const [first] = target.rest;
    if (first === undefined) throw new EditRefused('The body is not written as an object.');
    addMember(plan, target.container, keyOf(first, path), unwrapped(added));
  }
}

/** Removes a property from the body. Throws EditRefused. */
export function removeAzapiProperty(node: TerraformNode, path: PropertyPath, plans: FilePlans): void {
  const plan = plans.of(node.instance.uri);
  const target = placeFor(node, path);
  if (target.split !== undefined) {
    removeAzapiProperty(target.split, path, plans);
  } else if (target.member !== undefined) {
    plan.in(target.container).removed.add(target.member);
  } else if (target.element !== undefined) {
    const { elements, index } = target.element;
    const next = elements[index + 1];
    const before = elements[index - 1];
    const element = elements[index];
    if (element === undefined) throw new EditRefused('The item is not there.');
    const start = next === undefined ? (before?.end ?? element.start) : element.start;
    plan.replaceText({ start, end: next?.start ?? element.end }, '');
  } else {
    throw new EditRefused(`${printPath(path)} is not written here.`);
  }
}

function unwrapped(data: Data): Data {
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? (Object.values(data)[0] ?? null) : data;
}

function keyOf(segment: PropertyPath[number], path: PropertyPath): string {
  if (segment.kind !== 'key') throw new EditRefused(`The list in ${printPath(path)} has no such item.`);
  return segment.key;
}

/** Values that several sets of one fix put into the same new object are one object. */
function addMember(plan: EditPlan, container: Block | ObjectExpression, key: string, data: Data): void {
  const { attributes } = plan.in(container).added;
  const before = attributes.get(key);
  attributes.set(key, before === undefined ? data : merged(before, data));
}

function merged(a: Data, b: Data): Data {
  if (!isPlainObject(a) || !isPlainObject(b)) return b;
  const result: Record<string, Data> = { ...a };
  for (const [key, value] of Object.entries(b))
    result[key] = result[key] === undefined ? value : merged(result[key], value);
  return result;
}

function isPlainObject(data: Data): data is { readonly [key: string]: Data } {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

interface Target {
  /** An update elsewhere that writes the property. */
  readonly split: TerraformNode | undefined;
  /** The expression that is there now. */
  readonly found: Expression | undefined;
  readonly member: Attribute | ObjectItem | undefined;
  readonly element: { readonly elements: readonly Expression[]; readonly index: number } | undefined;
  /** Otherwise: where it would be added, and the path from there. */
  readonly container: Block | ObjectExpression;
  readonly rest: PropertyPath;
}

function placeFor(node: TerraformNode, path: PropertyPath): Target {
  const block = blockOf(node);
  const [first] = path;
  const nothing = { split: undefined, found: undefined, member: undefined, element: undefined };
  if (path.length === 1 && first?.kind === 'key' && argumentsBeside.includes(first.key.toLowerCase())) {
    const member = memberNamed(block, first.key.toLowerCase());
    return { ...nothing, found: member?.value, member, container: block, rest: path };
  }
  const split = node.splits().find((each) => each.table === undefined && isWritten(each, path));
  if (split !== undefined) return { ...nothing, split, container: block, rest: path };
  const body = memberNamed(block, 'body');
  if (body === undefined) return { ...nothing, container: block, rest: [{ kind: 'key', key: 'body' }, ...path] };
  return walk(bodyObject(body.value), path);
}

function isWritten(node: TerraformNode, path: PropertyPath): boolean {
  const body = memberNamed(blockOf(node), 'body');
  if (body === undefined) return false;
  const object = bodyObject(body.value);
  return walk(object, path).found !== undefined;
}

/** The object that the body is, `jsonencode(…)` seen through. */
function bodyObject(expression: Expression): ObjectExpression {
  if (expression.kind === 'object') return expression;
  if (expression.kind === 'parentheses') return bodyObject(expression.expression);
  if (expression.kind === 'call' && expression.name === 'jsonencode' && expression.expansion < 0) {
    const [only] = expression.arguments;
    if (only !== undefined && expression.arguments.length === 1) return bodyObject(only);
  }
  throw new EditRefused('The body is computed or JSON text; change it by hand.');
}

function walk(object: ObjectExpression, path: PropertyPath): Target {
  let container = object;
  let found: Expression = object;
  let member: ObjectItem | undefined;
  let element: Target['element'];
  for (const [index, segment] of path.entries()) {
    if (segment.kind === 'key') {
      if (found.kind !== 'object')
        throw new EditRefused(`${printPath(path.slice(0, index))} is computed; change it where it comes from.`);
      // A key that has to be evaluated may be any key.
      if (found.items.some((item) => item.name === undefined))
        throw new EditRefused('The keys of the body are computed.');
      container = found;
      const wanted = segment.key.toLowerCase();
      member = found.items.find((item) => item.name?.toLowerCase() === wanted);
      if (member === undefined) {
        return { split: undefined, found: undefined, member, element: undefined, container, rest: path.slice(index) };
      }
      found = member.value;
      element = undefined;
    } else {
      if (found.kind !== 'tuple' || segment.kind !== 'index') {
        throw new EditRefused(`${printPath(path.slice(0, index))} is computed; change it where it comes from.`);
      }
      element = { elements: found.elements, index: segment.index };
      member = undefined;
      const item: Expression | undefined = found.elements[segment.index];
      if (item === undefined) throw new EditRefused(`${printPath(path.slice(0, index))} has no such item.`);
      found = item;
    }
  }
  return { split: undefined, found, member, element, container, rest: [] };
}
