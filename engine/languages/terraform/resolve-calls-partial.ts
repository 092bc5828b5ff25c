import { distribute, equal, truthOf } from '../../estate/condition.ts';
import { array, object, scalar, unknown } from '../../estate/make.ts';
import {
  concatenate,
  element,
  firstUnknown,
  isNothing,
  itemsOf,
  merge,
  undecidedCall,
} from '../../estate/operations.ts';
import type { Origin } from '../../estate/origin.ts';
import type { Unknown, Value } from '../../estate/value.ts';
import { compareText, graphemes } from '../../functions/terraform-values.ts';
import { asList, asSet } from './resolve-collections.ts';
import { attributeOf } from './resolve-members.ts';
import { numberValue } from './resolve-numbers.ts';
import type { Environment } from './resolve-scope.ts';
import { joined } from './resolve-templates.ts';
import { compareScalars } from './resolve-types.ts';

/**
 * What functions give that can be known although their arguments are not known whole. Undefined for all others, which need
 * to know everything.
 */
export function partlyKnown(
  name: string,
  args: readonly Value[],
  environment: Environment,
  origin: Origin,
): Value | undefined {
  const [first, second, third] = args;
  if (first === undefined) return undefined;
  switch (name) {
    case 'merge':
      return args.some(isNoMapping) ? undefined : merge(args, origin);
    case 'concat':
      return args.some(isNoSequence) ? undefined : concatenate(args, origin);
    case 'tostring':
      if (first.kind === 'scalar' && first.digits !== undefined) return scalar(first.digits, origin, first.secret);
      return asItIs(first);
    case 'tonumber':
      if (first.kind === 'scalar' && first.digits !== undefined) return first;
      if (first.kind === 'scalar' && typeof first.value === 'string') {
        const exact = numberValue(first.value, origin);
        return exact.digits === undefined ? undefined : exact;
      }
      return asItIs(first);
    case 'tobool':
      return asItIs(first);
    case 'tolist':
      return first.kind === 'array' && !isPlain(first) ? asList(first) : opaque(first);
    case 'tomap':
      return first.kind === 'object' && !isPlain(first) ? first : opaque(first);
    case 'toset':
      return first.kind === 'array' && !isPlain(first)
        ? setOfPartlyKnown(itemsOf(first), first.open, origin)
        : opaque(first);
    case 'coalesce':
      return distribute(args, origin, (values) => coalesced(values, origin));
    case 'lookup':
      return second === undefined ? undefined : lookedUp(first, second, third, origin);
    case 'element':
      return second === undefined ? undefined : elementAround(first, second, origin);
    case 'one':
      return first.kind === 'array' && first.open === undefined && first.items.length === 1
        ? itemsOf(first)[0]
        : undefined;
    case 'length':
      return distribute([first], origin, ([value]) => lengthOf(value, origin));
    case 'contains':
      return second === undefined ? undefined : contained(first, second, origin);
    case 'keys':
      return first.kind === 'object' && first.open === undefined
        ? array(
            sortedKeys(first).map((key) => scalar(key, origin)),
            origin,
          )
        : undefined;
    case 'values':
      return first.kind === 'object' && first.open === undefined
        ? array(
            sortedKeys(first).map((key) => first.get(key)),
            origin,
          )
        : undefined;
    case 'reverse':
      return first.kind === 'array' && first.open === undefined
        ? array([...itemsOf(first)].reverse(), origin)
        : undefined;
    case 'flatten':
      return first.kind === 'array' ? flattened(itemsOf(first), first.open, origin, 0) : undefined;
    case 'zipmap':
      return second === undefined ? undefined : zipped(first, second, origin);
    case 'join':
      return second === undefined ? undefined : joinedWith(first, second, environment, origin);
    case 'format':
      return args.some((arg) => !isPlain(arg)) ? formatted(first, args.slice(1), environment, origin) : undefined;
    default:
      return undefined;
  }
}

/** Unknown, or a reference: what a conversion makes of it is as unknown. */
/** What a conversion makes of a text or number that is not known whole. */
function asItIs(value: Value): Value | undefined {
  return value.kind === 'unknown' || value.kind === 'reference' || value.kind === 'text' ? value : undefined;
}

function opaque(value: Value): Value | undefined {
  return value.kind === 'unknown' ? value : undefined;
}

/** Whether a value is known whole. What is nested deeper than a few levels is not looked into. */
function isPlain(value: Value, levels = 3): boolean {
  if (value.kind === 'scalar') return true;
  if (levels === 0) return false;
  const inside = (part: Value): boolean => isPlain(part, levels - 1);
  if (value.kind === 'array') return value.open === undefined && value.items.every(inside);
  return value.kind === 'object' && value.open === undefined && value.keys().every((key) => inside(value.get(key)));
}

function isNoMapping(value: Value): boolean {
  return value.kind === 'array' || value.kind === 'text' || (value.kind === 'scalar' && value.value !== null);
}

function isNoSequence(value: Value): boolean {
  return value.kind === 'object' || value.kind === 'text' || value.kind === 'scalar';
}

function setOfPartlyKnown(items: readonly Value[], open: Unknown | undefined, origin: Origin): Value {
  const scalars = new Map<string, Value>();
  const others: Value[] = [];
  for (const item of items) {
    if (item.kind !== 'scalar') others.push(item);
    else if (!scalars.has(String(item.value))) scalars.set(String(item.value), item);
  }
  return asSet(array([...[...scalars.values()].sort(compareScalars), ...others], origin, open));
}

function coalesced(values: readonly Value[], origin: Origin): Value {
  for (const value of values) {
    if (value.kind === 'unknown' || value.kind === 'reference') return undecidedCall('coalesce', values, origin);
    if (!isNothing(value) && !(value.kind === 'scalar' && value.value === '')) {
      // All arguments are of one type: beside a text, a number or boolean is one.
      const isText = values.some(
        (each) => each.kind === 'text' || (each.kind === 'scalar' && typeof each.value === 'string'),
      );
      return isText && value.kind === 'scalar' ? scalar(String(value.value), value.origin, value.secret) : value;
    }
  }
  return unknown('error', 'coalesce() has no argument with a value', origin);
}

function lookedUp(from: Value, key: Value, otherwise: Value | undefined, origin: Origin): Value {
  return distribute([from, key], origin, ([map = from, name = key]) => {
    if (
      isNothing(name) ||
      name.kind === 'array' ||
      name.kind === 'object' ||
      (map.kind !== 'object' && map.kind !== 'unknown')
    )
      return unknown('error', 'lookup() takes a map and a key', origin);
    if (name.kind !== 'scalar' || map.kind !== 'object') return undecidedCall('lookup', [map, name], origin);
    const found = attributeOf(map, String(name.value), origin);
    return found.kind === 'unknown' && found.reason === 'error' && map.open === undefined && otherwise !== undefined
      ? otherwise
      : found;
  });
}

/** `element` goes round: beyond the end it begins anew. */
function elementAround(list: Value, index: Value, origin: Origin): Value | undefined {
  if (list.kind !== 'array' || index.kind !== 'scalar' || list.items.length === 0 || list.open !== undefined)
    return undefined;
  const wanted = Number(index.value);
  if (!Number.isInteger(wanted) || wanted % list.items.length < 0) return undefined;
  return element(list, scalar(wanted % list.items.length, origin), origin);
}

function lengthOf(value: Value | undefined, origin: Origin): Value {
  if (value?.kind === 'array' && value.open === undefined) return scalar(value.items.length, origin);
  if (value?.kind === 'object' && value.open === undefined) return scalar(value.keys().length, origin);
  if (value?.kind === 'scalar')
    return typeof value.value === 'string'
      ? scalar(graphemes(value.value).length, origin)
      : unknown('error', 'length() takes a text, a list or a map', origin);
  return undecidedCall('length', value === undefined ? [] : [value], origin);
}

/** True when one item is certainly it, false when certainly none is. */
function contained(list: Value, wanted: Value, origin: Origin): Value | undefined {
  if (list.kind !== 'array') return undefined;
  let doubtful = list.open !== undefined;
  for (const item of list.items) {
    const same = truthOf(equal(item, wanted, origin));
    if (same === true) return scalar(true, origin);
    doubtful ||= same === undefined;
  }
  return doubtful ? undecidedCall('contains', [list, wanted], origin) : scalar(false, origin);
}

function sortedKeys(value: { readonly keys: () => readonly string[] }): readonly string[] {
  return [...value.keys()].sort(compareText);
}

function flattened(items: readonly Value[], open: Unknown | undefined, origin: Origin, depth: number): Value {
  if (depth > 100) return unknown('budget', 'lists are nested too deeply', origin);
  const flat: Value[] = [];
  let rest = open;
  for (const item of items) {
    if (item.kind === 'array') {
      const inner = flattened(itemsOf(item), item.open, origin, depth + 1);
      if (inner.kind === 'array') {
        flat.push(...inner.items);
        rest ??= inner.open;
      } else if (inner.kind === 'unknown') rest ??= inner;
    } else if (item.kind === 'unknown' || item.kind === 'choice') {
      rest ??= firstUnknown([item]) ?? unknown('unsupported', 'an item that may be a list', origin);
    } else flat.push(item);
  }
  return array(flat, origin, rest);
}

function zipped(names: Value, values: Value, origin: Origin): Value | undefined {
  if (names.kind !== 'array' || values.kind !== 'array' || names.open !== undefined || values.open !== undefined)
    return undefined;
  if (names.items.length !== values.items.length) return undefined;
  const members = new Map<string, Value>();
  for (const [index, key] of names.items.entries()) {
    const value = itemsOf(values)[index];
    if (key.kind !== 'scalar' || key.value === null || value === undefined) return undefined;
    members.set(String(key.value), value);
  }
  return object(members, origin);
}

function joinedWith(separator: Value, list: Value, environment: Environment, origin: Origin): Value | undefined {
  if (separator.kind !== 'scalar' || list.kind !== 'array' || list.open !== undefined || isPlain(list))
    return undefined;
  const parts = itemsOf(list).flatMap((item, index) => (index === 0 ? [item] : [String(separator.value), item]));
  return joined(parts, environment, origin);
}

/** `format` with plain verbs is a template: what is known of the text stays known. */
function formatted(
  pattern: Value,
  args: readonly Value[],
  environment: Environment,
  origin: Origin,
): Value | undefined {
  if (pattern.kind !== 'scalar' || typeof pattern.value !== 'string') return undefined;
  const parts: (string | Value)[] = [];
  let next = 0;
  let rest = pattern.value;
  for (let at = rest.indexOf('%'); at >= 0; at = rest.indexOf('%')) {
    const verb = rest.charAt(at + 1);
    parts.push(rest.slice(0, at));
    rest = rest.slice(at + 2);
    if (verb === '%') parts.push('%');
    else {
      const arg = args[next++];
      if ((verb !== 's' && verb !== 'v' && verb !== 'd') || arg === undefined) return undefined;
      if (arg.kind === 'array' || arg.kind === 'object' || isNothing(arg)) return undefined;
      parts.push(arg);
    }
  }
  parts.push(rest);
  return next === args.length ? joined(parts, environment, origin) : undefined;
}
