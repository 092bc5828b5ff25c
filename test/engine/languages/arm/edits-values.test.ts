import { describe, expect, it } from 'vitest';
import type { EditResult } from '../../../../engine/estate/property-edit.ts';
import type { Data } from '../../../../engine/functions/data.ts';
import { editArmValue } from '../../../../engine/languages/arm/edits.ts';
import { applyEdits } from '../../../../engine/text/edit.ts';

const schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';
const uri = 'file:///w/main.json';

/** Replaces the text between two `~`. */
function run(marked: string, data: Data): EditResult {
  const start = marked.indexOf('~');
  const end = marked.lastIndexOf('~') - 1;
  const text = marked.replaceAll('~', '');
  return editArmValue(
    { uri, start, end },
    { kind: 'data', data },
    (asked) => (asked === uri ? text : undefined),
    (ask) => ask.example,
  );
}

function edited(marked: string, data: Data): string {
  const result = run(marked, data);
  if (result.kind === 'refused') return `refused: ${result.reason}`;
  return applyEdits(marked.replaceAll('~', ''), result.files[0]?.edits ?? []);
}

const template = (members: string): string => `{\n  "$schema": "${schema}",\n  ${members}\n}\n`;
const inExpression = (expression: string): string => template(`"variables": { "v": "[${expression}]" }`);

describe('a value where it is written', () => {
  it.each<readonly [title: string, marked: string, data: Data, after: string]>([
    [
      'a default',
      template('"parameters": { "p": { "type": "bool", "defaultValue": ~false~ } }'),
      true,
      template('"parameters": { "p": { "type": "bool", "defaultValue": true } }'),
    ],
    [
      'a default that becomes a text in square brackets',
      template('"parameters": {\n    "p": {\n      "defaultValue": ~"x"~\n    }\n  }'),
      '[x]',
      template('"parameters": {\n    "p": {\n      "defaultValue": "[[x]"\n    }\n  }'),
    ],
    [
      'a whole expression',
      inExpression("if(true(), 'TLS1_0', 'TLS1_2')").replace('"[if', '~"[if').replace(']" }', ']"~ }'),
      'TLS1_2',
      template('"variables": { "v": "TLS1_2" }'),
    ],
    [
      'a list, over as many lines as before',
      template('"variables": {\n    "v": ~[\n      "a"\n    ]~\n  }'),
      ['b', 'c'],
      template('"variables": {\n    "v": [\n      "b",\n      "c"\n    ]\n  }'),
    ],
    [
      'a value of a parameter file, which has no expressions',
      '{\r\n\t"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",\r\n\t"parameters": {\r\n\t\t"p": { "value": ~"x"~ }\r\n\t}\r\n}',
      '[y]',
      '{\r\n\t"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",\r\n\t"parameters": {\r\n\t\t"p": { "value": "[y]" }\r\n\t}\r\n}',
    ],
    [
      'an object of a parameter file',
      '{\n  "contentVersion": "1.0.0.0",\n  "parameters": {\n    "p": {\n      "value": ~null~\n    }\n  }\n}\n',
      { a: 1 },
      '{\n  "contentVersion": "1.0.0.0",\n  "parameters": {\n    "p": {\n      "value": {\n        "a": 1\n      }\n    }\n  }\n}\n',
    ],
    ['a value of any JSON', '{ "a": [1, ~2~] }', 3, '{ "a": [1, 3] }'],
    [
      'a text in an expression',
      inExpression("if(parameters('p'), ~'TLS1_0'~, 'TLS1_2')"),
      'TLS1_2',
      inExpression("if(parameters('p'), 'TLS1_2', 'TLS1_2')"),
    ],
    [
      'quotes of both languages in an expression',
      inExpression("concat(~'a'~, 'b')"),
      `it's "so" \\`,
      inExpression(`concat('it''s \\"so\\" \\\\', 'b')`),
    ],
    [
      'what follows escapes in an expression',
      inExpression(`concat('\\"\\u0041\\n', ~'a'~)`),
      'b',
      inExpression(`concat('\\"\\u0041\\n', 'b')`),
    ],
    ['a call for a boolean', inExpression('if(~false()~, 1, 2)'), true, inExpression('if(true(), 1, 2)')],
    ['a word for a boolean', inExpression('and(~false~, true)'), true, inExpression('and(true, true)')],
    ['a number in an expression', inExpression('max(~7~, 3)'), 90, inExpression('max(90, 3)')],
    ['a fraction in an expression', inExpression('max(~7~, 3)'), 0.5, inExpression("max(json('0.5'), 3)")],
    ['null in an expression', inExpression("coalesce(~'x'~, 3)"), null, inExpression('coalesce(null(), 3)')],
    [
      'a list and an object in an expression',
      inExpression("union(~variables('w')~, createObject())"),
      { a: ['[x]', true] },
      inExpression("union(createObject('a', createArray('[x]', true())), createObject())"),
    ],
  ])('%s', (_title, marked, data, after) => {
    expect(edited(marked, data)).toBe(after);
  });

  it.each([
    [inExpression("concat(~'a'~, 'b')"), 'a'],
    [inExpression('if(~TRUE()~, 1, 2)'), true],
    [inExpression('max(~7~, 3)'), 7],
    [template('"variables": { "v": ~"[[x]"~ }'), '[x]'],
    ['{ "a": ~{ "b": [1, null] }~ }', { b: [1, null] }],
  ])('leaves what is right: %s', (marked, data) => {
    expect(run(marked, data)).toEqual({ kind: 'edits', files: [] });
  });
});

describe('what is refused', () => {
  const parameter = (more: string): string =>
    template(`"parameters": { "p": { "type": "string", "DefaultValue": ~"ab"~, ${more} } }`);

  it.each<readonly [title: string, marked: string, data: Data, reason: string]>([
    [
      'a default that is not among the allowed values',
      parameter('"allowedValues": ["ab", "cd"]'),
      'ef',
      'The allowed values of the parameter do not include the new one.',
    ],
    [
      'a default that is too short',
      parameter('"minLength": 2'),
      'a',
      'The new value is beyond the bounds of the parameter.',
    ],
    [
      'a default that is too long',
      parameter('"maxLength": 2'),
      'abc',
      'The new value is beyond the bounds of the parameter.',
    ],
    [
      'a number that is too small',
      parameter('"minValue": 7'),
      6,
      'The new value is beyond the bounds of the parameter.',
    ],
    ['a part of a text', template('"variables": { "v": "x~y~" }'), 'z', 'The value is not where it was.'],
    ['a part of a call', inExpression("con~cat~('a')"), 'z', 'The value is not where it was.'],
    [
      'a value with a syntax error',
      '{ "a": ~tru~ }',
      true,
      "There is a syntax error here: Expected a value, found 'tru'. Text has to be in double quotes.",
    ],
  ])('%s', (_title, marked, data, reason) => {
    expect(edited(marked, data)).toBe(`refused: ${reason}`);
  });

  it('a default that is allowed is taken', () => {
    expect(edited(parameter('"allowedValues": ["ab", "cd"], "minLength": 2, "maxLength": 2'), 'cd')).toContain(
      '"cd", "allowed',
    );
  });

  it('a file that is gone', () => {
    const result = editArmValue(
      { uri, start: 0, end: 1 },
      { kind: 'data', data: 1 },
      () => undefined,
      () => 1,
    );
    expect(result).toEqual({ kind: 'refused', reason: 'The file cannot be read.' });
  });
});
