import { FunctionError } from './data.ts';

/**
 * The decimal text of a number without an exponent, the shortest that reads back as the same double. Terraform counts
 * with 512 bits; results that need more than a double's 53 are outside of what Demarc evaluates.
 */
export function decimalText(value: number): string {
  const text = String(Object.is(value, -0) ? 0 : value);
  const exponentAt = text.indexOf('e');
  if (exponentAt < 0) return text;
  const negative = text.startsWith('-');
  const mantissa = text.slice(negative ? 1 : 0, exponentAt);
  const exponent = Number(text.slice(exponentAt + 1));
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = whole + fraction;
  const point = whole.length + exponent;
  let plain: string;
  if (point <= 0) plain = `0.${'0'.repeat(-point)}${digits}`;
  else if (point >= digits.length) plain = digits + '0'.repeat(point - digits.length);
  else plain = `${digits.slice(0, point)}.${digits.slice(point)}`;
  return (negative ? '-' : '') + plain;
}

/** The result of whole-number arithmetic. Throws FunctionError where a double no longer holds it exactly. */
export function requireExact(value: number): number {
  if (!Number.isSafeInteger(value)) throw new FunctionError(`The result ${value} is too large to be exact.`);
  return value === 0 ? 0 : value;
}
