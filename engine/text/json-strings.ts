import {
  backslash,
  carriageReturn,
  closeBrace,
  closeBracket,
  colon,
  comma,
  doubleQuote,
  lineFeed,
  slash,
  space,
} from './json-characters.ts';
import { escapeLength, hexadecimalValue } from './json-syntax.ts';
import type { Span } from './span.ts';

export interface StringEnd {
  /** Offset of the closing quote, or of the end of the content where it is missing. */
  readonly contentEnd: number;
  readonly closed: boolean;
  readonly escaped: boolean;
}

/**
 * Finds where a string ends whose content begins at `contentStart`. Nothing before `from` is a quote, an escape or a
 * control character. Azure accepts line breaks inside strings (expressions over several lines), so a line break alone
 * does not end one. But where the next quote is not followed by what may follow a string, it is the first quote of
 * another string, and this one was left open on its first line. At most
 * `lookAhead` units are looked at after the first line break.
 */
export function findStringEnd(text: string, contentStart: number, from: number, lookAhead: number): StringEnd {
  let escaped = false;
  let firstBreak = -1;
  let escapedBeforeBreak = false;
  let offset = from;
  let limit = text.length;
  while (offset < limit) {
    const code = text.charCodeAt(offset);
    if (code === doubleQuote) {
      if (firstBreak >= 0 && !mayFollowString(text, offset + 1)) break;
      return { contentEnd: offset, closed: true, escaped };
    }
    if (code === backslash) {
      escaped = true;
      const next = text.charCodeAt(offset + 1);
      offset += next === lineFeed || next === carriageReturn ? 1 : 2;
      continue;
    }
    if ((code === lineFeed || code === carriageReturn) && firstBreak < 0) {
      firstBreak = offset;
      limit = Math.min(limit, offset + lookAhead);
      escapedBeforeBreak = escaped;
    }
    offset++;
  }
  if (firstBreak < 0) return { contentEnd: text.length, closed: false, escaped };
  return { contentEnd: trimOpenEnd(text, contentStart, firstBreak), closed: false, escaped: escapedBeforeBreak };
}

function mayFollowString(text: string, from: number): boolean {
  let offset = from;
  while (offset < text.length && text.charCodeAt(offset) <= space) offset++;
  if (offset >= text.length) return true;
  const code = text.charCodeAt(offset);
  return code === comma || code === closeBrace || code === closeBracket || code === colon || code === slash;
}

/** Leaves out blanks and the comma at the end of a line: whoever forgot the quote meant the comma for the list. */
function trimOpenEnd(text: string, contentStart: number, lineEnd: number): number {
  let end = lineEnd;
  while (end > contentStart && text.charCodeAt(end - 1) <= space) end--;
  if (end > contentStart && text.charCodeAt(end - 1) === comma) end--;
  return end;
}

/** Decodes the escapes in `[start, end)`. Of a broken one only the unit after the backslash is kept; its span is returned with their spans. */
export function decodeEscapes(text: string, start: number, end: number): { value: string; broken: readonly Span[] } {
  const broken: Span[] = [];
  let value = '';
  let plainFrom = start;
  let offset = start;
  while (offset < end) {
    const backslashAt = text.indexOf('\\', offset);
    if (backslashAt < 0 || backslashAt >= end) break;
    value += text.slice(plainFrom, backslashAt);
    const length = escapeLength(text, backslashAt, end);
    const decoded =
      length === 6 ? hexadecimalValue(text, backslashAt + 2) : simpleEscape(text.charCodeAt(backslashAt + 1));
    if (length > 1 && decoded >= 0) {
      value += String.fromCharCode(decoded);
    } else {
      broken.push({ start: backslashAt, end: Math.min(backslashAt + 2, end) });
      // One decoded unit per escape, broken or not, keeps the way back to source offsets simple.
      value += length > 1 ? text.charAt(backslashAt + 1) : '\\';
    }
    offset = backslashAt + length;
    plainFrom = offset;
  }
  return { value: value + text.slice(plainFrom, end), broken };
}

/** The code unit that a backslash and this unit stand for, or -1. */
function simpleEscape(code: number): number {
  switch (code) {
    case doubleQuote:
    case backslash:
    case slash:
      return code;
    case 0x62:
      return 0x08;
    case 0x66:
      return 0x0c;
    case 0x6e:
      return lineFeed;
    case 0x72:
      return carriageReturn;
    case 0x74:
      return 0x09;
    default:
      return -1;
  }
}
