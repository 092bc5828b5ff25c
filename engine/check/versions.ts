/** An API version as Azure writes it. A preview counts as its date wherever versions are compared. */
export interface ApiVersion {
  /** `20230501` of `2023-05-01`. */
  readonly date: number;
  /** `preview`, `privatepreview`, `beta`, …; empty for a stable version. */
  readonly suffix: string;
}

/** Reads `2023-05-01` or `2023-05-01-preview`; undefined for anything else (`latest`, `v1.0`). */
export function parseApiVersion(written: string): ApiVersion | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:-([a-zA-Z][\w.]*))?$/.exec(written);
  if (match === null) return undefined;
  return { date: Number(`${match[1]}${match[2]}${match[3]}`), suffix: match[4]?.toLowerCase() ?? '' };
}

/** Negative, zero or positive as `a` is earlier than, as old as or later than `b`; of one date the preview is earlier. */
export function compareApiVersions(a: ApiVersion, b: ApiVersion): number {
  if (a.date !== b.date) return a.date - b.date;
  if (a.suffix === b.suffix) return 0;
  if (a.suffix === '') return 1;
  if (b.suffix === '') return -1;
  return a.suffix < b.suffix ? -1 : 1;
}

/** Versions from one date on (inclusive) until another (exclusive); both `YYYYMMDD`, undefined where there is no bound. */
export interface VersionRange {
  readonly from?: number;
  readonly until?: number;
}

export function inRange(range: VersionRange, date: number): boolean {
  return (range.from === undefined || date >= range.from) && (range.until === undefined || date < range.until);
}

/** True when every date lies in one of the ranges. */
export function coverAll(ranges: readonly VersionRange[]): boolean {
  const ordered = [...ranges].sort((a, b) => (a.from ?? 0) - (b.from ?? 0));
  let reached = 0;
  for (const { from, until } of ordered) {
    if ((from ?? 0) > reached) return false;
    if (until === undefined) return true;
    reached = Math.max(reached, until);
  }
  return false;
}
