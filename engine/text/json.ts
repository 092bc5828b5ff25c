import {
  asterisk,
  backslash,
  byteOrderMark,
  carriageReturn,
  closeBrace,
  closeBracket,
  colon,
  comma,
  digitNine,
  digitZero,
  dot,
  doubleQuote,
  endsToken,
  isPunctuation,
  isUnusualSpace,
  lineFeed,
  minus,
  openBrace,
  openBracket,
  plus,
  singleQuote,
  slash,
  space,
  tab,
} from './json-characters.ts';
import { decodeEscapes, findStringEnd } from './json-strings.ts';
import type { JsonArray, JsonDocument, JsonMember, JsonNode, JsonObject, JsonString } from './json-syntax.ts';
import type { Span, SyntaxProblem } from './span.ts';

/** Deeper nesting than this ends the reading with a problem. Real templates stay below 50. */
export const maximumJsonDepth = 500;
/** Further problems are dropped: they are the same mistake over and over, or the text is not JSON at all. */
export const maximumProblems = 200;

/** A string over several lines may be this long, in UTF-16 units; Azure's own limit of an expression is 24,576. */
const maximumMultiLineLength = 1_000_000;

/**
 * Reads JSON as Azure's tools accept it and people write it: with comments, a byte order mark and line breaks inside
 * strings; and with mistakes, each of which becomes a problem while everything around it is kept. Never throws.
 */
export function parseJson(text: string): JsonDocument {
  return new JsonParser(text).parseDocument();
}

class JsonParser {
  private readonly text: string;
  private readonly length: number;
  private readonly problems: SyntaxProblem[] = [];
  private readonly comments: Span[] = [];
  private offset = 0;
  private depth = 0;
  private openObjects = 0;
  private openArrays = 0;
  /** Set when the nesting budget is used up: the rest of the text is left unread and nothing more is reported. */
  private stopped = false;

  constructor(text: string) {
    this.text = text;
    this.length = text.length;
  }

  parseDocument(): JsonDocument {
    if (this.text.charCodeAt(0) === byteOrderMark) this.offset = 1;
    this.skipTrivia();
    let root: JsonNode | undefined;
    if (this.offset >= this.length) {
      this.report('This JSON text is empty; expected a value.', this.offset, this.length);
    } else {
      root = this.parseValue();
      while (root === undefined && !this.stopped && this.offset < this.length) {
        // parseValue has reported the first stray token; look behind it for something to keep.
        if (isPunctuation(this.text.charCodeAt(this.offset))) this.offset++;
        this.skipTrivia();
        if (this.offset >= this.length) break;
        const code = this.text.charCodeAt(this.offset);
        root = code === openBrace || code === openBracket ? this.parseValue() : undefined;
        if (root === undefined && !isPunctuation(code)) this.skipWord();
      }
      this.skipTrivia();
      if (this.offset < this.length) {
        this.report('Unexpected text after the end of the JSON value.', this.offset, this.length);
      }
    }
    return { root, problems: this.problems, comments: this.comments };
  }

  /** Reads a value at the current offset, trivia already skipped. Reports and returns undefined where there is none. */
  private parseValue(): JsonNode | undefined {
    const start = this.offset;
    const code = this.text.charCodeAt(start);
    switch (code) {
      case openBrace:
        return this.parseObject();
      case openBracket:
        return this.parseArray();
      case doubleQuote:
        return this.parseString();
      case singleQuote:
        return this.parseSingleQuoted();
    }
    if ((code >= digitZero && code <= digitNine) || code === minus || code === plus || code === dot) {
      return this.parseNumber();
    }
    if (isPunctuation(code) || start >= this.length) {
      this.report('Expected a value here.', start, Math.min(start + 1, this.length));
      return undefined;
    }
    this.skipWord();
    const end = this.offset;
    const word = this.text.slice(start, end);
    if (word === 'true' || word === 'false') return { kind: 'boolean', start, end, value: word === 'true' };
    if (word === 'null') return { kind: 'null', start, end, value: null };
    this.report(`Expected a value, found '${shorten(word)}'. Text has to be in double quotes.`, start, end);
    return undefined;
  }

  private parseObject(): JsonObject | undefined {
    const start = this.offset;
    if (!this.enter(start)) return undefined;
    this.openObjects++;
    this.offset++;
    const members: JsonMember[] = [];
    let closed = false;
    /** Offset of the comma before the next member, -1 when there is none. */
    let separator = -1;
    while (!this.stopped) {
      this.skipTrivia();
      if (this.offset >= this.length) break;
      const code = this.text.charCodeAt(this.offset);
      if (code === closeBrace) {
        if (separator >= 0 && members.length > 0) this.reportTrailingComma(separator);
        this.offset++;
        closed = true;
        break;
      }
      if (code === closeBracket && this.openArrays > 0) break;
      if (code === comma) {
        if (separator >= 0 || members.length === 0) {
          this.report('Expected a property name before this comma.', this.offset, this.offset + 1);
        }
        separator = this.offset;
        this.offset++;
        continue;
      }
      if (code === colon || code === closeBracket) {
        this.report(`Expected a property name, found '${String.fromCharCode(code)}'.`, this.offset, this.offset + 1);
        this.offset++;
        continue;
      }
      const previous = members[members.length - 1];
      if (previous?.value !== undefined && separator < 0) this.reportMissingComma(previous);
      separator = -1;
      const member = this.parseMember(code);
      if (member !== undefined) members.push(member);
    }
    const end = this.offset;
    if (!closed) this.report("This object is not closed: expected '}'.", start, start + 1);
    this.openObjects--;
    this.depth--;
    this.reportDuplicates(members);
    return { kind: 'object', start, end, members };
  }

  private parseMember(code: number): JsonMember | undefined {
    const key = this.parseKey(code);
    if (key === undefined) return undefined;
    this.skipTrivia();
    let colonOffset = -1;
    if (this.text.charCodeAt(this.offset) === colon) {
      colonOffset = this.offset;
      this.offset++;
      this.skipTrivia();
    } else {
      this.report("Expected ':' after the property name.", key.end, key.end);
      if (this.offset >= this.length || isPunctuation(this.text.charCodeAt(this.offset)) || !this.sameLine(key.end)) {
        return { start: key.start, end: key.end, key, colon: -1, value: undefined };
      }
    }
    const headEnd = colonOffset < 0 ? key.end : colonOffset + 1;
    const next = this.text.charCodeAt(this.offset);
    if (this.offset >= this.length || next === comma || next === closeBrace || next === closeBracket) {
      this.report('Expected a value after the colon.', headEnd, headEnd);
      return { start: key.start, end: headEnd, key, colon: colonOffset, value: undefined };
    }
    const before = this.offset;
    const problemsBefore = this.problems.length;
    const commentsBefore = this.comments.length;
    const value = this.parseValue();
    if (value !== undefined && value.kind === 'string') {
      this.skipTrivia();
      if (this.text.charCodeAt(this.offset) === colon) {
        // A string that a colon follows is the next property's name: this property has no value yet.
        this.offset = before;
        this.problems.length = problemsBefore;
        this.comments.length = commentsBefore;
        this.report('Expected a value after the colon.', headEnd, headEnd);
        return { start: key.start, end: headEnd, key, colon: colonOffset, value: undefined };
      }
    }
    return { start: key.start, end: value === undefined ? headEnd : value.end, key, colon: colonOffset, value };
  }

  private parseKey(code: number): JsonString | undefined {
    if (code === doubleQuote) return this.parseString();
    if (code === singleQuote) return this.parseSingleQuoted();
    const start = this.offset;
    if (code === openBrace || code === openBracket) {
      this.report('Expected a property name before this value.', start, start + 1);
      this.parseValue();
      return undefined;
    }
    this.skipWord();
    const end = this.offset;
    const value = this.text.slice(start, end);
    this.report('A property name has to be in double quotes.', start, end);
    return { kind: 'string', start, end, value, contentStart: start, contentEnd: end, escaped: false };
  }

  private parseArray(): JsonArray | undefined {
    const start = this.offset;
    if (!this.enter(start)) return undefined;
    this.openArrays++;
    this.offset++;
    const items: JsonNode[] = [];
    let closed = false;
    let separator = -1;
    while (!this.stopped) {
      this.skipTrivia();
      if (this.offset >= this.length) break;
      const code = this.text.charCodeAt(this.offset);
      if (code === closeBracket) {
        if (separator >= 0 && items.length > 0) this.reportTrailingComma(separator);
        this.offset++;
        closed = true;
        break;
      }
      if (code === closeBrace && this.openObjects > 0) break;
      if (code === comma) {
        if (separator >= 0 || items.length === 0) {
          this.report('Expected a value before this comma.', this.offset, this.offset + 1);
        }
        separator = this.offset;
        this.offset++;
        continue;
      }
      if (code === colon || code === closeBrace) {
        this.report(`Expected a value, found '${String.fromCharCode(code)}'.`, this.offset, this.offset + 1);
        this.offset++;
        continue;
      }
      const previous = items[items.length - 1];
      if (previous !== undefined && separator < 0) this.reportMissingComma(previous);
      separator = -1;
      const item = this.parseValue();
      if (item !== undefined) items.push(item);
    }
    const end = this.offset;
    if (!closed) this.report("This array is not closed: expected ']'.", start, start + 1);
    this.openArrays--;
    this.depth--;
    return { kind: 'array', start, end, items };
  }

  private parseString(): JsonString {
    const text = this.text;
    const start = this.offset;
    const contentStart = start + 1;
    let offset = contentStart;
    let code = text.charCodeAt(offset);
    // Most strings are one line of plain text; everything else goes the slower way below.
    while (code !== doubleQuote && code >= space && code !== backslash) code = text.charCodeAt(++offset);
    if (code === doubleQuote) {
      this.offset = offset + 1;
      const value = text.slice(contentStart, offset);
      return { kind: 'string', start, end: offset + 1, value, contentStart, contentEnd: offset, escaped: false };
    }
    // A text that is full of mistakes gets no more looking ahead: it would be read over and over.
    const lookAhead = this.problems.length < maximumProblems ? maximumMultiLineLength : 0;
    const found = findStringEnd(text, contentStart, offset, lookAhead);
    const contentEnd = found.contentEnd;
    const end = found.closed ? contentEnd + 1 : contentEnd;
    this.offset = end;
    if (!found.closed) this.report("This string is not closed: expected '\"' before the end of the line.", start, end);
    let value: string;
    if (found.escaped) {
      const decoded = decodeEscapes(text, contentStart, contentEnd);
      value = decoded.value;
      for (const span of decoded.broken) {
        this.report(`'${text.slice(span.start, span.end)}' is not an escape of JSON.`, span.start, span.end);
      }
    } else {
      value = text.slice(contentStart, contentEnd);
    }
    return { kind: 'string', start, end, value, contentStart, contentEnd, escaped: found.escaped };
  }

  private parseSingleQuoted(): JsonString {
    const start = this.offset;
    let offset = start + 1;
    let code = this.text.charCodeAt(offset);
    while (code !== singleQuote && code !== lineFeed && code !== carriageReturn && offset < this.length) {
      code = this.text.charCodeAt(++offset);
    }
    const contentEnd = Math.min(offset, this.length);
    const end = code === singleQuote ? contentEnd + 1 : contentEnd;
    this.offset = end;
    this.report('JSON strings take double quotes.', start, end);
    const value = this.text.slice(start + 1, contentEnd);
    return { kind: 'string', start, end, value, contentStart: start + 1, contentEnd, escaped: false };
  }

  private parseNumber(): JsonNode {
    const text = this.text;
    const start = this.offset;
    let offset = start;
    let code = text.charCodeAt(offset);
    let integer = 0;
    while (code >= digitZero && code <= digitNine) {
      integer = integer * 10 + (code - digitZero);
      code = text.charCodeAt(++offset);
    }
    const digits = offset - start;
    if (digits > 0 && digits < 16 && endsToken(code) && (digits === 1 || text.charCodeAt(start) !== digitZero)) {
      this.offset = offset;
      return { kind: 'number', start, end: offset, value: integer };
    }
    this.skipWord();
    const end = this.offset;
    const word = text.slice(start, end);
    if (!numberPattern.test(word)) this.report(`'${shorten(word)}' is not a number of JSON.`, start, end);
    const value = Number(word);
    return { kind: 'number', start, end, value: Number.isNaN(value) ? 0 : value };
  }

  /** Takes at least one unit, then all up to the next punctuation, white space, quote or comment. */
  private skipWord(): void {
    this.offset++;
    while (this.offset < this.length && !endsToken(this.text.charCodeAt(this.offset))) this.offset++;
  }

  private skipTrivia(): void {
    const text = this.text;
    let offset = this.offset;
    for (;;) {
      const code = text.charCodeAt(offset);
      if (code === space || code === lineFeed || code === carriageReturn || code === tab) {
        offset++;
      } else if (code === slash) {
        const end = this.commentEnd(offset);
        if (end === offset) break;
        this.comments.push({ start: offset, end });
        offset = end;
      } else if (code > 0x7f && isUnusualSpace(code)) {
        this.report('This is white space that JSON does not know; take an ordinary space.', offset, offset + 1);
        offset++;
      } else {
        break;
      }
    }
    this.offset = offset;
  }

  /** Offset after the comment that begins at `start`; `start` itself when none does. */
  private commentEnd(start: number): number {
    const second = this.text.charCodeAt(start + 1);
    if (second === slash) {
      let end = start + 2;
      let code = this.text.charCodeAt(end);
      while (end < this.length && code !== lineFeed && code !== carriageReturn) code = this.text.charCodeAt(++end);
      return end;
    }
    if (second !== asterisk) return start;
    const close = this.text.indexOf('*/', start + 2);
    if (close >= 0) return close + 2;
    this.report("This comment is not closed: expected '*/'.", start, start + 2);
    return this.length;
  }

  private enter(start: number): boolean {
    this.depth++;
    if (this.depth <= maximumJsonDepth) return true;
    this.report(`Nesting is deeper than ${maximumJsonDepth} levels; the rest is not read.`, start, start + 1);
    this.stopped = true;
    this.offset = this.length;
    return false;
  }

  private sameLine(end: number): boolean {
    for (let offset = end; offset < this.offset; offset++) {
      const code = this.text.charCodeAt(offset);
      if (code === lineFeed || code === carriageReturn) return false;
    }
    return true;
  }

  private reportTrailingComma(offset: number): void {
    this.report('This comma is followed by nothing; JSON has no trailing comma.', offset, offset + 1);
  }

  private reportMissingComma(previous: Span): void {
    this.report("Expected ',' before the next entry.", previous.end, previous.end);
  }

  private reportDuplicates(members: readonly JsonMember[]): void {
    if (members.length < 2) return;
    if (members.length <= 8) {
      for (let index = 1; index < members.length; index++) {
        const key = members[index]?.key;
        if (key === undefined) continue;
        for (let before = 0; before < index; before++) {
          if (members[before]?.key.value !== key.value) continue;
          this.reportDuplicate(key);
          break;
        }
      }
      return;
    }
    const seen = new Set<string>();
    for (const member of members) {
      if (seen.has(member.key.value)) this.reportDuplicate(member.key);
      else seen.add(member.key.value);
    }
  }

  private reportDuplicate(key: JsonString): void {
    this.report(`'${shorten(key.value)}' is set twice in this object; the last one counts.`, key.start, key.end);
  }

  private report(message: string, start: number, end: number): void {
    if (this.stopped || this.problems.length >= maximumProblems) return;
    this.problems.push({ start, end, message });
  }
}

const numberPattern = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/;

function shorten(word: string): string {
  return word.length <= 40 ? word : `${word.slice(0, 40)}…`;
}
