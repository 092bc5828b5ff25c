import { describe, expect, it } from 'vitest';
import { type JudgeText, tryExample } from '../../../engine/analysis/try-example.ts';
import type { RuleExample } from '../../../engine/check/rule.ts';
import type { Finding } from '../../../engine/findings/finding.ts';
import { finding } from '../../finding.ts';

const rule = 'test/tls';

/** A linter of a small language: `1.0` is wrong, `!` a syntax error; other words are findings of their own rules. */
function judging(
  fixText: (text: string) => string | undefined,
  options: { readonly canFix?: boolean } = {},
): JudgeText {
  return (_, text) => ({
    findings: [...text.matchAll(/1\.0|other/g)].map(([word]) => findingOf(word === '1.0' ? rule : 'test/other')),
    problems: text.includes('!') ? ['unexpected !'] : [],
    fix:
      options.canFix === false
        ? undefined
        : () => {
            const fixed = fixText(text);
            return fixed === undefined ? { kind: 'refused', reason: 'no.' } : { kind: 'text', text: fixed };
          },
  });
}

const findingOf = (rule: string): Finding => finding({ rule });

const example = (parts: Partial<RuleExample> = {}): RuleExample => ({
  language: 'bicep',
  bad: 'tls 1.0',
  good: 'tls 1.2',
  fixed: true,
  ...parts,
});

const replaceFirst = (text: string) => text.replace('1.0', '1.2');

describe('an example', () => {
  it('is well when bad is found and the fix gives good', () => {
    expect(tryExample(rule, example(), judging(replaceFirst))).toEqual([]);
  });

  it('may take several fixes', () => {
    const twice = example({ bad: '1.0 1.0', good: '1.2 1.2' });
    expect(tryExample(rule, twice, judging(replaceFirst))).toEqual([]);
    const often = example({ bad: '1.0 '.repeat(9), good: '1.2 '.repeat(9) });
    expect(tryExample(rule, often, judging(replaceFirst))).toEqual(['the finding is still there after 5 fixes.']);
  });

  const failures: readonly (readonly [string, Partial<RuleExample>, (text: string) => string | undefined, string])[] = [
    ['bad is not found', { bad: 'other' }, replaceFirst, 'bad is not found (but test/other fail).'],
    ['good is found', { good: 'still 1.0' }, replaceFirst, 'good is found (fail): Wrong.'],
    ['bad cannot be parsed', { bad: '1.0 !' }, replaceFirst, 'bad cannot be read whole: unexpected !'],
    ['good cannot be parsed', { good: '!' }, replaceFirst, 'good cannot be read whole: unexpected !'],
    [
      'the fix gives another text',
      {},
      () => 'tls  1.2',
      'bad and the fix are not good (- the fix writes, + good says):\n@@ -1,1 +1,1 @@\n-tls  1.2',
    ],
    ['the fix breaks the text', {}, () => '!', 'the fixed text cannot be read whole: unexpected !'],
    ['the fix changes nothing', {}, (text) => text, 'the fix changes nothing.'],
    ['the fix is refused', {}, () => undefined, 'the fix was refused: no.'],
    [
      'the fix brings another finding',
      { good: 'tls 1.2 other' },
      () => 'tls 1.2 other',
      'the fix brings a finding of test/other: Wrong.',
    ],
  ];
  for (const [name, parts, fix, expected] of failures) {
    it(`is not well when ${name}`, () => {
      expect(tryExample(rule, example(parts), judging(fix)).join('\n')).toContain(expected);
    });
  }

  it('is not fixed when it says so, or when fixes cannot be tried', () => {
    expect(
      tryExample(
        rule,
        example({ fixed: false }),
        judging(() => '!'),
      ),
    ).toEqual([]);
    expect(
      tryExample(
        rule,
        example(),
        judging(() => '!', { canFix: false }),
      ),
    ).toEqual([]);
  });
});
