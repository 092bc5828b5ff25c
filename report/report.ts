import type { DueFinding } from '../engine/findings/due.ts';
import type { Finding, SuppressedFinding } from '../engine/findings/finding.ts';
import type { Notice } from '../engine/findings/notice.ts';
import type { UndeterminedProperty } from '../engine/findings/undetermined.ts';

/** How much was looked at and what could not be known. */
export interface Summary {
  readonly files: number;
  /** Files that the configuration leaves out. */
  readonly excluded: number;
  readonly resources: number;
  /** Findings that a comment suppressed. */
  readonly suppressed: number;
  /** Findings that the baseline lists. */
  readonly known: number;
  /** Findings that are left out of the report because there are more than were asked for. */
  readonly omitted: number;
  /** Findings that `demarc fix` can mend. */
  readonly fixable: number;
  /** Findings that are wrong only under some conditions, whether they are among the findings shown or not. */
  readonly possible: number;
  /** How many properties that rules asked for were not known, by reason. */
  readonly undetermined: Readonly<Record<string, number>>;
}

/** By file and place, or the riskiest findings first. */
export const orders = ['place', 'risk'] as const;

export type ReportOrder = (typeof orders)[number];

/** Everything that one run has to say, in the order in which it is shown. */
export interface Report {
  readonly version: string;
  readonly findings: readonly Finding[];
  /** How the findings are ordered. */
  readonly order: ReportOrder;
  readonly notices: readonly Notice[];
  /** Findings that a comment suppressed, with its reason. */
  readonly suppressed: readonly SuppressedFinding[];
  /** What kept rules from being decided. */
  readonly undetermined: readonly UndeterminedProperty[];
  /** When findings are due, what is overdue first; left out where there is no ledger: then that is unknown. */
  readonly dues?: readonly DueFinding[];
  readonly summary: Summary;
}
