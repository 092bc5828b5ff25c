import { RE2JS } from 're2js';
import { type PatternMatcher, splitPattern } from './pattern.ts';

const compiled = new Map<string, RE2JS>();

function compile(pattern: string): RE2JS {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    const { source, ignoringCase } = splitPattern(pattern);
    expression = RE2JS.compile(source, ignoringCase ? RE2JS.CASE_INSENSITIVE : 0);
    compiled.set(pattern, expression);
  }
  return expression;
}

/** Matches in time linear in the text, whatever the pattern (RE2): for rules from a workspace. Throws on a bad pattern. */
export const linearMatcher: PatternMatcher = (pattern, text) => compile(pattern).matcher(text).find();

/** Why RE2 does not take a pattern; undefined when it does. */
export function patternProblem(pattern: string): string | undefined {
  try {
    compile(pattern);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
