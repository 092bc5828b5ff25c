import { type Data, equalData, isDataArray } from '../../functions/data.ts';
import type { JsonNode, JsonObject } from '../../text/json-syntax.ts';
import { memberOf } from './edit-find.ts';
import type { Level } from './levels.ts';

/**
 * The reason why a parameter would not take another default value: Azure checks a default against the bounds of its own
 * declaration. `levels` lead to the value. Undefined where it is no default, or a good one.
 */
export function refusedByParameter(levels: readonly Level[], data: Data): string | undefined {
  const value = levels[levels.length - 1];
  const declaration = levels[levels.length - 2]?.node;
  if (value?.member?.key.value.toLowerCase() !== 'defaultvalue' || declaration?.kind !== 'object') return undefined;
  const allowed = memberOf(declaration, 'allowedValues')?.value;
  if (allowed?.kind === 'array' && !allowed.items.some((item) => isValue(item, data)))
    return 'The allowed values of the parameter do not include the new one.';
  const size =
    typeof data === 'number' ? data : typeof data === 'string' || isDataArray(data) ? data.length : undefined;
  const [least, most] = typeof data === 'number' ? ['minValue', 'maxValue'] : ['minLength', 'maxLength'];
  if (size !== undefined && (size < bound(declaration, least, size) || size > bound(declaration, most, size)))
    return 'The new value is beyond the bounds of the parameter.';
  return undefined;
}

function isValue(item: JsonNode, data: Data): boolean {
  return item.kind !== 'object' && item.kind !== 'array' && equalData(item.value, data);
}

function bound(declaration: JsonObject, name: string, otherwise: number): number {
  const value = memberOf(declaration, name)?.value;
  return value?.kind === 'number' ? value.value : otherwise;
}
