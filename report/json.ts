import type { Finding } from '../engine/findings/finding.ts';
import type { Notice } from '../engine/findings/notice.ts';
import type { UndeterminedProperty } from '../engine/findings/undetermined.ts';
import type { Place } from '../engine/text/span.ts';
import { jsonDue, jsonDueCounts } from './dues.ts';
import { severityOfNotice } from './entries.ts';
import type { Report } from './report.ts';
import type { Sources } from './source.ts';

interface JsonPosition {
  readonly line: number;
  readonly column: number;
}

/** The report as JSON; lines and columns are 1-based. Notices stand among the findings, without layer, owner and resource. */
export function printJson(report: Report, sources: Sources): string {
  const serviceLevelOf = serviceLevels(report);
  const findings = [
    ...report.findings.map((finding) => ({ ...jsonFinding(finding, sources), ...serviceLevelOf(finding) })),
    ...report.notices.map((notice) => jsonNotice(notice, sources)),
  ];
  const undetermined = report.undetermined.map((each) => jsonUndetermined(each, sources));
  const { version, summary } = report;
  const dues = jsonDueCounts(report.dues);
  return `${JSON.stringify({ version, findings, undetermined, serviceLevels: dues, summary }, undefined, 2)}\n`;
}

/** What a finding has beside its own members: when it is due, where there is a ledger. */
export function serviceLevels({ dues }: Report): (finding: Finding) => object {
  const known = new Map((dues ?? []).map(({ finding, due }) => [finding, due]));
  return (finding) => {
    const due = known.get(finding);
    return due === undefined ? {} : { serviceLevel: jsonDue(due) };
  };
}

export function jsonUndetermined(property: UndeterminedProperty, sources: Sources): object {
  const { rule, severity, place, resource, path, reason, detail } = property;
  return {
    rule,
    severity,
    verdict: 'undetermined',
    file: sources.pathOf(place.uri),
    range: rangeOf(place, sources),
    resource,
    property: path,
    reason,
    detail,
  };
}

export function jsonFinding(finding: Finding, sources: Sources): object {
  return {
    rule: finding.rule,
    aliases: finding.aliases,
    severity: finding.severity,
    risk: finding.risk,
    verdict: finding.verdict,
    layer: finding.layer,
    owner: finding.owner,
    file: sources.pathOf(finding.place.uri),
    range: rangeOf(finding.place, sources),
    resource: finding.resource,
    message: finding.message,
    fixable: finding.fixable,
    instances: finding.instances,
    sets: finding.sets,
    related: finding.related.map((related) => ({
      file: sources.pathOf(related.uri),
      range: rangeOf(related, sources),
      message: related.message,
    })),
    fingerprint: finding.fingerprint,
  };
}

export function jsonNotice(notice: Notice, sources: Sources): object {
  return {
    rule: notice.code,
    aliases: [],
    severity: severityOfNotice[notice.level],
    risk: null,
    verdict: 'fail',
    layer: null,
    owner: null,
    file: sources.pathOf(notice.place.uri),
    range: rangeOf(notice.place, sources),
    resource: null,
    message: notice.message,
    fixable: false,
    instances: [],
    sets: [],
    related: [],
  };
}

function rangeOf(place: Place, sources: Sources): { readonly start: JsonPosition; readonly end: JsonPosition } {
  return { start: positionOf(place.uri, place.start, sources), end: positionOf(place.uri, place.end, sources) };
}

function positionOf(uri: string, offset: number, sources: Sources): JsonPosition {
  const position = sources.positionOf(uri, offset);
  return { line: position.line + 1, column: position.character + 1 };
}
