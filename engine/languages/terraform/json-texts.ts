import { array, type Member, object, scalar, text } from '../../estate/make.ts';
import type { Origin } from '../../estate/origin.ts';
import type { Text, Value } from '../../estate/value.ts';
import { parseJson } from '../../text/json.ts';
import type { JsonNode, JsonString } from '../../text/json-syntax.ts';
import type { Span } from '../../text/span.ts';

/** Stands for a part that is not known while the text around it is read; private-use characters, so nobody writes them. */
const holeStart = '\ue000';
const holeEnd = '\ue001';
const holes = /\ue000(\d+)\ue001/g;

/** A text of JSON that is being put together, with values in the place of some of its parts. */
export interface JsonText {
  readonly written: string;
  readonly parts: readonly Value[];
}

export function holeOf(index: number): string {
  return holeStart + index + holeEnd;
}

/** The known parts of a text, and holes for the others. */
export function withHoles(value: Text): JsonText {
  const parts: Value[] = [];
  let written = '';
  for (const part of value.parts) {
    if (typeof part === 'string') written += part;
    else {
      written += holeOf(parts.length);
      parts.push(part);
    }
  }
  return { written, parts };
}

/** Where a part of the text stands in a file; undefined when that cannot be said. */
export type PlaceOf = (start: number, end: number) => Span | undefined;

/**
 * What a text of JSON says. `origin` is that of the whole text, and of each part whose place is not known. Undefined when it is
 * no JSON.
 */
export function jsonTextValue(
  { written, parts }: JsonText,
  origin: Origin,
  secret: boolean,
  placeOf: PlaceOf = () => undefined,
): Value | undefined {
  const { root, problems } = parseJson(written);
  if (root === undefined || problems.length > 0) return undefined;
  const originOf = (node: JsonNode): Origin => {
    const span = origin.kind === 'source' ? placeOf(node.start, node.end) : undefined;
    return span === undefined || origin.kind !== 'source' ? origin : { ...origin, start: span.start, end: span.end };
  };
  const read = (node: JsonNode): Value => {
    switch (node.kind) {
      case 'object': {
        const members = new Map<string, Member>();
        for (const { key, value } of node.members) if (value !== undefined) members.set(key.value, () => read(value));
        return object(members, originOf(node), undefined, secret);
      }
      case 'array':
        return array(node.items.map(read), originOf(node), undefined, secret);
      case 'string':
        return filled(node, parts, originOf(node), secret);
      case 'number':
      case 'boolean':
      case 'null':
        return scalar(node.value, originOf(node), secret);
    }
  };
  return read(root);
}

function filled(node: JsonString, parts: readonly Value[], origin: Origin, secret: boolean): Value {
  if (parts.length === 0) return scalar(node.value, origin, secret);
  const pieces: (string | Value)[] = [];
  let from = 0;
  for (const match of node.value.matchAll(holes)) {
    const part = parts[Number(match[1])];
    if (part === undefined) continue;
    pieces.push(node.value.slice(from, match.index), part);
    from = match.index + match[0].length;
  }
  pieces.push(node.value.slice(from));
  const kept = pieces.filter((piece) => piece !== '');
  const [only] = kept;
  if (kept.length === 1 && only !== undefined && typeof only !== 'string') return only;
  return text(pieces, origin, secret);
}
