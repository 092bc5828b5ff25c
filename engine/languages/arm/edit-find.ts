import { type PropertyPath, printPath } from '../../estate/path.ts';
import {
  findMemberIgnoringCase,
  type JsonArray,
  type JsonMember,
  type JsonNode,
  type JsonObject,
} from '../../text/json-syntax.ts';
import { isArmExpression, parseArmExpression } from './expression-parser.ts';
import { callsIn } from './expression-syntax.ts';

type Container = JsonObject | JsonArray;

/** What stands at a path of a resource. */
export type Found =
  | {
      readonly kind: 'value';
      readonly node: JsonNode;
      /** The innermost object or array around it. */
      readonly container: Container;
      /** The member that it is the value of; undefined for an item of an array. */
      readonly member: JsonMember | undefined;
    }
  /** The path ends in this object, or in a `null`: it has no member of the first of the keys that are left. */
  | {
      readonly kind: 'missing';
      readonly node: JsonNode;
      /** What it is written in; undefined for the resource itself. */
      readonly container: Container | undefined;
      readonly keys: readonly string[];
    }
  /** The path ends right behind the last item of this array. */
  | { readonly kind: 'end'; readonly array: JsonArray; readonly container: Container | undefined }
  /** The reason is a sentence for people. */
  | { readonly kind: 'refused'; readonly reason: string };

function refused(reason: string): Found {
  return { kind: 'refused', reason };
}

/** Follows a path through what is written. Refuses where the text does not decide what Azure gets. */
export function findPath(resource: JsonObject, path: PropertyPath): Found {
  let current: JsonNode = resource;
  let container: Container | undefined;
  let member: JsonMember | undefined;
  let isLooped = false;
  for (let position = 0; position < path.length; position++) {
    const segment = path[position];
    const so = position === 0 ? 'The resource' : `'${printPath(path.slice(0, position))}'`;
    if (segment === undefined || segment.kind === 'each') return refused('The path does not say which item is meant.');
    if (segment.kind === 'key') {
      const rest = path.slice(position);
      if (isNull(current)) return member === undefined ? refused(`${so} is null.`) : missing(current, container, rest);
      if (current.kind !== 'object') return refused(`${so} is not written out as an object here${instead(current)}.`);
      const outer = container;
      container = current;
      member = memberOf(current, segment.key);
      if (member === undefined) {
        const loop = loopOf(current, segment.key);
        if (loop === 'unknown') return refused(`A copy loop beside it may make '${segment.key}'.`);
        if (loop === undefined) return missing(current, outer, rest);
        // The next segment names a turn of the loop; the text of all turns is the one of `input`.
        const turn = path[++position];
        member = findMemberIgnoringCase(loop, 'input');
        if (turn?.kind !== 'index' || member === undefined) return refused(`'${segment.key}' is made by a copy loop.`);
        container = loop;
        isLooped = true;
      }
      if (member.value === undefined) return refused(`The value of '${segment.key}' cannot be read.`);
      current = member.value;
      continue;
    }
    if (current.kind !== 'array') return refused(`${so} is not written out as an array here${instead(current)}.`);
    const item: JsonNode | undefined = current.items[segment.index];
    if (item === undefined) {
      if (segment.index !== current.items.length || position + 1 < path.length)
        return refused(`${so} has no item ${segment.index}.`);
      return { kind: 'end', array: current, container };
    }
    container = current;
    member = undefined;
    current = item;
  }
  if (container === undefined) return refused('The path is empty.');
  if (isLooped && countsTurns(current)) return refused('The value is different in every turn of a loop.');
  return { kind: 'value', node: current, container, member };
}

/** What to say of an expression that stands where an object or array would be. */
function instead(node: JsonNode): string {
  return node.kind === 'string' && isArmExpression(node.value) ? ', but comes from an expression' : '';
}

/** Bicep compiles `null` to an expression. */
function isNull(node: JsonNode): boolean {
  return node.kind === 'null' || (node.kind === 'string' && /^\[null\(\)\]$/i.test(node.value));
}

/** The member of that name: exactly, else ignoring case; the last one where there are several. */
export function memberOf(object: JsonObject, key: string): JsonMember | undefined {
  const exact = object.members.findLast((member) => member.key.value === key);
  return exact ?? findMemberIgnoringCase(object, key.toLowerCase());
}

/** The element of `copy` that makes a property of an object; `unknown` where there are loops whose names cannot be read. */
function loopOf(object: JsonObject, key: string): JsonObject | 'unknown' | undefined {
  const copy = findMemberIgnoringCase(object, 'copy')?.value;
  // The copy of a resource is an object and makes resources.
  if (copy === undefined || copy.kind === 'object') return undefined;
  if (copy.kind !== 'array') return 'unknown';
  let isUnknown = false;
  for (const loop of copy.items) {
    const name = loop.kind === 'object' ? findMemberIgnoringCase(loop, 'name')?.value : undefined;
    if (name?.kind !== 'string' || isArmExpression(name.value)) isUnknown = true;
    else if (loop.kind === 'object' && name.value.toLowerCase() === key.toLowerCase()) return loop;
  }
  return isUnknown ? 'unknown' : undefined;
}

function missing(node: JsonNode, container: Container | undefined, path: PropertyPath): Found {
  const keys: string[] = [];
  for (const segment of path) {
    if (segment.kind !== 'key') return refused(`There is no '${printPath(path)}' here.`);
    keys.push(segment.key);
  }
  if (node.kind === 'object' && node.members.some(({ key }) => isArmExpression(key.value)))
    return refused(`A property beside it has an expression as its name, which may be '${keys[0]}'.`);
  return { kind: 'missing', node, container, keys };
}

/** True when an expression in a value asks for the number of the turn. */
function countsTurns(node: JsonNode): boolean {
  switch (node.kind) {
    case 'object':
      return node.members.some(({ value }) => value !== undefined && countsTurns(value));
    case 'array':
      return node.items.some(countsTurns);
    case 'string':
      return callsIn(parseArmExpression(node.value).expression).some((call) => call.lowerName === 'copyindex');
    default:
      return false;
  }
}
