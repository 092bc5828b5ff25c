import { type Finding, severities } from './finding.ts';
import type { Ledger } from './ledger.ts';
import { dueAt, type ServiceLevel } from './service-levels.ts';

/** When a finding has to be mended. Instants are in UTC, to the second. */
export type Due =
  | { readonly state: 'overdue' | 'due'; readonly detected: string; readonly due: string }
  | { readonly state: 'best effort'; readonly detected: string }
  /** The ledger does not have it yet. */
  | { readonly state: 'unknown' };

export interface DueFinding {
  readonly finding: Finding;
  readonly due: Due;
}

const states = ['overdue', 'due', 'best effort', 'unknown'] as const;

export type DueState = Due['state'];

/**
 * What findings are due when, by the ledger: what is overdue first, then by due date, severity and fingerprint. A finding
 * is overdue from the second after its due date on.
 */
export function duesOf(
  findings: readonly Finding[],
  { entries }: Ledger,
  levelOf: (finding: Finding) => ServiceLevel,
  now: string,
): readonly DueFinding[] {
  const detections = new Map(entries.map(({ fingerprint, detected }) => [fingerprint, detected]));
  return findings
    .map((finding): DueFinding => {
      const detected = detections.get(finding.fingerprint);
      return { finding, due: detected === undefined ? { state: 'unknown' } : stateAt(detected, levelOf(finding), now) };
    })
    .sort((a, b) => compareDues(a, b));
}

function stateAt(detected: string, level: ServiceLevel, now: string): Due {
  const due = dueAt(detected, level);
  if (due === undefined) return { state: 'best effort', detected };
  // Instants of one form are in the order of their texts.
  return { state: now > due ? 'overdue' : 'due', detected, due };
}

function compareDues(a: DueFinding, b: DueFinding): number {
  return (
    states.indexOf(a.due.state) - states.indexOf(b.due.state) ||
    compare(instantFor(a.due), instantFor(b.due)) ||
    severities.indexOf(a.finding.severity) - severities.indexOf(b.finding.severity) ||
    compare(a.finding.fingerprint, b.finding.fingerprint)
  );
}

function instantFor(due: Due): string {
  switch (due.state) {
    case 'overdue':
    case 'due':
      return due.due;
    case 'best effort':
      return due.detected;
    case 'unknown':
      return '';
  }
}

/** How many findings are in each state. */
export function countDues(dues: readonly DueFinding[]): Readonly<Record<DueState, number>> {
  const counts = { overdue: 0, due: 0, 'best effort': 0, unknown: 0 };
  for (const { due } of dues) counts[due.state]++;
  return counts;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
