import { describe, expect, it } from 'vitest';
import { armFunctions } from '../../../engine/functions/arm-functions.ts';
import { armLambdaFunctions, type Lambda, type LambdaArgument } from '../../../engine/functions/arm-lambdas.ts';
import {
  callFunction,
  type Data,
  FunctionError,
  maximumResultSize,
  toDataObject,
} from '../../../engine/functions/data.ts';

function call(name: string, ...args: Data[]): Data {
  const pure = armFunctions.get(name.toLowerCase());
  if (pure === undefined) throw new Error(`There is no function ${name}.`);
  return callFunction(name, pure, args);
}

function lambda(parameters: number, body: (...args: Data[]) => Data): Lambda {
  return { parameters, call: (args) => body(...args) };
}

function callLambda(name: string, ...args: LambdaArgument[]): Data {
  const pure = armLambdaFunctions.get(name.toLowerCase());
  if (pure === undefined) throw new Error(`There is no function ${name}.`);
  return pure.call(args);
}

const failing = Symbol('fails');
type Case = readonly [name: string, args: readonly Data[], expected: Data | typeof failing];

function check(cases: readonly Case[]): void {
  it.each(
    cases.map(([name, args, expected]): [string, Case] => [
      `${name}(${JSON.stringify(args).slice(1, -1)})`,
      [name, args, expected],
    ]),
  )('%s', (_, [name, args, expected]) => {
    if (expected === failing) expect(() => call(name, ...args)).toThrow(FunctionError);
    else expect(call(name, ...args)).toEqual(expected);
  });
}

describe('strings', () => {
  check([
    ['base64', ['héllo'], 'aMOpbGxv'],
    ['base64ToString', ['aMOpbGxv'], 'héllo'],
    ['base64ToString', ['aMO'], failing],
    ['base64ToString', ['/w=='], failing],
    ['base64ToJson', ['eyJhIjpbMSx0cnVlXX0='], { a: [1, true] }],
    ['dataUri', ['Hello'], 'data:text/plain;charset=utf-8;base64,SGVsbG8='],
    ['dataUriToString', ['data:text/plain;charset=utf-8;base64,SGVsbG8='], 'Hello'],
    ['dataUriToString', ['data:,a%20b'], 'a b'],
    ['dataUriToString', ['Hello'], failing],
    ['uriComponent', ["a b*'()!~é"], 'a%20b%2A%27%28%29%21~%C3%A9'],
    ['uriComponentToString', ['a%20%C3%A9%zz%ff'], 'a é%zz%ff'],
    ['uri', ['https://contoso.com/firstpath', 'myscript.sh'], 'https://contoso.com/myscript.sh'],
    ['uri', ['https://contoso.com/firstpath/', 'myscript.sh'], 'https://contoso.com/firstpath/myscript.sh'],
    ['uri', ['https://contoso.com', 'a/b'], 'https://contoso.com/a/b'],
    ['uri', ['contoso.com', 'a'], failing],
    ['uri', ['https://contoso.com', 'a%20b'], failing],
    [
      'buildUri',
      [{ scheme: 'https', host: 'contoso.com', port: 8080, path: '/a', query: 'b=c' }],
      'https://contoso.com:8080/a?b=c',
    ],
    ['toLower', ['ÀİB'], 'àİb'],
    ['toUpper', ['straße'], 'STRAßE'],
    ['trim', ['\t a b \n'], 'a b'],
    ['startsWith', ['abcdef', 'AB'], true],
    ['endsWith', ['abcdef', 'EF'], true],
    ['endsWith', ['abcdef', 'e'], false],
    ['like', ['aXbYa', 'a*B*a'], true],
    ['like', ['', '***'], true],
    ['like', ['abc', 'ab'], false],
    ['like', ['abcabc', '*abc'], true],
    ['replace', ['a.b.c', '.', '$&'], 'a$&b$&c'],
    ['replace', ['abc', '', 'x'], failing],
    ['split', ['a;b,c', [';', ',']], ['a', 'b', 'c']],
    ['split', ['a,,b', ','], ['a', '', 'b']],
    ['split', ['abc', ''], ['abc']],
    ['split', ['abc', 1], failing],
    ['join', [['abc', 123, true], '/'], 'abc/123/True'],
    ['join', [[['x']], '/'], failing],
    ['substring', ['foobar', 3], 'bar'],
    ['substring', ['foobar', 3, 2], 'ba'],
    ['substring', ['foobar', 6], ''],
    ['substring', ['foobar', 4, 3], failing],
    ['padLeft', [13, 5], '   13'],
    ['padLeft', ['ab', 5, '0'], '000ab'],
    ['padLeft', ['abc', 2], 'abc'],
    ['padLeft', ['a', 3, 'xy'], failing],
    ['padLeft', ['a', 1e9], failing],
    ['string', [{ a: [1, 'x', false] }], '{"a":[1,"x",false]}'],
    ['string', [true], 'True'],
    ['string', [7], '7'],
    ['json', ['{"a": 1, "b": [null]}'], { a: 1, b: [null] }],
    ['json', ['{'], failing],
    ['bool', ['TRUE'], true],
    ['bool', [0], false],
    ['bool', ['yes'], failing],
    ['int', ['-12'], -12],
    ['int', ['1.5'], failing],
    ['float', ['1.5'], 1.5],
    ['toLower', [5], failing],
    ['toLower', [], failing],
    ['toLower', ['a', 'b'], failing],
  ]);
});

describe('format', () => {
  check([
    ['format', ['{0}/{1}/{2}/{3}', 1, 2, 3, true], '1/2/3/True'],
    ['format', ['{0:D2}-{0:d4}-{0:X}-{0:x4}', 10], '10-0010-A-000a'],
    ['format', ['{0,5}|{0,-5}|{1,3:D2}', 'ab', 7], '   ab|ab   | 07'],
    ['format', ['{{{0}}}', 'x'], '{x}'],
    ['format', ['{0:N0} {0:N} {0:F1} {1:P0}', 1234567, 1], '1,234,567 1,234,567.00 1234567.0 100 %'],
    ['format', ['{0:000}|{0:#,##0}|{0:0.00}|{0:0.##}', 7], '007|7|7.00|7'],
    ['format', ['{0:D3}', -5], '-005'],
    ['format', ['{0}{1}', { a: 'b', c: [1, true] }, null], "{'a':'b','c':[1,true]}"],
    ['format', ['{0:D2}', 'text'], 'text'],
    ['format', ['{0}', { a: '"' }], failing],
    ['format', ['{1}', 'a'], failing],
    ['format', ['{x}', 'a'], failing],
    ['format', ['{', 'a'], failing],
    ['format', ['}', 'a'], failing],
    ['format', ['{0:R}', 1], failing],
    ['format', ['{0,9999999}', 'a'], failing],
  ]);
});

describe('identifiers', () => {
  // Results of Azure and of the Bicep compiler, published with both.
  check([
    ['guid', ['foo', 'bar', 'baz'], '2ed86837-7c7c-5eaa-9864-dd077fd19b0d'],
    ['guid', ['asdf'], '228d27cc-6fdb-5934-b7ac-1efccebade04'],
    ['uniqueString', ['snap', 'crackle', 'pop'], 'byghxckddilkc'],
    ['uniqueString', ['hello', 'world'], 'a7wkljktk6wne'],
    ['uniqueString', ['asd', 'asdf', 'asdf'], 'iizpqit7ih3cc'],
    ['guid', [], failing],
    ['uniqueString', [1], failing],
    ['tenantResourceId', ['Microsoft.A/b/c', 'x', 'y'], '/providers/Microsoft.A/b/x/c/y'],
    ['tenantResourceId', ['Microsoft.A/b/c', 'x'], failing],
    [
      'extensionResourceId',
      ['/subscriptions/s', 'Microsoft.Authorization/locks', 'l'],
      '/subscriptions/s/providers/Microsoft.Authorization/locks/l',
    ],
  ]);
});

describe('arrays and objects', () => {
  check([
    ['array', ['a'], ['a']],
    ['array', [['a']], ['a']],
    ['createArray', [1, 'a', null], [1, 'a', null]],
    ['createArray', [], []],
    ['createObject', ['a', 1, 'b', [2]], { a: 1, b: [2] }],
    ['createObject', ['a'], failing],
    ['concat', ['a', 1, true], 'a1True'],
    ['concat', [['a'], ['a', 'b']], ['a', 'a', 'b']],
    ['concat', [['a'], 'b'], failing],
    ['contains', ['OneTwo', 'one'], false],
    ['contains', ['OneTwo', 'Two'], true],
    ['contains', [['One'], 'one'], false],
    ['contains', [[{ a: 1 }], { a: 1 }], true],
    ['contains', [{ One: null }, 'one'], true],
    ['contains', [{ One: 1 }, 'two'], false],
    ['empty', [''], true],
    ['empty', [null], true],
    ['empty', [{}], true],
    ['empty', [[0]], false],
    ['empty', [0], failing],
    ['length', [{ a: 1 }], 1],
    ['length', ['é😀'], 3],
    ['first', [''], ''],
    ['first', [[]], null],
    ['first', ['abc'], 'a'],
    ['last', [''], ''],
    ['last', [['a', 'b']], 'b'],
    ['take', ['abc', 9], 'abc'],
    ['take', [[1, 2, 3], -1], []],
    ['skip', [[1, 2, 3], 2], [3]],
    ['skip', ['abc', -1], 'abc'],
    ['indexOf', ['FOOBAR', 'bar'], 3],
    ['indexOf', [['FOO'], 'foo'], -1],
    ['indexOf', [['a', 'b', 'a'], 'a'], 0],
    ['lastIndexOf', [['a', 'b', 'a'], 'a'], 2],
    ['lastIndexOf', ['abcba', 'B'], 3],
    ['flatten', [[[1, [2]], [3]]], [1, [2], 3]],
    ['flatten', [[1]], failing],
    ['distinct', [[1, '1', 1, { a: 1, b: 2 }, { b: 2, a: 1 }]], [1, '1', { a: 1, b: 2 }]],
    ['range', [3, 2], [3, 4]],
    ['range', [0, 0], []],
    ['range', [0, 10_001], failing],
    [
      'union',
      [
        ['a', 'b'],
        ['b', 'c'],
      ],
      ['a', 'b', 'c'],
    ],
    ['union', [{ a: { x: 1, y: [1] } }, { a: { y: [2], z: 3 }, b: 4 }], { a: { x: 1, y: [2], z: 3 }, b: 4 }],
    ['union', [{ a: 1 }, ['b']], failing],
    ['shallowMerge', [[{ a: { x: 1 } }, { a: { y: 2 } }]], { a: { y: 2 } }],
    [
      'intersection',
      [
        [3, 1, 2],
        [2, 3],
      ],
      [3, 2],
    ],
    [
      'intersection',
      [
        { a: 1, b: 2 },
        { a: 1, b: 3 },
      ],
      { a: 1 },
    ],
    ['objectKeys', [{ b: 1, a: 2 }], ['a', 'b']],
    ['tryGet', [{ a: [{ b: 1 }] }, 'a', 0, 'B'], 1],
    ['tryGet', [{ a: 1 }, 'x', 'y'], null],
    ['indexFromEnd', [['a', 'b'], 1], 'b'],
    ['indexFromEnd', [['a', 'b'], 3], failing],
    ['tryIndexFromEnd', [['a', 'b'], 3], null],
  ]);

  it('items sorts by name without regard to case, and keeps the order of equals', () => {
    const object = { ghiKey: 1, abcKey: 2, '123Key': 3, GHIKey: 4, ABCKey: 5 };
    expect(call('items', object)).toEqual([
      { key: '123Key', value: 3 },
      { key: 'abcKey', value: 2 },
      { key: 'ABCKey', value: 5 },
      { key: 'ghiKey', value: 1 },
      { key: 'GHIKey', value: 4 },
    ]);
  });

  it('takes __proto__ for a name like any other', () => {
    const object = toDataObject([['__proto__', { polluted: true }]]);
    const merged = call('union', { a: 1 }, object);
    expect(Object.keys(merged ?? {})).toEqual(['a', '__proto__']);
    expect(call('json', '{"__proto__": 1}')).toEqual(toDataObject([['__proto__', 1]]));
    expect(call('contains', {}, 'constructor')).toBe(false);
    expect(call('tryGet', {}, 'constructor')).toBe(null);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('numbers and logic', () => {
  check([
    ['add', [2, -5], -3],
    ['add', [Number.MAX_SAFE_INTEGER, 1], failing],
    ['div', [-7, 2], -3],
    ['div', [7, 0], failing],
    ['mod', [-7, 3], -1],
    ['mul', [3, 4], 12],
    ['sub', [3, 4], -1],
    ['add', [1.5, 1], failing],
    ['min', [[3, 1, 2]], 1],
    ['max', [3, 10, 2], 10],
    ['max', [[]], failing],
    ['less', [1, 2], true],
    ['lessOrEquals', ['a', 'a'], true],
    ['greater', ['b', 'a'], true],
    ['greater', ['a', 'B'], failing],
    ['greaterOrEquals', [1, 'a'], failing],
    ['equals', ['a', 'A'], false],
    [
      'equals',
      [
        { a: [1], b: 2 },
        { b: 2, a: [1] },
      ],
      true,
    ],
    ['equals', [1, '1'], false],
    ['equals', [[null], [null]], true],
    ['not', [true], false],
    ['not', ['true'], failing],
    ['and', [true, true, false], false],
    ['or', [false, true], true],
    ['if', [false, 1, 2], 2],
    ['coalesce', [null, 0, 1], 0],
    ['coalesce', [null], null],
    ['true', [], true],
    ['null', [], null],
    ['any', [[1]], [1]],
  ]);
});

describe('dates', () => {
  check([
    ['dateTimeAdd', ['2023-01-01 00:00:00Z', 'P1Y'], '2024-01-01T00:00:00Z'],
    ['dateTimeAdd', ['2024-01-01 00:00:00Z', 'P1Y'], '2024-12-31T00:00:00Z'],
    ['dateTimeAdd', ['2024-02-01 00:00:00Z', 'P1M'], '2024-03-02T00:00:00Z'],
    ['dateTimeAdd', ['2020-04-07T14:53:14Z', '-P9D'], '2020-03-29T14:53:14Z'],
    ['dateTimeAdd', ['2020-04-07T14:53:14Z', 'PT1H30M'], '2020-04-07T16:23:14Z'],
    ['dateTimeAdd', ['2020-04-07T14:53:14Z', 'P1W', 'yyyyMMddTHHmmssZ'], '20200414T145314Z'],
    ['dateTimeAdd', ['2020-04-07T14:53:14Z', 'P0D', 'u'], '2020-04-07 14:53:14Z'],
    ['dateTimeAdd', ['2020-04-07T14:53:14Z', 'P0D', "ddd d MMM yy 'at' h:m tt zzz"], 'Tue 7 Apr 20 at 2:53 PM +00:00'],
    ['dateTimeAdd', ['2020-04-07T14:53:14Z', 'P0D', 'q'], failing],
    ['dateTimeAdd', ['2020-04-07T14:53:14Z', '1 day'], failing],
    ['dateTimeAdd', ['2020-04-07T14:53:14Z', 'PT'], failing],
    ['dateTimeAdd', ['2020-02-30T00:00:00Z', 'P1D'], failing],
    ['dateTimeAdd', ['9999-12-31T00:00:00Z', 'P1D'], failing],
    ['dateTimeFromEpoch', [1680224438], '2023-03-31T01:00:38Z'],
    ['dateTimeToEpoch', ['2023-03-31T03:00:38+02:00'], 1680224438],
  ]);
});

describe('address ranges', () => {
  check([
    [
      'parseCidr',
      ['10.144.0.7/20'],
      {
        network: '10.144.0.0',
        netmask: '255.255.240.0',
        broadcast: '10.144.15.255',
        firstUsable: '10.144.0.1',
        lastUsable: '10.144.15.254',
        cidr: 20,
      },
    ],
    [
      'parseCidr',
      ['fdad:3236:5555::/48'],
      {
        network: 'fdad:3236:5555::',
        netmask: 'ffff:ffff:ffff::',
        firstUsable: 'fdad:3236:5555::',
        lastUsable: 'fdad:3236:5555:ffff:ffff:ffff:ffff:ffff',
        cidr: 48,
      },
    ],
    ['parseCidr', ['10.0.0.0'], failing],
    ['parseCidr', ['10.0.0.0/33'], failing],
    ['cidrSubnet', ['10.144.0.0/20', 24, 3], '10.144.3.0/24'],
    ['cidrSubnet', ['10.144.0.0/20', 24, 16], failing],
    ['cidrSubnet', ['10.144.0.0/20', 16, 0], failing],
    ['cidrSubnet', ['fdad:3236:5555::/48', 52, 4], 'fdad:3236:5555:4000::/52'],
    ['cidrHost', ['10.144.3.0/24', 0], '10.144.3.1'],
    ['cidrHost', ['10.144.3.0/24', 254], failing],
    ['cidrHost', ['fdad:3236:5555:3000::/52', 4], 'fdad:3236:5555:3000::5'],
  ]);
});

describe('lambdas', () => {
  it('map and filter give the index to those that ask for it', () => {
    expect(
      callLambda(
        'map',
        ['a', 'b'],
        lambda(1, (item) => `Hi ${String(item)}`),
      ),
    ).toEqual(['Hi a', 'Hi b']);
    expect(
      callLambda(
        'map',
        ['a', 'b'],
        lambda(2, (item, index) => [item ?? null, index ?? null]),
      ),
    ).toEqual([
      ['a', 0],
      ['b', 1],
    ]);
    expect(
      callLambda(
        'filter',
        ['a', 'b', 'c'],
        lambda(2, (_, index) => Number(index) % 2 === 0),
      ),
    ).toEqual(['a', 'c']);
    expect(() =>
      callLambda(
        'filter',
        ['a'],
        lambda(1, () => 'true'),
      ),
    ).toThrow(FunctionError);
    expect(() =>
      callLambda(
        'map',
        'a',
        lambda(1, () => 'x'),
      ),
    ).toThrow(FunctionError);
    expect(() => callLambda('map', ['a'], 'x')).toThrow(FunctionError);
  });

  it('reduce starts with its initial value', () => {
    expect(
      callLambda(
        'reduce',
        ['a', 'b'],
        '',
        lambda(2, (sum, item) => `${String(sum)}-${String(item)}`),
      ),
    ).toBe('-a-b');
    expect(
      callLambda(
        'reduce',
        [],
        0,
        lambda(2, (sum) => sum ?? null),
      ),
    ).toBe(0);
  });

  it('sort is stable', () => {
    const people = [
      { name: 'Eve', age: 2 },
      { name: 'Abe', age: 1 },
      { name: 'Zoe', age: 1 },
    ];
    const younger = lambda(2, (a, b) => JSON.stringify(a).slice(-2) < JSON.stringify(b).slice(-2));
    expect(callLambda('sort', people, younger)).toEqual([people[1], people[2], people[0]]);
    expect(
      callLambda(
        'sort',
        [8, 3, 10, -13, 5],
        lambda(2, (a, b) => Number(a) < Number(b)),
      ),
    ).toEqual([-13, 3, 5, 8, 10]);
  });

  it('toObject, groupBy and mapValues build objects', () => {
    const double = lambda(1, (item) => Number(item) * 2);
    expect(
      callLambda(
        'toObject',
        ['a', 'b'],
        lambda(1, (item) => `k${String(item)}`),
      ),
    ).toEqual({ ka: 'a', kb: 'b' });
    expect(
      callLambda(
        'toObject',
        [1],
        lambda(1, () => '__proto__'),
        double,
      ),
    ).toEqual(toDataObject([['__proto__', 2]]));
    const parity = lambda(1, (item) => (Number(item) % 2 === 0 ? 'even' : 'odd'));
    expect(callLambda('groupBy', [1, 2, 3], parity)).toEqual({ odd: [1, 3], even: [2] });
    expect(callLambda('groupBy', [1, 2, 3], parity, double)).toEqual({ odd: [2, 6], even: [4] });
    expect(callLambda('mapValues', { a: 1, b: 2 }, double)).toEqual({ a: 2, b: 4 });
  });
});

describe('budgets', () => {
  it('refuses results that are too large', () => {
    const long = 'x'.repeat(maximumResultSize / 2 + 1);
    expect(() => call('concat', long, long)).toThrow(FunctionError);
    expect(() => call('replace', 'a'.repeat(3000), 'a', 'b'.repeat(3000))).toThrow(FunctionError);
    expect(() => call('format', '{0}{0}', long)).toThrow(FunctionError);
  });

  it('ends with an error on data that shares parts endlessly or is nested bottomlessly', () => {
    const doubled = (leaf: Data): Data => Array.from({ length: 60 }).reduce<Data>((sum) => [sum, sum], leaf);
    expect(() => call('string', doubled(1))).toThrow(FunctionError);
    expect(() => call('equals', doubled(1), doubled(1))).toThrow(FunctionError);
    expect(() => call('distinct', [doubled(1), doubled(2)])).toThrow(FunctionError);
    const deep = Array.from({ length: 100_000 }).reduce<Data>((sum) => [sum], 1);
    const deeper = Array.from({ length: 100_000 }).reduce<Data>((sum) => [sum], 1);
    for (const name of ['string', 'array']) expect(() => call(name, deep)).not.toThrow(RangeError);
    expect(() => call('equals', deep, deeper)).toThrow(FunctionError);
  });
});
