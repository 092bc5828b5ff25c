import { distribute, not } from '../../estate/condition.ts';
import { array, asSecret, type Member, markedLike, object, scalar, unknown } from '../../estate/make.ts';
import { firstUnknown, isNothing, itemsOf } from '../../estate/operations.ts';
import type { Origin } from '../../estate/origin.ts';
import type { ArrayValue, Unknown, Value } from '../../estate/value.ts';
import { compareText } from '../../functions/terraform-values.ts';
import { evaluate } from './resolve-evaluate.ts';
import { isTooOften } from './resolve-limits.ts';
import { booleanOf } from './resolve-operators.ts';
import { type Environment, originOf, withNames } from './resolve-scope.ts';
import type { ForExpression, ObjectExpression, Splat } from './syntax.ts';

/** What a loop runs over: pairs of key and value, and what may come besides. */
export interface Entries {
  readonly known: readonly (readonly [Value, Value])[];
  readonly open: Unknown | undefined;
}

/** In the order in which Terraform walks them: maps by key. Undefined when nothing is known of the collection. Not for choices. */
export function entriesOf(collection: Value, origin: Origin): Entries | undefined {
  if (collection.kind === 'array') {
    const isSet = isSetValue(collection);
    return {
      known: itemsOf(collection).map((item, index) => [isSet ? item : scalar(index, origin), item] as const),
      open: collection.open,
    };
  }
  if (collection.kind === 'object') {
    const keys = [...collection.keys()].sort(compareText);
    return {
      known: keys.map((key) => [scalar(key, collection.origin, collection.secret), collection.get(key)] as const),
      open: collection.open,
    };
  }
  return undefined;
}

// Sets are arrays to everything else; only loops and indices tell them apart.
const sets = new WeakSet<readonly Value[]>();

/** The same array, known to be a set: in loops its items are their own keys. Items must be unique and in Terraform's order. */
export function asSet(value: ArrayValue): ArrayValue {
  const items = [...value.items];
  sets.add(items);
  return { ...value, items };
}

/** The same array as a list. */
export function asList(value: ArrayValue): ArrayValue {
  return isSetValue(value) ? { ...value, items: [...value.items] } : value;
}

export function isSetValue(value: ArrayValue): boolean {
  return sets.has(value.items);
}

/** Inside one round of a `for`. */
export function inRound(
  environment: Environment,
  keyName: string | undefined,
  valueName: string,
  key: Value,
  value: Value,
  round: number,
): Environment {
  const names: [string, Value][] = [[valueName, value]];
  if (keyName !== undefined) names.unshift([keyName, key]);
  return withNames(environment, names, String(round));
}

/** `source[*]` or `source.*`: a list stays one, null is an empty list, anything else is a list of one. */
export function evaluateSplat(splat: Splat, environment: Environment): Value {
  const origin = originOf(environment, splat);
  const over = evaluate(splat.source, environment);
  const made = distribute([over], origin, ([source]) => {
    if (source === undefined || isNothing(source)) return array([], origin);
    if (source.kind === 'unknown') return source.reason === 'error' ? source : array([], origin, source);
    const items = source.kind === 'array' ? itemsOf(source) : [source];
    const values = items.map((item, index) =>
      evaluate(splat.each, { ...environment, item, rounds: `${environment.rounds}[${index}]` }),
    );
    return array(values, origin, source.kind === 'array' ? source.open : undefined);
  });
  return markedLike(made, over);
}

/** The value of `{ key = value }`. */
export function evaluateObject(expression: ObjectExpression, environment: Environment): Value {
  const origin = originOf(environment, expression);
  const members = new Map<string, Member>();
  let open: Unknown | undefined = expression.complete
    ? undefined
    : unknown('error', 'the object could not be read whole', origin);
  let secret = false;
  for (const item of expression.items) {
    let { name } = item;
    if (name === undefined) {
      const key = evaluate(item.key, environment);
      secret ||= key.secret;
      name = keyOf(key);
      if (name === undefined) open ??= notAKey(key, origin);
    }
    if (name !== undefined) members.set(name, () => evaluate(item.value, environment));
  }
  const made = object(members, origin, open);
  return secret ? asSecret(made) : made;
}

function keyOf(value: Value): string | undefined {
  return value.kind === 'scalar' && value.value !== null ? String(value.value) : undefined;
}

function mayBeKey(key: Value): boolean {
  return !isNothing(key) && key.kind !== 'array' && key.kind !== 'object';
}

function notAKey(key: Value, origin: Origin): Unknown {
  if (!mayBeKey(key)) return unknown('error', 'a key has to be a text', origin);
  return firstUnknown([key]) ?? unknown('unsupported', 'a key that is not known', origin);
}

/** The value of a `for` expression. */
export function evaluateFor(expression: ForExpression, environment: Environment): Value {
  const origin = originOf(environment, expression);
  const over = evaluate(expression.collection, environment);
  const made = distribute([over], origin, ([collection = over]) => {
    const entries = entriesOf(collection, origin);
    const result = new ForResult(expression, origin);
    if (entries === undefined) {
      const isWrong = isNothing(collection) || collection.kind === 'scalar' || collection.kind === 'text';
      if (isWrong) return unknown('error', 'a loop over something that is no collection', origin);
      if (collection.kind === 'unknown' && collection.reason === 'error') return collection;
      return result.value(
        firstUnknown([collection]) ?? unknown('unsupported', 'a loop over something that is not known', origin),
      );
    }
    const tooOften = isTooOften(entries.known.length, environment, origin);
    if (tooOften !== undefined) return result.value(tooOften);
    entries.known.forEach(([key, value], round) => {
      result.add(inRound(environment, expression.keyName, expression.valueName, key, value, round));
    });
    return result.value(entries.open);
  });
  return markedLike(made, over);
}

class ForResult {
  readonly #expression: ForExpression;
  readonly #origin: Origin;
  readonly #items: Value[] = [];
  readonly #members = new Map<string, Member>();
  readonly #groups = new Map<string, Value[]>();
  #open: Unknown | undefined;
  #wrong: Unknown | undefined;

  constructor(expression: ForExpression, origin: Origin) {
    this.#expression = expression;
    this.#origin = origin;
  }

  add(inner: Environment): void {
    const { condition, key, value, group } = this.#expression;
    if (condition !== undefined) {
      const test = not(not(booleanOf(evaluate(condition, inner), this.#origin), this.#origin), this.#origin);
      if (test.kind !== 'scalar') {
        this.#leave(test, 'a filter that is not known');
        return;
      }
      if (test.value !== true) return;
    }
    if (key === undefined) {
      this.#items.push(evaluate(value, inner));
      return;
    }
    const name = evaluate(key, inner);
    const text = keyOf(name);
    if (text === undefined) this.#leave(name, 'a key that is not known');
    else if (group) {
      const values = this.#groups.get(text);
      if (values === undefined) this.#groups.set(text, [evaluate(value, inner)]);
      else values.push(evaluate(value, inner));
    } else if (this.#members.has(text)) {
      this.#wrong ??= unknown('error', `the key '${text}' comes twice`, this.#origin);
    } else this.#members.set(text, () => evaluate(value, inner));
  }

  #leave(cause: Value, why: string): void {
    const found = !mayBeKey(cause)
      ? unknown('error', 'a key has to be a text', this.#origin)
      : (firstUnknown([cause]) ?? unknown('unsupported', why, this.#origin));
    if (found.reason === 'error') this.#wrong ??= found;
    else this.#open ??= found;
  }

  value(rest: Unknown | undefined): Value {
    if (this.#wrong !== undefined) return this.#wrong;
    const open = rest ?? this.#open;
    if (this.#expression.key === undefined) return array(this.#items, this.#origin, open);
    for (const [name, values] of this.#groups) this.#members.set(name, array(values, this.#origin));
    return object(this.#members, this.#origin, open);
  }
}
