import { distribute } from '../../estate/condition.ts';
import { scalar, unknown } from '../../estate/make.ts';
import { isNothing, undecidedCall } from '../../estate/operations.ts';
import type { Origin } from '../../estate/origin.ts';
import type { Scalar, Value } from '../../estate/value.ts';
import {
  type Arithmetic,
  calculateExactly,
  compareExactly,
  type ExactNumber,
  exactNumber,
} from '../../functions/exact-numbers.ts';
import { decimalText } from '../../functions/numbers.ts';

/** Digits of a decimal text that a double holds, whatever they are. */
const safeLength = 15;

/** A number as it is written. */
export function numberValue(text: string, origin: Origin): Scalar {
  const exact = text.length > safeLength || text.includes('e') || text.includes('E') ? exactNumber(text) : undefined;
  return exact === undefined ? scalar(Number(text), origin) : scalarOf(exact, origin);
}

function scalarOf({ value, digits }: ExactNumber, origin: Origin): Scalar {
  return digits === undefined ? scalar(value, origin) : { kind: 'scalar', value, origin, secret: false, digits };
}

/** The value of an operation on numbers: of `+ - * / %` a number, of `< <= > >=` a boolean. */
export function arithmetic(operator: string, left: Value, right: Value, origin: Origin): Value {
  return distribute([left, right], origin, ([a = left, b = right]) => {
    const x = numberOf(a);
    const y = numberOf(b);
    if (x === undefined || y === undefined) {
      const wrong = [a, b].some((each) => isNothing(each) || !mayBeNumber(each));
      if (wrong) return unknown('error', `'${operator}' takes numbers`, origin);
      return undecidedCall(operator, [a, b], origin);
    }
    switch (operator) {
      case '<':
        return scalar(compare(x, y) < 0, origin);
      case '<=':
        return scalar(compare(x, y) <= 0, origin);
      case '>':
        return scalar(compare(x, y) > 0, origin);
      case '>=':
        return scalar(compare(x, y) >= 0, origin);
      case '+':
      case '-':
      case '*':
      case '/':
      case '%':
        return calculated(operator, x, y, origin);
      default:
        return unknown('unsupported', `'${operator}' is not evaluated`, origin);
    }
  });
}

function calculated(operator: Arithmetic, x: ExactNumber, y: ExactNumber, origin: Origin): Value {
  if (y.value === 0 && (operator === '/' || operator === '%')) return unknown('error', 'division by zero', origin);
  const quick = x.digits === undefined && y.digits === undefined ? inDoubles(operator, x.value, y.value) : undefined;
  if (quick !== undefined) return scalar(quick, origin);
  const exact = calculateExactly(operator, textOf(x), textOf(y));
  return exact === undefined ? unknown('budget', 'a number that is too large', origin) : scalarOf(exact, origin);
}

/** Whole numbers that a double holds, before and after; undefined for all else. */
function inDoubles(operator: Arithmetic, x: number, y: number): number | undefined {
  if (!Number.isSafeInteger(x) || !Number.isSafeInteger(y)) return undefined;
  const result = plainly(operator, x, y);
  return Number.isSafeInteger(result) ? result + 0 : undefined;
}

function plainly(operator: Arithmetic, x: number, y: number): number {
  switch (operator) {
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return x / y;
    case '%':
      return x % y;
  }
}

function compare(x: ExactNumber, y: ExactNumber): number {
  const exact = x.digits === undefined && y.digits === undefined ? undefined : compareExactly(textOf(x), textOf(y));
  return exact ?? x.value - y.value;
}

function textOf({ value, digits }: ExactNumber): string {
  return digits ?? decimalText(value);
}

function mayBeNumber(value: Value): boolean {
  if (value.kind === 'scalar') return numberOf(value) !== undefined;
  return value.kind === 'unknown' || value.kind === 'reference' || value.kind === 'text';
}

/** A text that is a number is one. */
function numberOf(value: Value): ExactNumber | undefined {
  if (value.kind !== 'scalar' || value.value === null || typeof value.value === 'boolean' || value.value === '')
    return undefined;
  if (typeof value.value === 'number') return { value: value.value, digits: value.digits };
  const read = numberValue(value.value, value.origin);
  return typeof read.value === 'number' && !Number.isNaN(read.value)
    ? { value: read.value, digits: read.digits }
    : undefined;
}
