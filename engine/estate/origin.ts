import type { Place } from '../text/span.ts';

/** How a value reached the place where it is used. */
export type StepKind =
  | 'parameter'
  | 'parameter-file'
  | 'argument'
  | 'variable'
  | 'output'
  | 'loop'
  | 'attribute'
  /** The value was made of the one that stands at its origin, here; it has no name. */
  | 'part';

/** One use that a value passed through, e.g. the identifier `tls` in `minimumTlsVersion: tls`. */
export interface Step extends Place {
  readonly kind: StepKind;
  /** The name of the parameter, variable, local or output that was used here. */
  readonly name: string;
  /** The use before this one, nearer to where the value was written; undefined for the first use. */
  readonly next: Step | undefined;
}

/** A value that stands in a text. `via` begins with the use nearest to the resource. */
export interface SourceOrigin extends Place {
  readonly kind: 'source';
  readonly via: Step | undefined;
}

/** A value that nobody wrote: Azure's or the provider's default. The place is the one that lacks it. */
export interface DefaultOrigin extends Place {
  readonly kind: 'default';
  readonly by: 'azure' | 'provider';
  /** The document that says so. */
  readonly source: string;
}

/** A value of an input without source text (a plan, a state, a snapshot). */
export interface AddressOrigin {
  readonly kind: 'address';
  readonly uri: string;
  readonly address: string;
}

export type Origin = SourceOrigin | DefaultOrigin | AddressOrigin;

export function sourceOrigin(uri: string, start: number, end: number): SourceOrigin {
  return { kind: 'source', uri, start, end, via: undefined };
}

/** The same origin, having passed through one more use. Defaults and addresses keep no way. */
export function throughStep(origin: Origin, kind: StepKind, name: string, place: Place): Origin {
  if (origin.kind !== 'source') return origin;
  const step: Step = { kind, name, uri: place.uri, start: place.start, end: place.end, next: origin.via };
  return { kind: 'source', uri: origin.uri, start: origin.start, end: origin.end, via: step };
}

/** The uses that a value passed through, the one nearest to the resource first. */
export function stepsOf(origin: Origin): readonly Step[] {
  const steps: Step[] = [];
  if (origin.kind === 'source') {
    for (let step = origin.via; step !== undefined; step = step.next) steps.push(step);
  }
  return steps;
}

/** Puts the steps of `outer` in front of those of `inner`: a member of an object travels as the object does. */
export function travellingWith(outer: Origin, inner: Origin): Origin {
  if (outer.kind !== 'source' || outer.via === undefined || inner.kind !== 'source') return inner;
  const via = appendSteps(outer.via, inner.via);
  return { kind: 'source', uri: inner.uri, start: inner.start, end: inner.end, via };
}

function appendSteps(head: Step, tail: Step | undefined): Step {
  const next = head.next === undefined ? tail : appendSteps(head.next, tail);
  return { kind: head.kind, name: head.name, uri: head.uri, start: head.start, end: head.end, next };
}
