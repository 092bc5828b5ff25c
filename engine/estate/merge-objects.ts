import { assume } from './condition.ts';
import { absent, choice, type Member, object, unknown } from './make.ts';
import { isNothing } from './operations.ts';
import type { Origin } from './origin.ts';
import { type Condition, maximumAlternatives, type Unknown, type Value } from './value.ts';

interface Layers {
  readonly members: ReadonlyMap<string, Member>;
  readonly open: Unknown | undefined;
}

/**
 * Objects over each other, later members winning. A part that is a choice between objects (`...(test ? { … } : {})`) makes
 * choices of the members that differ, so that the others stay as they are. After something unknown every earlier
 * member is in doubt. `deep` merges members that are objects on both sides, as `union()` does.
 */
export function mergeObjects(parts: readonly Value[], origin: Origin, deep = false): Value {
  let layers: Layers = { members: new Map(), open: undefined };
  let secret = false;
  for (const part of parts) {
    secret ||= part.secret && part.kind === 'object';
    layers = over(layers, part, origin, deep);
  }
  return object(layers.members, origin, layers.open, secret);
}

function over(base: Layers, part: Value, origin: Origin, deep: boolean): Layers {
  if (part.kind === 'object') {
    const { open } = part;
    const members = new Map<string, Member>();
    for (const [key, member] of base.members)
      members.set(key, open === undefined || hasKey(part.keys(), key) ? member : open);
    for (const key of part.keys()) {
      const before = deep ? base.members.get(key) : undefined;
      members.set(
        key,
        before === undefined ? () => part.get(key) : onceOf(() => united(before, part.get(key), origin)),
      );
    }
    return { members, open: base.open ?? open };
  }
  if (isNothing(part)) return base;
  if (part.kind === 'choice' && part.options.length <= maximumAlternatives) {
    return either(
      part.condition,
      part.options.map((option) => over(base, option, origin, deep)),
      origin,
    );
  }
  const doubt = part.kind === 'unknown' ? part : unknown('unsupported', 'not an object', origin);
  const members = new Map<string, Member>();
  for (const key of base.members.keys()) members.set(key, doubt);
  return { members, open: base.open ?? doubt };
}

function hasKey(keys: readonly string[], key: string): boolean {
  return keys.includes(key);
}

/** One of several objects: members that all of them share stay, the others become choices. */
function either(condition: Condition, options: readonly Layers[], origin: Origin): Layers {
  const keys = new Set<string>();
  for (const option of options) {
    for (const key of option.members.keys()) keys.add(key);
  }
  const members = new Map<string, Member>();
  for (const key of keys) {
    const [first] = options;
    const shared = first?.members.get(key);
    if (shared !== undefined && options.every((option) => option.members.get(key) === shared)) {
      members.set(key, shared);
      continue;
    }
    members.set(
      key,
      onceOf(() =>
        choice(
          condition,
          options.map((option, index) => {
            const member = option.members.get(key);
            return member === undefined
              ? (option.open ?? absent(origin))
              : assume(typeof member === 'function' ? member() : member, condition, index);
          }),
          origin,
        ),
      ),
    );
  }
  return { members, open: options.find((option) => option.open !== undefined)?.open };
}

function united(before: Member, after: Value, origin: Origin): Value {
  const earlier = typeof before === 'function' ? before() : before;
  const mergeable = (value: Value): boolean => value.kind === 'object' || value.kind === 'choice';
  if (earlier.kind === 'object' && after.kind === 'object') return mergeObjects([earlier, after], origin, true);
  if (mergeable(earlier) && mergeable(after)) return unitedChoices(earlier, after, origin);
  return after;
}

/** Where either side is a choice, each pair of alternatives is united by itself. */
function unitedChoices(earlier: Value, after: Value, origin: Origin): Value {
  if (after.kind === 'choice') {
    return choice(
      after.condition,
      after.options.map((option, index) => united(assume(earlier, after.condition, index), option, origin)),
      after.origin,
    );
  }
  if (earlier.kind === 'choice') {
    return choice(
      earlier.condition,
      earlier.options.map((option) => united(option, after, origin)),
      after.origin,
    );
  }
  return after;
}

/** Evaluated at most once, however many objects it becomes a member of. */
function onceOf(evaluate: () => Value): () => Value {
  let value: Value | undefined;
  return () => {
    value ??= evaluate();
    return value;
  };
}
