import { expect, it } from 'vitest';
import type { Location } from 'vscode-languageserver';
import { findingsIn, type Node, treeOf } from '../../client/responsibility/tree-model.ts';
import type { JudgedFinding, JudgedResource, LayerCounts, ResponsibilityMap } from '../../server/protocol.ts';

type Finding = JudgedFinding<Location>;

const at = (line: number): Location => {
  const position = { line, character: 0 };
  return { uri: 'file:///work/main.bicep', range: { start: position, end: position } };
};

const finding = (line: number, changes: Partial<Finding> = {}): Finding => ({
  rule: 'storage/secure-transfer',
  title: 'Storage account accepts only HTTPS',
  severity: 'high',
  layer: 'network-controls',
  owner: 'customer',
  message: 'It is read on the way.',
  at: at(line),
  ...changes,
});

const counts = (layer: LayerCounts['layer'], changes: Partial<LayerCounts>): LayerCounts => ({
  layer,
  owner: 'customer',
  toMend: 0,
  accepted: 0,
  undetermined: 0,
  inOrder: 0,
  ...changes,
});

const resource = (name: string, toMend: number, findings: readonly Finding[]): JudgedResource<Location> => ({
  id: `file:///work/main.bicep#${name}`,
  name,
  type: 'Microsoft.Storage/storageAccounts',
  service: 'Storage',
  model: 'PaaS',
  at: at(0),
  layers: [
    counts('information-and-data', { inOrder: 2 }),
    counts('network-controls', { owner: 'shared', toMend, undetermined: 1 }),
    counts('hosts', { owner: 'microsoft' }),
  ],
  findings,
});

const map: ResponsibilityMap<Location> = {
  resources: [resource('calm', 0, []), resource('wrong', 1, [finding(4)])],
  others: [finding(9, { rule: 'code/secret-output', layer: 'information-and-data', severity: 'critical' })],
};

const outline = (nodes: readonly Node[]): unknown[] =>
  nodes.map((node) =>
    node.kind === 'finding' ? node.finding.rule : [node.label, node.description, ...outline(node.children)],
  );

it('goes from layers to resources to findings, what is to mend first', () => {
  expect(outline(treeOf(map, 'layer'))).toEqual([
    ['Information and data', 'you · 4 in order', 'code/secret-output', ['calm', '2 in order'], ['wrong', '2 in order']],
    [
      'Network controls',
      'shared · 1 to mend · 2 not known',
      ['wrong', '1 to mend · 1 not known', 'storage/secure-transfer'],
      ['calm', '1 not known'],
    ],
    ['Hosts', 'Microsoft'],
  ]);
});

it('goes from services to resources to findings', () => {
  expect(outline(treeOf(map, 'service'))).toEqual([
    [
      'Storage',
      'PaaS · 1 to mend · 2 not known · 4 in order',
      ['wrong', '1 to mend · 1 not known · 2 in order', 'storage/secure-transfer'],
      ['calm', '1 not known · 2 in order'],
    ],
    ['Outputs', '1 to mend', 'code/secret-output'],
  ]);
});

it('goes from severities to findings', () => {
  expect(outline(treeOf(map, 'severity'))).toEqual([
    ['Critical', '1 to mend', 'code/secret-output'],
    ['High', '1 to mend', 'storage/secure-transfer'],
  ]);
});

it('counts a finding that several resources share once', () => {
  const shared = { ...map, resources: [resource('a', 1, [finding(4)]), resource('b', 1, [finding(4)])] };
  expect(findingsIn(shared)).toHaveLength(2);
});

it('gives every node an id of its own, which outlives a change of lines', () => {
  const idsOf = (nodes: readonly Node[]): string[] =>
    nodes.flatMap((node) => [node.id, ...(node.kind === 'finding' ? [] : idsOf(node.children))]);
  for (const grouping of ['layer', 'service', 'severity'] as const) {
    const ids = idsOf(treeOf(map, grouping));
    expect(new Set(ids).size).toBe(ids.length);
  }
});
