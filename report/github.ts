import { type Entry, entriesOf } from './entries.ts';
import type { Report } from './report.ts';
import type { Sources } from './source.ts';

const commands: Readonly<Record<Entry['level'], string>> = { error: 'error', warning: 'warning', note: 'notice' };

/** Workflow commands of GitHub Actions, which become annotations of the changed files. */
export function printGithub(report: Report, sources: Sources): string {
  return entriesOf(report, sources)
    .map((entry) => {
      const { path, region, rule, severity, message } = entry;
      const sameLine = region.startLine === region.endLine;
      const properties = [
        `file=${escapeProperty(path)}`,
        `line=${region.startLine}`,
        `endLine=${region.endLine}`,
        // Columns count only within one line.
        ...(sameLine ? [`col=${region.startColumn}`, `endColumn=${region.endColumn}`] : []),
        `title=${escapeProperty(`${rule} (${severity})`)}`,
      ];
      return `::${commands[entry.level]} ${properties.join(',')}::${escapeData(message)}\n`;
    })
    .join('');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
