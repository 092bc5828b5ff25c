import { type Document, isAlias, isMap, isPair, isScalar, isSeq, parseDocument } from 'yaml';
import type { DocumentPath } from '../check/document.ts';
import { type Data, newDataObject } from '../functions/data.ts';
import type { Span } from '../text/span.ts';

/** A YAML text as data, with the places of what is in it. */
export interface YamlDocument {
  /** Null when the text is empty or cannot be read. */
  readonly data: Data;
  readonly problems: readonly (Span & { readonly message: string })[];
  /** Where the value at a path stands, or the nearest thing around it. */
  readonly spanOfValue: (path: DocumentPath) => Span;
  /** Where the key that a path ends in stands. */
  readonly spanOfKey: (path: DocumentPath) => Span;
}

const maximumDepth = 32;

/** How many values a text may stand for, anchors that are used again counted every time. */
const maximumValues = 50_000;

/** Errors in YAML bring others behind them. */
const maximumProblems = 5;

class TooLarge extends Error {}

/** Reads a YAML 1.2 text with one document. Never throws. */
export function readYaml(text: string): YamlDocument {
  const whole = { start: 0, end: 0 };
  try {
    const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
    const problems = [...document.errors, ...document.warnings].slice(0, maximumProblems).map(({ message, pos }) => ({
      message: `This is not YAML: ${message.replace(/\.?$/, '.')}`,
      start: Math.min(pos[0], text.length),
      end: Math.min(pos[1], text.length),
    }));
    const budget = { left: maximumValues };
    return {
      data: document.errors.length > 0 ? null : dataOf(document.contents, document, 0, budget),
      problems,
      spanOfValue: (path) => spanAt(document, path, false),
      spanOfKey: (path) => spanAt(document, path, true),
    };
  } catch (error) {
    // The library recurses: what is nested without end exhausts the stack before our own limit is asked.
    if (!(error instanceof RangeError) && !(error instanceof TooLarge)) throw error;
    const message = `This file is too large or nested too deep: at most ${maximumDepth} levels and ${maximumValues} values.`;
    return { data: null, problems: [{ ...whole, message }], spanOfValue: () => whole, spanOfKey: () => whole };
  }
}

function dataOf(node: unknown, document: Document, depth: number, budget: { left: number }): Data {
  if (depth > maximumDepth || --budget.left < 0) throw new TooLarge();
  if (isAlias(node)) return dataOf(node.resolve(document), document, depth + 1, budget);
  if (isSeq(node)) return node.items.map((item) => dataOf(item, document, depth + 1, budget));
  if (isMap(node)) {
    const object = newDataObject();
    for (const { key, value } of node.items) object[keyText(key)] = dataOf(value, document, depth + 1, budget);
    return object;
  }
  if (!isScalar(node)) return null;
  const { value } = node;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function spanAt(document: Document, path: DocumentPath, ofKey: boolean): Span {
  let node: unknown = document.contents;
  let span = spanOf(node) ?? { start: 0, end: 0 };
  for (let index = 0; index < path.length; index++) {
    const part = path[index];
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && keyText(item.key) === String(part));
      if (pair === undefined) return span;
      // A map below a key is shown by its key: the whole of it would be too much.
      const key = spanOf(pair.key);
      const last = index === path.length - 1;
      const scalar = isScalar(pair.value) && !isEmpty(pair.value) ? spanOf(pair.value) : undefined;
      span = (last && ofKey ? key : (scalar ?? key)) ?? span;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(part)];
      span = spanOf(node) ?? span;
    } else return span;
  }
  return span;
}

function isEmpty(node: { readonly range?: readonly number[] | null }): boolean {
  return node.range === undefined || node.range === null || node.range[0] === node.range[1];
}

function spanOf(node: unknown): Span | undefined {
  if (!isScalar(node) && !isMap(node) && !isSeq(node) && !isAlias(node)) return undefined;
  const { range } = node;
  return range === undefined || range === null ? undefined : { start: range[0], end: range[1] };
}
