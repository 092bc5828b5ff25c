import { distribute, truthOf } from './condition.ts';
import { type CallSite, undecided } from './function-calls.ts';
import { array, asSecret, choice, type Member, object, scalar, unknown } from './make.ts';
import { itemsOf } from './operations.ts';
import type { ArrayValue, Unknown, Value } from './value.ts';

/** Items that a function with a lambda goes through; with more the result is open. */
const maximumLambdaItems = 1_000;
/** Sorting asks the lambda about this many items at most. */
const maximumSortedItems = 200;

/** A lambda of the language at hand; undefined where something else is written. `turn` tells one call from another. */
export type Lambda = ((args: readonly Value[], turn: number | string) => Value) | undefined;

/** An argument as the function wants it: its value, or the lambda that it is. */
export interface LambdaArgument {
  readonly value: () => Value;
  readonly lambda: Lambda;
}

/** A function that takes lambdas among its arguments. */
export type LambdaFunction = (args: readonly LambdaArgument[], site: CallSite) => Value;

/** Functions with lambdas. What is not known of their first argument leaves the result open. By name in lower case. */
export const lambdaFunctions: ReadonlyMap<string, LambdaFunction> = new Map<string, LambdaFunction>([
  ['map', onArray(map)],
  ['filter', onArray(filter)],
  ['sort', onArray(sort)],
  ['reduce', reduce],
  ['toobject', onArray(toObject)],
  ['groupby', onArray(groupBy)],
  ['mapvalues', mapValues],
]);

type OnArray = (value: ArrayValue, args: readonly LambdaArgument[], site: CallSite) => Value;

function onArray(apply: OnArray): LambdaFunction {
  return (args, site) => {
    const [first] = args;
    if (first === undefined) return unknown('error', `${site.name}() has no arguments`, site.origin);
    return distribute([first.value()], site.origin, ([list]) => {
      if (list?.kind === 'scalar' || list?.kind === 'text' || list?.kind === 'object' || list?.kind === 'absent')
        return unknown('error', `${site.name}() takes an array`, site.origin, undefined, list.secret);
      const value = list?.kind === 'array' ? withinLimit(list, site) : openArray(list, site);
      const result = apply(value, args, site);
      return list?.secret === true ? asSecret(result) : result;
    });
  };
}

function withinLimit(value: ArrayValue, site: CallSite): ArrayValue {
  if (value.items.length <= maximumLambdaItems) return { ...value, items: itemsOf(value) };
  const open = unknown('budget', `more than ${maximumLambdaItems} items`, site.origin);
  return { ...value, items: itemsOf(value).slice(0, maximumLambdaItems), open };
}

function openArray(value: Value | undefined, site: CallSite): ArrayValue {
  return array([], site.origin, undecided(value === undefined ? [] : [value], site), value?.secret);
}

/** Calls a lambda; `turn` tells one call from another. */
function call(lambda: Lambda, args: readonly Value[], turn: number | string, site: CallSite): Value {
  return lambda === undefined ? unknown('error', `${site.name}() takes a lambda`, site.origin) : lambda(args, turn);
}

function position(index: number, site: CallSite): Value {
  return scalar(index, site.origin);
}

function map(value: ArrayValue, args: readonly LambdaArgument[], site: CallSite): Value {
  const items = value.items.map((item, index) => call(args[1]?.lambda, [item, position(index, site)], index, site));
  return array(items, site.origin, value.open);
}

function filter(value: ArrayValue, args: readonly LambdaArgument[], site: CallSite): Value {
  let { open } = value;
  const items = value.items.filter((item, index) => {
    const kept = call(args[1]?.lambda, [item, position(index, site)], index, site);
    const truth = truthOf(kept);
    if (truth === undefined) open ??= undecided([kept], site);
    return truth === true;
  });
  return array(items, site.origin, open);
}

function sort(value: ArrayValue, args: readonly LambdaArgument[], site: CallSite): Value {
  let open: Unknown | undefined = value.open;
  if (open === undefined && value.items.length > maximumSortedItems)
    open = unknown('budget', `more than ${maximumSortedItems} items to sort`, site.origin);
  if (open !== undefined) return array(value.items, site.origin, open);
  let turn = 0;
  const precedes = (a: Value, b: Value): boolean => {
    const answer = call(args[1]?.lambda, [a, b], turn++, site);
    const truth = truthOf(answer);
    if (truth === undefined) open ??= undecided([answer], site);
    return truth === true;
  };
  const sorted = [...value.items].sort((a, b) => (precedes(a, b) ? -1 : precedes(b, a) ? 1 : 0));
  // In an order that is not known every item is still there, but none at a certain place.
  return array(sorted, site.origin, open);
}

function reduce(args: readonly LambdaArgument[], site: CallSite): Value {
  const [list, initial] = args;
  if (list === undefined || initial === undefined)
    return unknown('error', 'reduce() takes three arguments', site.origin);
  const start = initial.value();
  return distribute([list.value()], site.origin, ([value]) => {
    if (value?.kind !== 'array' || value.open !== undefined || value.items.length > maximumLambdaItems) {
      return undecided(value === undefined ? [start] : [value, start], site);
    }
    return itemsOf(value).reduce(
      (sum, item, index) => call(args[2]?.lambda, [sum, item, position(index, site)], index, site),
      start,
    );
  });
}

function toObject(value: ArrayValue, args: readonly LambdaArgument[], site: CallSite): Value {
  const members = new Map<string, Member>();
  let { open } = value;
  value.items.forEach((item, index) => {
    const key = call(args[1]?.lambda, [item], index, site);
    if (key.kind !== 'scalar') open ??= undecided([key], site);
    else
      members.set(String(key.value), () => (args[2] === undefined ? item : call(args[2]?.lambda, [item], index, site)));
  });
  // What is not known may have any of the keys, and the last item of one key counts.
  if (open !== undefined) for (const key of members.keys()) members.set(key, open);
  return object(members, site.origin, open);
}

function groupBy(value: ArrayValue, args: readonly LambdaArgument[], site: CallSite): Value {
  const groups = new Map<string, Value[]>();
  let { open } = value;
  value.items.forEach((item, index) => {
    const key = call(args[1]?.lambda, [item], index, site);
    if (key.kind !== 'scalar') {
      open ??= undecided([key], site);
      return;
    }
    const projected = args[2] === undefined ? item : call(args[2]?.lambda, [item], index, site);
    const group = groups.get(String(key.value));
    if (group === undefined) groups.set(String(key.value), [projected]);
    else group.push(projected);
  });
  const members = new Map<string, Member>();
  for (const [key, items] of groups) members.set(key, array(items, site.origin, open));
  return object(members, site.origin, open);
}

function mapValues(args: readonly LambdaArgument[], site: CallSite): Value {
  const [first] = args;
  if (first === undefined) return unknown('error', 'mapValues() takes two arguments', site.origin);
  return distribute([first.value()], site.origin, ([value]) => {
    if (value?.kind !== 'object') return undecided(value === undefined ? [] : [value], site);
    const members = new Map<string, Member>();
    for (const key of value.keys()) members.set(key, () => ofMember(value.get(key), args[1]?.lambda, key, site));
    return object(members, site.origin, value.open, value.secret);
  });
}

/** A member that is there under some condition only is so afterwards. */
function ofMember(member: Value, lambda: Lambda, key: string, site: CallSite): Value {
  if (member.kind === 'absent') return member;
  if (member.kind !== 'choice') return call(lambda, [member], key, site);
  const options = member.options.map((option) => ofMember(option, lambda, key, site));
  return choice(member.condition, options, site.origin);
}
