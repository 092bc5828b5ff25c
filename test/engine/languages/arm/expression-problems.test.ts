import { describe, expect, it } from 'vitest';
import { expressionProblems } from '../../../../engine/languages/arm/expression-problems.ts';
import { parseJson } from '../../../../engine/text/json.ts';

function problemsIn(text: string): readonly (readonly [string, string])[] {
  return expressionProblems(parseJson(text), text).map(({ start, end, message }) => [text.slice(start, end), message]);
}

describe('syntax errors in expressions', () => {
  it('have their exact place, behind escapes too', () => {
    const text = '{ "a": ["[concat(\'\\u0041\', +)]"], "b": "[f(1]" }';
    expect(problemsIn(text).map(([at]) => at)).toEqual(['+', '(']);
  });

  it('are not looked for where nothing is evaluated', () => {
    expect(problemsIn('{ "metadata": { "a": "[(]" }, "comments": "[(]", "c": "[[(]", "d": "[(" }')).toEqual([]);
  });

  it('are a hundred at most', () => {
    expect(problemsIn(JSON.stringify(Array.from({ length: 300 }, () => '[(]'))).length).toBeLessThan(110);
  });
});
