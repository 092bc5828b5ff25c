import { parseForNames } from './parser-collections.ts';
import { missing, parseExpression } from './parser-expressions.ts';
import { skipQuoted, stopUnexpected } from './parser-recovery.ts';
import type { Expression, Heredoc, Label, TemplateLiteral } from './syntax.ts';
import { arrangeDirectives, type Piece, removeIndentation, trimEnd, trimStart } from './template-pieces.ts';
import { decode, decodeEscapes, isSpace } from './template-text.ts';
import {
  type Cursor,
  closeBraceToken,
  identifierToken,
  lineEnd,
  nameEnd,
  stoppedToken,
  trimmingBraceToken,
} from './tokens.ts';

/*
 * Quoted texts and heredocs. Their text is scanned here; inside `${ }` and `%{ }` the cursor takes over and is set behind the
 * text in the end.
 */

const lineFeed = 10;
const carriageReturn = 13;
const quote = 34;
const dollar = 36;
const percent = 37;
const backslash = 92;
const openBrace = 123;
const tilde = 126;

/** Reads a quoted text or template; the cursor stands on its opening quote. */
export function parseQuoted(cursor: Cursor): Expression {
  const { text, start } = cursor;
  const outer = cursor.newlines;
  let pieces: Piece[] | undefined;
  let height = 0;
  let trims = false;
  let plain = true;
  let offset = start + 1;
  let literalStart = offset;
  for (;;) {
    const code = text.charCodeAt(offset);
    if (code === quote) break;
    if (code === dollar || code === percent) {
      const next = text.charCodeAt(offset + 1);
      if (next === openBrace) {
        pieces ??= [];
        if (offset > literalStart) pieces.push(literal(cursor, literalStart, offset, plain, true, trims));
        trims = parseSequence(cursor, offset, code, pieces);
        height = Math.max(height, cursor.height);
        if (cursor.is(stoppedToken)) {
          cursor.newlines = outer;
          return missing(cursor, start);
        }
        offset = cursor.end;
        literalStart = offset;
        plain = true;
      } else if (next === code && text.charCodeAt(offset + 2) === openBrace) {
        plain = false;
        offset += 3;
      } else {
        offset++;
      }
    } else if (code === backslash) {
      plain = false;
      offset += endsLine(text, offset + 1) ? 1 : 2;
    } else if (code === lineFeed || code === carriageReturn || offset >= text.length) {
      return unclosedQuote(cursor, start, offset, outer);
    } else {
      if (code >= 128) plain = false;
      offset++;
    }
  }
  const value = pieces === undefined ? decode(cursor, literalStart, offset, plain, true) : '';
  if (pieces !== undefined && offset > literalStart)
    pieces.push(literal(cursor, literalStart, offset, plain, true, trims));
  const end = offset + 1;
  cursor.newlines = outer;
  cursor.end = end;
  cursor.advance();
  cursor.height = height + 1;
  if (pieces === undefined) return { kind: 'string', start, end, value };
  const wraps = pieces.length === 1 && pieces[0]?.kind === 'interpolation';
  return { kind: 'template', start, end, heredoc: undefined, wraps, parts: arrangeDirectives(cursor, pieces) };
}

/** Reads the whole text as one template: a file of `templatefile()`, a text of the JSON syntax. Nothing in it is escaped. */
export function parseBareTemplate(cursor: Cursor): Expression {
  const { text } = cursor;
  const pieces: Piece[] = [];
  let trims = false;
  let plain = true;
  let offset = 0;
  let literalStart = 0;
  while (offset < text.length) {
    const code = text.charCodeAt(offset);
    if (code !== dollar && code !== percent) {
      if (code >= 128) plain = false;
      offset++;
    } else if (text.charCodeAt(offset + 1) === openBrace) {
      if (offset > literalStart) pieces.push(literal(cursor, literalStart, offset, plain, false, trims));
      trims = parseSequence(cursor, offset, code, pieces);
      if (cursor.is(stoppedToken)) return { kind: 'missing', start: 0, end: text.length };
      offset = cursor.end;
      literalStart = offset;
      plain = true;
    } else if (text.charCodeAt(offset + 1) === code && text.charCodeAt(offset + 2) === openBrace) {
      plain = false;
      offset += 3;
    } else {
      offset++;
    }
  }
  if (text.length > literalStart) pieces.push(literal(cursor, literalStart, text.length, plain, false, trims));
  const [only] = pieces;
  if (only === undefined) return { kind: 'string', start: 0, end: 0, value: '' };
  if (pieces.length === 1 && only.kind === 'literal')
    return { kind: 'string', start: 0, end: text.length, value: only.text };
  const wraps = pieces.length === 1 && only.kind === 'interpolation';
  return {
    kind: 'template',
    start: 0,
    end: text.length,
    heredoc: undefined,
    wraps,
    parts: arrangeDirectives(cursor, pieces),
  };
}

function unclosedQuote(cursor: Cursor, start: number, end: number, outer: boolean): Expression {
  cursor.newlines = outer;
  placeAt(cursor, end);
  cursor.stop(start, end, 'This text is not closed; expected a double quote before the end of the line.');
  return missing(cursor, start);
}

function endsLine(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  return code === lineFeed || code === carriageReturn || offset >= text.length;
}

/** Lets the cursor stand, on nothing, at an offset where reading ended. */
function placeAt(cursor: Cursor, offset: number): void {
  cursor.start = offset;
  cursor.end = offset;
  cursor.previousEnd = offset;
}

/** Reads a heredoc; the cursor stands on its introduction, which ends with the first line break. */
export function parseHeredoc(cursor: Cursor): Expression {
  const { text, start } = cursor;
  const outer = cursor.newlines;
  const flush = text.charCodeAt(start + 2) === 45;
  const markerStart = flush ? start + 3 : start + 2;
  const introductionEnd = nameEnd(text, markerStart);
  const marker = text.slice(markerStart, introductionEnd);
  const bodyStart = cursor.end;
  if (cursor.isUnclosed(marker, start)) return unclosedHeredoc(cursor, start, introductionEnd, marker);

  const pieces: Piece[] = [];
  let height = 0;
  let line = bodyStart;
  let close = -1;
  while (close < 0) {
    // A sequence may have left line breaks off.
    cursor.newlines = outer;
    if (line >= text.length) return unclosedHeredoc(cursor, start, introductionEnd, marker);
    close = closingMarker(text, line, marker);
    if (close >= 0) break;
    let trims = false;
    let plain = true;
    let offset = line;
    let literalStart = line;
    for (;;) {
      const code = text.charCodeAt(offset);
      if (code === lineFeed) break;
      if (code === dollar || code === percent) {
        const next = text.charCodeAt(offset + 1);
        if (next === openBrace) {
          if (offset > literalStart) pieces.push(literal(cursor, literalStart, offset, plain, false, trims));
          trims = parseSequence(cursor, offset, code, pieces);
          height = Math.max(height, cursor.height);
          if (cursor.is(stoppedToken)) {
            cursor.newlines = outer;
            return missing(cursor, start);
          }
          offset = cursor.end;
          literalStart = offset;
          plain = true;
        } else if (next === code && text.charCodeAt(offset + 2) === openBrace) {
          plain = false;
          offset += 3;
        } else {
          offset++;
        }
      } else if (code === carriageReturn && text.charCodeAt(offset + 1) !== lineFeed) {
        cursor.report(offset, offset + 1, 'A carriage return cannot stand alone; lines end with LF or CRLF.');
        offset++;
      } else if (offset >= text.length) {
        cursor.newlines = outer;
        return unclosedHeredoc(cursor, start, introductionEnd, marker);
      } else {
        if (code >= 128) plain = false;
        offset++;
      }
    }
    pieces.push(literal(cursor, literalStart, offset + 1, plain, false, trims));
    line = offset + 1;
  }

  if (flush) removeIndentation(pieces);
  const heredoc: Heredoc = { kind: 'heredoc', start: bodyStart, end: line, marker, flush };
  cursor.newlines = outer;
  cursor.end = lineEnd(text, close);
  cursor.advance();
  cursor.previousEnd = close;
  cursor.height = height + 1;
  const wraps = pieces.length === 1 && pieces[0]?.kind === 'interpolation';
  return { kind: 'template', start, end: close, heredoc, wraps, parts: arrangeDirectives(cursor, pieces) };
}

/** Offset one past the closing marker where the line holds only that, and ends with a line break; otherwise -1. */
function closingMarker(text: string, line: number, marker: string): number {
  let offset = line;
  while (isSpaceInLine(text.charCodeAt(offset))) offset++;
  if (!text.startsWith(marker, offset)) return -1;
  const end = offset + marker.length;
  offset = end;
  while (isSpaceInLine(text.charCodeAt(offset))) offset++;
  if (text.charCodeAt(offset) === carriageReturn) offset++;
  return text.charCodeAt(offset) === lineFeed ? end : -1;
}

function isSpaceInLine(code: number): boolean {
  return code === 32 || code === 9 || (code >= 128 && isSpace(code)) || code === 11 || code === 12;
}

function unclosedHeredoc(cursor: Cursor, start: number, end: number, marker: string): Expression {
  cursor.findMarkers();
  placeAt(cursor, end);
  cursor.stop(
    start,
    end,
    `This heredoc is not closed; expected a line, ended by a line break, that holds only "${marker}".`,
  );
  return missing(cursor, start);
}

/**
 * Reads the `${ }` or `%{ }` at an offset into `pieces` and leaves the cursor on its closing brace, or stopped. True when it asks to
 * trim the text that follows.
 */
function parseSequence(cursor: Cursor, at: number, introducer: number, pieces: Piece[]): boolean {
  const { text } = cursor;
  const trimsBefore = text.charCodeAt(at + 2) === tilde;
  const before = pieces.at(-1);
  if (trimsBefore && before?.kind === 'literal') pieces[pieces.length - 1] = trimEnd(before);
  const inside = trimsBefore ? at + 3 : at + 2;
  cursor.newlines = false;
  cursor.moveTo(inside);
  if (introducer === percent) {
    parseDirective(cursor, at, pieces);
  } else {
    const expression = parseExpression(cursor);
    expectSequenceEnd(cursor, at, 'interpolation');
    pieces.push({ kind: 'interpolation', start: at, end: cursor.end, expression });
  }
  return cursor.is(trimmingBraceToken);
}

function expectSequenceEnd(cursor: Cursor, at: number, what: string): void {
  if (cursor.is(closeBraceToken) || cursor.is(trimmingBraceToken)) return;
  if (cursor.text.charCodeAt(at) === dollar) {
    stopUnexpected(cursor, `Expected "}" to end the ${what} ("$\${" writes the characters themselves)`);
  } else {
    stopUnexpected(cursor, `Expected "}" to end the ${what} ("%%{" writes the characters themselves)`);
  }
}

function parseDirective(cursor: Cursor, at: number, pieces: Piece[]): void {
  const word = cursor.is(identifierToken) ? cursor.tokenText() : '';
  switch (word) {
    case 'if': {
      cursor.advance();
      const condition = parseExpression(cursor);
      expectSequenceEnd(cursor, at, 'directive');
      pieces.push({ kind: 'opening', word, start: at, end: cursor.end, condition });
      return;
    }
    case 'for': {
      cursor.advance();
      const { keyName, valueName } = parseForNames(cursor);
      const collection = parseExpression(cursor);
      expectSequenceEnd(cursor, at, 'directive');
      pieces.push({ kind: 'opening', word, start: at, end: cursor.end, keyName, valueName, collection });
      return;
    }
    case 'else':
    case 'endif':
    case 'endfor':
      cursor.advance();
      expectSequenceEnd(cursor, at, 'directive');
      pieces.push({ kind: 'closing', word, start: at, end: cursor.end });
      return;
    default:
      stopUnexpected(cursor, 'Expected "if", "else", "endif", "for" or "endfor" after "%{"');
  }
}

function literal(
  cursor: Cursor,
  start: number,
  end: number,
  plain: boolean,
  quoted: boolean,
  trims: boolean,
): TemplateLiteral {
  const part: TemplateLiteral = { kind: 'literal', start, end, text: decode(cursor, start, end, plain, quoted) };
  return trims ? trimStart(part) : part;
}

/** Reads a quoted label of a block; the cursor stands on its opening quote. */
export function parseQuotedLabel(cursor: Cursor): Label {
  const { text, start } = cursor;
  const end = skipQuoted(text, start);
  const closed = end - start > 1 && text.charCodeAt(end - 1) === quote && isClosedLabel(text, start + 1, end - 1);
  if (!closed) {
    const label: Label = { kind: 'label', start, end, text: text.slice(start + 1, end), quoted: true };
    placeAt(cursor, end);
    cursor.stop(start, end, 'This label is not closed; expected a double quote before the end of the line.');
    return label;
  }
  for (let offset = start + 1; offset < end - 1; offset++) {
    const code = text.charCodeAt(offset);
    if (code === backslash) offset++;
    if ((code === dollar || code === percent) && text.charCodeAt(offset + 1) === openBrace) {
      cursor.report(offset, offset + 2, 'A label is plain text: it takes no interpolation or directive.');
      break;
    }
    if ((code === dollar || code === percent) && text.charCodeAt(offset + 1) === code) {
      offset += text.charCodeAt(offset + 2) === openBrace ? 2 : 0;
    }
  }
  const label: Label = {
    kind: 'label',
    start,
    end,
    text: decodeEscapes(cursor, start + 1, end - 1, true),
    quoted: true,
  };
  cursor.end = end;
  cursor.advance();
  return label;
}

/** Whether the quote at `end` is a closing one, and no carriage return stands in the label. */
function isClosedLabel(text: string, start: number, end: number): boolean {
  let offset = start;
  while (offset < end) {
    const code = text.charCodeAt(offset);
    if (code === carriageReturn) return false;
    offset += code === backslash ? 2 : 1;
  }
  return offset === end;
}
