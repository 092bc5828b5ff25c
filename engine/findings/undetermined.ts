import type { CompiledRule } from '../check/rule.ts';
import type { FindingSubject, Undetermined } from '../check/run.ts';
import { printPath } from '../estate/path.ts';
import type { UnknownReason } from '../estate/value.ts';
import type { Place } from '../text/span.ts';
import type { FindingResource, Severity } from './finding.ts';
import { resourceOf } from './subject.ts';

/** A property that a rule asked for, and why it could not be known. */
export interface UndeterminedProperty {
  readonly rule: string;
  readonly severity: Severity;
  /** The resource that has the property: the one that the rule judges, or one related to it. */
  readonly resource: FindingResource;
  /** Empty where it is not about a property, but about whether something is there at all. */
  readonly path: string;
  readonly reason: UnknownReason;
  /** What is missing, for people. */
  readonly detail: string;
  /** Where the missing value comes from. */
  readonly place: Place;
  /** Where the resource is declared. */
  readonly declaration: Place;
}

/**
 * What kept rules from being decided, once for each rule and property, whatever number of instances and estates have it.
 * Ordered by file, place, rule and property.
 */
export function listUndetermined(
  raw: readonly Undetermined[],
  severityOf: (rule: CompiledRule, uri: string) => Severity,
): readonly UndeterminedProperty[] {
  const known = new Map<string, UndeterminedProperty>();
  for (const { rule, subject, causes, held } of raw) {
    const severity =
      held === undefined || held.severity === 'off' ? severityOf(rule, declarationOf(subject).uri) : held.severity;
    for (const { reason, detail, place, property } of causes) {
      const about: FindingSubject =
        property === undefined ? subject : { kind: 'resource', resource: property.resource };
      const resource = resourceOf(about);
      const declaration = headerOf(about);
      const path = property === undefined ? '' : printPath(property.path);
      const key = [rule.id, declaration.uri, resource.address, path, reason, detail].join('\n');
      if (known.has(key)) continue;
      const { uri, start, end } = place ?? headerOf(subject);
      known.set(key, {
        rule: rule.id,
        severity,
        resource,
        path,
        reason,
        detail,
        place: { uri, start, end },
        declaration,
      });
    }
  }
  return [...known.values()].sort(
    (a, b) =>
      compare(a.place.uri, b.place.uri) ||
      a.place.start - b.place.start ||
      compare(a.rule, b.rule) ||
      compare(a.path, b.path),
  );
}

/** How many properties could not be known for each reason, most first; a property that several rules ask for counts once. */
export function countReasons(properties: readonly UndeterminedProperty[]): ReadonlyMap<UnknownReason, number> {
  const counts = new Map<UnknownReason, number>();
  const seen = new Set<string>();
  for (const { resource, path, reason, detail, declaration } of properties) {
    const key = [declaration.uri, resource.address, path === '' ? detail : path, reason].join('\n');
    if (seen.has(key)) continue;
    seen.add(key);
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return new Map([...counts].sort(([a, many], [b, more]) => more - many || compare(a, b)));
}

/** Where what is judged is declared. */
export function declarationOf(subject: FindingSubject): Place {
  return subject.kind === 'output' ? subject.output.declaration : subject.resource.declaration;
}

function headerOf(subject: FindingSubject): Place {
  const { uri, start, end } = subject.kind === 'output' ? subject.output.declaration : subject.resource.header;
  return { uri, start, end };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
