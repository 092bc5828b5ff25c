import type { Cursor } from './parser-cursor.ts';
import { isLineBreak, Token } from './tokens.ts';

/*
 * How authors indent tells what is missing where the grammar alone can't.
 */

/** How far behind `for` its `in` is looked for, in a loop without its bracket. */
const longestLoopHead = 600;

/** What follows a line that ends where a value was expected. */
export type NextLines = 'object items' | 'array items' | 'value' | 'nothing';

/**
 * On a line break: looks at the lines behind it. Deeper ones down to a closing bracket below the start of this line are
 * the items of something whose opening bracket is missing; an opening bracket right there is a misplaced value.
 */
export function lookAtNextLines(cursor: Cursor): NextLines {
  if (!cursor.at(Token.newline) || cursor.holes > 0) return 'nothing';
  const { text } = cursor;
  const own = indentation(text, cursor.start);
  let deeper = false;
  for (let at = cursor.end; at < text.length; at = cursor.lineEnd(at) + 1) {
    const first = cursor.skipSpaces(at);
    const code = text.charCodeAt(first);
    if (first >= text.length) break;
    if (isLineBreak(code) || code === 47) continue;
    if (first - at > own) deeper = true;
    else {
      if (first - at < own) break;
      if (deeper) return code === 125 ? 'object items' : code === 93 ? 'array items' : 'nothing';
      return code === 123 || code === 91 ? 'value' : 'nothing';
    }
  }
  return 'nothing';
}

/** True when the current token is the word `for` and begins a loop whose opening bracket is missing. */
export function atBareLoop(cursor: Cursor): boolean {
  return cursor.atWord('for') && isLoopHead(cursor, cursor.end);
}

/** The same for the word behind a line break. */
export function bareLoopAhead(cursor: Cursor): boolean {
  if (!cursor.at(Token.newline) || cursor.holes > 0) return false;
  const next = cursor.skipBlank(cursor.end);
  return cursor.wordAt('for', next) && isLoopHead(cursor, next + 3);
}

function isLoopHead(cursor: Cursor, from: number): boolean {
  const head = cursor.text.slice(from, from + longestLoopHead);
  const at = head.indexOf(' in ');
  return at >= 0 && !/[\r\n]/.test(head.slice(0, at));
}

/**
 * For the head of a resource or module whose text is not closed or not opened: moves to the last equals sign of the line
 * if a body begins behind it. False, and nothing moves, if there is none.
 */
export function moveToEquals(cursor: Cursor, from: number): boolean {
  const end = cursor.lineEnd(from);
  const behind = cursor.text.slice(from, end).lastIndexOf('=');
  if (behind < 0) return false;
  const equals = from + behind;
  const after = cursor.skipSpaces(equals + 1);
  const code = cursor.text.charCodeAt(after);
  if (code !== 123 && code !== 91 && after < end && !cursor.wordAt('if', after)) return false;
  cursor.moveTo(equals);
  return true;
}

/** Number of white space units that the line of `offset` begins with. */
export function indentation(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isLineBreak(text.charCodeAt(start - 1))) start--;
  let at = start;
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++;
  return at - start;
}
