import { type Layer, layers, type Owner, type ServiceModel } from '../engine/responsibility/layers.ts';
import {
  type LayerState,
  type MatrixCell,
  type MatrixRow,
  matrixOf,
  type ResponsibilityMap,
} from '../engine/responsibility/matrix.ts';
import type { BeyondCode, Responsibility, ResponsibilityOf } from '../engine/responsibility/services.ts';
import type { Place } from '../engine/text/span.ts';
import type { Sources } from './source.ts';

/**
 * How a layer of something stands. `failed` and `undetermined` win over `suppressed` and `passed`. `not covered`: the
 * customer's or shared, and no rule looks there. `beyond code`: nor can any. `no data`: nor has it to, where no data lies.
 * `microsoft`: Microsoft's.
 */
export type StandingState =
  | 'failed'
  | 'undetermined'
  | 'suppressed'
  | 'passed'
  | 'not covered'
  | 'beyond code'
  | 'no data'
  | 'microsoft';

/** The numbers are numbers of rules; for a service those of all of its resources together. */
export interface Standing {
  readonly layer: Layer;
  readonly owner: Owner;
  /** Why the owner is another one than the service model says. */
  readonly reason?: string;
  readonly state: StandingState;
  readonly failed: number;
  readonly undetermined: number;
  readonly suppressed: number;
  readonly passed: number;
}

export interface StandingRow {
  readonly name: string;
  /** Only of a resource. */
  readonly type?: string;
  /** Null for a type that no service lists. */
  readonly service: string | null;
  readonly model: ServiceModel;
  /** `serverless` and the like. */
  readonly label?: string;
  readonly holdsData: boolean;
  /** Where a resource is declared; the line is 1-based. */
  readonly file?: string;
  readonly line?: number;
  /** How many resources it stands for. */
  readonly resources: number;
  readonly layers: readonly Standing[];
}

/** The matrix of a repository. Plain JSON. */
export interface MatrixDocument {
  readonly version: string;
  readonly by: 'resource' | 'service';
  readonly resources: number;
  /** Types that no service lists. */
  readonly unclassified: readonly string[];
  readonly rows: readonly StandingRow[];
  /** What code cannot show of the layers where no rule looks at something, and what shows it instead. */
  readonly beyondCode: readonly {
    readonly layer: Layer;
    readonly reason: string;
    readonly evidence: readonly string[];
  }[];
}

export interface MatrixInput {
  readonly version: string;
  readonly by: 'resource' | 'service';
  readonly map: ResponsibilityMap<Place>;
  readonly responsibilityOf: ResponsibilityOf;
  readonly beyondCode: BeyondCode;
  readonly sources: Sources;
}

/** Layers that no code which deploys says anything of. */
const invisible: ReadonlySet<Layer> = new Set(['devices']);

export function matrixDocument({
  version,
  by,
  map,
  responsibilityOf,
  beyondCode,
  sources,
}: MatrixInput): MatrixDocument {
  const { resources } = map;
  const matrix = matrixOf(map, by);
  const rows =
    by === 'resource'
      ? resources.flatMap((resource, index): readonly StandingRow[] => {
          const row = matrix[index];
          if (row === undefined) return [];
          const { line } = sources.positionOf(resource.at.uri, resource.at.start);
          const place = { file: sources.pathOf(resource.at.uri), line: line + 1 };
          const responsibility = responsibilityOf(resource.type);
          return [
            { name: resource.name, type: resource.type, ...rowOf(row, [responsibility]), ...place, resources: 1 },
          ].map(inOrder);
        })
      : matrix.map((row) => {
          const own = resources.filter(({ service }) => service === row.id);
          const kinds = own.map(({ type }) => responsibilityOf(type));
          return inOrder({ name: row.title, ...rowOf(row, kinds), resources: own.length });
        });
  const open = new Set(
    rows.flatMap((row) =>
      row.layers.filter(({ state }) => state === 'not covered' || state === 'beyond code').map(({ layer }) => layer),
    ),
  );
  const types = new Set(resources.map(({ type }) => type));
  return {
    version,
    by,
    resources: resources.length,
    unclassified: [...types].filter((type) => responsibilityOf(type).service === undefined).sort(),
    rows,
    beyondCode: layers.flatMap((layer) => {
      const other = beyondCode[layer];
      return other === undefined || !open.has(layer) ? [] : [{ layer, ...other }];
    }),
  };
}

/** Keys in the order in which people read them. */
function inOrder({ layers: standings, resources, file, line, ...row }: StandingRow): StandingRow {
  return {
    ...row,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    resources,
    layers: standings,
  };
}

function rowOf(
  { cells }: MatrixRow<Place>,
  kinds: readonly Responsibility[],
): Pick<StandingRow, 'service' | 'model' | 'label' | 'holdsData' | 'layers'> {
  const [first] = kinds;
  const holdsData = kinds.some((kind) => kind.holdsData);
  return {
    service: first?.service ?? null,
    model: first?.model ?? 'PaaS',
    ...(first?.label === undefined ? {} : { label: first.label }),
    holdsData,
    layers: cells.map((cell) => standingOf(cell, holdsData)),
  };
}

function standingOf(cell: MatrixCell<Place>, holdsData: boolean): Standing {
  const { layer, owner, reason, toMend, accepted, undetermined, inOrder: passed } = cell;
  return {
    layer,
    owner,
    ...(reason === undefined ? {} : { reason }),
    state: stateIn(cell.state, layer, holdsData),
    failed: toMend,
    undetermined,
    suppressed: accepted,
    passed,
  };
}

function stateIn(state: LayerState, layer: Layer, holdsData: boolean): StandingState {
  switch (state) {
    case 'to-mend':
      return 'failed';
    case 'undetermined':
      return 'undetermined';
    case 'accepted':
      return 'suppressed';
    case 'in-order':
      return 'passed';
    case 'unchecked':
      if (layer === 'information-and-data' && !holdsData) return 'no data';
      return invisible.has(layer) ? 'beyond code' : 'not covered';
    case 'provider':
      return 'microsoft';
  }
}
