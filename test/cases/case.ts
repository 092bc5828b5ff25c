import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ExampleLanguage } from '../../engine/check/rule.ts';
import type { Finding } from '../../engine/findings/finding.ts';
import { judge, judgedLanguages } from '../rules/judge.ts';

/** One text of a case, and what is to be found in it: the rule and the text that the finding stands on, in order. */
export interface CaseText {
  /** A file in the fixtures of the case. What it is after the fix stands beside it, as `fixed.main.bicep`. */
  readonly file: string;
  readonly found: readonly (readonly [rule: string, at: string])[];
}

const maximumPasses = 50;

export function languageOf(file: string): ExampleLanguage {
  if (file.endsWith('.bicep')) return 'bicep';
  return file.endsWith('.json') ? 'arm' : 'terraform';
}

export function readFixture(name: string): string {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
}

/**
 * Tests a case from end to end in each of its languages: what is found and where, what the fixes make of the text, that
 * nothing new is found in it, and that there is nothing left to fix. Only the rules that `found` names are fixed.
 */
export function testCase(folder: string, texts: readonly CaseText[]): void {
  describe.each(texts.filter(({ file }) => judgedLanguages.includes(languageOf(file))))('$file', ({ file, found }) => {
    const language = languageOf(file);
    const text = readFixture(`${folder}/${file}`);
    const fixed = readFixture(`${folder}/fixed.${file}`);
    const rules = new Set(found.map(([rule]) => rule));

    it('is found, and nothing else of these rules', () => {
      const { findings, problems } = judge(language, text);
      expect(problems).toEqual([]);
      const ofRules = findings.filter(({ rule }) => rules.has(rule));
      expect(ofRules.map(({ verdict }) => verdict)).toEqual(ofRules.map(() => 'fail'));
      expect(
        ofRules.map((finding) => [finding.rule, text.slice(finding.place.start, finding.place.end)]).sort(),
      ).toEqual([...found].sort());
    });

    it('is fixed, without a new finding', () => {
      expect(fixAll(language, text, rules)).toBe(fixed);
      const before = new Set(judge(language, text).findings.map(keyOf));
      const after = judge(language, fixed);
      expect(after.problems).toEqual([]);
      expect(after.findings.filter(({ rule }) => rules.has(rule))).toEqual([]);
      expect(after.findings.map(keyOf).filter((key) => !before.has(key))).toEqual([]);
    });

    it('is left alone once it is fixed', () => {
      expect(fixAll(language, fixed, rules)).toBe(fixed);
    });
  });
}

function keyOf({ rule, resource }: Finding): string {
  return `${rule} ${resource.address}`;
}

/** The text after all fixes for findings of some rules, as often as it takes. */
export function fixAll(language: ExampleLanguage, text: string, rules: ReadonlySet<string>): string {
  let current = text;
  for (let pass = 0; pass < maximumPasses; pass++) {
    const { findings, fix } = judge(language, current);
    const wanted = findings.filter(({ rule }) => rules.has(rule));
    if (wanted.length === 0 || fix === undefined) return current;
    // One at a time, since two fixes may write the same block.
    const result = fix(wanted.slice(0, 1));
    if (result.kind === 'refused') throw new Error(`${wanted[0]?.rule}: ${result.reason}`);
    current = result.text;
  }
  return current;
}
