import type { DataObject } from '../../functions/data.ts';
import { printProperty, printText, type Style } from './edit-print.ts';
import { type BicepNode, bodyFacts } from './symbols.ts';
import type { Expression, ResourceLoop } from './syntax.ts';

/** A child to declare. */
export interface NewChild {
  /** Full type. */
  readonly type: string;
  readonly apiVersion: string;
  readonly name: string;
}

export type PrintedChild =
  | { readonly kind: 'printed'; readonly symbol: string; readonly text: string }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Declares a child of a resource as a resource of its own, with `parent`. Condition and loop of the parent are repeated, so
 * that there is a child for each instance. `taken` are symbolic names given to other new resources.
 */
export function printChild(
  child: NewChild,
  body: DataObject,
  parent: BicepNode,
  style: Style,
  taken: readonly string[],
): PrintedChild {
  const { declaration, file, within } = parent;
  for (const outer of within) {
    if (outer.body.kind !== 'object')
      return { kind: 'refused', reason: 'The resource is nested in one that has a condition or a loop.' };
  }
  const { loop, condition } = bodyFacts(declaration.body);
  const last = child.type.slice(child.type.lastIndexOf('/') + 1).replace(/\W/g, '');
  const wanted = `${declaration.name.name}${last.charAt(0).toUpperCase()}${last.slice(1)}`;
  const symbol = freeName(wanted, file.text, taken);
  let head = '';
  let path = [...within, declaration].map((each) => each.name.name).join('::');
  if (loop !== undefined) {
    if (loop.item === undefined) return { kind: 'refused', reason: 'The loop of the resource cannot be read.' };
    const index = loop.index?.name ?? freeName('index', file.text, taken);
    head = `[${loopHead(loop, loop.item.name, index, file.text)} `;
    path += `[${index}]`;
  }
  if (condition !== undefined) head += `if ${inParentheses(condition, file.text)} `;
  const lines = [`parent: ${path}`, `name: ${printText(child.name)}`];
  for (const [key, data] of Object.entries(body)) {
    lines.push(printProperty(key, { kind: 'data', data }, style.step, style));
  }
  const { lineBreak, step } = style;
  const inner = lines.map((line) => step + line + lineBreak).join('');
  const type = printText(`${child.type}@${child.apiVersion}`);
  const end = loop === undefined ? '}' : '}]';
  return { kind: 'printed', symbol, text: `resource ${symbol} ${type} = ${head}{${lineBreak}${inner}${end}` };
}

function loopHead(loop: ResourceLoop, item: string, index: string, text: string): string {
  return `for (${item}, ${index}) in ${text.slice(loop.collection.start, loop.collection.end)}:`;
}

function inParentheses(condition: Expression, text: string): string {
  const written = text.slice(condition.start, condition.end);
  return condition.kind === 'parenthesized' ? written : `(${written})`;
}

/** The name, with a number behind it if the file uses it already. */
function freeName(wanted: string, text: string, taken: readonly string[]): string {
  const isTaken = (name: string): boolean => taken.includes(name) || new RegExp(`\\b${name}\\b`).test(text);
  if (!isTaken(wanted)) return wanted;
  for (let number = 2; ; number++) {
    if (!isTaken(`${wanted}${number}`)) return `${wanted}${number}`;
  }
}
