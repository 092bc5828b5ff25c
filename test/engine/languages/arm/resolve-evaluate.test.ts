import { expect, it } from 'vitest';
import { toData } from '../../../../engine/estate/plain.ts';
import { type Scope, valueOfJson } from '../../../../engine/languages/arm/resolve-evaluate.ts';
import { parseJson } from '../../../../engine/text/json.ts';

function valueFrom(text: string, depth = 50) {
  const { root } = parseJson(text);
  if (root === undefined) throw new Error('no value');
  const scope: Scope = { uri: 'file:///a.json', depth, call: () => undefined };
  return valueOfJson(root, scope);
}

it('evaluates literals and expressions', () => {
  expect(toData(valueFrom(`{"a": "[concat('x', 'y')]", "b": ["[[z]", 1, "[and(true, false)]"]}`))).toEqual({
    a: 'xy',
    b: ['[z]', 1, false],
  });
});

it('marks keys as secret and takes the whole string as origin', () => {
  expect(valueFrom(`"[listKeys('a', '1')]"`)).toMatchObject({
    kind: 'unknown',
    secret: true,
    origin: { start: 0, end: 22 },
  });
});

it('ends at the depth', () => {
  expect(valueFrom('[[[1]]]', 2)).toMatchObject({ items: [{ items: [{ kind: 'unknown', reason: 'budget' }] }] });
});
