import { describe, expect, test } from 'vitest';
import { countDues, duesOf } from '../../../engine/findings/due.ts';
import type { Finding, Severity } from '../../../engine/findings/finding.ts';
import { type LedgerEntry, printLedger, readLedger, updateLedger } from '../../../engine/findings/ledger.ts';
import {
  defaultServiceLevels,
  dueAt,
  printServiceLevel,
  readServiceLevel,
  type ServiceLevel,
} from '../../../engine/findings/service-levels.ts';
import type { Data } from '../../../engine/functions/data.ts';
import { finding } from '../../finding.ts';

function level(text: string): ServiceLevel {
  const read = readServiceLevel(text);
  if (read === undefined) throw new Error(`no service level: ${text}`);
  return read;
}

function findingOf(
  fingerprint: string,
  severity: Severity,
  parts: Partial<Finding> & { readonly file?: string } = {},
): Finding {
  const { file = 'main.bicep', ...more } = parts;
  return finding({
    rule: 'storage/min-tls',
    severity,
    place: { uri: `file:///repo/${file}`, start: 0, end: 1 },
    resource: { address: 'account', type: 'Microsoft.Storage/storageAccounts', name: 'account' },
    fixable: false,
    fingerprint,
    ...more,
  });
}

const pathOf = (uri: string): string => uri.replace('file:///repo/', '');

describe('service levels', () => {
  // By hand, on a calendar.
  test.each([
    ['2026-11-24T15:13:24Z', '48 hours', '2026-11-26T15:13:24Z'],
    ['2026-02-27T23:59:59Z', '48 hours', '2026-03-01T23:59:59Z'],
    ['2028-02-27T23:59:59Z', '48 hours', '2028-02-29T23:59:59Z'],
    // Clocks in Europe and America are put forward in between.
    ['2026-03-28T12:00:00Z', '48 hours', '2026-03-30T12:00:00Z'],
    ['2026-03-01T00:00:00Z', '2 weeks', '2026-03-15T00:00:00Z'],
    ['2026-12-25T08:30:00Z', '2 weeks', '2027-01-08T08:30:00Z'],
    ['2026-11-30T10:00:00Z', '3 months', '2027-02-28T10:00:00Z'],
    ['2027-11-30T10:00:00Z', '3 months', '2028-02-29T10:00:00Z'],
    ['2026-05-31T23:59:59Z', '1 month', '2026-06-30T23:59:59Z'],
    ['2026-08-31T00:00:00Z', '3 months', '2026-11-30T00:00:00Z'],
    ['2026-10-15T01:02:03Z', '3 months', '2027-01-15T01:02:03Z'],
    ['2028-02-29T06:00:00Z', '1 year', '2029-02-28T06:00:00Z'],
    ['2026-01-31T06:00:00Z', '1 day', '2026-02-01T06:00:00Z'],
  ])('from %s on %s end at %s', (detected, text, due) => {
    expect(dueAt(detected, level(text))).toBe(due);
  });

  test('of best effort have no end', () => {
    expect(dueAt('2026-11-30T10:00:00Z', 'best effort')).toBeUndefined();
  });

  test.each(['48 hours', '1 week', '3 months', 'best effort', '1 year', '10 days'])('%s reads and prints', (text) => {
    expect(printServiceLevel(level(text))).toBe(text);
  });

  test.each(['', '0 days', '-1 days', '2', 'weeks', '1.5 days', '2 fortnights', '2 weeks long', '10000 days'])(
    'cannot be %j',
    (text) => {
      expect(readServiceLevel(text)).toBeUndefined();
    },
  );
});

describe('a ledger', () => {
  const old: LedgerEntry = {
    fingerprint: 'a',
    rule: 'storage/min-tls',
    file: 'main.bicep',
    resource: 'account',
    type: 'Microsoft.Storage/storageAccounts',
    detected: '2026-01-31T10:00:00Z',
  };
  const now = '2026-11-24T15:00:00Z';
  const update = (
    entries: readonly LedgerEntry[],
    findings: readonly Finding[],
    stays = (_: LedgerEntry): boolean => false,
  ) => updateLedger({ entries }, { findings, pathOf, stays, now });

  test('keeps first detections, takes in and takes out', () => {
    const gone = { ...old, fingerprint: 'g', rule: 'storage/other' };
    const {
      ledger,
      added,
      gone: out,
      renamed,
    } = update([old, gone], [findingOf('a', 'high'), findingOf('b', 'low', { rule: 'storage/new' })]);
    expect({ added, out, renamed }).toEqual({ added: 1, out: 1, renamed: 0 });
    expect(printLedger(ledger)).toBe(`{
  "version": 1,
  "findings": [
    {"fingerprint":"a","rule":"storage/min-tls","file":"main.bicep","resource":"account","type":"Microsoft.Storage/storageAccounts","detected":"2026-01-31T10:00:00Z"},
    {"fingerprint":"b","rule":"storage/new","file":"main.bicep","resource":"account","type":"Microsoft.Storage/storageAccounts","detected":"2026-11-24T15:00:00Z"}
  ]
}
`);
    expect(readLedger(JSON.parse(printLedger(ledger)) as Data)).toEqual(ledger);
  });

  test('keeps what was not looked at', () => {
    const { ledger, gone } = update([old], [], ({ file }) => file === 'main.bicep');
    expect(gone).toBe(0);
    expect(ledger.entries).toEqual([old]);
  });

  test('follows a file to another name', () => {
    const { ledger, added, gone, renamed } = update([old], [findingOf('b', 'high', { file: 'storage/main.bicep' })]);
    expect({ added, gone, renamed }).toEqual({ added: 0, gone: 0, renamed: 1 });
    expect(ledger.entries).toEqual([{ ...old, fingerprint: 'b', file: 'storage/main.bicep' }]);
  });

  test('follows a resource to another name', () => {
    const resource = { address: 'store', type: old.type, name: 'store' };
    const { ledger, renamed } = update([old], [findingOf('b', 'high', { resource })]);
    expect(renamed).toBe(1);
    expect(ledger.entries).toEqual([{ ...old, fingerprint: 'b', resource: 'store' }]);
  });

  test('does not guess which of two resources was renamed', () => {
    const one = { address: 'one', type: old.type, name: 'one' };
    const two = { address: 'two', type: old.type, name: 'two' };
    const { ledger, added, gone } = update(
      [old],
      [findingOf('b', 'high', { resource: one }), findingOf('c', 'high', { resource: two })],
    );
    expect({ added, gone }).toEqual({ added: 2, gone: 1 });
    expect(ledger.entries.map(({ detected }) => detected)).toEqual([now, now]);
  });

  test('is refused with a time that is none', () => {
    const text = (detected: string): Data => ({ version: 1, findings: [{ ...old, detected }] });
    expect(readLedger(text('2026-01-31'))).toContain('time of its detection');
    expect(readLedger(text('2026-13-31T10:00:00Z'))).toContain('time of its detection');
    expect(readLedger({ version: 2, findings: [] })).toContain('"version": 1');
  });
});

describe('findings', () => {
  const entries = [
    ['critical-late', '2026-11-22T14:59:59Z'],
    ['critical-last-second', '2026-11-22T15:00:00Z'],
    ['high-late', '2026-11-09T15:00:00Z'],
    ['medium-due', '2026-11-30T10:00:00Z'],
    ['low', '2020-01-01T00:00:00Z'],
  ].map(([fingerprint = '', detected = '']) => ({
    fingerprint,
    detected,
    rule: 'r',
    file: 'f',
    resource: 'x',
    type: 't',
  }));
  const findings = [
    findingOf('new', 'critical'),
    findingOf('low', 'low'),
    findingOf('medium-due', 'medium'),
    findingOf('critical-last-second', 'critical'),
    findingOf('critical-late', 'critical'),
    findingOf('high-late', 'high'),
  ];
  const dues = duesOf(findings, { entries }, ({ severity }) => defaultServiceLevels[severity], '2026-11-24T15:00:00Z');

  test('are due by severity, what is overdue first', () => {
    expect(dues.map(({ finding: { fingerprint }, due }) => [fingerprint, due])).toEqual([
      ['high-late', { state: 'overdue', detected: '2026-11-09T15:00:00Z', due: '2026-11-23T15:00:00Z' }],
      ['critical-late', { state: 'overdue', detected: '2026-11-22T14:59:59Z', due: '2026-11-24T14:59:59Z' }],
      ['critical-last-second', { state: 'due', detected: '2026-11-22T15:00:00Z', due: '2026-11-24T15:00:00Z' }],
      ['medium-due', { state: 'due', detected: '2026-11-30T10:00:00Z', due: '2027-02-28T10:00:00Z' }],
      ['low', { state: 'best effort', detected: '2020-01-01T00:00:00Z' }],
      ['new', { state: 'unknown' }],
    ]);
  });

  test('are counted by state', () => {
    expect(countDues(dues)).toEqual({ overdue: 2, due: 2, 'best effort': 1, unknown: 1 });
  });
});
