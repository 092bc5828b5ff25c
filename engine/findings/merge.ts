import type { FixPlan } from '../check/fix.ts';
import type { CompiledRule } from '../check/rule.ts';
import type { RawFinding } from '../check/run.ts';
import { printPath } from '../estate/path.ts';
import { dutyOf, type ResponsibilityOf } from '../responsibility/services.ts';
import { type Finding, type RelatedPlace, type Severity, severities } from './finding.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Risk } from './risk.ts';
import { resourceOf } from './subject.ts';

/** A finding, and what each of its instances would change. */
export interface MergedFinding {
  readonly finding: Finding;
  /** The fixes of the instances that share the place; those of one estate stand together. */
  readonly fixes: readonly FixPlan[];
}

export interface MergeOptions {
  readonly responsibilityOf: ResponsibilityOf;
  /** A file as it is called from the workspace, whatever machine that is on. */
  readonly relativePath: (uri: string) => string;
  /** The severity of a rule for a finding in a file; the rule's own when left out. */
  readonly severityOf?: (rule: CompiledRule, uri: string) => Severity;
  readonly riskOf: (severity: Severity, type: string, exposure: RawFinding['exposure']) => Risk;
  /** All sets of parameters that a root is judged with, by the root's URI. */
  readonly sets?: ReadonlyMap<string, ReadonlySet<string>>;
}

const maximumRelated = 20;

/**
 * One finding per rule and place, whatever number of estates, modules and loop instances lead there: instances and call
 * sites are listed, the strongest verdict counts. Ordered by file, place and rule.
 */
export function mergeFindings(raw: readonly RawFinding[], options: MergeOptions): readonly MergedFinding[] {
  const byPlace = new Map<string, RawFinding[]>();
  for (const each of raw) {
    const { uri, start, end } = each.place;
    const key = `${each.rule.id}\n${uri}\n${start}\n${end}`;
    const sharing = byPlace.get(key);
    if (sharing === undefined) byPlace.set(key, [each]);
    else sharing.push(each);
  }
  const groups = [...byPlace.values()]
    .map((group) => strongestFirst(group, options.severityOf))
    .sort(byFilePlaceAndRule);
  const ordinals = new Map<string, number>();
  return groups.flatMap((group): readonly MergedFinding[] => {
    const [leading] = group;
    return leading === undefined ? [] : [merge(leading, group, options, ordinals)];
  });
}

function strongestFirst(group: readonly RawFinding[], severityOf: MergeOptions['severityOf']): readonly RawFinding[] {
  return [...group].sort((a, b) => {
    if (a.verdict !== b.verdict) return a.verdict === 'fail' ? -1 : 1;
    const severity = severities.indexOf(severityIn(a, severityOf)) - severities.indexOf(severityIn(b, severityOf));
    return severity || compareTexts(instanceOf(a), instanceOf(b));
  });
}

/** That of the class of data which asks for it, else that of the file. */
function severityIn({ rule, place, held }: RawFinding, severityOf: MergeOptions['severityOf']): Severity {
  if (held !== undefined && held.severity !== 'off') return held.severity;
  return severityOf?.(rule, place.uri) ?? rule.severity;
}

function byFilePlaceAndRule([a]: readonly RawFinding[], [b]: readonly RawFinding[]): number {
  if (a === undefined || b === undefined) return 0;
  return (
    compareTexts(a.place.uri, b.place.uri) ||
    a.place.start - b.place.start ||
    a.place.end - b.place.end ||
    compareTexts(a.rule.id, b.rule.id)
  );
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function merge(
  leading: RawFinding,
  group: readonly RawFinding[],
  { responsibilityOf, relativePath, severityOf, riskOf, sets: known }: MergeOptions,
  ordinals: Map<string, number>,
): MergedFinding {
  const { rule, place, verdict, message } = leading;
  const resource = resourceOf(leading.subject);
  const instances = [...new Set(group.map(instanceOf))].sort();
  const sets = setsOf(
    group.filter((each) => each.verdict === verdict),
    known,
  );
  const fixes = group.flatMap(({ fix }) => (fix === undefined ? [] : [fix]));
  const parts = {
    rule: rule.id,
    file: relativePath(place.uri),
    address: leading.subject.kind === 'resource' ? leading.subject.resource.address : resource.address,
    path: printPath(leading.path),
  };
  const alike = JSON.stringify(parts);
  const ordinal = ordinals.get(alike) ?? 0;
  ordinals.set(alike, ordinal + 1);
  const severity = severityIn(leading, severityOf);
  const finding: Finding = {
    rule: rule.id,
    aliases: rule.aliases,
    severity,
    risk: highest(group.map(({ exposure }) => riskOf(severity, resource.type, exposure))),
    verdict,
    layer: rule.layer,
    owner: dutyOf(responsibilityOf(resource.type), rule.layer),
    place,
    resource,
    message: sets.length === 0 ? message : `${message} This holds only with ${sets.join(', ')}.`,
    fixable: fixes.length > 0,
    instances: instances.length > 1 ? instances : [],
    sets,
    related: relatedOf(group),
    fingerprint: fingerprintOf({ ...parts, ordinal }),
  };
  return { finding, fixes };
}

/** Of several instances the one that is most at risk counts; of equal ones the first. */
function highest(risks: readonly Risk[]): Risk {
  return risks.reduce((most, each) => (each.score > most.score ? each : most));
}

/** The sets that bring a finding, in order; none when some root has it with all of its sets. */
function setsOf(group: readonly RawFinding[], known: MergeOptions['sets']): readonly string[] {
  const byRoot = new Map<string, Set<string>>();
  for (const { root } of group) {
    if (root.set === undefined) return [];
    const names = byRoot.get(root.uri) ?? new Set();
    byRoot.set(root.uri, names.add(root.set));
  }
  for (const [uri, names] of byRoot) if (names.size >= (known?.get(uri)?.size ?? 1)) return [];
  return [...new Set([...byRoot.values()].flatMap((names) => [...names]))].sort();
}

/** The address of one instance. */
function instanceOf({ subject }: RawFinding): string {
  return subject.kind === 'output' ? subject.output.address : `${subject.resource.address}${subject.resource.instance}`;
}

/** Every related place once, at most 20; the last one then says how many there are besides. */
function relatedOf(group: readonly RawFinding[]): readonly RelatedPlace[] {
  const places = new Map<string, RelatedPlace>();
  for (const { related } of group) {
    for (const each of related) {
      const key = `${each.uri}\n${each.start}\n${each.end}\n${each.message}`;
      if (!places.has(key)) places.set(key, each);
    }
  }
  const all = [...places.values()];
  const last = all[maximumRelated - 1];
  if (last === undefined || all.length <= maximumRelated) return all;
  const more = all.length - maximumRelated;
  return [...all.slice(0, maximumRelated - 1), { ...last, message: `${last.message} (and ${more} more)` }];
}
