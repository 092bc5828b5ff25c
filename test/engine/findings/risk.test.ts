import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reaches } from '../../../engine/check/exposure.ts';
import { severities } from '../../../engine/findings/finding.ts';
import { protectedThings, riskOf } from '../../../engine/findings/risk.ts';
import { compiled } from '../../rules/judge.ts';

const { weights } = compiled.checks.risk;

describe('risk', () => {
  it('is severity, exposure and what is protected, multiplied', () => {
    const open = { reach: 'internet', why: 'its firewall lets every address in' } as const;
    expect(riskOf('high', open, 'data', weights)).toEqual({
      score: 60,
      exposure: 'internet',
      protects: 'data',
      reason: 'high (6) × reached from the Internet, as its firewall lets every address in (5) × holds data (2)',
    });
  });

  it.each([
    ['critical', 'internet', 'data', 100],
    ['critical', 'private', 'other', 20],
    ['medium', 'restricted', 'identity', 18],
    ['low', 'unknown', 'guard', 6],
    ['low', 'private', 'other', 2],
  ] as const)('%s, %s, %s makes %i', (severity, reach, protects, score) => {
    expect(riskOf(severity, { reach, why: 'so' }, protects, weights).score).toBe(score);
  });

  it('never leaves 1 to 100 and never falls with severity, whatever the weights are', () => {
    const weight = fc.integer({ min: 1, max: 50 });
    const scale = <Name extends string>(names: readonly Name[]) =>
      fc
        .array(weight, { minLength: names.length, maxLength: names.length })
        .map((all) => [...all].sort((a, b) => b - a))
        .map((all) => Object.fromEntries(names.map((name, index) => [name, all[index] ?? 1])) as Record<Name, number>);
    const all = fc.record({ severity: scale(severities), exposure: scale(reaches), protects: scale(protectedThings) });
    fc.assert(
      fc.property(all, fc.constantFrom(...reaches), fc.constantFrom(...protectedThings), (chosen, reach, protects) => {
        const scores = severities.map((severity) => riskOf(severity, { reach, why: 'so' }, protects, chosen).score);
        expect([...scores].sort((a, b) => b - a)).toEqual(scores);
        expect(Math.min(...scores)).toBeGreaterThanOrEqual(1);
        expect(Math.max(...scores)).toBeLessThanOrEqual(100);
      }),
      { seed: 1 },
    );
  });
});
