import { describe, expect, it } from 'vitest';
import type { LintResult } from '../../../engine/analysis/analysis.ts';
import { resourceCards } from '../../../engine/analysis/resource-card.ts';
import { Configurations } from '../../../engine/configuration/configurations.ts';
import { configurationReader } from '../../../engine/configuration/read.ts';
import type { Finding } from '../../../engine/findings/finding.ts';
import { printResourceCard } from '../../../report/cards.ts';
import { compiled } from '../../rules/judge.ts';
import { folder, lint, newAnalysis, snapshotOf } from './workspace.ts';

const classes = `classification:
  tag: data
  classes:
    public: { rules: { storage/firewall-default-deny: off } }
    internal:
    confidential:
      values: [Confidential, secret]
      rules: { storage/infrastructure-encryption: critical }
`;

function judge(
  files: Readonly<Record<string, string>>,
  configuration = classes,
  rest: Parameters<typeof lint>[1] = {},
): LintResult {
  const analysis = newAnalysis();
  const snapshot = snapshotOf({ ...files, 'demarc.yaml': configuration });
  const read = configurationReader(analysis.ruleNames);
  const configured = new Configurations(snapshot, read);
  const result = lint(files, {
    analysis,
    snapshot,
    configuration: configured,
    profile: undefined,
    linted: Object.keys(files),
    ...rest,
  });
  expect(configured.problems).toEqual([]);
  return result;
}

const account = (tags: string): string => `resource a 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'a'
  location: 'westeurope'
  ${tags}
  kind: 'StorageV2'
  properties: { encryption: { requireInfrastructureEncryption: false } }
}
`;

const template = (tags: object | undefined): string =>
  JSON.stringify({
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    contentVersion: '1.0.0.0',
    resources: [
      {
        type: 'Microsoft.Storage/storageAccounts',
        apiVersion: '2023-05-01',
        name: 'a',
        ...(tags === undefined ? {} : { tags }),
        properties: { encryption: { requireInfrastructureEncryption: false } },
      },
    ],
  });

const azurerm = (tags: string): string => `resource "azurerm_storage_account" "a" {
  name                              = "a"
  resource_group_name               = "g"
  location                          = "westeurope"
  account_tier                      = "Standard"
  account_replication_type          = "ZRS"
  infrastructure_encryption_enabled = false
  ${tags}
}
`;

const azapi = (tags: string): string => `resource "azapi_resource" "a" {
  type      = "Microsoft.Storage/storageAccounts@2023-05-01"
  name      = "a"
  parent_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/g"
  ${tags}
  body = { properties = { encryption = { requireInfrastructureEncryption = false } } }
}
`;

const strict = 'storage/infrastructure-encryption';
const classified = 'governance/classified';

function of(rule: string, { findings }: Pick<LintResult, 'findings'>): Finding | undefined {
  return findings.find((finding) => finding.rule === rule);
}

describe.each([
  [
    'Bicep',
    'main.bicep',
    account("tags: { Data: 'CONFIDENTIAL' }"),
    account("tags: { data: 'internal' }"),
    account(''),
  ],
  ['ARM', 'main.json', template({ data: 'secret' }), template({ data: 'internal' }), template(undefined)],
  [
    'azurerm',
    'main.tf',
    azurerm('tags = { data = "confidential" }'),
    azurerm('tags = { data = "internal" }'),
    azurerm(''),
  ],
  ['azapi', 'main.tf', azapi('tags = { data = "secret" }'), azapi('tags = { data = "Internal" }'), azapi('')],
])('in %s a data store', (_, file, confidential, internal, silent) => {
  it('of a class is held to what the class asks for, with the severity of the class', () => {
    const finding = of(strict, judge({ [file]: confidential }));
    expect(finding).toMatchObject({ verdict: 'fail', severity: 'critical' });
    expect(finding?.message).toMatch(/Its tag 'data' says '\w+', and data of class 'confidential' asks for this\.$/);
    expect(finding?.related.map(({ message }) => message)).toContain("class 'confidential' is said here");
    expect(of(classified, judge({ [file]: confidential }))).toBeUndefined();
  });

  it('of a class that does not ask for it is judged as everywhere', () => {
    const result = judge({ [file]: internal });
    expect(of(strict, result)).toBeUndefined();
    expect(of(classified, result)).toBeUndefined();
    expect(of(strict, judge({ [file]: internal }, `profile: all\n${classes}`))?.severity).toBe('low');
  });

  it('that does not say what it holds is a finding, and nothing where no class is configured', () => {
    const finding = of(classified, judge({ [file]: silent }));
    expect(finding).toMatchObject({ verdict: 'fail', severity: 'medium', fixable: true });
    expect(finding?.message).toContain("The tag 'data' is missing; it may say 'public', 'internal', 'Confidential'");
    expect(of(classified, judge({ [file]: silent }, 'profile: all'))).toBeUndefined();
    expect(of(classified, judge({ [file]: silent }, 'rules: { governance/classified: low }'))?.severity).toBe('low');
  });
});

describe('a class', () => {
  it('may turn a rule off', () => {
    const open = "properties: { networkAcls: { defaultAction: 'Allow' } }";
    const text = (tag: string): string => account(`tags: { data: '${tag}' }`).replace(/properties: .*/, open);
    expect(of('storage/firewall-default-deny', judge({ 'main.bicep': text('internal') }))).toBeDefined();
    expect(of('storage/firewall-default-deny', judge({ 'main.bicep': text('public') }))).toBeUndefined();
  });

  it.each([
    ['a profile', 'profile: all', 'low'],
    ['a concern', 'requires: encryption', 'low'],
    ['a rule', `requires: ${strict}`, 'low'],
    ['a severity', `rules: { ${strict}: high }`, 'high'],
  ])('may ask for %s', (_, asked, severity) => {
    const configuration = `classification: { tag: data, classes: { internal: { ${asked} } } }`;
    const text = account("tags: { data: 'internal' }");
    expect(of(strict, judge({ 'main.bicep': text }, configuration))?.severity).toBe(severity);
    const named = of(strict, judge({ 'main.bicep': text }, `${configuration}\nrules: { ${strict}: off }`));
    // What is said of the rule by name counts more than a list that happens to hold it.
    expect(named?.severity).toBe(asked.includes(strict) ? severity : undefined);
  });

  it('holds for what is a part of the store, unless that says otherwise', () => {
    const server = (tag: string): string => `resource s 'Microsoft.Sql/servers@2023-08-01' = {
  name: 's'
  location: 'westeurope'
  tags: { data: 'secret' }
  resource d 'databases' = {
    name: 'd'
    location: 'westeurope'
    ${tag}
    properties: { isLedgerOn: false }
  }
}
`;
    const configuration = 'classification: { tag: data, classes: { public: , secret: { profile: all } } }';
    const databases = (tag: string): readonly Finding[] =>
      judge({ 'main.bicep': server(tag) }, configuration).findings.filter(
        ({ resource, message }) => resource.type === 'Microsoft.Sql/servers/databases' && message.includes('asks for'),
      );
    expect(databases('').length).toBeGreaterThan(0);
    expect(databases('')[0]?.message).toContain("The tag 'data' of s says 'secret'");
    expect(databases("tags: { data: 'public' }")).toEqual([]);
  });

  it('comes with the tags that a module is given', () => {
    const files = {
      'main.bicep': `module m './m.bicep' = {\n  name: 'm'\n  params: { tags: { data: 'secret' } }\n}\n`,
      'm.bicep': `param tags object\n${account('tags: union({ owner: 1 }, tags)')}`,
    };
    expect(of(strict, judge(files))?.severity).toBe('critical');
    const merged = azurerm('tags = merge(var.tags, { data = "confidential" })');
    const terraform = { 'main.tf': `variable "tags" { type = map(string) }\n${merged}` };
    expect(of(strict, judge(terraform))?.severity).toBe('critical');
  });
});

describe('a class that is not known', () => {
  const parameter = `param data string\n${account('tags: { data: data }')}`;

  it('leaves the rules that it may ask for undetermined, and the tag too', () => {
    const result = judge({ 'main.bicep': parameter });
    expect(of(strict, result)).toBeUndefined();
    expect(of(classified, result)).toBeUndefined();
    const open = result.undetermined.map(({ rule, path, reason, severity }) => [rule, path, reason, severity]);
    expect(open).toContainEqual([strict, 'tags.data', 'parameter', 'critical']);
    expect(open).toContainEqual([classified, 'tags.data', 'parameter', 'medium']);
  });

  it('matters only where the rule is not kept anyway', () => {
    const kept = parameter.replace('Encryption: false', 'Encryption: true');
    expect(judge({ 'main.bicep': kept }).undetermined.map(({ rule }) => rule)).not.toContain(strict);
  });

  it('may be one under some conditions', () => {
    const text = `param prod bool\n${account("tags: { data: prod ? 'secret' : 'public' }")}`;
    expect(of(strict, judge({ 'main.bicep': text }))).toMatchObject({ verdict: 'may-fail', severity: 'critical' });
    expect(of(classified, judge({ 'main.bicep': text }))).toBeUndefined();
  });
});

describe('the tag of a data store', () => {
  it('with a word that is no class is a finding at that word, with the nearest one', () => {
    const text = account("tags: { data: 'confidental' }");
    const finding = of(classified, judge({ 'main.bicep': text }));
    expect(finding?.message).toContain("says 'confidental', which is no class. Did you mean 'Confidential'?");
    expect(text.slice(finding?.place.start, finding?.place.end)).toBe("'confidental'");
  });

  it('that several stores share is missed once, where their tags are written', () => {
    const twice = `${account('tags: tags')}${account('tags: tags').replace('resource a', 'resource b')}`;
    const text = `var tags = { owner: 'x' }\n${twice}`;
    const found = judge({ 'main.bicep': text }).findings.filter(({ rule }) => rule === classified);
    expect(found).toHaveLength(1);
    expect(text.slice(found[0]?.place.start, found[0]?.place.end)).toBe("{ owner: 'x' }");
    expect(found[0]?.instances).toEqual(['a', 'b']);
  });

  it('is undetermined where something outside sets it', () => {
    const configuration = `provided-elsewhere: [classification]\n${classes}`;
    const result = judge({ 'main.bicep': account('') }, configuration);
    expect(of(classified, result)).toBeUndefined();
    expect(result.undetermined.map(({ rule }) => rule)).toContain(classified);
  });

  it('is shown with the resource', () => {
    const file = { 'main.bicep': account("tags: { data: 'Secret' }") };
    const [card] = resourceCards((uri) => uri === `${folder}main.bicep`, judge(file), newAnalysis());
    expect(card === undefined ? '' : printResourceCard(card)).toContain(
      'Holds **confidential** data, by tag `data`: `Secret`.',
    );
    expect(card?.layers.flatMap(({ broken }) => broken.map(({ id }) => id))).toContain(strict);
  });
});

it('is asked of what some data service lists, and of every data service that is no machine', () => {
  const types =
    compiled.checks.rules.find(({ id }) => id === classified)?.types.map((type) => type.toLowerCase()) ?? [];
  const services = compiled.checks.services.services.filter(({ holdsData }) => holdsData);
  const listed = new Set(services.flatMap((service) => service.types));
  expect(types.filter((type) => !listed.has(type))).toEqual([]);
  const without = services.filter((service) => !service.types.some((type) => types.includes(type)));
  expect(new Set(without.map(({ name }) => name))).toEqual(
    new Set([
      // Machines and clusters: what they keep lies on disks and in stores of their own.
      'Azure Virtual Machines',
      'Azure Kubernetes Service',
      'Azure Service Fabric',
      'Azure Service Fabric managed clusters',
      'Azure Red Hat OpenShift',
      'Azure Arc-enabled servers',
      'Azure DevTest Labs',
      'Azure Arc-enabled Kubernetes',
      'Azure Local',
      'Azure VMware Solution',
      // Directories have no tags, Sentinel lies on a Log Analytics workspace.
      'Microsoft Entra ID',
      'Microsoft Entra Domain Services',
      'Microsoft Sentinel',
      // Azure has ended it.
      'Azure Media Services',
      // What lies there is with somebody else.
      'Observability services of partners',
    ]),
  );
});
