import { type Cursor, stop } from './parser-cursor.ts';
import { nameOrComplaint, parseExpression, parseInteger, takeClosing } from './parser-expressions.ts';
import { nothing, parseArguments, parseItems } from './parser-lists.ts';
import { parseColon, parseKey } from './parser-objects.ts';
import { parseDecorators } from './parser-resources.ts';
import { parseString } from './parser-strings.ts';
import type {
  Decorator,
  Identifier,
  Missing,
  ObjectType,
  ParenthesizedType,
  ResourceType,
  StringExpression,
  TupleItem,
  TupleType,
  TypeExpression,
  TypeInstance,
  TypeProperty,
} from './syntax.ts';
import { Token } from './tokens.ts';

/** The type of a declaration: a type expression or `resource 'Type@version'`. `bare` allows `resource` alone. */
export function parseDeclaredType(cursor: Cursor, bare: boolean): TypeExpression {
  if (!cursor.atWord('resource') || cursor.text.charCodeAt(cursor.skipBlank(cursor.end)) === 60)
    return parseType(cursor);
  const start = cursor.start;
  cursor.next();
  let type: StringExpression | Missing | undefined;
  if (cursor.at(Token.string)) type = parseString(cursor);
  else if (!bare) {
    cursor.fail('the type of the resource in quotes');
    type = cursor.missing();
    cursor.recover(stop.equals);
  }
  const result: ResourceType = { kind: 'resourceType', start, end: cursor.previousEnd, type };
  return result;
}

/** A type expression, with or without a union at its top. */
export function parseType(cursor: Cursor): TypeExpression {
  const start = cursor.at(Token.newline) ? cursor.skipBlank(cursor.end) : cursor.start;
  const leading = atUnionBar(cursor);
  if (leading) takeUnionBar(cursor);
  const first = parseSuffixed(cursor);
  if (cursor.failing || (!leading && !atUnionBar(cursor))) return first;
  const members = [first];
  let height = cursor.height;
  while (atUnionBar(cursor)) {
    takeUnionBar(cursor);
    if (cursor.at(Token.newline)) cursor.complain("a type on the same line as the '|'");
    else {
      members.push(parseSuffixed(cursor));
      if (cursor.failing) cursor.recover(stop.closing);
      if (cursor.height > height) height = cursor.height;
    }
  }
  cursor.height = height + 1;
  return { kind: 'unionType', start, end: cursor.previousEnd, members };
}

function atUnionBar(cursor: Cursor): boolean {
  return cursor.at(Token.pipe) || cursor.operatorAhead(124);
}

function takeUnionBar(cursor: Cursor): void {
  cursor.skipLineBreaks();
  cursor.next();
}

function parseSuffixed(cursor: Cursor): TypeExpression {
  const start = cursor.start;
  let type = parseSigned(cursor);
  while (!cursor.failing) {
    if (cursor.take(Token.question)) type = { kind: 'nullableType', start, end: cursor.previousEnd, base: type };
    else if (cursor.take(Token.exclamation)) type = { kind: 'nonNullType', start, end: cursor.previousEnd, base: type };
    else break;
    if (!cursor.grow(0)) break;
  }
  return type;
}

function parseSigned(cursor: Cursor): TypeExpression {
  if (!cursor.at(Token.minus) && !cursor.at(Token.exclamation)) return parseTypeMember(cursor);
  const start = cursor.start;
  const operator = cursor.at(Token.minus) ? '-' : '!';
  cursor.next();
  const operand = parseTypeMember(cursor);
  if (cursor.failing) cursor.recover(stop.closing);
  cursor.height++;
  return { kind: 'negatedType', start, end: cursor.previousEnd, operator, operand };
}

function parseTypeMember(cursor: Cursor): TypeExpression {
  const start = cursor.start;
  let target = parsePrimaryType(cursor);
  while (!cursor.failing) {
    const height = cursor.height;
    if (cursor.at(Token.openBracket)) target = parseTypeBracket(cursor, start, target);
    else if (cursor.at(Token.dot)) target = parseTypeDot(cursor, start, target);
    else break;
    if (!cursor.grow(height)) break;
  }
  return target;
}

function parseTypeBracket(cursor: Cursor, start: number, target: TypeExpression): TypeExpression {
  if (!cursor.enter()) return { kind: 'arrayType', start, end: cursor.previousEnd, element: target };
  cursor.next();
  cursor.leave();
  if (cursor.take(Token.closeBracket)) return { kind: 'arrayType', start, end: cursor.previousEnd, element: target };
  if (cursor.take(Token.asterisk)) {
    cursor.expect(Token.closeBracket, "']' behind '*'");
    return { kind: 'typeItems', start, end: cursor.previousEnd, target };
  }
  const index = parseExpression(cursor, false);
  cursor.expect(Token.closeBracket, "']' behind the index");
  return { kind: 'typeIndex', start, end: cursor.previousEnd, target, index };
}

function parseTypeDot(cursor: Cursor, start: number, target: TypeExpression): TypeExpression {
  cursor.next();
  if (cursor.take(Token.asterisk)) return { kind: 'typeRest', start, end: cursor.previousEnd, target };
  const name = nameOrComplaint(cursor, 'the name of a type or property');
  if (cursor.at(Token.less)) return parseTypeInstance(cursor, start, target, name);
  return { kind: 'typeMember', start, end: cursor.previousEnd, target, name };
}

function parseTypeInstance(
  cursor: Cursor,
  start: number,
  target: TypeExpression | undefined,
  name: Identifier,
): TypeInstance {
  if (!cursor.enter()) {
    return { kind: 'typeInstance', start, end: cursor.previousEnd, target, name, arguments: nothing };
  }
  cursor.next();
  const items = parseArguments(cursor, Token.greater, parseTypeArgument);
  takeClosing(cursor, Token.greater, "'>' behind the arguments");
  cursor.leave();
  cursor.height++;
  return { kind: 'typeInstance', start, end: cursor.previousEnd, target, name, arguments: items };
}

function parseTypeArgument(cursor: Cursor): TypeExpression {
  const argument = parseType(cursor);
  if (cursor.failing) cursor.recover(stop.comma | stop.greater);
  return argument;
}

function parsePrimaryType(cursor: Cursor): TypeExpression {
  const { start, end } = cursor;
  cursor.height = 1;
  switch (cursor.kind) {
    case Token.identifier: {
      const name = cursor.text.slice(start, end);
      cursor.next();
      if (!cursor.at(Token.less)) return { kind: 'typeName', start, end, name };
      return parseTypeInstance(cursor, start, undefined, { kind: 'identifier', start, end, name });
    }
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
    case Token.openBrace:
      return parseObjectType(cursor);
    case Token.openBracket:
      return parseTupleType(cursor);
    case Token.openParen:
      return parseParenthesizedType(cursor);
    default:
      cursor.fail('a type');
      return cursor.missing();
  }
}

function parseObjectType(cursor: Cursor): ObjectType {
  const openBrace = cursor.start;
  if (!cursor.enter()) {
    return { kind: 'objectType', start: openBrace, end: cursor.previousEnd, openBrace, items: nothing, closeBrace: -1 };
  }
  cursor.next();
  const items = parseItems(cursor, Token.closeBrace, parseTypeProperty);
  cursor.height++;
  cursor.leave();
  const closeBrace = cursor.expect(Token.closeBrace, "'}' at the end of the object type");
  return { kind: 'objectType', start: openBrace, end: cursor.previousEnd, openBrace, items, closeBrace };
}

function parseTypeProperty(cursor: Cursor): TypeProperty | undefined {
  const start = cursor.start;
  const decorators = parseDecorators(cursor);
  const rest = cursor.take(Token.asterisk);
  const key = rest ? undefined : parseKey(cursor);
  if (cursor.failing) cursor.recover(stop.colon | stop.closeBrace);
  const colon = parseColon(cursor);
  let type: TypeExpression;
  if (cursor.failing) {
    type = cursor.missing();
    cursor.recover(stop.closeBrace);
  } else {
    type = parseType(cursor);
    if (cursor.failing) cursor.recover(stop.closeBrace);
  }
  cursor.height++;
  if (key === undefined && !rest) return undefined;
  return { kind: 'typeProperty', start, end: cursor.previousEnd, decorators, key, colon, type };
}

function parseTupleType(cursor: Cursor): TupleType {
  const start = cursor.start;
  if (!cursor.enter()) return { kind: 'tupleType', start, end: cursor.previousEnd, items: nothing };
  cursor.next();
  const items = parseItems(cursor, Token.closeBracket, parseTupleItem);
  cursor.height++;
  cursor.leave();
  cursor.expect(Token.closeBracket, "']' at the end of the tuple type");
  return { kind: 'tupleType', start, end: cursor.previousEnd, items };
}

function parseTupleItem(cursor: Cursor): TupleItem {
  const start = cursor.start;
  const decorators: readonly Decorator[] = parseDecorators(cursor);
  const type = parseType(cursor);
  if (cursor.failing) cursor.recover(stop.closeBracket);
  cursor.height++;
  return { kind: 'tupleItem', start: Math.min(start, type.start), end: cursor.previousEnd, decorators, type };
}

function parseParenthesizedType(cursor: Cursor): ParenthesizedType {
  const start = cursor.start;
  if (!cursor.enter()) {
    return { kind: 'parenthesizedType', start, end: cursor.previousEnd, type: cursor.missing() };
  }
  cursor.next();
  const type = parseType(cursor);
  if (cursor.failing) cursor.recover(stop.closing);
  cursor.height++;
  cursor.leave();
  cursor.expect(Token.closeParen, "')' behind the type");
  return { kind: 'parenthesizedType', start, end: cursor.previousEnd, type };
}
