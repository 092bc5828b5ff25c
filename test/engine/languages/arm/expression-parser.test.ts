import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isArmExpression,
  maximumExpressionDepth,
  parseArmExpression,
  unescapeLiteral,
} from '../../../../engine/languages/arm/expression-parser.ts';
import { type ArmExpression, childrenOf } from '../../../../engine/languages/arm/expression-syntax.ts';

/** The expression written back in one canonical form. */
function print(expression: ArmExpression | undefined): string {
  switch (expression?.kind) {
    case undefined:
      return '';
    case 'string':
      return `'${expression.value.replaceAll("'", "''")}'`;
    case 'number':
    case 'literal':
      return String(expression.value);
    case 'missing':
      return '<missing>';
    case 'property':
      return `${print(expression.target)}.${expression.name}`;
    case 'index':
      return `${print(expression.target)}[${print(expression.index)}]`;
    case 'call': {
      const prefix = expression.namespace === undefined ? '' : `${expression.namespace}.`;
      return `${prefix}${expression.name}(${expression.arguments.map(print).join(',')})`;
    }
  }
}

function parsed(value: string): string {
  const { expression, problems } = parseArmExpression(value);
  expect(problems).toEqual([]);
  return `[${print(expression)}]`;
}

function problemsOf(value: string): string[] {
  return parseArmExpression(value).problems.map(
    (problem) => `${problem.message} @ ${value.slice(problem.start, problem.end)}`,
  );
}

describe('isArmExpression', () => {
  it('is true between single square brackets only', () => {
    expect(isArmExpression("[parameters('a')]")).toBe(true);
    expect(isArmExpression('[]')).toBe(true);
    for (const text of ['', '[', ']', 'a', '[a', 'a]', '[[a]', ' [a]', '[a] '])
      expect(isArmExpression(text)).toBe(false);
  });

  it('unescapes a doubled bracket where the value would else be an expression', () => {
    expect(unescapeLiteral('[[x]')).toBe('[x]');
    expect(unescapeLiteral('[[]')).toBe('[]');
    expect(unescapeLiteral('[[x')).toBe('[[x');
    expect(unescapeLiteral('[x')).toBe('[x');
    expect(unescapeLiteral('x')).toBe('x');
  });
});

describe('parseArmExpression', () => {
  it.each([
    "[parameters('a')]",
    "[concat('it''s','','''')]",
    "[if(equals(variables('a').b[0]['c'],-5),true(),null())]",
    "[contoso.uniqueName('x')]",
    '[a.b.c(1)]',
    "[reference('x','2020-01-01','Full').properties.$a_1]",
    "[lambda('x',equals(lambdaVariables('x'),1.5))]",
    '[createArray(true,false,null)]',
    "['text']",
    '[copyIndex()]',
  ])('%s', (value) => {
    expect(parsed(value)).toBe(value);
  });

  it('takes white space and line breaks anywhere between tokens', () => {
    expect(parsed("[ concat (\n\t'a' ,\r\n 'b' ) . x [ 0 ] ]")).toBe("[concat('a','b').x[0]]");
  });

  it('keeps the case of names and has them in lower case too', () => {
    const { expression } = parseArmExpression("[Contoso.ResourceId('x')]");
    expect(expression).toMatchObject({
      kind: 'call',
      namespace: 'Contoso',
      name: 'ResourceId',
      lowerName: 'resourceid',
    });
  });

  it('counts offsets from the opening bracket', () => {
    const value = "[concat( 'a''b', ns.f(1)['k'].p )]";
    const seen: string[] = [];
    const visit = (expression: ArmExpression) => {
      seen.push(value.slice(expression.start, expression.end));
      for (const child of childrenOf(expression)) visit(child);
    };
    const { expression } = parseArmExpression(value);
    if (expression !== undefined) visit(expression);
    expect(seen).toEqual([
      "concat( 'a''b', ns.f(1)['k'].p )",
      "'a''b'",
      "ns.f(1)['k'].p",
      "ns.f(1)['k']",
      'ns.f(1)',
      '1',
      "'k'",
    ]);
  });

  it.each([
    ['[]', '', ['Expected an expression between the square brackets. @ []']],
    [
      "[concat('a', ]",
      "concat('a',<missing>)",
      [
        'Expected a function, a string or a number, found the end. @ ',
        "These arguments are not closed: expected ')'. @ (",
      ],
    ],
    ["[concat('a' 'b')]", "concat('a','b')", ["Expected ',' or ')', found '''. @ '"]],
    ["[concat(,'b')]", "concat(<missing>,'b')", ["Expected a function, a string or a number, found ','. @ ,"]],
    [
      "[concat('a)]",
      "concat('a)')",
      [
        "This string is not closed: expected a single quote (') at its end. @ 'a)",
        "These arguments are not closed: expected ')'. @ (",
      ],
    ],
    ['[foo]', 'foo()', ["Expected '(' after the function name 'foo'. @ foo"]],
    ['[f().]', 'f().', ["Expected a property name after '.'. @ ."]],
    ['[f()[0]', 'f()[0]', ["This index is not closed: expected ']'. @ ["]],
    ['[f() g()]', 'f()', ["Expected the end of the expression, found 'g'. @ g()"]],
    ['[f(1x)]', 'f(0)', ["'1x' is not a number. @ 1x"]],
    [
      '["a"]',
      '<missing>',
      [
        'Expected a function, a string or a number, found \'"\'. @ "',
        "Expected the end of the expression, found 'a'. @ a\"",
      ],
    ],
  ])('%s', (value, printed, problems) => {
    expect(problemsOf(value)).toEqual(problems);
    expect(print(parseArmExpression(value).expression)).toBe(printed);
  });

  it('ends bottomless nesting in one problem', () => {
    for (const value of [
      `[${'f('.repeat(100_000)}]`,
      `[f()${'[f()'.repeat(100_000)}]`,
      `[f()${'.a'.repeat(100_000)}]`,
    ]) {
      expect(problemsOf(value)).toHaveLength(1);
    }
    const depth = maximumExpressionDepth - 1;
    expect(problemsOf(`[${'f('.repeat(depth)}1${')'.repeat(depth)}]`)).toEqual([]);
  });

  it('never throws and keeps children within their parents, whatever the text', () => {
    const piece = fc.constantFrom(
      'f',
      '(',
      ')',
      '[',
      ']',
      ',',
      '.',
      "'",
      "''",
      '1',
      '-',
      ' ',
      '\n',
      'true',
      '"',
      '$',
      '😀',
    );
    const check = (expression: ArmExpression, end: number) => {
      expect(expression.start).toBeLessThanOrEqual(expression.end);
      expect(expression.end).toBeLessThanOrEqual(end);
      for (const child of childrenOf(expression)) {
        expect(child.start).toBeGreaterThanOrEqual(expression.start);
        check(child, expression.end);
      }
    };
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const value = `[${pieces.join('')}]`;
        const { expression } = parseArmExpression(value);
        if (expression !== undefined) check(expression, value.length);
      }),
      { numRuns: 2000 },
    );
  });
});
