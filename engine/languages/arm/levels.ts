import type { JsonMember, JsonNode, JsonObject } from '../../text/json-syntax.ts';
import type { Span } from '../../text/span.ts';
import type { ArmSource } from './files.ts';

/** What `Resource.source.node` is for ARM. */
export interface ArmNode {
  readonly declaration: JsonObject;
  readonly source: ArmSource;
  /** The template that declares it: the root of the file, or one inside of a deployment. */
  readonly template: JsonObject;
  /** The declarations that this one is nested in, the outermost first. */
  readonly within: readonly JsonObject[];
}

/** What an edit needs of a file. */
export type EditSource = Pick<ArmSource, 'uri' | 'text' | 'document'>;

/** A value and what holds it; `member` is undefined for the root and for items of arrays. */
export interface Level {
  readonly node: JsonNode;
  readonly member: JsonMember | undefined;
}

/** The values that hold a span, the root first; the last is the innermost, or the one that is the span exactly. */
export function levelsTo(root: JsonNode | undefined, span: Span): readonly Level[] {
  const levels: Level[] = [];
  let next: Level | undefined = root === undefined ? undefined : { node: root, member: undefined };
  while (next !== undefined && holds(next.node, span)) {
    levels.push(next);
    next = innerOf(next.node, span);
  }
  return levels;
}

function innerOf(node: JsonNode, span: Span): Level | undefined {
  if (node.kind === 'array') {
    const item = node.items.find((each) => holds(each, span));
    return item === undefined ? undefined : { node: item, member: undefined };
  }
  if (node.kind !== 'object') return undefined;
  const member = node.members.find((each) => each.value !== undefined && holds(each.value, span));
  return member?.value === undefined ? undefined : { node: member.value, member };
}

function holds(node: JsonNode, span: Span): boolean {
  return node.start <= span.start && span.end <= node.end;
}
