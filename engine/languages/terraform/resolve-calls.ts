import { distribute } from '../../estate/condition.ts';
import { array, asPublic, asSecret, markedLike, object, scalar, unknown } from '../../estate/make.ts';
import {
  callPure,
  concatenate,
  element,
  firstUnknown,
  isNothing,
  itemsOf,
  merge,
  undecidedCall,
} from '../../estate/operations.ts';
import type { Origin } from '../../estate/origin.ts';
import type { Value } from '../../estate/value.ts';
import { terraformFunctions } from '../../functions/terraform-functions.ts';
import { evaluate } from './resolve-evaluate.ts';
import { type Environment, originOf } from './resolve-scope.ts';
import { absent, type Call } from './syntax.ts';

/** The value of a function call: as much as can be known, also from arguments that are only partly known. */
export function evaluateCall(call: Call, environment: Environment): Value {
  const origin = originOf(environment, call);
  if (call.name === 'try' || call.name === 'can') return evaluateTry(call, environment, origin);
  const args = call.arguments.map((each) => evaluate(each, environment));
  if (call.expansion !== absent) {
    const last = args.pop();
    if (last?.kind !== 'array' || last.open !== undefined)
      return undecidedCall(call.name, last === undefined ? args : [...args, last], origin, last?.secret);
    args.push(...last.items);
  }
  const result = applyFunction(call.name, args, origin);
  // What is made of a secret is one; only its author can say otherwise.
  return call.name === 'nonsensitive' || call.name === 'issensitive' ? result : markedLike(result, ...args);
}

/** `try` gives its first argument that is no error; what is unknown for another reason may still be one. */
function evaluateTry(call: Call, environment: Environment, origin: Origin): Value {
  for (const each of call.arguments) {
    const value = evaluate(each, environment);
    const failed = value.kind === 'absent' || (value.kind === 'unknown' && value.reason === 'error');
    if (call.name === 'can')
      return value.kind === 'unknown' && !failed ? undecidedCall('can', [value], origin) : scalar(!failed, origin);
    if (!failed) return value;
  }
  return unknown('error', `no argument of ${call.name}() can be evaluated`, origin);
}

function applyFunction(name: string, args: readonly Value[], origin: Origin): Value {
  const [first, second, third] = args;
  switch (name) {
    case 'merge':
      return merge(args, origin);
    case 'concat':
      return concatenate(args, origin);
    case 'sensitive':
      return first === undefined ? unknown('error', 'sensitive() takes an argument', origin) : asSecret(first);
    case 'nonsensitive':
      if (first !== undefined) return asPublic(first);
      break;
    case 'issensitive':
      if (first !== undefined)
        return first.kind === 'unknown' && !first.secret
          ? undecidedCall(name, args, origin)
          : scalar(first.secret, origin);
      break;
    case 'tolist':
    case 'tomap':
    case 'ephemeralasnull':
      if (first !== undefined) return first;
      break;
    case 'coalesce':
      return distribute(args, origin, (values) => {
        for (const value of values) {
          if (value.kind === 'unknown') return undecidedCall(name, values, origin);
          if (!isNothing(value) && !(value.kind === 'scalar' && value.value === '')) return value;
        }
        return unknown('error', 'coalesce() has no argument with a value', origin);
      });
    case 'lookup':
      if (first !== undefined && second !== undefined)
        return distribute([first, second], origin, ([from, key]) => {
          if (from === undefined || key === undefined)
            return unknown('error', 'lookup() takes a map and a key', origin);
          const found = element(from, key, origin);
          return found.kind === 'absent' && third !== undefined ? third : found;
        });
      break;
    case 'element':
      if (first?.kind === 'array' && first.items.length > 0 && second?.kind === 'scalar')
        return element(first, scalar(Number(second.value) % first.items.length, origin), origin);
      break;
    case 'length':
      if (first !== undefined) return distribute([first], origin, ([value]) => lengthOf(value, origin));
      break;
    case 'keys':
      if (first?.kind === 'object' && first.open === undefined)
        return array(
          [...first.keys()].sort().map((key) => scalar(key, origin)),
          origin,
        );
      break;
    case 'values':
      if (first?.kind === 'object' && first.open === undefined)
        return array(
          [...first.keys()].sort().map((key) => first.get(key)),
          origin,
        );
      break;
    case 'toset':
      if (first?.kind === 'array' && (first.open !== undefined || first.items.some((item) => item.kind !== 'scalar')))
        return first;
      break;
    case 'flatten':
      if (first?.kind === 'array') return flattened(itemsOf(first), first.open, origin);
      break;
    case 'zipmap':
      if (first?.kind === 'array' && second?.kind === 'array' && first.items.every((key) => key.kind === 'scalar'))
        return object(
          new Map(
            first.items.map((key, index) => [
              key.kind === 'scalar' ? String(key.value) : '',
              second.items[index] ?? unknown('error', 'zipmap() lacks a value', origin),
            ]),
          ),
          origin,
          first.open ?? second.open,
        );
      break;
  }
  const pure = terraformFunctions.get(name);
  if (pure !== undefined) return callPure(name, pure, args, origin);
  return unknown(
    'unsupported',
    `${name}() is evaluated when Terraform runs`,
    origin,
    undefined,
    args.some((arg) => arg.secret),
  );
}

function lengthOf(value: Value | undefined, origin: Origin): Value {
  if (value?.kind === 'array' && value.open === undefined) return scalar(value.items.length, origin);
  if (value?.kind === 'object' && value.open === undefined) return scalar(value.keys().length, origin);
  if (value?.kind === 'scalar' && typeof value.value === 'string') return scalar([...value.value].length, origin);
  return undecidedCall('length', value === undefined ? [] : [value], origin);
}

function flattened(items: readonly Value[], open: ReturnType<typeof firstUnknown>, origin: Origin): Value {
  const flat: Value[] = [];
  let rest = open;
  for (const item of items) {
    if (item.kind === 'array') {
      const inner = flattened(itemsOf(item), item.open, origin);
      if (inner.kind === 'array') {
        flat.push(...inner.items);
        rest ??= inner.open;
      }
    } else if (item.kind === 'unknown' || item.kind === 'choice') {
      rest ??= firstUnknown([item]) ?? unknown('unsupported', 'an item that may be a list', origin);
    } else flat.push(item);
  }
  return array(flat, origin, rest);
}
