// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Bicep writes its holes like this too.
import { describe, expect, it } from 'vitest';
import { parsePath } from '../../../../engine/estate/path.ts';
import type { EditResult, PropertyEdit } from '../../../../engine/estate/property-edit.ts';
import type { Data } from '../../../../engine/functions/data.ts';
import { editBicepProperties, editBicepValue } from '../../../../engine/languages/bicep/edits.ts';
import { parseBicep } from '../../../../engine/languages/bicep/parser.ts';
import { applyEdits } from '../../../../engine/text/edit.ts';
import { estateOf, folder, resourceAt } from './estate-of.ts';

const uri = `${folder}main.bicep`;

function set(path: string, data: Data): PropertyEdit {
  return { kind: 'set', path: parsePath(path), value: { kind: 'data', data } };
}

function remove(path: string): PropertyEdit {
  return { kind: 'remove', path: parsePath(path) };
}

function child(name: string, body: Data, type = 'A.B/c/d'): PropertyEdit {
  return { kind: 'add-child', type, apiVersion: '2', name, body: { kind: 'data', data: body } };
}

function run(text: string, edits: readonly PropertyEdit[], address: string, instance = ''): EditResult {
  const resource = resourceAt(estateOf(text), address, instance);
  return editBicepProperties(
    resource,
    edits,
    (asked) => (asked === uri ? text : undefined),
    (ask) => ask.example,
  );
}

/** The text after the edits, or why they were refused. */
function edited(text: string, edits: readonly PropertyEdit[], address = 'r', instance = ''): string {
  const result = run(text, edits, address, instance);
  if (result.kind === 'refused') return `refused: ${result.reason}`;
  return applyEdits(text, result.files[0]?.edits ?? []);
}

/** Runs a case with both line breaks, and sees that what it makes can be parsed. */
function expectBoth(before: string, edits: readonly PropertyEdit[], after: string, address = 'r', instance = ''): void {
  expect(edited(before, edits, address, instance)).toBe(after);
  const windows = (text: string): string => text.replaceAll('\n', '\r\n');
  expect(edited(windows(before), edits, address, instance)).toBe(windows(after));
  expect(parseBicep(after, 'bicep').problems).toEqual([]);
}

const head = "resource r 'A.B/c@1' = ";

describe('set', () => {
  it.each<[string, string, PropertyEdit[], string]>([
    [
      'replaces a value and nothing else',
      `${head}{\n  name: 'x'\n  properties: {\n    a: 'TLS1_0' // why\n    b: 1\n  }\n}\n`,
      [set('properties.a', 'TLS1_2')],
      `${head}{\n  name: 'x'\n  properties: {\n    a: 'TLS1_2' // why\n    b: 1\n  }\n}\n`,
    ],
    [
      'replaces a use of a parameter',
      `param p string\n${head}{\n  name: 'x'\n  properties: {\n    a: p\n  }\n}\n`,
      [set('properties.a', true)],
      `param p string\n${head}{\n  name: 'x'\n  properties: {\n    a: true\n  }\n}\n`,
    ],
    [
      'appends with the indentation of the siblings, after their comments',
      `${head}{\n    name: 'x'\n    properties: {\n        a: 1 /* one */ // first\n\n        // last\n    }\n}\n`,
      [set('properties.b', 'y')],
      `${head}{\n    name: 'x'\n    properties: {\n        a: 1 /* one */ // first\n        b: 'y'\n\n        // last\n    }\n}\n`,
    ],
    [
      'leaves blanks at the end of a line where they are',
      `${head}{\n  name: 'x'\n  properties: {\n    a: 1   \n  }\n}\n`,
      [set('properties.b', 2)],
      `${head}{\n  name: 'x'\n  properties: {\n    a: 1   \n    b: 2\n  }\n}\n`,
    ],
    [
      'makes the parents that are missing',
      `${head}{\n  name: 'x'\n}\n`,
      [set('properties.a.b', 'y')],
      `${head}{\n  name: 'x'\n  properties: {\n    a: {\n      b: 'y'\n    }\n  }\n}\n`,
    ],
    [
      'joins what several edits add to one place',
      `${head}{\n  name: 'x'\n  properties: {\n    z: 1\n  }\n}\n`,
      [set('properties.a.b', 1), set('properties.a.c', 2), set('tags.t', 'v'), set('properties.z', 3)],
      `${head}{\n  name: 'x'\n  properties: {\n    z: 3\n    a: {\n      b: 1\n      c: 2\n    }\n  }\n  tags: {\n    t: 'v'\n  }\n}\n`,
    ],
    [
      'expands an empty object',
      `${head}{\n  name: 'x'\n  properties: {}\n}\n`,
      [set('properties.a', 1)],
      `${head}{\n  name: 'x'\n  properties: {\n    a: 1\n  }\n}\n`,
    ],
    [
      'fills an object that holds only a comment',
      `${head}{\n  name: 'x'\n  properties: {\n    // nothing\n  }\n}\n`,
      [set('properties.a', 1)],
      `${head}{\n  name: 'x'\n  properties: {\n    // nothing\n    a: 1\n  }\n}\n`,
    ],
    [
      'keeps one line one line',
      `${head}{ name: 'x', properties: { a: 1, e: {} } }\n`,
      [set('properties.b.c', 'y'), set('properties.e.f', [1, { g: 2 }])],
      `${head}{ name: 'x', properties: { a: 1, e: { f: [1, { g: 2 }] }, b: { c: 'y' } } }\n`,
    ],
    [
      'appends where the brace closes on the line of the last property',
      `${head}{\n  name: 'x'\n  properties: { a: 1\n    b: 2 }\n}\n`,
      [set('properties.c', 3)],
      `${head}{\n  name: 'x'\n  properties: { a: 1\n    b: 2\n    c: 3 }\n}\n`,
    ],
    [
      'replaces null by an object',
      `${head}{\n  name: 'x'\n  properties: null\n}\n`,
      [set('properties.a', 1)],
      `${head}{\n  name: 'x'\n  properties: {\n    a: 1\n  }\n}\n`,
    ],
    [
      'finds keys ignoring case, and quotes those that need it',
      `${head}{\n  name: 'x'\n  Properties: {\n    'a-b': 1\n  }\n}\n`,
      [set('properties.a-b', 2), set("properties['c.d']", "it's ${x}\\\n")],
      `${head}{\n  name: 'x'\n  Properties: {\n    'a-b': 2\n    'c.d': 'it\\'s \\\${x}\\\\\\n'\n  }\n}\n`,
    ],
    [
      'walks arrays',
      `${head}{\n  name: 'x'\n  properties: {\n    rules: [\n      { name: 'a' }\n      {\n        name: 'b'\n        properties: {\n          access: 'Allow'\n        }\n      }\n    ]\n  }\n}\n`,
      [set('properties.rules[1].properties.access', 'Deny'), set('properties.rules[0].properties.access', 'Deny')],
      `${head}{\n  name: 'x'\n  properties: {\n    rules: [\n      { name: 'a', properties: { access: 'Deny' } }\n      {\n        name: 'b'\n        properties: {\n          access: 'Deny'\n        }\n      }\n    ]\n  }\n}\n`,
    ],
    [
      'writes objects and arrays over several lines',
      `${head}{\n  name: 'x'\n  properties: {\n    a: 1\n  }\n}\n`,
      [set('properties.a', { b: [], c: {}, d: ['x', { e: null }] })],
      `${head}{\n  name: 'x'\n  properties: {\n    a: {\n      b: []\n      c: {}\n      d: [\n        'x'\n        {\n          e: null\n        }\n      ]\n    }\n  }\n}\n`,
    ],
    [
      'puts properties before nested resources and after spreads',
      `param p object\n${head}{\n  name: 'x'\n  ...p\n\n  resource n 'd' = {\n    name: 'n'\n  }\n}\n`,
      [set('location', 'y')],
      `param p object\n${head}{\n  name: 'x'\n  ...p\n  location: 'y'\n\n  resource n 'd' = {\n    name: 'n'\n  }\n}\n`,
    ],
    [
      'changes what a condition deploys',
      `param q bool\n${head}if (q) {\n  name: 'x'\n}\n`,
      [set('location', 'y')],
      `param q bool\n${head}if (q) {\n  name: 'x'\n  location: 'y'\n}\n`,
    ],
    [
      'follows tabs',
      `${head}{\n\tname: 'x'\n}\n`,
      [set('properties.a', 1)],
      `${head}{\n\tname: 'x'\n\tproperties: {\n\t\ta: 1\n\t}\n}\n`,
    ],
  ])('%s', (_, before, edits, after) => {
    expectBoth(before, edits, after);
  });

  it('changes the body of a loop for all its instances', () => {
    const text = (value: string): string =>
      `${head}[for n in ['a', 'b']: {\n  name: n\n  properties: {\n    x: ${value}\n    rules: [for m in [1, 2]: {\n      port: m\n      open: ${value}\n    }]\n  }\n}]\n`;
    expectBoth(text('1'), [set('properties.x', 2), set('properties.rules[1].open', 2)], text('2'), 'r', '[1]');
  });

  it('asks the author, and leaves what stays the same', () => {
    const edit: PropertyEdit = {
      kind: 'set',
      path: parsePath('properties.a'),
      value: { kind: 'array', items: [{ kind: 'ask', name: 'range', prompt: 'Which?', example: '10.0.0.0/8' }] },
    };
    const before = `${head}{\n  name: 'x'\n  properties: {\n  }\n}\n`;
    expectBoth(before, [edit], `${head}{\n  name: 'x'\n  properties: {\n    a: [\n      '10.0.0.0/8'\n    ]\n  }\n}\n`);
  });
});

describe('remove', () => {
  it.each<[string, string, PropertyEdit[], string]>([
    [
      'takes the whole line',
      `${head}{\n  name: 'x'\n  tags: {\n    a: 1\n    b: {\n      c: 1\n    }\n  }\n}\n`,
      [remove('tags.b')],
      `${head}{\n  name: 'x'\n  tags: {\n    a: 1\n  }\n}\n`,
    ],
    [
      'keeps a comment behind it',
      `${head}{\n  name: 'x'\n  kind: 'k' // note\n}\n`,
      [remove('kind')],
      `${head}{\n  name: 'x'\n  // note\n}\n`,
    ],
    [
      'takes the comma on one line',
      `${head}{ name: 'x', kind: 'k', tags: {} }\n`,
      [remove('kind')],
      `${head}{ name: 'x', tags: {} }\n`,
    ],
    ['takes the first on one line', `${head}{ kind: 'k', name: 'x' }\n`, [remove('kind')], `${head}{ name: 'x' }\n`],
    [
      'leaves an empty object',
      `${head}{\n  name: 'x'\n  tags: { a: 1 }\n}\n`,
      [remove('tags.a')],
      `${head}{\n  name: 'x'\n  tags: {}\n}\n`,
    ],
    [
      'takes an item of an array',
      `${head}{\n  name: 'x'\n  zones: [\n    '1'\n    '2'\n  ]\n}\n`,
      [remove('zones[0]')],
      `${head}{\n  name: 'x'\n  zones: [\n    '2'\n  ]\n}\n`,
    ],
    ['does nothing where nothing is', `${head}{\n  name: 'x'\n}\n`, [remove('tags.a')], `${head}{\n  name: 'x'\n}\n`],
    [
      'goes together with a set in the same object',
      `${head}{\n  name: 'x'\n  properties: {\n    a: 1\n  }\n}\n`,
      [remove('properties.a'), set('properties.b', 2)],
      `${head}{\n  name: 'x'\n  properties: {\n    b: 2\n  }\n}\n`,
    ],
    [
      'goes together with a set on one line',
      `${head}{ name: 'x', properties: { a: 1 } }\n`,
      [remove('properties.a'), set('properties.b', 2)],
      `${head}{ name: 'x', properties: { b: 2 } }\n`,
    ],
  ])('%s', (_, before, edits, after) => {
    expectBoth(before, edits, after);
  });
});

describe('add-child', () => {
  it('declares it behind its parent, under a free name', () => {
    expectBoth(
      `${head}{\n  name: 'x'\n} // end\n\nvar rD = 1\n`,
      [child('default', { properties: { a: true } }), child('more', {}, 'A.B/c/e')],
      `${head}{\n  name: 'x'\n} // end

resource rD2 'A.B/c/d@2' = {
  parent: r
  name: 'default'
  properties: {
    a: true
  }
}

resource rE 'A.B/c/e@2' = {
  parent: r
  name: 'more'
}

var rD = 1
`,
    );
  });

  it('repeats the condition and the loop of its parent', () => {
    expectBoth(
      `param q bool\n${head}if (q) {\n  name: 'x'\n}\n`,
      [child('default', {})],
      `param q bool\n${head}if (q) {\n  name: 'x'\n}\n\nresource rD 'A.B/c/d@2' = if (q) {\n  parent: r\n  name: 'default'\n}\n`,
    );
    expectBoth(
      `${head}[for n in ['a']: if (n != 'b') {\n  name: n\n}]\n`,
      [child('default', {})],
      `${head}[for n in ['a']: if (n != 'b') {\n  name: n\n}]\n\nresource rD 'A.B/c/d@2' = [for (n, index) in ['a']: if (n != 'b') {\n  parent: r[index]\n  name: 'default'\n}]\n`,
      'r',
      '[0]',
    );
  });

  it('names a parent that is nested itself, or exists elsewhere', () => {
    expectBoth(
      `${head}{\n  name: 'x'\n  resource n 'd' = {\n    name: 'n'\n  }\n}\n`,
      [child('default', {}, 'A.B/c/d/e')],
      `${head}{\n  name: 'x'\n  resource n 'd' = {\n    name: 'n'\n  }\n}\n\nresource nE 'A.B/c/d/e@2' = {\n  parent: r::n\n  name: 'default'\n}\n`,
      'r::n',
    );
    expectBoth(
      "resource r 'A.B/c@1' existing = {\n  name: 'x'\n}",
      [child('default', {})],
      "resource r 'A.B/c@1' existing = {\n  name: 'x'\n}\n\nresource rD 'A.B/c/d@2' = {\n  parent: r\n  name: 'default'\n}",
    );
  });
});

describe('refusals', () => {
  it.each<[string, string, PropertyEdit[], RegExp]>([
    [
      'a body from a variable',
      `var v = {}\n${head}{\n  name: 'x'\n  properties: v\n}\n`,
      [set('properties.a', 1)],
      /not written out/,
    ],
    ['a union', `${head}{\n  name: 'x'\n  properties: union({}, {})\n}\n`, [set('properties.a', 1)], /not written out/],
    [
      'a spread behind',
      `var v = {}\n${head}{\n  name: 'x'\n  tags: {\n    a: 1\n    ...v\n  }\n}\n`,
      [set('tags.a', 2)],
      /spread/,
    ],
    [
      'a parent that a spread may bring',
      `var v = {}\n${head}{\n  name: 'x'\n  ...v\n}\n`,
      [set('properties.a', 2)],
      /spread/,
    ],
    [
      'removal beside a spread',
      `var v = {}\n${head}{\n  name: 'x'\n  tags: {\n    ...v\n    a: 1\n  }\n}\n`,
      [remove('tags.a')],
      /spread/,
    ],
    [
      'an item after a spread',
      `var v = []\n${head}{\n  name: 'x'\n  zones: [\n    ...v\n    '1'\n  ]\n}\n`,
      [set('zones[1]', '2')],
      /spread/,
    ],
    [
      'a computed item of a loop',
      `${head}{\n  name: 'x'\n  rules: [for m in [1]: { port: m }]\n}\n`,
      [set('rules[0].port', 2)],
      /every turn/,
    ],
    [
      'a computed array',
      `var v = []\n${head}{\n  name: 'x'\n  rules: v\n}\n`,
      [set('rules[0].port', 2)],
      /not written out/,
    ],
    ['every item', `${head}{\n  name: 'x'\n  rules: []\n}\n`, [set('rules[].port', 2)], /which item/],
    ['a missing item', `${head}{\n  name: 'x'\n  rules: []\n}\n`, [set('rules[0].port', 2)], /no item 0/],
    [
      'an existing resource',
      "resource r 'A.B/c@1' existing = {\n  name: 'x'\n}\n",
      [set('location', 'y')],
      /only referred to/,
    ],
    [
      'a syntax error in the place',
      `${head}{\n  name: 'x'\n  properties: {\n    a: 1 ]\n  }\n}\n`,
      [set('properties.b', 1)],
      /syntax error/,
    ],
    [
      'changes that contradict each other',
      `${head}{\n  name: 'x'\n  properties: {\n    a: { b: 1 }\n  }\n}\n`,
      [set('properties.a', 1), set('properties.a.b', 2)],
      /contradict/,
    ],
  ])('%s', (_, text, edits, reason) => {
    expect(edited(text, edits)).toMatch(reason);
  });

  it('a file that has changed since', () => {
    const resource = resourceAt(estateOf(`${head}{\n  name: 'x'\n}\n`), 'r');
    const result = editBicepProperties(
      resource,
      [set('location', 'y')],
      () => 'other',
      (ask) => ask.example,
    );
    expect(result).toMatchObject({ kind: 'refused' });
  });

  it('not because of a syntax error elsewhere', () => {
    const text = `param = \n${head}{\n  name: 'x'\n}\n`;
    expect(edited(text, [set('location', 'y')])).toBe(`param = \n${head}{\n  name: 'x'\n  location: 'y'\n}\n`);
  });
});

describe('a value at its source', () => {
  it('is replaced where it is written', () => {
    const text = "param p string = 'TLS1_0'\n";
    const result = editBicepValue(
      { uri, start: 17, end: 25 },
      { kind: 'data', data: 'TLS1_2' },
      () => text,
      (ask) => ask.example,
    );
    expect(result).toEqual({ kind: 'edits', files: [{ uri, edits: [{ start: 17, end: 25, text: "'TLS1_2'" }] }] });
  });
});
