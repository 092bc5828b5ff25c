// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of Terraform.
// ARM templates that are written into other languages, or loaded by them.

import { describe, expect, it } from 'vitest';
import { folder, lint } from './workspace.ts';

const tls = 'storage/min-tls';

/** What is found of one rule, and what is noticed: `file: text`. */
function found(files: Readonly<Record<string, string>>, rule = tls): readonly string[] {
  const { findings, notices } = lint(files);
  const at = ({ uri, start, end }: { uri: string; start: number; end: number }): string => {
    const file = uri.slice(folder.length);
    return `${file}: ${files[file]?.slice(start, end)}`;
  };
  return [
    ...findings.filter((each) => each.rule === rule).map(({ place }) => at(place)),
    ...notices.map(({ code, place, message }) => `${code} ${at(place)}: ${message}`),
  ];
}

const schema = 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#';
const template = (minimum: string): string =>
  JSON.stringify({
    $schema: schema,
    contentVersion: '1.0.0.0',
    parameters: { tls: { type: 'string', defaultValue: 'TLS1_0' } },
    resources: [
      {
        type: 'Microsoft.Storage/storageAccounts',
        apiVersion: '2023-05-01',
        name: 'st',
        properties: { minimumTlsVersion: minimum },
      },
    ],
  });

const deployment = (template: string, more = ''): string => `
param tls string = 'TLS1_1'
resource d 'Microsoft.Resources/deployments@2022-09-01' = {
  name: 'd'
  properties: {
    mode: 'Incremental'
    ${more}
    template: ${template}
  }
}
`;

const literal = (minimum: string): string => `{
      '$schema': '${schema}'
      contentVersion: '1.0.0.0'
      parameters: { tls: { type: 'string', defaultValue: 'TLS1_0' } }
      resources: [
        {
          type: 'Microsoft.Storage/storageAccounts'
          apiVersion: '2023-05-01'
          name: 'st'
          properties: { minimumTlsVersion: ${minimum} }
        }
      ]
    }`;

describe('a template that is written into a Bicep deployment', () => {
  it.each([
    ['its own value', literal(`'TLS1_0'`), '', [`main.bicep: 'TLS1_0'`]],
    ['a value of the Bicep file', literal('tls'), '', [`main.bicep: 'TLS1_1'`]],
    ['a default of its own', literal(`'[parameters(\\'tls\\')]'`), '', [`main.bicep: 'TLS1_0'`]],
    [
      'what its deployment passes',
      literal(`'[parameters(\\'tls\\')]'`),
      `parameters: { tls: { value: 'TLS1_2' } }`,
      [],
    ],
    ['a secret of a vault', literal(`'[parameters(\\'tls\\')]'`), 'parameters: { tls: { reference: {} } }', []],
    ['null, for which Azure has a default', literal('null'), '', ['main.bicep: null']],
  ])('is judged by %s', (_, written, more, expected) => {
    expect(found({ 'main.bicep': deployment(written, more) })).toEqual(expected);
  });

  it('brings what is nested in it', () => {
    const inner = literal(`'TLS1_0'`).replaceAll('\n', '\n    ');
    const outer = `{
      contentVersion: '1.0.0.0'
      resources: [
        {
          type: 'Microsoft.Resources/deployments'
          apiVersion: '2022-09-01'
          name: 'inner'
          properties: { mode: 'Incremental', template: ${inner} }
        }
      ]
    }`;
    expect(found({ 'main.bicep': deployment(outer) })).toEqual([`main.bicep: 'TLS1_0'`]);
  });

  it('brings what is missing at the type of its resource', () => {
    const bare = literal(`'TLS1_2'`).replace(`minimumTlsVersion: 'TLS1_2'`, '').replace('2023-05-01', '2018-07-01');
    expect(found({ 'main.bicep': deployment(bare) }, 'storage/secure-transfer')).toEqual([
      `main.bicep: 'Microsoft.Storage/storageAccounts'`,
    ]);
  });

  it('is not deployed where its deployment is not', () => {
    const text = deployment(literal(`'TLS1_0'`)).replace(`' = {`, `' = if (false) {`);
    expect(found({ 'main.bicep': text })).toEqual([]);
  });

  it('has no fix, and is suppressed as Bicep is', () => {
    const files = { 'main.bicep': deployment(literal(`'TLS1_0'`)) };
    const { findings, fixesOf } = lint(files);
    const [finding] = findings.filter(({ rule }) => rule === tls);
    expect(finding).toBeDefined();
    for (const plan of finding === undefined ? [] : fixesOf(finding)) expect(plan.source).toBeUndefined();
    const ignored = deployment(literal(`'TLS1_0'`)).replace(
      '          properties: {',
      '          // demarc:ignore storage/min-tls -- old meters\n          properties: {',
    );
    expect(found({ 'main.bicep': ignored })).toEqual([]);
  });
});

describe('a template that Bicep loads', () => {
  it.each(['loadJsonContent', 'json(loadTextContent'])('with %s is judged in its file, once', (loaded) => {
    const call = `${loaded}('t.json')${loaded.includes('(') ? ')' : ''}`;
    for (const main of [deployment(call), `var t = ${call}\n${deployment('t')}`]) {
      expect(found({ 'main.bicep': main, 't.json': template('TLS1_0') })).toEqual([`t.json: "TLS1_0"`]);
      expect(found({ 'main.bicep': main, 't.json': template("[parameters('tls')]") })).toEqual([`t.json: "TLS1_0"`]);
    }
    const given = deployment(call, `parameters: { tls: { value: 'TLS1_2' } }`);
    expect(found({ 'main.bicep': given, 't.json': template("[parameters('tls')]") })).toEqual([]);
    const bad = deployment(call, `parameters: { tls: { value: tls } }`);
    expect(found({ 'main.bicep': bad, 't.json': template("[parameters('tls')]") })).toEqual([`main.bicep: 'TLS1_1'`]);
  });

  it('says what cannot be had', () => {
    expect(found({ 'main.bicep': deployment(`loadJsonContent('none.json')`) })).toEqual([
      "demarc/module main.bicep: 'Microsoft.Resources/deployments@2022-09-01': What the deployment 'd' deploys is not known: the file that loadJsonContent() reads is not there.",
    ]);
  });
});

const rendered = '${minimum}';
const terraform = (content: string, more = ''): string => `
variable "tls" {
  default = "TLS1_1"
}
resource "azurerm_resource_group_template_deployment" "t" {
  name                = "t"
  resource_group_name = "rg"
  deployment_mode     = "Incremental"
  template_content    = ${content}
  ${more}
}
`;
const json = (minimum: string): string => `{
  "contentVersion": "1.0.0.0",
  "parameters": { "tls": { "type": "string", "defaultValue": "TLS1_0" } },
  "resources": [
    {
      "type": "Microsoft.Storage/storageAccounts",
      "apiVersion": "2023-05-01",
      "name": "st",
      "properties": { "minimumTlsVersion": ${minimum}, "supportsHttpsTrafficOnly": \${true} }
    }
  ]
}`;
const hcl = (minimum: string): string =>
  `jsonencode({
    contentVersion = "1.0.0.0"
    parameters     = { tls = { type = "string", defaultValue = "TLS1_0" } }
    resources = [{
      type       = "Microsoft.Storage/storageAccounts"
      apiVersion = "2023-05-01"
      name       = "st"
      properties = { minimumTlsVersion = ${minimum} }
    }]
  })`;

describe('a template that is written into a Terraform deployment', () => {
  it.each([
    ['a heredoc', `<<JSON\n${json('"TLS1_0"')}\nJSON\n`, '"TLS1_0"'],
    ['a flush heredoc', `<<-JSON\n${json('"TLS1_0"').replaceAll('\n', '\n    ')}\n    JSON\n`, '"TLS1_0"'],
    ['a variable in it', `<<JSON\n${json('"${var.tls}"')}\nJSON\n`, '"TLS1_1"'],
    ['an encoded variable in it', `<<JSON\n${json('${jsonencode(var.tls)}')}\nJSON\n`, '${jsonencode(var.tls)}'],
    ['a text in it', `<<JSON\n${json('"TLS${"1"}_0"')}\nJSON\n`, '"TLS${"1"}_0"'],
    ['a parameter of it', `<<JSON\n${json(`"[parameters('tls')]"`)}\nJSON\n`, '"TLS1_0"'],
    ['an object', hcl('"TLS1_0"'), '"TLS1_0"'],
    ['a variable in an object', hcl('var.tls'), '"TLS1_1"'],
    ['a parameter of an object', hcl(`"[parameters('tls')]"`), '"TLS1_0"'],
  ])('as %s is judged', (_, content, at) => {
    expect(found({ 'main.tf': terraform(content) })).toEqual([`main.tf: ${at}`]);
  });

  it.each([
    ['as an object', 'parameters_content = jsonencode({ tls = { value = "TLS1_1" } })'],
    ['as a text', 'parameters_content = <<JSON\n{ "tls": { "value": "TLS1_1" } }\nJSON\n'],
  ])('takes parameters %s', (_, given) => {
    const content = `<<JSON\n${json(`"[parameters('tls')]"`)}\nJSON\n`;
    expect(found({ 'main.tf': terraform(content, given) })).toEqual(['main.tf: "TLS1_1"']);
    expect(found({ 'main.tf': terraform(content, given.replace('TLS1_1', 'TLS1_2')) })).toEqual([]);
    const vault = given.replace('"TLS1_1"', 'null').replace(/value"?/, 'reference');
    expect(found({ 'main.tf': terraform(content, vault) })).not.toContain('main.tf: "TLS1_1"');
  });

  it('that is read from a template file is judged there', () => {
    const main = terraform('templatefile("t.tftpl", { minimum = "TLS1_0" })');
    expect(found({ 'main.tf': main, 't.tftpl': json('"TLS1_0"') })).toEqual(['t.tftpl: "TLS1_0"']);
    expect(found({ 'main.tf': main, 't.tftpl': json(`"${rendered}"`) })).toEqual(['main.tf: "TLS1_0"']);
  });

  it('by way of a local is judged at the text', () => {
    const main = `locals {\n  t = file("t.json")\n}\n${terraform('local.t')}`;
    expect(found({ 'main.tf': main, 't.json': template('TLS1_0') })[0]).toBe('main.tf: file("t.json")');
  });

  it('says what cannot be had', () => {
    expect(found({ 'main.tf': terraform('var.none') })).toEqual([
      'demarc/module main.tf: resource "azurerm_resource_group_template_deployment" "t": What azurerm_resource_group_template_deployment.t deploys is not known: there is no variable \'none\'.',
    ]);
    expect(found({ 'main.tf': terraform('file("none.json")') })).toEqual([
      `demarc/module main.tf: "none.json": The template 'none.json' is not on this machine, or not in the workspace.`,
    ]);
    expect(found({ 'main.tf': terraform('"{"') })).toEqual([
      'demarc/module main.tf: resource "azurerm_resource_group_template_deployment" "t": What azurerm_resource_group_template_deployment.t deploys is no JSON that can be read.',
    ]);
  });
});

describe('a module that is not there', () => {
  it.each([
    ['main.bicep', `module m './none.bicep' = {\n  name: 'm'\n}\n`],
    ['main.tf', `module "m" {\n  source = "./none"\n}\n`],
  ])('is said to be missing once in %s', (name, text) => {
    expect(lint({ [name]: text }).notices.map(({ code }) => code)).toEqual(['demarc/incomplete']);
  });
});
