import { distribute } from '../../estate/condition.ts';
import { object, scalar, unknown } from '../../estate/make.ts';
import { element } from '../../estate/operations.ts';
import type { Origin } from '../../estate/origin.ts';
import type { Unknown, Value } from '../../estate/value.ts';
import { argumentOf, type DeclaredBlock } from './declarations.ts';
import { evaluate } from './resolve-evaluate.ts';
import { type Environment, identityOfPlace, originOf, withNames } from './resolve-scope.ts';

/** One round of `count` or `for_each`. */
export interface Round {
  /** `[0]`, `["blue"]`, `[*]`; empty without loop. */
  readonly instance: string;
  readonly key: string | number | undefined;
  /** Undefined when it certainly exists. */
  readonly exists: Value | undefined;
  readonly environment: Environment;
}

/** The rounds of a block: those that certainly do not exist are left out. */
export function roundsOf(declared: DeclaredBlock, environment: Environment): readonly Round[] {
  const count = argumentOf(declared, 'count');
  const forEach = argumentOf(declared, 'for_each');
  if (count !== undefined) {
    const value = evaluate(count.node.value, { ...environment, uri: count.uri });
    return countRounds(value, environment, originOf(count, count.node.value));
  }
  if (forEach !== undefined) {
    const value = evaluate(forEach.node.value, { ...environment, uri: forEach.uri });
    return eachRounds(value, environment, originOf(forEach, forEach.node.value));
  }
  return [{ instance: '', key: undefined, exists: undefined, environment }];
}

function alternativesOf(value: Value): readonly Value[] {
  return value.kind === 'choice' ? value.options.flatMap(alternativesOf) : [value];
}

function countRounds(value: Value, environment: Environment, origin: Origin): readonly Round[] {
  const limit = environment.scope.run.context.budget.loopInstances;
  let most = 0;
  for (const option of alternativesOf(value)) {
    const number = option.kind === 'scalar' ? Number(option.value ?? Number.NaN) : Number.NaN;
    if (Number.isNaN(number) || number > limit) return [symbolic(value, 'count', environment, origin)];
    most = Math.max(most, number);
  }
  return Array.from({ length: most }, (_, index): Round => {
    const exists = distribute([value], origin, ([now]) =>
      scalar(now?.kind === 'scalar' && Number(now.value) > index, origin),
    );
    const names = object(new Map([['index', scalar(index, origin)]]), origin);
    return {
      instance: `[${index}]`,
      key: index,
      exists: value.kind === 'choice' ? exists : undefined,
      environment: withNames(environment, [['count', names]], String(index)),
    };
  });
}

function eachRounds(value: Value, environment: Environment, origin: Origin): readonly Round[] {
  const limit = environment.scope.run.context.budget.loopInstances;
  const keys = new Set<string>();
  let open = false;
  for (const option of alternativesOf(value)) {
    if (option.kind === 'object') {
      for (const key of option.keys()) keys.add(key);
      open ||= option.open !== undefined;
    } else if (option.kind === 'array') {
      for (const item of option.items) {
        if (item.kind === 'scalar') keys.add(String(item.value));
        else open = true;
      }
      open ||= option.open !== undefined;
    } else if (!(option.kind === 'scalar' && option.value === null) && option.kind !== 'absent') open = true;
  }
  if (keys.size > limit) return [symbolic(value, 'each', environment, origin)];
  const rounds = [...keys].map((key): Round => {
    const exists = distribute([value], origin, ([now]) => scalar(hasKey(now, key), origin));
    const names = object(
      new Map<string, Value | (() => Value)>([
        ['key', scalar(key, value.kind === 'object' ? value.origin : origin)],
        ['value', () => valueAt(value, key, origin)],
      ]),
      origin,
    );
    return {
      instance: `[${JSON.stringify(key)}]`,
      key,
      exists: value.kind === 'choice' ? exists : undefined,
      environment: withNames(environment, [['each', names]], JSON.stringify(key)),
    };
  });
  return open ? [...rounds, symbolic(value, 'each', environment, origin)] : rounds;
}

function hasKey(value: Value | undefined, key: string): boolean {
  if (value?.kind === 'object') return value.keys().includes(key);
  return value?.kind === 'array' && value.items.some((item) => item.kind === 'scalar' && String(item.value) === key);
}

function valueAt(value: Value, key: string, origin: Origin): Value {
  for (const option of alternativesOf(value)) {
    if (option.kind === 'array') {
      const found = option.items.find((item) => item.kind === 'scalar' && String(item.value) === key);
      if (found !== undefined) return found;
    }
  }
  const holding = alternativesOf(value).filter((option) => hasKey(option, key));
  const [only] = holding;
  return element(holding.length === 1 && only !== undefined ? only : value, scalar(key, origin), origin);
}

/** Whether a loop that is too long to be followed certainly has a round. */
function hasRounds(value: Value): boolean {
  if (value.kind === 'array') return value.items.length > 0;
  return value.kind === 'scalar' || (value.kind === 'object' && value.keys().length > 0);
}

/** Why it is not known what a loop runs over; undefined when that is known. */
function whyOpen(value: Value): Unknown | undefined {
  if (value.kind === 'unknown') return value;
  return value.kind === 'array' || value.kind === 'object' ? value.open : undefined;
}

/** One round that stands for all. */
function symbolic(value: Value, kind: 'count' | 'each', environment: Environment, origin: Origin): Round {
  const cause = alternativesOf(value)
    .map(whyOpen)
    .find((each) => each !== undefined);
  const reason = cause?.reason ?? 'budget';
  const of = cause === undefined ? 'there are too many instances to tell apart' : cause.detail;
  const place = origin.kind === 'source' ? identityOfPlace(environment, origin) : undefined;
  const part = (name: string): Value =>
    unknown(
      reason,
      `${kind}.${name} is not known: ${of}`,
      origin,
      place === undefined ? undefined : `${place}${kind}.${name}`,
      value.secret,
    );
  const members = kind === 'count' ? ['index'] : ['key', 'value'];
  const names = object(new Map(members.map((name) => [name, part(name)])), origin);
  return {
    instance: '[*]',
    key: undefined,
    exists: hasRounds(value) ? undefined : unknown(reason, `the number of instances is not known: ${of}`, origin),
    environment: withNames(environment, [[kind, names]], '*'),
  };
}
