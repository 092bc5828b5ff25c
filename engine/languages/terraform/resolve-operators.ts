import { and, distribute, equal, not, or } from '../../estate/condition.ts';
import { blamedOnCaller } from '../../estate/made-of.ts';
import { asSecret, markedLike, scalar, unknown } from '../../estate/make.ts';
import type { Origin } from '../../estate/origin.ts';
import type { Value } from '../../estate/value.ts';
import { evaluate } from './resolve-evaluate.ts';
import { isTooLarge } from './resolve-limits.ts';
import { arithmetic } from './resolve-numbers.ts';
import { type Environment, originOf } from './resolve-scope.ts';
import type { Binary, Unary } from './syntax.ts';

/** The value of `-x` or `!x`. */
export function evaluateUnary(expression: Unary, environment: Environment): Value {
  const origin = originOf(environment, expression);
  const operand = evaluate(expression.operand, environment);
  const result =
    expression.operator === '!'
      ? not(booleanOf(operand, origin), origin)
      : arithmetic('-', scalar(0, origin), operand, origin);
  return markedLike(blamedOnCaller(result, [operand], origin), operand);
}

/** The value of an operation with two operands; `&&` and `||` may be decided by one of them. */
export function evaluateBinary(expression: Binary, environment: Environment): Value {
  const origin = originOf(environment, expression);
  const left = evaluate(expression.left, environment);
  let secret = left.secret;
  const right = (): Value => {
    const value = evaluate(expression.right, environment);
    secret ||= value.secret;
    return value;
  };
  const result = applyOperator(expression, left, right, origin, environment);
  return secret ? asSecret(result) : result;
}

function applyOperator(
  expression: Binary,
  left: Value,
  right: () => Value,
  origin: Origin,
  environment: Environment,
): Value {
  switch (expression.operator) {
    case '&&':
    case '||': {
      const first = booleanOf(left, origin);
      const logical = expression.operator === '&&' ? and : or;
      return failureOf(first) ?? logical(first, () => booleanOf(right(), origin), origin);
    }
    case '==':
      return equality(left, right(), origin, environment);
    case '!=': {
      const same = equality(left, right(), origin, environment);
      return blamedOnCaller(not(same, origin), [same], origin);
    }
    default: {
      const other = right();
      return blamedOnCaller(arithmetic(expression.operator, left, other, origin), [left, other], origin);
    }
  }
}

function equality(a: Value, b: Value, origin: Origin, environment: Environment): Value {
  const exhausted = isTooLarge([a, b], environment, origin);
  return exhausted ?? failureOf(a) ?? failureOf(b) ?? blamedOnCaller(equal(a, b, origin), [a, b], origin);
}

/** An operand that is an error makes the operation one. */
function failureOf(value: Value): Value | undefined {
  return value.kind === 'unknown' && value.reason === 'error' ? value : undefined;
}

/** What a logical operator or a test takes: `"true"` is true; null, numbers and other texts are errors. */
export function booleanOf(value: Value, origin: Origin): Value {
  return distribute([value], origin, ([each]) => {
    if (each === undefined) return value;
    if (each.kind === 'scalar') {
      if (typeof each.value === 'boolean') return each;
      if (each.value === 'true' || each.value === 'false')
        return scalar(each.value === 'true', each.origin, each.secret);
      return unknown('error', 'a test has to be true or false', origin, undefined, each.secret);
    }
    return each.kind === 'absent' || each.kind === 'array' || each.kind === 'object'
      ? unknown('error', 'a test has to be true or false', origin)
      : each;
  });
}
