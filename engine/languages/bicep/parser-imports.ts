import { type Cursor, stop } from './parser-cursor.ts';
import { nothing, parseItems } from './parser-lists.ts';
import { parseObjectOnly } from './parser-objects.ts';
import { parseDeclaredName, parseHeaderString } from './parser-resources.ts';
import { parseString } from './parser-strings.ts';
import type {
  Decorator,
  Extends,
  Extension,
  ExtensionConfig,
  Identifier,
  Import,
  ImportItem,
  Missing,
  ObjectExpression,
  StringExpression,
  Using,
} from './syntax.ts';
import { Token } from './tokens.ts';

/**
 * `import … from '…'` from the word on. With `extensions`, `import '…' [as name]` is read as the extension that it
 * used to mean.
 */
export function parseImport(
  cursor: Cursor,
  start: number,
  decorators: readonly Decorator[],
  extensions: boolean,
): Import | Extension {
  const keyword = cursor.start;
  cursor.next();
  if (extensions && cursor.at(Token.string)) return parseExtensionRest(cursor, start, decorators, keyword);
  let wildcard: Identifier | undefined;
  let items: readonly ImportItem[] = nothing;
  if (cursor.take(Token.asterisk)) {
    cursor.expectWord('as');
    wildcard = cursor.identifier('the name for what is imported');
  } else if (cursor.take(Token.openBrace)) {
    items = parseItems(cursor, Token.closeBrace, parseImportItem);
    cursor.expect(Token.closeBrace, "'}' behind the imported names");
  } else cursor.fail("'{' and names, or '*'");
  cursor.expectWord('from');
  if (cursor.failing) cursor.recover(stop.string);
  const reference = parseHeaderString(cursor, 'the path of the imported file in quotes', 0);
  return { kind: 'import', start, end: cursor.previousEnd, decorators, keyword, wildcard, items, reference };
}

function parseImportItem(cursor: Cursor): ImportItem | undefined {
  const start = cursor.start;
  let name: Identifier | StringExpression;
  if (cursor.at(Token.identifier)) name = cursor.identifier('');
  else if (cursor.at(Token.string)) {
    name = parseString(cursor);
    if (name.holes.length > 0) cursor.report(name.start, name.end, 'Expected a name without holes.');
  } else {
    cursor.complain('the name of something exported');
    cursor.skipToken();
    return undefined;
  }
  let alias: Identifier | undefined;
  if (cursor.atWord('as')) {
    cursor.next();
    alias = parseDeclaredName(cursor, 'the name to import it under', stop.comma | stop.closeBrace);
  } else if (name.kind === 'string') {
    cursor.report(name.start, name.end, "Expected 'as' and a name behind a name in quotes.");
  }
  return { kind: 'importItem', start, end: cursor.previousEnd, name, alias };
}

/** `extension reference [with {…}] [as name]` from the word on. */
export function parseExtension(cursor: Cursor, start: number, decorators: readonly Decorator[]): Extension {
  const keyword = cursor.start;
  cursor.next();
  return parseExtensionRest(cursor, start, decorators, keyword);
}

function parseExtensionRest(
  cursor: Cursor,
  start: number,
  decorators: readonly Decorator[],
  keyword: number,
): Extension {
  let reference: Identifier | StringExpression | Missing;
  if (cursor.at(Token.identifier)) reference = cursor.identifier('');
  else reference = parseHeaderString(cursor, 'the name of the extension, or its path in quotes', 0);
  let configuration: ObjectExpression | Missing | undefined;
  if (cursor.atWord('with')) configuration = parseWith(cursor);
  let alias: Identifier | undefined;
  if (cursor.atWord('as')) {
    cursor.next();
    alias = parseDeclaredName(cursor, 'the name for the extension', 0);
  } else if (!endsHere(cursor)) {
    cursor.fail(`${configuration === undefined ? "'with', " : ''}'as' or the end of the line`);
    cursor.recover(0);
  }
  return { kind: 'extension', start, end: cursor.previousEnd, decorators, keyword, reference, configuration, alias };
}

/** `extensionConfig name with {…}` from the word on. */
export function parseExtensionConfig(cursor: Cursor, start: number, decorators: readonly Decorator[]): ExtensionConfig {
  const keyword = cursor.start;
  cursor.next();
  const name = parseDeclaredName(cursor, 'the name of the extension', stop.identifier);
  const configuration = parseWith(cursor);
  return { kind: 'extensionConfig', start, end: cursor.previousEnd, decorators, keyword, name, configuration };
}

/** `using reference [with {…}]` from the word on. */
export function parseUsing(cursor: Cursor, start: number, decorators: readonly Decorator[]): Using {
  const keyword = cursor.start;
  cursor.next();
  let reference: Using['reference'];
  if (cursor.atWord('none')) {
    reference = { kind: 'none', start: cursor.start, end: cursor.end };
    cursor.next();
  } else reference = parseHeaderString(cursor, "the path of the template in quotes, or 'none'", 0);
  const configuration = endsHere(cursor) ? undefined : parseWith(cursor);
  return { kind: 'using', start, end: cursor.previousEnd, decorators, keyword, reference, configuration };
}

/** `extends reference` from the word on. */
export function parseExtends(cursor: Cursor, start: number, decorators: readonly Decorator[]): Extends {
  const keyword = cursor.start;
  cursor.next();
  const reference = parseHeaderString(cursor, 'the path of the parameter file in quotes', 0);
  return { kind: 'extends', start, end: cursor.previousEnd, decorators, keyword, reference };
}

function parseWith(cursor: Cursor): ObjectExpression | Missing {
  cursor.expectWord('with');
  const configuration = cursor.failing ? cursor.missing() : parseObjectOnly(cursor, false);
  if (cursor.failing) cursor.recover(0);
  return configuration;
}

function endsHere(cursor: Cursor): boolean {
  return cursor.at(Token.newline) || cursor.at(Token.endOfFile);
}
