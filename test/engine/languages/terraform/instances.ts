import { absent, array, type Member, object, scalar } from '../../../../engine/estate/make.ts';
import { type Origin, sourceOrigin } from '../../../../engine/estate/origin.ts';
import { parsePath } from '../../../../engine/estate/path.ts';
import type { Value } from '../../../../engine/estate/value.ts';
import type { TerraformInstance } from '../../../../engine/languages/terraform/instance.ts';
import { providerVersions } from '../../../../engine/languages/terraform/provider-versions.ts';

/** What a test writes for a value: plain data, or a value made by hand. */
export type Written =
  | null
  | boolean
  | number
  | string
  | readonly Written[]
  | { readonly [key: string]: Written }
  | Value;

export const uri = 'file:///main.tf';
export const header = { uri, start: 0, end: 10 };
let offset = 100;

/** Every value gets a place of its own. */
function nextOrigin(): Origin {
  offset += 10;
  return sourceOrigin(uri, offset, offset + 5);
}

export function isValue(written: Written): written is Value {
  return typeof written === 'object' && written !== null && 'kind' in written && 'origin' in written;
}

export function toValue(written: Written): Value {
  const origin = nextOrigin();
  if (written === null || typeof written !== 'object') return scalar(written, origin);
  if (isValue(written)) return written;
  if (Array.isArray(written)) return array(written.map(toValue), origin);
  const members = new Map<string, Member>();
  for (const [key, value] of Object.entries(written)) members.set(key, () => toValue(value));
  return object(members, origin);
}

/** An instance of a resource block; nested block types are written as arrays of objects. */
export function instance(
  type: string,
  body: { readonly [key: string]: Written },
  more: {
    readonly name?: string;
    readonly instance?: string;
    readonly exists?: Value;
    readonly provider?: string;
  } = {},
): TerraformInstance {
  const name = more.name ?? 'main';
  const value = toValue(body);
  if (value.kind !== 'object') throw new Error('a body is an object');
  return {
    existing: false,
    type,
    name,
    address: `${type}.${name}`,
    instance: more.instance ?? '',
    exists: more.exists ?? scalar(true, sourceOrigin(uri, 0, 10)),
    body: value,
    calls: [],
    header,
    declaration: { uri, start: 0, end: 90 },
    uri,
    node: undefined,
    provider: providerVersions(undefined, more.provider === undefined ? [] : [more.provider]),
  };
}

/** The value at a path; absent below what is absent. */
export function read(value: Value, path: string): Value {
  let current = value;
  for (const segment of parsePath(path)) {
    if (segment.kind === 'key') current = current.kind === 'object' ? current.get(segment.key) : beneath(current);
    else if (segment.kind === 'index' && current.kind === 'array')
      current = current.items[segment.index] ?? absent(current.origin);
    else current = beneath(current);
  }
  return current;
}

function beneath(value: Value): Value {
  return value.kind === 'unknown' ? value : absent(value.origin);
}

/** A value as a test reads it best. */
export function shown(value: Value): unknown {
  switch (value.kind) {
    case 'scalar':
      return value.value;
    case 'absent':
      return 'absent';
    case 'unknown':
      return `unknown: ${value.reason}`;
    case 'array':
      return [...value.items.map(shown), ...(value.open === undefined ? [] : ['…'])];
    case 'object':
      return Object.fromEntries(
        value
          .keys()
          .map((key) => [key, shown(value.get(key))] as const)
          .filter(([, each]) => each !== 'absent'),
      );
    case 'choice':
      return { [value.condition.id]: value.options.map(shown) };
    case 'reference':
      return value.target.kind === 'resource'
        ? `→ ${value.target.resource.address}${value.target.resource.instance}.${value.path.join('.')}`
        : `→ ${value.target.id.type} ${value.target.id.names.map(shown).join('/')}`;
    case 'text':
      return value.parts.map((part) => (typeof part === 'string' ? part : '…')).join('');
  }
}
