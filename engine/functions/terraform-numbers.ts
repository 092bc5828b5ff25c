import { fixed, variadic } from './arguments.ts';
import { type Data, describeKind, FunctionError, isDataArray, isDataObject, type PureFunction } from './data.ts';
import {
  numericArgument,
  sequenceArgument,
  textArgument,
  toBoolean,
  toMap,
  toNumber,
  toSet,
  toText,
  unify,
  wholeArgument,
} from './terraform-values.ts';

/** Terraform's own limit for `range`. */
const maximumRange = 1024;

/**
 * Terraform's numbers and conversions. Terraform counts in decimal with 512 bits; here whole numbers are exact up to
 * 2^53 and others as far as a double goes. Functions that leave that range fail instead of rounding.
 */
export const terraformNumberFunctions: Readonly<Record<string, PureFunction>> = {
  abs: fixed(1, (args) => Math.abs(numericArgument(args, 0))),
  ceil: fixed(1, (args) => Math.ceil(numericArgument(args, 0)) + 0),
  floor: fixed(1, (args) => Math.floor(numericArgument(args, 0)) + 0),
  signum: fixed(1, (args) => Math.sign(wholeArgument(args, 0))),
  log: fixed(2, (args) => finite(Math.log(numericArgument(args, 0)) / Math.log(numericArgument(args, 1)))),
  pow: fixed(2, (args) => finite(numericArgument(args, 0) ** numericArgument(args, 1))),
  max: variadic(1, (args) => Math.max(...args.map((_, index) => numericArgument(args, index)))),
  min: variadic(1, (args) => Math.min(...args.map((_, index) => numericArgument(args, index)))),
  parseint: fixed(2, (args) => parseInteger(textArgument(args, 0), wholeArgument(args, 1))),
  range: {
    minimum: 1,
    maximum: 3,
    call: (args) => {
      const numbers = args.map((_, index) => numericArgument(args, index));
      const [first = 0, second = 0] = numbers;
      const start = args.length === 1 ? 0 : first;
      const limit = args.length === 1 ? first : second;
      const step = numbers[2] ?? (limit < start ? -1 : 1);
      return range(start, limit, step);
    },
  },
  sum: fixed(1, (args) => {
    const items = sequenceArgument(args, 0);
    if (items.length === 0) throw new FunctionError('The sum of no numbers does not exist.');
    return addExactly(items.map((item) => toNumber(item, 'An item')));
  }),
  tobool: fixed(1, (args) => nullOr(args, (value) => toBoolean(value, 'The value'))),
  tonumber: fixed(1, (args) => nullOr(args, (value) => toNumber(value, 'The value'))),
  tostring: fixed(1, (args) => nullOr(args, (value) => toText(value, 'The value'))),
  tolist: fixed(1, (args) => nullOr(args, () => unify(sequenceArgument(args, 0)))),
  toset: fixed(1, (args) => nullOr(args, () => toSet(sequenceArgument(args, 0)))),
  tomap: fixed(1, (args) =>
    nullOr(args, (value) => {
      if (isDataObject(value) && !isDataArray(value)) return toMap(value);
      throw new FunctionError(`A map cannot be made of ${describeKind(value)}.`);
    }),
  ),
};

function nullOr(args: readonly Data[], convert: (value: Data) => Data): Data {
  const value = args[0] ?? null;
  return value === null ? null : convert(value);
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new FunctionError('The result is not a finite number.');
  return value;
}

function range(start: number, limit: number, step: number): readonly number[] {
  if (step === 0 || (step > 0 ? limit < start : limit > start)) {
    throw new FunctionError('The step does not lead from the start to the limit.');
  }
  const numbers: number[] = [];
  for (let index = 0; ; index++) {
    const value = scaled([start, step], ([first = 0, increment = 0]) => first + index * increment);
    if (step > 0 ? value >= limit : value <= limit) return numbers;
    if (index >= maximumRange) throw new FunctionError(`range makes at most ${maximumRange} numbers.`);
    numbers.push(value);
  }
}

function addExactly(numbers: readonly number[]): number {
  return scaled(numbers, (whole) => whole.reduce((sum, value) => sum + value, 0));
}

/** Counts with short decimals as whole numbers, so that 0.1 + 0.2 is 0.3 as it is in Terraform. */
function scaled(numbers: readonly number[], compute: (whole: readonly number[]) => number): number {
  let decimals = 0;
  for (const value of numbers) {
    const fraction = /\.(\d+)$/.exec(String(value))?.[1] ?? '';
    decimals = Math.max(decimals, fraction.length);
  }
  if (decimals === 0 || decimals > 12) return compute(numbers);
  const factor = 10 ** decimals;
  const whole = compute(numbers.map((value) => Math.round(value * factor)));
  return Number.isSafeInteger(whole) ? whole / factor : compute(numbers);
}

function parseInteger(text: string, base: number): number {
  if (base < 2 || base > 62) throw new FunctionError('The base has to be between 2 and 62.');
  const match = /^([-+]?)([0-9A-Za-z]+)$/.exec(text);
  let value = 0;
  for (const digit of match?.[2] ?? '!') {
    const amount = digitValue(digit, base);
    if (amount < 0 || amount >= base) throw new FunctionError(`'${text}' is not a number in base ${base}.`);
    value = value * base + amount;
  }
  if (!Number.isSafeInteger(value)) throw new FunctionError(`'${text}' is too large to be exact.`);
  return match?.[1] === '-' && value !== 0 ? -value : value;
}

/** Up to base 36 the case of letters does not matter; beyond, lower-case letters come first, as in Go. */
function digitValue(digit: string, base: number): number {
  const code = digit.charCodeAt(0);
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x61 && code <= 0x7a) return code - 0x61 + 10;
  if (code >= 0x41 && code <= 0x5a) return code - 0x41 + (base <= 36 ? 10 : 36);
  return -1;
}
