import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compiled } from '../rules/judge.ts';

it('docs/risk.md gives the weights that count', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/risk.md'), 'utf8');
  const written = Object.fromEntries(
    [...page.matchAll(/^\| (\w+) \| (\d+) \|/gm)].map(([, name = '', weight]) => [name, Number(weight)]),
  );
  const { severity, exposure, protects } = compiled.checks.risk.weights;
  expect(written).toEqual({ ...severity, ...exposure, ...protects });
});
