import { tooLarge } from '../../estate/bounds.ts';
import { and, conditional, equal, not, or, truthOf } from '../../estate/condition.ts';
import { type CallSite, callKnown } from '../../estate/function-calls.ts';
import { azureFunctions, secretOf } from '../../estate/functions-azure.ts';
import { collectionFunctions } from '../../estate/functions-collections.ts';
import { type Lambda, lambdaFunctions } from '../../estate/functions-lambdas.ts';
import { textFunctions } from '../../estate/functions-texts.ts';
import { blamedOnCaller } from '../../estate/made-of.ts';
import { array, choice, type Member, object, scalar, unknown } from '../../estate/make.ts';
import { isNothing } from '../../estate/operations.ts';
import type { Unknown, Value } from '../../estate/value.ts';
import type { ArmCall, ArmExpression } from './expression-syntax.ts';
import { namedFunctions } from './resolve-calls-names.ts';
import { referenceFunctions } from './resolve-calls-references.ts';
import {
  describe,
  evaluate,
  itemAt,
  originOf,
  placeIdentity,
  spanOf,
  valueOfNode,
  type Written,
  writtenText,
} from './resolve-evaluate.ts';
import type { Scope } from './resolve-scope.ts';

/** A call that is being evaluated, its arguments not yet. */
export interface ArmCallSite extends CallSite {
  readonly call: ArmCall;
  readonly written: Written;
  readonly scope: Scope;
}

/** A function of which the arguments are evaluated as it needs them. */
export type LazyFunction = (args: readonly ArmExpression[], site: ArmCallSite) => Value;

export function evaluateCall(call: ArmCall, written: Written, scope: Scope): Value {
  const site: ArmCallSite = {
    name: call.name,
    origin: originOf(call, written, scope),
    deployment: scope.template.call,
    call,
    written,
    scope,
  };
  if (call.namespace !== undefined) return callUserFunction(call.namespace, site);
  const { lowerName: key, arguments: args } = call;
  const lazy = lazyFunctions.get(key) ?? namedFunctions.get(key) ?? referenceFunctions.get(key);
  if (lazy !== undefined) return lazy(args, site);
  const onLambdas = lambdaFunctions.get(key);
  if (onLambdas !== undefined) {
    return onLambdas(
      args.map((argument) => ({ value: () => argumentOf(argument, site), lambda: lambdaOf(argument, site) })),
      site,
    );
  }
  const values = args.map((argument) => argumentOf(argument, site));
  const onValues = collectionFunctions.get(key) ?? textFunctions.get(key) ?? azureFunctions.get(key);
  const value = onValues?.(values, site) ?? (key.startsWith('list') ? secretOf(values, site) : undefined);
  return blamedOnCaller(value ?? callKnown(key, values, site), values, site.origin);
}

/** The value of an argument. */
export function argumentOf(argument: ArmExpression, { written, scope }: ArmCallSite): Value {
  return evaluate(argument, written, scope);
}

function missing(site: ArmCallSite): Value {
  return unknown('error', `${site.name}() lacks an argument`, site.origin);
}

function callUserFunction(namespace: string, site: ArmCallSite): Value {
  const { call, scope } = site;
  const name = `${namespace}.${call.name}`;
  const facts = scope.template.facts.functions.get(name.toLowerCase());
  if (facts === undefined) return unknown('error', `there is no function '${name}'`, site.origin);
  if (facts.value === undefined) return unknown('error', `${name}() has no output`, site.origin);
  const parameters = new Map<string, Value>();
  facts.parameters.forEach((parameter, index) => {
    const argument = call.arguments[index];
    parameters.set(parameter, argument === undefined ? missing(site) : argumentOf(argument, site));
  });
  if (scope.template.facts.cyclic.has(`functions ${name.toLowerCase()}`))
    return unknown('error', `${name}() calls itself`, site.origin);
  return valueOfNode(facts.value, {
    template: scope.template,
    locals: { kind: 'function', parameters, next: undefined },
    identity: `${scope.identity}/${name}@${spanOf(call, site.written, scope).start}`,
  });
}

/** `lambda('item', 'index', body)` */
function lambdaOf(argument: ArmExpression, { written, scope }: ArmCallSite): Lambda {
  if (argument.kind !== 'call' || argument.lowerName !== 'lambda') return undefined;
  const parameters = argument.arguments.slice(0, -1);
  const body = argument.arguments[argument.arguments.length - 1];
  if (body === undefined) return undefined;
  const at = spanOf(argument, written, scope).start;
  return (args, turn) => {
    let { locals } = scope;
    parameters.forEach((parameter, index) => {
      const value = args[index];
      if (value === undefined || parameter.kind !== 'string') return;
      locals = { kind: 'lambda', name: parameter.value.toLowerCase(), value, next: locals };
    });
    return evaluate(body, written, { template: scope.template, locals, identity: `${scope.identity}[${at}:${turn}]` });
  };
}

/** Functions that look at their arguments one by one, or keep them apart. By name in lower case. */
const lazyFunctions: ReadonlyMap<string, LazyFunction> = new Map<string, LazyFunction>([
  ['if', either],
  ['and', (args, site) => joined(args, site, and)],
  ['or', (args, site) => joined(args, site, or)],
  ['not', ([operand], site) => (operand === undefined ? missing(site) : negated(argumentOf(operand, site), site))],
  ['equals', equals],
  ['coalesce', coalesce],
  ['createobject', createObject],
  [
    'createarray',
    (args, site) =>
      array(
        args.map((argument) => argumentOf(argument, site)),
        site.origin,
      ),
  ],
  ['tryget', (args, site) => members(args, site)],
  ['indexfromend', ([target, index], site) => fromEnd(target, index, false, site)],
  ['tryindexfromend', ([target, index], site) => fromEnd(target, index, true, site)],
]);

/** `if(test, whenTrue, whenFalse)`; the same test in the same scope decides alike everywhere. */
function either([test, whenTrue, whenFalse]: readonly ArmExpression[], site: ArmCallSite): Value {
  if (test === undefined || whenTrue === undefined) return missing(site);
  const { written, scope } = site;
  const value = argumentOf(test, site);
  const yes = (): Value => argumentOf(whenTrue, site);
  const no = (): Value => (whenFalse === undefined ? scalar(null, site.origin) : argumentOf(whenFalse, site));
  const truth = truthOf(value);
  if (truth !== undefined) return truth ? yes() : no();
  const identity = placeIdentity(spanOf(test, written, scope), scope);
  return conditional(value, yes, no, site.origin, identity, describe(writtenText(test, written)));
}

function joined(args: readonly ArmExpression[], site: ArmCallSite, join: typeof and): Value {
  const [first, ...rest] = args;
  if (first === undefined) return missing(site);
  return rest.reduce((left, right) => join(left, () => argumentOf(right, site), site.origin), argumentOf(first, site));
}

function equals([left, right]: readonly ArmExpression[], site: ArmCallSite): Value {
  if (left === undefined || right === undefined) return missing(site);
  const values = [argumentOf(left, site), argumentOf(right, site)] as const;
  if (tooLarge(values)) return unknown('budget', 'values that are too large to compare', site.origin);
  return blamedOnCaller(equal(values[0], values[1], site.origin), values, site.origin);
}

function negated(value: Value, { origin }: ArmCallSite): Value {
  return blamedOnCaller(not(value, origin), [value], origin);
}

/** The first argument that is not null: what may be null is a choice between it and what follows. */
function coalesce(args: readonly ArmExpression[], site: ArmCallSite): Value {
  const [first, ...rest] = args;
  if (first === undefined) return scalar(null, site.origin);
  return coalesced(argumentOf(first, site), first, rest, site);
}

function coalesced(value: Value, expression: ArmExpression, rest: readonly ArmExpression[], site: ArmCallSite): Value {
  const others = (): Value => coalesce(rest, site);
  if (rest.length === 0) return value;
  if (isNothing(value)) return others();
  if (value.kind === 'choice') {
    const options = value.options.map((option) => coalesced(option, expression, rest, site));
    return choice(value.condition, options, site.origin);
  }
  if (value.kind !== 'unknown') return value;
  const { written, scope, origin } = site;
  const isNull = equal(value, scalar(null, origin), origin);
  const identity = placeIdentity(spanOf(expression, written, scope), scope);
  const description = `${describe(writtenText(expression, written))} is null`;
  return conditional(isNull, others, () => value, origin, identity, description);
}

/** `createObject(key, value, …)`, the values evaluated when they are asked for. */
function createObject(args: readonly ArmExpression[], site: ArmCallSite): Value {
  const members = new Map<string, Member>();
  let open: Unknown | undefined;
  for (let index = 0; index + 1 < args.length; index += 2) {
    const key = args[index];
    const value = args[index + 1];
    if (key === undefined || value === undefined) continue;
    const name = argumentOf(key, site);
    if (name.kind === 'scalar') members.set(String(name.value), () => argumentOf(value, site));
    else
      open ??= unknown(name.kind === 'unknown' ? name.reason : 'unsupported', 'a key that is not known', name.origin);
  }
  return object(members, site.origin, open);
}

/** `tryGet(value, key, …)`: null where something on the way is not there. */
function members([target, ...keys]: readonly ArmExpression[], site: ArmCallSite): Value {
  if (target === undefined) return missing(site);
  return keys.reduce(
    (value, key) => itemAt(value, keyOf(argumentOf(key, site)), site.origin, true),
    argumentOf(target, site),
  );
}

/** `{ value: 1, fromEnd: true }` counts from the end. */
function keyOf(key: Value): Value {
  if (key.kind !== 'object') return key;
  const position = key.get('value');
  if (truthOf(key.get('fromEnd')) !== true) return position;
  return position.kind === 'scalar' ? scalar(-Number(position.value), position.origin) : position;
}

function fromEnd(
  target: ArmExpression | undefined,
  index: ArmExpression | undefined,
  safe: boolean,
  site: ArmCallSite,
): Value {
  if (target === undefined || index === undefined) return missing(site);
  const value = argumentOf(target, site);
  const position = argumentOf(index, site);
  if (position.kind !== 'scalar' || typeof position.value !== 'number')
    return unknown('unsupported', 'an index from the end that is not known', site.origin);
  return itemAt(value, scalar(-position.value, position.origin), site.origin, safe);
}
