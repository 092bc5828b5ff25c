import type { Links } from '../estate/link.ts';
import { isNothing, itemsOf } from '../estate/operations.ts';
import { nameOf, type Resource } from '../estate/resource.ts';
import type { Value } from '../estate/value.ts';
import { type Bound, boundElement, type EvaluationContext, read, wholeResource } from './context.ts';
import { segmentsOf } from './paths.ts';

const networkType = 'Microsoft.Network/virtualNetworks';

/** A subnet that says which group it uses. */
interface Use {
  readonly name: string | undefined;
  readonly group: Value;
}

/** The subnets of an estate, where no choice had a say in what was read of them. */
const readBefore = new WeakMap<Links, readonly Use[]>();

/** Names of the subnets that certainly use a network security group, inline and separate ones; undefined for an unknown name. */
export function subnetsOfGroup(context: EvaluationContext, group: Resource): readonly (string | undefined)[] {
  const { links, assignment } = context;
  let uses = readBefore.get(links);
  if (uses === undefined) {
    const { consulted } = assignment;
    uses = usesIn(context);
    if (assignment.consulted === consulted) readBefore.set(links, uses);
  }
  return uses.flatMap((use) => (links.pointsTo(use.group, group) === true ? [use.name] : []));
}

function usesIn(context: EvaluationContext): readonly Use[] {
  const uses: Use[] = [];
  const add = (subnet: Bound, name: () => Value | undefined): void => {
    const group = read(context, subnet, segmentsOf('properties.networkSecurityGroup.id'));
    if (!isNothing(group)) uses.push({ name: textOf(name()), group });
  };
  for (const subnet of context.links.ofType(`${networkType}/subnets`)) add(wholeResource(subnet), () => nameOf(subnet));
  const path = segmentsOf('properties.subnets');
  for (const network of context.links.ofType(networkType)) {
    const whole = wholeResource(network);
    const list = read(context, whole, path);
    if (list.kind !== 'array') continue;
    for (const [index, item] of itemsOf(list).entries()) {
      const bound = boundElement(whole, [...path, { kind: 'index', index }], item);
      add(bound, () => read(context, bound, segmentsOf('name')));
    }
  }
  return uses;
}

function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}
