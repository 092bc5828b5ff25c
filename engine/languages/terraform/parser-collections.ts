import { missing, parseExpression } from './parser-expressions.ts';
import { columnOfFirst, indentationOf, recover, stopUnexpected } from './parser-recovery.ts';
import { absent, type Expression, type ForExpression, type ObjectItem } from './syntax.ts';
import {
  arrowToken,
  assignToken,
  type Cursor,
  closeBraceToken,
  closeBracketToken,
  colonToken,
  commaToken,
  ellipsisToken,
  endToken,
  identifierToken,
  newlineToken,
  stoppedToken,
} from './tokens.ts';

/* Lists, objects and the `for` expressions that make them. Objects recover from mistakes item by item. */

/** Reads a list or a `for` expression that makes one; the cursor stands on `[`. */
export function parseTuple(cursor: Cursor): Expression {
  const start = cursor.start;
  const outer = cursor.newlines;
  cursor.newlines = false;
  cursor.advance();
  if (cursor.isWord('for')) return parseFor(cursor, start, closeBracketToken, outer);
  const elements: Expression[] = [];
  let close = absent;
  let height = 0;
  while (!cursor.is(closeBracketToken)) {
    if (cursor.is(endToken)) {
      cursor.stop(start, start + 1, 'This list is not closed; expected "]" before the end of the file.');
      break;
    }
    elements.push(parseExpression(cursor));
    height = Math.max(height, cursor.height);
    if (cursor.is(commaToken)) {
      cursor.advance();
    } else if (!cursor.is(closeBracketToken)) {
      stopUnexpected(cursor, 'Expected "," or "]" after a list element');
      break;
    }
  }
  if (cursor.is(closeBracketToken)) close = cursor.start;
  cursor.newlines = outer;
  cursor.advance();
  cursor.height = height + 1;
  return { kind: 'tuple', start, end: cursor.previousEnd, elements, close };
}

/** Reads an object or a `for` expression that makes one; the cursor stands on `{`. */
export function parseObject(cursor: Cursor): Expression {
  const start = cursor.start;
  const outer = cursor.newlines;
  // Whether this is a `for` expression is decided across line breaks.
  cursor.newlines = false;
  cursor.advance();
  if (cursor.isWord('for')) return parseFor(cursor, start, closeBraceToken, outer);
  cursor.newlines = true;
  const items: ObjectItem[] = [];
  let complete = true;
  let close = absent;
  let height = 0;
  for (;;) {
    if (cursor.is(newlineToken)) {
      cursor.advance();
      continue;
    }
    if (cursor.is(endToken)) {
      cursor.unbalanced = true;
      cursor.stop(start, start + 1, 'This object is not closed; expected "}" before the end of the file.');
      break;
    }
    if (cursor.trustsIndentation && !cursor.is(stoppedToken) && endsByIndentation(cursor, start)) {
      cursor.stop(start, start + 1, 'This object is not closed; expected "}".');
      cursor.resumeAt = cursor.start;
      break;
    }
    if (cursor.is(closeBraceToken)) {
      close = cursor.start;
      cursor.quiet = false;
      break;
    }
    const itemStart = cursor.start;
    const before = items.length;
    parseObjectItem(cursor, items);
    height = Math.max(height, cursor.height);
    if (cursor.is(commaToken) || cursor.is(newlineToken)) cursor.advance();
    else if (!cursor.is(closeBraceToken)) stopAfterItem(cursor);
    if (cursor.is(stoppedToken)) {
      complete = false;
      if (!recoverItem(cursor, start, itemStart)) break;
      // What comes next may be the rest of the mistake, until an item begins well.
      cursor.quiet = true;
      if (items.length > before) clipLastItem(items, cursor.start);
    }
  }
  cursor.newlines = outer;
  cursor.advance();
  cursor.height = height + 1;
  return { kind: 'object', start, end: cursor.previousEnd, items, complete: complete && close !== absent, close };
}

function parseObjectItem(cursor: Cursor, items: ObjectItem[]): void {
  const key = parseExpression(cursor);
  const keyHeight = cursor.height;
  if (!cursor.is(assignToken) && !cursor.is(colonToken)) {
    if (!cursor.is(endToken)) stopUnexpected(cursor, 'Expected "=" after the key of an object item');
    return;
  }
  const separator = cursor.start;
  cursor.quiet = false;
  cursor.advance();
  const value = parseExpression(cursor);
  cursor.height = Math.max(keyHeight, cursor.height);
  items.push({ kind: 'objectItem', start: key.start, end: value.end, key, name: literalKey(key), separator, value });
}

/** Reading may have gone past where the next item turned out to begin: then nothing is known of the value. */
function clipLastItem(items: ObjectItem[], end: number): void {
  const item = items.pop();
  if (item === undefined) return;
  const value: Expression = { kind: 'missing', start: Math.min(item.value.start, end), end };
  items.push(item.end <= end ? item : { ...item, end, value });
}

function stopAfterItem(cursor: Cursor): void {
  // The object's own loop says what is missing at the end of the file.
  if (!cursor.is(endToken)) stopUnexpected(cursor, 'Expected a line break, "," or "}" after an object item');
}

/** Finds the next item of an object after a mistake; false when the mistake concerns what encloses the object. */
function recoverItem(cursor: Cursor, open: number, itemStart: number): boolean {
  if (cursor.abandoned) return false;
  if (cursor.resumeAt < 0) return recover(cursor, itemStart);
  if (indentationOf(cursor.text, cursor.resumeAt) <= indentationOf(cursor.text, open)) return false;
  cursor.moveTo(cursor.resumeAt);
  cursor.resumeAt = -1;
  return true;
}

/** Whether the token, the first of its line, is indented too little to belong to what was opened at an offset. */
export function endsByIndentation(cursor: Cursor, open: number): boolean {
  const column = columnOfFirst(cursor.text, cursor.start);
  if (column < 0) return false;
  const indentation = indentationOf(cursor.text, open);
  return cursor.is(closeBraceToken) ? column < indentation : column <= indentation;
}

function literalKey(key: Expression): string | undefined {
  switch (key.kind) {
    case 'variable':
      return key.name;
    case 'string':
      return key.value;
    case 'boolean':
      return String(key.value);
    case 'null':
      return 'null';
    default:
      return undefined;
  }
}

/** Reads a `for` expression from its keyword on; line breaks are already off. */
function parseFor(cursor: Cursor, start: number, closing: number, outer: boolean): Expression {
  const makesObject = closing === closeBraceToken;
  cursor.advance();
  const names = parseForNames(cursor);
  const collection = parseExpression(cursor);
  let height = cursor.height;
  if (cursor.is(colonToken)) cursor.advance();
  else stopUnexpected(cursor, 'Expected ":" after the collection of a "for" expression');
  let value = parseExpression(cursor);
  height = Math.max(height, cursor.height);
  let key: Expression | undefined;
  if (cursor.is(arrowToken)) {
    if (!makesObject)
      cursor.report(cursor.start, cursor.end, 'A "for" expression in brackets makes a list and takes no key.');
    cursor.advance();
    key = value;
    value = parseExpression(cursor);
    height = Math.max(height, cursor.height);
  } else if (makesObject) {
    stopUnexpected(cursor, 'Expected "=>" and a value: a "for" expression in braces makes an object');
    key = missing(cursor);
  }
  const group = cursor.is(ellipsisToken);
  if (group) {
    if (!makesObject)
      cursor.report(cursor.start, cursor.end, 'A "for" expression in brackets makes a list and can\'t be grouped.');
    cursor.advance();
  }
  let condition: Expression | undefined;
  if (cursor.isWord('if')) {
    cursor.advance();
    condition = parseExpression(cursor);
    height = Math.max(height, cursor.height);
  }
  if (cursor.kind !== closing) {
    stopUnexpected(cursor, `Expected "${makesObject ? '}' : ']'}" at the end of the "for" expression`);
  }
  cursor.newlines = outer;
  cursor.advance();
  cursor.height = height + 1;
  const { keyName, valueName } = names;
  const end = cursor.previousEnd;
  return {
    kind: 'for',
    start,
    end,
    keyName,
    valueName,
    collection,
    key,
    value,
    group,
    condition,
  } satisfies ForExpression;
}

/** Reads `key, value in` or `value in` of a `for` expression or directive; stops where a name is missing. */
export function parseForNames(cursor: Cursor): { keyName: string | undefined; valueName: string } {
  let keyName: string | undefined;
  let valueName = parseForName(cursor);
  if (cursor.is(commaToken)) {
    cursor.advance();
    keyName = valueName;
    valueName = parseForName(cursor);
  }
  if (cursor.isWord('in')) cursor.advance();
  else stopUnexpected(cursor, 'Expected "in" after the names of "for"');
  return { keyName, valueName };
}

function parseForName(cursor: Cursor): string {
  if (!cursor.is(identifierToken)) {
    stopUnexpected(cursor, 'Expected a name after "for"');
    return '';
  }
  const name = cursor.tokenText();
  cursor.advance();
  return name;
}
