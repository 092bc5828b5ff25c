import { type Entry, entriesOf } from './entries.ts';
import type { Report } from './report.ts';
import type { Sources } from './source.ts';
import { attributes, escapeXml } from './xml.ts';

/** JUnit's XML: a suite for each file with a failed test for each finding; one test that passes when there is none. */
export function printJunit(report: Report, sources: Sources): string {
  const byPath = new Map<string, Entry[]>();
  for (const entry of entriesOf(report, sources)) {
    const entries = byPath.get(entry.path);
    if (entries === undefined) byPath.set(entry.path, [entry]);
    else entries.push(entry);
  }
  const all = [...byPath.values()].flat();
  const counts = countsOf(all);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'demarc', ...counts, tests: Math.max(1, counts.tests) })}>`,
  ];
  if (all.length === 0) {
    lines.push(
      `  <testsuite${attributes({ name: 'demarc', ...counts, tests: 1 })}>`,
      `    <testcase${attributes({ name: 'everything that was linted', classname: 'demarc' })}/>`,
      '  </testsuite>',
    );
  }
  for (const [path, entries] of byPath) {
    lines.push(
      `  <testsuite${attributes({ name: path, ...countsOf(entries) })}>`,
      ...entries.flatMap(testCase),
      '  </testsuite>',
    );
  }
  lines.push('</testsuites>');
  return `${lines.join('\n')}\n`;
}

/** What is only told and breaks nothing is a test that passes. */
function countsOf(entries: readonly Entry[]): Readonly<Record<'tests' | 'failures' | 'errors', number>> {
  const failures = entries.filter(({ finding }) => finding !== undefined).length;
  const errors = entries.filter(({ finding, level }) => finding === undefined && level === 'error').length;
  return { tests: entries.length, failures, errors };
}

function testCase({ rule, path, region, severity, level, message, finding }: Entry): readonly string[] {
  const place = `${path}:${region.startLine}:${region.startColumn}`;
  const name = finding === undefined ? `${rule} ${place}` : `${rule} ${finding.resource.address} ${place}`;
  const open = `    <testcase${attributes({ name, classname: path })}`;
  if (finding === undefined && level !== 'error')
    return [`${open}><system-out>${escapeXml(message)}</system-out></testcase>`];
  const element = finding === undefined ? 'error' : 'failure';
  return [
    `${open}>`,
    `      <${element}${attributes({ message, type: severity })}>${escapeXml(`${place}: ${message}`)}</${element}>`,
    '    </testcase>',
  ];
}
