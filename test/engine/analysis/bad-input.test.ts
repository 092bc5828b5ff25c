// What nobody can evaluate ends in one message, and what stands beside it is judged all the same.

import { describe, expect, it } from 'vitest';
import { type templateOf, textOf } from '../languages/arm/estate-of.ts';
import { lint } from './workspace.ts';

type Files = Readonly<Record<string, string>>;

const bicepAccount = `
resource st 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'st'
  properties: { minimumTlsVersion: 'TLS1_0' }
}
`;
const terraformAccount = `
resource "azurerm_storage_account" "st" {
  name            = "st"
  min_tls_version = "TLS1_0"
}
`;
const armAccount = {
  type: 'Microsoft.Storage/storageAccounts',
  apiVersion: '2023-05-01',
  name: 'st',
  properties: { minimumTlsVersion: 'TLS1_0' },
};
const bicep = (text: string): Files => ({ 'main.bicep': text + bicepAccount });
const terraform = (text: string): Files => ({ 'main.tf': text + terraformAccount });
const arm = (parts: Omit<Parameters<typeof templateOf>[0], 'resources'>, value: string): Files => ({
  'main.json': textOf({
    ...parts,
    resources: [armAccount],
    outputs: { o: { type: 'string', value } },
  }),
});

const doublings = Array.from({ length: 30 }, (_, index) => index);
const deep = 100_000;

const cases: readonly (readonly [string, Files, string])[] = [
  [
    'variables of Bicep in a circle',
    bicep('var a = b\nvar b = a\noutput o string = a\n'),
    "'a', 'b' refer to each other",
  ],
  [
    'a function of Bicep that calls itself',
    bicep('func f(x int) int => f(x)\noutput o int = f(1)\n'),
    "'f' refers to itself",
  ],
  ['a module of Bicep that calls itself', bicep("module m 'main.bicep' = {}\n"), "'m' leads back"],
  [
    'a text of Bicep that doubles itself',
    bicep(
      `var s0 = 'abcdefghij'\n${doublings.map((each) => `var s${each + 1} = '\${s${each}}\${s${each}}'\n`).join('')}resource big 'Microsoft.Storage/storageAccounts@2023-05-01' = {\n  name: s30\n  properties: { minimumTlsVersion: 'TLS1_2' }\n}\n`,
    ),
    'a text that is too long',
  ],
  [
    'brackets of Bicep in brackets',
    bicep(`var d = ${'['.repeat(deep)}${']'.repeat(deep)}\noutput o array = d\n`),
    'nested more than',
  ],
  [
    'variables of ARM in a circle',
    arm({ variables: { a: "[variables('b')]", b: "[variables('a')]" } }, "[variables('a')]"),
    "'a', 'b' refer to each other",
  ],
  [
    'a text of ARM that doubles itself',
    arm(
      {
        variables: Object.fromEntries([
          ['s0', 'abcdefghij'],
          ...doublings.map((each) => [`s${each + 1}`, `[concat(variables('s${each}'), variables('s${each}'))]`]),
        ]),
      },
      "[variables('s30')]",
    ),
    'a text that is too long',
  ],
  ['brackets of ARM in brackets', arm({}, `[${'string('.repeat(deep)}1${')'.repeat(deep)}]`), 'nested deeper than'],
  [
    'local values of Terraform in a circle',
    terraform('locals {\n  a = local.b\n  b = local.a\n}\noutput "o" {\n  value = local.a\n}\n'),
    "'a', 'b' refer to each other",
  ],
  ['a module of Terraform that calls itself', terraform('module "m" {\n  source = "./"\n}\n'), 'calls itself'],
  [
    'a text of Terraform that doubles itself',
    terraform(
      `locals {\n  s0 = "abcdefghij"\n${doublings.map((each) => `  s${each + 1} = "\${local.s${each}}\${local.s${each}}"\n`).join('')}}\noutput "o" {\n  value = local.s30\n}\n`,
    ),
    'too long',
  ],
  [
    'brackets of Terraform in brackets',
    terraform(`locals {\n  d = ${'['.repeat(deep)}${']'.repeat(deep)}\n}\noutput "o" {\n  value = local.d\n}\n`),
    'nested too deeply',
  ],
];

describe.each(cases)('%s', (_, files, message) => {
  it('ends in one message, and the rest is judged', () => {
    const { findings, notices } = lint(files);
    expect(notices.map(({ code }) => code)).toEqual(['demarc/incomplete']);
    expect(notices[0]?.message).toContain(message);
    expect(findings.filter(({ rule }) => rule === 'storage/min-tls')).toHaveLength(1);
  });
});

it.each([
  ['main.bicep', bicepAccount.replace("'st'", "loadTextContent('/etc/passwd')")],
  ['main.bicep', bicepAccount.replace("'st'", "loadTextContent('../../../../passwd')")],
  ['main.tf', `output "o" {\n  value = file("/etc/passwd")\n}\n${terraformAccount}`],
])('a path that leaves the workspace of %s is said to', (name, text) => {
  const { findings, notices } = lint({ [name]: text });
  expect(notices.map(({ code, level }) => [code, level])).toEqual([['demarc/code', 'warning']]);
  expect(notices[0]?.message).toContain('lies outside of what is read.');
  expect(findings.filter(({ rule }) => rule === 'storage/min-tls')).toHaveLength(1);
});

it('a boolean in a text of Bicep or ARM is written as Azure writes it', () => {
  const text = (value: string): string => bicepAccount.replace("'TLS1_0'", value);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a text of Bicep.
  const files = { 'main.bicep': text("'${true}' == 'True' ? 'TLS1_0' : 'TLS1_2'") };
  expect(lint(files).findings.filter(({ rule }) => rule === 'storage/min-tls')).toHaveLength(1);
});
