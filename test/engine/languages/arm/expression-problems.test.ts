import { describe, expect, it } from 'vitest';
import { expressionProblems } from '../../../../engine/languages/arm/expression-problems.ts';
import { parseJson } from '../../../../engine/text/json.ts';
import { estateOf, templateOf, textOf, uri } from './estate-of.ts';

function problemsIn(text: string, kind: 'syntax' | 'names' = 'syntax'): readonly (readonly [string, string])[] {
  return expressionProblems(parseJson(text), text)[kind].map(({ start, end, message }) => [
    text.slice(start, end),
    message,
  ]);
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

describe('names that are not declared', () => {
  const parameters = { p: { type: 'string' } };
  const unknown = "[concat(parameters('P'), parameters('q'), variables('Loop'), variables('gone'), my.f('x'), My.g())]";
  const variables = { copy: [{ name: 'loop', count: 1, input: 1 }] };
  const functions = [
    {
      namespace: 'my',
      members: { f: { parameters: [{ name: 'x' }], output: { value: "[concat(parameters('x'), parameters('p'))]" } } },
    },
  ];

  it('are told where they are used', () => {
    const text = textOf({ parameters, variables, functions, outputs: { o: { value: unknown } } });
    expect(problemsIn(text, 'names').map(([at]) => at)).toEqual(["'p'", "'q'", "'gone'", 'My.g()']);
    expect(problemsIn(text, 'names')[1]?.[1]).toContain("no parameter 'q'");
  });

  it('are those of the template around, unless a nested one has its own', () => {
    const nested = (scope: string): string => {
      const template = templateOf({
        parameters: { q: {} },
        outputs: { o: { value: "[concat(parameters('p'), parameters('q'))]" } },
      });
      return textOf({ parameters, resources: [{ properties: { expressionEvaluationOptions: { scope }, template } }] });
    };
    expect(problemsIn(nested('outer'), 'names').map(([at]) => at)).toEqual(["'q'"]);
    expect(problemsIn(nested('Inner'), 'names').map(([at]) => at)).toEqual(["'p'"]);
  });

  it('become a warning where the template is judged', () => {
    const problems = estateOf({ parameters, outputs: { o: { value: "[parameters('q')]" } } }).problems;
    expect(problems).toMatchObject([{ code: 'unknown-name', uri }]);
    expect(estateOf({ parameters, outputs: { o: { value: "[parameters('p')]" } } }).problems).toEqual([]);
  });
});
