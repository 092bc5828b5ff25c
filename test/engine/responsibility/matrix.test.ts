import { expect, it } from 'vitest';
import { Analysis } from '../../../engine/analysis/analysis.ts';
import { responsibilityMap } from '../../../engine/analysis/responsibility-map.ts';
import { layers } from '../../../engine/responsibility/layers.ts';
import { type LayerCounts, matrixOf, type ResponsibilityMap, stateOf } from '../../../engine/responsibility/matrix.ts';
import type { Place } from '../../../engine/text/span.ts';
import { compiled } from '../../rules/judge.ts';

const uri = 'file:///work/main.bicep';

function mapOf(files: Readonly<Record<string, string>>, wants: readonly string[] = [uri]): ResponsibilityMap<Place> {
  const analysis = new Analysis(compiled.checks, () => compiled.lens);
  const result = analysis.lint({
    snapshot: {
      file: (asked) => (files[asked] === undefined ? { kind: 'absent' } : { kind: 'text', text: files[asked] }),
      list: () => ({ kind: 'absent' }),
    },
    files: Object.keys(files),
    folder: 'file:///work/',
    profile: 'recommended',
    rules: [],
    today: '2026-01-01',
  });
  return responsibilityMap((each) => wants.includes(each), result, analysis);
}

const account = (
  name: string,
  https: string,
): string => `resource ${name} 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: '${name}'
  properties: {
    supportsHttpsTrafficOnly: ${https}
  }
}
`;

const network = (map: ResponsibilityMap<Place>, index: number): LayerCounts | undefined =>
  map.resources[index]?.layers.find(({ layer }) => layer === 'network-controls');

it('has every layer of every resource, in the order of the text', () => {
  const map = mapOf({ [uri]: account('b', 'true') + account('a', 'true') });
  expect(map.resources.map(({ name }) => name)).toEqual(['b', 'a']);
  for (const resource of map.resources) expect(resource.layers.map(({ layer }) => layer)).toEqual(layers);
});

it('gives each finding to the resource that it is about, wherever it is found', () => {
  const module = 'file:///work/module.bicep';
  const files = {
    [uri]: "module m 'module.bicep' = {\n  name: 'm'\n  params: { https: false }\n}\n",
    [module]: `param https bool\n${account('a', 'https')}${account('b', 'true')}`,
  };
  const map = mapOf(files, [uri, module]);
  const about = map.resources.map(({ name, findings }) => [
    name,
    findings.filter(({ rule }) => rule === 'storage/secure-transfer').map(({ at }) => at.uri),
  ]);
  expect(about).toEqual([
    ['a', [uri]],
    ['b', []],
  ]);
});

it('tells what is accepted from what is to mend', () => {
  const suppressed = account('a', 'false').replace(
    '    supports',
    '    // demarc:ignore storage/secure-transfer -- old meters\n    supports',
  );
  const open = network(mapOf({ [uri]: account('a', 'false') }), 0);
  const accepted = network(mapOf({ [uri]: suppressed }), 0);
  expect(accepted?.accepted).toBe((open?.accepted ?? 0) + 1);
  expect(accepted?.toMend).toBe((open?.toMend ?? 0) - 1);
});

it('lists a finding about an output beside the resources', () => {
  const text = `${account('a', 'true')}output key string = a.listKeys().keys[0].value\n`;
  const { others } = mapOf({ [uri]: text });
  expect(others.map(({ at }) => at.uri)).toEqual([uri]);
});

it('sums what the resources of a service have, and leads to the first finding', () => {
  const text = account('a', 'true') + account('b', 'false');
  const map = mapOf({ [uri]: text });
  const [row, ...more] = matrixOf(map, 'service');
  expect(more).toEqual([]);
  const index = layers.indexOf('network-controls');
  const sum = (key: 'toMend' | 'inOrder'): number => (network(map, 0)?.[key] ?? 0) + (network(map, 1)?.[key] ?? 0);
  expect(row?.cells[index]).toMatchObject({ state: 'to-mend', toMend: sum('toMend'), inOrder: sum('inOrder') });
  const [first] = map.resources.flatMap(({ findings }) => findings.filter(({ layer }) => layer === 'network-controls'));
  expect(row?.cells[index]?.at).toEqual(first?.at);
  const rows = matrixOf(map, 'resource');
  expect(rows.map(({ title }) => title)).toEqual(['a', 'b']);
});

it('lets the worst of a layer count, and owners for what nobody looks at', () => {
  const none: LayerCounts = { layer: 'hosts', owner: 'customer', toMend: 0, accepted: 0, undetermined: 0, inOrder: 0 };
  expect(stateOf({ ...none, toMend: 1, accepted: 1, undetermined: 1, inOrder: 1 })).toBe('to-mend');
  expect(stateOf({ ...none, accepted: 1, undetermined: 1, inOrder: 1 })).toBe('undetermined');
  expect(stateOf({ ...none, accepted: 1, inOrder: 1 })).toBe('accepted');
  expect(stateOf({ ...none, inOrder: 1 })).toBe('in-order');
  expect(stateOf(none)).toBe('unchecked');
  expect(stateOf({ ...none, owner: 'microsoft' })).toBe('provider');
});
