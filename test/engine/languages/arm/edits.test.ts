import { describe, expect, it } from 'vitest';
import type { PropertyEdit } from '../../../../engine/estate/property-edit.ts';
import { edited, expectBoth, run, set, template, withProperties } from './edited.ts';

type Case = readonly [title: string, before: string, edits: readonly PropertyEdit[], after: string];

describe('set', () => {
  it.each<Case>([
    [
      'replaces a value and nothing else',
      withProperties('{\n        "a": "TLS1_0", // why\n        "b": 1\n      }'),
      [set('properties.a', 'TLS1_2')],
      withProperties('{\n        "a": "TLS1_2", // why\n        "b": 1\n      }'),
    ],
    [
      'replaces a use of a parameter',
      withProperties(`{\n        "a": "[parameters('p')]"\n      }`),
      [set('properties.a', true)],
      withProperties('{\n        "a": true\n      }'),
    ],
    [
      'appends behind the last property, its comma and its comments',
      withProperties('{\n        "a": 1 /* one */ // first\n\n        // last\n      }'),
      [set('properties.b', 'y')],
      withProperties('{\n        "a": 1, /* one */ // first\n        "b": "y"\n\n        // last\n      }'),
    ],
    [
      'makes the parents that are missing',
      template(''),
      [set('properties.a.b', 'y')],
      template(',\n      "properties": {\n        "a": {\n          "b": "y"\n        }\n      }'),
    ],
    [
      'adds in front of what a resource ends with',
      template(',\n      "kind": "k", // of old\n      "dependsOn": [],\n      "resources": []'),
      [set('properties.a', 'y'), set('tags', {})],
      template(
        ',\n      "kind": "k", // of old\n      "properties": {\n        "a": "y"\n      },\n      "tags": {},\n      "dependsOn": [],\n      "resources": []',
      ),
    ],
    [
      'joins what several edits add to one place',
      withProperties('{\n        "z": 1\n      }'),
      [set('properties.a.b', 1), set('properties.A.c', 2), set('tags.t', 'v'), set('properties.z', 3)],
      template(
        ',\n      "properties": {\n        "z": 3,\n        "a": {\n          "b": 1,\n          "c": 2\n        }\n      },\n      "tags": {\n        "t": "v"\n      }',
      ),
    ],
    [
      'fills an empty object over several lines',
      withProperties('{}'),
      [set('properties.a', 1), set('properties.b', 2)],
      withProperties('{\n        "a": 1,\n        "b": 2\n      }'),
    ],
    [
      'fills an object that is empty over two lines',
      withProperties('{\n      }'),
      [set('properties.a', 1)],
      withProperties('{\n        "a": 1\n      }'),
    ],
    [
      'fills an object that holds only a comment',
      withProperties('{\n        // nothing\n      }'),
      [set('properties.a', 1), set('properties.b', 2)],
      withProperties('{\n        // nothing\n        "a": 1,\n        "b": 2\n      }'),
    ],
    [
      'fills an object that holds only a comment on its line',
      withProperties('{ /* nothing */ }'),
      [set('properties.a', 1), set('properties.b', 2)],
      withProperties('{ /* nothing */ "a": 1, "b": 2 }'),
    ],
    [
      'fills an object whose comment has its brace behind it',
      withProperties('{ // nothing\n        /* yet */}'),
      [set('properties.a', 1)],
      withProperties('{ // nothing\n        /* yet */\n        "a": 1\n      }'),
    ],
    [
      'keeps one line one line',
      withProperties('{ "a": 1, "e": {} }'),
      [set('properties.b.c', 'y'), set('properties.e.f', [1, { g: 2 }])],
      withProperties('{ "a": 1, "e": { "f": [1, { "g": 2 }] }, "b": { "c": "y" } }'),
    ],
    [
      'writes as tightly as its neighbours',
      withProperties('{"a":1,"e":{}}'),
      [set('properties.b.c', 'y'), set('properties.e.f', [1, { g: 2 }])],
      withProperties('{"a":1,"e":{"f":[1,{"g":2}]},"b":{"c":"y"}}'),
    ],
    [
      'puts the blanks around a colon as its neighbours have them',
      withProperties('{\n        "a" : 1\n      }'),
      [set('properties.b.c', 'y')],
      withProperties('{\n        "a" : 1,\n        "b" : {\n          "c" : "y"\n        }\n      }'),
    ],
    [
      'appends where the brace closes on the line of the last property',
      withProperties('{ "a": 1,\n        "b": 2 }'),
      [set('properties.c', 3)],
      withProperties('{ "a": 1,\n        "b": 2,\n        "c": 3 }'),
    ],
    [
      'leaves blanks at the end of a line where they are',
      withProperties('{\n        "a": 1  \n      }'),
      [set('properties.c', 3)],
      withProperties('{\n        "a": 1,  \n        "c": 3\n      }'),
    ],
    [
      'appends behind several properties on a line',
      withProperties('{\n        "a": 1, "b": 2\n      }'),
      [set('properties.c', 3)],
      withProperties('{\n        "a": 1, "b": 2,\n        "c": 3\n      }'),
    ],
    [
      'keeps the comma of an author who ends with one',
      withProperties('{\n        "a": 1, // first\n      }'),
      [set('properties.c', 3)],
      withProperties('{\n        "a": 1, // first\n        "c": 3,\n      }'),
    ],
    [
      'keeps such a comma on one line too',
      withProperties('{ "a": 1, }'),
      [set('properties.c', 3)],
      withProperties('{ "a": 1, "c": 3, }'),
    ],
    [
      'appends behind a comma that begins a line',
      withProperties('{\n          "a": 1\n        , "b": 2\n      }'),
      [set('properties.c', 3)],
      withProperties('{\n          "a": 1\n        , "b": 2,\n          "c": 3\n      }'),
    ],
    [
      'replaces null by an object',
      withProperties('null'),
      [set('properties.a', 1)],
      withProperties('{\n        "a": 1\n      }'),
    ],
    [
      'replaces the null of an expression by an object',
      withProperties('{\n        "a": "[null()]"\n      }'),
      [set('properties.a.b', 1)],
      withProperties('{\n        "a": {\n          "b": 1\n        }\n      }'),
    ],
    [
      'finds keys ignoring case, and the exact one first',
      template(',\n      "Properties": {\n        "A": 1,\n        "a-b": 1,\n        "a": 1\n      }'),
      [set('properties.a', 2), set('properties.A-B', 2), set("properties['c.d']", 3)],
      template(
        ',\n      "Properties": {\n        "A": 1,\n        "a-b": 2,\n        "a": 2,\n        "c.d": 3\n      }',
      ),
    ],
    [
      'escapes what JSON and templates read otherwise',
      withProperties('{}'),
      [
        set('properties.a', 'say "\\" \n\t\u0001'),
        set('properties.b', '[x]'),
        set('properties.c', '[x'),
        set('properties.d', "it's"),
      ],
      withProperties(
        '{\n        "a": "say \\"\\\\\\" \\n\\t\\u0001",\n        "b": "[[x]",\n        "c": "[x",\n        "d": "it\'s"\n      }',
      ),
    ],
    [
      'walks arrays',
      withProperties(
        '{\n        "rules": [\n          { "name": "a" },\n          {\n            "name": "b",\n            "properties": {\n              "access": "Allow"\n            }\n          }\n        ]\n      }',
      ),
      [set('properties.rules[1].properties.access', 'Deny'), set('properties.rules[0].properties.access', 'Deny')],
      withProperties(
        '{\n        "rules": [\n          { "name": "a", "properties": { "access": "Deny" } },\n          {\n            "name": "b",\n            "properties": {\n              "access": "Deny"\n            }\n          }\n        ]\n      }',
      ),
    ],
    [
      'writes objects and arrays over several lines',
      withProperties('{\n        "a": 1\n      }'),
      [set('properties.a', { b: [], c: {}, d: ['x', { e: null }], f: 1.5 })],
      withProperties(
        '{\n        "a": {\n          "b": [],\n          "c": {},\n          "d": [\n            "x",\n            {\n              "e": null\n            }\n          ],\n          "f": 1.5\n        }\n      }',
      ),
    ],
    [
      'keeps a list on one line on one line',
      withProperties('{\n        "a": [ "x", "y" ]\n      }'),
      [set('properties.a', ['z', 'y'])],
      withProperties('{\n        "a": [ "z", "y" ]\n      }'),
    ],
    [
      'puts an item at the end of a list',
      withProperties('{\n        "a": [\n          "x"\n        ],\n        "b": ["x"],\n        "c": []\n      }'),
      [set('properties.a[1]', 'y'), set('properties.b[1]', 'y'), set('properties.c[0]', 'y')],
      withProperties(
        '{\n        "a": [\n          "x",\n          "y"\n        ],\n        "b": ["x", "y"],\n        "c": [\n          "y"\n        ]\n      }',
      ),
    ],
    [
      'puts an object at the end of a list whose braces share lines',
      withProperties('{\n        "a": [{\n          "n": 1\n        }, {\n          "n": 2\n        }]\n      }'),
      [set('properties.a[2]', { n: 3 })],
      withProperties(
        '{\n        "a": [{\n          "n": 1\n        }, {\n          "n": 2\n        }, {\n          "n": 3\n        }]\n      }',
      ),
    ],
    [
      'changes the text of a property loop, which all turns share',
      withProperties(
        `{\n        "copy": [\n          {\n            "name": "disks",\n            "count": 2,\n            "input": {\n              "lun": "[copyIndex('disks')]",\n              "caching": "None"\n            }\n          }\n        ]\n      }`,
      ),
      [
        set('properties.disks[0].caching', 'ReadOnly'),
        set('properties.Disks[1].caching', 'ReadOnly'),
        set('properties.disks[1].y', 1),
      ],
      withProperties(
        `{\n        "copy": [\n          {\n            "name": "disks",\n            "count": 2,\n            "input": {\n              "lun": "[copyIndex('disks')]",\n              "caching": "ReadOnly",\n              "y": 1\n            }\n          }\n        ]\n      }`,
      ),
    ],
  ])('%s', (_title, before, edits, after) => {
    expectBoth(before, edits, after);
  });

  it('takes tabs where the file has tabs', () => {
    const before = withProperties('{}').replaceAll('  ', '\t');
    const after = withProperties('{\n        "a": {\n          "b": 1\n        }\n      }').replaceAll('  ', '\t');
    expectBoth(before, [set('properties.a.b', 1)], after);
  });

  it('takes four spaces where the file has four', () => {
    const before = withProperties('{}').replaceAll('  ', '    ');
    const after = withProperties('{\n        "a": 1\n      }').replaceAll('  ', '    ');
    expectBoth(before, [set('properties.a', 1)], after);
  });

  it('keeps a file on one line and its missing final newline', () => {
    const before = '{"resources":[{"type":"A.B/c","apiVersion":"1","name":"x","properties":{}}]}';
    const after = '{"resources":[{"type":"A.B/c","apiVersion":"1","name":"x","properties":{"a":{"b":1}}}]}';
    expectBoth(before, [set('properties.a.b', 1)], after);
  });

  it('keeps a byte order mark', () => {
    expectBoth(
      `\ufeff${withProperties('{}')}`,
      [set('properties.a', 1)],
      `\ufeff${withProperties('{\n        "a": 1\n      }')}`,
    );
  });

  it('leaves alone what has the value', () => {
    const text = withProperties('{ "a" :  [ 1,{"b":"[[x]"}] , "c": null }');
    expect(run(text, [set('properties.a', [1, { b: '[x]' }]), set('properties.c', null)])).toEqual({
      kind: 'edits',
      files: [],
    });
  });

  it('edits a resource of a nested template there, and one inside another', () => {
    const nested = (value: number): string =>
      template(
        `,\n      "resources": [\n        {\n          "type": "d",\n          "name": "inner",\n          "properties": { "a": ${value} }\n        }\n      ],\n      "properties": {\n        "template": {\n          "resources": {\n            "deep": {\n              "name": "deep",\n              "properties": { "a": ${value} }\n            }\n          }\n        }\n      }`,
      );
    const once = edited(nested(1), [set('properties.a', 2)], 'inner');
    expect(edited(once, [set('properties.a', 2)], 'deep')).toBe(nested(2));
  });

  it('writes the body of what an extension deploys into its properties', () => {
    const graph = (properties: string): string =>
      template(`,\n      "import": "microsoftGraph",\n      "properties": ${properties}`);
    expectBoth(graph('{ "a": 1 }'), [set('a', 2), set('b', 3)], graph('{ "a": 2, "b": 3 }'));
  });

  it('fills in what is asked for', () => {
    const edit: PropertyEdit = {
      kind: 'set',
      path: [{ kind: 'key', key: 'tags' }],
      value: {
        kind: 'object',
        members: new Map([
          ['owner', { kind: 'ask', name: 'owner', prompt: 'Who owns it?', example: 'team-"a"' }],
          ['list', { kind: 'array', items: [{ kind: 'data', data: 1 }] }],
        ]),
      },
    };
    expectBoth(
      template(''),
      [edit],
      template(
        ',\n      "tags": {\n        "owner": "team-\\"a\\"",\n        "list": [\n          1\n        ]\n      }',
      ),
    );
  });
});
