import { expect, it } from 'vitest';
import { Analysis } from '../../../engine/analysis/analysis.ts';
import { type LayerState, type ResourceCard, resourceCards } from '../../../engine/analysis/resource-card.ts';
import type { Profile } from '../../../engine/check/rule.ts';
import { compiled } from '../../rules/judge.ts';

const uri = 'file:///work/main.bicep';

function cards(text: string, profile: Profile, rules: readonly string[] = []): readonly ResourceCard[] {
  const analysis = new Analysis(compiled.checks, () => compiled.lens);
  const result = analysis.lint({
    snapshot: {
      file: (asked) => (asked === uri ? { kind: 'text', text } : { kind: 'absent' }),
      list: () => ({ kind: 'absent' }),
    },
    files: [uri],
    folder: 'file:///work/',
    profile,
    rules,
    today: '2026-01-01',
  });
  return resourceCards((each) => each === uri, result, analysis);
}

const layerOf = (card: ResourceCard | undefined, wanted: string): LayerState | undefined =>
  card?.layers.find(({ layer }) => layer === wanted);

const account = (https: string): string => `param https bool
resource a 'Microsoft.Storage/storageAccounts@2023-05-01' = [for name in ['a', 'b']: {
  name: name
  properties: { supportsHttpsTrafficOnly: ${https} }
}]
resource b 'Microsoft.Storage/storageAccounts@2023-05-01' existing = { name: 'b' }
`;

it('has one card for what one declaration deploys, however often, and none for what exists', () => {
  expect(cards(account('true'), 'recommended').map(({ resource }) => resource.address)).toEqual(['a']);
});

it('tells what is broken, what is in order and what is not known, of the rules that are on', () => {
  const only = ['storage/secure-transfer'];
  const state = (https: string): LayerState | undefined =>
    layerOf(cards(account(https), 'all', only)[0], 'network-controls');
  expect(state('true')).toMatchObject({ owner: 'shared', broken: [], undetermined: [] });
  expect(state('true')?.rules.map(({ id }) => id)).toEqual(only);
  expect(state('false')?.broken.map(({ id }) => id)).toEqual(only);
  expect(state('https')?.undetermined.map(({ id }) => id)).toEqual(only);
});

it('counts a rule of a larger profile only where that is chosen', () => {
  const number = (profile: Profile): number =>
    (cards(account('true'), profile)[0]?.layers ?? []).reduce((sum, { rules }) => sum + rules.length, 0);
  expect(number('recommended')).toBeLessThan(number('all'));
});
