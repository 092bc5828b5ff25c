import { nameSegments } from './texts.ts';
import type { ResourceId, Value } from './value.ts';

/** An extension resource and what it is on. */
export interface Extension {
  readonly type: string;
  readonly names: readonly Value[];
  readonly on: ResourceId;
}

/**
 * What the old way of writing extension resources means: `A/b/providers/c` of the name `b/Namespace/c` is a `Namespace/c` on
 * the `A/b`. `leading` are the names that the resource around it gives. Undefined for other types, and where the namespace
 * is not known.
 */
export function extensionOf(type: string, name: () => Value, leading: readonly Value[]): Extension | undefined {
  const at = type.toLowerCase().lastIndexOf('/providers/');
  if (at < 0) return undefined;
  const base = type.slice(0, at);
  const types = type.slice(at + '/providers/'.length).split('/');
  const before = base.split('/').length - 1;
  const count = before + 1 + types.length;
  const segments = [...leading, ...nameSegments(name(), count - leading.length)];
  const namespace = segments[before];
  if (namespace?.kind !== 'scalar' || segments.length !== count) return undefined;
  return {
    type: `${namespace.value}/${types.join('/')}`,
    names: segments.slice(before + 1),
    on: { type: base, names: segments.slice(0, before), subscription: undefined, resourceGroup: undefined },
  };
}
