import type { Layer, Owner, ServiceModel } from './layers.ts';

/** What the rules see of one layer. The numbers are numbers of rules. */
export interface LayerCounts {
  readonly layer: Layer;
  readonly owner: Owner;
  /** Why the layer is divided otherwise than the service model says. */
  readonly reason?: string;
  readonly toMend: number;
  /** Broken, and suppressed by somebody who gave a reason. */
  readonly accepted: number;
  /** Not known before deployment. */
  readonly undetermined: number;
  readonly inOrder: number;
}

/** A finding, where it is found at `At`: a place of the engine, or an address of whoever shows it. */
export interface JudgedFinding<At> {
  readonly rule: string;
  readonly title: string;
  readonly severity: 'critical' | 'high' | 'medium' | 'low';
  readonly layer: Layer;
  readonly owner: Owner;
  readonly message: string;
  readonly at: At;
}

/** A declared resource, all instances of it together. */
export interface JudgedResource<At> {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** The type where no service lists it. */
  readonly service: string;
  readonly model: ServiceModel;
  /** `serverless` and the like. */
  readonly label?: string;
  readonly at: At;
  /** Every layer, top to bottom. */
  readonly layers: readonly LayerCounts[];
  readonly findings: readonly JudgedFinding<At>[];
}

/** Whose job what is, and how it stands. Plain JSON. */
export interface ResponsibilityMap<At> {
  readonly resources: readonly JudgedResource<At>[];
  /** Findings about no resource: outputs that tell a secret. */
  readonly others: readonly JudgedFinding<At>[];
}

/** `unchecked`: ours, and no rule looks there. `provider`: Microsoft's, and no rule looks there. */
export type LayerState = 'to-mend' | 'undetermined' | 'accepted' | 'in-order' | 'unchecked' | 'provider';

/** How a layer stands; the worst counts. */
export function stateOf({ owner, toMend, accepted, undetermined, inOrder }: LayerCounts): LayerState {
  if (toMend > 0) return 'to-mend';
  if (undetermined > 0) return 'undetermined';
  if (accepted > 0) return 'accepted';
  if (inOrder > 0) return 'in-order';
  return owner === 'microsoft' ? 'provider' : 'unchecked';
}

export interface MatrixCell<At> extends LayerCounts {
  readonly state: LayerState;
  /** The first finding, or else the resource. */
  readonly at: At;
  /** What there is to mend, as people read it. */
  readonly titles: readonly string[];
}

export interface MatrixRow<At> {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly at: At;
  readonly cells: readonly MatrixCell<At>[];
}

/** One row for each resource, in their order, or for each service by name. */
export function matrixOf<At>(
  { resources }: Pick<ResponsibilityMap<At>, 'resources'>,
  by: 'resource' | 'service',
): readonly MatrixRow<At>[] {
  if (by === 'resource') {
    return resources.map((each) => rowOf([each], each.id, each.name, `${each.service} (${kindOf(each)})`, each.at));
  }
  const byService = new Map<string, JudgedResource<At>[]>();
  for (const each of resources) {
    const alike = byService.get(each.service);
    if (alike === undefined) byService.set(each.service, [each]);
    else alike.push(each);
  }
  return [...byService]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([service, each]) => {
      const [first] = each;
      if (first === undefined) return [];
      const number = `${each.length} resource${each.length === 1 ? '' : 's'}`;
      return [rowOf(each, service, service, `${kindOf(first)}, ${number}`, first.at)];
    });
}

function kindOf({ model, label }: Pick<JudgedResource<unknown>, 'model' | 'label'>): string {
  return label === undefined ? model : `${model}, ${label}`;
}

function rowOf<At>(
  resources: readonly JudgedResource<At>[],
  id: string,
  title: string,
  detail: string,
  at: At,
): MatrixRow<At> {
  const cells = (resources[0]?.layers ?? []).map((first, index): MatrixCell<At> => {
    const counts = resources.flatMap(({ layers }) => layers[index] ?? []).reduce(add, { ...first, ...nothing });
    const findings = resources.flatMap((each) => each.findings.filter(({ layer }) => layer === first.layer));
    const titles = [...new Set(findings.map((finding) => finding.title))];
    return { ...counts, state: stateOf(counts), at: findings[0]?.at ?? at, titles };
  });
  return { id, title, detail, at, cells };
}

const nothing = { toMend: 0, accepted: 0, undetermined: 0, inOrder: 0 };

function add(sum: LayerCounts, each: LayerCounts): LayerCounts {
  return {
    ...sum,
    toMend: sum.toMend + each.toMend,
    accepted: sum.accepted + each.accepted,
    undetermined: sum.undetermined + each.undetermined,
    inOrder: sum.inOrder + each.inOrder,
  };
}
