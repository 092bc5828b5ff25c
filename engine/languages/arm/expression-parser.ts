import type { Span, SyntaxProblem } from '../../text/span.ts';
import type { ArmCall, ArmExpression, ArmNumber, ArmString } from './expression-syntax.ts';

/** Calls, indexes and property chains nested deeper than this are given up with a problem. */
export const maximumExpressionDepth = 250;

const openBracket = 0x5b;
const closeBracket = 0x5d;
const openParenthesis = 0x28;
const closeParenthesis = 0x29;
const quote = 0x27;
const comma = 0x2c;
const dot = 0x2e;
const minus = 0x2d;
const plus = 0x2b;

export interface ParsedArmExpression {
  /** Undefined where the value is not an expression or is an empty one. */
  readonly expression: ArmExpression | undefined;
  readonly problems: readonly SyntaxProblem[];
}

/** True for a string value that ARM evaluates: it starts with `[`, not with `[[`, and ends with `]`. */
export function isArmExpression(value: string): boolean {
  return (
    value.length >= 2 &&
    value.charCodeAt(0) === openBracket &&
    value.charCodeAt(1) !== openBracket &&
    value.charCodeAt(value.length - 1) === closeBracket
  );
}

/** What a string value that is not an expression stands for: `[[x]` is the text `[x]`, all else (`[[x` too) is itself. */
export function unescapeLiteral(value: string): string {
  const escaped =
    value.charCodeAt(0) === openBracket &&
    value.charCodeAt(1) === openBracket &&
    value.charCodeAt(value.length - 1) === closeBracket;
  return escaped ? value.slice(1) : value;
}

/**
 * Parses the decoded value of a JSON string. Offsets in the result count from the start of `value`. A value that is not
 * an expression has neither expression nor problems. Never throws.
 */
export function parseArmExpression(value: string): ParsedArmExpression {
  if (!isArmExpression(value)) return { expression: undefined, problems: [] };
  return new ExpressionParser(value).parse();
}

class ExpressionParser {
  private readonly text: string;
  /** Offset of the closing square bracket, where the expression has to end. */
  private readonly end: number;
  private readonly problems: SyntaxProblem[] = [];
  private offset = 1;
  private depth = 0;
  private stopped = false;

  constructor(text: string) {
    this.text = text;
    this.end = text.length - 1;
  }

  parse(): ParsedArmExpression {
    this.skipSpace();
    if (this.offset >= this.end) {
      this.report('Expected an expression between the square brackets.', 0, this.end + 1);
      return { expression: undefined, problems: this.problems };
    }
    const expression = this.parseExpression();
    this.skipSpace();
    if (this.offset < this.end) {
      this.report(`Expected the end of the expression, found ${this.found()}.`, this.offset, this.end);
    }
    return { expression, problems: this.problems };
  }

  private parseExpression(): ArmExpression {
    this.skipSpace();
    const start = this.offset;
    if (++this.depth > maximumExpressionDepth) {
      this.report(`This expression is nested deeper than ${maximumExpressionDepth} levels.`, start, this.end);
      this.stopped = true;
      this.offset = this.end;
    }
    let expression = this.parsePrimary();
    for (let links = 0; expression.kind !== 'missing'; links++) {
      this.skipSpace();
      const code = this.peek();
      if (code !== dot && code !== openBracket) break;
      if (links >= maximumExpressionDepth) {
        this.report(`More than ${maximumExpressionDepth} accesses in a row.`, this.offset, this.end);
        this.stopped = true;
        this.offset = this.end;
        break;
      }
      expression = code === dot ? this.parseProperty(expression) : this.parseIndex(expression);
    }
    this.depth--;
    return expression;
  }

  private parsePrimary(): ArmExpression {
    const start = this.offset;
    const code = this.peek();
    if (code === quote) return this.parseString();
    if (isDigit(code) || code === minus || code === plus) return this.parseNumber();
    if (isNameStart(code)) return this.parseNamed();
    if (code === openParenthesis) {
      this.report('Parentheses only hold the arguments of a function here.', start, start + 1);
      this.offset++;
      const inner = this.parseExpression();
      this.skipSpace();
      if (this.peek() === closeParenthesis) this.offset++;
      return inner;
    }
    this.report(
      `Expected a function, a string or a number, found ${this.found()}.`,
      start,
      Math.min(start + 1, this.end),
    );
    if (code !== comma && code !== closeParenthesis && code !== closeBracket && start < this.end) this.offset++;
    return { kind: 'missing', start, end: this.offset };
  }

  private parseString(): ArmString {
    const text = this.text;
    const start = this.offset;
    let doubled = false;
    let close = text.indexOf("'", start + 1);
    while (close >= 0 && text.charCodeAt(close + 1) === quote) {
      doubled = true;
      close = text.indexOf("'", close + 2);
    }
    const contentEnd = close < 0 || close >= this.end ? this.end : close;
    if (close < 0) this.report("This string is not closed: expected a single quote (') at its end.", start, this.end);
    const content = text.slice(start + 1, contentEnd);
    this.offset = close < 0 ? this.end : close + 1;
    return { kind: 'string', start, end: this.offset, value: doubled ? content.replaceAll("''", "'") : content };
  }

  private parseNumber(): ArmNumber {
    const start = this.offset;
    this.offset++;
    this.skipDigits();
    if (this.peek() === dot && isDigit(this.text.charCodeAt(this.offset + 1))) {
      this.offset++;
      this.skipDigits();
    }
    // `1e5` and the like; anything else that sticks to the digits is a mistake.
    while (this.offset < this.end && isNamePart(this.peek())) this.offset++;
    const word = this.text.slice(start, this.offset);
    const value = Number(word);
    if (Number.isNaN(value)) this.report(`'${word}' is not a number.`, start, this.offset);
    return { kind: 'number', start, end: this.offset, value: Number.isNaN(value) ? 0 : value };
  }

  /** A call, with or without a namespace, or `true`, `false`, `null`. */
  private parseNamed(): ArmExpression {
    const start = this.offset;
    let nameSpan = this.takeName();
    const first = nameSpan;
    let afterName = this.offset;
    this.skipSpace();
    // A namespace: dots up to the name that the arguments follow.
    while (this.peek() === dot) {
      const atDot = this.offset;
      this.offset++;
      this.skipSpace();
      if (!isNameStart(this.peek())) {
        this.offset = atDot;
        break;
      }
      const next = this.takeName();
      nameSpan = next;
      afterName = this.offset;
      this.skipSpace();
    }
    if (this.peek() !== openParenthesis) {
      const word = this.text.slice(first.start, first.end);
      this.offset = first.end;
      if (word === 'true' || word === 'false' || word === 'null') {
        return { kind: 'literal', start, end: first.end, value: word === 'null' ? null : word === 'true' };
      }
      this.report(`Expected '(' after the function name '${word}'.`, first.start, first.end);
      return this.call(start, first.end, undefined, first, []);
    }
    const namespace = nameSpan === first ? undefined : this.namespaceBefore(start, nameSpan);
    const args = this.parseArguments(afterName);
    return this.call(start, this.offset, namespace, nameSpan, args);
  }

  private call(
    start: number,
    end: number,
    namespace: string | undefined,
    nameSpan: Span,
    args: ArmExpression[],
  ): ArmCall {
    const name = this.text.slice(nameSpan.start, nameSpan.end);
    return { kind: 'call', start, end, namespace, name, lowerName: name.toLowerCase(), nameSpan, arguments: args };
  }

  private namespaceBefore(start: number, nameSpan: Span): string {
    const head = this.text.slice(start, nameSpan.start);
    return head
      .split('.')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .join('.');
  }

  private parseArguments(afterName: number): ArmExpression[] {
    const open = this.offset;
    this.offset++;
    const args: ArmExpression[] = [];
    this.skipSpace();
    if (this.peek() === closeParenthesis) {
      this.offset++;
      return args;
    }
    for (;;) {
      args.push(this.parseExpression());
      this.skipSpace();
      const code = this.peek();
      if (code === comma) {
        this.offset++;
        continue;
      }
      if (code === closeParenthesis) {
        this.offset++;
        return args;
      }
      if (this.offset >= this.end || code === closeBracket) {
        this.report("These arguments are not closed: expected ')'.", afterName, open + 1);
        return args;
      }
      this.report(`Expected ',' or ')', found ${this.found()}.`, this.offset, this.offset + 1);
      // A missing comma: the next argument starts here. Anything else is passed over.
      if (!isNameStart(code) && !isDigit(code) && code !== quote && code !== minus) this.offset++;
      if (this.offset >= this.end) return args;
    }
  }

  private parseProperty(target: ArmExpression): ArmExpression {
    const atDot = this.offset;
    this.offset++;
    this.skipSpace();
    if (!isNamePart(this.peek())) {
      this.report("Expected a property name after '.'.", atDot, atDot + 1);
      const nameSpan = { start: this.offset, end: this.offset };
      return { kind: 'property', start: target.start, end: this.offset, target, name: '', nameSpan };
    }
    const nameSpan = this.takeName();
    const name = this.text.slice(nameSpan.start, nameSpan.end);
    return { kind: 'property', start: target.start, end: nameSpan.end, target, name, nameSpan };
  }

  private parseIndex(target: ArmExpression): ArmExpression {
    const open = this.offset;
    this.offset++;
    const index = this.parseExpression();
    this.skipSpace();
    if (this.peek() === closeBracket) this.offset++;
    else this.report("This index is not closed: expected ']'.", open, open + 1);
    return { kind: 'index', start: target.start, end: this.offset, target, index };
  }

  private takeName(): Span {
    const start = this.offset;
    while (this.offset < this.end && isNamePart(this.text.charCodeAt(this.offset))) this.offset++;
    return { start, end: this.offset };
  }

  private skipDigits(): void {
    while (this.offset < this.end && isDigit(this.text.charCodeAt(this.offset))) this.offset++;
  }

  private skipSpace(): void {
    while (this.offset < this.end) {
      const code = this.text.charCodeAt(this.offset);
      if (code > 0x20 && code !== 0xa0) return;
      this.offset++;
    }
  }

  /** The unit at the offset, -1 at the closing square bracket of the whole expression. */
  private peek(): number {
    return this.offset < this.end ? this.text.charCodeAt(this.offset) : -1;
  }

  private found(): string {
    return this.offset >= this.end ? 'the end' : `'${this.text.charAt(this.offset)}'`;
  }

  private report(message: string, start: number, end: number): void {
    if (!this.stopped) this.problems.push({ start, end, message });
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Letters, `_`, `$` and all beyond ASCII: ARM is generous with names and so is this parser. */
function isNameStart(code: number): boolean {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || code === 0x5f || code === 0x24 || code > 0xa0;
}

function isNamePart(code: number): boolean {
  return isNameStart(code) || isDigit(code);
}
