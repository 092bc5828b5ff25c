import { distribute } from '../../estate/condition.ts';
import { array, type Member, markedLike, object, scalar, unknown } from '../../estate/make.ts';
import { isNothing, itemsOf } from '../../estate/operations.ts';
import { toData } from '../../estate/plain.ts';
import type { ArrayValue, Value } from '../../estate/value.ts';
import { type Data, FunctionError } from '../../functions/data.ts';
import { compareText, toBoolean, toNumber, toText } from '../../functions/terraform-values.ts';
import { asSet } from './resolve-collections.ts';
import type { Expression } from './syntax.ts';

/** Types are written by people: deeper ones are not looked into. */
const maximumDepth = 32;

/**
 * The value as a type constraint makes it: texts, numbers and booleans converted, attributes that an object type lacks left out,
 * defaults of `optional()` filled in, however deep. `what` names the value in messages; `evaluate` gives the value of a default.
 * What cannot be converted is unknown, as an error.
 */
export function converted(
  type: Expression,
  value: Value,
  what: string,
  evaluate: (fallback: Expression) => Value,
): Value {
  return new Conversion(what, evaluate).convert(type, value, 0);
}

class Conversion {
  readonly #what: string;
  readonly #evaluate: (fallback: Expression) => Value;

  constructor(what: string, evaluate: (fallback: Expression) => Value) {
    this.#what = what;
    this.#evaluate = evaluate;
  }

  convert(type: Expression, value: Value, depth: number): Value {
    if (depth > maximumDepth) return value;
    if (value.kind === 'choice')
      return distribute([value], value.origin, ([each]) => this.convert(type, each ?? value, depth));
    if (type.kind === 'variable') return this.#named(type.name, value);
    if (type.kind !== 'call') return value;
    const [inner, fallback] = type.arguments;
    if (inner === undefined) return value;
    if (type.name === 'optional') {
      if (!isNothing(value)) return this.convert(inner, value, depth + 1);
      return fallback === undefined
        ? scalar(null, value.origin)
        : this.convert(inner, this.#evaluate(fallback), depth + 1);
    }
    if (isNothing(value) || value.kind === 'unknown' || value.kind === 'reference') return value;
    switch (type.name) {
      case 'list':
      case 'set': {
        if (value.kind !== 'array') return this.#wrong(value, 'a list');
        const items = itemsOf(value).map((item) => this.convert(inner, item, depth + 1));
        return type.name === 'set' ? setOf(items, value) : array(items, value.origin, value.open, value.secret);
      }
      case 'tuple': {
        if (value.kind !== 'array' || inner.kind !== 'tuple') return this.#wrong(value, 'a tuple');
        const items = itemsOf(value).map((item, index) => {
          const wanted = inner.elements[index];
          return wanted === undefined ? item : this.convert(wanted, item, depth + 1);
        });
        return array(items, value.origin, value.open, value.secret);
      }
      case 'map': {
        if (value.kind !== 'object') return this.#wrong(value, 'a map');
        const members = value
          .keys()
          .map((key): [string, Member] => [key, () => this.convert(inner, value.get(key), depth + 1)]);
        return object(new Map(members), value.origin, value.open, value.secret);
      }
      case 'object': {
        if (value.kind !== 'object' || inner.kind !== 'object') return this.#wrong(value, 'an object');
        const members = new Map<string, Member>();
        for (const { name, value: member } of inner.items) {
          if (name !== undefined) members.set(name, () => this.#attribute(member, value.get(name), name, depth + 1));
        }
        return object(members, value.origin, undefined, value.secret);
      }
      default:
        return value;
    }
  }

  #attribute(type: Expression, value: Value, name: string, depth: number): Value {
    const isOptional = type.kind === 'call' && type.name === 'optional';
    if (value.kind === 'absent' && !isOptional)
      return unknown('error', `${this.#what} lacks the attribute '${name}'`, value.origin);
    return this.convert(type, value, depth);
  }

  #named(name: string, value: Value): Value {
    switch (name) {
      case 'string':
        return this.#primitive(value, 'a text', toText);
      case 'number':
        return this.#primitive(value, 'a number', toNumber);
      case 'bool':
        return this.#primitive(value, 'a boolean', toBoolean);
      case 'list':
        return value.kind === 'object' || isPrimitive(value) ? this.#wrong(value, 'a list') : value;
      case 'map':
        return value.kind === 'array' || isPrimitive(value) ? this.#wrong(value, 'a map') : value;
      default:
        return value;
    }
  }

  #primitive(value: Value, wanted: string, convert: (data: Data, what: string) => string | number | boolean): Value {
    if (value.kind === 'object' || value.kind === 'array') return this.#wrong(value, wanted);
    if (value.kind !== 'scalar' || value.value === null) return value;
    try {
      const result = convert(value.value, this.#what);
      return result === value.value ? value : scalar(result, value.origin, value.secret);
    } catch (error) {
      if (error instanceof FunctionError) return this.#wrong(value, wanted);
      throw error;
    }
  }

  #wrong(value: Value, wanted: string): Value {
    return unknown('error', `${this.#what} has a part that has to be ${wanted}`, value.origin, undefined, value.secret);
  }
}

function isPrimitive(value: Value): boolean {
  return value.kind === 'scalar' && value.value !== null;
}

/** Items that are certainly the same are one, and scalars stand in Terraform's order. */
function setOf(items: readonly Value[], from: ArrayValue): Value {
  const unique = new Map<string, Value>();
  const others: Value[] = [];
  for (const item of items) {
    const key = item.kind === 'scalar' ? JSON.stringify(item.value) : undefined;
    if (key === undefined) others.push(item);
    else if (!unique.has(key)) unique.set(key, item);
  }
  const sorted = [...unique.values()].sort(compareScalars);
  return markedLike(asSet(array([...sorted, ...others], from.origin, from.open)), from);
}

/** The order in which Terraform walks a set of scalars. */
export function compareScalars(a: Value, b: Value): number {
  const left = toData(a);
  const right = toData(b);
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return compareText(String(left), String(right));
}
