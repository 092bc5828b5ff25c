import { describe, expect, it } from 'vitest';
import type { PropertyEdit } from '../../../../engine/estate/property-edit.ts';
import { child, edited, expectBoth, set } from './edited.ts';

const schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';

function template(resources: string, kind = schema): string {
  return `{
  "$schema": "${kind}",
  "contentVersion": "1.0.0.0",
  "resources": [
${resources}
  ]
}
`;
}

function symbolic(resources: string): string {
  return `{
  "$schema": "${schema}",
  "languageVersion": "2.0",
  "contentVersion": "1.0.0.0",
  "resources": {
${resources}
  }
}
`;
}

/** Indents lines by a number of steps. */
function indented(steps: number, ...lines: readonly string[]): string {
  return lines.map((line) => '  '.repeat(steps) + line).join('\n');
}

const parent = (name: string, ...more: readonly string[]): readonly string[] => [
  '{',
  '  "type": "A.B/c",',
  '  "apiVersion": "1",',
  ...more,
  `  "name": "${name}"`,
  '}',
];

const added = (name: string, dependsOn: string, ...more: readonly string[]): readonly string[] => [
  '{',
  '  "type": "A.B/c/d",',
  '  "apiVersion": "2",',
  ...more,
  `  "name": "${name}",`,
  '  "dependsOn": [',
  `    "${dependsOn}"`,
  '  ],',
  '  "properties": {',
  '    "a": 1',
  '  }',
  '}',
];

const edit = child('default', { properties: { a: 1 } });

describe('a child in a list of resources', () => {
  it.each<readonly [title: string, parentName: string, childName: string, dependsOn: string]>([
    ['of a name that is written out', 'x', 'x/default', "[resourceId('A.B/c', 'x')]"],
    [
      'of a name that a parameter gives',
      "[parameters('n')]",
      "[concat(parameters('n'), '/default')]",
      "[resourceId('A.B/c', parameters('n'))]",
    ],
    [
      'of a name that is joined',
      "[concat('sql-', uniqueString(resourceGroup().id))]",
      "[concat('sql-', uniqueString(resourceGroup().id), '/default')]",
      "[resourceId('A.B/c', concat('sql-', uniqueString(resourceGroup().id)))]",
    ],
    [
      'in the way in which the file joins texts',
      "[format('sql-{0}', parameters('n'))]",
      "[format('{0}/{1}', concat('sql-', parameters('n')), 'default')]",
      "[resourceId('A.B/c', concat('sql-', parameters('n')))]",
    ],
    ['of a text in an expression', "['it''s']", "it's/default", "[resourceId('A.B/c', 'it''s')]"],
    ['of a name in square brackets', '[[x]', '[x]/default', "[resourceId('A.B/c', '[x]')]"],
  ])('%s', (_title, name, childName, dependsOn) => {
    expectBoth(
      template(indented(2, ...parent(name))),
      [edit],
      template(`${indented(2, ...parent(name))},\n${indented(2, ...added(childName, dependsOn))}`),
      name,
    );
  });

  it('comes right behind its parent, behind its comment', () => {
    const other = indented(2, ...parent('y'));
    expectBoth(
      template(`${indented(2, ...parent('x'))}, // x\n${other}`),
      [edit, child('more', { properties: { a: 1 } })],
      template(
        `${indented(2, ...parent('x'))}, // x\n${indented(2, ...added('x/default', "[resourceId('A.B/c', 'x')]"))},\n${indented(2, ...added('x/more', "[resourceId('A.B/c', 'x')]"))},\n${other}`,
      ),
    );
  });

  it('comes behind the last one and its comment', () => {
    expectBoth(
      template(`${indented(2, ...parent('x'))} // x`),
      [edit],
      template(
        `${indented(2, ...parent('x'))}, // x\n${indented(2, ...added('x/default', "[resourceId('A.B/c', 'x')]"))}`,
      ),
    );
  });

  it('goes together with changes of its parent', () => {
    const own = (value: number): string => indented(2, ...parent('x', `  "tags": { "t": ${value} },`));
    expectBoth(
      template(own(1)),
      [edit, set('tags.t', 2)],
      template(`${own(2)},\n${indented(2, ...added('x/default', "[resourceId('A.B/c', 'x')]"))}`),
    );
  });

  it('shares lines where the resources do', () => {
    expectBoth(
      '{\n  "resources": [{\n    "type": "A.B/c",\n    "name": "x"\n  }]\n}',
      [child('d', {})],
      '{\n  "resources": [{\n    "type": "A.B/c",\n    "name": "x"\n  }, {\n    "apiVersion": "2",\n    "type": "A.B/c/d",\n    "name": "x/d",\n    "dependsOn": [\n      "[resourceId(\'A.B/c\', \'x\')]"\n    ]\n  }]\n}',
    );
  });

  it('stays on the line of a file of one line', () => {
    expectBoth(
      '{"resources":[{"name":"x","type":"A.B/c","apiVersion":"1"}]}',
      [child('d', { properties: { a: [1] } })],
      `{"resources":[{"name":"x","type":"A.B/c","apiVersion":"1"},{"name":"x/d","type":"A.B/c/d","apiVersion":"2","dependsOn":["[resourceId('A.B/c', 'x')]"],"properties":{"a":[1]}}]}`,
    );
  });

  it('repeats the condition of its parent', () => {
    const condition = `  "condition": "[parameters('q')]",`;
    expectBoth(
      template(indented(2, ...parent('x', condition))),
      [edit],
      template(
        `${indented(2, ...parent('x', condition))},\n${indented(2, ...added('x/default', "[resourceId('A.B/c', 'x')]", condition))}`,
      ),
    );
  });

  it('goes round as often as its parent, in a loop of its own', () => {
    const copy = (name: string): readonly string[] => [
      '  "copy": {',
      `    "name": "${name}",`,
      `    "count": "[length(parameters('all'))]"`,
      '  },',
    ];
    const condition = (loop: string): string => `  "condition": "[less(copyIndex('${loop}'), 2)]",`;
    const name = "[concat('x', copyIndex('loop'), copyIndex())]";
    expectBoth(
      template(indented(2, ...parent(name, condition('loop'), ...copy('loop')))),
      [edit],
      template(
        `${indented(2, ...parent(name, condition('loop'), ...copy('loop')))},\n${indented(
          2,
          ...added(
            "[concat('x', copyIndex('loopD'), copyIndex(), '/default')]",
            "[resourceId('A.B/c', concat('x', copyIndex('loopD'), copyIndex()))]",
            condition('loopD'),
            ...copy('loopD'),
          ),
        )}`,
      ),
      name,
    );
  });

  it('of a resource that is a child itself', () => {
    const name = "[concat(parameters('a'), '/', parameters('b'))]";
    const text = template(indented(2, ...parent(name)));
    const after = edited(text, [child('e', {}, 'A.B/c/d/e')], name);
    expect(after).toContain(`"name": "[concat(parameters('a'), '/', parameters('b'), '/e')]"`);
    expect(after).toContain(`"[resourceId('A.B/c/d', parameters('a'), parameters('b'))]"`);
  });

  it('of a resource that is written inside of another', () => {
    const text = template(
      indented(
        2,
        '{',
        '  "type": "A.B/c",',
        '  "apiVersion": "1",',
        `  "name": "[format('{0}-x', parameters('a'))]",`,
        '  "resources": [',
        '    { "type": "d", "apiVersion": "1", "name": "inner" }',
        '  ]',
        '}',
      ),
    );
    const after = edited(text, [child('e', {}, 'A.B/c/d/e')], 'inner');
    expect(after).toContain(`"name": "[format('{0}/{1}/{2}', concat(parameters('a'), '-x'), 'inner', 'e')]"`);
    expect(after).toContain(`"[resourceId('A.B/c/d', concat(parameters('a'), '-x'), 'inner')]"`);
    expect(after.startsWith(text.slice(0, text.lastIndexOf('    }') + 5))).toBe(true);
  });

  it.each([
    ['subscriptionDeploymentTemplate', 'subscriptionResourceId'],
    ['managementGroupDeploymentTemplate', 'managementGroupResourceId'],
    ['tenantDeploymentTemplate', 'tenantResourceId'],
  ])('of what a %s deploys', (kind, name) => {
    const text = template(indented(2, ...parent('x')), schema.replace('deploymentTemplate', kind));
    expect(edited(text, [edit])).toContain(`"[${name}('A.B/c', 'x')]"`);
  });

  it('comes into the nested template that has its parent', () => {
    const text = template(
      indented(
        2,
        '{',
        '  "type": "Microsoft.Resources/deployments",',
        '  "apiVersion": "1",',
        '  "name": "nested",',
        '  "properties": {',
        '    "template": {',
        '      "resources": [',
        ...parent('x').map((line) => `        ${line}`),
        '      ]',
        '    }',
        '  }',
        '}',
      ),
    );
    const lines = added('x/default', "[resourceId('A.B/c', 'x')]").map((line) => `        ${line}`);
    const last = indented(2, '        }');
    expectBoth(text, [edit], text.replace(`${last}\n`, `${last},\n${indented(2, ...lines)}\n`));
  });

  it('has its dependencies last where the others have them so', () => {
    const other = indented(2, '{ "type": "Z/z", "name": "z", "properties": {}, "dependsOn": [] }');
    const after = edited(template(`${other},\n${indented(2, ...parent('x'))}`), [edit]);
    expect(after.indexOf('"dependsOn": [\n')).toBeGreaterThan(after.indexOf('"a": 1'));
  });
});

describe('a child among resources with symbolic names', () => {
  const resources = (name: string, ...more: readonly string[]): string =>
    indented(2, '"sql": {', ...parent(name, ...more).slice(1));

  it('gets a name that is free', () => {
    const other = indented(2, '"sqlD": { "type": "Z/z", "apiVersion": "1", "name": "z" }');
    expectBoth(
      symbolic(`${resources("[parameters('n')]")},\n${other}`),
      [edit, edit],
      symbolic(
        `${resources("[parameters('n')]")},\n${['sqlD2', 'sqlD3']
          .map((symbol) =>
            indented(2, `"${symbol}": {`, ...added("[format('{0}/{1}', parameters('n'), 'default')]", 'sql').slice(1)),
          )
          .join(',\n')},\n${other}`,
      ),
      "[parameters('n')]",
    );
  });

  it('waits for its own turn of a loop', () => {
    const copy = ['  "copy": {', '    "name": "sql",', '    "count": 2', '  },'];
    const text = symbolic(resources("[format('x{0}', copyIndex())]", ...copy));
    const after = edited(text, [edit], "[format('x{0}', copyIndex())]");
    expect(after).toContain(`"[format('sql[{0}]', copyIndex())]"`);
    expect(after).toContain('"name": "sqlD",\n        "count": 2');
    expect(after).toContain(`"name": "[format('{0}/{1}', concat('x', copyIndex()), 'default')]"`);
  });
});

describe('what is refused', () => {
  it.each<readonly [string, string, string, PropertyEdit, string]>([
    [
      'a child inside of what is deployed on a condition',
      template('{ "type": "A.B/c", "name": "x", "condition": true, "resources": [{ "type": "d", "name": "inner" }] }'),
      'inner',
      child('e', {}, 'A.B/c/d/e'),
      'The resource is nested in one that has a condition or a loop.',
    ],
    [
      'a child of an extension resource',
      template('{ "type": "A.B/c", "name": "x", "scope": "[parameters(\'s\')]" }'),
      'x',
      edit,
      'The resource is put on another one by its scope.',
    ],
    [
      'a child of a name that cannot be taken apart',
      template('{ "type": "A.B/c/d", "name": "[parameters(\'n\')]" }'),
      "[parameters('n')]",
      child('e', {}, 'A.B/c/d/e'),
      'The name of the resource cannot be taken apart.',
    ],
    [
      'a child of a loop without a name',
      template('{ "type": "A.B/c", "name": "x", "copy": "[parameters(\'n\')]" }'),
      'x',
      edit,
      'The loop of the resource cannot be read.',
    ],
    [
      'a body that is no object',
      template('{ "type": "A.B/c", "name": "x" }'),
      'x',
      child('e', []),
      'The body of the new resource is no object.',
    ],
  ])('%s', (_title, text, name, change, reason) => {
    expect(edited(text, [change], name)).toBe(`refused: ${reason}`);
  });
});
