import { distribute } from '../../estate/condition.ts';
import { scalar, through, unknown } from '../../estate/make.ts';
import { callPure } from '../../estate/operations.ts';
import type { StepKind } from '../../estate/origin.ts';
import type { Value } from '../../estate/value.ts';
import { armFunctions } from '../../functions/arm-functions.ts';
import type { Place } from '../../text/span.ts';
import type { ArmExpression } from './expression-syntax.ts';
import { type ArmCallSite, argumentOf, type LazyFunction } from './resolve-calls.ts';
import { loopNamed } from './resolve-evaluate.ts';

/** Functions that give what has a name: parameters, variables, the turns of loops. By name in lower case. */
export const namedFunctions: ReadonlyMap<string, LazyFunction> = new Map<string, LazyFunction>([
  ['parameters', (args, site) => named(args, site, 'parameter', parameter)],
  ['variables', (args, site) => named(args, site, 'variable', variable)],
  ['lambdavariables', (args, site) => named(args, site, 'loop', lambdaVariable)],
  ['copyindex', copyIndex],
]);

type Find = (name: string, site: ArmCallSite) => Value | undefined;

function placeOf({ origin }: ArmCallSite): Place {
  return { uri: origin.uri, start: origin.start, end: origin.end };
}

/** What a name stands for, as it is used at a place. */
function named([argument]: readonly ArmExpression[], site: ArmCallSite, kind: StepKind, find: Find): Value {
  if (argument === undefined) return unknown('error', `${site.name}() lacks a name`, site.origin);
  return distribute([argumentOf(argument, site)], site.origin, ([name]) => {
    if (name?.kind !== 'scalar' || typeof name.value !== 'string')
      return unknown('unsupported', `the ${kind} that is meant is not known`, site.origin);
    const value = find(name.value, site);
    if (value === undefined) return unknown('error', `there is no ${kind} '${name.value}'`, site.origin);
    return through(value, kind, name.value, placeOf(site));
  });
}

function parameter(name: string, { scope, origin }: ArmCallSite): Value | undefined {
  for (let local = scope.locals; local !== undefined; local = local.next) {
    if (local.kind === 'function') return local.parameters.get(name.toLowerCase());
  }
  return scope.template.parameter(name, origin);
}

function variable(name: string, { scope, origin }: ArmCallSite): Value | undefined {
  return scope.template.variable(name, origin);
}

function lambdaVariable(name: string, { scope }: ArmCallSite): Value | undefined {
  const wanted = name.toLowerCase();
  for (let local = scope.locals; local !== undefined; local = local.next) {
    if (local.kind === 'lambda' && local.name === wanted) return local.value;
  }
  return undefined;
}

/** `copyIndex()`, `copyIndex(1)`, `copyIndex('loop')`, `copyIndex('loop', 1)`: 0-based, plus the offset. */
function copyIndex(args: readonly ArmExpression[], site: ArmCallSite): Value {
  const values = args.map((argument) => argumentOf(argument, site));
  const [first] = values;
  const isNamed = first?.kind === 'scalar' && typeof first.value === 'string';
  const name = isNamed ? String(first.value) : undefined;
  const loop = loopNamed(name, site.scope);
  if (loop === undefined) {
    const which = name === undefined ? 'no loop around this' : `no loop '${name}' around this`;
    return unknown('error', `there is ${which}`, site.origin);
  }
  const offset = isNamed ? values[1] : first;
  const add = armFunctions.get('add');
  if (offset === undefined || add === undefined)
    return loop.index.kind === 'scalar' ? scalar(loop.index.value, site.origin) : loop.index;
  return callPure('add', add, [loop.index, offset], site.origin);
}
