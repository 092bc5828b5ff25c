import type { CompiledRule } from '../check/rule.ts';
import type { FindingSubject, RawFinding, Undetermined } from '../check/run.ts';
import type { Notice } from '../findings/notice.ts';
import { readSuppressions, type Suppression } from '../findings/suppression.ts';
import { contains, type Place } from '../text/span.ts';
import { commentedOf, type Source } from './sources.ts';

export interface SuppressionResult {
  readonly kept: readonly RawFinding[];
  /** With the reason that the comment gives. */
  readonly suppressed: readonly { readonly finding: RawFinding; readonly reason: string }[];
  /** What nobody has accepted. */
  readonly undetermined: readonly Undetermined[];
  readonly notices: readonly Notice[];
}

/** What is known of rule ids: those of ours, and those of peers that stand for them. */
export interface KnownRules {
  readonly has: (id: string) => boolean;
  /** Our rules that a peer's id stands for. */
  readonly ofAlias: (alias: string) => readonly string[];
  readonly all: () => readonly string[];
}

/**
 * Takes out what comments suppress. A comment covers a finding that lies in its reach, whose resource is declared there,
 * or whose resource was brought by a module call there. `today` is `YYYY-MM-DD`.
 */
export function suppress(
  findings: readonly RawFinding[],
  undetermined: readonly Undetermined[],
  files: ReadonlyMap<string, Source>,
  rules: KnownRules,
  today: string,
): SuppressionResult {
  const notices: Notice[] = [];
  const byFile = new Map<string, readonly Suppression[]>();
  for (const [uri, source] of files) {
    const file = commentedOf(uri, source);
    if (file === undefined) continue;
    const read = readSuppressions(file);
    for (const { place, message } of read.problems) notices.push(notice('warning', place, message));
    if (read.suppressions.length > 0) byFile.set(uri, read.suppressions);
  }
  if (byFile.size === 0) return { kept: findings, suppressed: [], undetermined, notices };
  const used = new Set<Suppression>();
  /** The comment that accepts that a rule is broken, or that nobody knows. */
  const accepting = (
    rule: CompiledRule,
    places: readonly Place[],
    parts?: readonly string[],
  ): Suppression | undefined => {
    const by = covering(rule, places, byFile, rules).filter((suppression) => !isOver(suppression, today));
    if (!coverAll(rule, by, parts)) return undefined;
    for (const suppression of by) used.add(suppression);
    return rule.suppressible ? by[0] : undefined;
  };
  const kept: RawFinding[] = [];
  const suppressed: { readonly finding: RawFinding; readonly reason: string }[] = [];
  for (const finding of findings) {
    const by = accepting(finding.rule, [finding.place, ...placesOf(finding.subject)], finding.parts);
    if (by === undefined) kept.push(finding);
    else suppressed.push({ finding, reason: by.reason });
  }
  const open = undetermined.filter(({ rule, subject }) => accepting(rule, placesOf(subject)) === undefined);
  for (const suppressions of byFile.values()) {
    for (const suppression of suppressions) {
      const message = complaint(suppression, used.has(suppression), rules, today);
      if (message !== undefined) notices.push(notice('warning', suppression.place, message));
    }
  }
  return { kept, suppressed, undetermined: open, notices };
}

function notice(level: Notice['level'], place: Place, message: string): Notice {
  return { code: 'demarc/suppression', level, place, message };
}

function covering(
  rule: CompiledRule,
  places: readonly Place[],
  byFile: ReadonlyMap<string, readonly Suppression[]>,
  rules: KnownRules,
): readonly Suppression[] {
  const found: Suppression[] = [];
  for (const place of places) {
    for (const suppression of byFile.get(place.uri) ?? []) {
      const line = suppression.reach === 'line';
      const reaches = line ? startsIn(suppression, place) : contains(suppression.covers, place);
      if (reaches && isFor(suppression, rule, rules)) found.push(suppression);
    }
  }
  return found;
}

/**
 * Whether what comments accept is all that a finding is about: a peer's id may stand for a part of our rule only, one port of
 * several.
 */
function coverAll({ parts: known }: CompiledRule, by: readonly Suppression[], parts: readonly string[] = []): boolean {
  const accepted = by.map(({ rule }) => known?.[rule.toLowerCase()]);
  return accepted.includes(undefined) || parts.every((part) => accepted.includes(part));
}

function startsIn(suppression: Suppression, place: Place): boolean {
  return suppression.covers.start <= place.start && place.start <= suppression.covers.end;
}

function placesOf(subject: FindingSubject): readonly Place[] {
  if (subject.kind === 'output') return [subject.output.declaration];
  return [subject.resource.declaration, ...subject.resource.calls];
}

function isFor({ rule: id }: Suppression, rule: CompiledRule, rules: KnownRules): boolean {
  return id === rule.id || rules.ofAlias(id).includes(rule.id);
}

function isOver({ until }: Suppression, today: string): boolean {
  return until !== undefined && until < today;
}

/** What is wrong with a suppression; undefined when nothing is. Peers' ids may be about what we have no rule for. */
function complaint(suppression: Suppression, used: boolean, rules: KnownRules, today: string): string | undefined {
  const { rule, until, dialect } = suppression;
  if (dialect === 'demarc' && !rules.has(rule) && rules.ofAlias(rule).length === 0) {
    const near = nearest(rule, rules.all());
    return `There is no rule '${rule}'.${near === undefined ? '' : ` Did you mean '${near}'?`}`;
  }
  if (isOver(suppression, today)) {
    return `This suppression ended on ${until}. Mend what it suppressed, or give it a new date.`;
  }
  if (dialect === 'demarc' && !used) return `Nothing here breaks '${rule}' any more. Remove this suppression.`;
  return undefined;
}

/** The id that differs least, if it differs by a third of its letters at most. */
export function nearest(written: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.floor(written.length / 3) + 1;
  for (const each of known) {
    const distance = editDistance(written, each, least);
    if (distance < least) {
      least = distance;
      best = each;
    }
  }
  return best;
}

/** Levenshtein distance; `limit` when it is that or more. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return Math.min(previous[b.length] ?? limit, limit);
}
