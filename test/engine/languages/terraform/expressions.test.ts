import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { evaluateExpressions, type Outcome } from './evaluate-expressions.ts';

/** `[expression, value]`, or `[expression]` alone where Terraform refuses it; scripts/compare-terraform-expressions.mjs checks them. */
type Case = readonly [expression: string, value?: unknown];

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const cases = read('expression-cases.jsonl')
  .trim()
  .split('\n')
  .map((line): Case => JSON.parse(line));
const outcomes = evaluateExpressions(
  read('expression-locals.tf'),
  cases.map(([expression]) => expression),
);

const outcomeOf = (one: Case): unknown => (one.length > 1 ? { kind: 'data', data: one[1] } : { kind: 'error' });

/** Numbers are compared as far as a double holds them. */
const rounded = (outcome: Outcome | undefined): unknown =>
  JSON.parse(JSON.stringify(outcome ?? null), (_, value) =>
    typeof value === 'number' ? Number(value.toPrecision(14)) : value,
  );

test.each(cases.map((one, index) => ({ name: one[0], one, index })))('$name', ({ one, index }) => {
  expect(rounded(outcomes[index])).toEqual(rounded(outcomeOf(one) as Outcome));
});
