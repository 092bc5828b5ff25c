import { choice, scalar, unknown } from './make.ts';
import type { Origin } from './origin.ts';
import { type Choice, type Condition, maximumAlternatives, type Value } from './value.ts';

/**
 * A text that is equal for two values exactly when they are certainly the same value. Undefined when nothing can be said:
 * an unknown without identity, or something too large to spell out.
 */
export function identityOf(value: Value): string | undefined {
  switch (value.kind) {
    case 'absent':
      return 'null';
    case 'scalar':
      return JSON.stringify(value.value);
    case 'unknown':
      return value.identity;
    case 'text': {
      const parts: string[] = [];
      for (const part of value.parts) {
        const identity = typeof part === 'string' ? JSON.stringify(part) : identityOf(part);
        if (identity === undefined) return undefined;
        parts.push(identity);
      }
      return `text(${parts.join(',')})`;
    }
    case 'reference': {
      if (value.target.kind === 'resource')
        return `ref(${value.target.resource.address}${value.target.resource.instance}#${value.path.join('.')})`;
      const names: string[] = [];
      for (const name of value.target.id.names) {
        const identity = identityOf(name);
        if (identity === undefined) return undefined;
        names.push(identity);
      }
      return `id(${value.target.id.type.toLowerCase()},${names.join(',')}#${value.path.join('.')})`;
    }
    case 'choice': {
      const options = value.options.map(identityOf);
      if (options.includes(undefined)) return undefined;
      return `choice(${value.condition.id},${options.join(',')})`;
    }
    case 'object':
    case 'array':
      return undefined;
  }
}

/**
 * Whether two values are the same one, as far as can be told: texts are compared ignoring case, as Azure compares names.
 * Undefined when that depends on something unknown.
 */
export function sameValue(a: Value, b: Value): boolean | undefined {
  if (a.kind === 'scalar' && b.kind === 'scalar') {
    if (typeof a.value === 'string' && typeof b.value === 'string')
      return a.value.toLowerCase() === b.value.toLowerCase();
    return a.value === b.value;
  }
  const left = identityOf(a);
  const right = identityOf(b);
  if (left !== undefined && right !== undefined && left.toLowerCase() === right.toLowerCase()) return true;
  if (a.kind === 'choice') return agreed(a.options.map((option) => sameValue(option, b)));
  if (b.kind === 'choice') return agreed(b.options.map((option) => sameValue(a, option)));
  return undefined;
}

function agreed(answers: readonly (boolean | undefined)[]): boolean | undefined {
  const [first] = answers;
  return answers.every((answer) => answer === first) ? first : undefined;
}

/** True, false, or undefined when it is not known. Null and absent count as false. */
export function truthOf(value: Value): boolean | undefined {
  if (value.kind === 'scalar') {
    if (typeof value.value === 'boolean') return value.value;
    if (value.value === null) return false;
    if (typeof value.value === 'string') {
      const lower = value.value.toLowerCase();
      return lower === 'true' ? true : lower === 'false' ? false : undefined;
    }
    return undefined;
  }
  return value.kind === 'absent' ? false : undefined;
}

const negation = 'not ';

/**
 * The value of `test ? whenTrue : whenFalse`. An undecided test makes a choice that carries the test's identity, so that the
 * same test is decided alike in every property; `fallbackIdentity` names a test that has none (its place and scope instance).
 */
export function conditional(
  test: Value,
  whenTrue: () => Value,
  whenFalse: () => Value,
  origin: Origin,
  fallbackIdentity: string,
  description: string,
): Value {
  const truth = truthOf(test);
  if (truth !== undefined) return truth ? whenTrue() : whenFalse();
  if (test.kind === 'choice') {
    // Each side once, not once for every alternative: in a chain of tests that would multiply.
    const first = once(whenTrue);
    const second = once(whenFalse);
    const options = test.options.map((option, index) =>
      assume(conditional(option, first, second, origin, fallbackIdentity, description), test.condition, index),
    );
    return choice(test.condition, options, origin);
  }
  const identity = (test.kind === 'unknown' ? test.identity : identityOf(test)) ?? fallbackIdentity;
  if (identity.startsWith(negation)) {
    const plain = identity.slice(negation.length);
    return choice(
      { id: plain, alternatives: [`not (${description})`, description] },
      [whenFalse(), whenTrue()],
      origin,
    );
  }
  return choice(
    { id: identity, alternatives: [description, `not (${description})`] },
    [whenTrue(), whenFalse()],
    origin,
  );
}

function once(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** `!value`, three-valued. */
export function not(value: Value, origin: Origin): Value {
  const truth = truthOf(value);
  if (truth !== undefined) return scalar(!truth, origin, value.secret);
  if (value.kind === 'choice')
    return choice(
      value.condition,
      value.options.map((option) => not(option, origin)),
      origin,
    );
  if (value.kind !== 'unknown') return unknown('error', 'not a boolean', origin);
  const identity = value.identity;
  const negated =
    identity === undefined
      ? undefined
      : identity.startsWith(negation)
        ? identity.slice(negation.length)
        : negation + identity;
  return unknown(value.reason, value.detail, origin, negated, value.secret);
}

/** `a && b`: false when either is false, whatever the other is. */
export function and(a: Value, b: () => Value, origin: Origin): Value {
  return logical(a, b, origin, false, '&&');
}

/** `a || b`: true when either is true, whatever the other is. */
export function or(a: Value, b: () => Value, origin: Origin): Value {
  return logical(a, b, origin, true, '||');
}

function logical(a: Value, right: () => Value, origin: Origin, deciding: boolean, operator: string): Value {
  const left = truthOf(a);
  if (left === deciding) return scalar(deciding, origin);
  const b = right();
  if (left !== undefined) return b;
  const second = truthOf(b);
  if (second === deciding) return scalar(deciding, origin);
  if (second !== undefined) return a;
  return distribute([a, b], origin, ([x, y]) => {
    if (x === undefined || y === undefined) return scalar(deciding, origin);
    const first = truthOf(x);
    if (first === deciding) return scalar(deciding, origin);
    if (first !== undefined) return y;
    const other = truthOf(y);
    if (other === deciding) return scalar(deciding, origin);
    if (other !== undefined) return x;
    return undecided(operator, x, y, origin);
  });
}

/** `a == b`, three-valued; texts are compared exactly, or ignoring case. */
export function equal(a: Value, b: Value, origin: Origin, ignoreCase = false): Value {
  return distribute([a, b], origin, ([x, y]) => {
    if (x === undefined || y === undefined) return unknown('error', 'nothing to compare', origin);
    const answer = equalNow(x, y, ignoreCase);
    return answer === undefined ? undecided(ignoreCase ? '=~' : '==', x, y, origin) : scalar(answer, origin);
  });
}

function equalNow(a: Value, b: Value, ignoreCase: boolean): boolean | undefined {
  const left = a.kind === 'absent' ? null : a.kind === 'scalar' ? a.value : undefined;
  const right = b.kind === 'absent' ? null : b.kind === 'scalar' ? b.value : undefined;
  if (left !== undefined && right !== undefined) {
    if (ignoreCase && typeof left === 'string' && typeof right === 'string')
      return left.toLowerCase() === right.toLowerCase();
    return left === right && digitsOf(a) === digitsOf(b);
  }
  // What is written as an object, an array or a reference is certainly not null.
  if (left === null && (b.kind === 'object' || b.kind === 'array' || b.kind === 'reference' || b.kind === 'text'))
    return false;
  if (right === null && (a.kind === 'object' || a.kind === 'array' || a.kind === 'reference' || a.kind === 'text'))
    return false;
  if (a.kind === 'object' && b.kind === 'object')
    return equalObjects(a.keys(), b.keys(), (key) => equalNow(a.get(key), b.get(key), ignoreCase), a.open ?? b.open);
  if (a.kind === 'array' && b.kind === 'array') {
    if (a.open !== undefined || b.open !== undefined) return undefined;
    if (a.items.length !== b.items.length) return false;
    return everyEqual(a.items.map((item, index) => equalNow(item, b.items[index] ?? item, ignoreCase)));
  }
  // Values of different kinds are never the same; what is unknown, or Azure's answer, may be of any kind.
  const kinds = ['scalar', 'text', 'object', 'array'];
  if (
    kinds.includes(a.kind) &&
    kinds.includes(b.kind) &&
    (a.kind === 'object' || a.kind === 'array') !== (b.kind === 'object' || b.kind === 'array')
  )
    return false;
  if ((a.kind === 'object' && b.kind === 'array') || (a.kind === 'array' && b.kind === 'object')) return false;
  const identity = identityOf(a);
  return identity !== undefined && identity === identityOf(b) ? true : undefined;
}

function digitsOf(value: Value): string | undefined {
  return value.kind === 'scalar' ? value.digits : undefined;
}

function equalObjects(
  left: readonly string[],
  right: readonly string[],
  compare: (key: string) => boolean | undefined,
  open: unknown,
): boolean | undefined {
  if (open !== undefined) return undefined;
  if (left.length !== right.length || left.some((key) => !right.includes(key))) return false;
  return everyEqual(left.map(compare));
}

function everyEqual(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

function undecided(operator: string, a: Value, b: Value, origin: Origin): Value {
  const left = identityOf(a);
  const right = identityOf(b);
  const identity = left === undefined || right === undefined ? undefined : `(${left} ${operator} ${right})`;
  const cause = a.kind === 'unknown' ? a : b.kind === 'unknown' ? b : undefined;
  return unknown(
    cause?.reason ?? 'unsupported',
    cause?.detail ?? 'a value that is only partly known',
    origin,
    identity,
    a.secret || b.secret,
  );
}

/**
 * Applies a function to values of which some are choices, once per combination of alternatives that can occur together,
 * and makes a choice of the results. More than 16 combinations give an unknown.
 */
export function distribute(
  values: readonly Value[],
  origin: Origin,
  apply: (values: readonly Value[]) => Value,
): Value {
  const first = values.find((value): value is Choice => value.kind === 'choice');
  if (first === undefined) return apply(values);
  if (combinationsOf(values) > maximumAlternatives) {
    return unknown(
      'budget',
      `more than ${maximumAlternatives} combinations of alternatives`,
      origin,
      undefined,
      values.some((value) => value.secret),
    );
  }
  const results = first.options.map((_, index) =>
    distribute(
      values.map((value) => assume(value, first.condition, index)),
      origin,
      apply,
    ),
  );
  return choice(first.condition, results, origin);
}

function combinationsOf(values: readonly Value[]): number {
  const only = values.filter((value) => value.kind === 'choice');
  const [single] = only;
  if (single !== undefined && only.length === 1) return single.options.length;
  const sizes = new Map<string, number>();
  for (const value of values) {
    if (value.kind === 'choice') sizes.set(value.condition.id, value.options.length);
  }
  let product = 1;
  for (const size of sizes.values()) product *= size;
  return product;
}

/** The value, given that a condition has come out as its alternative number `index` (0-based). */
export function assume(value: Value, condition: Condition, index: number): Value {
  let current = value;
  while (current.kind === 'choice' && current.condition.id === condition.id) {
    const option = current.options[index];
    if (option === undefined) return current;
    current = option;
  }
  if (current.kind !== 'choice') return current;
  const options = current.options.map((option) => assume(option, condition, index));
  return { ...current, options };
}
