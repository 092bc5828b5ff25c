import type { Severity } from '../engine/findings/finding.ts';
import { hash64 } from '../engine/findings/fingerprint.ts';
import { entriesOf } from './entries.ts';
import type { Report } from './report.ts';
import type { Sources } from './source.ts';

const severities: Readonly<Record<Severity, string>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
};

/** GitLab's Code Quality report. A fingerprint stays the same when lines move, so that GitLab tells old from new. */
export function printGitlab(report: Report, sources: Sources): string {
  const seen = new Map<string, number>();
  const issues = entriesOf(report, sources).map(({ rule, path, region, severity, message, finding }) => {
    const own = finding?.fingerprint ?? hash64([rule, path, message].join('\n'));
    const before = seen.get(own) ?? 0;
    seen.set(own, before + 1);
    return {
      type: 'issue',
      description: message,
      check_name: rule,
      fingerprint: before === 0 ? own : hash64(`${own}\n${before}`),
      severity: severities[severity],
      location: { path, lines: { begin: region.startLine, end: region.endLine } },
    };
  });
  return `${JSON.stringify(issues, undefined, 2)}\n`;
}
