import { tooLarge } from '../../estate/bounds.ts';
import { blamedOnCaller } from '../../estate/made-of.ts';
import { asPublic, asSecret, markedLike, scalar, unknown } from '../../estate/make.ts';
import { callPure, firstUnknown, isNothing, itemsOf, undecidedCall } from '../../estate/operations.ts';
import type { Origin } from '../../estate/origin.ts';
import type { Unknown, Value } from '../../estate/value.ts';
import { terraformFunctions } from '../../functions/terraform-functions.ts';
import { partlyKnown } from './resolve-calls-partial.ts';
import { callProviderFunction } from './resolve-calls-providers.ts';
import { asList, asSet } from './resolve-collections.ts';
import { evaluate } from './resolve-evaluate.ts';
import { callFileFunction } from './resolve-files.ts';
import { isTooLarge, isTooMany, isTooOften } from './resolve-limits.ts';
import { type Environment, isInvalid, originOf } from './resolve-scope.ts';
import { absent, type Call, type Expression } from './syntax.ts';

/** Functions whose result is a set. */
const setFunctions = new Set(['toset', 'setunion', 'setintersection', 'setsubtract', 'setproduct']);

/** The value of a function call: as much as can be known, also from arguments that are only partly known. */
export function evaluateCall(call: Call, environment: Environment): Value {
  const origin = originOf(environment, call);
  const name = call.name.startsWith('core::') ? call.name.slice('core::'.length) : call.name;
  if (name === 'try' || name === 'can') return evaluateTry(name, call.arguments, environment, origin);
  const args = call.arguments.map((each) => evaluate(each, environment));
  if (call.expansion !== absent) {
    const last = args.pop();
    if (last !== undefined && (isNothing(last) || last.kind === 'object' || last.kind === 'scalar'))
      return unknown('error', `what is spread over the arguments of ${name}() has to be a list`, origin);
    if (last?.kind !== 'array' || last.open !== undefined)
      return undecidedCall(name, last === undefined ? args : [...args, last], origin, last?.secret);
    args.push(...itemsOf(last));
  }
  const failed = args.find(isError);
  if (failed !== undefined) return failed;
  const made = isTooMany(args, environment, origin) ?? applyFunction(name, args, environment, origin);
  const result = blamedOnCaller(made, args, origin);
  // What is made of a secret is one; only its author can say otherwise.
  return name === 'nonsensitive' || name === 'issensitive' ? result : markedLike(result, ...args);
}

function isError(value: Value): value is Unknown {
  return value.kind === 'unknown' && value.reason === 'error';
}

/** `try` gives its first argument that is no error; what is unknown for another reason may still be one. */
function evaluateTry(
  name: 'try' | 'can',
  candidates: readonly Expression[],
  environment: Environment,
  origin: Origin,
): Value {
  for (const each of candidates) {
    const value = evaluate(each, environment);
    if (isInvalid(value)) return value;
    const failed = value.kind === 'absent' || holdsError(value);
    if (name === 'can')
      return value.kind === 'unknown' && !failed ? undecidedCall('can', [value], origin) : scalar(!failed, origin);
    if (!failed) return value;
  }
  return unknown('error', `no argument of ${name}() can be evaluated`, origin);
}

/** An error anywhere in a value makes all of it one, since Terraform evaluates the whole. */
function holdsError(value: Value): boolean {
  if (isError(value)) return true;
  if (value.kind !== 'array' && value.kind !== 'object') return false;
  if (tooLarge([value])) return false;
  const parts = value.kind === 'array' ? value.items : value.keys().map((key) => value.get(key));
  return (value.open !== undefined && isError(value.open)) || parts.some(holdsError);
}

function applyFunction(name: string, args: readonly Value[], environment: Environment, origin: Origin): Value {
  const [first] = args;
  switch (name) {
    case 'sensitive':
      return first === undefined ? unknown('error', 'sensitive() takes an argument', origin) : asSecret(first);
    case 'nonsensitive':
      return first === undefined ? unknown('error', 'nonsensitive() takes an argument', origin) : asPublic(first);
    case 'issensitive':
      return first === undefined || (first.kind === 'unknown' && !first.secret)
        ? undecidedCall(name, args, origin)
        : scalar(first.secret, origin);
  }
  const special =
    callFileFunction(name, args, environment, origin) ??
    callProviderFunction(name, args, origin) ??
    partlyKnown(name, args, environment, origin);
  if (special !== undefined) return special;
  if (name === 'setproduct') {
    const size = args.reduce((product, arg) => product * (arg.kind === 'array' ? arg.items.length : 1), 1);
    const tooOften = isTooOften(size, environment, origin);
    if (tooOften !== undefined) return tooOften;
  }
  const pure = terraformFunctions.get(name);
  if (pure !== undefined) {
    const refused = isTooLarge(args, environment, origin);
    if (refused !== undefined) return refused;
    const result = callPure(name, pure, args, origin);
    if (result.kind !== 'array') return result;
    return setFunctions.has(name) ? asSet(result) : name === 'tolist' ? asList(result) : result;
  }
  const cause = firstUnknown(args.filter((arg) => !isNothing(arg)));
  return unknown('unsupported', cause?.detail ?? `${name}() is evaluated when Terraform runs`, origin);
}
