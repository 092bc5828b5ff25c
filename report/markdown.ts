import type { UnknownReason } from '../engine/estate/value.ts';
import { severities } from '../engine/findings/finding.ts';
import { cellsOf, dueHeads, dueRows } from './dues.ts';
import { type Entry, entriesOf } from './entries.ts';
import type { Report } from './report.ts';
import type { Sources } from './source.ts';
import { reasonTexts } from './undetermined.ts';

/** A report for pull requests and job summaries. */
export function printMarkdown(report: Report, sources: Sources): string {
  const { findings, summary } = report;
  const counts = severities
    .map((severity) => ({ severity, number: findings.filter((each) => each.severity === severity).length }))
    .filter(({ number }) => number > 0)
    .map(({ severity, number }) => `${number} ${severity}`);
  const looked = `${count(summary.resources, 'resource')} in ${count(summary.files, 'file')}`;
  const lines = [
    '# Demarc',
    '',
    findings.length === 0
      ? `No findings on ${looked}.`
      : `**${count(findings.length, 'finding')}** (${counts.join(', ')}) on ${looked}.`,
    '',
  ];
  const entries = entriesOf(report, sources);
  if (entries.length > 0) {
    lines.push('| severity | rule | place | resource | what is wrong |', '| --- | --- | --- | --- | --- |');
    for (const entry of entries) lines.push(rowOf(entry));
    lines.push('');
  }
  if (summary.omitted > 0) lines.push(`${count(summary.omitted, 'further finding')} not shown.`, '');
  if (summary.suppressed > 0) lines.push(`${count(summary.suppressed, 'finding')} suppressed by comments.`, '');
  lines.push(...serviceLevelTable(report, sources));
  const reasons = Object.entries(summary.undetermined) as readonly (readonly [UnknownReason, number])[];
  if (reasons.length > 0) {
    lines.push('Properties that rules asked for and that could not be determined:', '');
    for (const [reason, number] of reasons) lines.push(`- ${number}: ${reasonTexts[reason]}`);
    lines.push('');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

/** As many rows as a comment on a pull request has room for. */
const maximumDueRows = 50;

function serviceLevelTable({ dues }: Report, sources: Sources): readonly string[] {
  if (dues === undefined || dues.length === 0) return [];
  const rows = dueRows(dues.slice(0, maximumDueRows), sources).map(
    (row) => `| ${cellsOf(row).map(escapeCell).join(' | ')} |`,
  );
  const more = dues.length - rows.length;
  return [
    '## Service levels',
    '',
    `| ${dueHeads.join(' | ')} |`,
    `| ${dueHeads.map(() => '---').join(' | ')} |`,
    ...rows,
    '',
    ...(more > 0 ? [`${count(more, 'further finding')} not shown.`, ''] : []),
  ];
}

function rowOf({ severity, rule, path, region, finding, message }: Entry): string {
  const owner = finding === undefined ? '' : `${code(finding.resource.address)}, ${finding.layer}`;
  return `| ${severity} | ${code(rule)} | ${code(`${path}:${region.startLine}`)} | ${owner} | ${escapeCell(message)} |`;
}

function code(text: string): string {
  // Inside a code span nothing but the bars of a table and backticks have a meaning.
  return `\`${text.replaceAll('`', "'").replaceAll('|', '\\|').replace(/\s+/g, ' ')}\``;
}

function escapeCell(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#&]/g, (character) => `\\${character}`).replace(/\s+/g, ' ');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
