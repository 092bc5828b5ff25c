import { describe, expect, it } from 'vitest';
import { configure, folder, textAt } from './files.ts';

/** The problems of one configuration file as `text at fault: message`. */
function problemsOf(text: string, others: Readonly<Record<string, string>> = {}): readonly string[] {
  const files = { ...others, 'demarc.yaml': text };
  const configuration = configure(files);
  configuration.forFile(`${folder}main.bicep`);
  return configuration.problems.map(({ place, message }) => `${textAt(files, place)}: ${message}`);
}

describe('a configuration file', () => {
  it('may be empty or say everything at once', () => {
    expect(problemsOf('')).toEqual([]);
    expect(problemsOf('# nothing yet\n')).toEqual([]);
    const text = `
inherit: false
profile: strict
fail-on: none
extends: ./base.yaml
rules:
  storage/min-tls: { severity: critical, options: { oldest: TLS1_3, ports: [] } }
  storage/secure-transfer: off
  CKV_AZURE_44: low
classification:
  tag: data
  classes:
    public:
    internal: {}
    confidential:
      values: [confidential, secret]
      profile: strict
      requires: [encryption, CKV_AZURE_3]
      rules: { storage/min-tls: critical, CKV_AZURE_44: off }
provided-elsewhere: [logging, sql/min-tls, CKV_AZURE_3]
include: infra
exclude: ['**/test', old]
overrides:
  - paths: infra/dev
    profile: recommended
    rules: { storage/min-tls: medium }
parameter-files:
  main.bicep: [dev.bicepparam, prod.bicepparam]
roots:
  infra:
    dev: dev.tfvars
    prod: [common.tfvars, prod.tfvars]
`;
    const others = ['base.yaml', 'main.bicep', 'dev.bicepparam', 'prod.bicepparam', 'infra/main.tf'];
    const variables = ['dev.tfvars', 'common.tfvars', 'prod.tfvars'];
    expect(problemsOf(text, Object.fromEntries([...others, ...variables].map((name) => [name, ''])))).toEqual([]);
  });

  it.each([
    ['classification: [a]', "classification: 'classification' must be a map"],
    ['classification: { tags: a }', "tags: A classification has no key 'tags'. Did you mean 'tag'?"],
    ['classification: { tag: 3 }', '3: The tag must be a text, not a number.'],
    ['classification: { classes: [a] }', "classes: 'classes' must be a map"],
    ['classification: { classes: { a: high } }', "high: The class 'a' must be a map"],
    ['classification: { classes: { a: { value: x } } }', "value: A class has no key 'value'. Did you mean 'values'?"],
    ['classification: { classes: { a: { profile: stict } } }', "stict: A profile cannot be 'stict'"],
    [
      'classification: { classes: { a: { requires: [encrytion] } } }',
      "encrytion: There is no concern and no rule 'encrytion'. Did you mean 'encryption'?",
    ],
    [
      'classification: { classes: { a: { rules: { storage/min-tsl: high } } } }',
      "storage/min-tsl: There is no rule 'storage/min-tsl'. Did you mean 'storage/min-tls'?",
    ],
    ['classification: { classes: { a: { rules: { sql/min-tls: hihg } } } }', 'hihg: What a rule is set to for a class'],
    ['classification: { classes: { a: { values: [x] }, b: { values: [y, X] } } }', "X: 'X' means class 'a' already."],
    ['classification: { classes: { a: { values: b }, b: } }', "b: 'b' means class 'a' already."],
    ['profil: strict', "profil: A configuration has no key 'profil'. Did you mean 'profile'?"],
    ['profile: strictt', "strictt: A profile cannot be 'strictt'; it is one of recommended, strict, all. Did you mean"],
    ['fail-on: severe', "severe: 'fail-on' cannot be 'severe'"],
    ['inherit: maybe', "maybe: 'inherit' must be true or false"],
    [
      'rules:\n  storage/min-tsl: off',
      "storage/min-tsl: There is no rule 'storage/min-tsl'. Did you mean 'storage/min-tls'?",
    ],
    ['rules: { CKV_AZURE_4: off }', "CKV_AZURE_4: There is no rule 'CKV_AZURE_4'."],
    ['rules: { storage/min-tls: hihg }', "hihg: What a rule is set to cannot be 'hihg'; it is one of off, critical"],
    ['rules: { storage/min-tls: true }', 'true: What a rule is set to must be a text, not a boolean.'],
    [
      'rules: { storage/min-tls: { serverity: low } }',
      "serverity: The setting of a rule has no key 'serverity'. Did you mean",
    ],
    ['rules: { storage/min-tls: { options: { old: 1 } } }', "old: The rule 'storage/min-tls' has no option 'old'."],
    [
      'rules: { storage/secure-transfer: { options: { a: 1 } } }',
      "a: The rule 'storage/secure-transfer' has no options.",
    ],
    [
      'rules: { storage/min-tls: { options: { oldest: 3 } } }',
      "3: The option 'oldest' must be a string, not a number.",
    ],
    [
      'rules: { storage/min-tls: { options: { ports: [a] } } }',
      "ports: The option 'ports' is a list in which every item is a number",
    ],
    ['rules: [storage/min-tls]', "rules: 'rules' must be a map, not an array."],
    ['provided-elsewhere: [loging]', "loging: There is no concern and no rule 'loging'. Did you mean 'logging'?"],
    ['exclude: "!a"', '"!a": A pattern cannot begin'],
    ['overrides: [{ profile: strict }]', '{ profile: strict }: An override needs '],
    ['overrides: [{ paths: a, extends: b }]', "extends: An override has no key 'extends'."],
    ['parameter-files: { main.bicep: gone.bicepparam }', "gone.bicepparam: There is no file 'gone.bicepparam'."],
    ['parameter-files: { gone.bicep: dev.bicepparam }', "gone.bicep: There is no file 'gone.bicep'."],
    ['parameter-files: { ../main.bicep: dev.bicepparam }', "../main.bicep: There is no file '../main.bicep'."],
    ['roots: { gone: { dev: dev.bicepparam } }', "gone: There is no folder 'gone'."],
    ['roots: { infra: dev.bicepparam }', "dev.bicepparam: The sets of variable files of 'infra' must be a map"],
    ['extends: ./gone.yaml', "./gone.yaml: There is no file './gone.yaml'."],
    ['extends: base.yaml', "base.yaml: There is no package 'base.yaml'. If a file is meant, write './base.yaml'."],
    ["extends: '@contoso/demarc'", "'@contoso/demarc': There is no node_modules/@contoso/demarc/demarc.yaml here or"],
    ['extends: /etc/demarc.yaml', '/etc/demarc.yaml: '],
    ['profile: strict\nprofile: all', 'p: This is not YAML: Map keys must be unique'],
    ['rules: {', 'This is not YAML'],
    ['- a', 'A configuration must be a map'],
    ['a: &a [*a]', ''],
  ])('%s is a problem with its place', (text, expected) => {
    const problems = problemsOf(text, { 'main.bicep': '', 'dev.bicepparam': '', 'infra/main.tf': '' });
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]).toContain(expected);
  });

  it('keeps what it understands beside what it does not', () => {
    const configuration = configure({
      'demarc.yaml': 'profile: strict\nrules: { nothing: off, storage/min-tls: low }\n',
    });
    const effective = configuration.forFile(`${folder}a.tf`);
    expect(effective.profile.value).toBe('strict');
    expect(effective.rules.get('storage/min-tls')?.severity?.value).toBe('low');
  });

  it('ends for what is nested or repeated without end', () => {
    const deep = `rules: ${'['.repeat(100_000)}`;
    expect(problemsOf(deep).length).toBeLessThanOrEqual(5);
    const wide = ['a: &a [x,x,x,x,x,x,x,x,x,x]'];
    for (const [name, before] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf'].map((each) => [...each]))
      wide.push(`${name}: &${name} [${Array.from({ length: 10 }, () => `*${before}`).join(', ')}]`);
    expect(problemsOf(wide.join('\n'))).toEqual([expect.stringContaining('too large')]);
  });
});
