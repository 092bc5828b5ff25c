import type { Severity } from './finding.ts';

const units = ['hour', 'day', 'week', 'month', 'year'] as const;

export type TimeUnit = (typeof units)[number];

/** How long it may take to mend a finding: a time, or as long as it takes. */
export type ServiceLevel = { readonly number: number; readonly unit: TimeUnit } | 'best effort';

/** What holds where nothing else is configured. */
export const defaultServiceLevels: Readonly<Record<Severity, ServiceLevel>> = {
  critical: { number: 48, unit: 'hour' },
  high: { number: 2, unit: 'week' },
  medium: { number: 3, unit: 'month' },
  low: 'best effort',
};

/** Reads `48 hours`, `2 weeks`, `1 month` or `best effort`; undefined for anything else. */
export function readServiceLevel(text: string): ServiceLevel | undefined {
  const written = text.trim().toLowerCase();
  if (written === 'best effort') return 'best effort';
  const [amount = '', name = '', ...more] = written.split(/\s+/);
  const unit = units.find((each) => name === each || name === `${each}s`);
  if (unit === undefined || more.length > 0 || !/^[1-9]\d{0,3}$/.test(amount)) return undefined;
  return { number: Number(amount), unit };
}

/** As `readServiceLevel` takes it. */
export function printServiceLevel(level: ServiceLevel): string {
  if (level === 'best effort') return level;
  return `${level.number} ${level.unit}${level.number === 1 ? '' : 's'}`;
}

/** An instant in UTC to the second: `2026-11-24T15:00:00Z`. */
export function isInstant(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text)) return false;
  const milliseconds = Date.parse(text);
  // The last days of short months roll over.
  return !Number.isNaN(milliseconds) && instantOf(milliseconds) === text;
}

/** `milliseconds` since 1970 as an instant in UTC, cut to the second. */
export function instantOf(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/**
 * When something that was first detected at an instant is due; undefined for best effort. Everything is counted in UTC, so
 * that no clock is put forward or back in between. A month later is the same day of the next month, or its last day where
 * it has no such day.
 */
export function dueAt(detected: string, level: ServiceLevel): string | undefined {
  if (level === 'best effort') return undefined;
  const { number, unit } = level;
  const start = new Date(detected);
  switch (unit) {
    case 'hour':
      return instantOf(start.getTime() + number * hour);
    case 'day':
      return instantOf(start.getTime() + number * 24 * hour);
    case 'week':
      return instantOf(start.getTime() + number * 7 * 24 * hour);
    case 'month':
      return monthsLater(start, number);
    case 'year':
      return monthsLater(start, number * 12);
  }
}

const hour = 3_600_000;

function monthsLater(start: Date, months: number): string {
  const month = start.getUTCMonth() + months;
  // Day 0 is the last one of the month before.
  const lastDay = new Date(Date.UTC(start.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const day = Math.min(start.getUTCDate(), lastDay);
  const later = new Date(start);
  later.setUTCFullYear(start.getUTCFullYear(), month, day);
  return instantOf(later.getTime());
}
