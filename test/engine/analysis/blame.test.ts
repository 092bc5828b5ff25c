// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of Terraform and Bicep.
// A value that is made of what a caller passes is the caller's to mend.

import { describe, expect, it } from 'vitest';
import { templateOf, textOf } from '../languages/arm/estate-of.ts';
import { folder, lint } from './workspace.ts';

type Files = Readonly<Record<string, string>>;

/** What is found of one rule: `file: text`, then what leads there. */
function found(files: Files, rule = 'storage/min-tls'): readonly string[] {
  return lint(files)
    .findings.filter((each) => each.rule === rule)
    .map(({ place, related }) => {
      const file = place.uri.slice(folder.length);
      const ways = related.filter((each) => each.step === true).map((each) => each.message);
      return [`${file}: ${files[file]?.slice(place.start, place.end)}`, ...ways].join('; ');
    });
}

const bicep = (value: string, call: string, declarations = 'param a string\nparam b string'): Files => ({
  'main.bicep': `module m 'm.bicep' = {\n  params: { ${call} }\n}\n`,
  'm.bicep': `${declarations}
resource st 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'st'
  properties: { minimumTlsVersion: ${value} }
}
`,
});

const terraform = (value: string, call: string): Files => ({
  'main.tf': `module "m" {\n  source = "./m"\n  ${call.replaceAll(', ', '\n  ')}\n}\n`,
  'm/main.tf': `variable "a" {}
variable "b" {}
resource "azurerm_storage_account" "st" {
  name            = "st"
  min_tls_version = ${value}
}
`,
});

const arm = (value: string, parameters: Readonly<Record<string, { readonly value: string }>>): Files => ({
  'main.json': textOf({
    resources: [
      {
        type: 'Microsoft.Resources/deployments',
        apiVersion: '2022-09-01',
        name: 'm',
        properties: {
          expressionEvaluationOptions: { scope: 'inner' },
          parameters,
          template: templateOf({
            parameters: { a: { type: 'string' }, b: { type: 'string' } },
            resources: [
              {
                type: 'Microsoft.Storage/storageAccounts',
                apiVersion: '2023-05-01',
                name: 'st',
                properties: { minimumTlsVersion: value },
              },
            ],
          }),
        },
      },
    ],
  }),
});

const way = (name: string, kind: string): string =>
  `the value is made of it here; used as ${kind} '${name}' here; passed as parameter '${name}' here`;

describe('a value that is made of', () => {
  it('one that the caller passes is blamed on the caller', () => {
    expect(found(bicep("'${a}_0'", "a: 'TLS1', b: ''"))).toEqual([`main.bicep: 'TLS1'; ${way('a', 'parameter')}`]);
    expect(found(bicep("replace(a, 'X', 'TLS1_0')", "a: 'X', b: ''"))).toEqual([
      `main.bicep: 'X'; ${way('a', 'parameter')}`,
    ]);
    expect(found(terraform('"${var.a}_0"', 'a = "TLS1", b = ""'))).toEqual([
      `main.tf: "TLS1"; ${way('a', 'parameter')}`,
    ]);
    expect(found(terraform('replace(var.a, "X", "TLS1_0")', 'a = "X", b = ""'))).toEqual([
      `main.tf: "X"; ${way('a', 'parameter')}`,
    ]);
    expect(found(arm("[concat(parameters('a'), '_0')]", { a: { value: 'TLS1' }, b: { value: '' } }))).toEqual([
      `main.json: "TLS1"; ${way('a', 'parameter')}`,
    ]);
    expect(found(arm("[format('{0}_0', parameters('a'))]", { a: { value: 'TLS1' }, b: { value: '' } }))).toEqual([
      `main.json: "TLS1"; ${way('a', 'parameter')}`,
    ]);
  });

  it('several that the caller passes is blamed on what makes it', () => {
    expect(found(bicep("'${a}_${b}'", "a: 'TLS1', b: '0'"))).toEqual(["m.bicep: '${a}_${b}'"]);
    expect(found(terraform('"${var.a}_${var.b}"', 'a = "TLS1", b = "0"'))).toEqual(['m/main.tf: "${var.a}_${var.b}"']);
    const both = "[concat(parameters('a'), '_', parameters('b'))]";
    expect(found(arm(both, { a: { value: 'TLS1' }, b: { value: '0' } }))).toEqual([`main.json: "${both}"`]);
  });

  it('none that a caller passes is blamed on what makes it', () => {
    const defaults = "param a string = 'TLS1'\nparam b string = ''";
    expect(found(bicep("'${a}_0'", '', defaults))).toEqual(["m.bicep: '${a}_0'"]);
  });

  it('nothing else but a choice stays where the alternatives are written', () => {
    expect(found(bicep("a == 'x' ? 'TLS1_0' : 'TLS1_2'", "a: 'x', b: ''"))).toEqual(["m.bicep: 'TLS1_0'"]);
    expect(found(terraform('var.a == "x" ? "TLS1_0" : "TLS1_2"', 'a = "x", b = ""'))).toEqual(['m/main.tf: "TLS1_0"']);
  });

  it('what two calls pass is found at each that is wrong', () => {
    const files = bicep("'${a}_${b}'", "a: 'TLS1', b: '0'");
    const calls = ["'2'", "'1'"].map((a, index) => `module m${index} 'm.bicep' = {\n  params: { a: ${a} }\n}\n`);
    const declared = files['m.bicep']?.replace('\nparam b string', '').replace('${a}_${b}', 'TLS1_${a}') ?? '';
    expect(found({ 'main.bicep': calls.join(''), 'm.bicep': declared })).toEqual([
      `main.bicep: '1'; ${way('a', 'parameter')}`,
    ]);
  });

  it('the negation of what is passed is blamed on the caller', () => {
    const value = `'TLS1_2', supportsHttpsTrafficOnly: !c`;
    const files = bicep(value, 'c: true', 'param c bool');
    expect(found(files, 'storage/secure-transfer')).toEqual([`main.bicep: true; ${way('c', 'parameter')}`]);
  });

  it('is not mended by replacing what it is made of', () => {
    const files = bicep("'${a}_0'", "a: 'TLS1', b: ''");
    const { findings, fixesOf } = lint(files);
    const [finding] = findings.filter((each) => each.rule === 'storage/min-tls');
    const plans = finding === undefined ? [] : fixesOf(finding);
    expect(plans).toHaveLength(1);
    for (const plan of plans) expect(plan.source).toBeUndefined();
  });

  it('a role that a caller names is blamed on the caller', () => {
    const files = {
      'main.bicep': `targetScope = 'subscription'\nmodule m 'm.bicep' = {\n  params: { role: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635' }\n}\n`,
      'm.bicep': `targetScope = 'subscription'
param role string
resource grant 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(role)
  properties: {
    principalId: '00000000-0000-0000-0000-000000000001'
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
  }
}
`,
    };
    const places = lint(files)
      .findings.filter((each) => each.rule === 'rbac/no-owner-assignment-at-subscription')
      .map(({ place }) => files[place.uri.slice(folder.length) as keyof typeof files]?.slice(place.start, place.end));
    expect(places.length).toBeGreaterThan(0);
    expect(new Set(places)).toEqual(new Set([`'8e3af657-a8ff-443c-a75c-2fe8c4bcb635'`]));
  });
});
