import type { PropertyPath } from '../../estate/path.ts';
import { type Data, type DataObject, isDataArray, isDataObject } from '../../functions/data.ts';
import {
  asObject,
  compilePath,
  LensError,
  rejectOtherKeys,
  requireObject,
  requireText,
  requireTexts,
} from './lens-compile-data.ts';
import { compileList, compileName, compileRows, plainRow } from './lens-compile-rows.ts';
import type { AttributeRow, CompiledLens, Into, ParentSource, Rows, TypeLens } from './lens-model.ts';

const typeKeys = [
  'type',
  'apiVersion',
  'constants',
  'name',
  'parent',
  'scope',
  'into',
  'link',
  'like',
  'append',
  'below',
  'attributes',
  'derived',
];
const anyMajor = '*';

/**
 * Compiles the tables of one file, as a YAML reader leaves them. Types whose name begins with `_` are shared pieces that
 * others of the same file take with `like`. Throws LensError.
 */
export function compileLens(data: Data): CompiledLens {
  const tables = requireObject(data, 'lens');
  const types: Record<string, TypeLens> = {};
  for (const terraformType of Object.keys(tables)) {
    if (terraformType.startsWith('_')) continue;
    types[terraformType] = compileType(terraformType, inherit(terraformType, tables, []));
  }
  return { types };
}

/** Several files as one. Throws LensError when two have the same type. */
export function mergeLenses(lenses: readonly CompiledLens[]): CompiledLens {
  const types: Record<string, TypeLens> = {};
  for (const lens of lenses) {
    for (const [terraformType, table] of Object.entries(lens.types)) {
      if (types[terraformType] !== undefined)
        throw new LensError(`${terraformType}: there are two tables of this type.`);
      types[terraformType] = table;
    }
  }
  return { types };
}

/** The table of a type with what it takes from others put in front; its own entries win. */
function inherit(terraformType: string, tables: DataObject, seen: readonly string[]): DataObject {
  if (seen.includes(terraformType)) throw new LensError(`${terraformType}.like: goes round in a circle.`);
  const table = requireObject(tables[terraformType] ?? null, terraformType);
  return takeLike(table, terraformType, tables, [...seen, terraformType]);
}

function takeLike(own: DataObject, place: string, tables: DataObject, seen: readonly string[]): DataObject {
  const like = own.like === undefined ? [] : requireTexts(own.like, `${place}.like`);
  let result: DataObject = {};
  for (const base of like) {
    if (tables[base] === undefined) throw new LensError(`${place}.like: this file has no '${base}'.`);
    result = combine(result, inherit(base, tables, seen));
  }
  const attributes: Record<string, Data> = {};
  for (const [name, row] of Object.entries(asObject(own.attributes))) {
    const nested = isDataObject(row) && (row.each !== undefined || row.child !== undefined);
    const here = `${place}.attributes.${name}`;
    attributes[name] = nested ? rowOnly(takeLike(row, here, tables, seen), row) : row;
  }
  return combine(result, { ...own, attributes });
}

/** Of what a nested row takes from a type only its rows count. */
function rowOnly(combined: DataObject, own: DataObject): DataObject {
  const { attributes, derived, constants } = combined;
  return { ...own, attributes: attributes ?? {}, derived: derived ?? {}, constants: constants ?? {} };
}

function combine(base: DataObject, own: DataObject): DataObject {
  // Its own rows stand first: that is the order in which new arguments are written.
  const attributes = { ...asObject(own.attributes), ...asObject(base.attributes), ...asObject(own.attributes) };
  const derived = { ...asObject(base.derived), ...asObject(own.derived) };
  const constants = { ...asObject(base.constants), ...asObject(own.constants) };
  // A row that is set to null is taken out again.
  return { ...base, ...own, attributes: withoutNulls(attributes), derived: withoutNulls(derived), constants };
}

function withoutNulls(object: DataObject): DataObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));
}

function compileType(terraformType: string, table: DataObject): TypeLens {
  rejectOtherKeys(table, typeKeys, terraformType);
  const at = (key: string): string => `${terraformType}.${key}`;
  const into = compileInto(table, terraformType);
  const type = table.type === undefined ? undefined : requireText(table.type, at('type'));
  if ((type === undefined) === (into === undefined)) {
    throw new LensError(`${terraformType}: needs one of 'type', 'into' and 'link'.`);
  }
  const link = table.link === undefined ? undefined : requireObject(table.link, at('link'));
  const own = compileRows(
    asObject(table.attributes),
    asObject(table.derived),
    asObject(table.constants),
    terraformType,
    at,
  );
  const rows =
    table.below === undefined ? own : rowsBelow(compilePath(requireText(table.below, at('below')), at('below')), own);
  const linked: readonly AttributeRow[] =
    link === undefined
      ? []
      : [
          {
            ...plainRow(
              requireText(link.value ?? null, at('link.value')),
              requireText(link.path ?? null, at('link.path')),
              at('link.path'),
            ),
            readOnly: true,
          },
        ];
  return {
    terraformType,
    type,
    into,
    apiVersion: compileApiVersions(table.apiVersion, at('apiVersion')),
    name: compileName(table.name, at('name')),
    parents: compileParents(table.parent, type, at('parent')),
    scope: table.scope === undefined ? [] : [requireText(table.scope, at('scope'))],
    ...rows,
    lists:
      table.append === undefined
        ? rows.lists
        : [...rows.lists, compileList([], requireObject(table.append, at('append')), at('append'))],
    attributes: [...commonRows(type, rows), ...rows.attributes, ...linked],
  };
}

/** Rows of a shared piece whose paths begin deeper in this type. */
function rowsBelow(prefix: PropertyPath, rows: Rows): Rows {
  const put = <T extends { readonly to: PropertyPath }>(row: T): T => ({ ...row, to: [...prefix, ...row.to] });
  return {
    ...rows,
    attributes: rows.attributes.map((row) => ({ ...row, to: row.to.map((path) => [...prefix, ...path]) })),
    lists: rows.lists.map(put),
    derived: rows.derived.map(put),
    constants: rows.constants.map(put),
  };
}

/** `location` and `tags` are the same everywhere; a table that writes them otherwise has its own rows. */
function commonRows(type: string | undefined, rows: Rows): readonly AttributeRow[] {
  if (type === undefined) return [];
  const common: AttributeRow[] = [];
  for (const name of ['location', 'tags']) {
    const own = rows.attributes.some((row) => row.attribute[0] === name);
    if (!own) common.push(plainRow(name, name, name));
  }
  return common;
}

function compileInto(table: DataObject, terraformType: string): Into | undefined {
  const written = table.into ?? table.link;
  if (written === undefined) return undefined;
  const association = table.into === undefined;
  const place = `${terraformType}.${association ? 'link' : 'into'}`;
  const source = requireObject(written, place);
  rejectOtherKeys(source, association ? ['type', 'from', 'path', 'value'] : ['type', 'by', 'byName'], place);
  const type = requireText(source.type ?? null, `${place}.type`);
  if (association) return { type, by: requireText(source.from ?? null, `${place}.from`), byName: false, association };
  const byName = source.byName !== undefined;
  return { type, by: requireText(source.byName ?? source.by ?? null, `${place}.by`), byName, association };
}

function compileApiVersions(data: Data | undefined, place: string): { readonly [major: string]: string } {
  if (data === undefined) return {};
  if (typeof data === 'string') return { [anyMajor]: data };
  const versions: Record<string, string> = {};
  for (const [major, version] of Object.entries(requireObject(data, place))) {
    const written = requireText(version, `${place}.${major}`);
    if (!/^\d{4}-\d{2}-\d{2}(-[a-z0-9]+)?$/.test(written))
      throw new LensError(`${place}.${major}: '${written}' is no API version.`);
    versions[major] = written;
  }
  return versions;
}

function compileParents(data: Data | undefined, type: string | undefined, place: string): readonly ParentSource[] {
  if (data === undefined) return [];
  if (type === undefined) throw new LensError(`${place}: only a resource of its own has a parent.`);
  const list = isDataArray(data) ? data : [data];
  return list.map((each, index) => {
    const here = isDataArray(data) ? `${place}[${index}]` : place;
    const source = requireObject(each, here);
    rejectOtherKeys(source, ['attribute', 'byName', 'type', 'between'], here);
    const byName = source.byName !== undefined;
    const attribute = requireText(source.byName ?? source.attribute ?? null, `${here}.attribute`);
    const between = source.between === undefined ? [] : requireTexts(source.between, `${here}.between`);
    let parentType = type;
    for (let level = 0; level <= between.length; level++) parentType = parentType.slice(0, parentType.lastIndexOf('/'));
    if (source.type !== undefined && requireText(source.type, `${here}.type`) !== parentType) {
      throw new LensError(`${here}.type: the parent of ${type} is ${parentType}.`);
    }
    return { attribute, type: parentType, byName, between };
  });
}
