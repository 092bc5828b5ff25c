import { parseObject, parseTuple } from './parser-collections.ts';
import { stopUnexpected } from './parser-recovery.ts';
import { parseHeredoc, parseQuoted } from './parser-templates.ts';
import { absent, type BinaryOperator, type Expression, type Missing } from './syntax.ts';
import {
  andToken,
  bangToken,
  type Cursor,
  closeBracketToken,
  closeParenthesisToken,
  colonToken,
  commaToken,
  dotToken,
  doubleColonToken,
  ellipsisToken,
  equalToken,
  greaterEqualToken,
  greaterToken,
  heredocToken,
  identifierToken,
  lessEqualToken,
  lessToken,
  maximumDepth,
  maximumHeight,
  minusToken,
  newlineToken,
  notEqualToken,
  numberToken,
  openBraceToken,
  openBracketToken,
  openParenthesisToken,
  orToken,
  percentToken,
  plusToken,
  questionToken,
  quoteToken,
  slashToken,
  starToken,
} from './tokens.ts';

/*
 * Expressions. After a mistake the cursor is stopped: no function finds the token that it would go on with, so each returns what
 * it has, up to the item or argument that recovers.
 */

/** Reads an expression, or reports what stands in its place. */
export function parseExpression(cursor: Cursor): Expression {
  if (cursor.depth >= maximumDepth) return giveUp(cursor);
  cursor.depth++;
  const condition = parseBinary(cursor, 1);
  const expression = cursor.is(questionToken) ? finishConditional(cursor, condition) : condition;
  cursor.depth--;
  return expression;
}

function finishConditional(cursor: Cursor, condition: Expression): Expression {
  let height = cursor.height;
  cursor.advance();
  const whenTrue = parseExpression(cursor);
  height = Math.max(height, cursor.height);
  let whenFalse: Expression;
  if (cursor.is(colonToken)) {
    cursor.advance();
    whenFalse = parseExpression(cursor);
    height = Math.max(height, cursor.height);
  } else {
    stopUnexpected(cursor, 'Expected ":" and the value for when the condition is false');
    whenFalse = missing(cursor);
  }
  cursor.height = height + 1;
  return { kind: 'conditional', start: condition.start, end: whenFalse.end, condition, whenTrue, whenFalse };
}

/** How tightly a binary operator binds, 0 for any other token. */
function precedence(kind: number): number {
  switch (kind) {
    case orToken:
      return 1;
    case andToken:
      return 2;
    case equalToken:
    case notEqualToken:
      return 3;
    case lessToken:
    case lessEqualToken:
    case greaterToken:
    case greaterEqualToken:
      return 4;
    case plusToken:
    case minusToken:
      return 5;
    case starToken:
    case slashToken:
    case percentToken:
      return 6;
    default:
      return 0;
  }
}

function parseBinary(cursor: Cursor, least: number): Expression {
  let left = parseOperand(cursor);
  for (;;) {
    const binding = precedence(cursor.kind);
    if (binding < least || binding === 0) return left;
    const operator = cursor.tokenText() as BinaryOperator;
    const operatorStart = cursor.start;
    const height = cursor.height;
    cursor.advance();
    const right = parseBinary(cursor, binding + 1);
    left = { kind: 'binary', start: left.start, end: right.end, operator, operatorStart, left, right };
    cursor.height = Math.max(height, cursor.height) + 1;
    if (cursor.height > maximumHeight) giveUp(cursor);
  }
}

function parseOperand(cursor: Cursor): Expression {
  const { kind, start } = cursor;
  if (kind !== minusToken && kind !== bangToken) return parsePostfix(cursor, parsePrimary(cursor));
  if (cursor.depth >= maximumDepth) return giveUp(cursor);
  cursor.advance();
  cursor.depth++;
  const operand = parseOperand(cursor);
  cursor.depth--;
  cursor.height++;
  return { kind: 'unary', start, end: operand.end, operator: kind === minusToken ? '-' : '!', operand };
}

/** Reads the accesses, indices and splats that follow an expression. */
function parsePostfix(cursor: Cursor, first: Expression): Expression {
  let source = first;
  for (;;) {
    if (cursor.is(dotToken)) source = parseDot(cursor, source);
    else if (cursor.is(openBracketToken)) source = parseIndex(cursor, source);
    else return source;
    if (cursor.height > maximumHeight) giveUp(cursor);
  }
}

function parseDot(cursor: Cursor, source: Expression): Expression {
  const dot = cursor.start;
  cursor.advance();
  if (!cursor.is(starToken)) return parseStep(cursor, source);
  const end = cursor.end;
  const height = cursor.height;
  cursor.advance();
  let each: Expression = { kind: 'item', start: dot, end };
  cursor.height = 1;
  while (cursor.is(dotToken) && cursor.height <= maximumHeight) {
    cursor.advance();
    each = parseStep(cursor, each);
  }
  cursor.height = Math.max(height, cursor.height) + 1;
  return { kind: 'splat', start: source.start, end: each.end, source, full: false, each };
}

/** Reads the name or legacy index after a dot. */
function parseStep(cursor: Cursor, source: Expression): Expression {
  const { kind, start, end } = cursor;
  cursor.height++;
  if (kind === identifierToken) {
    const name = cursor.tokenText();
    cursor.advance();
    return { kind: 'access', start: source.start, end, source, name, nameStart: start };
  }
  if (kind === numberToken) {
    const text = cursor.tokenText();
    if (text.includes('.')) {
      cursor.report(start, end, `Write one index after the other as "[${text.replace('.', '][')}]".`);
    } else {
      checkNumber(cursor);
    }
    cursor.advance();
    return { kind: 'index', start: source.start, end, source, key: { kind: 'number', start, end, text }, legacy: true };
  }
  if (kind === starToken) cursor.stop(start, end, 'A ".*" cannot follow another; use "[*]".');
  else stopUnexpected(cursor, 'Expected a name after the dot');
  const at = cursor.previousEnd;
  return { kind: 'access', start: source.start, end: at, source, name: '', nameStart: at };
}

function parseIndex(cursor: Cursor, source: Expression): Expression {
  const open = cursor.start;
  const outer = cursor.newlines;
  const height = cursor.height;
  cursor.advance();
  if (cursor.is(starToken)) return parseFullSplat(cursor, source, open);
  cursor.newlines = false;
  // The token may be a line break that was still one a moment ago.
  if (cursor.is(newlineToken)) cursor.advance();
  const key = parseExpression(cursor);
  if (!cursor.is(closeBracketToken)) stopUnexpected(cursor, 'Expected "]" after the index');
  cursor.newlines = outer;
  cursor.advance();
  cursor.height = Math.max(height, cursor.height) + 1;
  return { kind: 'index', start: source.start, end: cursor.previousEnd, source, key, legacy: false };
}

/** Reads `*]` and the steps that apply to each element. */
function parseFullSplat(cursor: Cursor, source: Expression, open: number): Expression {
  const height = cursor.height;
  if (cursor.depth >= maximumDepth) {
    giveUp(cursor);
    return source;
  }
  cursor.depth++;
  cursor.advance();
  if (!cursor.is(closeBracketToken)) stopUnexpected(cursor, 'Expected "]" after "*"');
  cursor.advance();
  cursor.height = 1;
  const each = parsePostfix(cursor, { kind: 'item', start: open, end: cursor.previousEnd });
  cursor.depth--;
  cursor.height = Math.max(height, cursor.height) + 1;
  return { kind: 'splat', start: source.start, end: each.end, source, full: true, each };
}

function parsePrimary(cursor: Cursor): Expression {
  const { kind, start, end } = cursor;
  cursor.height = 1;
  switch (kind) {
    case identifierToken:
      return parseName(cursor);
    case quoteToken:
      return parseQuoted(cursor);
    case numberToken: {
      const text = cursor.tokenText();
      checkNumber(cursor);
      cursor.advance();
      return { kind: 'number', start, end, text };
    }
    case openBraceToken:
      return parseObject(cursor);
    case openBracketToken:
      return parseTuple(cursor);
    case openParenthesisToken:
      return parseParentheses(cursor);
    case heredocToken:
      return parseHeredoc(cursor);
    default:
      stopUnexpected(cursor, 'Expected a value');
      return missing(cursor);
  }
}

/** A variable, `true`, `false`, `null`, or a function call. */
function parseName(cursor: Cursor): Expression {
  const { start, end } = cursor;
  const name = cursor.tokenText();
  cursor.advance();
  if (cursor.is(openParenthesisToken) || cursor.is(doubleColonToken)) return parseCall(cursor, start, end, name);
  switch (name) {
    case 'true':
      return { kind: 'boolean', start, end, value: true };
    case 'false':
      return { kind: 'boolean', start, end, value: false };
    case 'null':
      return { kind: 'null', start, end };
    default:
      return { kind: 'variable', start, end, name };
  }
}

function parseCall(cursor: Cursor, start: number, firstEnd: number, firstName: string): Expression {
  let name = firstName;
  let nameEnd = firstEnd;
  while (cursor.is(doubleColonToken)) {
    cursor.advance();
    if (!cursor.is(identifierToken)) {
      stopUnexpected(cursor, 'Expected the name of a function after "::"');
      return missing(cursor, start);
    }
    name = `${name}::${cursor.tokenText()}`;
    nameEnd = cursor.end;
    cursor.advance();
  }
  if (!cursor.is(openParenthesisToken)) {
    stopUnexpected(cursor, `Expected "(" after the function name "${name}"`);
    return missing(cursor, start);
  }
  const outer = cursor.newlines;
  const open = cursor.start;
  const given: Expression[] = [];
  let expansion = absent;
  let close = absent;
  let height = 0;
  cursor.newlines = false;
  cursor.advance();
  while (!cursor.is(closeParenthesisToken)) {
    given.push(parseExpression(cursor));
    height = Math.max(height, cursor.height);
    if (cursor.is(commaToken)) {
      cursor.advance();
      continue;
    }
    if (cursor.is(ellipsisToken)) {
      expansion = cursor.start;
      cursor.advance();
      if (!cursor.is(closeParenthesisToken)) stopUnexpected(cursor, 'Expected ")" after "..."');
    } else if (!cursor.is(closeParenthesisToken)) {
      stopUnexpected(cursor, `Expected "," or ")" in the arguments of "${name}"`);
    }
    break;
  }
  if (cursor.is(closeParenthesisToken)) close = cursor.start;
  cursor.newlines = outer;
  cursor.advance();
  cursor.height = height + 1;
  return { kind: 'call', start, end: cursor.previousEnd, name, nameEnd, open, arguments: given, expansion, close };
}

function parseParentheses(cursor: Cursor): Expression {
  const start = cursor.start;
  const outer = cursor.newlines;
  cursor.newlines = false;
  cursor.advance();
  const expression = parseExpression(cursor);
  if (!cursor.is(closeParenthesisToken)) stopUnexpected(cursor, 'Expected ")"');
  cursor.newlines = outer;
  cursor.advance();
  cursor.height++;
  return { kind: 'parentheses', start, end: cursor.previousEnd, expression };
}

/** Stands for an expression that could not be read: empty, or from `start` to where reading ended. */
export function missing(cursor: Cursor, start = cursor.previousEnd): Missing {
  return { kind: 'missing', start, end: Math.max(start, cursor.previousEnd) };
}

/** Reports, once per argument, that nesting is too deep. */
function giveUp(cursor: Cursor): Missing {
  cursor.stop(cursor.start, cursor.end, `This is nested too deeply (more than ${maximumDepth} levels).`);
  cursor.abandoned = true;
  return missing(cursor);
}

/** Reports a number whose digits, dots and exponents don't make one. */
function checkNumber(cursor: Cursor): void {
  const { text, start, end } = cursor;
  let dots = 0;
  let exponent = -1;
  for (let offset = start; offset < end; offset++) {
    const code = text.charCodeAt(offset);
    if (code === 46) {
      dots += exponent >= 0 ? 2 : 1;
    } else if (code === 101 || code === 69) {
      dots += exponent >= 0 ? 2 : 0;
      exponent = offset;
    }
  }
  // HCL holds numbers with a binary exponent of 32 bits.
  const tooLarge = exponent >= 0 && Number(text.slice(exponent + 1, end)) > 2147483646;
  if (dots > 1 || tooLarge) cursor.report(start, end, `"${cursor.tokenText()}" is not a number.`);
}
