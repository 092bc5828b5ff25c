import { type Cursor, stop } from './parser-cursor.ts';
import { nothing, parseArguments } from './parser-lists.ts';
import { parseArrayOrLoop, parseObject } from './parser-objects.ts';
import { parseString } from './parser-strings.ts';
import type {
  BinaryOperator,
  Expression,
  Identifier,
  IntegerLiteral,
  Lambda,
  Missing,
  Parenthesized,
} from './syntax.ts';
import { Token } from './tokens.ts';

/** Words that begin a statement: after `=>` and a line break they are the next statement, not the body. */
const wordsAfterLambda = ['assert', 'import', 'metadata', 'param', 'var', 'resource', 'output', 'module', 'type'];

const operators: (BinaryOperator | undefined)[] = [];
const precedence = new Uint8Array(64);
for (const [kind, operator, level] of [
  [Token.asterisk, '*', 7],
  [Token.slash, '/', 7],
  [Token.percent, '%', 7],
  [Token.plus, '+', 6],
  [Token.minus, '-', 6],
  [Token.less, '<', 5],
  [Token.lessOrEqual, '<=', 5],
  [Token.greater, '>', 5],
  [Token.greaterOrEqual, '>=', 5],
  [Token.doubleEquals, '==', 4],
  [Token.notEquals, '!=', 4],
  [Token.equalsTilde, '=~', 4],
  [Token.notEqualsTilde, '!~', 4],
  [Token.doubleAmpersand, '&&', 3],
  [Token.doublePipe, '||', 2],
  [Token.doubleQuestion, '??', 1],
] as const) {
  operators[kind] = operator;
  precedence[kind] = level;
}

/** Parses an expression. `literals` tells whether object and array literals are allowed: in string holes they aren't. */
export function parseExpression(cursor: Cursor, literals: boolean): Expression {
  const start = cursor.start;
  const condition = parseBinary(cursor, literals, 0);
  if (cursor.failing) return condition;
  if (cursor.at(Token.newline) && cursor.operatorAhead(63)) cursor.skipLineBreaks();
  if (!cursor.at(Token.question)) return condition;
  const height = cursor.height;
  if (!cursor.enter()) return condition;
  cursor.next();
  const whenTrue = parseExpression(cursor, literals);
  let whenFalse: Expression;
  if (cursor.failing) cursor.recover(stop.colon | stop.closing);
  else if (cursor.at(Token.newline) && cursor.operatorAhead(58)) cursor.skipLineBreaks();
  const trueHeight = cursor.height;
  cursor.expect(Token.colon, "':' and the value for when the condition is false");
  if (cursor.failing) {
    whenFalse = cursor.missing();
    cursor.recover(stop.closing);
  } else {
    whenFalse = parseExpression(cursor, literals);
    if (cursor.failing) cursor.recover(stop.closing);
  }
  cursor.leave();
  cursor.grow(Math.max(height, trueHeight));
  return { kind: 'ternary', start, end: cursor.previousEnd, condition, whenTrue, whenFalse };
}

function parseBinary(cursor: Cursor, literals: boolean, minimum: number): Expression {
  const start = cursor.start;
  let left = parseUnary(cursor, literals);
  while (!cursor.failing) {
    const level = precedence[cursor.kind] ?? 0;
    if (level <= minimum) break;
    const operator = operators[cursor.kind] ?? '+';
    const height = cursor.height;
    cursor.next();
    const right = parseBinary(cursor, literals, level);
    if (cursor.failing) cursor.recover(stop.closing);
    left = { kind: 'binary', start, end: cursor.previousEnd, operator, left, right };
    if (!cursor.grow(height)) break;
  }
  return left;
}

function parseUnary(cursor: Cursor, literals: boolean): Expression {
  if (!cursor.at(Token.exclamation) && !cursor.at(Token.minus)) return parseMember(cursor, literals);
  const start = cursor.start;
  const operator = cursor.at(Token.minus) ? '-' : '!';
  cursor.next();
  const operand = parseMember(cursor, literals);
  if (cursor.failing) cursor.recover(stop.closing);
  cursor.height++;
  return { kind: 'unary', start, end: cursor.previousEnd, operator, operand };
}

function parseMember(cursor: Cursor, literals: boolean): Expression {
  const start = cursor.start;
  let target = parsePrimary(cursor, literals);
  while (!cursor.failing) {
    const height = cursor.height;
    switch (cursor.kind) {
      case Token.dot:
        target = parseDot(cursor, literals, start, target);
        break;
      case Token.openBracket:
        target = parseIndex(cursor, literals, start, target);
        break;
      case Token.doubleColon: {
        cursor.next();
        const name = nameOrComplaint(cursor, 'the name of a nested resource');
        target = { kind: 'nested', start, end: cursor.previousEnd, target, name };
        break;
      }
      case Token.exclamation:
        cursor.next();
        target = { kind: 'nonNull', start, end: cursor.previousEnd, target };
        break;
      default:
        return target;
    }
    if (!cursor.grow(height)) break;
  }
  return target;
}

function parseDot(cursor: Cursor, literals: boolean, start: number, target: Expression): Expression {
  cursor.next();
  const question = cursor.start;
  const safe = cursor.take(Token.question);
  const name = nameOrComplaint(cursor, 'the name of a property or function');
  if (!cursor.at(Token.openParen)) {
    return { kind: 'member', start, end: cursor.previousEnd, target, safe, name };
  }
  if (safe) cursor.reportFrom(question, "Functions can't be called with '.?'; expected '.'.");
  const openParen = cursor.start;
  const items = parseCallArguments(cursor, literals);
  const closeParen = takeCallEnd(cursor);
  return { kind: 'methodCall', start, end: cursor.previousEnd, target, name, openParen, arguments: items, closeParen };
}

function parseIndex(cursor: Cursor, literals: boolean, start: number, target: Expression): Expression {
  let index: Expression = cursor.missing();
  let safe = false;
  let fromEnd = false;
  if (cursor.enter()) {
    cursor.next();
    safe = cursor.take(Token.question);
    fromEnd = cursor.take(Token.caret);
    if (cursor.at(Token.closeBracket)) {
      index = cursor.missing();
      cursor.complain('an index between the brackets');
    } else index = parseExpression(cursor, literals);
    cursor.expect(Token.closeBracket, "']' behind the index");
    cursor.leave();
  }
  return { kind: 'index', start, end: cursor.previousEnd, target, safe, fromEnd, index };
}

/** A name, or an empty one and a problem; reading goes on in both cases. */
export function nameOrComplaint(cursor: Cursor, what: string): Identifier {
  if (cursor.at(Token.identifier)) return cursor.identifier(what);
  cursor.complain(what);
  return { kind: 'identifier', start: cursor.previousEnd, end: cursor.previousEnd, name: '' };
}

/** The offset of the closing token, which is taken; -1 and a problem when it isn't there. Reading goes on in both cases. */
export function takeClosing(cursor: Cursor, kind: number, what: string): number {
  const start = cursor.start;
  if (cursor.take(kind)) return start;
  cursor.complain(what);
  return -1;
}

/** The arguments of a call, from the opening parenthesis on; the closing one is left for `takeCallEnd`. */
export function parseCallArguments(cursor: Cursor, literals: boolean): readonly Expression[] {
  if (!cursor.enter(true)) return nothing;
  cursor.next();
  const items = parseArguments(cursor, Token.closeParen, literals ? parseArgument : parsePlainArgument);
  cursor.leave();
  return items;
}

/** The offset of the parenthesis behind the arguments of a call, or -1 and a problem. */
export function takeCallEnd(cursor: Cursor): number {
  return takeClosing(cursor, Token.closeParen, "')' behind the arguments");
}

function parseArgument(cursor: Cursor): Expression {
  const argument = parseExpression(cursor, true);
  if (cursor.failing) cursor.recover(stop.comma | stop.closeParen);
  return argument;
}

function parsePlainArgument(cursor: Cursor): Expression {
  const argument = parseExpression(cursor, false);
  if (cursor.failing) cursor.recover(stop.comma | stop.closeParen);
  return argument;
}

function parsePrimary(cursor: Cursor, literals: boolean): Expression {
  const { start, end } = cursor;
  cursor.height = 1;
  switch (cursor.kind) {
    case Token.identifier:
      return parseName(cursor, literals);
    case Token.string:
      return parseString(cursor);
    case Token.integer:
      return parseInteger(cursor);
    case Token.trueWord:
      cursor.next();
      return { kind: 'boolean', start, end, value: true };
    case Token.falseWord:
      cursor.next();
      return { kind: 'boolean', start, end, value: false };
    case Token.nullWord:
      cursor.next();
      return { kind: 'null', start, end };
    case Token.openParen:
      return parseParenthesesOrLambda(cursor, literals);
    case Token.openBrace:
      if (literals) return parseObject(cursor, false);
      cursor.fail('a value without object literals, which are not allowed here');
      return cursor.missing();
    case Token.openBracket:
      if (literals) return parseArrayOrLoop(cursor);
      cursor.fail('a value without array literals, which are not allowed here');
      return cursor.missing();
    default:
      cursor.fail('a value');
      return cursor.missing();
  }
}

/** Reads an unsigned integer of at most 64 bits. */
export function parseInteger(cursor: Cursor): IntegerLiteral {
  const { start, end } = cursor;
  const digits = cursor.text.slice(start, end);
  if (digits.length >= 20 && BigInt(digits) > 0xffff_ffff_ffff_ffffn) {
    cursor.reportHere('This number does not fit in 64 bits.');
  }
  cursor.next();
  const value = Number(digits);
  return { kind: 'integer', start, end, value, exact: value <= Number.MAX_SAFE_INTEGER };
}

function parseName(cursor: Cursor, literals: boolean): Expression {
  const { start, end } = cursor;
  const name = cursor.text.slice(start, end);
  cursor.next();
  switch (cursor.kind) {
    case Token.openParen: {
      const openParen = cursor.start;
      const items = parseCallArguments(cursor, literals);
      const closeParen = takeCallEnd(cursor);
      const called: Identifier = { kind: 'identifier', start, end, name };
      cursor.height++;
      return { kind: 'call', start, end: cursor.previousEnd, name: called, openParen, arguments: items, closeParen };
    }
    case Token.arrow:
      return parseLambda(cursor, start, [{ kind: 'identifier', start, end, name }]);
    default:
      cursor.height = 1;
      return { kind: 'variable', start, end, name };
  }
}

function parseLambda(cursor: Cursor, start: number, parameters: readonly Identifier[]): Lambda {
  const body = parseLambdaBody(cursor);
  cursor.height++;
  return { kind: 'lambda', start, end: cursor.previousEnd, parameters, body };
}

/** The arrow and the expression behind it, which may begin on a later line. */
export function parseLambdaBody(cursor: Cursor): Expression {
  if (!cursor.enter()) return cursor.missing();
  cursor.next();
  if (cursor.at(Token.newline)) {
    const next = cursor.skipBlank(cursor.end);
    if (!wordsAfterLambda.some((word) => cursor.wordAt(word, next))) cursor.skipLineBreaks();
  }
  const body = parseExpression(cursor, true);
  if (cursor.failing) cursor.recover(stop.closeParen);
  cursor.leave();
  return body;
}

/** `(expression)`, the condition of an `if`. Fails when it doesn't begin with a parenthesis or isn't closed. */
export function parseCondition(cursor: Cursor): Expression {
  if (!cursor.at(Token.openParen)) {
    cursor.fail("'(' and a condition");
    return cursor.missing();
  }
  const start = cursor.start;
  const items = parseParenthesized(cursor, true);
  return single(cursor, start, items);
}

function parseParenthesesOrLambda(cursor: Cursor, literals: boolean): Expression {
  const start = cursor.start;
  const items = parseParenthesized(cursor, literals);
  if (cursor.failing) cursor.recover(stop.closing);
  else if (cursor.at(Token.arrow)) return parseLambda(cursor, start, parameterNames(cursor, items));
  cursor.height++;
  return single(cursor, start, items);
}

function single(cursor: Cursor, start: number, items: readonly Expression[]): Parenthesized {
  const first = items[0] ?? cursor.missing();
  const last = items[items.length - 1];
  const end = cursor.previousEnd;
  if (items.length === 1 && last !== undefined) return { kind: 'parenthesized', start, end, expression: first };
  const many = items.length > 1;
  cursor.reportFrom(
    start,
    many ? 'Expected one value in these parentheses.' : 'Expected a value in these parentheses.',
  );
  const expression: Missing = { kind: 'missing', start: start + 1, end: Math.max(start + 1, last?.end ?? 0) };
  return { kind: 'parenthesized', start, end, expression };
}

/** Everything between parentheses, both taken. Fails when the closing one isn't there. */
function parseParenthesized(cursor: Cursor, literals: boolean): readonly Expression[] {
  if (!cursor.enter()) return [{ kind: 'missing', start: cursor.previousEnd, end: cursor.previousEnd }];
  cursor.next();
  cursor.skipLineBreaks();
  const items: Expression[] = [];
  const { waiting } = cursor;
  let height = 0;
  waiting[Token.closeParen] = (waiting[Token.closeParen] ?? 0) + 1;
  while (!cursor.at(Token.closeParen) && !cursor.startsDeclaration()) {
    items.push(parseExpression(cursor, literals));
    if (cursor.failing) cursor.recover(stop.closing | stop.comma);
    if (cursor.height > height) height = cursor.height;
    cursor.skipLineBreaks();
    if (!cursor.take(Token.comma)) break;
    cursor.skipLineBreaks();
  }
  waiting[Token.closeParen] = (waiting[Token.closeParen] ?? 0) - 1;
  cursor.height = height;
  cursor.leave();
  cursor.expect(Token.closeParen, "')'");
  return items;
}

function parameterNames(cursor: Cursor, items: readonly Expression[]): readonly Identifier[] {
  const names: Identifier[] = [];
  for (const item of items) {
    if (item.kind === 'variable') names.push({ kind: 'identifier', start: item.start, end: item.end, name: item.name });
    else if (item.kind !== 'missing') cursor.report(item.start, item.end, 'Expected the name of a parameter.');
  }
  return names;
}
