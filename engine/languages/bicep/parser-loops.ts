import { type Cursor, stop } from './parser-cursor.ts';
import { parseCondition, parseExpression } from './parser-expressions.ts';
import { parseObjectOnly, parseValue } from './parser-objects.ts';
import type {
  Condition,
  Expression,
  ForExpression,
  Identifier,
  Loop,
  Missing,
  ObjectExpression,
  ResourceLoop,
} from './syntax.ts';
import { Token } from './tokens.ts';

/**
 * `[for …: value]` from the bracket on, or, where that is missing, from the word `for` or the line break in front of it.
 * Fails when it isn't closed.
 */
export function parseForExpression(cursor: Cursor): ForExpression {
  return parseLoop(cursor, parseValue);
}

/** The same with `{ … }` or `if (…) { … }` behind the colon: the body of a resource or module. */
export function parseResourceLoop(cursor: Cursor, resources: boolean): ResourceLoop {
  return parseLoop(cursor, resources ? parseResourceBody : parseModuleBody);
}

function parseResourceBody(cursor: Cursor): ObjectExpression | Condition | Missing {
  return parseObjectOrCondition(cursor, true);
}

function parseModuleBody(cursor: Cursor): ObjectExpression | Condition | Missing {
  return parseObjectOrCondition(cursor, false);
}

function parseObjectOrCondition(cursor: Cursor, resources: boolean): ObjectExpression | Condition | Missing {
  return cursor.atWord('if') ? parseIf(cursor, resources, stop.closeBracket) : parseObjectOnly(cursor, resources);
}

/** `if (condition) { … }` from the word on. `stops` are further tokens to recover at. */
export function parseIf(cursor: Cursor, resources: boolean, stops: number): Condition {
  const start = cursor.start;
  cursor.next();
  const condition = parseCondition(cursor);
  if (cursor.failing) cursor.recover(stops | stop.openBrace);
  const body = parseObjectOnly(cursor, resources);
  if (cursor.failing) cursor.recover(stops);
  return { kind: 'if', start, end: cursor.previousEnd, condition, body };
}

function parseLoop<Body extends Expression | Condition>(
  cursor: Cursor,
  parseBody: (cursor: Cursor) => Body | Missing,
): Loop<Body | Missing> {
  const { waiting, previousEnd } = cursor;
  const start = cursor.at(Token.newline) ? previousEnd : cursor.start;
  if (!cursor.enter()) return unreadLoop(cursor, start);
  waiting[Token.closeBracket] = (waiting[Token.closeBracket] ?? 0) + 1;
  if (!cursor.take(Token.openBracket)) cursor.complain("'[' in front of the loop");
  cursor.skipLineBreaks();
  cursor.expectWord('for');
  let item: Identifier | undefined;
  let index: Identifier | undefined;
  if (cursor.take(Token.openParen)) {
    item = cursor.identifier('the name of the item');
    cursor.expect(Token.comma, "',' and a name for the index");
    index = cursor.identifier('the name of the index');
    cursor.expect(Token.closeParen, "')'");
    if (cursor.failing) {
      cursor.recover(stop.closing);
      cursor.take(Token.closeParen);
    }
  } else item = cursor.identifier("the name of the item, or '(item, index)'");
  cursor.expectWord('in');
  let collection: Expression;
  if (cursor.failing) collection = cursor.missing();
  else collection = parseExpression(cursor, true);
  if (cursor.failing) cursor.recover(stop.closeBracket | stop.colon);
  const height = cursor.height;
  const colon = takeLoopColon(cursor);
  let body: Body | Missing;
  if (cursor.failing) body = cursor.missing();
  else body = parseBody(cursor);
  if (cursor.failing) cursor.recover(stop.closeBracket);
  else cursor.skipLineBreaks();
  cursor.height = Math.max(height, cursor.height) + 1;
  waiting[Token.closeBracket] = (waiting[Token.closeBracket] ?? 0) - 1;
  cursor.leave();
  const closeBracket = cursor.expect(Token.closeBracket, "']' at the end of the loop");
  return { kind: 'for', start, end: cursor.previousEnd, item, index, collection, colon, body, closeBracket };
}

/** The colon in front of the body. A body without one is read all the same; without a body on this line, it fails. */
function takeLoopColon(cursor: Cursor): number {
  if (!cursor.at(Token.colon)) {
    if (cursor.at(Token.openBrace) || cursor.atWord('if')) {
      cursor.complain("':' in front of the body of the loop");
      return -1;
    }
    cursor.fail("':' and the body of the loop");
    cursor.recover(stop.closeBracket | stop.colon);
    const closing = cursor.at(Token.closeBracket);
    if (closing && cursor.text.charCodeAt(cursor.skipSpaces(cursor.end)) === 58) cursor.next();
  }
  return cursor.expect(Token.colon, "':' and the body of the loop");
}

function unreadLoop(cursor: Cursor, start: number): Loop<Missing> {
  const collection = cursor.missing();
  const end = cursor.previousEnd;
  return {
    kind: 'for',
    start,
    end,
    item: undefined,
    index: undefined,
    collection,
    colon: -1,
    body: collection,
    closeBracket: -1,
  };
}
