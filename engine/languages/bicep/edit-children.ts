import { asWritten } from '../../estate/as-written.ts';
import type { NewResourceEdit, OwnPart } from '../../estate/property-edit.ts';
import { type Data, isDataObject } from '../../functions/data.ts';
import { printProperty, printText, type Style } from './edit-print.ts';
import { type BicepNode, bodyFacts, keyOf } from './symbols.ts';
import type { Expression, ObjectExpression, Property, ResourceLoop } from './syntax.ts';

export type PrintedResource =
  | { readonly kind: 'printed'; readonly symbol: string; readonly text: string }
  | { readonly kind: 'refused'; readonly reason: string };

/**
 * Declares a resource that belongs to another one: a child, with `parent`, or one that refers to it. Condition and loop of
 * that one are repeated, so that there is one for each instance. `bodyWith` gives the body, by what is the resource's own.
 * `taken` are symbolic names given to other new resources.
 */
export function printNewResource(
  edit: NewResourceEdit,
  bodyWith: (own: (part: OwnPart) => Data) => Data,
  owner: BicepNode,
  style: Style,
  taken: readonly string[],
): PrintedResource {
  const { declaration, file, within } = owner;
  for (const outer of within) {
    if (outer.body.kind !== 'object')
      return { kind: 'refused', reason: 'The resource is nested in one that has a condition or a loop.' };
  }
  const { loop, condition, object } = bodyFacts(declaration.body);
  const last = edit.type.slice(edit.type.lastIndexOf('/') + 1).replace(/\W/g, '');
  const suffix = edit.kind === 'add-child' ? last : last.replace(/ies$/, 'y').replace(/s$/, '');
  const wanted = `${declaration.name.name}${suffix.charAt(0).toUpperCase()}${suffix.slice(1)}`;
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
  const location = object === undefined ? undefined : valueIn(object, 'location');
  let lacksLocation = false;
  const body = bodyWith((part) => {
    if (part === 'id') return asWritten(`${path}.id`);
    lacksLocation ||= location === undefined;
    return asWritten(location === undefined ? '' : file.text.slice(location.start, location.end));
  });
  if (lacksLocation) return { kind: 'refused', reason: 'The resource does not say where it is.' };
  if (!isDataObject(body)) return { kind: 'refused', reason: 'The body of the new resource is no object.' };
  const lines =
    edit.kind === 'add-child'
      ? [`parent: ${path}`, `name: ${printText(edit.name)}`]
      : [...(edit.onto ? [`scope: ${path}`] : []), `name: ${nameText(edit.name, path)}`];
  for (const [key, data] of Object.entries(body)) {
    lines.push(printProperty(key, { kind: 'data', data }, style.step, style));
  }
  const { lineBreak, step } = style;
  const inner = lines.map((line) => step + line + lineBreak).join('');
  const type = printText(`${edit.type}@${edit.apiVersion}`);
  const end = loop === undefined ? '}' : '}]';
  return { kind: 'printed', symbol, text: `resource ${symbol} ${type} = ${head}{${lineBreak}${inner}${end}` };
}

function valueIn(object: ObjectExpression, key: string): Expression | undefined {
  const property = object.items.find((item): item is Property => item.kind === 'property' && keyOf(item) === key);
  return property?.value;
}

/** A name in which `{name}` is that of the resource at `path`. */
function nameText(name: string, path: string): string {
  return name
    .split(/(\{name\})/)
    .filter((part) => part !== '')
    .reduce(
      (text, part) => `${text.slice(0, -1)}${part === '{name}' ? `\${${path}.name}` : printText(part).slice(1, -1)}'`,
      "''",
    );
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
