import { type Cursor, stop } from './parser-cursor.ts';
import { nameOrComplaint, parseCallArguments, takeCallEnd } from './parser-expressions.ts';
import { nothing } from './parser-lists.ts';
import { parseIf, parseResourceLoop } from './parser-loops.ts';
import { goToNextLine, parseObject, parseUnopenedObject } from './parser-objects.ts';
import { atBareLoop, bareLoopAhead, lookAtNextLines, moveToEquals } from './parser-recovery.ts';
import { parseString } from './parser-strings.ts';
import type {
  Decorator,
  Expression,
  Identifier,
  Missing,
  ModuleDeclaration,
  ResourceBody,
  ResourceDeclaration,
  StringExpression,
  Unreadable,
} from './syntax.ts';
import { Token } from './tokens.ts';

/** The decorators in front of a declaration, each on a line of its own. */
export function parseDecorators(cursor: Cursor): readonly Decorator[] {
  if (!cursor.at(Token.at)) return nothing;
  const decorators: Decorator[] = [];
  while (cursor.at(Token.at)) {
    decorators.push(parseDecorator(cursor));
    if (!cursor.at(Token.newline) && !cursor.at(Token.endOfFile)) {
      cursor.fail('a new line behind the decorator');
      cursor.recover(0);
    }
    cursor.skipLineBreaks();
  }
  return decorators;
}

function parseDecorator(cursor: Cursor): Decorator {
  const start = cursor.start;
  cursor.next();
  const callStart = cursor.start;
  const name = cursor.identifier('the name of a decorator');
  let call: Expression = { kind: 'variable', start: name.start, end: name.end, name: name.name };
  if (cursor.failing) {
    cursor.recover(0);
    return { kind: 'decorator', start, end: cursor.previousEnd, call };
  }
  if (cursor.at(Token.openParen)) {
    const openParen = cursor.start;
    const items = parseCallArguments(cursor, true);
    const closeParen = takeCallEnd(cursor);
    call = { kind: 'call', start: callStart, end: cursor.previousEnd, name, openParen, arguments: items, closeParen };
  }
  while (cursor.take(Token.dot)) {
    const target: Expression = call;
    const name = nameOrComplaint(cursor, 'the name of a decorator');
    if (cursor.at(Token.openParen)) {
      const openParen = cursor.start;
      const items = parseCallArguments(cursor, true);
      const closeParen = takeCallEnd(cursor);
      const end = cursor.previousEnd;
      call = { kind: 'methodCall', start: callStart, end, target, name, openParen, arguments: items, closeParen };
    } else call = { kind: 'member', start: callStart, end: cursor.previousEnd, target, safe: false, name };
    if (!cursor.grow(0)) break;
  }
  return { kind: 'decorator', start, end: cursor.previousEnd, call };
}

/** A resource among the items of a resource's body, with the decorators in front of it. */
export function parseNestedResource(cursor: Cursor): ResourceDeclaration | Unreadable {
  const start = cursor.start;
  const decorators = parseDecorators(cursor);
  if (cursor.atWord('resource')) return parseResource(cursor, start, decorators);
  if (decorators.length > 0) cursor.reportFrom(start, 'Expected a nested resource behind this decorator.');
  return { kind: 'unreadable', start, end: cursor.previousEnd, decorators, keyword: -1 };
}

/** `resource name 'type' = body` from the word on. */
export function parseResource(cursor: Cursor, start: number, decorators: readonly Decorator[]): ResourceDeclaration {
  const keyword = cursor.start;
  cursor.next();
  const name = parseDeclaredName(cursor, 'the name of the resource', stop.string);
  const type = parseHeaderString(cursor, 'the type of the resource in quotes', stop.equals | stop.openBrace);
  let existing = -1;
  if (cursor.atWord('existing')) {
    existing = cursor.start;
    cursor.next();
  }
  const equals = parseEquals(cursor, stop.openBrace);
  const body = parseBody(cursor, true);
  if (cursor.failing) cursor.recover(0);
  const end = cursor.previousEnd;
  return { kind: 'resource', start, end, decorators, keyword, name, type, existing, equals, body };
}

/** `module name 'reference' = body` from the word on. */
export function parseModule(cursor: Cursor, start: number, decorators: readonly Decorator[]): ModuleDeclaration {
  const keyword = cursor.start;
  cursor.next();
  const name = parseDeclaredName(cursor, 'the name of the module', stop.string);
  const reference = parseHeaderString(cursor, 'the path of the module in quotes', stop.equals | stop.openBrace);
  const equals = parseEquals(cursor, stop.openBrace);
  const body = parseBody(cursor, false);
  if (cursor.failing) cursor.recover(0);
  return { kind: 'module', start, end: cursor.previousEnd, decorators, keyword, name, reference, equals, body };
}

/** The name that a statement declares; without one, reading goes on at one of `stops` or at the end of the line. */
export function parseDeclaredName(cursor: Cursor, what: string, stops: number): Identifier {
  const name = cursor.identifier(what);
  if (cursor.failing) cursor.recover(stops);
  return name;
}

/** A string in the head of a statement; without one, reading goes on at one of `stops` or at the end of the line. */
export function parseHeaderString(cursor: Cursor, what: string, stops: number): StringExpression | Missing {
  const start = cursor.start;
  if (cursor.at(Token.string)) {
    const text = parseString(cursor);
    if (text.terminated || !moveToEquals(cursor, start)) return text;
    // The rest of the line went into the string, the beginning of the body with it.
    return { kind: 'missing', start, end: cursor.previousEnd };
  }
  cursor.fail(what);
  const missing = cursor.missing();
  if (!cursor.at(Token.newline) && stops !== 0 && moveToEquals(cursor, start)) cursor.recover(stops | stop.equals);
  else cursor.recover(stops);
  return missing;
}

/** The equals sign of a statement; without one, reading goes on at one of `stops` or at the end of the line. */
export function parseEquals(cursor: Cursor, stops: number): number {
  const equals = cursor.expect(Token.equals, "'='");
  if (cursor.failing) cursor.recover(stops);
  return equals;
}

function parseBody(cursor: Cursor, resources: boolean): ResourceBody {
  if (cursor.at(Token.newline)) {
    if (cursor.wordAt('if', cursor.skipBlank(cursor.end))) cursor.skipLineBreaks();
    else if (bareLoopAhead(cursor)) return parseResourceLoop(cursor, resources);
    else {
      const next = lookAtNextLines(cursor);
      if (next === 'object items') return parseUnopenedObject(cursor, resources);
      if (next === 'value') goToNextLine(cursor);
    }
  }
  if (cursor.at(Token.openBracket) || atBareLoop(cursor)) return parseResourceLoop(cursor, resources);
  if (cursor.at(Token.openBrace)) return parseObject(cursor, resources);
  if (cursor.atWord('if')) return parseIf(cursor, resources, 0);
  cursor.fail("the body: '{', 'if (…) {' or '[for …'");
  return cursor.missing();
}
