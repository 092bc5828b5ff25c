import type { Place } from '../text/span.ts';
import type { DefaultOrigin, Origin, StepKind } from './origin.ts';
import { throughStep, travellingWith } from './origin.ts';
import type {
  Absent,
  ArrayValue,
  Choice,
  Condition,
  ObjectValue,
  Reference,
  ReferenceTarget,
  Scalar,
  Text,
  Unknown,
  UnknownReason,
  Value,
} from './value.ts';
import { maximumAlternatives } from './value.ts';

export function absent(origin: Origin): Absent {
  return { kind: 'absent', origin, secret: false };
}

export function scalar(value: Scalar['value'], origin: Origin, secret = false): Scalar {
  return { kind: 'scalar', value, origin, secret };
}

export function unknown(
  reason: UnknownReason,
  detail: string,
  origin: Origin,
  identity: string | undefined = undefined,
  secret = false,
): Unknown {
  return { kind: 'unknown', reason, detail, identity, origin, secret };
}

export function array(
  items: readonly Value[],
  origin: Origin,
  open: Unknown | undefined = undefined,
  secret = false,
): ArrayValue {
  return { kind: 'array', items, open, origin, secret };
}

export function reference(target: ReferenceTarget, path: readonly string[], origin: Origin, secret = false): Reference {
  return { kind: 'reference', target, path, origin, secret };
}

/**
 * A choice between values; the alternatives of one condition in the same order every time. Collapses when only one
 * alternative is given; more than 16 become unknown.
 */
export function choice(condition: Condition, options: readonly Value[], origin: Origin): Value {
  const [first] = options;
  if (first !== undefined && options.length === 1) return first;
  if (options.length > maximumAlternatives) {
    return unknown('budget', `more than ${maximumAlternatives} alternatives`, origin, condition.id);
  }
  return {
    kind: 'choice',
    condition,
    options,
    origin,
    secret: options.some((option) => option.secret),
  } satisfies Choice;
}

/** A text of literal and other parts: adjacent literals are joined, known scalars are written out, and a text that is known whole is a scalar. */
export function text(parts: readonly (string | Value)[], origin: Origin, secret = false): Scalar | Text {
  const joined: (string | Value)[] = [];
  let marked = secret;
  const push = (part: string | Value): void => {
    if (typeof part !== 'string') {
      marked ||= part.secret;
      if (part.kind === 'text') {
        part.parts.forEach(push);
        return;
      }
    }
    const written =
      typeof part === 'string' ? part : part.kind === 'scalar' ? (part.digits ?? String(part.value ?? '')) : undefined;
    const last = joined[joined.length - 1];
    if (written === undefined) joined.push(part);
    else if (typeof last === 'string') joined[joined.length - 1] = last + written;
    else joined.push(written);
  };
  parts.forEach(push);
  const [only] = joined;
  if (joined.length === 0) return scalar('', origin, marked);
  if (joined.length === 1 && typeof only === 'string') return scalar(only, origin, marked);
  return { kind: 'text', parts: joined, origin, secret: marked };
}

/** A member of an object: a value, or how to get one. It is asked for at most once. */
export type Member = Value | (() => Value);

/** An object whose members are evaluated on demand, each once. Later entries of one key win. */
export function object(
  members: ReadonlyMap<string, Member>,
  origin: Origin,
  open: Unknown | undefined = undefined,
  secret = false,
): ObjectValue {
  return objectOver(new Members(members), origin, open, secret);
}

function objectOver(members: Members, origin: Origin, open: Unknown | undefined, secret: boolean): SharedObject {
  return new SharedObject(members, origin, open, secret);
}

/** Stands in the place of a member while it is evaluated. */
const evaluating = (): Value => {
  throw new Error('A member was asked for while it is evaluated.');
};

/** The evaluated members of one object, shared by every copy of it that has travelled elsewhere. */
class Members {
  readonly #members: Map<string, Member>;
  #lowerCase: Map<string, string> | undefined;

  constructor(members: ReadonlyMap<string, Member>) {
    this.#members = members as Map<string, Member>;
  }

  keys(): readonly string[] {
    return [...this.#members.keys()];
  }

  has(key: string): boolean {
    return this.#members.has(key);
  }

  get(key: string, origin: Origin): Value | undefined {
    let member = this.#members.get(key);
    let name = key;
    if (member === undefined) {
      this.#lowerCase ??= new Map([...this.#members.keys()].map((each) => [each.toLowerCase(), each]));
      const written = this.#lowerCase.get(key.toLowerCase());
      if (written === undefined) return undefined;
      name = written;
      member = this.#members.get(written);
    }
    if (typeof member !== 'function') return member;
    if (member === evaluating) return unknown('error', `'${name}' refers to itself`, origin);
    this.#members.set(name, evaluating);
    const value = member();
    this.#members.set(name, value);
    return value;
  }
}

class SharedObject implements ObjectValue {
  readonly kind = 'object';
  readonly #members: Members;
  readonly origin: Origin;
  readonly open: Unknown | undefined;
  readonly secret: boolean;

  constructor(members: Members, origin: Origin, open: Unknown | undefined, secret: boolean) {
    this.#members = members;
    this.origin = origin;
    this.open = open;
    this.secret = secret;
  }

  keys(): readonly string[] {
    return this.#members.keys();
  }

  get(key: string): Value {
    const value = this.#members.get(key, this.origin);
    if (value === undefined) return this.open ?? absent(this.origin);
    const travelled = withOrigin(value, travellingWith(this.origin, value.origin));
    return this.secret ? asSecret(travelled) : travelled;
  }

  has(key: string): boolean {
    return this.#members.has(key);
  }

  at(origin: Origin, secret: boolean): SharedObject {
    return objectOver(this.#members, origin, this.open, secret);
  }
}

/** Whether an object is known to have a member of exactly this name; `get` also finds one that differs in case. */
export function hasExactly(value: ObjectValue, key: string): boolean {
  return value instanceof SharedObject ? value.has(key) : value.keys().includes(key);
}

/** The same value with another origin. */
export function withOrigin(value: Value, origin: Origin): Value {
  return value.origin === origin ? value : copy(value, origin, value.secret);
}

/** The same value, marked as secret. */
export function asSecret(value: Value): Value {
  return value.secret ? value : copy(value, value.origin, true);
}

/** Values are copied at every use of a name, so each kind is written out: that is many times faster than a spread. */
function copy(value: Value, origin: Origin, secret: boolean): Value {
  switch (value.kind) {
    case 'absent':
      return { kind: 'absent', origin, secret };
    case 'scalar':
      return value.digits === undefined
        ? { kind: 'scalar', value: value.value, origin, secret }
        : { kind: 'scalar', value: value.value, origin, secret, digits: value.digits };
    case 'unknown':
      return { kind: 'unknown', reason: value.reason, detail: value.detail, identity: value.identity, origin, secret };
    case 'array':
      return { kind: 'array', items: value.items, open: value.open, origin, secret };
    case 'reference':
      return { kind: 'reference', target: value.target, path: value.path, origin, secret };
    case 'choice':
      return { kind: 'choice', condition: value.condition, options: value.options, origin, secret };
    case 'text':
      return { kind: 'text', parts: value.parts, origin, secret };
    case 'object':
      return value instanceof SharedObject ? value.at(origin, secret) : { ...value, origin, secret };
  }
}

/** The same value without its mark; what is marked inside it stays so. */
export function asPublic(value: Value): Value {
  if (!value.secret) return value;
  if (value instanceof SharedObject) return value.at(value.origin, false);
  return { ...value, secret: false };
}

/** The same value, marked where what it was made from is. */
export function markedLike(value: Value, ...sources: readonly Value[]): Value {
  return sources.some((source) => source.secret) ? asSecret(value) : value;
}

/** The same value after it was used by name at a place: parameter, variable, argument, … */
export function through(value: Value, kind: StepKind, name: string, place: Place): Value {
  const origin = throughStep(value.origin, kind, name, place);
  if (value.kind !== 'choice') return withOrigin(value, origin);
  const options = value.options.map((option) => through(option, kind, name, place));
  return { kind: 'choice', condition: value.condition, options, origin, secret: value.secret };
}

/** An Azure or provider default that stands in for an absent value. */
export function byDefault(value: Value, by: DefaultOrigin['by'], source: string, place: Place): Value {
  return withOrigin(value, { kind: 'default', by, source, uri: place.uri, start: place.start, end: place.end });
}
