import { describe, expect, it } from 'vitest';
import { reference, text } from '../../../engine/estate/make.ts';
import { either, here, openList, openObject, unset, value, verdict, type Written } from './estates.ts';

/** Verdicts of one test on several values at `x`. */
function table(test: Record<string, unknown>, rows: readonly (readonly [Written, string])[]): void {
  for (const [written, expected] of rows) {
    it(`${JSON.stringify(test)} on ${JSON.stringify(written)?.slice(0, 60)} is ${expected}`, () => {
      expect(verdict({ x: written }, { x: test } as never)).toBe(expected);
    });
  }
}

const partly = text(['TLS', value(unset('version'))], here());
const id = reference(
  {
    kind: 'id',
    id: {
      type: 'Microsoft.Network/virtualNetworks',
      names: [value('n')],
      subscription: undefined,
      resourceGroup: undefined,
    },
  },
  ['id'],
  here(),
);

describe('equality', () => {
  table({ equals: 'Deny' }, [
    ['Deny', 'pass'],
    ['deny', 'pass'],
    ['Allow', 'fail'],
    [null, 'undetermined'],
    [unset('p'), 'undetermined'],
    [{}, 'fail'],
    [[], 'fail'],
  ]);
  table({ equals: true }, [
    [true, 'pass'],
    ['true', 'pass'],
    ['True', 'pass'],
    [false, 'fail'],
    [1, 'fail'],
  ]);
  table({ equals: 3 }, [
    [3, 'pass'],
    ['3', 'pass'],
    ['03', 'fail'],
  ]);
  table({ notEquals: 'Deny' }, [
    ['Deny', 'fail'],
    ['Allow', 'pass'],
    [unset('p'), 'undetermined'],
  ]);
  table({ equals: 'TLS1_2' }, [[partly, 'undetermined']]);
  table({ equals: 'SSL3' }, [[partly, 'fail']]);
  table({ notEquals: 'SSL3' }, [[partly, 'pass']]);
  table({ in: ['a', 'b'] }, [
    ['A', 'pass'],
    ['c', 'fail'],
    [unset('p'), 'undetermined'],
  ]);
  table({ notIn: ['a', 'b'] }, [
    ['A', 'fail'],
    ['c', 'pass'],
  ]);
});

describe('patterns', () => {
  table({ matches: '^TLS1_[23]$' }, [
    ['TLS1_2', 'pass'],
    ['TLS1_1', 'fail'],
    ['tls1_2', 'fail'],
    [partly, 'undetermined'],
    [unset('p'), 'undetermined'],
  ]);
  table({ matches: '(?i)^tls' }, [['TLS1_1', 'pass']]);
  table({ notMatches: 'x' }, [
    ['axb', 'fail'],
    ['ab', 'pass'],
  ]);
});

describe('presence', () => {
  table({ exists: true }, [
    ['a', 'pass'],
    [null, 'fail'],
    [unset('p'), 'undetermined'],
    [id, 'pass'],
    [partly, 'pass'],
  ]);
  table({ exists: false }, [
    ['a', 'fail'],
    [null, 'pass'],
  ]);
  table({ empty: true }, [
    ['', 'pass'],
    ['a', 'fail'],
    [[], 'pass'],
    [['a'], 'fail'],
    [{}, 'pass'],
    [{ a: null }, 'pass'],
    [{ a: 1 }, 'fail'],
    [openList(), 'undetermined'],
    [openList('a'), 'fail'],
    [openObject({}), 'undetermined'],
    [partly, 'fail'],
    [id, 'fail'],
    [null, 'pass'],
  ]);

  it('concludes on what is absent also without facts, but not where the object is open', () => {
    expect(verdict({}, { x: { exists: true } })).toBe('fail');
    expect(verdict({}, { x: { empty: false } })).toBe('fail');
    expect(verdict(openObject({}), { x: { exists: true } })).toBe('undetermined');
  });
});

describe('numbers', () => {
  table({ atLeast: 30 }, [
    [30, 'pass'],
    ['30', 'pass'],
    [29, 'fail'],
    ['soon', 'undetermined'],
  ]);
  table({ atMost: 30 }, [
    [30, 'pass'],
    [31, 'fail'],
  ]);
  table({ above: 30 }, [
    [30, 'fail'],
    [31, 'pass'],
  ]);
  table({ below: 30 }, [
    [30, 'fail'],
    [29, 'pass'],
    [unset('p'), 'undetermined'],
  ]);
});

describe('parts of texts and lists', () => {
  table({ contains: 'Azure' }, [
    ['None, azureServices', 'pass'],
    ['None', 'fail'],
    [['a', 'AZURE'], 'pass'],
    [['a'], 'fail'],
    [openList('a'), 'undetermined'],
    [openList('azure'), 'pass'],
    [text([value(unset('p')), ' AzureServices'], here()), 'pass'],
  ]);
  table({ startsWith: 'TLS1' }, [
    ['tls1_2', 'pass'],
    ['SSL', 'fail'],
    [partly, 'undetermined'],
    [text(['SSL', value(unset('p'))], here()), 'fail'],
    [text(['TLS1_', value(unset('p'))], here()), 'pass'],
  ]);
  table({ endsWith: '.1' }, [
    ['10.0.0.1', 'pass'],
    ['10.0.0.2', 'fail'],
    [text([value(unset('p')), '.0.1'], here()), 'pass'],
    [text([value(unset('p')), '.0.2'], here()), 'fail'],
  ]);
  table({ length: { atLeast: 2 } }, [
    [[1, 2], 'pass'],
    [[1], 'fail'],
    [openList(1), 'undetermined'],
    [openList(1, 2), 'pass'],
    ['ab', 'pass'],
    ['a', 'fail'],
  ]);
  table({ length: { atMost: 1 } }, [
    [openList(1, 2), 'fail'],
    [openList(1), 'undetermined'],
    [[1], 'pass'],
  ]);
});

describe('what ids refer to', () => {
  const subscription = { refersTo: 'Microsoft.Resources/subscriptions' };
  table(subscription, [
    ['/subscriptions/0', 'pass'],
    ['/subscriptions/0/resourceGroups/rg', 'fail'],
    [text(['/subscriptions/', value(unset('id'))], here()), 'pass'],
    [text(['/subscriptions/', value(unset('id')), '/resourceGroups/', value(unset('group'))], here()), 'fail'],
    [text([value(unset('scope')), '/resourceGroups/x'], here()), 'undetermined'],
    [id, 'fail'],
    [unset('scope'), 'undetermined'],
  ]);

  it('takes the scope of the deployment where none is written', () => {
    expect(verdict({}, { scope: subscription })).toBe('fail');
  });
});

describe('quantifiers', () => {
  table({ any: { equals: 'a' } }, [
    [['b', 'a'], 'pass'],
    [['b'], 'fail'],
    [[], 'fail'],
    [openList('b'), 'undetermined'],
    [openList('a'), 'pass'],
    [['b', unset('p')], 'undetermined'],
    [unset('p'), 'undetermined'],
  ]);
  table({ every: { equals: 'a' } }, [
    [['a', 'a'], 'pass'],
    [['a', 'b'], 'fail'],
    [[], 'pass'],
    [openList('a'), 'undetermined'],
    [openList('b'), 'fail'],
    [['a', unset('p')], 'undetermined'],
  ]);
  table({ none: { equals: 'a' } }, [
    [['b'], 'pass'],
    [['b', 'a'], 'fail'],
    [[], 'pass'],
    [openList('b'), 'undetermined'],
    [openList('a'), 'fail'],
  ]);
  table({ everyMember: { equals: 1 } }, [
    [{ a: 1, b: 1 }, 'pass'],
    [{ a: 1, b: 2 }, 'fail'],
    [openObject({ a: 1 }), 'undetermined'],
  ]);
  table({ anyMember: { equals: 1 } }, [
    [{ a: 1, b: 2 }, 'pass'],
    [{}, 'fail'],
  ]);
  table({ noMember: { equals: 1 } }, [
    [{ a: 2 }, 'pass'],
    [{ a: 1 }, 'fail'],
  ]);

  it('binds an element once, for all that is said of it', () => {
    const require = { x: { none: { direction: { equals: 'In' }, access: { equals: 'Allow' } } } };
    expect(
      verdict(
        {
          x: [
            { direction: 'In', access: 'Deny' },
            { direction: 'Out', access: 'Allow' },
          ],
        },
        require,
      ),
    ).toBe('pass');
    expect(verdict({ x: [{ direction: 'In', access: 'Allow' }] }, require)).toBe('fail');
  });

  it('decides a choice inside an element', () => {
    expect(verdict({ x: [either('prod', 'a', 'b')] }, { x: { every: { equals: 'a' } } })).toBe('may-fail');
  });
});
