import { type Data, FunctionError, type PureFunction } from '../functions/data.ts';
import { distribute, identityOf } from './condition.ts';
import { array, asSecret, choice, type Member, object, text, unknown, withOrigin } from './make.ts';
import { type Origin, sourceOrigin, travellingWith } from './origin.ts';
import { fromData, holdsSecret, toData } from './plain.ts';
import type { ArrayValue, ObjectValue, Unknown, Value } from './value.ts';

/** `value.key`. Null and absent give absent (safe access is the caller's matter); what is not an object gives unknown. */
export function property(value: Value, key: string): Value {
  switch (value.kind) {
    case 'object':
      return value.get(key);
    case 'absent':
      return value;
    case 'scalar':
      return value.value === null
        ? { kind: 'absent', origin: value.origin, secret: value.secret }
        : notAnObject(value, key);
    case 'choice':
      return choice(
        value.condition,
        value.options.map((option) => property(option, key)),
        value.origin,
      );
    case 'reference':
      return { ...value, path: [...value.path, key] };
    case 'unknown':
      return unknown(value.reason, value.detail, value.origin, memberIdentity(value, key), value.secret);
    case 'array':
    case 'text':
      return notAnObject(value, key);
  }
}

function memberIdentity(value: Unknown, key: string): string | undefined {
  return value.identity === undefined ? undefined : `${value.identity}.${key}`;
}

function notAnObject(value: Value, key: string): Value {
  return unknown(
    'error',
    `'${key}' is read from something that is not an object`,
    value.origin,
    undefined,
    value.secret,
  );
}

/** `value[index]`, 0-based for arrays, by key for objects; negative counts from the end (-1 is the last item). */
export function element(value: Value, index: Value, origin: Origin): Value {
  if (index.kind === 'choice' || value.kind === 'choice') {
    return distribute([value, index], origin, ([x, y]) =>
      x === undefined || y === undefined ? value : element(x, y, origin),
    );
  }
  if (index.kind === 'scalar' && typeof index.value === 'string' && value.kind !== 'array')
    return property(value, index.value);
  if (index.kind === 'scalar' && value.kind === 'array') {
    const wanted = Number(index.value);
    const item = value.items[wanted < 0 ? value.items.length + wanted : wanted];
    // Items of an open array may have been shifted by what is not known.
    if (value.open !== undefined) return value.open;
    if (item === undefined) return unknown('error', `there is no item ${wanted}`, origin);
    const travelled = withOrigin(item, travellingWith(value.origin, item.origin));
    return value.secret ? asSecret(travelled) : travelled;
  }
  if (index.kind === 'scalar' && value.kind === 'object') return property(value, String(index.value));
  if (value.kind === 'absent' || (value.kind === 'scalar' && value.value === null)) return value;
  if (index.kind === 'scalar' && (value.kind === 'reference' || value.kind === 'unknown'))
    return property(value, `[${index.value}]`);
  const cause = value.kind === 'unknown' ? value : index.kind === 'unknown' ? index : undefined;
  const left = identityOf(value);
  const right = identityOf(index);
  const identity = left === undefined || right === undefined ? undefined : `${left}[${right}]`;
  return unknown(
    cause?.reason ?? 'unsupported',
    cause?.detail ?? 'an index that is not known',
    origin,
    identity,
    value.secret || holdsSecret(value),
  );
}

/** The items of an array as they arrive where the array is used: with the way that the array took, and as secret as it is. */
export function itemsOf(value: ArrayValue): readonly Value[] {
  const items = value.secret ? value.items.map(asSecret) : value.items;
  if (value.origin.kind !== 'source' || value.origin.via === undefined) return items;
  return items.map((item) => withOrigin(item, travellingWith(value.origin, item.origin)));
}

/**
 * Calls a pure function. Every combination of choices among the arguments is tried; when something is not known the result
 * is unknown, with an identity made of the function's name and those of its arguments; secrets mark the result.
 */
export function callPure(name: string, fn: PureFunction, values: readonly Value[], origin: Origin): Value {
  return distribute(values, origin, (args) => {
    const secret = args.some(holdsSecret);
    const data: Data[] = [];
    for (const arg of args) {
      const plain = arg.kind === 'absent' ? null : toData(arg);
      if (plain === undefined) return undecidedCall(name, args, origin, secret);
      data.push(plain);
    }
    if (data.length < fn.minimum || data.length > fn.maximum) {
      return unknown('error', `${name}() was given ${data.length} arguments`, origin, undefined, secret);
    }
    try {
      return fromData(fn.call(data), origin, secret);
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      return unknown('error', error.message, origin, undefined, secret);
    }
  });
}

/** What a call gives when an argument is not known: unknown for the first such argument's reason. */
export function undecidedCall(name: string, args: readonly Value[], origin: Origin, secret = false): Unknown {
  const cause = firstUnknown(args);
  const identities = args.map(identityOf);
  const identity = identities.includes(undefined) ? undefined : `${name.toLowerCase()}(${identities.join(',')})`;
  return unknown(
    cause?.reason ?? 'unsupported',
    cause?.detail ?? `an argument of ${name}() is only partly known`,
    origin,
    identity,
    secret,
  );
}

/** Parts of values that are looked at in search of an unknown one, and levels of them: values may go round in a circle. */
const maximumSearched = 30_000;
const maximumLevels = 300;

/** The first unknown inside the values, depth first; forces what it looks at. */
export function firstUnknown(values: readonly Value[]): Unknown | undefined {
  return unknownAmong(values, 0, { left: maximumSearched });
}

function unknownAmong(values: readonly Value[], level: number, budget: { left: number }): Unknown | undefined {
  for (const value of values) {
    const found = unknownIn(value, level, budget);
    if (found !== undefined) return found;
  }
  return undefined;
}

function unknownIn(value: Value, level: number, budget: { left: number }): Unknown | undefined {
  if (--budget.left < 0 || level > maximumLevels) return undefined;
  const among = (values: readonly Value[]): Unknown | undefined => unknownAmong(values, level + 1, budget);
  switch (value.kind) {
    case 'unknown':
      return value;
    case 'text':
      return among(value.parts.filter((part) => typeof part !== 'string'));
    case 'array':
      return value.open ?? among(value.items);
    case 'object':
      return value.open ?? among(value.keys().map((key) => value.get(key)));
    case 'choice':
      return among(value.options);
    case 'absent':
    case 'scalar':
    case 'reference':
      return undefined;
  }
}

/** Arrays one after the other. Anything that is not a known array leaves the result open. */
export function concatenate(values: readonly Value[], origin: Origin): Value {
  return distribute(values, origin, (parts) => {
    const items: Value[] = [];
    let open: Unknown | undefined;
    for (const part of parts) {
      if (part.kind === 'array') {
        items.push(...itemsOf(part));
        open ??= part.open;
      } else if (part.kind !== 'absent' && !(part.kind === 'scalar' && part.value === null)) {
        open ??= part.kind === 'unknown' ? part : unknown('unsupported', 'not an array', origin);
      }
    }
    return array(
      items,
      origin,
      open,
      parts.some((part) => part.secret),
    );
  });
}

/**
 * Objects merged in order, later members over earlier ones, not deep. After something that is not a known object every
 * earlier member is in doubt too, since it may have been replaced.
 */
export function merge(values: readonly Value[], origin: Origin): Value {
  return distribute(values, origin, (parts) => {
    let members = new Map<string, Member>();
    let open: Unknown | undefined;
    for (const part of parts) {
      if (part.kind === 'object') {
        open ??= part.open;
        if (part.open !== undefined) members = doubted(members, part, part.open);
        for (const key of part.keys()) members.set(key, () => part.get(key));
      } else if (part.kind !== 'absent' && !(part.kind === 'scalar' && part.value === null)) {
        const doubt = part.kind === 'unknown' ? part : unknown('unsupported', 'not an object', origin);
        open ??= doubt;
        members = doubted(members, undefined, doubt);
      }
    }
    return object(
      members,
      origin,
      open,
      parts.some((part) => part.secret),
    );
  });
}

/** Members that something unknown may have replaced. They stay as keys, with unknown values. */
function doubted(members: Map<string, Member>, by: ObjectValue | undefined, doubt: Unknown): Map<string, Member> {
  const result = new Map<string, Member>();
  const certain = new Set(by?.keys() ?? []);
  for (const [key, member] of members) result.set(key, certain.has(key) ? member : doubt);
  return result;
}

/** An interpolated text; choices among its parts give a choice of texts. */
export function interpolate(parts: readonly (string | Value)[], origin: Origin): Value {
  const values = parts.filter((part): part is Value => typeof part !== 'string');
  if (values.length === 0) return text(parts, origin);
  return distribute(values, origin, (chosen) => {
    let next = 0;
    return text(
      parts.map((part) => (typeof part === 'string' ? part : (chosen[next++] ?? part))),
      origin,
    );
  });
}

/** A parameter that is not set but may only be one of some values (`@allowed`): a choice that all its uses share. */
export function oneOf(id: string, name: string, options: readonly Value[], origin: Origin): Value {
  const alternatives = options.map(
    (option) => `${name} is ${option.kind === 'scalar' ? JSON.stringify(option.value) : option.kind}`,
  );
  return choice({ id, alternatives }, options, origin);
}

/** True for null and for what is not there. */
export function isNothing(value: Value): boolean {
  return value.kind === 'absent' || (value.kind === 'scalar' && value.value === null);
}

/** Walks a path of plain keys. */
export function at(value: Value, path: readonly string[]): Value {
  let current = value;
  for (const key of path) current = property(current, key);
  return current;
}

export function emptyObject(uri: string, start: number, end: number): ObjectValue {
  return object(new Map(), sourceOrigin(uri, start, end));
}
