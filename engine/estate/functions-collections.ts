import { tooLarge } from './bounds.ts';
import { distribute, equal, identityOf, truthOf } from './condition.ts';
import { type CallSite, undecided, type ValueFunction } from './function-calls.ts';
import { idHolds, isId } from './ids.ts';
import { joinedArrays } from './joined-arrays.ts';
import { array, asSecret, type Member, object, scalar, unknown } from './make.ts';
import { mergeObjects } from './merge-objects.ts';
import { element, isNothing, itemsOf } from './operations.ts';
import { interpolated } from './texts.ts';
import type { ArrayValue, ObjectValue, Value } from './value.ts';

/**
 * Functions that move values about without looking into them. They keep the places where the values were written, and give
 * as much as can be known where only a part of their arguments is. By name in lower case.
 */
export const collectionFunctions: ReadonlyMap<string, ValueFunction> = new Map<string, ValueFunction>([
  ['any', ([value]) => value],
  ['concat', concat],
  ['union', union],
  ['shallowmerge', shallowMerge],
  ['contains', each(contains)],
  ['empty', each(empty)],
  ['length', each(length)],
  ['first', each(([value], site) => end(value, 0, site))],
  ['last', each(([value], site) => end(value, -1, site))],
  [
    'take',
    each(([value, count], site) => slice(value, count, site, (items, size) => items.slice(0, Math.max(0, size)))),
  ],
  ['skip', each(([value, count], site) => slice(value, count, site, (items, size) => items.slice(Math.max(0, size))))],
  ['items', each(items)],
  ['objectkeys', each(objectKeys)],
  ['flatten', each(flatten)],
  ['array', each(toArray)],
]);

/** Applies a function once for each combination of alternatives. */
function each(apply: ValueFunction): ValueFunction {
  return (args, site) => {
    if (args.every((arg) => arg.kind !== 'choice')) return apply(args, site);
    let known = true;
    const value = distribute(args, site.origin, (chosen) => {
      const result = apply(chosen, site);
      known &&= result !== undefined;
      return result ?? undecided(chosen, site);
    });
    return known ? value : undefined;
  };
}

/** True when a value is, or may be, of a kind. */
function mayBe(value: Value, kind: Value['kind']): boolean {
  return value.kind === kind || (value.kind === 'choice' && value.options.some((option) => mayBe(option, kind)));
}

function concat(args: readonly Value[], site: CallSite): Value | undefined {
  const isText = args.some((arg) => mayBeText(arg));
  if (!args.some((arg) => mayBe(arg, 'array'))) return isText ? interpolated(args, site.origin) : undefined;
  if (!isText) return joinedArrays(args, site.origin);
  if (args.every((arg) => arg.kind !== 'choice'))
    return unknown('error', 'concat() takes arrays or strings, not both', site.origin);
  return each(concat)(args, site);
}

function mayBeText(value: Value): boolean {
  if (value.kind === 'choice') return value.options.some(mayBeText);
  return value.kind === 'text' || (value.kind === 'scalar' && value.value !== null);
}

function union(args: readonly Value[], site: CallSite): Value | undefined {
  const isArray = args.some((arg) => mayBe(arg, 'array'));
  const isObject = args.some((arg) => mayBe(arg, 'object'));
  if (isObject && !isArray) return mergeObjects(args, site.origin, true);
  if (!isArray) return undefined;
  if (isObject && args.some((arg) => arg.kind === 'choice')) return each(union)(args, site);
  if (isObject) return unknown('error', 'union() takes arrays or objects, not both', site.origin);
  return distribute(args, site.origin, (parts) => {
    const joined = joinedArrays(parts, site.origin);
    return joined.kind === 'array' ? distinct(joined) : joined;
  });
}

function distinct(value: ArrayValue): ArrayValue {
  const seen = new Set<string>();
  const kept = value.items.filter((item) => {
    const identity = identityOf(item);
    if (identity === undefined) return true;
    if (seen.has(identity)) return false;
    seen.add(identity);
    return true;
  });
  return kept.length === value.items.length ? value : { ...value, items: kept };
}

function shallowMerge(args: readonly Value[], site: CallSite): Value | undefined {
  const [list] = args;
  return list?.kind === 'array' && list.open === undefined ? mergeObjects(itemsOf(list), site.origin) : undefined;
}

function contains(args: readonly Value[], site: CallSite): Value | undefined {
  const [container, wanted] = args;
  if (container === undefined || wanted === undefined) return undefined;
  const answer = containsNow(container, wanted, site);
  return answer === undefined ? undecided(args, site) : scalar(answer, site.origin);
}

function containsNow(container: Value, wanted: Value, site: CallSite): boolean | undefined {
  switch (container.kind) {
    case 'object': {
      const { certain, possible } = membersOf(container);
      if (wanted.kind === 'scalar') {
        const key = String(wanted.value).toLowerCase();
        if (certain.some((each) => each.toLowerCase() === key)) return true;
        return container.open !== undefined || possible.some((each) => each.toLowerCase() === key) ? undefined : false;
      }
      if (container.open !== undefined) return undefined;
      const others = isId(wanted) ? [...certain, ...possible].filter((each) => each.startsWith('/')) : certain;
      return others.length + (isId(wanted) ? 0 : possible.length) === 0 ? false : undefined;
    }
    case 'array': {
      let answer: boolean | undefined = container.open === undefined ? false : undefined;
      if (tooLarge([container, wanted])) return undefined;
      for (const item of container.items) {
        const same = truthOf(equal(item, wanted, site.origin));
        if (same === true) return true;
        if (same === undefined) answer = undefined;
      }
      return answer;
    }
    case 'scalar':
      if (container.value === null) return false;
      return wanted.kind === 'scalar' ? String(container.value).includes(String(wanted.value)) : undefined;
    case 'text': {
      if (wanted.kind !== 'scalar') return undefined;
      const text = String(wanted.value);
      return container.parts.some((part) => typeof part === 'string' && part.includes(text)) ? true : undefined;
    }
    case 'absent':
      return false;
    case 'reference':
      return isId(container) && wanted.kind === 'scalar' && idHolds(container, String(wanted.value)) ? true : undefined;
    case 'choice':
    case 'unknown':
      return undefined;
  }
}

/** The keys that an object has, and those that it has under some condition only. */
function membersOf(value: ObjectValue): { certain: readonly string[]; possible: readonly string[] } {
  const certain: string[] = [];
  const possible: string[] = [];
  for (const key of value.keys()) {
    const member = value.get(key);
    if (mayBe(member, 'absent')) {
      if (member.kind !== 'absent') possible.push(key);
    } else certain.push(key);
  }
  return { certain, possible };
}

function empty(args: readonly Value[], site: CallSite): Value | undefined {
  const [value] = args;
  if (value === undefined) return undefined;
  const answer = emptyNow(value);
  return answer === undefined ? undecided(args, site) : scalar(answer, site.origin);
}

function emptyNow(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'absent':
      return true;
    case 'scalar':
      return value.value === null || value.value === '';
    case 'text':
      return value.parts.some((part) => typeof part === 'string' && part !== '') ? false : undefined;
    case 'object': {
      const { certain, possible } = membersOf(value);
      if (certain.length > 0) return false;
      return value.open === undefined && possible.length === 0 ? true : undefined;
    }
    case 'array':
      if (value.items.length > 0) return false;
      return value.open === undefined ? true : undefined;
    case 'reference':
      return value.path.length === 0 || (value.path.length === 1 && value.path[0] === 'id') ? false : undefined;
    case 'choice':
    case 'unknown':
      return undefined;
  }
}

function length(args: readonly Value[], site: CallSite): Value | undefined {
  const [value] = args;
  switch (value?.kind) {
    case 'array':
      return value.open === undefined ? scalar(value.items.length, site.origin) : undecided(args, site);
    case 'object': {
      const { certain, possible } = membersOf(value);
      const known = value.open === undefined && possible.length === 0;
      return known ? scalar(certain.length, site.origin) : undecided(args, site);
    }
    default:
      return undefined;
  }
}

/** The first or the last item; null when there is none. */
function end(value: Value | undefined, index: number, site: CallSite): Value | undefined {
  if (value?.kind !== 'array') return undefined;
  if (value.open === undefined && value.items.length === 0) return scalar(null, site.origin);
  return element(value, scalar(index, site.origin), site.origin);
}

function slice(
  value: Value | undefined,
  count: Value | undefined,
  site: CallSite,
  cut: (items: readonly Value[], size: number) => readonly Value[],
): Value | undefined {
  if (value?.kind !== 'array' || value.open !== undefined) return undefined;
  if (count?.kind !== 'scalar' || typeof count.value !== 'number') return undefined;
  return array(cut(itemsOf(value), count.value), site.origin, undefined, value.secret);
}

function byName(a: string, b: string): number {
  const left = a.toUpperCase();
  const right = b.toUpperCase();
  return left < right ? -1 : left > right ? 1 : 0;
}

/** `[{ key, value }]` by name. Members that may be missing leave the result open. */
function items(args: readonly Value[], site: CallSite): Value | undefined {
  const [value] = args;
  if (value?.kind !== 'object')
    return isOpenCollection(value) ? array([], site.origin, undecided(args, site)) : undefined;
  const { certain, possible } = membersOf(value);
  const entries = [...certain].sort(byName).map((key) => {
    const members = new Map<string, Member>([
      ['key', scalar(key, site.origin)],
      ['value', () => value.get(key)],
    ]);
    return object(members, site.origin);
  });
  const result = array(entries, site.origin, value.open ?? (possible.length > 0 ? undecided(args, site) : undefined));
  return value.secret ? asSecret(result) : result;
}

/** Something of which it is not known what it holds. */
export function isOpenCollection(value: Value | undefined): boolean {
  return value?.kind === 'unknown' || value?.kind === 'reference';
}

function objectKeys(args: readonly Value[], site: CallSite): Value | undefined {
  const [value] = args;
  if (value?.kind !== 'object') return undefined;
  const { certain, possible } = membersOf(value);
  const keys = [...certain].sort(byName).map((key) => scalar(key, site.origin));
  return array(keys, site.origin, value.open ?? (possible.length > 0 ? undecided(args, site) : undefined));
}

function flatten(args: readonly Value[], site: CallSite): Value | undefined {
  const [value] = args;
  if (value?.kind !== 'array') return undefined;
  const joined = joinedArrays(itemsOf(value), site.origin);
  return joined.kind === 'array' && value.open !== undefined ? { ...joined, open: value.open } : joined;
}

function toArray(args: readonly Value[], site: CallSite): Value | undefined {
  const [value] = args;
  if (value === undefined || value.kind === 'unknown' || value.kind === 'reference' || isNothing(value))
    return undefined;
  return value.kind === 'array' ? value : array([value], site.origin);
}
