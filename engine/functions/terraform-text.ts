import { fixed, variadic } from './arguments.ts';
import { FunctionError, type PureFunction, requireSize } from './data.ts';
import { formatTerraform, formatTerraformList } from './go-format.ts';
import { expressionFunctions, replaceExpression } from './terraform-expressions.ts';
import {
  compareText,
  graphemes,
  sequenceArgument,
  textArgument,
  textsArgument,
  toText,
  wholeArgument,
} from './terraform-values.ts';

/** Terraform's functions over text. */
export const terraformTextFunctions: Readonly<Record<string, PureFunction>> = {
  ...expressionFunctions,
  chomp: fixed(1, (args) => textArgument(args, 0).replace(/[\r\n]+$/, '')),
  endswith: fixed(2, (args) => textArgument(args, 0).endsWith(textArgument(args, 1))),
  startswith: fixed(2, (args) => textArgument(args, 0).startsWith(textArgument(args, 1))),
  strcontains: fixed(2, (args) => textArgument(args, 0).includes(textArgument(args, 1))),
  format: variadic(1, (args) => formatTerraform(textArgument(args, 0), args.slice(1))),
  formatlist: variadic(1, (args) => formatTerraformList(textArgument(args, 0), args.slice(1))),
  indent: fixed(2, (args) => {
    const spaces = wholeArgument(args, 0);
    const lines = textArgument(args, 1).split('\n');
    if (spaces < 0) throw new FunctionError('The number of spaces cannot be negative.');
    requireSize(spaces * lines.length, 'characters');
    return lines.join(`\n${' '.repeat(spaces)}`);
  }),
  join: variadic(1, (args) => {
    const separator = textArgument(args, 0);
    if (args.length < 2) throw new FunctionError('join needs a list.');
    const items = args.slice(1).flatMap((_, index) => textsArgument(args, index + 1));
    const texts = items.map((item) => {
      if (item === null) throw new FunctionError('A list to join cannot have null in it.');
      return item;
    });
    const text = texts.join(separator);
    requireSize(text.length, 'characters');
    return text;
  }),
  // The one letter whose lower case is two characters is İ; Go takes the first.
  lower: fixed(1, (args) =>
    mapCharacters(textArgument(args, 0), (character) =>
      String.fromCodePoint(character.toLowerCase().codePointAt(0) ?? 0),
    ),
  ),
  upper: fixed(1, (args) => mapCharacters(textArgument(args, 0), (character) => character.toUpperCase())),
  title: fixed(1, (args) => titleCase(textArgument(args, 0))),
  replace: fixed(3, (args) => {
    const text = textArgument(args, 0);
    const wanted = textArgument(args, 1);
    const replacement = textArgument(args, 2);
    // Between slashes stands a regular expression.
    if (wanted.length > 1 && wanted.startsWith('/') && wanted.endsWith('/')) {
      return replaceExpression(text, wanted.slice(1, -1), replacement);
    }
    const pieces = wanted === '' ? ['', ...text, ''] : text.split(wanted);
    requireSize(text.length + (pieces.length - 1) * replacement.length, 'characters');
    return pieces.join(replacement);
  }),
  sort: fixed(1, (args) => {
    const texts = sequenceArgument(args, 0).map((item) => toText(item, 'An item of the list'));
    return texts.sort(compareText);
  }),
  split: fixed(2, (args) => {
    const separator = textArgument(args, 0);
    const text = textArgument(args, 1);
    return separator === '' ? [...text] : text.split(separator);
  }),
  strrev: fixed(1, (args) => graphemes(textArgument(args, 0)).reverse().join('')),
  substr: fixed(3, (args) => {
    const characters = graphemes(textArgument(args, 0));
    const offset = wholeArgument(args, 1);
    const length = wholeArgument(args, 2);
    const start = offset < 0 ? Math.max(0, characters.length + offset) : offset;
    return characters.slice(start, length < 0 ? undefined : start + length).join('');
  }),
  trim: fixed(2, (args) => {
    const cutset = new Set(textArgument(args, 1));
    const characters = [...textArgument(args, 0)];
    let start = 0;
    let end = characters.length;
    while (start < end && cutset.has(characters[start] ?? '')) start++;
    while (end > start && cutset.has(characters[end - 1] ?? '')) end--;
    return characters.slice(start, end).join('');
  }),
  trimprefix: fixed(2, (args) => {
    const text = textArgument(args, 0);
    const prefix = textArgument(args, 1);
    return text.startsWith(prefix) ? text.slice(prefix.length) : text;
  }),
  trimsuffix: fixed(2, (args) => {
    const text = textArgument(args, 0);
    const suffix = textArgument(args, 1);
    return suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
  }),
  trimspace: fixed(1, (args) => textArgument(args, 0).replace(/^[\p{White_Space}]+|[\p{White_Space}]+$/gu, '')),
  basename: fixed(1, (args) => {
    const path = textArgument(args, 0);
    const trimmed = path.replace(/\/+$/, '');
    if (trimmed === '') return path === '' ? '.' : '/';
    return trimmed.slice(trimmed.lastIndexOf('/') + 1);
  }),
  dirname: fixed(1, (args) => {
    const path = textArgument(args, 0);
    return cleanPath(path.slice(0, path.lastIndexOf('/') + 1));
  }),
};

/** Go maps one character to one; a JavaScript mapping that makes several of one is not taken. */
function mapCharacters(text: string, map: (character: string) => string): string {
  let result = '';
  for (const character of text) {
    const mapped = map(character);
    result += [...mapped].length === 1 ? mapped : character;
  }
  return result;
}

/** Go's `strings.Title`: the first letter after whatever is neither letter, digit nor underscore. */
function titleCase(text: string): string {
  let result = '';
  let previous = ' ';
  for (const character of text) {
    const separated =
      previous.charCodeAt(0) < 0x80 ? !/[A-Za-z0-9_]/.test(previous) : /\p{White_Space}/u.test(previous);
    result += separated ? mapCharacters(character, (unit) => unit.toUpperCase()) : character;
    previous = character;
  }
  return result;
}

/** Go's `path.Clean`: no empty segments, no `.`, and `..` worked off where something stands before it. */
function cleanPath(path: string): string {
  const rooted = path.startsWith('/');
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.length > 0 && segments.at(-1) !== '..') segments.pop();
    else if (!rooted) segments.push('..');
  }
  const joined = segments.join('/');
  if (rooted) return `/${joined}`;
  return joined === '' ? '.' : joined;
}
