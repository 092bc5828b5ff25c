import type { SyntaxProblem } from '../../text/span.ts';
import { endsByIndentation } from './parser-collections.ts';
import { parseExpression } from './parser-expressions.ts';
import { endsWithBrace, isFollowedByInside, recover, stopUnexpected } from './parser-recovery.ts';
import { parseBareTemplate, parseQuotedLabel } from './parser-templates.ts';
import {
  type Attribute,
  absent,
  type Block,
  type Body,
  type BodyItem,
  type Expression,
  type Label,
  type TerraformFile,
} from './syntax.ts';
import {
  assignToken,
  Cursor,
  closeBraceToken,
  commaToken,
  endToken,
  identifierToken,
  lineEnd,
  maximumDepth,
  newlineToken,
  openBraceToken,
  quoteToken,
  stoppedToken,
} from './tokens.ts';

/**
 * Parses a Terraform file in HCL's native syntax: `.tf`, `.tofu`, `.tfvars`, `.tftest.hcl` and their like. It reads any text, never
 * throws, accepts what `terraform fmt` accepts, and reports one problem per mistake for the rest. A byte order mark is skipped.
 */
export function parseTerraform(text: string): TerraformFile {
  const cursor = new Cursor(text, false);
  const file = parseFile(cursor);
  if (!cursor.unbalanced) return file;
  // A bracket is missing somewhere, and what follows was read into the wrong block. Indentation often tells where it is missing.
  const indented = parseFile(new Cursor(text, true));
  return indented.problems.length > 0 && indented.problems.length <= file.problems.length ? indented : file;
}

/** A text that is one template, with the mistakes in it. Its value is known where it holds no sequences: then it is a plain text. */
export function parseTemplate(text: string): {
  readonly value: Expression;
  readonly problems: readonly SyntaxProblem[];
} {
  const cursor = new Cursor(text, false);
  const value = parseBareTemplate(cursor);
  return { value, problems: cursor.problems };
}

function parseFile(cursor: Cursor): TerraformFile {
  const { text, problems, comments } = cursor;
  cursor.moveTo(text.charCodeAt(0) === 0xfeff ? 1 : 0);
  const items: BodyItem[] = [];
  const complete = parseItems(cursor, items, absent, 0);
  const body: Body = { kind: 'body', start: 0, end: text.length, items, complete };
  problems.sort((a, b) => a.start - b.start);
  return { kind: 'file', start: 0, end: text.length, text, body, problems, comments };
}

/**
 * Reads the items of a body up to the `}` or the end of the file that ends it. `header` is the offset of the block's type, `absent`
 * for the file. False when something could not be read.
 */
function parseItems(cursor: Cursor, items: BodyItem[], header: number, headerEnd: number): boolean {
  const names: Names = { items, set: undefined };
  let complete = true;
  for (;;) {
    switch (cursor.kind) {
      case newlineToken:
        cursor.advance();
        continue;
      case stoppedToken:
        return false;
      case endToken:
        if (header !== absent) {
          cursor.unbalanced = true;
          cursor.stop(header, headerEnd, 'This block is not closed; expected "}" before the end of the file.');
          return false;
        }
        return complete;
      case closeBraceToken:
        if (header === absent) {
          cursor.unbalanced = true;
          cursor.report(cursor.start, cursor.end, 'This "}" closes nothing.');
          complete = false;
          cursor.advance();
          // What follows it on the line would be reported again.
          cursor.quiet = true;
          continue;
        }
        if (cursor.trustsIndentation && endsByIndentation(cursor, header)) {
          cursor.report(header, headerEnd, 'This block is not closed; expected "}".');
          return false;
        }
        return complete;
      case identifierToken: {
        if (cursor.trustsIndentation && header !== absent && endsByIndentation(cursor, header)) {
          cursor.report(header, headerEnd, 'This block is not closed; expected "}".');
          return false;
        }
        const start = cursor.start;
        const item = parseItem(cursor);
        if (item !== undefined) {
          addItem(cursor, names, item);
          expectLineEnd(cursor, item);
        }
        if (!cursor.is(stoppedToken)) {
          cursor.quiet = false;
          continue;
        }
        // What comes next may be the rest of the mistake, until an item begins well.
        cursor.quiet = true;
        complete = false;
        if (!recoverItem(cursor, start, item)) return false;
        clipLastItem(items, cursor.start);
        continue;
      }
      default: {
        complete = false;
        stopAtNoItem(cursor);
        cursor.quiet = true;
        if (!recoverItem(cursor, cursor.start)) return false;
      }
    }
  }
}

/** Reading may have gone past where the next item turned out to begin: then nothing is known of the value. */
function clipLastItem(items: BodyItem[], end: number): void {
  const item = items.at(-1);
  if (item?.kind !== 'attribute' || item.end <= end) return;
  const value: Expression = { kind: 'missing', start: Math.min(item.value.start, end), end };
  items[items.length - 1] = { ...item, end, value };
}

function stopAtNoItem(cursor: Cursor): void {
  if (cursor.is(quoteToken)) {
    stopUnexpected(cursor, 'Expected the name of an argument or block, without quotes');
  } else {
    stopUnexpected(cursor, 'Expected an argument ("name = value") or a block ("type { … }")');
  }
}

function recoverItem(cursor: Cursor, start: number, item?: BodyItem): boolean {
  const isTooDeep = cursor.abandoned && item?.kind === 'block';
  cursor.abandoned = false;
  // After a block, only what follows it on its line is skipped.
  const from = item?.kind === 'block' && item.close !== absent ? item.end : start;
  if (cursor.resumeAt < 0) return recover(cursor, from, isTooDeep);
  cursor.moveTo(cursor.resumeAt);
  cursor.resumeAt = -1;
  return true;
}

/** The names of a body's arguments; a set once they are many. */
interface Names {
  readonly items: BodyItem[];
  set: Set<string> | undefined;
}

const fewItems = 12;

function addItem(cursor: Cursor, names: Names, item: BodyItem): void {
  if (item.kind === 'attribute' && isSet(names, item.name)) {
    const message = `The argument "${item.name}" is set twice in this block; only one can stay.`;
    cursor.problems.push({ start: item.start, end: item.nameEnd, message });
  }
  names.items.push(item);
  if (item.kind === 'attribute') names.set?.add(item.name);
}

function isSet(names: Names, name: string): boolean {
  if (names.set !== undefined) return names.set.has(name);
  for (const item of names.items) {
    if (item.kind === 'attribute' && item.name === name) return true;
  }
  if (names.items.length >= fewItems) {
    names.set = new Set();
    for (const item of names.items) if (item.kind === 'attribute') names.set.add(item.name);
  }
  return false;
}

/** Reads an argument or a block; the cursor stands on its name. */
function parseItem(cursor: Cursor): BodyItem | undefined {
  const { start, end } = cursor;
  const name = cursor.tokenText();
  cursor.advance();
  if (cursor.is(assignToken)) return parseAttribute(cursor, start, end, name);
  const namesBlock = cursor.is(quoteToken) || cursor.is(identifierToken) || cursor.is(openBraceToken);
  if (namesBlock || isHeaderWithoutBrace(cursor, start)) return parseBlock(cursor, start, end, name);
  stopUnexpected(cursor, `Expected "=" or a block after "${name}"`);
  return undefined;
}

/** Whether all that is missing of a block's header is its `{`, as the lines after it tell. */
function isHeaderWithoutBrace(cursor: Cursor, start: number): boolean {
  return cursor.is(newlineToken) && !cursor.quiet && isFollowedByInside(cursor.text, start);
}

function parseAttribute(cursor: Cursor, start: number, nameEnd: number, name: string): Attribute {
  const equals = cursor.start;
  cursor.quiet = false;
  cursor.advance();
  const value = parseExpression(cursor);
  return { kind: 'attribute', start, end: Math.max(value.end, equals + 1), name, nameEnd, equals, value };
}

function expectLineEnd(cursor: Cursor, item: BodyItem): void {
  if (cursor.is(newlineToken) || cursor.is(endToken)) return;
  // A block that was found to end by indentation, or to have no body, has its next sibling here.
  if (item.kind === 'block' && item.close === absent) return;
  if (cursor.is(commaToken)) {
    cursor.stop(cursor.start, cursor.end, 'Arguments and blocks are separated by line breaks, not by commas.');
  } else {
    stopUnexpected(
      cursor,
      `Expected a line break after the ${item.kind === 'block' ? 'block' : `argument "${item.name}"`}`,
    );
  }
}

/** Reads a block from behind its type. */
function parseBlock(cursor: Cursor, start: number, typeEnd: number, type: string): Block | undefined {
  const labels: Label[] = [];
  if (!parseHeader(cursor, labels, start, typeEnd, type)) {
    if (cursor.quiet) return undefined;
    const end = Math.max(cursor.previousEnd, typeEnd);
    const body: Body = { kind: 'body', start: end, end, items: [], complete: false };
    return { kind: 'block', start, end, type, typeEnd, labels, open: absent, body, close: absent };
  }
  const open = cursor.is(openBraceToken) ? cursor.start : absent;
  const headerEnd = cursor.previousEnd;
  const bodyStart = open === absent ? headerEnd : open + 1;
  if (open !== absent) cursor.advance();
  cursor.quiet = false;
  cursor.depth++;
  const items: BodyItem[] = [];
  const before = cursor.problems.length;
  const sameLine = cursor.is(identifierToken) ? parseSameLine(cursor, items) : undefined;
  const tidy = cursor.problems.length === before;
  const complete = parseItems(cursor, items, start, headerEnd) && tidy;
  cursor.depth--;
  const closed = cursor.is(closeBraceToken) && !(cursor.trustsIndentation && endsByIndentation(cursor, start));
  const close = closed ? cursor.start : absent;
  const bodyEnd = closed ? close : Math.max(cursor.previousEnd, bodyStart);
  // Where the block has no end at all, that is the mistake.
  if (sameLine !== undefined && (closed || cursor.problems.length === before)) cursor.problems.push(sameLine);
  if (closed) cursor.advance();
  const body: Body = { kind: 'body', start: bodyStart, end: bodyEnd, items, complete };
  return { kind: 'block', start, end: closed ? close + 1 : bodyEnd, type, typeEnd, labels, open, body, close };
}

/**
 * Reads labels up to the `{`, or to where the body begins without one. False, with the cursor stopped, when no body can be read.
 */
function parseHeader(cursor: Cursor, labels: Label[], start: number, typeEnd: number, type: string): boolean {
  while (!cursor.is(openBraceToken)) {
    if (cursor.is(quoteToken)) {
      labels.push(parseQuotedLabel(cursor));
    } else if (cursor.is(identifierToken)) {
      labels.push({ kind: 'label', start: cursor.start, end: cursor.end, text: cursor.tokenText(), quoted: false });
      cursor.advance();
    } else {
      // A comment may have brought the labels to another line than that of the type.
      const read = labels.at(-1)?.end ?? typeEnd;
      const end = lineEnd(cursor.text, typeEnd);
      const inside = !cursor.quiet && end >= read && isFollowedByInside(cursor.text, start) ? end : absent;
      stopInHeader(cursor, type);
      // The line is the header of a block all the same if it ends like one.
      const brace = endsWithBrace(cursor.text, read);
      if (brace < 0 && inside < 0) return false;
      cursor.moveTo(brace < 0 ? inside : brace);
      break;
    }
  }
  if (cursor.depth < maximumDepth) return true;
  cursor.stop(start, typeEnd, `Blocks are nested too deeply (more than ${maximumDepth} levels).`);
  cursor.abandoned = true;
  return false;
}

function stopInHeader(cursor: Cursor, type: string): void {
  if (cursor.is(assignToken)) {
    cursor.stop(cursor.start, cursor.end, 'An argument has one name before its "=", and a block has no "=".');
  } else {
    stopUnexpected(cursor, `Expected a label or "{" on the line of the block "${type}"`);
  }
}

/**
 * Reads what stands on the line of a block's `{`: one argument, then the `}`. Anything else is one problem, which is returned, and
 * read as if it stood on lines of its own.
 */
function parseSameLine(cursor: Cursor, items: BodyItem[]): SyntaxProblem | undefined {
  const names: Names = { items, set: undefined };
  let problem: SyntaxProblem | undefined;
  while (cursor.is(identifierToken)) {
    const start = cursor.start;
    const item = parseItem(cursor);
    if (item !== undefined) addItem(cursor, names, item);
    if (cursor.is(stoppedToken)) {
      if (recoverItem(cursor, start)) clipLastItem(items, cursor.start);
      return problem;
    }
    if (cursor.is(closeBraceToken) && item?.kind === 'attribute') return problem;
    if (problem === undefined && item !== undefined) {
      cursor.quiet = true;
      problem = {
        start: item.start,
        end: item.kind === 'block' ? item.typeEnd : item.nameEnd,
        message: 'A block on one line holds one argument and its "}"; anything else goes on lines of its own.',
      };
    }
    if (cursor.is(commaToken)) cursor.advance();
  }
  if (cursor.is(newlineToken)) cursor.quiet = false;
  return problem;
}
