import { expect, test } from 'vitest';
import { judge } from '../rules/judge.ts';

const rules = [
  'aks/auto-upgrade-channel',
  'aks/local-accounts-disabled',
  'aks/network-policy',
  'aks/paid-tier',
  'aks/policy-addon',
];

function failuresOf(sku: string): readonly string[] {
  const { findings, problems } = judge(
    'bicep',
    `resource cluster 'Microsoft.ContainerService/managedClusters@2025-03-01' = {
  name: 'aks-shop'
  location: resourceGroup().location
  identity: { type: 'SystemAssigned' }
  ${sku}
  properties: {
    agentPoolProfiles: [{ name: 'system', mode: 'System', count: 3 }]
  }
}
`,
  );
  expect(problems).toEqual([]);
  const failed = findings.filter(({ verdict }) => verdict === 'fail').map(({ rule }) => rule);
  return rules.filter((rule) => failed.includes(rule));
}

// AKS Automatic brings its own tier, upgrades, network policies and sign-in, so what it leaves open says nothing.
test('what a cluster leaves open counts for AKS Standard, not for AKS Automatic', () => {
  expect(failuresOf('')).toEqual(rules);
  expect(failuresOf("sku: { name: 'Base' }")).toEqual(rules);
  expect(failuresOf("sku: { name: 'Automatic' }")).toEqual([]);
});
