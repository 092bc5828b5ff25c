import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Workbench } from './run.ts';

const bench = new Workbench();

interface Cell {
  readonly layer: string;
  readonly owner: string;
  readonly state: string;
  readonly failed: number;
  readonly passed: number;
  readonly suppressed: number;
}

interface Matrix {
  readonly resources: number;
  readonly unclassified: readonly string[];
  readonly rows: readonly { readonly name: string; readonly service: string; readonly layers: readonly Cell[] }[];
  readonly beyondCode: readonly { readonly layer: string; readonly evidence: readonly string[] }[];
}

const account = `resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'account'
  location: 'westeurope'
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    supportsHttpsTrafficOnly: false
  }
}
`;

function matrixOf(...given: readonly string[]): Matrix {
  const { code, out, err } = bench.run('matrix', '--format', 'json', ...given);
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as Matrix;
}

test('the matrix tells of every layer who answers and how it stands', () => {
  bench.write({ 'main.bicep': account });
  const { rows, resources, unclassified, beyondCode } = matrixOf();
  expect([resources, unclassified]).toEqual([1, []]);
  const [row] = rows;
  expect([row?.name, row?.service]).toEqual(['account', 'Azure Storage']);
  expect(row?.layers.map(({ layer, owner, state }) => `${layer}: ${owner}, ${state}`)).toEqual([
    'information-and-data: customer, passed',
    'devices: customer, beyond code',
    'accounts-and-identities: customer, failed',
    'identity-infrastructure: shared, not covered',
    'applications: shared, not covered',
    'network-controls: shared, failed',
    'operating-system: microsoft, microsoft',
    'hosts: microsoft, microsoft',
    'physical-network: microsoft, microsoft',
    'datacentre: microsoft, microsoft',
  ]);
  expect(beyondCode.map(({ layer }) => layer)).toEqual(['devices', 'identity-infrastructure', 'applications']);
  for (const { evidence } of beyondCode) expect(evidence.length).toBeGreaterThan(0);
});

test('what is suppressed is neither failed nor passed', () => {
  const before = matrixOfNetwork(account);
  const suppressed = account.replace(
    '    supportsHttps',
    '    // demarc:ignore storage/secure-transfer -- meters speak HTTP\n    supportsHttps',
  );
  const after = matrixOfNetwork(suppressed);
  expect(after).toEqual({ ...before, failed: (before?.failed ?? 0) - 1, suppressed: 1 });
});

function matrixOfNetwork(text: string): Cell | undefined {
  bench.write({ 'main.bicep': text });
  return matrixOf().rows[0]?.layers.find(({ layer }) => layer === 'network-controls');
}

test('resources of a service add up', () => {
  bench.write({ 'main.bicep': account });
  bench.write({ 'other.bicep': account });
  const [one, two] = matrixOf().rows;
  const services = matrixOf('--by', 'service').rows;
  expect(services.map(({ name }) => name)).toEqual(['Azure Storage']);
  for (const [index, cell] of (services[0]?.layers ?? []).entries()) {
    const parts = [one, two].map((row) => row?.layers[index]);
    expect(cell.failed).toBe(parts.reduce((sum, part) => sum + (part?.failed ?? 0), 0));
    expect(cell.passed).toBe(parts.reduce((sum, part) => sum + (part?.passed ?? 0), 0));
  }
});

test('a type that no service lists is named', () => {
  bench.write({ 'main.bicep': "resource thing 'Contoso.New/things@2026-01-01' = {\n  name: 'thing'\n}\n" });
  expect(matrixOf().unclassified).toEqual(['Contoso.New/things']);
});

test('every type of our own examples has a service', () => {
  const { unclassified, rows } = matrixOf(join(import.meta.dirname, '../../examples'));
  expect(unclassified).toEqual([]);
  expect(rows.length).toBeGreaterThan(10);
});

test('without a terminal it is Markdown, and a file takes it', () => {
  bench.write({ 'main.bicep': account });
  const { out } = bench.run('matrix', '--by', 'service');
  expect(out.split('\n').slice(0, 7)).toEqual([
    '# Shared responsibility',
    '',
    expect.stringMatching(/^1 resource of 1 service; layers: 2 failed, 0 undetermined, 1 passed, 2 not covered\.$/),
    '',
    '| service | resources | information-and-data | devices | accounts-and-identities | identity-infrastructure | applications | network-controls |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    expect.stringMatching(
      /^\| Azure Storage \| 1 \| \d+ passed \| beyond code \| .*\*\*failed\*\*.* \| not covered \| not covered \| .*\*\*failed\*\*.* \|$/,
    ),
  ]);
  expect(out).toContain('Microsoft answers for operating-system, hosts, physical-network, datacentre.');
  bench.run('matrix', '--by', 'service', '--output', 'matrix.md');
  expect(bench.read('matrix.md')).toBe(out);
});

test('a table has a line for each resource and says who answers', () => {
  bench.write({ 'main.bicep': account });
  const { out } = bench.run('matrix', '--format', 'table');
  expect(out).toMatch(/^ {2}account \(storageAccounts\) +✓\d+ +○ +✗\d+ +– +– +✗\d+ *$/m);
  expect(out).toMatch(/^Azure Storage \(PaaS\) +yours +yours +yours +shared +shared +shared *$/m);
});
