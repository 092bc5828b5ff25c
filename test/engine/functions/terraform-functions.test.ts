import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { callFunction, type Data, FunctionError, toDataObject } from '../../../engine/functions/data.ts';
import { formatTerraform } from '../../../engine/functions/go-format.ts';
import { terraformFunctions } from '../../../engine/functions/terraform-functions.ts';

function call(name: string, ...args: Data[]): Data {
  const pure = terraformFunctions.get(name);
  if (pure === undefined) throw new Error(`There is no function ${name}.`);
  return callFunction(name, pure, args);
}

/** One case a line: `[name, arguments, result]`, or without a result where Terraform 1.11.4 reports an error. */
const cases = readFileSync(new URL('./terraform-cases.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as [name: string, args: Data[], expected?: Data]);

describe('every function, as Terraform itself evaluates it', () => {
  it.each(cases.map((one) => ({ one, title: `${one[0]}(${JSON.stringify(one[1]).slice(1, -1)})` })))(
    '$title',
    ({ one }) => {
      const [name, args] = one;
      if (one.length === 2) expect(() => call(name, ...args)).toThrow(FunctionError);
      else expect(call(name, ...args)).toEqual(one[2]);
    },
  );

  it('has a case for each', () => {
    const tried = new Set(cases.map(([name]) => name));
    expect([...terraformFunctions.keys()].filter((name) => !tried.has(name))).toEqual(['sensitive']);
  });
});

describe('what is refused although Terraform knows an answer', () => {
  it.each<[string, ...Data[]]>([
    // Negative numbers of bits and subnets leave the range that they are asked of.
    ['cidrsubnet', '10.0.0.0/8', -1, 0],
    ['cidrsubnet', '10.0.0.0/8', 2, -1],
    ['cidrsubnet', '::ffff:0:0/96', 8, 1],
    // Numbers that a double does not hold.
    ['yamldecode', 'a: 1e400'],
    ['yamldecode', 'a: 9007199254740993'],
    ['parseint', '9007199254740993', 10],
    ['yamldecode', 'a: !!int "5"'],
    ['yamlencode', { 'k\n': 1 }],
  ])('%s(%j, …)', (name, ...args) => {
    expect(() => call(name, ...args)).toThrow(FunctionError);
  });
});

describe('budgets', () => {
  it('refuses results that are too large', () => {
    const list = Array.from({ length: 3000 }, (_, index) => index);
    expect(() => call('setproduct', list, list)).toThrow(FunctionError);
    expect(() => formatTerraform('%9999999d', [1])).toThrow(FunctionError);
    expect(() => call('indent', 1_000_000, 'a\n'.repeat(100))).toThrow(FunctionError);
    expect(() => call('replace', 'a'.repeat(3000), 'a', 'b'.repeat(3000))).toThrow(FunctionError);
  });

  it('ends with an error on data that is shared endlessly or nested bottomlessly', () => {
    const doubled = Array.from({ length: 60 }).reduce<Data>((sum) => [sum, sum], 1);
    const deep = Array.from({ length: 100_000 }).reduce<Data>((sum) => [sum], 1);
    for (const name of ['jsonencode', 'yamlencode', 'flatten', 'distinct', 'tolist']) {
      for (const data of [doubled, deep]) expect(() => call(name, [data, data])).toThrow(FunctionError);
    }
    expect(() => call('jsondecode', '['.repeat(100_000))).toThrow(FunctionError);
    expect(() => call('yamldecode', '['.repeat(20_000))).toThrow(FunctionError);
  });

  it('counts anchors of YAML every time that they are used', () => {
    const levels = Array.from({ length: 12 }, (_, index) => {
      const inner = index === 0 ? 'x' : `*a${index - 1}`;
      return `a${index}: &a${index} [${Array.from({ length: 9 }, () => inner).join(', ')}]`;
    });
    expect(() => call('yamldecode', levels.join('\n'))).toThrow(FunctionError);
  });

  it('runs patterns in linear time', () => {
    expect(call('regexall', '(a+)+$', `${'a'.repeat(20_000)}b`)).toEqual([]);
  });
});

it('takes __proto__ for a name like any other', () => {
  const own = toDataObject([['__proto__', { polluted: true }]]);
  expect(call('jsondecode', '{"__proto__": {"polluted": true}}')).toEqual(own);
  expect(call('yamldecode', '__proto__: {polluted: true}')).toEqual(own);
  expect(call('zipmap', ['__proto__'], [{ polluted: true }])).toEqual(own);
  expect(call('merge', {}, own)).toEqual(own);
  expect(call('tomap', own)).toEqual(own);
  expect(() => call('lookup', {}, 'constructor')).toThrow(FunctionError);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});
