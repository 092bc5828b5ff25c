import { type Cursor, stop } from './parser-cursor.ts';
import { parseExpression } from './parser-expressions.ts';
import { nothing, parseItems } from './parser-lists.ts';
import { parseForExpression } from './parser-loops.ts';
import { atBareLoop, bareLoopAhead, lookAtNextLines } from './parser-recovery.ts';
import { parseNestedResource } from './parser-resources.ts';
import { parseString } from './parser-strings.ts';
import type {
  ArrayExpression,
  ArrayItem,
  Expression,
  ForExpression,
  Identifier,
  Missing,
  ObjectExpression,
  ObjectItem,
  Spread,
  StringExpression,
} from './syntax.ts';
import { Token } from './tokens.ts';

/** `{ … }` from its opening brace on; fails when it isn't closed. `resources` allows resource declarations among the items. */
export function parseObject(cursor: Cursor, resources: boolean): ObjectExpression {
  const openBrace = cursor.start;
  if (!cursor.enter()) {
    return { kind: 'object', start: openBrace, end: cursor.previousEnd, openBrace, items: nothing, closeBrace: -1 };
  }
  cursor.next();
  cursor.leave();
  return parseObjectRest(cursor, openBrace, openBrace, resources);
}

function parseObjectRest(cursor: Cursor, start: number, openBrace: number, resources: boolean): ObjectExpression {
  let items: readonly ObjectItem[] = nothing;
  if (cursor.enter()) {
    items = parseItems(cursor, Token.closeBrace, resources ? parseResourceItem : parseObjectItem);
    cursor.height++;
    cursor.leave();
  }
  const closeBrace = cursor.expect(Token.closeBrace, "'}' at the end of the object");
  return { kind: 'object', start, end: cursor.previousEnd, openBrace, items, closeBrace };
}

/** An object where nothing else is allowed, from behind what may stand in front of it on its line; fails when there is none. */
export function parseObjectOnly(cursor: Cursor, resources: boolean): ObjectExpression | Missing {
  if (cursor.at(Token.newline)) {
    const next = lookAtNextLines(cursor);
    if (next === 'object items') return parseUnopenedObject(cursor, resources);
    if (next === 'value') goToNextLine(cursor);
  }
  if (!cursor.at(Token.openBrace)) {
    cursor.fail("'{'");
    const missing = cursor.missing();
    cursor.recover(stop.openBrace);
    if (!cursor.at(Token.openBrace)) return missing;
  }
  return parseObject(cursor, resources);
}

/** Items of an object whose opening brace is missing at the end of the line. */
export function parseUnopenedObject(cursor: Cursor, resources: boolean): ObjectExpression {
  const start = cursor.previousEnd;
  cursor.complain("'{' in front of the next lines");
  return parseObjectRest(cursor, start, -1, resources);
}

/** Reports that what stands on the next line belongs on this one, and goes there. */
export function goToNextLine(cursor: Cursor): void {
  cursor.complain('a value that begins on this line');
  cursor.skipLineBreaks();
}

/** What stands behind a colon or an equals sign, also where its opening bracket is missing or on the next line. */
export function parseValue(cursor: Cursor): Expression {
  if (atBareLoop(cursor) || bareLoopAhead(cursor)) return parseForExpression(cursor);
  if (!cursor.at(Token.newline)) return parseExpression(cursor, true);
  const next = lookAtNextLines(cursor);
  if (next === 'object items') return parseUnopenedObject(cursor, false);
  if (next === 'array items') {
    const start = cursor.previousEnd;
    cursor.complain("'[' in front of the next lines");
    return parseArrayRest(cursor, start, -1);
  }
  if (next === 'value') goToNextLine(cursor);
  return parseExpression(cursor, true);
}

function parseResourceItem(cursor: Cursor): ObjectItem | undefined {
  if (cursor.at(Token.at) || (cursor.atWord('resource') && cursor.identifierFollows()))
    return parseNestedResource(cursor);
  return parseObjectItem(cursor);
}

function parseObjectItem(cursor: Cursor): ObjectItem | undefined {
  if (cursor.at(Token.ellipsis)) return parseSpread(cursor, stop.comma | stop.closeBrace);
  const start = cursor.start;
  if (cursor.at(Token.openBrace) || cursor.at(Token.openBracket)) {
    cursor.complain('the name of a property');
    parseExpression(cursor, true);
    if (cursor.failing) cursor.recover(stop.closeBrace);
    return undefined;
  }
  const key = parseKey(cursor);
  if (cursor.failing) cursor.recover(stop.colon | stop.closeBrace);
  const colon = parseColon(cursor);
  const value = cursor.failing ? cursor.missing() : parseValue(cursor);
  if (cursor.failing) cursor.recover(stop.closeBrace);
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
    const end = cursor.previousEnd;
    return { kind: 'array', start: openBracket, end, openBracket, items: nothing, closeBracket: -1 };
  }
  cursor.leave();
  if (cursor.wordAt('for', cursor.skipBlank(cursor.end))) return parseForExpression(cursor);
  cursor.next();
  return parseArrayRest(cursor, openBracket, openBracket);
}

function parseArrayRest(cursor: Cursor, start: number, openBracket: number): ArrayExpression {
  let items: readonly ArrayItem[] = nothing;
  if (cursor.enter()) {
    items = parseItems(cursor, Token.closeBracket, parseArrayItem);
    cursor.height++;
    cursor.leave();
  }
  const closeBracket = cursor.expect(Token.closeBracket, "']' at the end of the array");
  return { kind: 'array', start, end: cursor.previousEnd, openBracket, items, closeBracket };
}

function parseArrayItem(cursor: Cursor): ArrayItem {
  if (cursor.at(Token.ellipsis)) return parseSpread(cursor, stop.comma | stop.closeBracket);
  if (cursor.startsProperty()) {
    const start = cursor.start;
    cursor.complain("'{' in front of this property");
    const object = parseObjectRest(cursor, start, -1, false);
    if (cursor.failing) cursor.recover(stop.closeBracket);
    return object;
  }
  const item = parseExpression(cursor, true);
  if (cursor.failing) cursor.recover(stop.closeBracket);
  return item;
}
