import { type Data, describeKind, FunctionError, isDataArray, requireSize } from './data.ts';
import { encodeJson } from './json-data.ts';
import { decimalText } from './numbers.ts';
import { graphemes, toBoolean, toNumber, toText } from './terraform-values.ts';

interface Verb {
  readonly letter: string;
  readonly flags: string;
  readonly width: number | undefined;
  readonly precision: number | undefined;
}

/** Terraform's `format()`. Throws FunctionError. */
export function formatTerraform(format: string, args: readonly Data[]): string {
  let result = '';
  let offset = 0;
  let next = 0;
  let used = 0;
  let numbered = false;
  while (offset < format.length) {
    const percent = format.indexOf('%', offset);
    if (percent < 0) break;
    result += format.slice(offset, percent);
    if (format.charAt(percent + 1) === '%') {
      result += '%';
      offset = percent + 2;
      continue;
    }
    const match = /^%([-+ 0#]*)(\d{1,7})?(?:\.(\d{0,7}))?(?:\[(\d{1,7})\])?([A-Za-z])/.exec(
      format.slice(percent, percent + 40),
    );
    if (match === null) throw new FunctionError(`The format string has an unfinished verb at offset ${percent}.`);
    const [whole, flags = '', width, precision, position, letter = ''] = match;
    if (position !== undefined) {
      numbered = true;
      next = Number(position) - 1;
    }
    if (next < 0 || next >= args.length) {
      throw new FunctionError(`The format string asks for argument ${next + 1}, but there are ${args.length}.`);
    }
    result += formatVerb(args[next] ?? null, {
      letter,
      flags,
      width: width === undefined ? undefined : Number(width),
      precision: precision === undefined ? undefined : Number(precision),
    });
    requireSize(result.length, 'characters');
    next++;
    used = Math.max(used, next);
    offset = percent + whole.length;
  }
  if (!numbered && used < args.length) {
    throw new FunctionError(`The format string uses ${used} of ${args.length} arguments.`);
  }
  return result + format.slice(offset);
}

/** Terraform's `formatlist()`: lists of one length side by side, other arguments the same for each. */
export function formatTerraformList(format: string, args: readonly Data[]): readonly string[] {
  let length = -1;
  for (const arg of args) {
    if (!isDataArray(arg)) continue;
    if (length >= 0 && length !== arg.length) throw new FunctionError('The lists differ in length.');
    length = arg.length;
  }
  const count = length < 0 ? 1 : length;
  return Array.from({ length: count }, (_, index) =>
    formatTerraform(
      format,
      args.map((arg) => (isDataArray(arg) ? (arg[index] ?? null) : arg)),
    ),
  );
}

function formatVerb(value: Data, verb: Verb): string {
  requireSize(Math.max(verb.width ?? 0, verb.precision ?? 0), 'characters');
  switch (verb.letter) {
    case 'v':
      return pad(formatAny(value, verb), verb);
    case 's':
      return pad(truncate(required(value, toText), verb), verb);
    case 'q':
      return pad(encodeJson(truncate(required(value, toText), verb), { escapeMarkup: true, sortKeys: true }), verb);
    case 't':
      // Terraform leaves the width of this verb aside.
      return required(value, toBoolean) ? 'true' : 'false';
    case 'd':
    case 'b':
    case 'o':
    case 'x':
    case 'X':
      return pad(formatWhole(required(value, toNumber), verb), verb);
    case 'e':
    case 'E':
    case 'f':
    case 'g':
    case 'G':
      return pad(formatReal(required(value, toNumber), verb), verb);
    default:
      throw new FunctionError(`'%${verb.letter}' is not a verb of format.`);
  }
}

function required<T>(value: Data, convert: (value: Data, what: string) => T): T {
  if (value === null) throw new FunctionError('null cannot be formatted with this verb.');
  return convert(value, 'The argument of the verb');
}

function formatAny(value: Data, verb: Verb): string {
  if (value === null) throw new FunctionError('What format makes of null is not known.');
  if (verb.flags.includes('#')) return encodeJson(value, { escapeMarkup: true, sortKeys: true });
  if (typeof value === 'string') return truncate(value, verb);
  if (typeof value === 'number') return formatReal(value, { ...verb, letter: 'g' });
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  return encodeJson(value, { escapeMarkup: true, sortKeys: true });
}

function truncate(text: string, verb: Verb): string {
  return verb.precision === undefined ? text : graphemes(text).slice(0, verb.precision).join('');
}

function formatWhole(value: number, verb: Verb): string {
  if (!Number.isInteger(value))
    throw new FunctionError(`'%${verb.letter}' takes whole numbers, not ${describeKind(value)} like ${value}.`);
  const radix = verb.letter === 'b' ? 2 : verb.letter === 'o' ? 8 : verb.letter === 'd' ? 10 : 16;
  const magnitude = BigInt(Math.abs(value)).toString(radix);
  const digits = (verb.letter === 'X' ? magnitude.toUpperCase() : magnitude).padStart(verb.precision ?? 0, '0');
  const prefixes: Readonly<Record<string, string>> = { x: '0x', X: '0X', o: '0', b: '0b' };
  const prefix = verb.flags.includes('#') ? (prefixes[verb.letter] ?? '') : '';
  return signOf(value, verb) + prefix + digits;
}

function formatReal(value: number, verb: Verb): string {
  const magnitude = Math.abs(value);
  const upper = verb.letter === 'E' || verb.letter === 'G';
  let text: string;
  switch (verb.letter) {
    case 'f':
      text = fixedPoint(magnitude, Math.min(verb.precision ?? 6, 60));
      break;
    case 'e':
    case 'E':
      text = exponential(magnitude, Math.min(verb.precision ?? 6, 100));
      break;
    default:
      text = general(magnitude, verb.precision);
  }
  return signOf(value, verb) + (upper ? text.toUpperCase() : text);
}

/** Rounds halves to the even digit, as Go does; JavaScript rounds them up. */
function fixedPoint(magnitude: number, precision: number): string {
  if (magnitude >= 1e21) return decimalText(magnitude) + (precision > 0 ? `.${'0'.repeat(precision)}` : '');
  const rounded = magnitude.toFixed(precision);
  const exact = magnitude.toFixed(Math.min(precision + 40, 100));
  const tail = exact.slice(exact.indexOf('.') + 1 + precision);
  if (!/^50*$/.test(tail)) return rounded;
  const cut = exact.slice(0, exact.length - tail.length).replace(/\.$/, '');
  return /[02468]$/.test(cut) ? cut : rounded;
}

function exponential(magnitude: number, precision: number | undefined): string {
  const [mantissa = '0', exponent = '+0'] = magnitude.toExponential(precision).split('e');
  return `${mantissa}e${exponent.charAt(0)}${exponent.slice(1).padStart(2, '0')}`;
}

/** `%g` as Go's big numbers have it: with an exponent below -4 and from the precision on, which is 6 unless given. */
function general(magnitude: number, precision: number | undefined): string {
  if (magnitude === 0) return '0';
  const significant = precision === undefined ? undefined : Math.max(precision, 1);
  const scientific = magnitude.toExponential(significant === undefined ? undefined : Math.min(significant - 1, 100));
  const [mantissa = '0', exponentText = '0'] = scientific.split('e');
  const exponent = Number(exponentText);
  const digits = mantissa.replace('.', '').replace(/0+$/, '');
  let limit = significant ?? 6;
  if (significant !== undefined && limit > digits.length && digits.length >= exponent + 1) limit = digits.length;
  const shortest = Number(`${mantissa}e${exponent}`);
  if (exponent < -4 || exponent >= limit) return exponential(shortest, Math.max(digits.length - 1, 0));
  return decimalText(shortest);
}

function signOf(value: number, verb: Verb): string {
  if (value < 0) return '-';
  if (verb.flags.includes('+')) return '+';
  return verb.flags.includes(' ') ? ' ' : '';
}

function pad(text: string, verb: Verb): string {
  const missing = (verb.width ?? 0) - graphemes(text).length;
  if (missing <= 0) return text;
  if (verb.flags.includes('-')) return text + ' '.repeat(missing);
  if (!verb.flags.includes('0')) return ' '.repeat(missing) + text;
  const sign = /^[-+ ]/.test(text) && verb.letter !== 's' && verb.letter !== 'q' ? 1 : 0;
  return text.slice(0, sign) + '0'.repeat(missing) + text.slice(sign);
}
