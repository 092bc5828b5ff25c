import { describe, expect, it } from 'vitest';
import { compiled } from './judge.ts';

describe('quick fixes', () => {
  const rules = [...compiled.checks.rules];
  const withFix = rules.filter(({ fix }) => fix !== undefined);

  it('are there for four rules of five', () => {
    expect(withFix.length / rules.length).toBeGreaterThanOrEqual(0.8);
  });

  it('are shown by an example in Bicep and one in Terraform, or say why not', () => {
    const unshown = withFix.flatMap(({ id }) => {
      const examples = compiled.examples.get(id) ?? [];
      const shown = new Set(examples.filter(({ fixed }) => fixed).map(({ language }) => language));
      return shown.has('bicep') || shown.has('terraform') ? [] : [id];
    });
    expect(unshown).toEqual([]);
  });
});
