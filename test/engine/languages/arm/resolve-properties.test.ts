import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Estate } from '../../../../engine/estate/estate.ts';
import { linkResources } from '../../../../engine/estate/link.ts';
import { show } from '../bicep/estate-of.ts';
import { estateOf, type Sections, shown, templateOf, textOf } from './estate-of.ts';

/** Names that are declared, and one that is not. */
const name = fc.constantFrom('p', 'q', 's', 'o', 'v', 'gone').map((each) => `'${each}'`);

const { expression } = fc.letrec<{ expression: string; list: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom("'a'", "'it''s'", '1', '-1', 'true()', 'null()', "'/'", "'A.B/c'"),
    name.map((each) => `parameters(${each})`),
    name.map((each) => `variables(${each})`),
    fc.constantFrom('copyIndex()', "copyIndex('l', 1)", 'resourceGroup().id', 'newGuid()', 'deployment().name'),
    fc
      .tuple(
        fc.constantFrom(
          'concat',
          'format',
          'union',
          'if',
          'and',
          'equals',
          'coalesce',
          'resourceId',
          'reference',
          'length',
        ),
        tie('list'),
      )
      .map(([fn, list]) => `${fn}(${list})`),
    fc
      .tuple(
        fc.constantFrom('createArray', 'createObject', 'split', 'contains', 'first', 'tryGet', 'my.f'),
        tie('list'),
      )
      .map(([fn, list]) => `${fn}(${list})`),
    fc
      .tuple(fc.constantFrom('map', 'filter', 'toObject'), tie('expression'), tie('expression'))
      .map(([fn, list, body]) => `${fn}(createArray(${list}), lambda('x', concat(lambdaVariables('x'), ${body})))`),
    fc.tuple(tie('expression'), tie('expression')).map(([target, index]) => `${target}[${index}]`),
    tie('expression').map((target) => (target.startsWith("'") || /^-?\d/.test(target) ? target : `${target}.id`)),
  ),
  list: fc.array(tie('expression'), { maxLength: 4 }).map((all) => all.join(', ')),
}));

const written = expression.map((each) => `[${each}]`);

const resource = fc.record(
  {
    type: fc.constantFrom('A.B/c', 'A.B/c/d', 'A.B/c/providers/locks', 'Microsoft.Resources/deployments'),
    apiVersion: fc.constantFrom<unknown>('1', "[variables('s')]"),
    name: written,
    condition: fc.oneof(written, fc.boolean()),
    scope: written,
    copy: fc.record({ name: fc.constant('l'), count: fc.oneof(written, fc.nat({ max: 3 })) }),
    properties: fc.oneof(
      fc.record({
        a: written,
        copy: fc.constant([{ name: 'b', count: "[length(parameters('o'))]", input: "[copyIndex('b')]" }]),
      }),
      fc.record({
        template: written.map((each) =>
          templateOf({ resources: [{ type: 'A.B/e', name: each }], outputs: { o: { value: each } } }),
        ),
        parameters: fc.dictionary(fc.constantFrom('p', 'q'), fc.record({ value: written })),
        expressionEvaluationOptions: fc.constantFrom({ scope: 'inner' }, { scope: 'outer' }),
      }),
    ),
  },
  { requiredKeys: ['type', 'name'] },
);

const template: fc.Arbitrary<Sections> = fc.record({
  parameters: fc.record({
    p: fc.constantFrom({ type: 'string' }, { type: 'string', defaultValue: 'd' }, { type: 'securestring' }),
    q: fc.record({ type: fc.constant('string'), allowedValues: fc.constant(['t', 'u']) }),
    o: written.map((defaultValue) => ({ type: 'object', defaultValue })),
  }),
  variables: fc.record({ s: written, v: fc.record({ k: written }) }),
  functions: written.map((value) => [
    { namespace: 'my', members: { f: { parameters: [{ name: 'p' }], output: { value } } } },
  ]),
  resources: fc.array(resource, { maxLength: 4 }),
  outputs: fc.dictionary(fc.constantFrom('x', 'y'), fc.record({ type: fc.constant('string'), value: written })),
});

/** Everything there is to know of an estate, evaluated. */
function forced(estate: Estate): readonly string[] {
  const links = linkResources(estate.resources);
  const lines = estate.resources.map((each) =>
    [
      each.address,
      each.instance,
      each.apiVersion,
      ...each.names.map(show),
      show(each.exists),
      show(each.body),
      each.scope === undefined ? '' : show(each.scope),
      links.parentOf(each)?.address,
    ].join(' '),
  );
  return [...lines, ...estate.outputs.map((each) => `${each.address} ${show(each.value)} ${each.secure}`)];
}

describe('resolving any template', () => {
  it('never throws, and gives the same each time', () => {
    fc.assert(
      fc.property(template, (sections) => {
        expect(forced(estateOf(sections))).toEqual(forced(estateOf(sections)));
      }),
      { numRuns: 100 },
    );
  });

  it('never throws on a part of one', () => {
    fc.assert(
      fc.property(template, fc.nat(), fc.nat({ max: 40 }), (sections, from, length) => {
        const text = textOf(sections);
        const cut = from % text.length;
        forced(estateOf(text.slice(0, cut)));
        forced(estateOf(text.slice(0, cut) + text.slice(cut + length)));
      }),
      { numRuns: 100 },
    );
  });

  it('gives a variable the value of its expression', () => {
    fc.assert(
      fc.property(written, (value) => {
        const sections = {
          parameters: {
            p: { type: 'string' },
            q: { type: 'string', allowedValues: ['t', 'u'] },
            o: { type: 'object' },
          },
          functions: [
            {
              namespace: 'my',
              members: { f: { parameters: [{ name: 'p' }], output: { value: "[parameters('p')]" } } },
            },
          ],
        };
        const direct = shown(value, { ...sections, variables: { s: ['k'] } });
        expect(shown("[variables('w')]", { ...sections, variables: { s: ['k'], w: value } })).toBe(direct);
      }),
      { numRuns: 200 },
    );
  });
});
