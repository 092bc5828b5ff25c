import type { Finding, Severity } from '../engine/findings/finding.ts';
import type { Notice } from '../engine/findings/notice.ts';
import type { Place, Span } from '../engine/text/span.ts';
import type { Report } from './report.ts';
import type { Sources } from './source.ts';

/** Lines and columns are 1-based, columns in UTF-16 units; the end is one past the last unit. */
export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A finding or a notice, as formats for machines list them one by one. */
export interface Entry {
  readonly rule: string;
  readonly severity: Severity;
  /** How loud it is where there are three steps. */
  readonly level: 'error' | 'warning' | 'note';
  /** Its message; for what is wrong only sometimes, it says so. */
  readonly message: string;
  /** With `/` between folders, relative to the working folder where it lies in it. */
  readonly path: string;
  readonly place: Place;
  readonly region: Region;
  /** Undefined for a notice. */
  readonly finding: Finding | undefined;
}

const levelOf: Readonly<Record<Severity, Entry['level']>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

export const severityOfNotice: Readonly<Record<Notice['level'], Severity>> = {
  error: 'high',
  warning: 'medium',
  information: 'low',
};

/** Everything that a report has to say of places, by path, place and rule. */
export function entriesOf(report: Report, sources: Sources): readonly Entry[] {
  const entries = [
    ...report.findings.map((finding) => entryOfFinding(finding, sources)),
    ...report.notices.map(({ code, level, message, place }) =>
      entryOf(code, severityOfNotice[level], message, place, undefined, sources),
    ),
  ];
  return entries.sort(
    (a, b) => compareTexts(a.path, b.path) || a.place.start - b.place.start || compareTexts(a.rule, b.rule),
  );
}

export function entryOfFinding(finding: Finding, sources: Sources): Entry {
  return entryOf(finding.rule, finding.severity, messageOf(finding), finding.place, finding, sources);
}

function entryOf(
  rule: string,
  severity: Severity,
  message: string,
  place: Place,
  finding: Finding | undefined,
  sources: Sources,
): Entry {
  const path = sources.pathOf(place.uri);
  return {
    rule,
    severity,
    level: levelOf[severity],
    message,
    path,
    place,
    region: regionOf(place.uri, place, sources),
    finding,
  };
}

function messageOf({ message, verdict }: Finding): string {
  return verdict === 'fail' ? message : `Under some conditions: ${message}`;
}

/** Where a span stands; one that is empty covers nothing. */
export function regionOf(uri: string, { start, end }: Span, sources: Sources): Region {
  const first = sources.positionOf(uri, start);
  const last = sources.positionOf(uri, end);
  return {
    startLine: first.line + 1,
    startColumn: first.character + 1,
    endLine: last.line + 1,
    endColumn: last.character + 1,
  };
}

export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
