import { isNothing, itemsOf } from '../../estate/operations.ts';
import type { PropertyPath } from '../../estate/path.ts';
import type { Value } from '../../estate/value.ts';
import type { Place } from '../../text/span.ts';
import { type Bound, boundElement } from '../context.ts';

/** A value at a path, and where to point for it. */
export interface Leaf {
  readonly value: Value;
  readonly path: PropertyPath;
  readonly place: Place;
}

/**
 * The values at a path, one for each item of the lists on the way (`[]`). A list that is not known, and what else a list
 * may hold that is not known whole, is a leaf itself, so that nothing goes unseen. `readAt` reads with choices decided.
 */
export function leavesAt(
  bound: Bound,
  path: PropertyPath,
  readAt: (bound: Bound, path: PropertyPath) => Value,
): readonly Leaf[] {
  const each = path.findIndex((segment) => segment.kind === 'each');
  if (each < 0) return [{ value: readAt(bound, path), path: [...bound.path, ...path], place: bound.place }];
  const before = path.slice(0, each);
  const list = readAt(bound, before);
  const at = [...bound.path, ...before];
  if (isNothing(list)) return [];
  if (list.kind !== 'array') return [{ value: list, path: at, place: bound.place }];
  const leaves = itemsOf(list).flatMap((item, index): readonly Leaf[] => {
    const inner = boundElement(bound, [...at, { kind: 'index', index }], item);
    return leavesAt(inner, path.slice(each + 1), readAt);
  });
  return list.open === undefined ? leaves : [...leaves, { value: list.open, path: at, place: bound.place }];
}
