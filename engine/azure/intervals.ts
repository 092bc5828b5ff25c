/** The whole numbers from `first` to `last`, both included. */
export interface Interval<T> {
  readonly first: T;
  readonly last: T;
}

/** A set of whole numbers: intervals in rising order that neither overlap nor touch. */
export type Intervals<T> = readonly Interval<T>[];

/** Set arithmetic over numbers or bigints. */
export interface IntervalArithmetic<T> {
  /** Any intervals as a set; one whose last is below its first is empty. */
  readonly setOf: (intervals: readonly Interval<T>[]) => Intervals<T>;
  readonly union: (a: Intervals<T>, b: Intervals<T>) => Intervals<T>;
  readonly intersect: (a: Intervals<T>, b: Intervals<T>) => Intervals<T>;
  /** What is in `a` and not in `b`. */
  readonly subtract: (a: Intervals<T>, b: Intervals<T>) => Intervals<T>;
  /** True when all of `b` is in `a`. */
  readonly covers: (a: Intervals<T>, b: Intervals<T>) => boolean;
  readonly has: (a: Intervals<T>, value: T) => boolean;
}

export function intervalArithmetic<T extends number | bigint>(
  next: (value: T) => T,
  previous: (value: T) => T,
): IntervalArithmetic<T> {
  const setOf = (intervals: readonly Interval<T>[]): Intervals<T> => {
    const ordered = intervals.filter(({ first, last }) => first <= last).sort((a, b) => (a.first < b.first ? -1 : 1));
    const joined: Interval<T>[] = [];
    for (const each of ordered) {
      const before = joined[joined.length - 1];
      if (before === undefined || each.first > next(before.last)) joined.push(each);
      else if (each.last > before.last) joined[joined.length - 1] = { first: before.first, last: each.last };
    }
    return joined;
  };

  const intersect = (a: Intervals<T>, b: Intervals<T>): Intervals<T> => {
    const common: Interval<T>[] = [];
    let left = 0;
    let right = 0;
    for (;;) {
      const x = a[left];
      const y = b[right];
      if (x === undefined || y === undefined) return common;
      // biome-ignore lint/complexity/useMathMinMax: Math knows no bigint
      const first = x.first > y.first ? x.first : y.first;
      // biome-ignore lint/complexity/useMathMinMax: Math knows no bigint
      const last = x.last < y.last ? x.last : y.last;
      if (first <= last) common.push({ first, last });
      if (x.last < y.last) left++;
      else right++;
    }
  };

  const subtract = (a: Intervals<T>, b: Intervals<T>): Intervals<T> => {
    const rest: Interval<T>[] = [];
    for (const each of a) {
      let from = each.first;
      let open = true;
      for (const hole of b) {
        if (hole.last < from) continue;
        if (hole.first > each.last) break;
        if (hole.first > from) rest.push({ first: from, last: previous(hole.first) });
        if (hole.last >= each.last) {
          open = false;
          break;
        }
        from = next(hole.last);
      }
      if (open) rest.push({ first: from, last: each.last });
    }
    return rest;
  };

  return {
    setOf,
    union: (a, b) => setOf([...a, ...b]),
    intersect,
    subtract,
    covers: (a, b) => subtract(b, a).length === 0,
    has: (a, value) => a.some(({ first, last }) => first <= value && value <= last),
  };
}
