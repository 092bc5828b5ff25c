import type { JsonNode } from '../text/json-syntax.ts';
import { array, type Member, object, scalar, unknown } from './make.ts';
import { sourceOrigin } from './origin.ts';
import type { Value } from './value.ts';

/** A JSON text as a value; each part keeps its place in the file. `text` may replace what strings stand for. */
export function jsonValue(
  node: JsonNode,
  uri: string,
  text: (value: string, node: JsonNode) => Value | undefined = () => undefined,
): Value {
  const origin = sourceOrigin(uri, node.start, node.end);
  switch (node.kind) {
    case 'object': {
      const members = new Map<string, Member>();
      for (const member of node.members) {
        const { value } = member;
        members.set(member.key.value, () =>
          value === undefined
            ? unknown('error', 'there is a syntax error here', sourceOrigin(uri, member.start, member.end))
            : jsonValue(value, uri, text),
        );
      }
      return object(members, origin);
    }
    case 'array':
      return array(
        node.items.map((item) => jsonValue(item, uri, text)),
        origin,
      );
    case 'string':
      return text(node.value, node) ?? scalar(node.value, origin);
    case 'number':
    case 'boolean':
    case 'null':
      return scalar(node.value, origin);
  }
}
