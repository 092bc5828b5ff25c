import { type Entry, entriesOf } from './entries.ts';
import type { Report } from './report.ts';
import type { Sources } from './source.ts';
import { attributes } from './xml.ts';

const severities: Readonly<Record<Entry['level'], string>> = { error: 'error', warning: 'warning', note: 'info' };

/** Checkstyle's XML, which many CI systems read. */
export function printCheckstyle(report: Report, sources: Sources): string {
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<checkstyle version="4.3">'];
  let path: string | undefined;
  for (const entry of entriesOf(report, sources)) {
    if (entry.path !== path) {
      if (path !== undefined) lines.push('  </file>');
      path = entry.path;
      lines.push(`  <file${attributes({ name: path })}>`);
    }
    const { region, level, message, rule } = entry;
    const written = {
      line: region.startLine,
      column: region.startColumn,
      severity: severities[level],
      message,
      source: `demarc.${rule}`,
    };
    lines.push(`    <error${attributes(written)}/>`);
  }
  if (path !== undefined) lines.push('  </file>');
  lines.push('</checkstyle>');
  return `${lines.join('\n')}\n`;
}
