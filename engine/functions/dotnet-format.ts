import { type Data, FunctionError, isDataArray, requireDepth, requireSize } from './data.ts';
import { encodeJson } from './json-data.ts';

/**
 * Composite formatting as .NET does it in the invariant culture, which is what ARM's `format()` and Bicep's string
 * interpolation are: `{0}`, `{0,8}`, `{0,-8}`, `{0:D2}`, `{{`, `}}`. Throws FunctionError for a broken format, a missing
 * argument and number formats that are not supported here.
 */
export function formatComposite(format: string, args: readonly Data[]): string {
  let result = '';
  let offset = 0;
  while (offset < format.length) {
    const brace = nextBrace(format, offset);
    result += format.slice(offset, brace);
    if (brace >= format.length) break;
    const unit = format.charAt(brace);
    if (format.charAt(brace + 1) === unit) {
      result += unit;
      offset = brace + 2;
      continue;
    }
    const close = format.indexOf('}', brace);
    if (unit === '}' || close < 0) throw new FunctionError(`The format string has a '${unit}' without a counterpart.`);
    result += formatHole(format.slice(brace + 1, close), args);
    requireSize(result.length, 'characters');
    offset = close + 1;
  }
  return result;
}

function nextBrace(text: string, from: number): number {
  for (let offset = from; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === 0x7b || code === 0x7d) return offset;
  }
  return text.length;
}

function formatHole(hole: string, args: readonly Data[]): string {
  const match = /^(\d{1,7}) *(?:, *(-?)(\d{1,7}) *)?(?::(.*))?$/s.exec(hole);
  if (match === null) throw new FunctionError(`'{${hole}}' is not a placeholder of a format string.`);
  const [, indexText = '', minus = '', widthText = '0', specifier] = match;
  const index = Number(indexText);
  if (index >= args.length)
    throw new FunctionError(`The format string asks for argument ${index}, but there are ${args.length}.`);
  const text = formatValue(args[index] ?? null, specifier);
  const width = Number(widthText);
  requireSize(width, 'characters');
  return minus === '' ? text.padStart(width) : text.padEnd(width);
}

/** A value as text, as it appears in an interpolated string. Throws FunctionError where Azure's text is not certain. */
export function formatValue(value: Data, specifier?: string): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return formatNumber(value, specifier ?? '');
  // Azure writes objects and arrays as JSON in single quotes; what it does with quotes inside is not known.
  if (holdsQuote(value))
    throw new FunctionError('Text with quotes or backslashes inside an object cannot be formatted.');
  return encodeJson(value, { escapeMarkup: false, sortKeys: false }).replaceAll('"', "'");
}

function holdsQuote(value: Data, depth = 0): boolean {
  if (typeof value === 'string') return /["'\\]|\p{Cc}/u.test(value);
  if (value === null || typeof value !== 'object') return false;
  requireDepth(depth);
  if (isDataArray(value)) return value.some((item) => holdsQuote(item, depth + 1));
  return Object.entries(value).some(([key, member]) => holdsQuote(key) || holdsQuote(member, depth + 1));
}

function formatNumber(value: number, specifier: string): string {
  if (specifier === '') return String(value);
  const standard = /^([A-Za-z])(\d{0,2})$/.exec(specifier);
  if (standard === null) return formatCustom(value, specifier);
  const [, letter = '', digits = ''] = standard;
  const precision = digits === '' ? undefined : Number(digits);
  const magnitude = Math.abs(value);
  const sign = value < 0 ? '-' : '';
  switch (letter.toUpperCase()) {
    case 'D':
      requireWhole(value, specifier);
      return sign + String(magnitude).padStart(precision ?? 0, '0');
    case 'X': {
      requireWhole(value, specifier);
      const bits = value < 0 ? BigInt.asUintN(64, BigInt(value)) : BigInt(value);
      const text = bits.toString(16).padStart(precision ?? 0, '0');
      return letter === 'X' ? text.toUpperCase() : text;
    }
    case 'F':
      return sign + magnitude.toFixed(precision ?? 2);
    case 'N':
      return sign + groupThousands(magnitude.toFixed(precision ?? 2));
    case 'P':
      return `${sign}${groupThousands((magnitude * 100).toFixed(precision ?? 2))} %`;
    case 'G':
      if (precision === undefined || precision === 0) return String(value);
      break;
    case 'E': {
      const [mantissa = '', exponent = '0'] = magnitude.toExponential(precision ?? 6).split('e');
      const power = Math.abs(Number(exponent)).toString().padStart(3, '0');
      return `${sign}${mantissa}${letter}${Number(exponent) < 0 ? '-' : '+'}${power}`;
    }
    default:
      break;
  }
  throw new FunctionError(`The number format '${specifier}' is not supported.`);
}

function requireWhole(value: number, specifier: string): void {
  if (!Number.isInteger(value)) throw new FunctionError(`The number format '${specifier}' takes whole numbers only.`);
}

/** Patterns of `0`, `#`, one point and grouping commas, like `000`, `0.00` and `#,##0`. */
function formatCustom(value: number, pattern: string): string {
  const match = /^([#,]*)([0,]*)(?:\.(0*)(#*))?$/.exec(pattern);
  if (match === null) throw new FunctionError(`The number format '${pattern}' is not supported.`);
  const [, optional = '', required = '', fixed = '', free = ''] = match;
  const head = optional + required;
  if (head.endsWith(',')) throw new FunctionError(`The number format '${pattern}' is not supported.`);
  const [whole = '0', fraction = ''] = Math.abs(value)
    .toFixed(fixed.length + free.length)
    .split('.');
  const least = required.replaceAll(',', '').length;
  const digits = (whole === '0' && least === 0 ? '' : whole).padStart(least, '0');
  let decimals = fraction;
  while (decimals.length > fixed.length && decimals.endsWith('0')) decimals = decimals.slice(0, -1);
  const text = head.includes(',') ? groupThousands(digits) : digits;
  const result = decimals === '' ? text : `${text}.${decimals}`;
  return value < 0 && /[1-9]/.test(result) ? `-${result}` : result;
}

function groupThousands(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}
