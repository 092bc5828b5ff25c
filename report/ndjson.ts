import { jsonDueCounts } from './dues.ts';
import { jsonFinding, jsonNotice, jsonUndetermined, serviceLevels } from './json.ts';
import type { Report } from './report.ts';
import type { Sources } from './source.ts';

/** The JSON report with one object on each line, its `type` first; the summary comes last. */
export function printNdjson(report: Report, sources: Sources): string {
  const serviceLevelOf = serviceLevels(report);
  const objects: readonly object[] = [
    ...report.findings.map((each) => ({ type: 'finding', ...jsonFinding(each, sources), ...serviceLevelOf(each) })),
    ...report.notices.map((each) => ({ type: 'notice', ...jsonNotice(each, sources) })),
    ...report.undetermined.map((each) => ({ type: 'undetermined', ...jsonUndetermined(each, sources) })),
    { type: 'summary', version: report.version, serviceLevels: jsonDueCounts(report.dues), ...report.summary },
  ];
  return objects.map((each) => `${JSON.stringify(each)}\n`).join('');
}
