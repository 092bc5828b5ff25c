import type { CommentedFile } from '../../text/commented-file.ts';
import type { JsonMember, JsonNode } from '../../text/json-syntax.ts';
import type { Span } from '../../text/span.ts';
import type { ArmSource } from './files.ts';

/** An ARM template as suppression comments see it: members and array elements can be covered. */
export function commentedTemplate(uri: string, source: Pick<ArmSource, 'text' | 'document'>): CommentedFile {
  const inRoot = <Found>(find: (root: JsonNode) => Found | undefined): Found | undefined => {
    const { root } = source.document;
    return root === undefined ? undefined : find(root);
  };
  return {
    uri,
    text: source.text,
    // Most files have no comment that matters, and then need not be parsed for it.
    get comments() {
      return source.document.comments;
    },
    itemAt: (offset) => inRoot((root) => itemIn(itemsOf(root), offset)),
    resourceAround: (offset) => inRoot((root) => resourceAround(root, offset)),
  };
}

type Item = JsonNode | JsonMember;

/** The outermost item that starts exactly at the offset, found by descending into the one that holds it. */
function itemIn(items: readonly Item[], offset: number): Span | undefined {
  for (const item of items) {
    if (item.start === offset) return item;
    if (item.start < offset && offset < item.end) return itemIn(itemsOf(item), offset);
  }
  return undefined;
}

/** The innermost object with a `type` and an `apiVersion` that holds the offset. */
function resourceAround(node: Item, offset: number): Span | undefined {
  for (const item of itemsOf(node)) {
    if (item.start <= offset && offset <= item.end)
      return resourceAround(item, offset) ?? (isResource(item) ? item : undefined);
  }
  return undefined;
}

function isResource(item: Item): boolean {
  if (!('kind' in item) || item.kind !== 'object') return false;
  const names = item.members.map((member) => member.key.value.toLowerCase());
  return names.includes('type') && names.includes('apiversion');
}

function itemsOf(item: Item): readonly Item[] {
  if (!('kind' in item)) return item.value === undefined ? [] : itemsOf(item.value);
  switch (item.kind) {
    case 'object':
      return item.members;
    case 'array':
      return item.items;
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return [];
  }
}
