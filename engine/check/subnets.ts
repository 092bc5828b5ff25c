import { isNothing, itemsOf } from '../estate/operations.ts';
import { nameOf, type Resource } from '../estate/resource.ts';
import type { Value } from '../estate/value.ts';
import { type Bound, boundElement, type EvaluationContext, read, wholeResource } from './context.ts';
import { segmentsOf } from './paths.ts';

const networkType = 'Microsoft.Network/virtualNetworks';

/** Names of the subnets that certainly use a network security group, inline and separate ones; undefined for an unknown name. */
export function subnetsOfGroup(context: EvaluationContext, group: Resource): readonly (string | undefined)[] {
  const names: (string | undefined)[] = [];
  for (const subnet of context.links.ofType(`${networkType}/subnets`)) {
    if (uses(context, wholeResource(subnet), group)) names.push(textOf(nameOf(subnet)));
  }
  const path = segmentsOf('properties.subnets');
  for (const network of context.links.ofType(networkType)) {
    const whole = wholeResource(network);
    const list = read(context, whole, path);
    if (list.kind !== 'array') continue;
    for (const [index, item] of itemsOf(list).entries()) {
      const bound = boundElement(whole, [...path, { kind: 'index', index }], item);
      if (uses(context, bound, group)) names.push(textOf(read(context, bound, segmentsOf('name'))));
    }
  }
  return names;
}

function uses(context: EvaluationContext, subnet: Bound, group: Resource): boolean {
  const id = read(context, subnet, segmentsOf('properties.networkSecurityGroup.id'));
  return !isNothing(id) && context.links.pointsTo(id, group) === true;
}

function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}
