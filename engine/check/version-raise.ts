import { isNothing } from '../estate/operations.ts';
import type { PropertyPath } from '../estate/path.ts';
import type { Resource } from '../estate/resource.ts';
import type { Place } from '../text/span.ts';
import { absenceOf, type CompiledFacts, type PropertyStretches } from './facts.ts';
import { factKey, segmentsOf } from './paths.ts';
import { compareApiVersions, parseApiVersion } from './versions.ts';
import { writtenAt } from './written.ts';

/** A newer API version that a resource needs before a fix can write what it writes. */
export interface VersionRaise {
  readonly resource: Resource;
  /** Where the version is written, without anything around it. */
  readonly place: Place;
  readonly from: string;
  readonly to: string;
  /** What Azure does differently with the newer version where nothing is written: one phrase for each property. */
  readonly changes: readonly string[];
}

export type VersionNeed =
  | { readonly kind: 'none' }
  | { readonly kind: 'raise'; readonly raise: VersionRaise }
  /** No version that is newer has the property, or the version stands where it cannot be changed. */
  | { readonly kind: 'impossible' };

/**
 * What the API version of a resource means for properties that a fix writes. The version to go to is the nearest newer one
 * that has all of them: a stable one, or a preview where only previews have them.
 */
export function versionNeed(facts: CompiledFacts, resource: Resource, paths: readonly PropertyPath[]): VersionNeed {
  const known = facts.versions[resource.type.toLowerCase()];
  const from = resource.apiVersion;
  if (known === undefined || from === undefined) return { kind: 'none' };
  const limited = paths.map((path) => known.paths[factKey(path)]).filter((stretches) => stretches !== undefined);
  if (limited.every((stretches) => hasVersion(stretches, from))) return { kind: 'none' };
  const newer = known.versions.filter((version) => isLater(version, from));
  const fitting = newer.filter((version) => limited.every((stretches) => hasVersion(stretches, version)));
  const to = fitting.find((version) => parseApiVersion(version)?.suffix === '') ?? fitting[0];
  const place = resource.apiVersionPlace;
  if (to === undefined || place === undefined) return { kind: 'impossible' };
  return { kind: 'raise', raise: { resource, place, from, to, changes: changedDefaults(facts, resource, from, to) } };
}

/** Versions that nobody has described yet are taken to have what the last described one has. */
function hasVersion(stretches: PropertyStretches, version: string): boolean {
  return stretches.some(([first, last, isNewest]) => {
    return !isLater(first, version) && (isNewest === true || !isLater(version, last));
  });
}

function isLater(a: string, b: string): boolean {
  const [parsedA, parsedB] = [parseApiVersion(a), parseApiVersion(b)];
  return parsedA !== undefined && parsedB !== undefined && compareApiVersions(parsedA, parsedB) > 0;
}

/** Properties that the resource does not write and that Azure treats differently from one version to the other. */
function changedDefaults(facts: CompiledFacts, resource: Resource, from: string, to: string): readonly string[] {
  const changes: string[] = [];
  const undecided = (): undefined => undefined;
  for (const { path: written } of Object.values(facts.types[resource.type.toLowerCase()] ?? {})) {
    if (written.includes('[]')) continue;
    const path = segmentsOf(written);
    if (!isNothing(writtenAt({ resource, path }))) continue;
    const [before, after] = [from, to].map((version) => {
      const absence = absenceOf(facts, resource.type, version, path, 0, undecided);
      return absence?.kind === 'default' ? JSON.stringify(absence.value) : undefined;
    });
    if (before !== after) changes.push(`${written} ${before ?? 'unknown'} → ${after ?? 'unknown'}`);
  }
  return changes;
}
