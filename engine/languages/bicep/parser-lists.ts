import type { Cursor } from './parser-cursor.ts';
import { indentation } from './parser-recovery.ts';
import { Token } from './tokens.ts';

export const nothing: readonly never[] = [];

/**
 * Parses the items between braces or brackets: each on lines of its own, or with one comma between two of them. The
 * opening token has been read, the closing one is left to the caller. `parseItem` recovers from mistakes by itself and
 * returns undefined where no item could be read.
 */
export function parseItems<Item>(
  cursor: Cursor,
  closing: number,
  parseItem: (cursor: Cursor) => Item | undefined,
): readonly Item[] {
  cursor.height = 0;
  if (cursor.at(closing)) return nothing;
  const items: Item[] = [];
  const opening = cursor.previousEnd - 1;
  let outer = -1;
  let height = 0;
  cursor.waiting[closing] = (cursor.waiting[closing] ?? 0) + 1;
  cursor.skipLineBreaks();
  // In a file that indents nothing an item may look like a statement.
  const unindented = cursor.atLineStart();
  while (!cursor.at(closing) && !cursor.at(Token.endOfFile)) {
    if (!unindented && cursor.startsDeclaration()) break;
    if (cursor.closesOuter(closing)) break;
    if (closing === Token.closeBracket && cursor.startsProperty()) {
      if (outer < 0) outer = indentation(cursor.text, opening);
      if (indentation(cursor.text, cursor.start) <= outer) break;
    }
    const start = cursor.start;
    const item = parseItem(cursor);
    if (item !== undefined) items.push(item);
    if (cursor.height > height) height = cursor.height;
    if (cursor.at(Token.newline)) {
      if (cursor.holes > 0) break;
      cursor.skipLineBreaks();
    } else if (cursor.take(Token.comma)) {
      if (cursor.at(Token.newline)) {
        cursor.reportHere('Found the end of the line behind a comma; expected the comma or a new line, not both.');
        cursor.skipLineBreaks();
      }
    } else if (!cursor.at(closing) && !cursor.at(Token.endOfFile) && !cursor.startsStatement()) {
      cursor.complain('a comma or a new line between two items');
      if (cursor.start === start) cursor.skipToken();
    }
  }
  cursor.waiting[closing] = (cursor.waiting[closing] ?? 0) - 1;
  cursor.height = height;
  return items;
}

/**
 * Parses arguments between parentheses or angle brackets: commas between them and none behind the last, line breaks free
 * behind commas. The opening token has been read, the closing one is left to the caller.
 */
export function parseArguments<Item>(
  cursor: Cursor,
  closing: number,
  parseArgument: (cursor: Cursor) => Item,
): readonly Item[] {
  cursor.height = 0;
  if (cursor.at(closing)) return nothing;
  const items: Item[] = [];
  let height = 0;
  cursor.waiting[closing] = (cursor.waiting[closing] ?? 0) + 1;
  cursor.skipLineBreaks();
  while (!cursor.at(closing) && !cursor.at(Token.endOfFile) && !cursor.startsDeclaration()) {
    if (cursor.closesOuter(closing) || cursor.startsProperty()) break;
    const start = cursor.start;
    items.push(parseArgument(cursor));
    if (cursor.height > height) height = cursor.height;
    if (cursor.at(Token.newline)) {
      if (cursor.holes > 0) break;
      const after = cursor.skipBlank(cursor.end);
      if (after >= cursor.text.length) break;
      if (cursor.text.charCodeAt(after) !== closingCode(closing)) cursor.complain('a comma between two arguments');
      cursor.skipLineBreaks();
      // The comma was not what is missing, then, and it was reported.
      if (cursor.startsDeclaration() || cursor.closesOuter(closing) || cursor.startsProperty()) cursor.quiet();
    } else if (cursor.take(Token.comma)) {
      cursor.skipLineBreaks();
      if (cursor.at(closing)) cursor.complain('another argument behind the comma');
    } else if (!cursor.at(closing) && !cursor.at(Token.endOfFile)) {
      cursor.complain('a comma between two arguments');
      if (cursor.start === start) break;
    }
  }
  cursor.waiting[closing] = (cursor.waiting[closing] ?? 0) - 1;
  cursor.height = height;
  return items;
}

function closingCode(closing: number): number {
  return closing === Token.closeParen ? 41 : 62;
}
