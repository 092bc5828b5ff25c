import { object, scalar, unknown } from '../../estate/make.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Value } from '../../estate/value.ts';
import { azapiNames, azapiType } from './azapi.ts';
import type { TerraformInstance } from './instance.ts';
import { type CompiledLens, type NameSource, noRows, type TypeLens } from './lens-model.ts';
import { type Ancestry, ancestryOf, makeResource, once, originOfHeader, ownName } from './lens-resource.ts';

/** Data sources that name something for which no `resource` block has a table, each with the attribute of its name. */
const otherTypes: Readonly<Record<string, { readonly type: string; readonly name: NameSource }>> = {
  azurerm_subscription: {
    type: 'Microsoft.Resources/subscriptions',
    name: { kind: 'attribute', attribute: 'subscription_id' },
  },
  azurerm_management_group: {
    type: 'Microsoft.Management/managementGroups',
    name: { kind: 'attribute', attribute: 'name' },
  },
};

/** The resource that a `data` block names: it is there already, and only its name is known. Undefined for what is no resource. */
export function existingResource(
  instance: TerraformInstance,
  lens: CompiledLens,
  intermediate: (parent: Resource, type: string, name: string) => Resource,
  tables: () => readonly TypeLens[],
): Resource | undefined {
  const named = naming(instance, lens, intermediate);
  if (named === undefined) return undefined;
  const { ancestry } = named;
  const origin = originOfHeader(instance);
  const address = instance.address + instance.instance;
  const elsewhere = unknown('data', `${address} is deployed elsewhere`, origin, `existing ${address}`);
  return makeResource({
    instance,
    type: named.type,
    apiVersion: named.apiVersion,
    exists: instance.exists,
    existing: true,
    partial: false,
    names: () => [...ancestry().names, named.own()],
    parent: () => ancestry().parent,
    scope: () => undefined,
    body: () => object(new Map(), origin, elsewhere),
    header: instance.header,
    declaration: instance.declaration,
    node: { instance, table: undefined, rows: noRows, block: undefined, splits: () => [], tables },
  });
}

interface Naming {
  readonly type: () => string;
  readonly apiVersion: () => string | undefined;
  readonly ancestry: () => Ancestry;
  readonly own: () => Value;
}

function naming(
  instance: TerraformInstance,
  lens: CompiledLens,
  intermediate: (parent: Resource, type: string, name: string) => Resource,
): Naming | undefined {
  if (instance.type === 'azapi_resource') {
    const names = once(() => azapiNames(instance));
    return {
      type: () => azapiType(instance).type,
      apiVersion: () => azapiType(instance).apiVersion,
      ancestry: () => names().ancestry,
      own: () => names().own,
    };
  }
  const table = lens.types[instance.type];
  const type = table?.type ?? otherTypes[instance.type]?.type;
  const name = table?.name ?? otherTypes[instance.type]?.name;
  if (type === undefined || name === undefined) return undefined;
  return {
    type: () => type,
    apiVersion: () => undefined,
    ancestry: once(() =>
      table === undefined ? { parent: undefined, names: [] } : ancestryOf(table, instance, intermediate),
    ),
    own: () => builtInRole(instance, lens) ?? ownName(name, instance.body, instance, 'name'),
  };
}

/** A built-in role is looked up by what people call it; its id ends in a GUID that is the same everywhere. */
function builtInRole(instance: TerraformInstance, lens: CompiledLens): Value | undefined {
  if (instance.type !== 'azurerm_role_definition') return undefined;
  const written = instance.body.get('name');
  if (written.kind !== 'scalar' || written.value === null) return undefined;
  const wanted = String(written.value).toLowerCase();
  for (const { attribute, transform } of lens.types.azurerm_role_assignment?.attributes ?? []) {
    if (attribute.join('.') !== 'role_definition_name' || transform.kind !== 'id') continue;
    const found = transform.pairs.find(([name]) => name.toLowerCase() === wanted);
    if (found !== undefined) return scalar(found[1], written.origin);
  }
  return undefined;
}
