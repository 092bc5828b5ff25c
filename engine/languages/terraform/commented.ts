import type { CommentedFile } from '../../text/commented-file.ts';
import type { Span } from '../../text/span.ts';
import type { BodyItem, Expression, ObjectItem, TerraformFile } from './syntax.ts';

/** A Terraform file as suppression comments see it: blocks, arguments, object items and list elements can be covered. */
export function commentedTerraform(uri: string, file: TerraformFile): CommentedFile {
  return {
    uri,
    text: file.text,
    comments: file.comments,
    itemAt: (offset) => itemIn(file.body.items, offset),
    resourceAround: (offset) => blockAround(file.body.items, offset),
  };
}

function blockAround(items: readonly BodyItem[], offset: number): Span | undefined {
  return items.find((item) => item.kind === 'block' && item.start <= offset && offset <= item.end);
}

type Item = BodyItem | ObjectItem | Expression;

/** The outermost item that starts exactly at the offset, found by descending into the one that holds it. */
function itemIn(items: readonly Item[], offset: number): Span | undefined {
  for (const item of items) {
    if (item.start === offset) return item;
    if (item.start < offset && offset < item.end) return itemIn(itemsOf(item), offset);
  }
  return undefined;
}

function itemsOf(item: Item): readonly Item[] {
  switch (item.kind) {
    case 'block':
      return item.body.items;
    case 'attribute':
    case 'objectItem':
      return itemsOf(item.value);
    case 'object':
      return item.items;
    case 'tuple':
      return item.elements;
    case 'call':
      return item.arguments;
    case 'parentheses':
      return itemsOf(item.expression);
    case 'conditional':
      return [item.whenTrue, item.whenFalse];
    case 'for':
      return itemsOf(item.value);
    default:
      return [];
  }
}
