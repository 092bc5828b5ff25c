import { entriesOf } from './entries.ts';
import type { Report } from './report.ts';
import type { Sources } from './source.ts';

/** Logging commands of Azure Pipelines, which become issues of the run. */
export function printAzure(report: Report, sources: Sources): string {
  return entriesOf(report, sources)
    .map(({ level, path, region, rule, message }) => {
      const properties = [
        `type=${level === 'error' ? 'error' : 'warning'}`,
        `sourcepath=${escapeProperty(path)}`,
        `linenumber=${region.startLine}`,
        `columnnumber=${region.startColumn}`,
        `code=${escapeProperty(rule)}`,
      ];
      return `##vso[task.logissue ${properties.join(';')}]${escapeData(message)}\n`;
    })
    .join('');
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%AZP25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(';', '%3B').replaceAll(']', '%5D');
}
