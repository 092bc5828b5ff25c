import { RE2JS } from 're2js';
import { fixed } from './arguments.ts';
import { type Data, FunctionError, newDataObject, type PureFunction, requireSize } from './data.ts';
import { textArgument } from './terraform-values.ts';

/** Longer patterns are not compiled. */
const maximumPatternLength = 10_000;

/** Terraform's functions with regular expressions. They are RE2's, so that they run in linear time. */
export const expressionFunctions: Readonly<Record<string, PureFunction>> = {
  regex: fixed(2, (args) => {
    const { expression, captured } = compile(textArgument(args, 0));
    const matcher = expression.matcher(textArgument(args, 1));
    if (!matcher.find()) throw new FunctionError('The pattern matches nowhere in the text.');
    return captured((group) => matcher.group(group) ?? null);
  }),
  regexall: fixed(2, (args) => {
    const { expression, captured } = compile(textArgument(args, 0));
    const matcher = expression.matcher(textArgument(args, 1));
    const matches: Data[] = [];
    let end = -1;
    while (findNext(matcher, end)) {
      end = matcher.end();
      matches.push(captured((group) => matcher.group(group) ?? null));
      requireSize(matches.length, 'items');
    }
    return matches;
  }),
};

interface Compiled {
  readonly expression: RE2JS;
  /** What a match is to Terraform: the matched text, the list of its groups, or an object of its named groups. */
  readonly captured: (group: (index: number) => string | null) => Data;
}

function compile(pattern: string): Compiled {
  const expression = compileExpression(pattern);
  const count = expression.groupCount();
  if (count === 0) return { expression, captured: (group) => group(0) };
  const named = Object.entries(expression.namedGroups());
  if (named.length === 0) {
    return { expression, captured: (group) => Array.from({ length: count }, (_, index) => group(index + 1)) };
  }
  if (named.length !== count) throw new FunctionError('A pattern cannot have both named and unnamed groups.');
  return {
    expression,
    captured: (group) => {
      const object = newDataObject();
      for (const [name, index] of named) object[name] = group(index);
      return object;
    },
  };
}

function compileExpression(pattern: string): RE2JS {
  if (pattern.length > maximumPatternLength) throw new FunctionError('The pattern is too long.');
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    throw new FunctionError(
      `The pattern is not a regular expression: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Replaces every match; `$1`, `${1}` and `${name}` in the replacement stand for groups, `$$` for a dollar sign, as in Go. */
export function replaceExpression(text: string, pattern: string, replacement: string): string {
  const expression = compileExpression(pattern);
  const names = expression.namedGroups();
  const matcher = expression.matcher(text);
  let result = '';
  let from = 0;
  let end = -1;
  while (findNext(matcher, end)) {
    end = matcher.end();
    result += text.slice(from, matcher.start());
    result += expand(replacement, (name) => {
      const index = /^\d+$/.test(name) ? Number(name) : Object.hasOwn(names, name) ? (names[name] ?? -1) : -1;
      return index >= 0 && index <= expression.groupCount() ? (matcher.group(index) ?? '') : '';
    });
    requireSize(result.length, 'characters');
    from = end;
  }
  return result + text.slice(from);
}

/** The next match; as in Go an empty one does not count directly behind the match before, which ended at `end`. */
function findNext(matcher: ReturnType<RE2JS['matcher']>, end: number): boolean {
  if (!matcher.find()) return false;
  return matcher.start() !== end || matcher.end() !== end || matcher.find();
}

function expand(replacement: string, group: (name: string) => string): string {
  // A name is the longest run of letters, digits and underscores: `$1x` is the group named `1x`.
  return replacement.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (whole, braced?: string, bare?: string) => {
    if (whole === '$$') return '$';
    return group(braced ?? bare ?? '');
  });
}
