import { type PathSegment, type PropertyPath, parsePath, printPath } from '../estate/path.ts';

const parsed = new Map<string, PropertyPath>();

/** The segments of a path of a compiled rule; none for the empty path. Each path is parsed once. */
export function segmentsOf(path: string): PropertyPath {
  let segments = parsed.get(path);
  if (segments === undefined) {
    segments = path === '' ? [] : parsePath(path);
    parsed.set(path, segments);
  }
  return segments;
}

/** A path without its items' numbers, in lower case: what facts are found by. */
export function factKey(path: PropertyPath): string {
  return printPath(path.map(withoutIndex)).toLowerCase();
}

function withoutIndex(segment: PathSegment): PathSegment {
  return segment.kind === 'index' ? { kind: 'each' } : segment;
}

/**
 * Puts the item numbers of `fault` into the `[]` of `path`, as far as both go the same way. Undefined when a `[]` is left.
 * `properties.rules[].access` at `properties.rules[2].source` is `properties.rules[2].access`.
 */
export function concrete(path: PropertyPath, fault: PropertyPath): PropertyPath | undefined {
  const filled: PathSegment[] = [];
  let together = true;
  for (let index = 0; index < path.length; index++) {
    const segment = path[index];
    if (segment === undefined) break;
    const other = fault[index];
    if (segment.kind === 'each') {
      if (!together || other?.kind !== 'index') return undefined;
      filled.push(other);
      continue;
    }
    together &&= sameSegment(segment, other);
    filled.push(segment);
  }
  return filled;
}

export function sameSegment(a: PathSegment, b: PathSegment | undefined): boolean {
  if (b === undefined || a.kind !== b.kind) return false;
  if (a.kind === 'key' && b.kind === 'key') return a.key.toLowerCase() === b.key.toLowerCase();
  return a.kind === 'index' && b.kind === 'index' ? a.index === b.index : true;
}

/** The path up to and with its last item number: which item of a list something is about. Empty outside lists. */
export function itemOf(path: PropertyPath): PropertyPath {
  for (let index = path.length - 1; index >= 0; index--) {
    if (path[index]?.kind === 'index') return path.slice(0, index + 1);
  }
  return [];
}
