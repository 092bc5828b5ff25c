import type { JudgedFinding, JudgedResource, LayerCounts, Location, ResponsibilityMap } from '../../server/protocol.ts';

export type Grouping = 'layer' | 'service' | 'severity';
type Finding = JudgedFinding<Location>;
type Resource = JudgedResource<Location>;
type Owner = Finding['owner'];
type Counts = Pick<LayerCounts, 'toMend' | 'accepted' | 'undetermined' | 'inOrder'>;

/** What the tree shows. Ids stay the same while the text is edited, so that what is open stays open. */
export type Node = GroupNode | ResourceNode | FindingNode;

export interface GroupNode {
  readonly kind: 'group';
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Of a layer: who answers for it. */
  readonly owner?: Owner;
  readonly severity?: Finding['severity'];
  readonly children: readonly Node[];
}

export interface ResourceNode {
  readonly kind: 'resource';
  readonly id: string;
  readonly label: string;
  readonly description: string;
  readonly state: 'to-mend' | 'undetermined' | 'in-order';
  readonly tooltip: string;
  readonly at: Location;
  readonly children: readonly FindingNode[];
}

export interface FindingNode {
  readonly kind: 'finding';
  readonly id: string;
  readonly finding: Finding;
}

const severities = ['critical', 'high', 'medium', 'low'] as const;
const ownerNames: Readonly<Record<Owner, string>> = { customer: 'you', shared: 'shared', microsoft: 'Microsoft' };

/** The tree of a map: layers, services or severities, then resources, then findings. */
export function treeOf(map: ResponsibilityMap<Location>, grouping: Grouping): readonly Node[] {
  switch (grouping) {
    case 'layer':
      return layerNodes(map);
    case 'service':
      return serviceNodes(map);
    case 'severity':
      return severityNodes(map);
  }
}

/** Every finding once; those of a place that several resources share count once. */
export function findingsIn({ resources, others }: ResponsibilityMap<Location>): readonly Finding[] {
  const all = [...resources.flatMap(({ findings }) => findings), ...others];
  return [...new Map(all.map((each) => [idOf(each), each])).values()];
}

function layerNodes(map: ResponsibilityMap<Location>): readonly Node[] {
  const layers = map.resources[0]?.layers.map(({ layer }) => layer) ?? [
    ...new Set(map.others.map((each) => each.layer)),
  ];
  return layers.map((layer, index): GroupNode => {
    const rows = map.resources.flatMap((resource) => {
      const counts = resource.layers[index];
      return counts === undefined ? [] : [{ resource, counts }];
    });
    const looked = rows.filter(({ counts }) => countOf(counts) > 0);
    const children = [
      ...looked.map(({ resource, counts }) =>
        resourceNode(
          `${layer}\n`,
          resource,
          counts,
          resource.findings.filter((each) => each.layer === layer),
        ),
      ),
      ...map.others.filter((each) => each.layer === layer).map((each) => findingNode(`${layer}\n`, each)),
    ];
    const owner = ownerOf(rows.map(({ counts }) => counts.owner));
    const counted = words(rows.map(({ counts }) => counts).reduce(add, nothing));
    const description = [ownerNames[owner], counted || (owner === 'microsoft' ? '' : 'no rule looks here')];
    return {
      kind: 'group',
      id: layer,
      label: nameOf(layer),
      description: description.filter((each) => each !== '').join(' · '),
      owner,
      children: sorted(children),
    };
  });
}

function serviceNodes({ resources, others }: ResponsibilityMap<Location>): readonly Node[] {
  const byService = new Map<string, Resource[]>();
  for (const each of resources) {
    const alike = byService.get(each.service);
    if (alike === undefined) byService.set(each.service, [each]);
    else alike.push(each);
  }
  const groups = [...byService]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([service, each]): GroupNode => {
      const nodes = each.map((resource) => resourceNode('', resource, sumOf(resource), resource.findings));
      const counts = each.map(sumOf).reduce(add, nothing);
      return {
        kind: 'group',
        id: `service ${service}`,
        label: service,
        description: [each[0]?.model ?? '', words(counts)].filter((part) => part !== '').join(' · '),
        children: sorted(nodes),
      };
    });
  if (others.length === 0) return groups;
  const children = others.map((each) => findingNode('', each));
  return [
    ...groups,
    { kind: 'group', id: 'others', label: 'Outputs', description: `${others.length} to mend`, children },
  ];
}

function severityNodes(map: ResponsibilityMap<Location>): readonly Node[] {
  const all = findingsIn(map);
  return severities.flatMap((severity): readonly GroupNode[] => {
    const found = all.filter((each) => each.severity === severity);
    if (found.length === 0) return [];
    const children = found.map((each) => findingNode('', each));
    const label = nameOf(severity);
    return [{ kind: 'group', id: severity, label, description: `${found.length} to mend`, severity, children }];
  });
}

function resourceNode(prefix: string, resource: Resource, counts: Counts, findings: readonly Finding[]): ResourceNode {
  const { id, name, type, service, at } = resource;
  return {
    kind: 'resource',
    id: `${prefix}${id.slice(0, id.lastIndexOf('#'))} ${type} ${name}`,
    label: name,
    description: words(counts),
    state: counts.toMend > 0 ? 'to-mend' : counts.undetermined > 0 ? 'undetermined' : 'in-order',
    tooltip: `${service}: ${type}`,
    at,
    children: findings.map((each) => findingNode(`${prefix}${id}\n`, each)),
  };
}

function findingNode(prefix: string, finding: Finding): FindingNode {
  return { kind: 'finding', id: prefix + idOf(finding), finding };
}

function idOf({ rule, at: { uri, range } }: Finding): string {
  return `${rule}\n${uri}\n${range.start.line}:${range.start.character}`;
}

/** What is to mend comes first; the rest stays in the order of the text. */
function sorted(nodes: readonly Node[]): readonly Node[] {
  const isCalm = (node: Node): number => (node.kind === 'resource' && node.state !== 'to-mend' ? 1 : 0);
  return [...nodes].sort((a, b) => isCalm(a) - isCalm(b));
}

/** Whoever of the owners has most to do. */
function ownerOf(owners: readonly Owner[]): Owner {
  return owners.includes('customer') ? 'customer' : owners.includes('shared') ? 'shared' : 'microsoft';
}

const nothing: Counts = { toMend: 0, accepted: 0, undetermined: 0, inOrder: 0 };

function sumOf({ layers }: Resource): Counts {
  return layers.reduce(add, nothing);
}

function add(a: Counts, b: Counts): Counts {
  return {
    toMend: a.toMend + b.toMend,
    accepted: a.accepted + b.accepted,
    undetermined: a.undetermined + b.undetermined,
    inOrder: a.inOrder + b.inOrder,
  };
}

function countOf({ toMend, accepted, undetermined, inOrder }: Counts): number {
  return toMend + accepted + undetermined + inOrder;
}

function words({ toMend, accepted, undetermined, inOrder }: Counts): string {
  const parts = [
    toMend > 0 ? `${toMend} to mend` : '',
    accepted > 0 ? `${accepted} accepted` : '',
    undetermined > 0 ? `${undetermined} not known` : '',
    inOrder > 0 ? `${inOrder} in order` : '',
  ];
  return parts.filter((each) => each !== '').join(' · ');
}

/** `network-controls` as people write it. */
function nameOf(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' ');
}
