import type { CommentedFile } from '../../text/commented-file.ts';
import type { JsonDocument, JsonMember, JsonNode } from '../../text/json-syntax.ts';
import type { Span } from '../../text/span.ts';

/** An ARM template as suppression comments see it: members and array elements can be covered. */
export function commentedTemplate(uri: string, text: string, document: JsonDocument): CommentedFile {
  const root = document.root;
  return {
    uri,
    text,
    comments: document.comments,
    itemAt: (offset) => (root === undefined ? undefined : itemIn(itemsOf(root), offset)),
    resourceAround: (offset) => (root === undefined ? undefined : resourceAround(root, offset)),
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
