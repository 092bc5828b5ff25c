/**
 * A pattern for paths, as `.gitignore` has them: `*` and `?` within a name, `**` for any number of folders, `{a,b}` for
 * either. Without a `/` inside it is about names at any depth. What names a folder covers everything below it.
 */
export interface PathPattern {
  readonly written: string;
  /** Each alternative by path segments; `**` stands alone in its segment. */
  readonly alternatives: readonly (readonly string[])[];
}

const maximumAlternatives = 64;

/** Reads a pattern; a sentence for its author when it is none. */
export function parsePattern(written: string): PathPattern | string {
  if (written === '') return 'A pattern must not be empty.';
  if (written.startsWith('!')) return `A pattern cannot begin with '!'; say under 'include' what is to be linted.`;
  if (written.includes('\\')) return `Write '/' between folders, also on Windows.`;
  if (/[[\]]/.test(written)) return `'[' and ']' have no meaning in a pattern; write '?' for one character.`;
  const expanded: string[] = [];
  if (!expand(written, expanded)) return `A pattern has pairs of '{' and '}', and at most ${maximumAlternatives} ways.`;
  const alternatives: (readonly string[])[] = [];
  for (const each of expanded) {
    const bare = each.replace(/^\.?\//, '').replace(/\/+$/, '');
    const segments = bare.split('/').filter((segment) => segment !== '.');
    if (bare === '' || segments.includes('')) return `'${written}' has an empty part.`;
    if (segments.includes('..')) return 'A pattern cannot lead out of the folder that its demarc.yaml is in.';
    const anchored = each.startsWith('/') || each.startsWith('./') || segments.length > 1;
    alternatives.push(anchored ? segments : ['**', ...segments]);
  }
  return { written, alternatives };
}

/** Writes out the alternatives of `{a,b}`, innermost last. False when braces don't pair or there are too many. */
function expand(written: string, into: string[]): boolean {
  const close = written.indexOf('}');
  const open = close < 0 ? written.indexOf('{') : written.lastIndexOf('{', close);
  if (close < 0 || open < 0) {
    into.push(written);
    return close < 0 && open < 0 && into.length <= maximumAlternatives;
  }
  const before = written.slice(0, open);
  const after = written.slice(close + 1);
  for (const part of written.slice(open + 1, close).split(',')) {
    if (!expand(before + part + after, into)) return false;
  }
  return true;
}

/** Whether a pattern covers a path, given by its segments from the pattern's folder on. Takes linear time in both. */
export function covers(pattern: PathPattern, path: readonly string[]): boolean {
  return pattern.alternatives.some((segments) => coversPath(segments, path));
}

function coversPath(segments: readonly string[], path: readonly string[]): boolean {
  // reached[n]: the segments so far match the first n names of the path.
  let reached: readonly boolean[] = [true, ...path.map(() => false)];
  for (const segment of segments) {
    if (segment === '**') {
      const first = reached.indexOf(true);
      reached = reached.map((_, index) => first >= 0 && index >= first);
      continue;
    }
    const before = reached;
    reached = before.map((_, index) => index > 0 && before[index - 1] === true && coversName(segment, path[index - 1]));
  }
  return reached.some((each, index) => each && index > 0);
}

/** `*` and `?` within one name: goes back to the last `*` only, so that no pattern is slow. */
function coversName(pattern: string, name: string | undefined): boolean {
  if (name === undefined) return false;
  let at = 0;
  let star = -1;
  let starAt = 0;
  let index = 0;
  while (index < name.length) {
    const wanted = pattern[at];
    if (wanted === '*') {
      star = at++;
      starAt = index;
    } else if (wanted !== undefined && (wanted === '?' || wanted === name[index])) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++starAt;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
