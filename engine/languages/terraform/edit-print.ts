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
  const indented = /\n([ \t]+)\S/.exec(text)?.[1];
  return {
    step: indented === undefined ? '  ' : indented.startsWith('\t') ? '\t' : indented,
    lineBreak: lineFeed > 0 && text[lineFeed - 1] === '\r' ? '\r\n' : '\n',
  };
}

/** The white space that a line begins with. */
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

/** Offset of the line break that ends the line, or the end of the text. A carriage return belongs to the break. */
export function lineEnd(text: string, offset: number): number {
  const lineFeed = text.indexOf('\n', offset);
  if (lineFeed < 0) return text.length;
  return text[lineFeed - 1] === '\r' ? Math.max(offset, lineFeed - 1) : lineFeed;
}

/** A value as an expression; `indentation` is that of the line on which it begins. */
export function printExpression(data: Data, indentation: string, style: Style): string {
  if (data === null) return 'null';
  if (isDataArray(data)) return printList(data, indentation, style);
  if (isDataObject(data)) return printMap(Object.entries(data), indentation, style);
  return typeof data === 'string' ? (expressionIn(data) ?? printText(data)) : String(data);
}

function printList(items: readonly Data[], indentation: string, style: Style): string {
  const inner = indentation + style.step;
  if (!items.some((item) => item !== null && typeof item === 'object')) {
    return `[${items.map((item) => printExpression(item, inner, style)).join(', ')}]`;
  }
  const lines = items.map((item) => `${inner}${printExpression(item, inner, style)},${style.lineBreak}`);
  // `terraform fmt` leaves trailing commas alone; most authors write none after the last item.
  const last = lines.length - 1;
  lines[last] = (lines[last] ?? '').replace(/,(\r?\n)$/, '$1');
  return `[${style.lineBreak}${lines.join('')}${indentation}]`;
}

function printMap(entries: readonly (readonly [string, Data])[], indentation: string, style: Style): string {
  if (entries.length === 0) return '{}';
  const inner = indentation + style.step;
  const lines = entries.map(([key, value]) => ({ name: printKey(key), value: printExpression(value, inner, style) }));
  return `{${style.lineBreak}${printAssignments(lines, inner, style)}${indentation}}`;
}

/** What is written as `name = value` on a line of its own. */
export interface Assignment {
  readonly name: string;
  readonly value: string;
}

/** Lines of assignments, each ended; the `=` of neighbours that take one line each are put under one another. */
export function printAssignments(lines: readonly Assignment[], indentation: string, style: Style): string {
  let printed = '';
  for (let from = 0; from < lines.length; ) {
    let to = from;
    while (to < lines.length && isOneLine(lines[to])) to++;
    const group = lines.slice(from, Math.max(to, from + 1));
    const width = Math.max(...group.map((line) => line.name.length));
    for (const line of group) {
      const padding = isOneLine(line) ? width : 0;
      printed += `${indentation}${line.name.padEnd(padding)} = ${line.value}${style.lineBreak}`;
    }
    from += group.length;
  }
  return printed;
}

export function isOneLine(line: Assignment | undefined): boolean {
  return line !== undefined && !line.value.includes('\n');
}

/** A key of an object expression: bare where it is an identifier. */
export function printKey(key: string): string {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(key) ? key : printText(key);
}

/** A quoted text. */
export function printText(text: string): string {
  let printed = '"';
  for (let offset = 0; offset < text.length; offset++) {
    const unit = text[offset] ?? '';
    if (unit === '"' || unit === '\\') printed += `\\${unit}`;
    else if (unit === '\n') printed += '\\n';
    else if (unit === '\r') printed += '\\r';
    else if (unit === '\t') printed += '\\t';
    else if ((unit === '$' || unit === '%') && text[offset + 1] === '{') printed += unit + unit;
    else printed += unit;
  }
  return `${printed}"`;
}
