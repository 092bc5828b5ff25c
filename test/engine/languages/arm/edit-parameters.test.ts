import { describe, expect, it } from 'vitest';
import { handInArm } from '../../../../engine/languages/arm/edit-parameters.ts';
import { applyEdits } from '../../../../engine/text/edit.ts';

const uri = 'file:///w/azuredeploy.json';

function handedIn(text: string, written = '"Sommer2024!"'): string {
  const start = text.indexOf(written);
  const result = handInArm({ uri, start, end: start + written.length }, () => text);
  return result.kind === 'refused'
    ? result.reason
    : result.files.reduce((current, { edits }) => applyEdits(current, edits), text);
}

const head =
  '"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",\n  "contentVersion": "1.0.0.0"';

const template = (parameters: string, password: string): string =>
  `{\n  ${head},\n  "parameters": ${parameters},\n  "resources": [\n    {\n      "type": "Microsoft.Sql/servers",\n      "properties": { "administratorLoginPassword": ${password} }\n    }\n  ]\n}\n`;

describe('handing in a secret of a template', () => {
  it('takes the default from a parameter and makes it secure', () => {
    const use = `"[parameters('password')]"`;
    const bad =
      '{\n    "password": {\n      "type": "string",\n      "defaultValue": "Sommer2024!",\n      "metadata": { "description": "x" }\n    }\n  }';
    const good =
      '{\n    "password": {\n      "type": "securestring",\n      "metadata": { "description": "x" }\n    }\n  }';
    expect(handedIn(template(bad, use))).toBe(template(good, use));
  });

  it('declares a parameter behind the others', () => {
    const bad = '{\n    "location": { "type": "string" }\n  }';
    const good =
      '{\n    "location": { "type": "string" },\n    "administratorLoginPassword": {\n      "type": "securestring"\n    }\n  }';
    expect(handedIn(template(bad, '"Sommer2024!"'))).toBe(
      template(good, `"[parameters('administratorLoginPassword')]"`),
    );
  });

  it('declares the first parameter', () => {
    const good = '{\n    "administratorLoginPassword": {\n      "type": "securestring"\n    }\n  }';
    expect(handedIn(template('{}', '"Sommer2024!"'))).toBe(
      template(good, `"[parameters('administratorLoginPassword')]"`),
    );
  });

  it('writes over a part of an expression', () => {
    const bad = template('{}', `"[if(true(), 'Sommer2024!', null())]"`);
    expect(handedIn(bad, "'Sommer2024!'")).toContain(
      `"[if(true(), parameters('administratorLoginPassword'), null())]"`,
    );
  });

  it('hands it on to a template that is evaluated by itself', () => {
    const nested = (outer: string, deployment: string, inner: string, password: string): string =>
      `{\n  ${head},\n  "parameters": ${outer},\n  "resources": [\n    {\n      "type": "Microsoft.Resources/deployments",\n      "properties": {\n        "expressionEvaluationOptions": { "scope": "inner" },\n        "parameters": ${deployment},\n        "template": { ${head}, "parameters": ${inner}, "resources": [{ "properties": { "password": ${password} } }] }\n      }\n    }\n  ]\n}\n`;
    expect(handedIn(nested('{}', '{}', '{ "a": { "type": "int" } }', '"Sommer2024!"'))).toBe(
      nested(
        '{\n    "password": {\n      "type": "securestring"\n    }\n  }',
        `{\n          "password": {\n            "value": "[parameters('password')]"\n          }\n        }`,
        '{ "a": { "type": "int" }, "password": { "type": "securestring" } }',
        `"[parameters('password')]"`,
      ),
    );
  });

  it('is refused for a parameter that has no secure kind, and outside of templates', () => {
    const bad = '{ "pin": { "type": "int", "defaultValue": 4711 } }';
    expect(handedIn(template(bad, `"[parameters('pin')]"`), '4711')).toBe('There is no secure parameter of this type.');
    expect(handedIn('{ "password": "Sommer2024!" }')).toBe('This is no template.');
  });
});
