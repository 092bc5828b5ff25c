import { describe, expect, it } from 'vitest';
import type { FixedText } from '../../engine/analysis/try-example.ts';
import type { RuleExample } from '../../engine/check/rule.ts';
import type { Estate } from '../../engine/estate/estate.ts';
import type { Finding } from '../../engine/findings/finding.ts';
import { estateOf } from '../engine/languages/bicep/estate-of.ts';
import { finding } from '../finding.ts';
import { type Translation, tryAsArm } from './as-arm.ts';

const rule = 'test/tls';

const text = (tls: string, more = ''): string =>
  `resource a 'A.B/c@2024-01-01' = {\n  name: 'a'\n  properties: {\n    tls: '${tls}'\n${more}  }\n}\n`;

const example: RuleExample = { language: 'bicep', bad: text('1.0'), good: text('1.2'), fixed: true };

const findingOf = (rule: string, type = 'A.B/c'): Finding =>
  finding({ rule, resource: { address: 'a', type, name: 'a' } });

interface Faults {
  /** What the printer makes of a text. */
  readonly print?: (text: string) => string;
  readonly fix?: (text: string) => FixedText;
  /** What is found in a template, by its text. */
  readonly find?: (text: string) => readonly Finding[];
}

/** A world in which a template is written as Bicep, with a fault planted in it. */
function planted({ print = (written) => written, fix = replaced, find = found }: Faults): Translation {
  const texts = new Map<Estate, string>();
  return {
    judge: (language, written) => ({
      findings: language === 'arm' ? find(written) : found(written),
      problems: written.includes('broken') ? ['unexpected broken'] : [],
      fix: () => fix(written),
    }),
    estateOf: (_, written) => {
      const estate = estateOf(written);
      texts.set(estate, written);
      return estate;
    },
    print: (estate) => print(texts.get(estate) ?? ''),
  };
}

const found = (written: string): readonly Finding[] => (written.includes("tls: '1.0'") ? [findingOf(rule)] : []);
const replaced = (written: string): FixedText => ({ kind: 'text', text: written.replace("tls: '1.0'", "tls: '1.2'") });

describe('an example as ARM', () => {
  it('is well when nothing is lost', () => {
    expect(tryAsArm(rule, example, planted({}))).toEqual([]);
  });

  const faults: readonly (readonly [string, Faults, string])[] = [
    [
      'the printer changes a value',
      { print: (written) => written.replace("name: 'a'", "name: 'b'") },
      'bad has another estate:\n- a.b/c("a")@2024-01-01\n+ a.b/c("b")@2024-01-01',
    ],
    [
      'the printer drops a property',
      { print: (written) => written.replace("    tls: '1.2'\n", '') },
      'good has another estate:\n-   properties.tls = "1.2"\n+   properties = {}',
    ],
    ['bad is not found', { find: () => [] }, 'bad is found on nothing, and in bicep on a.b/c.'],
    [
      'bad is found on another type',
      { find: (written) => (found(written).length > 0 ? [findingOf(rule, 'A.B/d')] : []) },
      'bad is found on a.b/d, and in bicep on a.b/c.',
    ],
    [
      'bad is found twice',
      { find: (written) => [...found(written), ...found(written)] },
      'bad is found on a.b/c, a.b/c, and in bicep on a.b/c.',
    ],
    ['good is found', { find: () => [findingOf(rule)] }, 'good is found (fail): Wrong.'],
    ['a template cannot be read', { print: (written) => `${written}// broken\n` }, 'bad cannot be read whole'],
    ['the fix is refused', { fix: () => ({ kind: 'refused', reason: 'No.' }) }, 'the fix was refused: No.'],
    ['the fix changes nothing', { fix: (written) => ({ kind: 'text', text: written }) }, 'the fix changes nothing.'],
    [
      'the fix never ends',
      { fix: (written) => ({ kind: 'text', text: `${written}\n` }) },
      'the finding is still there after 5 fixes.',
    ],
    [
      'the fix breaks the text',
      { fix: (written) => ({ kind: 'text', text: `${written}// broken\n` }) },
      'the fixed text cannot be read whole: unexpected broken',
    ],
    [
      'the fix writes another value',
      { fix: () => ({ kind: 'text', text: text('1.3') }) },
      'the fixed text has another estate:\n-   properties.tls = "1.2"\n+   properties.tls = "1.3"',
    ],
    [
      'the fix changes more than it should',
      { fix: () => ({ kind: 'text', text: text('1.2', '    more: true\n') }) },
      'the fixed text has another estate:\n+   properties.more = true',
    ],
    [
      'the fix brings another finding',
      { find: (written) => (found(written).length > 0 ? found(written) : [findingOf('test/other')]) },
      'the fix brings a finding of test/other: Wrong.',
    ],
  ];
  it.each(faults)('is not well when %s', (_, fault, expected) => {
    expect(tryAsArm(rule, example, planted(fault)).join('\n')).toContain(expected);
  });

  it('is not fixed when it says so', () => {
    const world = planted({ fix: () => ({ kind: 'refused', reason: 'No.' }) });
    expect(tryAsArm(rule, { ...example, fixed: false }, world)).toEqual([]);
  });
});
