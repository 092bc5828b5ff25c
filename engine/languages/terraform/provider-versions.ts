/** How the versions of a provider are known: the lock file, `required_providers`, or not at all. */
export type VersionKnowledge = 'lock' | 'constraint' | 'none';

/** Which versions of a provider a root admits. Without lock file and constraint that is the newest major. */
export interface ProviderVersions {
  readonly known: VersionKnowledge;
  /** Whether all, some or none of the admitted versions lie in a range such as `>=3.0.0, <5.0.0`. */
  readonly admits: (range: string) => 'all' | 'some' | 'none';
  /** Rising. Never empty; a constraint without an upper bound ends at the newest major known. */
  readonly majors: readonly number[];
}

/** The newest major of hashicorp/azurerm that the lens tables know. */
export const newestAzurermMajor = 5;

/** A half-open range of version ordinals. */
interface Interval {
  readonly from: number;
  readonly to: number;
}

/** One million minors and patches each; a double holds 9 007 majors. */
const step = 1_000_000;
const unbounded = Number.MAX_SAFE_INTEGER;

/**
 * Reads what a root says of a provider. `lock` is the version of the lock file; `constraints` are the texts of every
 * `version` argument that applies (all must hold). Neither throws: what cannot be read is as if it were not there.
 */
export function providerVersions(
  lock: string | undefined,
  constraints: readonly string[],
  newestMajor = newestAzurermMajor,
): ProviderVersions {
  const locked = lock === undefined ? undefined : parseVersion(lock);
  if (locked !== undefined) return versionsIn('lock', [{ from: locked.ordinal, to: locked.ordinal + 1 }], newestMajor);
  let admitted: readonly Interval[] = [{ from: 0, to: unbounded }];
  let constrained = false;
  for (const constraint of constraints) {
    const intervals = parseConstraint(constraint);
    if (intervals === undefined) continue;
    constrained = true;
    admitted = intersect(admitted, intervals);
  }
  if (!constrained || admitted.length === 0) {
    return versionsIn('none', [{ from: majorStart(newestMajor), to: majorStart(newestMajor + 1) }], newestMajor);
  }
  return versionsIn('constraint', admitted, newestMajor);
}

function versionsIn(known: VersionKnowledge, admitted: readonly Interval[], newestMajor: number): ProviderVersions {
  // Majors that nobody has seen yet do not count, unless nothing else is admitted.
  const clipped = intersect(admitted, [{ from: 0, to: majorStart(newestMajor + 1) }]);
  const intervals = clipped.length > 0 ? clipped : admitted;
  const answers = new Map<string, 'all' | 'some' | 'none'>();
  return {
    known,
    majors: majorsOf(intervals, newestMajor),
    admits(range) {
      let answer = answers.get(range);
      if (answer === undefined) {
        answer = compare(intervals, parseConstraint(range) ?? []);
        answers.set(range, answer);
      }
      return answer;
    },
  };
}

function majorsOf(intervals: readonly Interval[], newestMajor: number): readonly number[] {
  const majors: number[] = [];
  for (const interval of intervals) {
    const first = Math.floor(interval.from / (step * step));
    const last = Math.min(Math.floor((interval.to - 1) / (step * step)), Math.max(first, newestMajor));
    for (let major = first; major <= last; major++) {
      if (majors[majors.length - 1] !== major) majors.push(major);
    }
  }
  return majors;
}

function compare(admitted: readonly Interval[], range: readonly Interval[]): 'all' | 'some' | 'none' {
  const shared = sizeOf(intersect(admitted, range));
  if (shared === 0) return 'none';
  return shared === sizeOf(admitted) ? 'all' : 'some';
}

function sizeOf(intervals: readonly Interval[]): number {
  return intervals.reduce((sum, interval) => sum + (interval.to - interval.from), 0);
}

/** Parses `>= 3.1, < 5.0, != 4.2.0`. Undefined when a part is malformed. */
function parseConstraint(written: string): readonly Interval[] | undefined {
  let result: readonly Interval[] = [{ from: 0, to: unbounded }];
  for (const part of written.split(',')) {
    const match = /^\s*(~>|>=|<=|!=|=|>|<)?\s*(\S+)\s*$/.exec(part);
    const version = match?.[2] === undefined ? undefined : parseVersion(match[2]);
    if (version === undefined) return undefined;
    result = intersect(result, intervalsOf(match?.[1] ?? '=', version));
  }
  return result;
}

function intervalsOf(operator: string, version: Version): readonly Interval[] {
  const from = version.ordinal;
  switch (operator) {
    case '>=':
      return [{ from, to: unbounded }];
    case '>':
      return [{ from: from + 1, to: unbounded }];
    case '<':
      return [{ from: 0, to: from }];
    case '<=':
      return [{ from: 0, to: from + 1 }];
    case '!=':
      return [
        { from: 0, to: from },
        { from: from + 1, to: unbounded },
      ];
    case '~>':
      return [{ from, to: pessimisticEnd(version) }];
    default:
      return [{ from, to: from + 1 }];
  }
}

/** `~>` lets only the last part that is written rise. */
function pessimisticEnd(version: Version): number {
  if (version.parts <= 1) return unbounded;
  if (version.parts === 2) return majorStart(version.major + 1);
  return majorStart(version.major) + (version.minor + 1) * step;
}

interface Version {
  readonly major: number;
  readonly minor: number;
  /** How many of major, minor and patch are written. */
  readonly parts: number;
  readonly ordinal: number;
}

/** `4`, `4.2`, `v4.2.0`, `4.2.0-beta1` (the suffix is left out: it never matters to a default). */
function parseVersion(written: string): Version | undefined {
  const match = /^v?(\d{1,4})(?:\.(\d{1,5}))?(?:\.(\d{1,5}))?(?:[-+][\w.+-]*)?$/.exec(written.trim());
  if (match === null) return undefined;
  const major = Number(match[1]);
  const minor = Number(match[2] ?? 0);
  const parts = match[3] !== undefined ? 3 : match[2] !== undefined ? 2 : 1;
  return { major, minor, parts, ordinal: majorStart(major) + minor * step + Number(match[3] ?? 0) };
}

function majorStart(major: number): number {
  return major * step * step;
}

/** Both lists are sorted and free of overlaps; so is the result. */
function intersect(a: readonly Interval[], b: readonly Interval[]): readonly Interval[] {
  const result: Interval[] = [];
  for (const left of a) {
    for (const right of b) {
      const from = Math.max(left.from, right.from);
      const to = Math.min(left.to, right.to);
      if (from < to) result.push({ from, to });
    }
  }
  return result;
}
