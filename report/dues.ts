import { countDues, type Due, type DueFinding } from '../engine/findings/due.ts';
import type { Severity } from '../engine/findings/finding.ts';
import type { Sources } from './source.ts';
import type { StylishOptions } from './stylish.ts';

/** One finding with its service level. Instants are in UTC. */
export interface DueRow {
  readonly state: Due['state'];
  readonly severity: Severity;
  readonly rule: string;
  readonly resource: string;
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** Null where the ledger does not have it, and for `due` where it is best effort. */
  readonly detected: string | null;
  readonly due: string | null;
  readonly fingerprint: string;
}

export function dueRows(dues: readonly DueFinding[], sources: Sources): readonly DueRow[] {
  return dues.map(({ finding, due }) => {
    const { place, severity, rule, resource, fingerprint } = finding;
    return {
      state: due.state,
      severity,
      rule,
      resource: resource.address,
      file: sources.pathOf(place.uri),
      line: sources.positionOf(place.uri, place.start).line + 1,
      detected: due.state === 'unknown' ? null : due.detected,
      due: due.state === 'overdue' || due.state === 'due' ? due.due : null,
      fingerprint,
    };
  });
}

/** What formats for machines say of one finding. */
export function jsonDue(due: Due): object {
  switch (due.state) {
    case 'overdue':
    case 'due':
      return { state: due.state, detected: due.detected, due: due.due };
    case 'best effort':
      return { state: due.state, detected: due.detected };
    case 'unknown':
      return { state: due.state };
  }
}

/** How many findings are in each state; `unknown` for all where there is no ledger. */
export function jsonDueCounts(dues: readonly DueFinding[] | undefined): object | 'unknown' {
  return dues === undefined ? 'unknown' : countDues(dues);
}

const columns = [
  ['state', 'state'],
  ['due', 'due'],
  ['detected', 'first detected'],
  ['severity', 'severity'],
  ['rule', 'rule'],
  ['place', 'place'],
  ['resource', 'resource'],
] as const;

/** A table for people; the date of git comes last where it was asked for. */
export function printDueTable(
  rows: readonly (DueRow & { readonly inGitSince?: string | null })[],
  paint: StylishOptions['paint'],
): string {
  if (rows.length === 0) return 'No findings.\n';
  const withGit = rows.some(({ inGitSince }) => inGitSince !== undefined);
  const heads = [...columns.map(([, head]) => head), ...(withGit ? ['in git since (information only)'] : [])];
  const table = rows.map((row) => [...cellsOf(row), ...(withGit ? [row.inGitSince ?? '-'] : [])]);
  const widths = heads.map((head, index) => Math.max(head.length, ...table.map((cells) => cells[index]?.length ?? 0)));
  const lineOf = (cells: readonly string[]): string =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd();
  const lines = table.map((cells, index) => {
    const text = lineOf(cells);
    return rows[index]?.state === 'overdue' ? paint('error', text) : text;
  });
  return `${[paint('strong', lineOf(heads)), ...lines].join('\n')}\n`;
}

/** In the order of the columns. */
export function cellsOf({ state, due, detected, severity, rule, file, line, resource }: DueRow): readonly string[] {
  return [state, due ?? '-', detected ?? '-', severity, rule, `${file}:${line}`, resource];
}

export const dueHeads: readonly string[] = columns.map(([, head]) => head);

const listed = 10;

/** The lines at the end of a report: how many findings are overdue, which, and what the ledger lacks. */
export function summariseDues(
  dues: readonly DueFinding[],
  sources: Sources,
  paint: StylishOptions['paint'],
): readonly string[] {
  const { overdue, due, unknown, 'best effort': effort } = countDues(dues);
  if (dues.length === 0) return [];
  const lines = [
    `Service levels: ${paint(overdue > 0 ? 'error' : 'good', `${overdue} overdue`)}, ${due} due later, ${effort} best effort, ${unknown} unknown.`,
  ];
  for (const { finding, due: each } of dues.filter(({ due: { state } }) => state === 'overdue').slice(0, listed)) {
    if (each.state !== 'overdue') continue;
    const where = `${sources.pathOf(finding.place.uri)}:${sources.positionOf(finding.place.uri, finding.place.start).line + 1}`;
    lines.push(`  ${paint('error', `since ${each.due}`)}  ${finding.severity}  ${finding.rule}  ${where}`);
  }
  if (overdue > listed) lines.push(paint('faint', `  and ${overdue - listed} more: demarc ledger list`));
  if (unknown > 0)
    lines.push(paint('faint', `Unknown is what the ledger does not have yet: 'demarc ledger update' takes it in.`));
  return lines;
}
