import { type Layer, layers, type Owner } from '../engine/responsibility/layers.ts';
import type { MatrixDocument, Standing, StandingRow, StandingState } from './matrix-document.ts';
import type { Style, StylishOptions } from './stylish.ts';

/** Layers in the words that fit above a column. */
export const shortLayers: Readonly<Record<Layer, string>> = {
  'information-and-data': 'data',
  devices: 'devices',
  'accounts-and-identities': 'accounts',
  'identity-infrastructure': 'identity',
  applications: 'apps',
  'network-controls': 'network',
  'operating-system': 'OS',
  hosts: 'hosts',
  'physical-network': 'cables',
  datacentre: 'datacentre',
};

const symbols: Readonly<Record<StandingState, string>> = {
  failed: '✗',
  undetermined: '?',
  suppressed: '~',
  passed: '✓',
  'not covered': '–',
  'beyond code': '○',
  'no data': '',
  microsoft: '·',
};

const styles: Readonly<Record<StandingState, Style>> = {
  failed: 'error',
  undetermined: 'warning',
  suppressed: 'information',
  passed: 'good',
  'not covered': 'strong',
  'beyond code': 'faint',
  'no data': 'faint',
  microsoft: 'faint',
};

const ownerWords: Readonly<Record<Owner, string>> = { customer: 'yours', shared: 'shared', microsoft: '·' };

/** The matrix as a table for a terminal: how each layer stands, who answers for it, and what shows what code cannot. */
export function printMatrixTable(
  document: MatrixDocument,
  { paint, width }: Pick<StylishOptions, 'paint' | 'width'>,
): string {
  const { rows, by, resources, unclassified } = document;
  if (rows.length === 0) return 'No resources.\n';
  const shown = shownLayers(rows);
  const columns = shown.map((layer) => Math.max(shortLayers[layer].length, ownerWords.shared.length));
  const label = Math.max(20, Math.min(width - columns.reduce((sum, each) => sum + each + 1, 0), 48));
  const head = (text: string): string =>
    paint(
      'strong',
      `${fitted(text, label)} ${shown.map((layer, index) => shortLayers[layer].padEnd(columns[index] ?? 0)).join(' ')}`.trimEnd(),
    );
  const line = (text: string, cells: readonly (readonly [Style, string])[]): string =>
    `${fitted(text, label)} ${cells.map(([style, cell], index) => paint(style, cell.padEnd(columns[index] ?? 0))).join(' ')}`;
  const lines: string[] = [head(by === 'resource' ? 'Resource' : 'Service')];
  let file: string | undefined;
  for (const row of rows) {
    if (row.file !== undefined && row.file !== file) {
      file = row.file;
      lines.push(paint('path', file));
    }
    const cells = standingsIn(row, shown).map((each): readonly [Style, string] => [styles[each.state], cellOf(each)]);
    lines.push(line(`${row.file === undefined ? '' : '  '}${titleOf(row)}`, cells));
  }
  lines.push('', head('Who answers'));
  for (const row of services(rows)) {
    const cells = standingsIn(row, shown).map(({ owner }): readonly [Style, string] => [
      owner === 'microsoft' ? 'faint' : 'information',
      ownerWords[owner],
    ]);
    lines.push(line(`${row.service ?? row.type ?? row.name} (${row.label ?? row.model})`, cells));
  }
  lines.push('', paint('faint', legend(shown)));
  for (const { layer, reason, evidence } of document.beyondCode)
    lines.push('', paint('strong', layer), `  ${reason}`, ...evidence.map((each) => paint('faint', `  - ${each}`)));
  lines.push('', summary(resources, rows), ...unclassified.map((type) => `No service lists ${type}.`));
  return `${lines.join('\n')}\n`;
}

/** The matrix for pull requests, wikis and people without a terminal. */
export function printMatrixMarkdown(document: MatrixDocument): string {
  const { rows, by, resources, unclassified, beyondCode } = document;
  if (rows.length === 0) return '# Shared responsibility\n\nNo resources.\n';
  const shown = shownLayers(rows);
  const header = (first: readonly string[]): readonly string[] => {
    const titles = [...first, ...shown];
    return [`| ${titles.join(' | ')} |`, `| ${titles.map(() => '---').join(' | ')} |`];
  };
  const lines = ['# Shared responsibility', '', summary(resources, rows), ''];
  lines.push(...header(by === 'resource' ? ['resource', 'place'] : ['service', 'resources']));
  for (const row of rows) {
    const first =
      by === 'resource'
        ? [titleOf(row), `${row.file}:${row.line}`].map(code)
        : [escapeText(row.name), `${row.resources}`];
    lines.push(`| ${[...first, ...standingsIn(row, shown).map(wordsOf)].join(' | ')} |`);
  }
  lines.push('', '## Who answers', '', ...header(['service']));
  const reasons: string[] = [];
  for (const row of services(rows)) {
    const name = row.service ?? row.type ?? row.name;
    lines.push(
      `| ${[escapeText(`${name} (${row.label ?? row.model})`), ...standingsIn(row, shown).map(({ owner }) => owner)].join(' | ')} |`,
    );
    for (const { layer, owner, reason } of row.layers)
      if (reason !== undefined) reasons.push(`- ${escapeText(name)}, ${layer} (${owner}): ${escapeText(reason)}`);
  }
  if (reasons.length > 0) lines.push('', 'Where a service differs from its model:', '', ...reasons);
  lines.push('', hiddenLayers(shown));
  if (beyondCode.length > 0) lines.push('', '## What code cannot show');
  for (const { layer, reason, evidence } of beyondCode)
    lines.push(
      '',
      `**${layer}.** ${escapeText(reason)} What shows it instead:`,
      '',
      ...evidence.map((each) => `- ${escapeText(each)}`),
    );
  if (unclassified.length > 0) lines.push('', `No service lists ${unclassified.map(code).join(', ')}.`);
  return `${lines
    .filter((each, index) => each !== '' || lines[index - 1] !== '')
    .join('\n')
    .trimEnd()}\n`;
}

/** Layers that are Microsoft's everywhere are told of in a sentence. */
function shownLayers(rows: readonly StandingRow[]): readonly Layer[] {
  return layers.filter((layer) =>
    rows.some((row) => row.layers.some((each) => each.layer === layer && each.state !== 'microsoft')),
  );
}

function standingsIn({ layers: standings }: StandingRow, shown: readonly Layer[]): readonly Standing[] {
  return standings.filter(({ layer }) => shown.includes(layer));
}

/** One row for each service, by name. */
function services(rows: readonly StandingRow[]): readonly StandingRow[] {
  const byName = new Map<string, StandingRow>();
  for (const row of rows) {
    const name = row.service ?? row.type ?? row.name;
    if (!byName.has(name)) byName.set(name, row);
  }
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function titleOf({ name, type, resources }: StandingRow): string {
  if (type === undefined) return `${name} (${resources})`;
  return `${name} (${type.slice(type.indexOf('/') + 1)})`;
}

function cellOf({ state, failed, undetermined, suppressed, passed }: Standing): string {
  const numbers: Readonly<Record<StandingState, number>> = {
    failed,
    undetermined,
    suppressed,
    passed,
    'not covered': 0,
    'beyond code': 0,
    'no data': 0,
    microsoft: 0,
  };
  return numbers[state] === 0 ? symbols[state] : `${symbols[state]}${numbers[state]}`;
}

function wordsOf({ state, failed, undetermined, suppressed, passed }: Standing): string {
  const counts = [
    [failed, '**failed**'],
    [undetermined, 'undetermined'],
    [suppressed, 'suppressed'],
    [passed, 'passed'],
  ] as const;
  const words = counts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  return words.length > 0 ? words.join(', ') : state === 'microsoft' ? 'Microsoft' : state;
}

function legend(shown: readonly Layer[]): string {
  return `✗ failed  ? undetermined  ~ suppressed  ✓ passed (numbers of rules)  – no rule looks there  ○ code cannot show it  · Microsoft's; empty: holds no data\n${hiddenLayers(shown)}`.trimEnd();
}

function hiddenLayers(shown: readonly Layer[]): string {
  const hidden = layers.filter((layer) => !shown.includes(layer));
  return hidden.length === 0 ? '' : `Microsoft answers for ${hidden.join(', ')}.`;
}

function summary(resources: number, rows: readonly StandingRow[]): string {
  const layersThat = (state: StandingState): number =>
    rows.reduce((sum, row) => sum + row.layers.filter((each) => each.state === state).length, 0);
  const cells = `${layersThat('failed')} failed, ${layersThat('undetermined')} undetermined, ${layersThat('passed')} passed, ${layersThat('not covered')} not covered`;
  return `${count(resources, 'resource')} of ${count(services(rows).length, 'service')}; layers: ${cells}.`;
}

function fitted(text: string, columns: number): string {
  return text.length > columns ? `${text.slice(0, columns - 1)}…` : text.padEnd(columns);
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}

function escapeText(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|#&]/g, (character) => `\\${character}`);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
