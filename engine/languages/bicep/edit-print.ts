import type { Ask, NewValue } from '../../estate/property-edit.ts';
import { type Data, isDataArray, isDataObject } from '../../functions/data.ts';

/** How the author of a file writes: one step of indentation, and the line break. */
export interface Style {
  readonly step: string;
  readonly lineBreak: string;
}

/** The style of a text, by its first indented line and its first line break; two spaces and LF where it shows none. */
export function styleOf(text: string): Style {
  const lineFeed = text.indexOf('\n');
  const indented = /\n([ \t]+)[^\s]/.exec(text)?.[1];
  return {
    step: indented === undefined ? '  ' : indented.startsWith('\t') ? '\t' : indented,
    lineBreak: lineFeed > 0 && text[lineFeed - 1] === '\r' ? '\r\n' : '\n',
  };
}

/** The white space that the line of an offset begins with. */
export function indentationAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  let end = start;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return text.slice(start, end);
}

/** Offset of the first unit of the line. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** True when no line break lies between two offsets. */
export function isOneLine(text: string, start: number, end: number): boolean {
  for (let offset = start; offset < end; offset++) {
    const code = text.charCodeAt(offset);
    if (code === 10 || code === 13) return false;
  }
  return true;
}

/** A value to write: plain data, or an object whose members come from several edits. */
export type Printable =
  | { readonly kind: 'data'; readonly data: Data }
  | { readonly kind: 'members'; readonly members: Map<string, Printable> };

/** A new value with what only the author knows filled in. */
export function filledIn(value: NewValue, answer: (ask: Ask) => Data): Data {
  switch (value.kind) {
    case 'data':
      return value.data;
    case 'ask':
      return answer(value);
    case 'object': {
      const members: Record<string, Data> = Object.create(null);
      for (const [key, member] of value.members) members[key] = filledIn(member, answer);
      return members;
    }
    case 'array':
      return value.items.map((item) => filledIn(item, answer));
  }
}

/**
 * A value as an expression. `indentation` is that of the line on which it begins; undefined keeps all of it on that line.
 */
export function printValue(value: Printable, indentation: string | undefined, style: Style): string {
  if (value.kind === 'members') return printMembers([...value.members], indentation, style);
  const { data } = value;
  if (data === null) return 'null';
  if (isDataArray(data)) return printArray(data, indentation, style);
  if (isDataObject(data)) {
    const members = Object.entries(data).map(([key, member]): [string, Printable] => [
      key,
      { kind: 'data', data: member },
    ]);
    return printMembers(members, indentation, style);
  }
  return typeof data === 'string' ? printText(data) : printNumber(data);
}

/** Bicep has no fractions; `json()` makes one. */
function printNumber(data: number | boolean): string {
  return typeof data === 'boolean' || Number.isInteger(data) ? String(data) : `json('${data}')`;
}

function printArray(items: readonly Data[], indentation: string | undefined, style: Style): string {
  if (items.length === 0) return '[]';
  const inner = indentation === undefined ? undefined : indentation + style.step;
  const written = items.map((data) => printValue({ kind: 'data', data }, inner, style));
  return printList('[', written, ']', indentation, style);
}

function printMembers(
  members: readonly (readonly [string, Printable])[],
  indentation: string | undefined,
  style: Style,
): string {
  if (members.length === 0) return '{}';
  const inner = indentation === undefined ? undefined : indentation + style.step;
  const written = members.map(([key, member]) => printProperty(key, member, inner, style));
  return printList('{', written, '}', indentation, style);
}

function printList(
  open: string,
  items: readonly string[],
  close: string,
  indentation: string | undefined,
  style: Style,
): string {
  if (indentation === undefined) {
    const space = open === '{' ? ' ' : '';
    return `${open}${space}${items.join(', ')}${space}${close}`;
  }
  const lines = items.map((item) => `${indentation}${style.step}${item}${style.lineBreak}`);
  return `${open}${style.lineBreak}${lines.join('')}${indentation}${close}`;
}

/** `key: value`; `indentation` is that of its line. */
export function printProperty(key: string, value: Printable, indentation: string | undefined, style: Style): string {
  return `${printKey(key)}: ${printValue(value, indentation, style)}`;
}

function printKey(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && !/^(true|false|null)$/.test(key) ? key : printText(key);
}

/** A text in single quotes, with the escapes that it needs. */
export function printText(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('${', '\\${')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `'${escaped}'`;
}
