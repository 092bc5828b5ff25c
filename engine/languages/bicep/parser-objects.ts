import { type Cursor, stop } from './parser-cursor.ts';
import { parseCondition, parseExpression, parseString } from './parser-expressions.ts';
import { nothing, parseItems } from './parser-lists.ts';
import { parseNestedResource } from './parser-resources.ts';
import type {
  ArrayExpression,
  ArrayItem,
  Condition,
  Expression,
  ForExpression,
  Identifier,
  Loop,
  Missing,
  ObjectExpression,
  ObjectItem,
  ResourceLoop,
  Spread,
  StringExpression,
} from './syntax.ts';
import { Token } from './tokens.ts';

/** `{ … }` from its opening brace on; fails when it isn't closed. `resources` allows resource declarations among the items. */
export function parseObject(cursor: Cursor, resources: boolean): ObjectExpression {
  const openBrace = cursor.start;
  if (!cursor.enter())
    return { kind: 'object', start: openBrace, end: cursor.previousEnd, openBrace, items: nothing, closeBrace: -1 };
  cursor.next();
  const items = parseItems(cursor, Token.closeBrace, resources ? parseResourceItem : parseObjectItem);
  cursor.height++;
  cursor.leave();
  const closeBrace = cursor.expect(Token.closeBrace, "'}' at the end of the object");
  return { kind: 'object', start: openBrace, end: cursor.previousEnd, openBrace, items, closeBrace };
}

/** An object where nothing else is allowed; fails when there is none. */
export function parseObjectOnly(cursor: Cursor, resources: boolean): ObjectExpression | Missing {
  if (cursor.at(Token.openBrace)) return parseObject(cursor, resources);
  cursor.fail("'{'");
  return cursor.missing();
}

function parseResourceItem(cursor: Cursor): ObjectItem | undefined {
  if (cursor.at(Token.at) || (cursor.atWord('resource') && cursor.identifierFollows()))
    return parseNestedResource(cursor);
  return parseObjectItem(cursor);
}

function parseObjectItem(cursor: Cursor): ObjectItem | undefined {
  if (cursor.at(Token.ellipsis)) return parseSpread(cursor, stop.comma | stop.closeBrace);
  const start = cursor.start;
  const key = parseKey(cursor);
  if (cursor.failing) cursor.recover(stop.colon | stop.closeBrace);
  const colon = parseColon(cursor);
  let value: Expression;
  if (cursor.failing) {
    value = cursor.missing();
    cursor.recover(stop.closeBrace);
  } else {
    value = parseExpression(cursor, true);
    if (cursor.failing) cursor.recover(stop.closeBrace);
  }
  cursor.height++;
  return key === undefined ? undefined : { kind: 'property', start, end: cursor.previousEnd, key, colon, value };
}

/** The name in front of a colon; fails when there is none. */
export function parseKey(cursor: Cursor): Identifier | StringExpression | undefined {
  if (cursor.at(Token.identifier)) return cursor.identifier('');
  if (cursor.at(Token.string)) return parseString(cursor);
  cursor.fail('the name of a property');
  return undefined;
}

/** The colon behind a name. An equals sign is read as one, and one in front of a brace or bracket may be missing. */
export function parseColon(cursor: Cursor): number {
  const start = cursor.start;
  if (cursor.take(Token.colon)) return start;
  if (cursor.at(Token.equals)) {
    cursor.complain("':' behind the name of the property");
    cursor.next();
    return start;
  }
  if (cursor.at(Token.openBrace) || cursor.at(Token.openBracket))
    cursor.complain("':' behind the name of the property");
  else cursor.fail("':' behind the name of the property");
  return -1;
}

function parseSpread(cursor: Cursor, stops: number): Spread {
  const start = cursor.start;
  cursor.next();
  const expression = parseExpression(cursor, true);
  if (cursor.failing) cursor.recover(stops);
  cursor.height++;
  return { kind: 'spread', start, end: cursor.previousEnd, expression };
}

/** `[…]` or `[for …]` from the bracket on; fails when it isn't closed. */
export function parseArrayOrLoop(cursor: Cursor): ArrayExpression | ForExpression {
  const openBracket = cursor.start;
  if (!cursor.enter()) {
    return {
      kind: 'array',
      start: openBracket,
      end: cursor.previousEnd,
      openBracket,
      items: nothing,
      closeBracket: -1,
    };
  }
  let result: ArrayExpression | ForExpression;
  if (cursor.wordAt('for', cursor.skipBlank(cursor.end))) result = parseLoop(cursor, parseLoopValue);
  else {
    cursor.next();
    const items = parseItems(cursor, Token.closeBracket, parseArrayItem);
    const closeBracket = cursor.expect(Token.closeBracket, "']' at the end of the array");
    result = { kind: 'array', start: openBracket, end: cursor.previousEnd, openBracket, items, closeBracket };
  }
  cursor.height++;
  cursor.leave();
  return result;
}

function parseArrayItem(cursor: Cursor): ArrayItem {
  if (cursor.at(Token.ellipsis)) return parseSpread(cursor, stop.comma | stop.closeBracket);
  const item = parseExpression(cursor, true);
  if (cursor.failing) cursor.recover(stop.closeBracket);
  return item;
}

/** `[for …: { … }]` or `[for …: if (…) { … }]`, the body of a resource or module; fails when it is no loop. */
export function parseResourceLoop(cursor: Cursor, resources: boolean): ResourceLoop | Missing {
  if (!cursor.enter()) return cursor.missing();
  const loop = parseLoop(cursor, resources ? parseResourceBody : parseModuleBody);
  cursor.leave();
  return loop;
}

function parseLoopValue(cursor: Cursor): Expression {
  return parseExpression(cursor, true);
}

function parseResourceBody(cursor: Cursor): ObjectExpression | Condition | Missing {
  return parseObjectOrCondition(cursor, true);
}

function parseModuleBody(cursor: Cursor): ObjectExpression | Condition | Missing {
  return parseObjectOrCondition(cursor, false);
}

function parseObjectOrCondition(cursor: Cursor, resources: boolean): ObjectExpression | Condition | Missing {
  if (cursor.at(Token.openBrace)) return parseObject(cursor, resources);
  if (cursor.atWord('if')) return parseIf(cursor, resources, stop.closeBracket);
  cursor.fail("'{' or 'if'");
  return cursor.missing();
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
  const start = cursor.start;
  let item: Identifier | undefined;
  let index: Identifier | undefined;
  let collection: Expression;
  let body: Body | Missing;
  cursor.next();
  cursor.skipLineBreaks();
  cursor.expectWord('for');
  if (cursor.at(Token.openParen)) {
    cursor.next();
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
  if (cursor.failing) {
    collection = cursor.missing();
    cursor.recover(stop.closeBracket | stop.colon);
  } else {
    collection = parseExpression(cursor, true);
    if (cursor.failing) cursor.recover(stop.closeBracket | stop.colon);
  }
  const height = cursor.height;
  const colon = cursor.expect(Token.colon, "':' and the body of the loop");
  if (cursor.failing) {
    body = cursor.missing();
    cursor.recover(stop.closeBracket);
  } else {
    body = parseBody(cursor);
    if (cursor.failing) cursor.recover(stop.closeBracket);
    else cursor.skipLineBreaks();
  }
  if (cursor.height < height) cursor.height = height;
  const closeBracket = cursor.expect(Token.closeBracket, "']' at the end of the loop");
  return { kind: 'for', start, end: cursor.previousEnd, item, index, collection, colon, body, closeBracket };
}
