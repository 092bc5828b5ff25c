import type { CommentedFile, Note } from '../../text/commented-file.ts';
import { findMemberIgnoringCase, type JsonMember, type JsonNode, sourceOffset } from '../../text/json-syntax.ts';
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
    notes: () => (source.text.includes(`"${noteKey}"`) ? (inRoot((root) => notesIn(root, source.text)) ?? []) : []),
    itemAt: (offset) => inRoot((root) => itemIn(itemsOf(root), offset)),
    resourceAround: (offset) => inRoot((root) => resourceAround(root, offset)),
  };
}

/** The member of `metadata` that holds what elsewhere is a comment. */
const noteKey = 'demarc:ignore';

/** The notes in the `metadata` of a template, which are about all of the file, and of its resources. */
function notesIn(root: JsonNode, text: string): readonly Note[] {
  const notes = notesOf(root, undefined, text);
  const look = (node: JsonNode, about: Span): void => {
    if (node !== root && isResource(node)) notes.push(...notesOf(node, about, text));
    if (node.kind === 'array') for (const item of node.items) look(item, item);
    if (node.kind !== 'object') return;
    for (const member of node.members) if (member.value !== undefined) look(member.value, member);
  };
  look(root, root);
  return notes;
}

function notesOf(node: JsonNode, about: Span | undefined, text: string): Note[] {
  const metadata = node.kind === 'object' ? findMemberIgnoringCase(node, 'metadata')?.value : undefined;
  if (metadata?.kind !== 'object') return [];
  return metadata.members.flatMap(({ key, value }) => {
    if (key.value !== noteKey) return [];
    const texts = value?.kind === 'array' ? value.items : value === undefined ? [] : [value];
    return texts.flatMap((each) =>
      each.kind === 'string'
        ? [{ key, text: each.value, at: (offset: number) => sourceOffset(each, text, offset), about }]
        : [],
    );
  });
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
