import type { LayerCounts, LayerState, MatrixCell } from '../../engine/responsibility/matrix.ts';

export const ownerNames: Readonly<Record<LayerCounts['owner'], string>> = {
  customer: 'You',
  shared: 'Shared',
  microsoft: 'Microsoft',
};

/** A sign beside the colour, for whoever does not see that. */
export const signs: Readonly<Record<LayerState, string>> = {
  'to-mend': '✗',
  undetermined: '?',
  accepted: '⊘',
  'in-order': '✓',
  unchecked: '–',
  provider: '',
};

export const stateNames: Readonly<Record<LayerState, string>> = {
  'to-mend': 'to mend',
  undetermined: 'not known before deployment',
  accepted: 'accepted with a reason',
  'in-order': 'in order',
  unchecked: 'no rule looks here',
  provider: "Microsoft's job",
};

/** What is in a cell, in words: for the screen reader and the tooltip. */
export function describe(cell: MatrixCell<unknown>): string {
  const { state, toMend, undetermined, accepted, inOrder } = cell;
  if (state === 'unchecked' || state === 'provider') return stateNames[state];
  const counts = [
    [toMend, 'to-mend'],
    [undetermined, 'undetermined'],
    [accepted, 'accepted'],
    [inOrder, 'in-order'],
  ] as const;
  return counts.flatMap(([count, each]) => (count > 0 ? [`${count} ${stateNames[each]}`] : [])).join(', ');
}

/** `network-controls` as people write it. */
export function nameOf(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' ');
}
