import type { Span, SyntaxProblem } from '../../text/span.ts';
import type { Identifier, Pragma } from './syntax.ts';

const kinds = {
  endOfFile: 0,
  newline: 1,
  identifier: 2,
  /** The opening quotes only; the text behind them is read with `readSegment`. */
  string: 3,
  colon: 4,
  comma: 5,
  equals: 6,
  openBrace: 7,
  closeBrace: 8,
  openBracket: 9,
  closeBracket: 10,
  openParen: 11,
  closeParen: 12,
  greater: 13,
  less: 14,
  integer: 15,
  trueWord: 16,
  falseWord: 17,
  nullWord: 18,
  dot: 19,
  ellipsis: 20,
  question: 21,
  exclamation: 22,
  minus: 23,
  at: 24,
  pipe: 25,
  asterisk: 26,
  arrow: 27,
  doubleColon: 28,
  caret: 29,
  plus: 30,
  slash: 31,
  percent: 32,
  lessOrEqual: 33,
  greaterOrEqual: 34,
  doubleEquals: 35,
  notEquals: 36,
  equalsTilde: 37,
  notEqualsTilde: 38,
  doubleAmpersand: 39,
  doublePipe: 40,
  doubleQuestion: 41,
  semicolon: 42,
  unknown: 43,
} as const;

/**
 * Kinds of token, plain numbers for speed. The first ones stay below 31: recovery keeps sets of them in the bits of one
 * number. Declared as `number` so that a check of the current token doesn't narrow what the next check may find.
 */
export const Token: Readonly<Record<keyof typeof kinds, number>> = kinds;

/** What ended a segment of a string: the closing quotes, the opening of a hole, or the end of the line or file. */
export type SegmentStop = 'closed' | 'hole' | 'unterminated';

const longestIdentifier = 255;
const pragmaKinds = ['disable-next-line', 'disable-diagnostics', 'restore-diagnostics'] as const;

/** 1 starts an identifier, 2 continues it only (digits). */
const identifierClass = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95) identifierClass[code] = 1;
  else if (code >= 48 && code <= 57) identifierClass[code] = 2;
}

/** Kinds of the characters that are a token whatever follows. */
const singleCharacter = new Uint8Array(128);
for (const [character, kind] of [
  ['{', Token.openBrace],
  ['}', Token.closeBrace],
  ['(', Token.openParen],
  [')', Token.closeParen],
  ['[', Token.openBracket],
  [']', Token.closeBracket],
  [',', Token.comma],
  ['@', Token.at],
  ['+', Token.plus],
  ['-', Token.minus],
  ['*', Token.asterisk],
  ['/', Token.slash],
  ['%', Token.percent],
  ['^', Token.caret],
  [';', Token.semicolon],
] as const) {
  singleCharacter[character.charCodeAt(0)] = kind;
}

export function startsIdentifier(code: number): boolean {
  return identifierClass[code] === 1;
}

export function isLineBreak(code: number): boolean {
  return code === 10 || code === 13;
}

/**
 * Finds one token after another, on demand: `kind`, `start` and `end` describe the current one and no token is ever an
 * object. White space and comments are left out, the comments kept as spans. A run of line breaks is one `newline`
 * token. Problems of spelling (a string without an end, a wrong escape) are recorded here.
 */
export class Scanner {
  readonly text: string;
  kind = Token.newline;
  start = 0;
  end = 0;
  /** The end of the token before the current one. */
  previousEnd = 0;
  /** Where the last string segment ended, and why. */
  segmentEnd = 0;
  segmentStop: SegmentStop = 'closed';
  /** Set while text is skipped that a problem was reported for already. */
  silent = false;
  readonly comments: Span[] = [];
  readonly pragmas: Pragma[] = [];
  readonly problems: SyntaxProblem[] = [];

  constructor(text: string) {
    this.text = text;
    if (text.charCodeAt(0) === 0xfeff) this.end = 1;
  }

  next(): void {
    const text = this.text;
    const length = text.length;
    let at = this.end;
    this.previousEnd = at;
    for (;;) {
      if (at >= length) {
        this.set(Token.endOfFile, length, length);
        return;
      }
      const code = text.charCodeAt(at);
      if (code === 32 || code === 9) at++;
      else if (code === 47) {
        const after = text.charCodeAt(at + 1);
        if (after === 47) at = this.lineComment(at);
        else if (after === 42) at = this.blockComment(at);
        else break;
      } else if (code === 35) {
        const end = this.pragma(at);
        if (end === at) break;
        at = end;
      } else break;
    }
    this.start = at;
    const code = text.charCodeAt(at);
    if (code < 128) {
      const identifier = identifierClass[code];
      if (identifier === 1) this.word(at);
      else if (identifier === 2) this.integer(at);
      else this.punctuation(code, at);
    } else this.set(Token.unknown, at, at + (code >= 0xd800 && code < 0xdc00 && at + 1 < length ? 2 : 1));
  }

  /** True when the current token is the given word, which is no keyword anywhere else. */
  atWord(word: string): boolean {
    return (
      this.kind === Token.identifier &&
      this.end - this.start === word.length &&
      this.text.charCodeAt(this.start) === word.charCodeAt(0) &&
      this.text.startsWith(word, this.start)
    );
  }

  /** Offset of the next text that is no white space, comment, pragma or line break, from `offset` on. Records nothing. */
  skipBlank(offset: number): number {
    const text = this.text;
    let at = offset;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code === 32 || code === 9 || code === 10 || code === 13) at++;
      else if (code === 47 && text.charCodeAt(at + 1) === 47) at = this.lineEnd(at);
      else if (code === 47 && text.charCodeAt(at + 1) === 42) {
        const close = text.indexOf('*/', at + 2);
        at = close < 0 ? text.length : close + 2;
      } else if (code === 35 && this.pragmaKind(at) !== undefined) at = this.lineEnd(at);
      else break;
    }
    return at;
  }

  /** True when the word stands at `offset` as a whole identifier. */
  wordAt(word: string, offset: number): boolean {
    return this.text.startsWith(word, offset) && !(identifierClass[this.text.charCodeAt(offset + word.length)] ?? 0);
  }

  /** Offset of the next unit from `offset` on that is neither space nor tab. */
  skipSpaces(offset: number): number {
    let at = offset;
    while (this.text.charCodeAt(at) === 32 || this.text.charCodeAt(at) === 9) at++;
    return at;
  }

  /** End of the line that `offset` is in, its line break left out. */
  lineEnd(offset: number): number {
    const text = this.text;
    let at = offset;
    while (at < text.length && !isLineBreak(text.charCodeAt(at))) at++;
    return at;
  }

  /** True when only white space stands before `offset` on its line. */
  firstOnLine(offset: number): boolean {
    let at = offset - 1;
    while (at >= 0) {
      const code = this.text.charCodeAt(at);
      if (isLineBreak(code)) return true;
      if (code !== 32 && code !== 9 && code !== 0xfeff) return false;
      at--;
    }
    return true;
  }

  /** Ends a segment of a string: see `readSegment`. */
  endSegment(segmentEnd: number, end: number, stop: SegmentStop): void {
    this.segmentEnd = segmentEnd;
    this.end = end;
    this.segmentStop = stop;
  }

  /** What ended the last segment of a string. */
  endedAt(stop: SegmentStop): boolean {
    return this.segmentStop === stop;
  }

  report(start: number, end: number, message: string): void {
    if (!this.silent) this.problems.push({ start, end, message });
  }

  protected set(kind: number, start: number, end: number): void {
    this.kind = kind;
    this.start = start;
    this.end = end;
  }

  private word(start: number): void {
    const text = this.text;
    let at = start + 1;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code >= 128 || identifierClass[code] === 0) break;
      at++;
    }
    this.end = at;
    this.kind = Token.identifier;
    const length = at - start;
    if (length === 4) {
      const first = text.charCodeAt(start);
      if (first === 116 && text.startsWith('true', start)) this.kind = Token.trueWord;
      else if (first === 110 && text.startsWith('null', start)) this.kind = Token.nullWord;
    } else if (length === 5) {
      if (text.charCodeAt(start) === 102 && text.startsWith('false', start)) this.kind = Token.falseWord;
    } else if (length > longestIdentifier) {
      this.report(start, at, `This name has ${length} characters; Bicep allows ${longestIdentifier}.`);
    }
  }

  private integer(start: number): void {
    const text = this.text;
    let at = start + 1;
    while (at < text.length && identifierClass[text.charCodeAt(at)] === 2) at++;
    this.set(Token.integer, start, at);
  }

  private punctuation(code: number, at: number): void {
    const single = singleCharacter[code] ?? 0;
    if (single > 0) this.set(single, at, at + 1);
    else if (code === 10 || code === 13) {
      let end = at + 1;
      while (isLineBreak(this.text.charCodeAt(end))) end++;
      this.set(Token.newline, at, end);
    } else if (code === 39) {
      const multiLine = this.text.charCodeAt(at + 1) === 39 && this.text.charCodeAt(at + 2) === 39;
      this.set(Token.string, at, multiLine ? at + 3 : at + 1);
    } else if (code === 36) this.dollar(at);
    else this.compound(code, at);
  }

  /** Operators that are also the beginning of longer ones. */
  private compound(code: number, at: number): void {
    const after = this.text.charCodeAt(at + 1);
    let short = Token.unknown;
    let long = 0;
    switch (code) {
      case 58:
        short = Token.colon;
        if (after === 58) long = Token.doubleColon;
        break;
      case 61:
        short = Token.equals;
        if (after === 61) long = Token.doubleEquals;
        else if (after === 126) long = Token.equalsTilde;
        else if (after === 62) long = Token.arrow;
        break;
      case 63:
        short = Token.question;
        if (after === 63) long = Token.doubleQuestion;
        break;
      case 33:
        short = Token.exclamation;
        if (after === 61) long = Token.notEquals;
        else if (after === 126) long = Token.notEqualsTilde;
        break;
      case 60:
        short = Token.less;
        if (after === 61) long = Token.lessOrEqual;
        break;
      case 62:
        short = Token.greater;
        if (after === 61) long = Token.greaterOrEqual;
        break;
      case 38:
        if (after === 38) long = Token.doubleAmpersand;
        break;
      case 124:
        short = Token.pipe;
        if (after === 124) long = Token.doublePipe;
        break;
      case 46:
        short = Token.dot;
        if (after === 46 && this.text.charCodeAt(at + 2) === 46) {
          this.set(Token.ellipsis, at, at + 3);
          return;
        }
        break;
      default:
        break;
    }
    if (long > 0) this.set(long, at, at + 2);
    else this.set(short, at, at + 1);
  }

  private dollar(start: number): void {
    const text = this.text;
    let at = start + 1;
    while (text.charCodeAt(at) === 36) at++;
    if (text.startsWith("'''", at)) this.set(Token.string, start, at + 3);
    else this.set(Token.unknown, start, at);
  }

  private lineComment(start: number): number {
    const end = this.lineEnd(start + 2);
    this.comments.push({ start, end });
    return end;
  }

  private blockComment(start: number): number {
    const close = this.text.indexOf('*/', start + 2);
    const end = close < 0 ? this.text.length : close + 2;
    if (close < 0) this.report(start, start + 2, "This comment has no end; expected '*/'.");
    this.comments.push({ start, end });
    return end;
  }

  private pragmaKind(at: number): Pragma['kind'] | undefined {
    const kind = pragmaKinds.find((candidate) => this.text.startsWith(candidate, at + 1));
    return kind !== undefined && this.firstOnLine(at) ? kind : undefined;
  }

  /** Reads the pragma at `start`, if there is one, and returns where it ends: at `start` when there is none. */
  private pragma(start: number): number {
    const kind = this.pragmaKind(start);
    if (kind === undefined) return start;
    const text = this.text;
    const codes: Identifier[] = [];
    let end = start + 1 + kind.length;
    let at = end;
    for (;;) {
      while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9) at++;
      const from = at;
      while (text.charCodeAt(at) === 45 || identifierClass[text.charCodeAt(at)]) at++;
      if (at === from) break;
      codes.push({ kind: 'identifier', start: from, end: at, name: text.slice(from, at) });
      end = at;
    }
    if (codes.length === 0) {
      this.report(start, end, `#${kind} names no code; expected one or more codes behind it.`);
    }
    this.pragmas.push({ kind, start, end, codes });
    return end;
  }
}
