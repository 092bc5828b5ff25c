import { expressionIn } from '../../estate/as-written.ts';
import { type Data, isDataArray, isDataObject } from '../../functions/data.ts';
import type { JsonNode } from '../../text/json-syntax.ts';
import type { Style } from './edit-style.ts';

/** A value to write. */
export type Printable =
  | { readonly kind: 'data'; readonly data: Data }
  /** A text that is taken as it is: an expression in its square brackets, or a text with its escape. */
  | { readonly kind: 'raw'; readonly text: string }
  /** An object whose members come from several edits. */
  | { readonly kind: 'members'; readonly members: Map<string, Printable> }
  | { readonly kind: 'items'; readonly items: readonly Printable[] };

/** One thing to put into an object or array; the key is undefined in an array. */
export interface Entry {
  readonly key: string | undefined;
  readonly value: Printable;
}

/** A value as JSON. `indentation` is that of the line on which it begins; undefined keeps all of it on that line. */
export function printValue(value: Printable, indentation: string | undefined, style: Style): string {
  switch (value.kind) {
    case 'raw':
      return JSON.stringify(value.text);
    case 'members':
      return printObject([...value.members], indentation, style);
    case 'items':
      return printArray(value.items, indentation, style);
    case 'data':
      return printData(value.data, indentation, style);
  }
}

function printData(data: Data, indentation: string | undefined, style: Style): string {
  if (isDataArray(data)) return printArray(data.map(printable), indentation, style);
  if (isDataObject(data)) {
    const members = Object.entries(data).map(([key, member]): [string, Printable] => [key, printable(member)]);
    return printObject(members, indentation, style);
  }
  if (typeof data !== 'string') return JSON.stringify(data);
  const expression = expressionIn(data);
  return expression === undefined ? printText(data, style) : JSON.stringify(expression);
}

function printable(data: Data): Printable {
  return { kind: 'data', data };
}

/** A text in double quotes. What would be an expression in a template gets the bracket that makes it a text. */
export function printText(text: string, style: Style): string {
  const escaped = style.hasExpressions && text.startsWith('[') && text.endsWith(']');
  return JSON.stringify(escaped ? `[${text}` : text);
}

function printArray(items: readonly Printable[], indentation: string | undefined, style: Style): string {
  const entries = items.map((value): Entry => ({ key: undefined, value }));
  return printList('[', entries, ']', indentation, style.arrayPadding, style);
}

function printObject(
  members: readonly (readonly [string, Printable])[],
  indentation: string | undefined,
  style: Style,
): string {
  const entries = members.map(([key, value]): Entry => ({ key, value }));
  return printList('{', entries, '}', indentation, style.objectPadding, style);
}

function printList(
  open: string,
  entries: readonly Entry[],
  close: string,
  indentation: string | undefined,
  padding: string,
  style: Style,
): string {
  if (entries.length === 0) return open + close;
  if (indentation === undefined) {
    const written = entries.map((entry) => printEntry(entry, undefined, style));
    return `${open}${padding}${written.join(`,${style.gap}`)}${padding}${close}`;
  }
  const inner = indentation + style.step;
  const written = entries.map((entry) => inner + printEntry(entry, inner, style));
  return `${open}${style.lineBreak}${written.join(`,${style.lineBreak}`)}${style.lineBreak}${indentation}${close}`;
}

/** `"key": value`, or the value alone; `indentation` is that of its line. */
export function printEntry({ key, value }: Entry, indentation: string | undefined, style: Style): string {
  const written = printValue(value, indentation, style);
  return key === undefined ? written : `${printText(key, style)}${style.colon}${written}`;
}

/** What is written in a node, to be written once more: expressions stay expressions. */
export function printableOf(node: JsonNode): Printable {
  switch (node.kind) {
    case 'object': {
      const members = new Map<string, Printable>();
      for (const { key, value } of node.members) if (value !== undefined) members.set(key.value, printableOf(value));
      return { kind: 'members', members };
    }
    case 'array':
      return { kind: 'items', items: node.items.map(printableOf) };
    case 'string':
      return { kind: 'raw', text: node.value };
    default:
      return { kind: 'data', data: node.value };
  }
}
