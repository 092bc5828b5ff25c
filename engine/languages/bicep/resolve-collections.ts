import { distribute } from '../../estate/condition.ts';
import { joinedArrays } from '../../estate/joined-arrays.ts';
import { array, asSecret, type Member, object, unknown } from '../../estate/make.ts';
import { mergeObjects } from '../../estate/merge-objects.ts';
import { itemsOf } from '../../estate/operations.ts';
import type { ArrayValue, Unknown, Value } from '../../estate/value.ts';
import { evaluate } from './resolve-evaluate.ts';
import { type Scope, withLocal } from './resolve-scope.ts';
import { keyOf } from './symbols.ts';
import type { ArrayExpression, ForExpression, ObjectExpression, ObjectItem } from './syntax.ts';

/** An object whose members are evaluated when they are asked for. Nested resources and the keys of `without` are left out. */
export function evaluateObject(
  expression: ObjectExpression,
  scope: Scope,
  without: ReadonlySet<string> | undefined,
): Value {
  const origin = scope.file.origin(expression);
  if (!expression.items.some((item) => item.kind === 'spread')) {
    return objectOf(expression.items, expression, scope, without);
  }
  const parts: Value[] = [];
  let from = 0;
  expression.items.forEach((item, index) => {
    if (item.kind !== 'spread') return;
    if (index > from) parts.push(objectOf(expression.items.slice(from, index), expression, scope, without));
    parts.push(evaluate(item.expression, scope));
    from = index + 1;
  });
  if (from < expression.items.length) parts.push(objectOf(expression.items.slice(from), expression, scope, without));
  return mergeObjects(parts, origin);
}

function objectOf(
  items: readonly ObjectItem[],
  expression: ObjectExpression,
  scope: Scope,
  without: ReadonlySet<string> | undefined,
): Value {
  const members = new Map<string, Member>();
  let open: Unknown | undefined;
  const origin = scope.file.origin(expression);
  for (const item of items) {
    if (item.kind === 'unreadable') open ??= unknown('error', 'there is a syntax error here', scope.file.origin(item));
    if (item.kind !== 'property') continue;
    const key = keyOf(item);
    if (key !== undefined) {
      if (without?.has(key) !== true) members.set(key, () => evaluate(item.value, scope));
      continue;
    }
    const computed = item.key.kind === 'string' ? evaluate(item.key, scope) : undefined;
    if (computed?.kind === 'scalar') members.set(String(computed.value), () => evaluate(item.value, scope));
    else {
      open ??= unknown(
        computed?.kind === 'unknown' ? computed.reason : 'unsupported',
        'a key that is not known',
        scope.file.origin(item.key),
      );
    }
  }
  return object(members, origin, open);
}

export function evaluateArray(expression: ArrayExpression, scope: Scope): Value {
  const origin = scope.file.origin(expression);
  const plain: Value[] = [];
  let parts: Value[] | undefined;
  let pending = plain;
  for (const item of expression.items) {
    if (item.kind !== 'spread') {
      pending.push(evaluate(item, scope));
      continue;
    }
    parts ??= [];
    parts.push(array(pending, origin), evaluate(item.expression, scope));
    pending = [];
  }
  if (parts === undefined) return array(plain, origin);
  return joinedArrays([...parts, array(pending, origin)], origin);
}

/** `[for item in collection: body]`: one item for each known one, open where there may be more. */
export function evaluateFor(expression: ForExpression, scope: Scope): Value {
  const origin = scope.file.origin(expression);
  const collection = evaluate(expression.collection, scope);
  return distribute([collection], origin, ([items]) => {
    if (items?.kind !== 'array') {
      const cause = items?.kind === 'unknown' ? items : undefined;
      const open = unknown(
        cause?.reason ?? 'unsupported',
        cause?.detail ?? 'a loop over something that is not an array',
        origin,
        undefined,
        items?.secret,
      );
      return array([], origin, open, items?.secret);
    }
    const value = unrolled(expression, items, scope);
    return items.secret ? asSecret(value) : value;
  });
}

function unrolled(expression: ForExpression, items: ArrayValue, scope: Scope): Value {
  const origin = scope.file.origin(expression);
  const limit = scope.file.run.context.budget.loopInstances;
  const values = itemsOf(items)
    .slice(0, limit)
    .map((item, index) => {
      const inner = loopScope(expression, item, index, scope);
      return evaluate(expression.body, inner);
    });
  const rest =
    items.items.length > limit ? unknown('budget', `a loop of more than ${limit} items`, origin) : items.open;
  return array(values, origin, rest);
}

/** The scope of one turn of a loop. */
export function loopScope(
  loop: {
    readonly start: number;
    readonly item: { name: string } | undefined;
    readonly index: { name: string } | undefined;
  },
  item: Value,
  index: number,
  scope: Scope,
): Scope {
  const { file } = scope;
  let inner: Scope = { ...scope, identity: `${scope.identity}[${loop.start}:${index}]` };
  if (loop.item !== undefined) inner = withLocal(inner, loop.item.name, item, 'loop');
  if (loop.index !== undefined) {
    const origin = file.origin({ start: loop.start, end: loop.start });
    inner = withLocal(inner, loop.index.name, { kind: 'scalar', value: index, origin, secret: false }, 'loop');
  }
  return inner;
}
