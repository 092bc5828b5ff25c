import {
  arrayArgument,
  fixed,
  integerArgument,
  objectArgument,
  stringArgument,
  variadic,
  wrongKind,
} from './arguments.ts';
import {
  type Data,
  describeKind,
  FunctionError,
  isDataArray,
  isDataObject,
  type PureFunction,
  requireSize,
} from './data.ts';
import { formatComposite, formatValue } from './dotnet-format.ts';
import {
  decodeBase64,
  decodeUriComponent,
  decodeUtf8,
  encodeBase64,
  encodeUriComponent,
  encodeUtf8,
} from './encoding.ts';
import { armGuid, armUniqueString } from './identifiers.ts';
import { decodeJson, encodeJson } from './json-data.ts';

/** Strings of ARM and Bicep. Those that take arrays and objects as well are in arm-collections.ts. */
export const armStringFunctions: Readonly<Record<string, PureFunction>> = {
  base64: fixed(1, (args) => encodeBase64(encodeUtf8(stringArgument(args, 0)))),
  base64tostring: fixed(1, (args) => decodeUtf8(decodeBase64(stringArgument(args, 0)))),
  base64tojson: fixed(1, (args) => decodeJson(decodeUtf8(decodeBase64(stringArgument(args, 0))))),
  datauri: fixed(1, (args) => {
    return `data:text/plain;charset=utf-8;base64,${encodeBase64(encodeUtf8(stringArgument(args, 0)))}`;
  }),
  datauritostring: fixed(1, (args) => decodeDataUri(stringArgument(args, 0))),
  uricomponent: fixed(1, (args) => encodeUriComponent(stringArgument(args, 0))),
  uricomponenttostring: fixed(1, (args) => decodeUriComponent(stringArgument(args, 0))),
  uri: fixed(2, (args) => resolveUri(stringArgument(args, 0), stringArgument(args, 1))),
  builduri: fixed(1, (args) => buildUri(args)),
  tolower: fixed(1, (args) => lowerCase(stringArgument(args, 0))),
  toupper: fixed(1, (args) => upperCase(stringArgument(args, 0))),
  trim: fixed(1, (args) => stringArgument(args, 0).trim()),
  startswith: fixed(2, (args) => lowerCase(stringArgument(args, 0)).startsWith(lowerCase(stringArgument(args, 1)))),
  endswith: fixed(2, (args) => lowerCase(stringArgument(args, 0)).endsWith(lowerCase(stringArgument(args, 1)))),
  like: fixed(2, (args) => matchesWildcard(lowerCase(stringArgument(args, 0)), lowerCase(stringArgument(args, 1)))),
  replace: fixed(3, (args) => {
    const text = stringArgument(args, 0);
    const from = stringArgument(args, 1);
    const to = stringArgument(args, 2);
    if (from === '') throw new FunctionError('The text to replace cannot be empty.');
    const pieces = text.split(from);
    requireSize(text.length + (pieces.length - 1) * (to.length - from.length), 'characters');
    return pieces.join(to);
  }),
  split: fixed(2, (args) => splitText(stringArgument(args, 0), delimitersOf(args[1] ?? null))),
  join: fixed(2, (args) => {
    const text = arrayArgument(args, 0)
      .map((item) => scalarText(item, 0))
      .join(stringArgument(args, 1));
    requireSize(text.length, 'characters');
    return text;
  }),
  substring: {
    minimum: 2,
    maximum: 3,
    call: (args) => {
      const text = stringArgument(args, 0);
      const start = integerArgument(args, 1);
      const length = args.length < 3 ? text.length - start : integerArgument(args, 2);
      if (start < 0 || length < 0 || start + length > text.length) {
        throw new FunctionError(`The text has ${text.length} characters; ${length} from ${start} reach beyond it.`);
      }
      return text.slice(start, start + length);
    },
  },
  padleft: {
    minimum: 2,
    maximum: 3,
    call: (args) => {
      const value = args[0] ?? null;
      if (typeof value !== 'string' && typeof value !== 'number') throw wrongKind(0, 'a string or a number', value);
      const width = integerArgument(args, 1);
      const filler = args.length < 3 ? ' ' : stringArgument(args, 2);
      if (filler.length !== 1) throw new FunctionError('The text to pad with has to be one character.');
      if (width < 0) throw new FunctionError('The width cannot be negative.');
      requireSize(width, 'characters');
      return String(value).padStart(width, filler);
    },
  },
  format: {
    minimum: 1,
    maximum: Number.POSITIVE_INFINITY,
    call: (args) => formatComposite(stringArgument(args, 0), args.slice(1)),
  },
  string: fixed(1, (args) => textOf(args[0] ?? null)),
  json: fixed(1, (args) => decodeJson(stringArgument(args, 0))),
  bool: fixed(1, (args) => {
    const value = args[0] ?? null;
    if (typeof value === 'boolean') return value;
    if (value === 1 || value === 0) return value === 1;
    const lower = typeof value === 'string' ? value.toLowerCase() : '';
    if (lower === 'true' || lower === 'false') return lower === 'true';
    throw new FunctionError(
      `Expected true, false, 1 or 0, not ${typeof value === 'string' ? `'${value}'` : describeKind(value)}.`,
    );
  }),
  int: fixed(1, (args) => {
    const value = args[0] ?? null;
    const number = typeof value === 'string' && /^\s*[-+]?\d+\s*$/.test(value) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isSafeInteger(number))
      throw wrongKind(0, 'a whole number or the text of one', value);
    return number;
  }),
  float: fixed(1, (args) => {
    const value = args[0] ?? null;
    const number =
      typeof value === 'string' && /^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(value) ? Number(value) : value;
    if (typeof number !== 'number') throw wrongKind(0, 'a number or the text of one', value);
    return number;
  }),
  guid: variadic(1, (args) => armGuid(args.map((_, index) => stringArgument(args, index)))),
  uniquestring: variadic(1, (args) => armUniqueString(args.map((_, index) => stringArgument(args, index)))),
};

/** A string, number or boolean as `concat` and `join` write it. */
export function scalarText(value: Data, index: number): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return formatValue(value);
  throw wrongKind(index, 'a string, a number or a boolean', value);
}

function textOf(value: Data): string {
  if (value === null) throw new FunctionError('What string() makes of null is not known.');
  if (isDataArray(value) || isDataObject(value)) return encodeJson(value, { escapeMarkup: false, sortKeys: false });
  return formatValue(value);
}

/** .NET's invariant mapping is one unit to one unit; JavaScript's may make a text longer, which is undone here. */
export function lowerCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : mapUnits(text, (unit) => unit.toLowerCase());
}

function upperCase(text: string): string {
  const upper = text.toUpperCase();
  return upper.length === text.length ? upper : mapUnits(text, (unit) => unit.toUpperCase());
}

function mapUnits(text: string, map: (unit: string) => string): string {
  let result = '';
  for (const unit of text) {
    const mapped = map(unit);
    result += mapped.length === unit.length ? mapped : unit;
  }
  return result;
}

function delimitersOf(value: Data): readonly string[] {
  if (typeof value === 'string') return [value];
  if (!isDataArray(value)) throw wrongKind(1, 'a string or an array of strings', value);
  return value.map((item) => {
    if (typeof item !== 'string') throw wrongKind(1, 'an array of strings', value);
    return item;
  });
}

function splitText(text: string, delimiters: readonly string[]): string[] {
  const wanted = delimiters.filter((delimiter) => delimiter !== '');
  const [only] = wanted;
  if (wanted.length === 0 || only === undefined) return [text];
  if (wanted.length === 1) return text.split(only);
  const pieces: string[] = [];
  let from = 0;
  for (let offset = 0; offset < text.length; ) {
    const hit = wanted.find((delimiter) => text.startsWith(delimiter, offset));
    if (hit === undefined) {
      offset++;
      continue;
    }
    pieces.push(text.slice(from, offset));
    offset += hit.length;
    from = offset;
  }
  pieces.push(text.slice(from));
  return pieces;
}

/** `*` stands for any run of characters. Greedy with one point to fall back to, so that it takes linear space. */
function matchesWildcard(text: string, pattern: string): boolean {
  let textAt = 0;
  let patternAt = 0;
  let starAt = -1;
  let resumeAt = 0;
  while (textAt < text.length) {
    if (pattern.charAt(patternAt) === '*') {
      starAt = patternAt++;
      resumeAt = textAt;
    } else if (patternAt < pattern.length && pattern.charAt(patternAt) === text.charAt(textAt)) {
      patternAt++;
      textAt++;
    } else if (starAt >= 0) {
      patternAt = starAt + 1;
      textAt = ++resumeAt;
    } else {
      return false;
    }
  }
  while (pattern.charAt(patternAt) === '*') patternAt++;
  return patternAt === pattern.length;
}

function decodeDataUri(text: string): string {
  const match = /^data:([^,]*),(.*)$/is.exec(text);
  if (match === null) throw new FunctionError('The text is not a data URI.');
  const [, head = '', body = ''] = match;
  const charset = /;\s*charset=([^;]*)/i.exec(head)?.[1]?.toLowerCase() ?? 'utf-8';
  if (charset !== 'utf-8' && charset !== 'utf8' && charset !== 'us-ascii') {
    throw new FunctionError(`The character set '${charset}' is not supported.`);
  }
  return /;\s*base64$/i.test(head) ? decodeUtf8(decodeBase64(body)) : decodeUriComponent(body);
}

/** Joins as .NET's Uri does. Its way of unescaping is not copied: texts with escapes or unusual characters are refused. */
function resolveUri(base: string, relative: string): string {
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(base)) throw new FunctionError(`'${base}' is not an absolute URI.`);
  if (/[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=]/.test(base + relative)) {
    throw new FunctionError('URIs with escaped or unusual characters cannot be joined here.');
  }
  try {
    return new URL(relative, base).href;
  } catch {
    throw new FunctionError(`'${base}' and '${relative}' do not make a URI.`);
  }
}

function buildUri(args: readonly Data[]): string {
  const parts = objectArgument(args, 0);
  const { scheme = null, host = null, port = null, path = null, query = null } = parts;
  if (typeof scheme !== 'string' || typeof host !== 'string')
    throw new FunctionError('A URI needs a scheme and a host.');
  // Without a path, and with a port that is the scheme's own, .NET's text is not certain.
  if (typeof path !== 'string' || path === '' || port === 80 || port === 443) {
    throw new FunctionError('This URI cannot be built here.');
  }
  const portText = typeof port === 'number' && port >= 0 ? `:${port}` : '';
  const queryText = typeof query === 'string' && query !== '' ? (query.startsWith('?') ? query : `?${query}`) : '';
  return `${scheme}://${host}${portText}${path.startsWith('/') ? '' : '/'}${path}${queryText}`;
}
