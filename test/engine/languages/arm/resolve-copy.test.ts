// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what is shown of a value is written like this.
import { describe, expect, it } from 'vitest';
import { defaultBudget } from '../../../../engine/estate/context.ts';
import { property } from '../../../../engine/estate/operations.ts';
import { show } from '../bicep/estate-of.ts';
import { estateOf, shown } from './estate-of.ts';

const account = { type: 'Microsoft.Storage/storageAccounts', apiVersion: '2023-05-01' };

/** `instance name exists` of each resource. */
function instancesOf(resource: unknown, parameters: unknown = {}, more = {}): readonly string[] {
  const estate = estateOf({ parameters, resources: [resource] }, {}, undefined, more);
  return estate.resources.map(({ instance, names, exists }) => [instance, ...names.map(show), show(exists)].join(' '));
}

describe('a loop over a resource', () => {
  it.each([
    [2, ["[0] 'a0' true", "[1] 'a1' true"]],
    ["[length(createArray('x', 'y'))]", ["[0] 'a0' true", "[1] 'a1' true"]],
    [0, []],
    ["[parameters('n')]", ['[*] "a${?parameter}" (true | false)']],
    ["[if(parameters('on'), 1, 0)]", ["[0] 'a0' (true | false)"]],
  ])('to %j is unrolled as far as it is known', (count, expected) => {
    const parameters = { n: { type: 'int' }, on: { type: 'bool' } };
    const resource = { ...account, name: "[concat('a', copyIndex())]", copy: { name: 'loop', count } };
    expect(instancesOf(resource, parameters)).toEqual(expected);
  });

  it('counts from an offset, by name or without', () => {
    const name = "[format('{0}-{1}-{2}', copyIndex(1), copyIndex('LOOP'), copyIndex('loop', 10))]";
    expect(instancesOf({ ...account, name, copy: { name: 'loop', count: 1 } })).toEqual(["[0] '1-0-10' true"]);
  });

  it('past its budget has one instance that stands for the rest', () => {
    const resource = { ...account, name: '[string(copyIndex())]', copy: { name: 'loop', count: 3 } };
    const budget = { ...defaultBudget, loopInstances: 1 };
    expect(instancesOf(resource, {}, { budget })).toEqual(["[0] '0' true", '[*] ?budget (true | false)']);
  });

  it('has a condition for each turn', () => {
    const resource = {
      ...account,
      name: '[string(copyIndex())]',
      condition: '[equals(copyIndex(), 1)]',
      copy: { name: 'loop', count: 2 },
    };
    expect(instancesOf(resource)).toEqual(["[1] '1' true"]);
  });

  it('knows the items of an array that may have more', () => {
    const list = "concat(createArray('x'), parameters('more'))";
    const resource = { ...account, name: `[${list}[copyIndex()]]`, copy: { name: 'l', count: `[length(${list})]` } };
    expect(instancesOf(resource, { more: { type: 'array' } })).toEqual([
      "[0] 'x' true",
      '[*] ?parameter (true | false)',
    ]);
  });

  it('goes over the resources nested in one', () => {
    const resource = {
      ...account,
      name: "[concat('a', copyIndex())]",
      copy: { name: 'loop', count: 2 },
      resources: [{ type: 'blobServices', apiVersion: '1', name: "[concat('b', copyIndex())]" }],
    };
    const estate = estateOf({ resources: [resource] });
    expect(estate.resources.map(({ names }) => names.map(show).join('/'))).toEqual([
      "'a0'",
      "'a0'/'b0'",
      "'a1'",
      "'a1'/'b1'",
    ]);
  });

  it('tells apart what is not known in its turns', () => {
    const resource = { ...account, name: '[newGuid()]', copy: { name: 'loop', count: 2 } };
    const [a, b] = estateOf({ resources: [resource] }).resources;
    expect(a?.address).toBe(b?.address);
    expect([a?.instance, b?.instance]).toEqual(['[0]', '[1]']);
  });
});

describe('a loop over a property', () => {
  it('makes an array among the other members', () => {
    const properties = {
      a: 1,
      copy: [
        { name: 'list', count: 2, input: { index: "[copyIndex('list')]" } },
        { name: 'none', count: 0, input: 1 },
      ],
    };
    const [resource] = estateOf({ resources: [{ ...account, name: 'x', properties }] }).resources;
    expect(resource && show(property(resource.body, 'properties'))).toBe(
      '{ a: 1, list: [{ index: 0 }, { index: 1 }], none: [] }',
    );
  });

  it('leaves open what it does not know', () => {
    const properties = {
      copy: [{ name: 'list', count: "[length(parameters('p'))]", input: "[parameters('p')[copyIndex('list')].a]" }],
    };
    const [resource] = estateOf({
      parameters: { p: { type: 'array' } },
      resources: [{ ...account, name: 'x', properties }],
    }).resources;
    expect(resource && show(property(resource.body, 'properties'))).toBe('{ list: […] }');
  });

  it('is no loop where it is data of that name', () => {
    expect(shown({ copy: 'machine', other: 1 })).toBe("{ copy: 'machine', other: 1 }");
    expect(shown({ copy: [{ a: 1 }] })).toBe('{ copy: [{ a: 1 }] }');
  });
});

describe('loops over variables and outputs', () => {
  it('make arrays', () => {
    const variables = {
      copy: [{ name: 'names', count: 2, input: "[concat('n', copyIndex('names'))]" }],
      inner: { copy: [{ name: 'list', count: 1, input: "[copyIndex('list', 5)]" }] },
    };
    expect(shown("[variables('names')]", { variables })).toBe("['n0', 'n1']");
    expect(shown("[variables('inner').list]", { variables })).toBe('[5]');
    const { outputs } = estateOf({ outputs: { o: { type: 'array', copy: { count: 2, input: '[copyIndex()]' } } } });
    expect(outputs[0] && show(outputs[0].value)).toBe('[0, 1]');
  });

  it('are choices where their number is one', () => {
    const variables = { copy: [{ name: 'v', count: "[if(parameters('on'), 1, 0)]", input: 'x' }] };
    expect(shown("[variables('v')]", { variables, parameters: { on: { type: 'bool' } } })).toBe("(['x'] | [])");
  });

  it('have to be there', () => {
    expect(shown('[copyIndex()]')).toBe('?error');
    expect(shown("[copyIndex('nobody')]")).toBe('?error');
  });
});
