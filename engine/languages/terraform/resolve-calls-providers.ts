import { resourceIdOf } from '../../estate/link.ts';
import { reference, unknown } from '../../estate/make.ts';
import { isNothing, itemsOf } from '../../estate/operations.ts';
import type { Origin } from '../../estate/origin.ts';
import type { ResourceId, Value } from '../../estate/value.ts';

/**
 * Functions of the Azure providers. Those that build or normalise ids give references; what others return is not evaluated.
 * Undefined for what is no function of a provider.
 */
export function callProviderFunction(name: string, args: readonly Value[], origin: Origin): Value | undefined {
  if (!name.startsWith('provider::')) return undefined;
  const [first, second, third, fourth] = args;
  switch (name) {
    case 'provider::azurerm::normalise_resource_id':
      if (first !== undefined) return first;
      break;
    case 'provider::azapi::build_resource_id':
      return built(third === undefined ? undefined : [third], second, first, origin);
    case 'provider::azapi::subscription_resource_id':
      return built(listOf(third), second, undefined, origin, first);
    case 'provider::azapi::resource_group_resource_id':
      return built(listOf(fourth), third, undefined, origin, first, second);
    case 'provider::azapi::tenant_resource_id':
    case 'provider::azapi::management_group_resource_id':
      return name.includes('tenant')
        ? built(listOf(second), first, undefined, origin)
        : built(listOf(third), second, undefined, origin);
    case 'provider::azapi::extension_resource_id':
      return built(listOf(third), second, undefined, origin);
  }
  return unknown('unsupported', `${name}() is evaluated when Terraform runs`, origin);
}

function listOf(value: Value | undefined): readonly Value[] | undefined {
  return value?.kind === 'array' && value.open === undefined ? itemsOf(value) : undefined;
}

/** The id of what has these names, the last ones of its type; a parent gives those before. */
function built(
  names: readonly Value[] | undefined,
  type: Value | undefined,
  parent: Value | undefined,
  origin: Origin,
  subscription?: Value,
  resourceGroup?: Value,
): Value {
  const written = type?.kind === 'scalar' && typeof type.value === 'string' ? type.value.split('@')[0] : undefined;
  const levels = written === undefined ? 0 : written.split('/').length - 1;
  const above = parent === undefined || isNothing(parent) ? undefined : resourceIdOf(parent);
  if (written === undefined || names === undefined)
    return unknown('unsupported', 'an id that is only partly known', origin);
  const all = names.length === levels ? names : [...(above?.names ?? []), ...names];
  if (all.length !== levels) return unknown('unsupported', 'an id that is only partly known', origin);
  const id: ResourceId = {
    type: written,
    names: all,
    subscription: subscription ?? above?.subscription,
    resourceGroup: resourceGroup ?? above?.resourceGroup,
  };
  return reference({ kind: 'id', id }, ['id'], origin);
}
