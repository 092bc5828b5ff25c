import type { PathSegment, PropertyPath } from '../estate/path.ts';
import type { Resource } from '../estate/resource.ts';
import type { Value } from '../estate/value.ts';

/** A place in a resource. */
export interface Target {
  readonly resource: Resource;
  readonly path: PropertyPath;
}

/** What stands at a path, without defaults; absent where nothing does. */
export function writtenAt({ resource, path }: Target): Value {
  let current = resource.body;
  for (const segment of path) current = step(current, segment);
  return current;
}

function step(value: Value, segment: PathSegment): Value {
  const nothing: Value = { kind: 'absent', origin: value.origin, secret: false };
  if (segment.kind === 'key') return value.kind === 'object' ? value.get(segment.key) : nothing;
  if (segment.kind === 'each' || value.kind !== 'array') return nothing;
  return value.items[segment.index] ?? nothing;
}
