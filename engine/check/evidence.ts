import type { PropertyPath } from '../estate/path.ts';
import type { Resource } from '../estate/resource.ts';
import type { Unknown, UnknownReason, Value } from '../estate/value.ts';
import type { Place } from '../text/span.ts';

/** A value that is at fault. */
export interface Evidence {
  readonly value: Value;
  /** Where it stands in the resource, items by number; empty for the resource itself. */
  readonly path: PropertyPath;
  /** The resource that it is on: the one that is judged, or one related to it. */
  readonly resource: Resource;
  /** Where to point when nothing is written: the resource's header, or the item of a list. */
  readonly place: Place;
  /** The type of the resource that is missing, where that is the fault. */
  readonly missing: string | undefined;
  /**
   * Where a resource of its own stands for an item of a list in its parent (a security rule and its group): the path of
   * that list's items in the parent, `[]` included. A fix of the item is then made on the resource.
   */
  readonly standsFor: PropertyPath | undefined;
  /** A sentence for the message that only the check can say. */
  readonly detail: string | undefined;
  /** What of the rule it is about, where aliases stand for a part of the rule only: ports. */
  readonly parts?: readonly string[];
}

/** A value that is at fault, of a check that says no more of it. */
export function evidenceOf(
  { value, path, place }: Pick<Evidence, 'value' | 'path' | 'place'>,
  resource: Resource,
  detail?: string,
): Evidence {
  return { value, path, resource, place, missing: undefined, standsFor: undefined, detail };
}

/** Something that was not known when a rule needed it. */
export interface Cause {
  readonly reason: UnknownReason;
  readonly detail: string;
  readonly place: Place | undefined;
  /** The property that was asked for; left out where it is not about one. */
  readonly property?: { readonly resource: Resource; readonly path: PropertyPath };
}

export function causeOf(value: Unknown): Cause {
  const { origin } = value;
  const place = origin.kind === 'address' ? undefined : { uri: origin.uri, start: origin.start, end: origin.end };
  return { reason: value.reason, detail: value.detail, place };
}
