import { describe, expect, it } from 'vitest';
import { judge, judgedLanguages } from '../rules/judge.ts';
import { fixAll, languageOf, readFixture } from './case.ts';

// One estate with one set of mistakes, in every language: what is found must not depend on how it is written. A rule that
// finds more than is listed here finds it in all languages, or it shows up below.
const texts = ['main.bicep', 'azuredeploy.json', 'main.tf'].filter((file) =>
  judgedLanguages.includes(languageOf(file)),
);

const mistakes = [
  'critical network/management-ports Microsoft.Network/networkSecurityGroups',
  'high acr/admin-user-disabled Microsoft.ContainerRegistry/registries',
  'high aks/api-server-restricted Microsoft.ContainerService/managedClusters',
  'high appservice/https-only Microsoft.Web/sites',
  'high appservice/min-tls Microsoft.Web/sites',
  'high keyvault/firewall Microsoft.KeyVault/vaults',
  'high sql/auditing Microsoft.Sql/servers',
  'high sql/public-network-access Microsoft.Sql/servers',
  'high storage/firewall-default-deny Microsoft.Storage/storageAccounts',
  'high storage/min-tls Microsoft.Storage/storageAccounts',
  'high storage/no-anonymous-blob Microsoft.Storage/storageAccounts',
  'high storage/secure-transfer Microsoft.Storage/storageAccounts',
  'high template/secret-output Microsoft.Resources/deployments',
  'high vm/ssh-keys-only Microsoft.Compute/virtualMachines',
  'medium keyvault/purge-protection Microsoft.KeyVault/vaults',
  'medium storage/shared-key-disabled Microsoft.Storage/storageAccounts',
  'medium vm/encryption-at-host Microsoft.Compute/virtualMachines',
  'medium vm/no-public-ip Microsoft.Network/networkInterfaces',
  'medium vm/trusted-launch Microsoft.Compute/virtualMachines',
];

/** What azurerm decides otherwise than Azure does by itself, or cannot say, so that it differs by right. */
const differs = [
  // azurerm keeps apps awake unless told otherwise, Azure does not.
  'low appservice/always-on Microsoft.Web/sites',
  // azurerm leaves HTTP/2 off unless told otherwise; what Azure does is not documented.
  'low appservice/http2 Microsoft.Web/sites',
  // azurerm turns zone redundancy off unless told otherwise; what Azure does depends on the region.
  'low acr/zone-redundancy Microsoft.ContainerRegistry/registries',
  // azurerm keeps system disks apart from the host unless told otherwise; what Azure does depends on the size.
  'low aks/ephemeral-os-disk Microsoft.ContainerService/managedClusters',
  // Only Terraform writes the resource group; Bicep and ARM are deployed to it.
  'low lock/critical-resources Microsoft.Resources/resourceGroups',
  'low template/group-tags Microsoft.Resources/resourceGroups',
  // Bicep and ARM take the name of the machine's administrator as a parameter, Terraform writes it out.
  'low template/administrator-name-handed-in Microsoft.Compute/virtualMachines',
  // azurerm has no argument for the age of keys.
  'low storage/key-rotation-reminder Microsoft.Storage/storageAccounts',
  // azurerm switches local users on unless told otherwise; what Azure does is not documented.
  'medium storage/local-users-disabled Microsoft.Storage/storageAccounts',
];

/** What is found in a text, one line for each finding: how bad, by which rule, and on what type of resource. */
function foundIn(file: string, text: string): readonly string[] {
  const { findings, problems } = judge(languageOf(file), text);
  expect(problems).toEqual([]);
  return findings
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ severity, rule, resource }) => `${severity} ${rule} ${resource.type}`)
    .sort();
}

describe.each(texts)('the same estate in %s', (file) => {
  const text = readFixture(`estate/${file}`);

  it('has the mistakes that were made in it', () => {
    const found = foundIn(file, text);
    expect(found.filter((line) => mistakes.includes(line))).toEqual(mistakes);
  });

  it('has the same findings as in Bicep', () => {
    const alike = (lines: readonly string[]): readonly string[] => lines.filter((line) => !differs.includes(line));
    expect(alike(foundIn(file, text))).toEqual(alike(foundIn('main.bicep', readFixture('estate/main.bicep'))));
  });

  it('has only what the author must decide when all is fixed that can be', () => {
    const { findings } = judge(languageOf(file), text);
    const listed = findings.filter(({ rule }) => mistakes.some((line) => line.includes(` ${rule} `)));
    const fixable = new Set(listed.filter((finding) => finding.fixable).map(({ rule }) => rule));
    const fixed = fixAll(languageOf(file), text, fixable);
    const left = foundIn(file, fixed).filter((line) => mistakes.includes(line));
    expect(left).toEqual(['high template/secret-output Microsoft.Resources/deployments']);
  });
});

it.each(differs)('still differs: %s', (line) => {
  const found = texts.map((file) => foundIn(file, readFixture(`estate/${file}`)).includes(line));
  expect(new Set(found).size).toBe(2);
});
