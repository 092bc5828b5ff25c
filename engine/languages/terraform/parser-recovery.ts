import {
  type Cursor,
  endToken,
  heredocIntroductionEnd,
  heredocToken,
  identifierToken,
  lineEnd,
  nameEnd,
  newlineToken,
  numberToken,
} from './tokens.ts';

/*
 * How the parser goes on after a mistake. The unit is a line of a body or an object: the rest of the argument or item is skipped,
 * its siblings survive. Text is skipped without the parser's help, and no quoted text is believed to go over its line.
 */

const lineFeed = 10;
const quote = 34;
const openBrace = 123;
const closeBrace = 125;

/** Says in a message what the cursor stands on. */
export function found(cursor: Cursor): string {
  switch (cursor.kind) {
    case endToken:
      return 'the end of the file';
    case newlineToken:
      return 'the end of the line';
    case heredocToken:
      return 'a heredoc';
    case quote:
      return 'a quoted text';
    case identifierToken:
    case numberToken: {
      const text = cursor.tokenText();
      return text.length > 40 ? `"${text.slice(0, 40)}…"` : `"${text}"`;
    }
    default:
      return cursor.tokenText() === "'"
        ? 'a single quote (text is written in double quotes)'
        : `"${cursor.tokenText()}"`;
  }
}

/** Reports that something else was expected where the cursor stands, and stops. */
export function stopUnexpected(cursor: Cursor, expectation: string): void {
  // A line break or the end of the file has no width that an editor could underline: point at what stands before it.
  const empty = cursor.is(newlineToken) || cursor.is(endToken);
  const start = empty ? Math.min(cursor.previousEnd, cursor.start) : cursor.start;
  const end = empty ? start : cursor.end;
  cursor.stop(start, end, `${expectation}, but found ${found(cursor)}.`);
}

/**
 * Moves a stopped cursor to where the next item of the body or object may begin: to the line break after the item that begins at
 * `itemStart`, or to the `}` that encloses it. False, with the cursor still stopped but at the end of the file, when there is no
 * such place. `balanced` says that the brackets of the item are no part of the mistake.
 */
export function recover(cursor: Cursor, itemStart: number, balanced = false): boolean {
  const { text, start: stoppedAt } = cursor;
  if (stoppedAt >= text.length) return false;
  const open: number[] = [];
  let offset = itemStart;
  let indentation = -1;
  let insideHeredoc = false;
  while (offset < text.length) {
    const code = text.charCodeAt(offset);
    switch (code) {
      case lineFeed: {
        const next = skipBlanks(text, offset + 1);
        if (open.length === 0 && !insideHeredoc && next >= stoppedAt) return resume(cursor, offset);
        // A bracket may have been left open: then a line that is indented like the item, and looks like one, is the next item.
        if (!balanced && (next >= stoppedAt || lineEnd(text, next) >= stoppedAt)) {
          if (indentation < 0) indentation = indentationOf(text, itemStart);
          if (beginsSibling(text, next, next - offset - 1, indentation)) return resume(cursor, offset);
        }
        offset++;
        break;
      }
      case quote:
        offset = insideHeredoc ? offset + 1 : skipQuoted(text, offset);
        break;
      case 35: // #
        if (insideHeredoc) offset++;
        else offset = skipLineComment(cursor, offset);
        break;
      case 47: // /
        offset = insideHeredoc ? offset + 1 : skipSlash(cursor, offset);
        break;
      case 60: {
        // <
        const introduction =
          insideHeredoc || text.charCodeAt(offset + 1) !== 60 ? -1 : heredocIntroductionEnd(text, offset);
        if (introduction < 0) {
          offset++;
          break;
        }
        const end = heredocEnd(cursor, offset, introduction);
        insideHeredoc = end < 0;
        offset = end < 0 ? introduction - 1 : end;
        break;
      }
      case 40:
      case 91:
      case openBrace:
        if (!insideHeredoc) open.push(code);
        offset++;
        break;
      case 41:
      case 93:
      case closeBrace:
        // A "~}" ends no body or object.
        if (code === closeBrace && text.charCodeAt(offset - 1) === 126) {
          offset++;
          break;
        }
        if (!insideHeredoc && !close(open, code) && code === closeBrace) return resume(cursor, offset);
        offset++;
        break;
      default:
        offset++;
    }
  }
  // What encloses the item has no place to go on either.
  cursor.start = text.length;
  return false;
}

function resume(cursor: Cursor, offset: number): boolean {
  cursor.moveTo(offset);
  return true;
}

/** Closes the innermost bracket of this kind and all that are open inside it. A `)` or `]` without its opener closes nothing. */
function close(open: number[], code: number): boolean {
  const opener = code === 41 ? 40 : code - 2;
  const at = open.lastIndexOf(opener);
  if (at < 0) {
    if (code === closeBrace) open.length = 0;
    return false;
  }
  open.length = at;
  return true;
}

/** Whether a line begins an item beside one that is indented by `indentation`, or closes what encloses that. */
function beginsSibling(text: string, offset: number, column: number, indentation: number): boolean {
  if (text.charCodeAt(offset) === closeBrace) return column < indentation;
  if (column > indentation) return false;
  const name = nameEnd(text, offset);
  if (name === offset) return false;
  const next = skipBlanks(text, name);
  const code = text.charCodeAt(next);
  if (code === 61) return text.charCodeAt(next + 1) !== 61 && text.charCodeAt(next + 1) !== 62;
  if (code === openBrace) return true;
  return (code === quote || nameEnd(text, next) > next) && endsWithBrace(text, next) >= 0;
}

/** Offset of the `{` that ends the line of an offset, but for blanks; -1 when it doesn't end so. */
export function endsWithBrace(text: string, from: number): number {
  let offset = lineEnd(text, from) - 1;
  while (offset > from && isBlank(text.charCodeAt(offset))) offset--;
  return text.charCodeAt(offset) === openBrace ? offset : -1;
}

/** Whether the line after that of an offset is indented more, and so looks like the inside of a block. */
export function isFollowedByInside(text: string, offset: number): boolean {
  const end = text.indexOf('\n', offset);
  if (end < 0) return false;
  const first = skipBlanks(text, end + 1);
  return nameEnd(text, first) > first && first - end - 1 > indentationOf(text, offset);
}

/** How many blanks the line of an offset begins with. */
export function indentationOf(text: string, offset: number): number {
  const lineStart = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return skipBlanks(text, lineStart) - lineStart;
}

/** The number of blanks before an offset when nothing else is before it on its line, otherwise -1. */
export function columnOfFirst(text: string, offset: number): number {
  let before = offset - 1;
  while (before >= 0 && isBlank(text.charCodeAt(before))) before--;
  return before < 0 || text.charCodeAt(before) === lineFeed ? offset - before - 1 : -1;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

function skipBlanks(text: string, from: number): number {
  let offset = from;
  while (isBlank(text.charCodeAt(offset))) offset++;
  return offset;
}

function skipLineComment(cursor: Cursor, start: number): number {
  const end = lineEnd(cursor.text, start);
  cursor.addComment(start, end);
  // The line break is looked at next, even where it is a CRLF.
  return end;
}

function skipSlash(cursor: Cursor, start: number): number {
  const { text } = cursor;
  switch (text.charCodeAt(start + 1)) {
    case 47:
      return skipLineComment(cursor, start);
    case 42: {
      const end = text.indexOf('*/', start + 2);
      if (end < 0) return text.length;
      cursor.addComment(start, end + 2);
      return end + 2;
    }
    default:
      return start + 1;
  }
}

/** Offset of the line break behind the closing marker of a heredoc, or -1. */
function heredocEnd(cursor: Cursor, start: number, introductionEnd: number): number {
  const { text } = cursor;
  const markerStart = text.charCodeAt(start + 2) === 45 ? start + 3 : start + 2;
  const marker = text.slice(markerStart, nameEnd(text, markerStart));
  if (cursor.isUnclosed(marker, start)) return -1;
  let line = introductionEnd;
  while (line < text.length) {
    const end = text.indexOf('\n', line);
    if (end < 0) break;
    const first = skipBlanks(text, line);
    if (text.startsWith(marker, first) && text.slice(first, end).trim() === marker) return end;
    line = end + 1;
  }
  cursor.findMarkers();
  return -1;
}

/**
 * Offset one past the quote that closes the text opened at `start`, or of the end of the line if none does. Quoted texts inside
 * its interpolations are skipped as part of it.
 */
export function skipQuoted(text: string, start: number): number {
  const end = lineEnd(text, start);
  // Per open quoted text -1; per open sequence the number of braces that are open in it.
  const nesting = [-1];
  let offset = start + 1;
  while (offset < end) {
    const code = text.charCodeAt(offset);
    const top = nesting.length - 1;
    const braces = nesting[top] ?? -1;
    if (braces < 0) {
      if (code === 92) {
        offset++;
      } else if (code === quote) {
        nesting.pop();
        if (nesting.length === 0) return offset + 1;
      } else if ((code === 36 || code === 37) && text.charCodeAt(offset + 1) === openBrace) {
        nesting.push(0);
        offset++;
      } else if (
        (code === 36 || code === 37) &&
        text.charCodeAt(offset + 1) === code &&
        text.charCodeAt(offset + 2) === openBrace
      ) {
        offset += 2;
      }
    } else if (code === quote) {
      nesting.push(-1);
    } else if (code === openBrace) {
      nesting[top] = braces + 1;
    } else if (code === closeBrace) {
      if (braces === 0) nesting.pop();
      else nesting[top] = braces - 1;
    }
    offset++;
  }
  return end;
}
