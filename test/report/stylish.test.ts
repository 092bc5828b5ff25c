import { describe, expect, test } from 'vitest';
import type { Notice } from '../../engine/findings/notice.ts';
import type { Report } from '../../report/report.ts';
import type { Sources } from '../../report/source.ts';
import { printStylish } from '../../report/stylish.ts';
import { finding } from '../finding.ts';

const line = 'module "a" { source = "x" }';

const sources: Sources = {
  pathOf: (uri) => uri,
  positionOf: (_, offset) => ({ line: 0, character: offset }),
  lineOf: () => line,
};

function report(notices: readonly Notice[]): Report {
  const summary = {
    files: 1,
    excluded: 0,
    resources: 2,
    suppressed: 0,
    known: 0,
    omitted: 0,
    fixable: 0,
    possible: 0,
    undetermined: {},
  };
  return { version: '0.0.0', findings: [], notices, suppressed: [], undetermined: [], order: 'place', summary };
}

function notFollowed(uri: string, start: number, message: string): Notice {
  return { code: 'demarc/module', level: 'information', place: { uri, start, end: start + 3 }, message };
}

describe('what could not be followed', () => {
  test('comes last, each message once with its first place and how many more there are', () => {
    const text = printStylish(
      report([
        notFollowed('a.tf', 22, "The module 'x' is not on this machine."),
        notFollowed('b.tf', 1, "The module 'x' is not on this machine."),
        notFollowed('b.tf', 5, "The module 'y' is not on this machine."),
        { code: 'demarc/code', level: 'warning', place: { uri: 'a.tf', start: 0, end: 6 }, message: 'Twice.' },
      ]),
      sources,
      { paint: (_, shown) => shown, showUndetermined: false, width: 100 },
    );
    expect(text).toBe(
      [
        'a.tf',
        '',
        '  warning  demarc/code  1:1',
        `    1 │ ${line}`,
        '      │ ^^^^^^',
        '    Twice.',
        '',
        'Not followed',
        "  The module 'x' is not on this machine.",
        '  ↳ a.tf:1:23 and 1 more place',
        "  The module 'y' is not on this machine.",
        '  ↳ b.tf:1:6',
        '',
        'No findings on 2 resources in 1 file.',
        '',
      ].join('\n'),
    );
  });

  test('is not spoken of where everything was followed', () => {
    expect(
      printStylish(report([]), sources, { paint: (_, shown) => shown, showUndetermined: false, width: 100 }),
    ).not.toContain('Not followed');
  });
});

describe('the places of a finding', () => {
  test('are told up to a number that a person reads', () => {
    const place = { uri: 'a.tf', start: 0, end: 6 };
    const many = finding({
      place,
      fixable: false,
      instances: ['a'],
      related: Array.from({ length: 11 }, (_, index) => ({ ...place, message: `step ${index} is here` })),
    });
    const text = printStylish({ ...report([]), findings: [many] }, sources, {
      paint: (_, shown) => shown,
      showUndetermined: false,
      width: 100,
    });
    expect(text).toContain('↳ step 7 is here a.tf:1:1\n    ↳ and 3 more places');
    expect(text).not.toContain('step 8');
  });
});
