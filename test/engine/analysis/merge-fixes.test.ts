import { describe, expect, it } from 'vitest';
import type { FixContext } from '../../../engine/analysis/apply-fix.ts';
import { type ChosenFix, mergeFixes } from '../../../engine/analysis/merge-fixes.ts';
import type { FixPlan } from '../../../engine/check/fix.ts';
import { parsePath } from '../../../engine/estate/path.ts';
import type { PropertyEdit } from '../../../engine/estate/property-edit.ts';
import type { Resource } from '../../../engine/estate/resource.ts';
import type { Data } from '../../../engine/functions/data.ts';
import { applyEdits } from '../../../engine/text/edit.ts';
import { estateOf, folder, resourceAt } from '../languages/bicep/estate-of.ts';

const uri = `${folder}main.bicep`;

function set(path: string, data: Data): PropertyEdit {
  return { kind: 'set', path: parsePath(path), value: { kind: 'data', data } };
}

function child(name: string, body: Data): PropertyEdit {
  return { kind: 'add-child', type: 'A.B/c/d', apiVersion: '2', name, body: { kind: 'data', data: body } };
}

function plan(resource: Resource, edits: readonly PropertyEdit[], source?: FixPlan['source']): FixPlan {
  return {
    rule: 'a/b',
    title: 'Mend it',
    effect: 'neutral',
    note: undefined,
    asks: [],
    use: [{ resource, edits }],
    source,
    raises: [],
  };
}

function fix(resource: Resource, edits: readonly PropertyEdit[]): ChosenFix {
  return { plans: [plan(resource, edits)], where: 'use' };
}

/** A fix of the value at the first place where a text has `from`. */
function atSource(resource: Resource, text: string, from: string, data: Data): ChosenFix {
  const start = text.indexOf(from);
  const place = { uri, start, end: start + from.length };
  const source = { kind: 'replace', place, value: { kind: 'data', data }, name: 'p' } as const;
  return { plans: [plan(resource, [set('properties.a', data)], source)], where: 'source' };
}

/** Which fixes were made, and what the text is after them. */
function merged(
  text: string,
  fixes: readonly ChosenFix[],
): { readonly made: readonly number[]; readonly text: string } {
  const context: FixContext = {
    textOf: (asked) => (asked === uri ? text : undefined),
    answer: (ask) => ask.example,
  };
  const { files, made } = mergeFixes(fixes, context);
  return {
    made: fixes.flatMap((each, index) => (made.has(each) ? [index] : [])),
    text: applyEdits(text, files[0]?.edits ?? []),
  };
}

const resource = (properties: string): string =>
  `resource r 'A.B/c@1' = {\n  name: 'x'\n  properties: ${properties}\n}\n`;

function fixesOf(text: string, ...edits: readonly (readonly PropertyEdit[])[]): readonly ChosenFix[] {
  const found = resourceAt(estateOf(text), 'r');
  return edits.map((each) => fix(found, each));
}

describe('fixes of one resource', () => {
  it('are made together, however many add to one place', () => {
    const text = resource('{}');
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const fixes = fixesOf(text, ...names.map((name) => [set(`properties.${name}`, 1)]));
    expect(merged(text, fixes)).toEqual({
      made: [0, 1, 2, 3, 4, 5, 6, 7],
      text: resource(`{\n${names.map((name) => `    ${name}: 1\n`).join('')}  }`),
    });
  });

  it('share an edit that they have in common', () => {
    const text = resource('{}');
    const fixes = fixesOf(text, [set('properties.a.b', 1)], [set('Properties.A.B', 1), set('properties.a.c', 2)]);
    expect(merged(text, fixes)).toEqual({
      made: [0, 1],
      text: resource('{\n    a: {\n      b: 1\n      c: 2\n    }\n  }'),
    });
  });

  it.each<[string, PropertyEdit[], PropertyEdit[]]>([
    ['another value', [set('properties.a', 1)], [set('properties.A', 2)]],
    ['what is around it', [set('properties.a.b', 1)], [set('properties.a', { c: 1 })]],
    ['what is inside of it', [set('properties.a', { c: 1 })], [set('properties.a.b', 1)]],
    ['its removal', [set('properties.a', 1)], [{ kind: 'remove', path: parsePath('properties.a') }]],
    ['another child of that name', [child('x', { p: 1 })], [child('X', { p: 2 })]],
  ])('wait where one contradicts another: %s', (_title, first, second) => {
    const text = resource('{ a: { z: 0 } }');
    const [one, two] = fixesOf(text, first, second);
    if (one === undefined || two === undefined) throw new Error('no fixes');
    expect(merged(text, [one, two])).toEqual({ made: [0], text: merged(text, [one]).text });
    expect(merged(text, [two, one])).toEqual({ made: [0], text: merged(text, [two]).text });
  });

  it('may add several children', () => {
    const text = resource('{}');
    const { made, text: after } = merged(text, fixesOf(text, [child('x', {})], [child('y', {})], [child('y', {})]));
    expect(made).toEqual([0, 1, 2]);
    expect(after.match(/'A\.B\/c\/d@2'/g)).toHaveLength(2);
  });
});

describe('fixes of several resources', () => {
  it('are of one declaration where a loop makes them', () => {
    const text = `resource r 'A.B/c@1' = [for i in [1, 2]: {\n  name: 'x\${i}'\n  properties: {}\n}]\n`;
    const estate = estateOf(text);
    const [one, two] = [resourceAt(estate, 'r', '[0]'), resourceAt(estate, 'r', '[1]')];
    const fixes = [fix(one, [set('properties.a', 1)]), fix(two, [set('properties.a', 1), set('properties.b', 1)])];
    expect(merged(text, fixes)).toEqual({
      made: [0, 1],
      text: text.replace('{}', '{\n    a: 1\n    b: 1\n  }'),
    });
  });
});

describe('fixes at a source', () => {
  it('are one where they write one value, and wait where they do not', () => {
    const text = `param p string = 'old'\n${resource('{ a: p }')}`;
    const found = resourceAt(estateOf(text), 'r');
    const fixes = ['new', 'new', 'newer'].map((data) => atSource(found, text, "'old'", data));
    expect(merged(text, fixes)).toEqual({ made: [0, 1], text: text.replace('old', 'new') });
  });

  it('wait where they are within what another one writes', () => {
    const text = resource("{ a: 'old' }");
    const found = resourceAt(estateOf(text), 'r');
    const [one, two] = [atSource(found, text, "'old'", 'new'), fix(found, [set('properties', { b: 1 })])];
    expect(merged(text, [one, two])).toEqual({ made: [0], text: text.replace('old', 'new') });
    expect(merged(text, [two, one])).toEqual({ made: [0], text: resource('{\n    b: 1\n  }') });
  });
});
