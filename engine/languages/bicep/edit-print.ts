import { expressionIn } from '../../estate/as-written.ts';
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

/** A value to write: plain data, or an object whose members come from several edits. */
export type Printable =
  | { readonly kind: 'data'; readonly data: Data }
  | { readonly kind: 'members'; readonly members: Map<string, Printable> };

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
  return typeof data === 'string' ? (expressionIn(data) ?? printText(data)) : printNumber(data);
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
