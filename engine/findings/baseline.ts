import { type Data, isDataArray, isDataObject } from '../functions/data.ts';
import type { Finding } from './finding.ts';

/** A finding that was there when the baseline was made. Only the fingerprint counts; the rest is for people. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly file: string;
  readonly resource: string;
}

export interface Baseline {
  readonly entries: readonly BaselineEntry[];
}

const version = 1;

/** Reads a baseline from parsed JSON; a sentence when it is none. */
export function readBaseline(data: Data): Baseline | string {
  if (!isDataObject(data) || data.version !== version || data.findings === undefined || !isDataArray(data.findings))
    return `a baseline has "version": ${version} and a list of "findings"`;
  const entries: BaselineEntry[] = [];
  for (const each of data.findings) {
    if (!isDataObject(each) || typeof each.fingerprint !== 'string')
      return 'every finding of a baseline has a fingerprint';
    const text = (value: Data | undefined): string => (typeof value === 'string' ? value : '');
    entries.push({
      fingerprint: each.fingerprint,
      rule: text(each.rule),
      file: text(each.file),
      resource: text(each.resource),
    });
  }
  return { entries };
}

/** One finding on a line, in order, so that merges and reviews see what changed. */
export function printBaseline({ entries }: Baseline): string {
  const unique = new Map(entries.map((entry) => [entry.fingerprint, entry]));
  const lines = [...unique.values()]
    .sort((a, b) => compare(a.file, b.file) || compare(a.rule, b.rule) || compare(a.fingerprint, b.fingerprint))
    .map(({ fingerprint, rule, file, resource }) => `    ${JSON.stringify({ fingerprint, rule, file, resource })}`);
  return `{\n  "version": ${version},\n  "findings": [${lines.length === 0 ? '' : `\n${lines.join(',\n')}\n  `}]\n}\n`;
}

export function baselineOf(findings: readonly Finding[], pathOf: (uri: string) => string): Baseline {
  return {
    entries: findings.map(({ fingerprint, rule, place, resource }) => ({
      fingerprint,
      rule,
      file: pathOf(place.uri),
      resource: resource.address,
    })),
  };
}

/** What a baseline does not know. */
export function withoutKnown(findings: readonly Finding[], { entries }: Baseline): readonly Finding[] {
  const known = new Set(entries.map(({ fingerprint }) => fingerprint));
  return findings.filter(({ fingerprint }) => !known.has(fingerprint));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
