import type { Span, SyntaxProblem } from '../../text/span.ts';

/*
 * The scanner of HCL's native syntax. It makes no token objects: a cursor stands on one token, given by its kind and its offsets.
 * A punctuation mark of one character has its character code as its kind. The inside of quoted texts and heredocs is not scanned
 * here but by the template parser, which then sets the cursor behind them.
 */

export const endToken = 0;
export const newlineToken = 10;
export const bangToken = 33;
export const quoteToken = 34;
export const percentToken = 37;
export const openParenthesisToken = 40;
export const closeParenthesisToken = 41;
export const starToken = 42;
export const plusToken = 43;
export const commaToken = 44;
export const minusToken = 45;
export const dotToken = 46;
export const slashToken = 47;
export const colonToken = 58;
export const lessToken = 60;
export const assignToken = 61;
export const greaterToken = 62;
export const questionToken = 63;
export const openBracketToken = 91;
export const closeBracketToken = 93;
export const openBraceToken = 123;
export const closeBraceToken = 125;

export const identifierToken = 200;
export const numberToken = 201;
/** `<<MARKER` or `<<-MARKER` with the line break after it. */
export const heredocToken = 202;
export const equalToken = 203;
export const notEqualToken = 204;
export const lessEqualToken = 205;
export const greaterEqualToken = 206;
export const andToken = 207;
export const orToken = 208;
export const doubleColonToken = 209;
export const ellipsisToken = 210;
export const arrowToken = 211;
/** `~}`, the end of a template sequence that trims. */
export const trimmingBraceToken = 212;
/** A character that has no meaning in the language. */
export const invalidToken = 213;
/** Stands for every further token once a mistake was reported, until the parser has found a place to go on. */
export const stoppedToken = 214;

/** How deep expressions and blocks may be nested; far beyond what people write, far below what a call stack holds. */
export const maximumDepth = 200;
/** How high a tree may grow where nesting is no deeper: long chains of operators and accesses lean to one side. */
export const maximumHeight = 1500;

const lineFeed = 10;
const carriageReturn = 13;

/** Bits per ASCII code: may begin a name, may continue a name, is a digit. */
const beginsName = 1;
const continuesName = 2;
const isDigit = 4;
const classes = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const character = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(character)) classes[code] = beginsName | continuesName;
  else if (/[0-9]/.test(character)) classes[code] = continuesName | isDigit;
  else if (character === '-') classes[code] = continuesName;
}

export class Cursor {
  readonly text: string;
  /** The token that the cursor stands on. */
  kind = endToken;
  start = 0;
  end = 0;
  /** Where the token before it ended. */
  previousEnd = 0;
  /** Whether line breaks are tokens here: in bodies and objects they are, in other brackets they are white space. */
  newlines = true;
  /** How many expressions and blocks enclose the cursor. */
  depth = 0;
  /** Height of the expression tree that was read last. */
  height = 0;
  /** Where a construct was found to end before its closing mark; the parser goes on there. */
  resumeAt = -1;
  /** Set once nesting is too deep: the whole argument is given up then, so that there is one problem. */
  abandoned = false;
  /** Set when brackets and blocks don't balance, so that indentation is worth a look. */
  unbalanced = false;
  /** Whether indentation may tell that a block or object has ended. */
  readonly trustsIndentation: boolean;
  readonly comments: Span[] = [];
  readonly problems: SyntaxProblem[] = [];
  /** Where a line was last seen that holds nothing but a name, once a heredoc was found to be unclosed. */
  #lastMarkers: Map<string, number> | undefined;
  #commentsEnd = 0;
  /** Set while what is read may only be the rest of a mistake that was reported. */
  quiet = false;
  /** Set by a comment that swallows the rest of the file, so that what it hides is not missed as well. */
  #muted = false;

  constructor(text: string, trustsIndentation: boolean) {
    this.text = text;
    this.trustsIndentation = trustsIndentation;
  }

  /** Moves to the next token; does nothing while the parser is stopped. */
  advance(): void {
    if (this.kind === stoppedToken) return;
    this.previousEnd = this.end;
    this.#scan(this.end);
  }

  /** Moves to the first token at or after an offset, out of whatever state the cursor is in. */
  moveTo(offset: number): void {
    this.end = offset;
    this.previousEnd = offset;
    this.#scan(offset);
  }

  /** Reports a mistake, unless one of the same construct was reported already, and goes on. */
  report(start: number, end: number, message: string): void {
    if (this.kind !== stoppedToken && !this.quiet && !this.#muted) this.problems.push({ start, end, message });
  }

  /** Reports a mistake after which the construct can't be read on. */
  stop(start: number, end: number, message: string): void {
    this.report(start, end, message);
    this.kind = stoppedToken;
  }

  /** Whether the token is of a kind. (A plain comparison would make the compiler believe that no call changes the kind.) */
  is(kind: number): boolean {
    return this.kind === kind;
  }

  /** The source text of the token. */
  tokenText(): string {
    return this.text.slice(this.start, this.end);
  }

  /** Whether the token is a name and exactly this one. */
  isWord(word: string): boolean {
    return (
      this.kind === identifierToken && this.end - this.start === word.length && this.text.startsWith(word, this.start)
    );
  }

  /** Keeps a comment, unless a place is scanned for the second time. */
  addComment(start: number, end: number): void {
    if (start < this.#commentsEnd) return;
    this.comments.push({ start, end });
    this.#commentsEnd = end;
  }

  /**
   * Whether no line from an offset on closes heredocs with this marker. Asked once a heredoc was found to be unclosed, so that not
   * every further one searches the rest of the file.
   */
  isUnclosed(marker: string, offset: number): boolean {
    if (this.#lastMarkers === undefined) return false;
    return (this.#lastMarkers.get(marker) ?? -1) < offset;
  }

  /** Lets `isUnclosed` know all lines that may close a heredoc. */
  findMarkers(): void {
    if (this.#lastMarkers !== undefined) return;
    const last = new Map<string, number>();
    let line = 0;
    for (let end = this.text.indexOf('\n'); end >= 0; end = this.text.indexOf('\n', line)) {
      const content = this.text.slice(line, end).trim();
      if (content !== '' && nameEnd(content, 0) === content.length) last.set(content, line);
      line = end + 1;
    }
    this.#lastMarkers = last;
  }

  #scan(from: number): void {
    const { text } = this;
    const start = this.#skip(from);
    this.start = start;
    if (start >= text.length) {
      this.kind = endToken;
      this.end = start;
      return;
    }
    const code = text.charCodeAt(start);
    if (code >= 128) {
      this.#scanOther(start);
      return;
    }
    const category = classes[code] ?? 0;
    if ((category & beginsName) !== 0) {
      this.kind = identifierToken;
      this.end = nameRest(text, start + 1);
    } else if ((category & isDigit) !== 0) {
      this.kind = numberToken;
      this.end = numberEnd(text, start);
    } else {
      this.#scanMark(code, start);
    }
  }

  /** Offset of the first thing at or after an offset that is no comment or white space. */
  #skip(from: number): number {
    const { text, newlines } = this;
    let offset = from;
    for (;;) {
      const code = text.charCodeAt(offset);
      if (code === 32 || code === 9) {
        offset++;
      } else if (code === lineFeed) {
        if (newlines) return offset;
        offset++;
      } else if (code === carriageReturn) {
        if (newlines || text.charCodeAt(offset + 1) !== lineFeed) return offset;
        offset += 2;
      } else if (code === 35 || (code === slashToken && text.charCodeAt(offset + 1) === slashToken)) {
        offset = this.#lineComment(offset);
      } else if (code === slashToken && text.charCodeAt(offset + 1) === starToken) {
        offset = this.#blockComment(offset);
      } else {
        return offset;
      }
    }
  }

  #blockComment(start: number): number {
    const close = this.text.indexOf('*/', start + 2);
    if (close < 0) {
      this.report(start, start + 2, 'This comment is not closed; end it with "*/".');
      this.#muted = this.problems.length > 0;
    }
    const end = close < 0 ? this.text.length : close + 2;
    this.addComment(start, end);
    return end;
  }

  /** Scans a name that begins outside ASCII, or a character that begins nothing. */
  #scanOther(start: number): void {
    const end = nameEnd(this.text, start);
    this.kind = end > start ? identifierToken : invalidToken;
    this.end = end > start ? end : start + characterAt(this.text, start).length;
  }

  /** Scans a punctuation mark, a line break or an ASCII character that means nothing. */
  #scanMark(code: number, start: number): void {
    const next = this.text.charCodeAt(start + 1);
    let kind = code;
    let width = 1;
    switch (code) {
      case carriageReturn:
        kind = next === lineFeed ? newlineToken : invalidToken;
        width = next === lineFeed ? 2 : 1;
        break;
      case assignToken:
        if (next === assignToken) kind = equalToken;
        else if (next === greaterToken) kind = arrowToken;
        break;
      case bangToken:
        if (next === assignToken) kind = notEqualToken;
        break;
      case lessToken: {
        if (next === assignToken) kind = lessEqualToken;
        const end = next === lessToken ? heredocIntroductionEnd(this.text, start) : -1;
        if (end >= 0) {
          kind = heredocToken;
          width = end - start;
        }
        break;
      }
      case greaterToken:
        if (next === assignToken) kind = greaterEqualToken;
        break;
      case colonToken:
        if (next === colonToken) kind = doubleColonToken;
        break;
      case dotToken:
        if (next === dotToken && this.text.charCodeAt(start + 2) === dotToken) {
          kind = ellipsisToken;
          width = 3;
        }
        break;
      case 38: // &
        kind = next === code ? andToken : invalidToken;
        break;
      case 124: // |
        kind = next === code ? orToken : invalidToken;
        break;
      case 126: // ~
        kind = next === closeBraceToken ? trimmingBraceToken : invalidToken;
        break;
      case newlineToken:
      case quoteToken:
      case percentToken:
      case openParenthesisToken:
      case closeParenthesisToken:
      case starToken:
      case plusToken:
      case commaToken:
      case minusToken:
      case slashToken:
      case questionToken:
      case openBracketToken:
      case closeBracketToken:
      case openBraceToken:
      case closeBraceToken:
        break;
      default:
        kind = invalidToken;
    }
    if (kind !== code && kind !== invalidToken && width === 1) width = 2;
    this.kind = kind;
    this.end = start + width;
  }

  /** Keeps the comment and returns the offset of the line break that ends it. */
  #lineComment(start: number): number {
    const end = lineEnd(this.text, start);
    this.addComment(start, end);
    return end;
  }
}

/** Offset of the line break (LF or CRLF) that ends the line in which an offset lies, or of the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return end > offset && text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end;
}

/** Offset one past the name that begins at an offset; the offset itself when none begins there. */
export function nameEnd(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  if (code < 128) return ((classes[code] ?? 0) & beginsName) !== 0 ? nameRest(text, offset + 1) : offset;
  const character = characterAt(text, offset);
  return /^\p{ID_Start}$/u.test(character) ? nameRest(text, offset + character.length) : offset;
}

function nameRest(text: string, from: number): number {
  let offset = from;
  for (;;) {
    const code = text.charCodeAt(offset);
    if (code < 128) {
      if (((classes[code] ?? 0) & continuesName) === 0) return offset;
      offset++;
    } else {
      const character = characterAt(text, offset);
      if (!/^\p{ID_Continue}$/u.test(character)) return offset;
      offset += character.length;
    }
  }
}

function characterAt(text: string, offset: number): string {
  const point = text.codePointAt(offset);
  return point === undefined ? '' : String.fromCodePoint(point);
}

/** A number takes all digits, dots and exponents that follow, but doesn't end with a dot. Whether it is valid is asked later. */
function numberEnd(text: string, start: number): number {
  let offset = start + 1;
  let end = offset;
  for (;;) {
    const code = text.charCodeAt(offset);
    if (code >= 48 && code <= 57) {
      offset++;
      end = offset;
    } else if (code === dotToken) {
      offset++;
    } else if (code === 101 || code === 69) {
      const sign = text.charCodeAt(offset + 1);
      const digit = sign === plusToken || sign === minusToken ? offset + 2 : offset + 1;
      const first = text.charCodeAt(digit);
      if (!(first >= 48 && first <= 57)) return end;
      offset = digit + 1;
      end = offset;
    } else {
      return end;
    }
  }
}

/** Offset one past the line break of `<<MARKER` at an offset, or -1 where no heredoc begins. */
export function heredocIntroductionEnd(text: string, start: number): number {
  const from = text.charCodeAt(start + 2) === minusToken ? start + 3 : start + 2;
  let offset = nameEnd(text, from);
  if (offset === from) return -1;
  if (text.charCodeAt(offset) === carriageReturn) offset++;
  return text.charCodeAt(offset) === lineFeed ? offset + 1 : -1;
}
