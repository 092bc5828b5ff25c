// Reads the public type definitions of Azure resources: a checkout of Azure/bicep-types-az, whose files are
// generated/<group>/<namespace>/<API version>/types.json.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import bicepTypes from '@azure/bicep-types';

const readOnly = 2;

/** The files of each namespace, by its name in lower case: `{ version, file }`, oldest version first. */
export function indexDefinitions(folder) {
  const byNamespace = new Map();
  for (const name of readdirSync(folder, { recursive: true })) {
    const parts = name.replaceAll('\\', '/').split('/');
    if (parts.at(-1) !== 'types.json') continue;
    const [namespace, version] = parts.slice(-3);
    const files = byNamespace.get(namespace.toLowerCase()) ?? [];
    byNamespace.set(namespace.toLowerCase(), files);
    files.push({ version, file: join(folder, name) });
  }
  for (const files of byNamespace.values()) files.sort((a, b) => compareVersions(a.version, b.version));
  return byNamespace;
}

/** Of one date the preview is the earlier one. */
export function compareVersions(a, b) {
  const [dateA, dateB] = [a.slice(0, 10), b.slice(0, 10)];
  if (dateA !== dateB) return dateA < dateB ? -1 : 1;
  if (a.length === b.length) return a < b ? -1 : Number(a > b);
  return a.length > b.length ? -1 : 1;
}

/** The resource types of one file, by name in lower case: `{ name, find(path) }`. */
export function readDefinitions(file) {
  const types = bicepTypes.readTypesJson(readFileSync(file, 'utf8'));
  const found = new Map();
  for (const type of types) {
    if (type.type !== 'ResourceType') continue;
    const [name] = type.name.split('@');
    const known = found.get(name.toLowerCase());
    const bodies = [...(known?.bodies ?? []), types[type.body.index]];
    found.set(name.toLowerCase(), { name, bodies, find: (path) => findPath(types, bodies, path) });
  }
  return found;
}

/**
 * What the definitions say of a path: undefined where no shape of the type has it, else whether it can only be read
 * and the texts that are named for it (undefined where none are). `path`: keys, `[]` for items, `*` for any member.
 */
function findPath(types, bodies, path) {
  let places = bodies.map((type) => ({ type, flags: 0 }));
  for (const segment of path) places = places.flatMap((place) => step(types, place.type, segment));
  if (places.length === 0) return undefined;
  const values = places.map(({ type }) => textsOf(types, type));
  return {
    readOnly: places.every(({ flags }) => (flags & readOnly) !== 0),
    values: values.every((each) => each !== undefined) ? [...new Set(values.flat())] : undefined,
  };
}

function step(types, type, segment) {
  switch (type.type) {
    case 'AnyType':
      return [{ type, flags: 0 }];
    case 'BuiltInType':
      return type.kind === 1 || type.kind === 6 || type.kind === 7 ? [{ type: { type: 'AnyType' }, flags: 0 }] : [];
    case 'UnionType':
      return type.elements.flatMap(({ index }) => step(types, types[index], segment));
    case 'ArrayType':
      return segment === '[]' ? [{ type: types[type.itemType.index], flags: 0 }] : [];
    case 'ObjectType':
      return members(types, type.properties, type.additionalProperties, segment);
    case 'DiscriminatedObjectType': {
      const shared = members(types, type.baseProperties, undefined, segment);
      const own = Object.values(type.elements).flatMap(({ index }) => step(types, types[index], segment));
      const named = segment.toLowerCase() === type.discriminator.toLowerCase();
      // The discriminator is a literal in each element: together they are what it may be.
      return named ? own : [...shared, ...own];
    }
    default:
      return [];
  }
}

function members(types, properties, additional, segment) {
  if (segment === '[]') return [];
  const named = Object.entries(properties).filter(
    ([key]) => segment === '*' || key.toLowerCase() === segment.toLowerCase(),
  );
  const found = named.map(([, { type, flags }]) => ({ type: types[type.index], flags }));
  if ((segment === '*' || found.length === 0) && additional !== undefined)
    found.push({ type: types[additional.index], flags: 0 });
  return found;
}

/** The texts that a type names, whether or not it takes others too; undefined where it names none. */
function textsOf(types, type) {
  if (type.type === 'StringLiteralType') return [type.value];
  if (type.type !== 'UnionType') return undefined;
  const named = type.elements.flatMap(({ index }) => textsOf(types, types[index]) ?? []);
  return named.length === 0 ? undefined : named;
}
