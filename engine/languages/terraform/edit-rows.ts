import type { PathSegment, PropertyPath } from '../../estate/path.ts';
import { type Data, type DataObject, isDataArray, isDataObject } from '../../functions/data.ts';
import type { AttributeRow, DerivedRow, ListRow, Rows } from './lens-model.ts';

/** A row that writes a path, and what of the path lies behind the row's own. */
export type Writer =
  | { readonly kind: 'attribute'; readonly row: AttributeRow; readonly path: PropertyPath }
  /** One item of a list that an attribute holds. */
  | { readonly kind: 'item'; readonly row: AttributeRow; readonly path: PropertyPath; readonly index: number }
  /** One block of a list; `rest` is the path inside it, empty for the whole block. */
  | { readonly kind: 'list'; readonly row: ListRow; readonly index: number; readonly rest: PropertyPath }
  | { readonly kind: 'derived'; readonly row: DerivedRow };

/** The rows that write exactly this path, an item of it, or something inside an item of it. */
export function writersOf(rows: Rows, path: PropertyPath): readonly Writer[] {
  const writers: Writer[] = [];
  for (const row of rows.attributes) {
    if (row.readOnly) continue;
    for (const to of row.to) {
      const each = to.findIndex((segment) => segment.kind === 'each');
      const own = each < 0 ? to : to.slice(0, each);
      if (!startsWith(path, own)) continue;
      const rest = path.slice(own.length);
      const [first] = rest;
      if (rest.length === 0) writers.push({ kind: 'attribute', row, path: to });
      else if (
        first?.kind === 'index' &&
        (rest.length === 1 || samePath(rest.slice(1), each < 0 ? [] : to.slice(each + 1)))
      ) {
        writers.push({ kind: 'item', row, path: to, index: first.index });
      }
    }
  }
  for (const row of rows.lists) {
    const item = path[row.to.length];
    if (item?.kind === 'index' && startsWith(path, row.to)) {
      writers.push({ kind: 'list', row, index: item.index, rest: path.slice(row.to.length + 1) });
    }
  }
  for (const row of rows.derived) if (samePath(row.to, path)) writers.push({ kind: 'derived', row });
  return writers;
}

/** The rows that write something below a path: what has to go when the path is removed. */
export function rowsBelow(
  rows: Rows,
  path: PropertyPath,
): { readonly attributes: readonly AttributeRow[]; readonly lists: readonly ListRow[] } {
  return {
    attributes: rows.attributes.filter((row) => row.to.some((to) => to.length > path.length && startsWith(to, path))),
    lists: rows.lists.filter((row) => row.to.length >= path.length && startsWith(row.to, path)),
  };
}

/** An object to set as single values, so that each finds its own row. */
export function leavesOf(
  path: PropertyPath,
  data: Data,
): readonly { readonly path: PropertyPath; readonly data: Data }[] {
  if (!isDataObject(data) || Object.keys(data).length === 0) return [{ path, data }];
  return Object.entries(data).flatMap(([key, member]) => leavesOf([...path, { kind: 'key', key }], member));
}

export function isListOfObjects(data: Data): data is readonly DataObject[] {
  return isDataArray(data) && data.length > 0 && data.every(isDataObject);
}

function startsWith(path: PropertyPath, start: PropertyPath): boolean {
  return start.length <= path.length && start.every((segment, index) => sameSegment(segment, path[index]));
}

/** Whether two paths are the same one; `[]` stands for any item. */
export function samePath(a: PropertyPath, b: PropertyPath): boolean {
  return a.length === b.length && startsWith(b, a);
}

function sameSegment(a: PathSegment, b: PathSegment | undefined): boolean {
  if (b === undefined || a.kind !== b.kind) return false;
  if (a.kind === 'key') return b.kind === 'key' && a.key.toLowerCase() === b.key.toLowerCase();
  return a.kind === 'each' || (b.kind === 'index' && a.index === b.index);
}
