import type { PropertyPath } from '../../estate/path.ts';
import { printPath } from '../../estate/path.ts';
import { walk } from './children.ts';
import { keyOf } from './symbols.ts';
import type { ArrayExpression, Expression, ObjectExpression, Property } from './syntax.ts';

/** What stands at a path of a resource's body. */
export type Found =
  | {
      readonly kind: 'value';
      readonly expression: Expression;
      /** The innermost object or array around it. */
      readonly container: ObjectExpression | ArrayExpression;
      /** The property that it is the value of; undefined for an item of an array. */
      readonly property: Property | undefined;
    }
  /** The path ends in this object: it has no member of the first of the keys that are left. */
  | {
      readonly kind: 'missing';
      readonly object: ObjectExpression;
      /** What the object is written in; undefined for the body itself. */
      readonly container: ObjectExpression | ArrayExpression | undefined;
      readonly keys: readonly string[];
    }
  /** The reason is a sentence for people. */
  | { readonly kind: 'refused'; readonly reason: string };

function refused(reason: string): Found {
  return { kind: 'refused', reason };
}

/** Follows a path through what is written. Refuses where the text does not decide what Azure gets. */
export function findPath(body: ObjectExpression, path: PropertyPath): Found {
  let current: Expression = body;
  let container: ObjectExpression | ArrayExpression | undefined;
  let property: Property | undefined;
  const loopNames: string[] = [];
  for (const [position, segment] of path.entries()) {
    const so = position === 0 ? 'The body' : `'${printPath(path.slice(0, position))}'`;
    current = withoutParentheses(current);
    if (segment.kind === 'each') return refused('The path does not say which item is meant.');
    if (segment.kind === 'key') {
      if (current.kind === 'null') return missingBelowNull(path, position, current, container, property);
      if (current.kind !== 'object') return refused(`${so} is not written out as an object here.`);
      const found = memberOf(current, segment.key);
      const spread = current.items.findLast((item) => item.kind === 'spread');
      if (found === undefined) return missing(current, container, path.slice(position), spread !== undefined);
      if (spread !== undefined && spread.start > found.start)
        return refused(`A spread after '${segment.key}' may give it another value.`);
      container = current;
      property = found;
      current = found.value;
      continue;
    }
    if (current.kind === 'for') {
      if (current.item !== undefined) loopNames.push(current.item.name);
      if (current.index !== undefined) loopNames.push(current.index.name);
      current = current.body;
      continue;
    }
    if (current.kind !== 'array') return refused(`${so} is not written out as an array here.`);
    const item = current.items[segment.index];
    const spread = current.items.findIndex((each) => each.kind === 'spread');
    if (spread >= 0 && spread <= segment.index) return refused(`${so} has a spread in front of the item.`);
    if (item === undefined || item.kind === 'spread') return refused(`${so} has no item ${segment.index}.`);
    container = current;
    property = undefined;
    current = item;
  }
  if (container === undefined) return refused('The path is empty.');
  if (mentions(current, loopNames)) return refused('The value is different in every turn of a loop.');
  return { kind: 'value', expression: current, container, property };
}

function withoutParentheses(expression: Expression): Expression {
  let current = expression;
  while (current.kind === 'parenthesized' || current.kind === 'nonNull')
    current = current.kind === 'parenthesized' ? current.expression : current.target;
  return current;
}

/** The property of that name: exactly, else ignoring case; the last one where there are several. */
function memberOf(object: ObjectExpression, key: string): Property | undefined {
  let exact: Property | undefined;
  let alike: Property | undefined;
  for (const item of object.items) {
    if (item.kind !== 'property') continue;
    const name = keyOf(item);
    if (name === key) exact = item;
    else if (name?.toLowerCase() === key.toLowerCase()) alike = item;
  }
  return exact ?? alike;
}

function keysOf(path: PropertyPath): readonly string[] | undefined {
  const keys: string[] = [];
  for (const segment of path) {
    if (segment.kind !== 'key') return undefined;
    keys.push(segment.key);
  }
  return keys;
}

function missing(
  object: ObjectExpression,
  container: ObjectExpression | ArrayExpression | undefined,
  path: PropertyPath,
  hasSpread: boolean,
): Found {
  const keys = keysOf(path);
  if (keys === undefined) return refused(`There is no '${printPath(path)}' here.`);
  if (hasSpread && keys.length > 1)
    return refused(`'${keys[0]}' may come from a spread and would be replaced as a whole.`);
  return { kind: 'missing', object, container, keys };
}

/** Below `null` nothing is written: it gives way to an object. */
function missingBelowNull(
  path: PropertyPath,
  position: number,
  expression: Expression,
  container: ObjectExpression | ArrayExpression | undefined,
  property: Property | undefined,
): Found {
  const keys = keysOf(path.slice(position));
  if (keys === undefined || container === undefined) return refused(`There is no '${printPath(path)}' here.`);
  const object: ObjectExpression = {
    kind: 'object',
    start: expression.start,
    end: expression.end,
    openBrace: -1,
    items: [],
    closeBrace: -1,
  };
  return property === undefined
    ? refused('An item of an array is null.')
    : { kind: 'missing', object, container, keys };
}

function mentions(expression: Expression, names: readonly string[]): boolean {
  if (names.length === 0) return false;
  let found = false;
  walk(expression, (node) => {
    if (node.kind === 'variable' && names.includes(node.name)) found = true;
    return !found;
  });
  return found;
}
