/* Numbers as Terraform counts with them: binary, with 512 bits, rounded to the nearest and there to the even one. */

const precision = 512;

/** `mantissa × 2^exponent`, the mantissa of at most 512 bits. */
interface Exact {
  readonly mantissa: bigint;
  readonly exponent: number;
}

/** Exponents and digits beyond which nothing is counted exactly. */
const maximumExponent = 5_000;

/** A number, and its decimal text where a double is not exactly it. */
export interface ExactNumber {
  readonly value: number;
  readonly digits: string | undefined;
}

export type Arithmetic = '+' | '-' | '*' | '/' | '%';

/** A decimal text (with or without exponent) as a number; undefined for what is none or is out of all proportion. */
export function exactNumber(text: string): ExactNumber | undefined {
  const read = parse(text);
  return read && resultOf(read);
}

/** The result of an operation on two decimal texts; undefined for a division by zero and for what is too large. */
export function calculateExactly(operator: Arithmetic, left: string, right: string): ExactNumber | undefined {
  const a = parse(left);
  const b = parse(right);
  if (a === undefined || b === undefined) return undefined;
  if ((operator === '/' || operator === '%') && b.mantissa === 0n) return undefined;
  const result = apply(operator, a, b);
  return Math.abs(result.exponent) > maximumExponent * 4 ? undefined : resultOf(result);
}

/** -1, 0 or 1: how the first of two decimal texts compares to the second. */
export function compareExactly(left: string, right: string): number | undefined {
  const a = parse(left);
  const b = parse(right);
  if (a === undefined || b === undefined) return undefined;
  const difference = add(a, { mantissa: -b.mantissa, exponent: b.exponent }).mantissa;
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

function apply(operator: Arithmetic, a: Exact, b: Exact): Exact {
  switch (operator) {
    case '+':
      return add(a, b);
    case '-':
      return add(a, { mantissa: -b.mantissa, exponent: b.exponent });
    case '*':
      return rounded(a.mantissa * b.mantissa, a.exponent + b.exponent, false);
    case '/':
      return divide(a, b);
    case '%': {
      const whole = truncated(divide(a, b));
      const taken = rounded(whole * b.mantissa, b.exponent, false);
      return add(a, { mantissa: -taken.mantissa, exponent: taken.exponent });
    }
  }
}

function add(a: Exact, b: Exact): Exact {
  const exponent = Math.min(a.exponent, b.exponent);
  return rounded(
    (a.mantissa << BigInt(a.exponent - exponent)) + (b.mantissa << BigInt(b.exponent - exponent)),
    exponent,
    false,
  );
}

function divide(a: Exact, b: Exact): Exact {
  return quotient(a.mantissa, b.mantissa, a.exponent - b.exponent);
}

/** `numerator / denominator × 2^exponent`. */
function quotient(numerator: bigint, denominator: bigint, exponent: number): Exact {
  const negative = numerator < 0n !== denominator < 0n;
  const above = magnitude(numerator);
  const below = magnitude(denominator);
  const shift = Math.max(0, precision + 2 + bits(below) - bits(above));
  const shifted = above << BigInt(shift);
  const whole = shifted / below;
  const result = rounded(whole, exponent - shift, whole * below !== shifted);
  return negative ? { mantissa: -result.mantissa, exponent: result.exponent } : result;
}

/** Rounds to 512 bits; `more` says that something smaller follows, away from zero. */
function rounded(mantissa: bigint, exponent: number, more: boolean): Exact {
  const negative = mantissa < 0n;
  const value = magnitude(mantissa);
  const excess = bits(value) - precision;
  if (excess <= 0) return { mantissa, exponent };
  const unit = 1n << BigInt(excess);
  let kept = value >> BigInt(excess);
  const rest = value & (unit - 1n);
  const half = unit >> 1n;
  if (rest > half || (rest === half && (more || (kept & 1n) === 1n))) kept += 1n;
  return { mantissa: negative ? -kept : kept, exponent: exponent + excess };
}

function truncated({ mantissa, exponent }: Exact): bigint {
  if (exponent >= 0) return mantissa << BigInt(exponent);
  const whole = magnitude(mantissa) >> BigInt(-exponent);
  return mantissa < 0n ? -whole : whole;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function bits(value: bigint): number {
  return value === 0n ? 0 : value.toString(16).length * 4 - leadingZeros(value);
}

function leadingZeros(value: bigint): number {
  const first = Number.parseInt(value.toString(16).charAt(0), 16);
  return Math.clz32(first) - 28;
}

function parse(text: string): Exact | undefined {
  const match = /^([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/.exec(text);
  const [, sign, whole = '', fraction = '', power = '0'] = match ?? [];
  const digits = whole + fraction;
  const exponent = Number(power) - fraction.length;
  if (sign === undefined || digits === '' || digits.length > maximumExponent || Math.abs(exponent) > maximumExponent)
    return undefined;
  const mantissa = BigInt(digits) * (sign === '-' ? -1n : 1n);
  return exponent >= 0
    ? rounded(mantissa * 10n ** BigInt(exponent), 0, false)
    : quotient(mantissa, 10n ** BigInt(-exponent), 0);
}

function resultOf(exact: Exact): ExactNumber {
  const digits = shortest(exact);
  const value = Number(digits);
  const plain = parse(String(value));
  const same =
    plain !== undefined && add(plain, { mantissa: -exact.mantissa, exponent: exact.exponent }).mantissa === 0n;
  return { value: value === 0 ? 0 : value, digits: same ? undefined : digits };
}

/** The shortest decimal text that reads back as the same number, without an exponent. */
function shortest({ mantissa, exponent }: Exact): string {
  if (mantissa === 0n) return '0';
  const value = magnitude(mantissa);
  // All numbers that round to this one, as whole numbers of half units.
  const spread = Math.max(0, precision - bits(value));
  const unit = exponent - spread - 1;
  const middle = (value << BigInt(spread)) * 2n;
  const inclusive = ((middle >> 1n) & 1n) === 0n;
  // Decimal digits from the first on: `scaled × 10^-places` is the number.
  const places = unit < 0 ? -unit : 0;
  const factor = unit < 0 ? 5n ** BigInt(places) : 1n << BigInt(unit);
  const exact = middle * factor;
  const written = exact.toString();
  const low = (middle - 1n) * factor;
  const high = (middle + 1n) * factor;
  for (let kept = 1; kept < written.length; kept++) {
    const dropped = written.length - kept;
    const step = 10n ** BigInt(dropped);
    const below = (exact / step) * step;
    const above = below + step;
    const fits = (each: bigint): boolean => (inclusive ? each >= low && each <= high : each > low && each < high);
    const [first, second] = exact - below < above - exact ? [below, above] : [above, below];
    const found = fits(first) ? first : fits(second) ? second : undefined;
    if (found !== undefined) return pointed(found.toString(), places, mantissa < 0n);
  }
  return pointed(written, places, mantissa < 0n);
}

/** `digits × 10^-places`. */
function pointed(digits: string, places: number, negative: boolean): string {
  const padded = digits.padStart(places + 1, '0');
  const whole = padded.slice(0, padded.length - places);
  const fraction = padded.slice(padded.length - places).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
