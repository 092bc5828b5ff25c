import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { compileRule } from '../../engine/check/compile.ts';
import { skeleton } from '../../scripts/new-rule.mjs';

it('a new rule compiles as it is written', () => {
  const data = parse(skeleton('Microsoft.Storage/storageAccounts'));
  const { rule, examples, problems } = compileRule('storage/new', data, {
    checks: {},
    patternProblem: () => undefined,
  });
  expect(problems).toEqual([]);
  expect(rule?.types).toEqual(['Microsoft.Storage/storageAccounts']);
  expect(examples.map(({ language }) => language)).toEqual(['bicep', 'terraform']);
});
