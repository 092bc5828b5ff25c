import { entriesOf } from './entries.ts';
import type { Report } from './report.ts';
import type { Sources } from './source.ts';

/** One line for each finding, as editors and `grep` read them: `path:line:column: severity: message [rule]`. */
export function printCompact(report: Report, sources: Sources): string {
  return entriesOf(report, sources)
    .map(({ path, region, severity, message, rule }) => {
      const text = message.replace(/\s+/g, ' ');
      return `${path}:${region.startLine}:${region.startColumn}: ${severity}: ${text} [${rule}]\n`;
    })
    .join('');
}
