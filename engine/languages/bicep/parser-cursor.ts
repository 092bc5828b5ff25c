import { skipString } from './strings.ts';
import type { Identifier, Missing } from './syntax.ts';
import { isLineBreak, Scanner, startsIdentifier, Token } from './tokens.ts';

/** Brackets, lambdas and conditionals that may stand inside each other: deeper text is reported once and skipped. */
const deepestNesting = 320;
/** Height that a tree may reach through chains like `a + b + …` or `a.b.c…`, so that walking it needs no more stack than that. */
const highestTree = 1000;

/** Sets of tokens that recovery stops at, as bits. It also always stops at a line break. */
export const stop = {
  lineBreak: 1 << Token.newline,
  colon: 1 << Token.colon,
  comma: 1 << Token.comma,
  equals: 1 << Token.equals,
  openBrace: 1 << Token.openBrace,
  closeBrace: 1 << Token.closeBrace,
  closeBracket: 1 << Token.closeBracket,
  closeParen: 1 << Token.closeParen,
  greater: 1 << Token.greater,
  string: 1 << Token.string,
  identifier: 1 << Token.identifier,
  closing: (1 << Token.closeBrace) | (1 << Token.closeBracket) | (1 << Token.closeParen),
} as const;

const stopKinds = 16;

const statementWords: ReadonlySet<string> = new Set([
  'targetScope',
  'metadata',
  'param',
  'var',
  'type',
  'func',
  'resource',
  'module',
  'output',
  'import',
  'extension',
  'assert',
  'test',
  'using',
  'extends',
  'extensionConfig',
]);

/**
 * The parser's place in the text. After a mistake it is `failing`: the parsing functions hand back what they have until
 * one of them recovers, which skips to a token where reading can go on. Problems at the very token where the last one
 * was reported or recovered from are consequences of it and are left out.
 */
export class Cursor extends Scanner {
  failing = false;
  /** Number of string holes around the current token. Line breaks end strings there, so they are never skipped in one. */
  holes = 0;
  /** Height of the tree that was parsed last. */
  height = 0;
  /** Per kind of closing bracket, how many of the brackets around the current token wait for it. */
  readonly waiting = new Uint32Array(stopKinds);
  private depth = 0;
  private quietUntil = -1;
  /** End of the line of the last problem: on it, nothing more is reported. */
  private quietLineEnd = -1;
  private reachedLimit = false;

  at(kind: number): boolean {
    return this.kind === kind;
  }

  /** Moves on if the current token is of this kind. */
  take(kind: number): boolean {
    if (this.kind !== kind) return false;
    this.next();
    return true;
  }

  /** Takes the token and returns its offset; fails, and returns -1, when another stands there. */
  expect(kind: number, what: string): number {
    const start = this.start;
    if (this.kind === kind && !this.failing) {
      this.next();
      return start;
    }
    this.fail(what);
    return -1;
  }

  /** Takes the word, or fails. */
  expectWord(word: string): void {
    if (this.atWord(word)) this.next();
    else this.fail(`'${word}'`);
  }

  /** Takes a name; fails, and returns an empty one, when there is none. */
  identifier(what: string): Identifier {
    if (this.kind !== Token.identifier) {
      this.fail(what);
      return { kind: 'identifier', start: this.previousEnd, end: this.previousEnd, name: '' };
    }
    const { start, end } = this;
    this.next();
    return { kind: 'identifier', start, end, name: this.text.slice(start, end) };
  }

  /** A node for what isn't there, behind the last token that was read. */
  missing(): Missing {
    return { kind: 'missing', start: this.previousEnd, end: this.previousEnd };
  }

  /** Reports that something else was expected here, without failing: reading goes on as if it had been there. */
  complain(expected: string): void {
    this.reportHere(`Expected ${expected}, but found ${this.describe()}.`);
  }

  fail(expected: string): void {
    if (this.failing) return;
    this.complain(expected);
    this.failing = true;
  }

  /** A problem at the current token, unless its line has one: whatever else is odd there most likely comes from that. */
  reportHere(message: string): void {
    this.reportFrom(this.start, message);
  }

  /** The same for the text from `start` to the current token. */
  reportFrom(start: number, message: string): void {
    if (this.start <= this.quietUntil || this.start <= this.quietLineEnd) return;
    this.quiet();
    if (start < this.start) {
      this.quietLineEnd = this.lineEnd(start);
      this.report(start, this.previousEnd, message);
    } else if (this.kind === Token.newline || this.kind === Token.endOfFile) this.report(start, start, message);
    else if (this.kind === Token.unknown) this.report(start, this.end, this.describeUnknown());
    else if (this.startsDeclaration()) {
      // What is missing is missing from the statement before, which ended with its last line.
      const end = this.endOfTextBefore(start);
      this.quietLineEnd = this.lineEnd(end);
      this.report(end, end, message);
    } else this.report(start, this.end, message);
  }

  /** Nothing more is reported about the current token and the rest of its line: what is wrong there was said. */
  quiet(): void {
    this.quietUntil = this.start;
    if (this.start > this.quietLineEnd) this.quietLineEnd = this.lineEnd(this.start);
  }

  /**
   * Ends failing: skips to one of the tokens in `stops`, to the end of the line, or to where a statement begins. Brackets
   * opened and closed on the way are skipped with what is in them.
   */
  recover(stops: number): void {
    const wanted = stops | stop.lineBreak | (this.holes > 0 ? stop.closeBrace : 0);
    let open = 0;
    this.failing = false;
    this.quietUntil = this.start;
    if (this.startsProperty()) return;
    this.silent = true;
    while (this.kind !== Token.endOfFile && !this.startsDeclaration()) {
      if ((open === 0 || this.kind === Token.newline) && this.kind < 31 && (wanted >>> this.kind) & 1) break;
      if (open === 0 && this.closesOuter(Token.endOfFile)) break;
      open = Math.max(0, open + this.bracketStep());
      this.skipToken();
    }
    this.silent = false;
    this.quietUntil = this.start;
  }

  /** Makes the token at `offset` the current one: for going back over text that was read the wrong way. */
  moveTo(offset: number): void {
    while ((this.comments[this.comments.length - 1]?.start ?? -1) >= offset) this.comments.pop();
    this.end = offset;
    this.next();
  }

  /** Moves past the current token, past all of it if it is a string. */
  skipToken(): void {
    if (this.kind === Token.string) skipString(this);
    else this.next();
  }

  skipLineBreaks(): void {
    while (this.kind === Token.newline && this.holes === 0) this.next();
  }

  /** On a line break: true when the next text, on whatever line, is this one-character operator and not its double. */
  operatorAhead(code: number): boolean {
    if (this.kind !== Token.newline || this.holes > 0) return false;
    const at = this.skipBlank(this.end);
    return this.text.charCodeAt(at) === code && this.text.charCodeAt(at + 1) !== code;
  }

  /** True when the current token is followed by a name on the same line. */
  identifierFollows(): boolean {
    const at = this.skipSpaces(this.end);
    return startsIdentifier(this.text.charCodeAt(at));
  }

  /**
   * True when the current token begins a line, unindented, and looks like the keyword of a statement. Inside brackets that
   * means that a closing one is missing, and what follows shall not be swallowed.
   */
  startsStatement(): boolean {
    const { text, start } = this;
    if (this.kind !== Token.identifier || !this.atLineStart()) return false;
    const word = text.slice(start, this.end);
    if (!statementWords.has(word)) return false;
    const follows = text.charCodeAt(this.skipSpaces(this.end));
    switch (word) {
      case 'targetScope':
        return follows === 61;
      case 'import':
        return follows === 39 || follows === 123 || follows === 42;
      case 'using':
      case 'extends':
        return follows === 39;
      default:
        return startsIdentifier(follows);
    }
  }

  /**
   * True when the current token begins a line that reads `name: …`. Among the items of an array, or arguments, that means
   * that a closing bracket is missing or that an object isn't opened.
   */
  startsProperty(): boolean {
    if (this.kind !== Token.identifier || this.holes > 0) return false;
    const after = this.skipSpaces(this.end);
    if (this.text.charCodeAt(after) !== 58 || this.text.charCodeAt(after + 1) === 58) return false;
    return this.firstOnLine(this.start);
  }

  /** True when the current token is a closing bracket other than `closing` that one further out waits for. */
  closesOuter(closing: number): boolean {
    const { kind } = this;
    if (kind === closing || (kind !== Token.closeBrace && kind !== Token.closeBracket && kind !== Token.closeParen))
      return false;
    return (this.waiting[kind] ?? 0) > 0 || (this.holes > 0 && kind === Token.closeBrace);
  }

  /** True when a statement begins here, or the decorators in front of one. For places where no decorator may stand. */
  startsDeclaration(): boolean {
    return (this.kind === Token.at && this.atLineStart()) || this.startsStatement();
  }

  /** True when the current token is the first unit of a line. */
  atLineStart(): boolean {
    return this.start > 0 && isLineBreak(this.text.charCodeAt(this.start - 1));
  }

  /**
   * Goes one level deeper. False when that is too deep: what the current token opens has then been reported and skipped,
   * all but its closing bracket if `keepClosing` says so.
   */
  enter(keepClosing = false): boolean {
    if (this.depth < deepestNesting) {
      this.depth++;
      return true;
    }
    this.skipTooMuch(
      `This is nested more than ${deepestNesting} levels deep, which is not read any further.`,
      keepClosing,
    );
    this.height = 1;
    return false;
  }

  leave(): void {
    this.depth--;
  }

  /** Adds a level on top of the last tree and those of height `other`. False when it grew too high: reported and skipped. */
  grow(other: number): boolean {
    this.height = Math.max(this.height, other) + 1;
    if (this.height <= highestTree) return true;
    this.skipTooMuch(`This expression is a chain of more than ${highestTree} links, which is not read any further.`);
    return false;
  }

  /** Reports it if it is the first time, and skips the bracket that begins here, or what is left of this one or of the line. */
  private skipTooMuch(message: string, keepClosing = false): void {
    if (!this.reachedLimit) this.reportHere(message);
    this.reachedLimit = true;
    this.silent = true;
    let open = 0;
    const opening = this.bracketStep() > 0;
    while (this.kind !== Token.endOfFile && !this.startsStatement()) {
      const step = this.bracketStep();
      if (open === 0 && (step < 0 || this.kind === Token.newline)) break;
      open += step;
      if (opening && open === 0 && keepClosing) break;
      this.skipToken();
      if (opening && open === 0) break;
    }
    this.silent = false;
    this.quietUntil = this.start;
  }

  /** Where the last text in front of `offset` ends that is no comment. */
  private endOfTextBefore(offset: number): number {
    let end = this.text.slice(0, offset).trimEnd().length;
    for (let index = this.comments.length - 1; index >= 0; index--) {
      const comment = this.comments[index];
      if (comment === undefined || comment.end < end) break;
      if (comment.end === end) end = this.text.slice(0, comment.start).trimEnd().length;
    }
    return end;
  }

  private bracketStep(): number {
    switch (this.kind) {
      case Token.openBrace:
      case Token.openBracket:
      case Token.openParen:
        return 1;
      case Token.closeBrace:
      case Token.closeBracket:
      case Token.closeParen:
        return -1;
      default:
        return 0;
    }
  }

  private describe(): string {
    switch (this.kind) {
      case Token.newline:
        return 'the end of the line';
      case Token.endOfFile:
        return 'the end of the file';
      case Token.string:
        return 'a string';
      default: {
        const text = this.text.slice(this.start, this.end);
        return `'${text.length > 40 ? `${text.slice(0, 40)}…` : text}'`;
      }
    }
  }

  private describeUnknown(): string {
    const text = this.text.slice(this.start, this.end);
    if (text === '"') return 'Bicep strings stand in single quotes; found a double quote.';
    return `'${text}' has no meaning in Bicep.`;
  }
}
