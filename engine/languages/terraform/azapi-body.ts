import { distribute } from '../../estate/condition.ts';
import { array, type Member, object, scalar, text, unknown } from '../../estate/make.ts';
import type { Origin } from '../../estate/origin.ts';
import type { Text, Value } from '../../estate/value.ts';
import { parseJson } from '../../text/json.ts';
import type { JsonNode, JsonString } from '../../text/json-syntax.ts';
import type { TerraformInstance } from './instance.ts';
import { type Block, findAttribute, type Template } from './syntax.ts';

/**
 * The `body` of an azapi block as an object. Newer providers take an object, older ones a JSON text: `jsonencode(…)`, which
 * the evaluator hands over as the object that it encodes, or a text of JSON, which is read here.
 */
export function azapiBody(instance: TerraformInstance): Value {
  const body = instance.body.get('body');
  return distribute([body], body.origin, ([value]) => {
    if (value === undefined) return body;
    if (value.kind === 'scalar' && typeof value.value === 'string') {
      return readJson(value.value, [], heredocOffsets(instance, value.value), value);
    }
    return value.kind === 'text' ? readText(value, instance) : value;
  });
}

/** Stands for a part that is not known while the text around it is read; private-use characters, so nobody writes them. */
const holeStart = '\ue000';
const holeEnd = '\ue001';
const holes = /\ue000(\d+)\ue001/g;

function readText(value: Text, instance: TerraformInstance): Value {
  const parts: Value[] = [];
  let written = '';
  for (const part of value.parts) {
    if (typeof part === 'string') written += part;
    else {
      written += `${holeStart}${parts.length}${holeEnd}`;
      parts.push(part);
    }
  }
  return readJson(written, parts, heredocOffsets(instance, undefined), value);
}

/** Where in the file a unit of the text stands; undefined when that cannot be said. */
type SourceOffset = ((offset: number) => number | undefined) | undefined;

function readJson(written: string, parts: readonly Value[], offsets: SourceOffset, whole: Value): Value {
  const document = parseJson(written);
  if (document.root === undefined || document.problems.length > 0) {
    return unknown('unsupported', 'the body is no JSON text that can be read', whole.origin, undefined, whole.secret);
  }
  const { origin } = whole;
  const originOf = (node: JsonNode): Origin => {
    if (offsets === undefined || origin.kind !== 'source') return origin;
    const start = offsets(node.start);
    const last = offsets(Math.max(node.start, node.end - 1));
    return start === undefined || last === undefined ? origin : { ...origin, start, end: last + 1 };
  };
  const read = (node: JsonNode): Value => {
    switch (node.kind) {
      case 'object': {
        const members = new Map<string, Member>();
        for (const { key, value } of node.members) if (value !== undefined) members.set(key.value, () => read(value));
        return object(members, originOf(node), undefined, whole.secret);
      }
      case 'array':
        return array(node.items.map(read), originOf(node), undefined, whole.secret);
      case 'string':
        return filled(node, parts, originOf(node), whole.secret);
      case 'number':
      case 'boolean':
      case 'null':
        return scalar(node.value, originOf(node), whole.secret);
    }
  };
  return read(document.root);
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

/**
 * Maps offsets of a text to the file where it is a heredoc of literal lines. With `expected` it must be exactly that text;
 * the body may have come from elsewhere.
 */
function heredocOffsets(instance: TerraformInstance, expected: string | undefined): SourceOffset {
  const template = heredocOf(instance);
  if (template === undefined || expected === undefined) return undefined;
  const starts: { readonly from: number; readonly to: number; readonly source: number }[] = [];
  let length = 0;
  let whole = '';
  for (const part of template.parts) {
    if (part.kind !== 'literal') return undefined;
    // A line with escapes is longer in the file than in the text.
    if (part.end - part.start < part.text.length) return undefined;
    starts.push({ from: length, to: length + part.text.length, source: part.start });
    length += part.text.length;
    whole += part.text;
  }
  if (whole !== expected) return undefined;
  return (offset) => {
    const line = starts.find((each) => offset >= each.from && offset < each.to);
    return line === undefined ? undefined : line.source + (offset - line.from);
  };
}

function heredocOf(instance: TerraformInstance): Template | undefined {
  const block = instance.node as Block | undefined;
  if (block?.kind !== 'block') return undefined;
  const value = findAttribute(block.body, 'body')?.value;
  return value?.kind === 'template' && value.heredoc !== undefined ? value : undefined;
}
