import type { Finding, Severity } from '../engine/findings/finding.ts';
import type { Notice } from '../engine/findings/notice.ts';
import type { Place } from '../engine/text/span.ts';
import { summariseDues } from './dues.ts';
import type { Report } from './report.ts';
import type { Sources } from './source.ts';
import { listUndetermined, summariseUndetermined } from './undetermined.ts';

export type Style = Severity | 'path' | 'faint' | 'strong' | 'error' | 'warning' | 'information' | 'good';

export interface StylishOptions {
  /** Puts a style on a text; the identity where colours are not wanted. */
  readonly paint: (style: Style, text: string) => string;
  /** Makes a text lead to a file; left out where that cannot be. */
  readonly link?: ((uri: string, text: string) => string) | undefined;
  /** Lists what could not be known with its places. */
  readonly showUndetermined: boolean;
  /** Columns of the terminal; longer messages are wrapped. */
  readonly width: number;
}

/** The report for people: grouped by file unless the riskiest come first, each finding with its line, a caret under the value at fault, layer and owner. */
export function printStylish(report: Report, sources: Sources, options: StylishOptions): string {
  const entries = [
    ...report.findings.map((finding) => ({
      place: finding.place,
      print: () => printFinding(finding, sources, options),
    })),
    ...report.notices
      .filter(({ level }) => level !== 'information')
      .map((notice) => ({ place: notice.place, print: () => printNotice(notice, sources, options) })),
  ];
  if (report.order === 'place')
    entries.sort((a, b) => compareText(a.place.uri, b.place.uri) || a.place.start - b.place.start);
  const blocks: string[] = [];
  let uri: string | undefined;
  for (const entry of entries) {
    if (entry.place.uri !== uri) {
      uri = entry.place.uri;
      blocks.push((options.link ?? unlinked)(uri, options.paint('path', sources.pathOf(uri))));
    }
    blocks.push(entry.print());
  }
  if (options.showUndetermined) blocks.push(...listUndetermined(report.undetermined, sources, options));
  blocks.push(...printInformation(report.notices, sources, options));
  if (report.dues !== undefined) {
    const lines = summariseDues(report.dues, sources, options.paint);
    if (lines.length > 0) blocks.push(lines.join('\n'));
  }
  blocks.push(printSummary(report, options));
  return `${blocks.join('\n\n')}\n`;
}

function unlinked(_: string, text: string): string {
  return text;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function printFinding(finding: Finding, sources: Sources, options: StylishOptions): string {
  const { paint } = options;
  const verdict = finding.verdict === 'fail' ? '' : paint('faint', ' (possible)');
  const head = `  ${paint(finding.severity, finding.severity)}${verdict}  ${paint('strong', finding.rule)}  ${paint('faint', positionText(finding.place, sources))}`;
  const owner =
    finding.owner === 'customer' ? 'yours' : finding.owner === 'shared' ? 'shared with Microsoft' : "Microsoft's";
  const facts = [`${finding.resource.address} (${finding.resource.type})`, `layer ${finding.layer}, ${owner}`];
  facts.push(`risk ${finding.risk.score}`);
  if (finding.fixable) facts.push('fix available');
  const lines = [
    head,
    ...excerpt(finding.place, finding.severity, sources, options),
    ...wrap(finding.message, options.width - 4).map((line) => `    ${line}`),
  ];
  lines.push(`    ${paint('faint', facts.join(' · '))}`);
  for (const related of finding.related.slice(0, listedPlaces)) {
    lines.push(
      `    ${paint('faint', `↳ ${related.message} ${sources.pathOf(related.uri)}:${positionText(related, sources)}`)}`,
    );
  }
  const morePlaces = finding.related.length - listedPlaces;
  if (morePlaces > 0) lines.push(`    ${paint('faint', `↳ and ${count(morePlaces, 'more place')}`)}`);
  if (finding.instances.length > 1) lines.push(`    ${paint('faint', instancesText(finding.instances))}`);
  return lines.join('\n');
}

const listedInstances = 5;

/** The way of a value through modules is told whole in nearly all cases; a module that is called everywhere is not. */
const listedPlaces = 8;

function instancesText(instances: readonly string[]): string {
  const shown = instances.slice(0, listedInstances).join(', ');
  const more = instances.length - listedInstances;
  return `${instances.length} instances: ${shown}${more > 0 ? `, and ${more} more` : ''}`;
}

function printNotice(notice: Notice, sources: Sources, options: StylishOptions): string {
  const { paint } = options;
  const head = `  ${paint(notice.level, notice.level)}  ${paint('strong', notice.code)}  ${paint('faint', positionText(notice.place, sources))}`;
  const message = wrap(notice.message, options.width - 4).map((line) => `    ${line}`);
  return [head, ...excerpt(notice.place, notice.level, sources, options), ...message].join('\n');
}

/** What one can do nothing about in the code comes last and once, however often it was met. */
function printInformation(
  notices: readonly Notice[],
  sources: Sources,
  { paint, width }: StylishOptions,
): readonly string[] {
  const byMessage = new Map<string, Notice[]>();
  for (const notice of notices) {
    if (notice.level !== 'information') continue;
    const met = byMessage.get(notice.message);
    if (met === undefined) byMessage.set(notice.message, [notice]);
    else met.push(notice);
  }
  if (byMessage.size === 0) return [];
  const lines = [paint('information', 'Not followed')];
  for (const [message, [first, ...more]] of byMessage) {
    if (first === undefined) continue;
    lines.push(...wrap(message, width - 2).map((line) => `  ${line}`));
    const place = `${sources.pathOf(first.place.uri)}:${positionText(first.place, sources)}`;
    lines.push(paint('faint', `  ↳ ${place}${more.length > 0 ? ` and ${count(more.length, 'more place')}` : ''}`));
  }
  return [lines.join('\n')];
}

function positionText(place: Place, sources: Sources): string {
  const position = sources.positionOf(place.uri, place.start);
  return `${position.line + 1}:${position.character + 1}`;
}

const longestExcerpt = 160;

/** The line of a place with a caret under each of its units; of a place of several lines the first. */
function excerpt(place: Place, style: Style, sources: Sources, { paint }: StylishOptions): readonly string[] {
  const start = sources.positionOf(place.uri, place.start);
  const end = sources.positionOf(place.uri, place.end);
  const line = sources.lineOf(place.uri, start.line);
  if (line === undefined || line.trim() === '') return [];
  // A minified template is one line: show a window around the place.
  const from =
    start.character > longestExcerpt / 2 && line.length > longestExcerpt ? start.character - longestExcerpt / 4 : 0;
  const shown = line.slice(from, from + longestExcerpt);
  const lineNumber = String(start.line + 1);
  const margin = ' '.repeat(lineNumber.length);
  const last = end.line === start.line ? end.character : line.length;
  const length = Math.max(1, Math.min(last, from + longestExcerpt) - start.character);
  // Tabs stay tabs, so that the caret stands below the value however wide a tab is.
  const indent = shown.slice(0, start.character - from).replace(/[^\t]/g, ' ');
  return [
    `    ${paint('faint', `${lineNumber} │`)} ${shown}`,
    `    ${paint('faint', `${margin} │`)} ${indent}${paint(style, '^'.repeat(length))}`,
  ];
}

/** Breaks a text at blanks so that no line is longer than `width` where that is possible. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

function printSummary(report: Report, options: StylishOptions): string {
  const { paint } = options;
  const { findings, notices, summary } = report;
  const looked = `${count(summary.resources, 'resource')} in ${count(summary.files, 'file')}`;
  const lines: string[] = [];
  if (findings.length === 0) {
    lines.push(`${paint('good', 'No findings')} on ${looked}.`);
  } else {
    const bySeverity = (['critical', 'high', 'medium', 'low'] as const)
      .map((severity) => ({ severity, number: findings.filter((finding) => finding.severity === severity).length }))
      .filter(({ number }) => number > 0)
      .map(({ severity, number }) => paint(severity, `${number} ${severity}`));
    const fixable = summary.fixable === 0 ? '' : ` ${count(summary.fixable, 'finding')} can be mended by 'demarc fix'.`;
    lines.push(
      `${paint('strong', count(findings.length, 'finding'))} (${bySeverity.join(', ')}) on ${looked}.${fixable}`,
    );
  }
  if (summary.known > 0) lines.push(paint('faint', `${count(summary.known, 'finding')} in the baseline not shown.`));
  if (summary.omitted > 0)
    lines.push(paint('strong', `${count(summary.omitted, 'further finding')} not shown (--max-findings).`));
  if (summary.suppressed > 0)
    lines.push(paint('faint', `${count(summary.suppressed, 'finding')} suppressed by comments.`));
  if (summary.excluded > 0) lines.push(paint('faint', `${count(summary.excluded, 'file')} left out by demarc.yaml.`));
  const errors = notices.filter((notice) => notice.code === 'demarc/incomplete').length;
  if (errors > 0) lines.push(paint('error', `${count(errors, 'place')} could not be read: this run is incomplete.`));
  const hidden = summary.possible - findings.filter(({ verdict }) => verdict === 'may-fail').length;
  if (hidden > 0)
    lines.push(
      paint(
        'faint',
        `${count(hidden, 'possible finding')} not shown: --show may-fail lists what is wrong only sometimes.`,
      ),
    );
  lines.push(...summariseUndetermined(report, options));
  return lines.join('\n');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
