import { describe, expect, it } from 'vitest';
import type { PropertyEdit } from '../../../../engine/estate/property-edit.ts';
import { edited, expectBoth, remove, run, set, template, withProperties } from './edited.ts';

type Case = readonly [title: string, before: string, edits: readonly PropertyEdit[], after: string];

describe('remove', () => {
  it.each<Case>([
    [
      'takes a property away with its line and comma',
      withProperties('{\n        "a": 1,\n        "b": {\n          "c": 1\n        },\n        "d": 1\n      }'),
      [remove('properties.b')],
      withProperties('{\n        "a": 1,\n        "d": 1\n      }'),
    ],
    [
      'takes the comma in front of the last property',
      withProperties('{\n        "a": 1,\n        "b": 2\n      }'),
      [remove('properties.b')],
      withProperties('{\n        "a": 1\n      }'),
    ],
    [
      'takes the first on a line, one in the middle and the last',
      withProperties('{ "a": 1, "b": 2, "c": 3, "d": 4, "e": 5 }'),
      [remove('properties.a'), remove('properties.c'), remove('properties.e')],
      withProperties('{ "b": 2, "d": 4 }'),
    ],
    [
      'takes several at the end',
      withProperties('{\n        "a": 1,\n        "b": 2,\n        "c": 3\n      }'),
      [remove('properties.b'), remove('properties.c')],
      withProperties('{\n        "a": 1\n      }'),
    ],
    [
      'leaves an empty object',
      withProperties('{\n        "a": 1,\n        "b": 2\n      }'),
      [remove('properties.a'), remove('properties.b')],
      withProperties('{}'),
    ],
    [
      'keeps the comments beside it',
      withProperties('{\n        // first\n        "a": 1, // one\n        "b": 2 // two\n        // end\n      }'),
      [remove('properties.b')],
      withProperties('{\n        // first\n        "a": 1 // one\n        // two\n        // end\n      }'),
    ],
    [
      'keeps the comments of an object that becomes empty',
      withProperties('{\n        // first\n        "a": 1, // one\n        "b": 2\n      }'),
      [remove('properties.a'), remove('properties.b')],
      withProperties('{\n        // first\n        // one\n      }'),
    ],
    [
      'keeps a comment in front of the comma',
      withProperties('{ "a": 1 /* one */, "b": 2 }'),
      [remove('properties.a')],
      withProperties('{ /* one */ "b": 2 }'),
    ],
    [
      'keeps the comma of an author who ends with one',
      withProperties('{\n        "a": 1,\n        "b": 2,\n      }'),
      [remove('properties.b')],
      withProperties('{\n        "a": 1,\n      }'),
    ],
    [
      'takes a comma that begins a line',
      withProperties('{\n          "a": 1\n        , "b": 2\n        , "c": 3\n      }'),
      [remove('properties.b'), remove('properties.c')],
      withProperties('{\n          "a": 1\n      }'),
    ],
    [
      'takes items of lists',
      withProperties(
        '{\n        "a": ["x", "y", "z"],\n        "b": [\n          1,\n          2\n        ],\n        "c": ["x"]\n      }',
      ),
      [remove('properties.a[1]'), remove('properties.b[0]'), remove('properties.c[0]')],
      withProperties('{\n        "a": ["x", "z"],\n        "b": [\n          2\n        ],\n        "c": []\n      }'),
    ],
    [
      'puts what is added in the place of what goes at the end',
      withProperties('{\n        "a": 1,\n        "b": 2,\n        "c": 3 // three\n      }'),
      [remove('properties.b'), remove('properties.c'), set('properties.d', 4), set('properties.e', 5)],
      withProperties('{\n        "a": 1,\n        "d": 4,\n        "e": 5 // three\n      }'),
    ],
    [
      'puts what is added in the place of all there was',
      withProperties('{ "a": 1 }'),
      [remove('properties.a'), set('properties.d', 4)],
      withProperties('{ "d": 4 }'),
    ],
    [
      'adds in front of what a resource ends with when others go',
      template(',\n      "kind": "k",\n      "sku": {},\n      "dependsOn": [],\n      "zones": []'),
      [remove('sku'), remove('zones'), set('tags.t', 1)],
      template(',\n      "kind": "k",\n      "tags": {\n        "t": 1\n      },\n      "dependsOn": []'),
    ],
    [
      'adds at the end when others go',
      withProperties('{\n        "a": 1,\n        "b": 2\n      }'),
      [remove('properties.a'), set('properties.c', 3)],
      withProperties('{\n        "b": 2,\n        "c": 3\n      }'),
    ],
  ])('%s', (_title, before, edits, after) => {
    expectBoth(before, edits, after);
  });

  it('leaves what is not there', () => {
    expect(run(template(''), [remove('properties.a.b')])).toEqual({ kind: 'edits', files: [] });
  });
});

describe('what is refused', () => {
  it.each<readonly [string, string, readonly PropertyEdit[], string]>([
    [
      'an object that an expression makes',
      withProperties(`"[union(variables('a'), parameters('b'))]"`),
      [set('properties.a', 1)],
      "'properties' is not written out as an object here, but comes from an expression.",
    ],
    [
      'an item of a list that an expression makes',
      withProperties(`{ "a": "[variables('a')]" }`),
      [remove('properties.a[0]')],
      "'properties.a' is not written out as an array here, but comes from an expression.",
    ],
    [
      'a text where an object would be',
      withProperties('{ "a": "x" }'),
      [set('properties.a.b', 1)],
      "'properties.a' is not written out as an object here.",
    ],
    [
      'an item that is not there',
      withProperties('{ "a": [] }'),
      [set('properties.a[1]', 1)],
      "'properties.a' has no item 1.",
    ],
    [
      'any item',
      withProperties('{ "a": [] }'),
      [set('properties.a[]', 1)],
      'The path does not say which item is meant.',
    ],
    [
      'a property that a copy loop makes',
      withProperties('{ "copy": [{ "name": "a", "count": 1, "input": {} }] }'),
      [set('properties.a', [])],
      "'a' is made by a copy loop.",
    ],
    [
      'a property beside loops of unknown names',
      withProperties(`{ "copy": "[variables('loops')]" }`),
      [set('properties.a', 1)],
      "A copy loop beside it may make 'a'.",
    ],
    [
      'a value that counts the turns of a loop',
      withProperties(`{ "copy": [{ "name": "a", "count": 2, "input": { "b": "[add(copyIndex('a'), 1)]" } }] }`),
      [set('properties.a[0].b', 1)],
      'The value is different in every turn of a loop.',
    ],
    [
      'a property beside one whose name is an expression',
      template(`,\n      "tags": { "[parameters('tag')]": "x" }`),
      [set('tags.owner', 'y')],
      "A property beside it has an expression as its name, which may be 'owner'.",
    ],
    [
      'a resource with a syntax error',
      withProperties('{ "a": 1 "b": 2 }'),
      [set('properties.c', 1)],
      "There is a syntax error here: Expected ',' before the next entry.",
    ],
    [
      'changes that contradict each other',
      withProperties('{ "a": { "b": 1 } }'),
      [set('properties.a.b', 2), set('properties.a', 3)],
      'Two changes contradict each other.',
    ],
    [
      'additions that contradict each other',
      withProperties('{}'),
      [set('properties.a', 3), set('properties.a.b', 2)],
      'Two changes contradict each other.',
    ],
  ])('%s', (_title, before, edits, reason) => {
    expect(edited(before, edits)).toBe(`refused: ${reason}`);
  });

  it('a resource that is only referred to', () => {
    expect(run(template(''), [set('tags.a', 1)], 'x', true)).toMatchObject({ kind: 'refused' });
  });

  it('does not mind a syntax error elsewhere', () => {
    const broken = (value: number): string =>
      withProperties(`{ "a": ${value} }`).replace('"contentVersion": "1.0.0.0",', '"contentVersion": ,');
    expect(edited(broken(1), [set('properties.a', 2)])).toBe(broken(2));
  });
});
