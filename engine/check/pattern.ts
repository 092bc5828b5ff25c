/** Says whether a pattern is found in a text. */
export type PatternMatcher = (pattern: string, text: string) => boolean;

const ignoreCase = '(?i)';

/** A pattern without its leading `(?i)`, and whether it had one. */
export function splitPattern(pattern: string): { readonly source: string; readonly ignoringCase: boolean } {
  return pattern.startsWith(ignoreCase)
    ? { source: pattern.slice(ignoreCase.length), ignoringCase: true }
    : { source: pattern, ignoringCase: false };
}

const compiled = new Map<string, RegExp>();

/**
 * Matches with JavaScript's own engine: for the rules that ship with Demarc, whose patterns the build has tried in RE2 as
 * well. A pattern from a workspace could take exponential time here; those go to `linearMatcher`.
 */
export const builtInMatcher: PatternMatcher = (pattern, text) => {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    const { source, ignoringCase } = splitPattern(pattern);
    expression = new RegExp(source, ignoringCase ? 'iu' : 'u');
    compiled.set(pattern, expression);
  }
  return expression.test(text);
};
