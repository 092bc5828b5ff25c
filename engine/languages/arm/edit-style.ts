import type { JsonArray, JsonMember, JsonNode, JsonObject } from '../../text/json-syntax.ts';
import { indentationAt, isBlank, isOneLine, lineStart } from '../../text/layout.ts';

/** How the author of a file writes. */
export interface Style {
  /** One step of indentation. */
  readonly step: string;
  readonly lineBreak: string;
  /** From the end of a key to its value, e.g. `: `. */
  readonly colon: string;
  /** Behind a comma, on one line. */
  readonly gap: string;
  /** Inside the braces of an object on one line. */
  readonly objectPadding: string;
  /** Inside the brackets of an array on one line. */
  readonly arrayPadding: string;
  /** True in templates, where a text in square brackets is an expression. */
  readonly hasExpressions: boolean;
}

/** The style of a text: by its first indented object or array, first member and first line break; two spaces and LF where it shows none. */
export function styleOf(text: string, root: JsonNode | undefined, hasExpressions: boolean): Style {
  const lineFeed = text.indexOf('\n');
  const first = root?.kind === 'object' ? root.members[0] : undefined;
  const colon = first === undefined ? ': ' : (colonOf(first, text) ?? ': ');
  const gap = /\s$/.test(colon) ? ' ' : '';
  return {
    step: (root === undefined ? undefined : firstStep(root, text)) ?? '  ',
    lineBreak: lineFeed > 0 && text[lineFeed - 1] === '\r' ? '\r\n' : '\n',
    colon,
    gap,
    objectPadding: gap,
    arrayPadding: '',
    hasExpressions,
  };
}

/** The style inside an object or array, by what it holds already. */
export function styleIn(container: JsonObject | JsonArray, text: string, style: Style): Style {
  const step = stepOf(container, text) ?? style.step;
  const isObject = container.kind === 'object';
  const colon = isObject
    ? container.members.map((each) => colonOf(each, text)).find((each) => each !== undefined)
    : undefined;
  const items = itemsOf(container);
  const [first, second] = items;
  if (first === undefined || !isOneLine(text, container.start, container.end))
    return { ...style, step, colon: colon ?? style.colon };
  const padding = text.slice(container.start + 1, first.start);
  const known = isBlank(padding, 0, padding.length) ? padding : undefined;
  const between = second === undefined ? undefined : /^,([ \t]*)$/.exec(text.slice(first.end, second.start))?.[1];
  return {
    ...style,
    step,
    colon: colon ?? style.colon,
    gap: between ?? style.gap,
    objectPadding: isObject ? (known ?? style.objectPadding) : style.objectPadding,
    arrayPadding: isObject ? style.arrayPadding : (known ?? style.arrayPadding),
  };
}

/** Members or items, as they are written. */
export function itemsOf(container: JsonObject | JsonArray): readonly (JsonMember | JsonNode)[] {
  return container.kind === 'object' ? container.members : container.items;
}

function colonOf(member: JsonMember, text: string): string | undefined {
  if (member.value === undefined) return undefined;
  return /^[ \t]*:[ \t]*$/.exec(text.slice(member.key.end, member.value.start))?.[0];
}

function firstStep(node: JsonNode, text: string): string | undefined {
  if (node.kind !== 'object' && node.kind !== 'array') return undefined;
  const own = stepOf(node, text);
  if (own !== undefined) return own;
  for (const item of itemsOf(node)) {
    const value = 'kind' in item ? item : item.value;
    const step = value === undefined ? undefined : firstStep(value, text);
    if (step !== undefined) return step;
  }
  return undefined;
}

/** How much further in what a container holds is than the line on which it opens; undefined where that does not show. */
function stepOf(container: JsonObject | JsonArray, text: string): string | undefined {
  const [first] = itemsOf(container);
  if (first === undefined || !isBlank(text, lineStart(text, first.start), first.start)) return undefined;
  const outer = indentationAt(text, container.start);
  const inner = indentationAt(text, first.start);
  return inner.length > outer.length && inner.startsWith(outer) ? inner.slice(outer.length) : undefined;
}
