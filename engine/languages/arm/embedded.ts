import { isNothing } from '../../estate/operations.ts';
import type { Value } from '../../estate/value.ts';
import type { JsonMember, JsonNode, JsonObject, JsonString } from '../../text/json-syntax.ts';
import type { Place, Span } from '../../text/span.ts';
import { isArmExpression } from './expression-parser.ts';
import { type ArmSource, armSource } from './files.ts';

/** Levels and values that are looked at: a value may lead back to itself. */
const maximumLevels = 100;
const maximumValues = 100_000;

/**
 * A template that is written as an object of another language (Bicep, Terraform), or loaded by it. Each node stands where its
 * value was written, as far as that is in one file with the template; what only the other language can say is kept as its
 * value. Undefined for what is no object.
 */
export function embeddedSource(template: Value, around: Place): ArmSource | undefined {
  if (template.kind !== 'object') return undefined;
  const { origin } = template;
  const place: Place = origin.kind === 'source' ? origin : around;
  const given = new Map<JsonNode, Value>();
  const root = new Builder(place, given).object(template, 0, place);
  return armSource(place.uri, '', { root, problems: [], comments: [] }, given);
}

class Builder {
  readonly #file: Place;
  readonly #given: Map<JsonNode, Value>;
  #left = maximumValues;

  constructor(file: Place, given: Map<JsonNode, Value>) {
    this.#file = file;
    this.#given = given;
  }

  object(value: Extract<Value, { kind: 'object' }>, level: number, around: Span): JsonObject {
    const span = this.#spanOf(value, around);
    const members: JsonMember[] = [];
    for (const name of value.keys()) {
      const member = value.get(name);
      if (member.kind === 'absent') continue;
      const node = this.#node(member, name, level + 1, span);
      members.push({ start: node.start, end: node.end, key: stringAt(name, node), colon: node.start, value: node });
    }
    return { kind: 'object', start: span.start, end: span.end, members };
  }

  #node(value: Value, name: string, level: number, around: Span): JsonNode {
    if (--this.#left < 0 || level > maximumLevels) return this.#hole(value, around);
    const span = this.#spanOf(value, around);
    const { start, end } = span;
    switch (value.kind) {
      case 'object':
        return value.open === undefined ? this.object(value, level, around) : this.#hole(value, span);
      case 'array': {
        // Resources beside those that are not known are still there.
        if (value.open !== undefined && name.toLowerCase() !== 'resources') return this.#hole(value, span);
        const items = value.items.map((item) => this.#node(item, '', level + 1, span));
        return { kind: 'array', start, end, items };
      }
      case 'scalar':
        return this.#scalar(value, span);
      case 'absent':
      case 'text':
      case 'choice':
      case 'reference':
      case 'unknown':
        return this.#hole(value, span);
    }
  }

  #scalar(value: Extract<Value, { kind: 'scalar' }>, span: Span): JsonNode {
    const { value: plain } = value;
    const { start, end } = span;
    let node: JsonNode;
    if (typeof plain === 'string') {
      node = stringAt(plain, span);
      if (isArmExpression(plain)) return node;
    } else if (typeof plain === 'number') node = { kind: 'number', start, end, value: plain };
    else if (typeof plain === 'boolean') node = { kind: 'boolean', start, end, value: plain };
    else node = { kind: 'null', start, end, value: null };
    if (!isNothing(value)) this.#given.set(node, value);
    return node;
  }

  /** A node that says nothing by itself. */
  #hole(value: Value, around: Span): JsonNode {
    const node = stringAt('', this.#spanOf(value, around));
    this.#given.set(node, value);
    return node;
  }

  #spanOf({ origin }: Value, around: Span): Span {
    return origin.kind === 'source' && origin.uri === this.#file.uri ? origin : around;
  }
}

function stringAt(value: string, { start, end }: Span): JsonString {
  return { kind: 'string', start, end, value, contentStart: start, contentEnd: end, escaped: false };
}
