import { bounded } from '../../estate/bounds.ts';
import { conditional, distribute } from '../../estate/condition.ts';
import { blamedOnCaller } from '../../estate/made-of.ts';
import { markedLike, scalar, unknown } from '../../estate/make.ts';
import { firstUnknown, interpolate } from '../../estate/operations.ts';
import type { Origin } from '../../estate/origin.ts';
import type { Value } from '../../estate/value.ts';
import { decimalText } from '../../functions/numbers.ts';
import { entriesOf, inRound } from './resolve-collections.ts';
import { evaluate } from './resolve-evaluate.ts';
import { isTooLong, isTooOften } from './resolve-limits.ts';
import { booleanOf } from './resolve-operators.ts';
import { type Environment, identityOfPlace, originOf } from './resolve-scope.ts';
import type { ForDirective, IfDirective, Template, TemplatePart } from './syntax.ts';

/** The text that a template makes, or the value itself that a template of one interpolation holds. */
export function evaluateTemplate(template: Template, environment: Environment): Value {
  const [only] = template.parts;
  if (template.wraps && only?.kind === 'interpolation') return evaluate(only.expression, environment);
  return evaluateParts(template.parts, environment, originOf(environment, template));
}

function evaluateParts(parts: readonly TemplatePart[], environment: Environment, origin: Origin): Value {
  return joined(
    parts.map((part) => evaluatePart(part, environment, origin)),
    environment,
    origin,
  );
}

/** A text of parts, each known, partly known or not at all; one that is no text makes the whole an error. */
export function joined(parts: readonly (string | Value)[], environment: Environment, origin: Origin): Value {
  const tooLong = isTooLong(parts, environment, origin);
  if (tooLong !== undefined) return tooLong;
  const written = parts.map((part) => (typeof part === 'string' ? part : textOf(part, origin)));
  const wrong = written.find((part) => typeof part !== 'string' && part.kind === 'unknown' && part.reason === 'error');
  return wrong !== undefined && typeof wrong !== 'string'
    ? wrong
    : blamedOnCaller(interpolate(written, origin), written, origin);
}

function textOf(value: Value, origin: Origin): Value {
  return distribute([value], value.origin, ([each]) => {
    if (each === undefined) return value;
    if (each.kind === 'scalar' && typeof each.value === 'number')
      return scalar(each.digits ?? decimalText(each.value), each.origin, each.secret);
    const isText =
      each.kind === 'scalar'
        ? each.value !== null
        : each.kind !== 'absent' && each.kind !== 'array' && each.kind !== 'object';
    return isText ? each : unknown('error', 'what a text is made of has to be a text, a number or a boolean', origin);
  });
}

function evaluatePart(part: TemplatePart, environment: Environment, origin: Origin): string | Value {
  switch (part.kind) {
    case 'literal':
      return part.text;
    case 'interpolation':
      return evaluate(part.expression, environment);
    case 'if':
      return evaluateIf(part, environment, origin);
    case 'each':
      return evaluateEach(part, environment, origin);
  }
}

function evaluateIf(part: IfDirective, environment: Environment, origin: Origin): Value {
  const test = booleanOf(evaluate(part.condition, environment), originOf(environment, part.condition));
  if (test.kind === 'unknown' && test.reason === 'error') return test;
  const value = conditional(
    test,
    () => evaluateParts(part.whenTrue, environment, origin),
    () => evaluateParts(part.whenFalse, environment, origin),
    origin,
    identityOfPlace(environment, part.condition),
    'the condition holds',
  );
  return markedLike(bounded(value), test);
}

function evaluateEach(part: ForDirective, environment: Environment, origin: Origin): Value {
  const over = evaluate(part.collection, environment);
  const value = distribute([over], origin, ([collection]) => {
    const entries = collection === undefined ? undefined : entriesOf(collection, origin);
    if (collection !== undefined && (entries === undefined || entries.open !== undefined)) {
      const why = firstUnknown([collection]);
      return why === undefined
        ? unknown('error', 'a loop over something that is no collection', origin)
        : unknown(why.reason, why.detail, origin);
    }
    if (entries === undefined) return over;
    const tooOften = isTooOften(entries.known.length, environment, origin);
    if (tooOften !== undefined) return tooOften;
    const rounds = entries.known.map(([key, item], index) =>
      evaluateParts(part.parts, inRound(environment, part.keyName, part.valueName, key, item, index), origin),
    );
    return joined(rounds, environment, origin);
  });
  return markedLike(value, over);
}
