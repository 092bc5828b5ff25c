import { describe, expect, it } from 'vitest';
import { tryExample } from './harness.ts';
import { compiled, judge, judgedLanguages } from './judge.ts';

describe('rules, facts, lens and services', () => {
  it('compile', () => {
    expect(compiled.problems).toEqual([]);
  });
});

describe.each([...compiled.examples])('%s', (rule, examples) => {
  it('has examples in Bicep and Terraform', () => {
    expect(examples.map(({ language }) => language)).toEqual(expect.arrayContaining(['bicep', 'terraform']));
  });

  const judged = examples.filter(({ language }) => judgedLanguages.includes(language));
  it.each(judged.map((example, index) => ({ name: `${example.language} ${index + 1}`, example })))(
    'does what its example says: $name',
    ({ example }) => {
      expect(tryExample(rule, example, judge)).toEqual([]);
    },
  );
});
