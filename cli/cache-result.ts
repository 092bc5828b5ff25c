import type { Place } from '../engine/text/span.ts';
import type { KeptPart } from './cache.ts';
import type { CachedResult } from './cached-lint.ts';

/** What there is to say about all files, by file, place and rule. `excluded`: files that the configuration leaves out. */
export function joinParts(parts: readonly KeptPart[], excluded: number): CachedResult {
  const sum = (of: (part: KeptPart) => number): number => parts.reduce((total, part) => total + of(part), 0);
  return {
    findings: parts.flatMap(({ findings }) => findings).sort(byPlace),
    notices: parts.flatMap(({ notices }) => notices).sort(byPlace),
    suppressed: parts.flatMap(({ suppressed }) => suppressed).sort((a, b) => byPlace(a.finding, b.finding)),
    undetermined: parts.flatMap(({ undetermined }) => undetermined).sort(byStart),
    resources: sum(({ resources }) => resources),
    files: sum(({ linted }) => linted),
    excluded,
    linted: [],
    judged: [],
    compiled: [],
  };
}

interface Placed {
  readonly place: Place;
  readonly rule?: string;
  readonly path?: string;
}

/** By file and place, so that a report does not depend on what was judged first. */
export function byPlace(a: Placed, b: Placed): number {
  return byUri(a, b) || a.place.start - b.place.start || a.place.end - b.place.end || compare(a.rule, b.rule);
}

/** The order that what is not known comes in. */
function byStart(a: Placed, b: Placed): number {
  return byUri(a, b) || a.place.start - b.place.start || compare(a.rule, b.rule) || compare(a.path, b.path);
}

function byUri(a: Placed, b: Placed): number {
  return compare(a.place.uri, b.place.uri);
}

function compare(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
