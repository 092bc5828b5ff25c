import { and, sameValue } from '../../estate/condition.ts';
import { isIdPath, resourceIdOf } from '../../estate/link.ts';
import { array, choice, object, scalar, unknown } from '../../estate/make.ts';
import { isNothing, itemsOf } from '../../estate/operations.ts';
import { type Origin, sourceOrigin } from '../../estate/origin.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Value } from '../../estate/value.ts';
import type { Place } from '../../text/span.ts';
import type { TerraformInstance } from './instance.ts';
import { listOfBlocks, type Source } from './lens-body.ts';
import type { ChildRow, NameSource, Rows, TypeLens } from './lens-model.ts';

/** What `Resource.source.node` is in Terraform: how edits find the way back to the text. */
export interface TerraformNode {
  readonly instance: TerraformInstance;
  /** Undefined for azapi, whose body is Azure's already. */
  readonly table: TypeLens | undefined;
  readonly rows: Rows;
  /** For a child resource that is written as a block: which block of the resource's block. */
  readonly block: { readonly path: readonly string[]; readonly index: number } | undefined;
  /** The blocks elsewhere that certainly configure this resource too. */
  readonly splits: () => readonly TerraformNode[];
  /** All tables of the lens: what else can be written for it. */
  readonly tables: () => readonly TypeLens[];
}

/** A function that is called at most once. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Everything of a resource; what is a function is called when it is first asked for, and once. */
export interface ResourceParts {
  readonly instance: TerraformInstance;
  readonly type: () => string;
  readonly apiVersion: () => string | undefined;
  /** Left out where the provider decides. */
  readonly apiVersionPlace?: () => Place | undefined;
  readonly exists: Value;
  readonly existing: boolean;
  readonly partial: boolean;
  readonly names: () => readonly Value[];
  readonly parent: () => Resource | undefined;
  readonly scope: () => Value | undefined;
  readonly body: () => Value;
  readonly header: Place;
  readonly declaration: Place;
  readonly node: TerraformNode;
}

export function makeResource(parts: ResourceParts): Resource {
  const { instance } = parts;
  let names: readonly Value[] | undefined;
  let parent: { readonly resource: Resource | undefined } | undefined;
  let scope: { readonly value: Value | undefined } | undefined;
  let body: Value | undefined;
  return {
    language: 'terraform',
    address: instance.address,
    get type() {
      return parts.type();
    },
    get apiVersion() {
      return parts.apiVersion();
    },
    get apiVersionPlace() {
      return parts.apiVersionPlace?.();
    },
    exists: parts.exists,
    existing: parts.existing,
    partial: parts.partial,
    header: parts.header,
    declaration: parts.declaration,
    instance: instance.instance,
    calls: instance.calls,
    source: { language: 'terraform', uri: instance.uri, node: parts.node },
    get names() {
      names ??= parts.names();
      return names;
    },
    get parent() {
      parent ??= { resource: parts.parent() };
      return parent.resource;
    },
    get scope() {
      scope ??= { value: parts.scope() };
      return scope.value;
    },
    get body() {
      body ??= parts.body();
      return body;
    },
  };
}

/** The version that every admitted provider major speaks; undefined when they differ or it is not known. */
export function apiVersionOf(table: TypeLens, instance: TerraformInstance): string | undefined {
  const versions = instance.provider.majors.map((major) => table.apiVersion[String(major)] ?? table.apiVersion['*']);
  const [first] = versions;
  return versions.every((version) => version === first) ? first : undefined;
}

export function sourceOf(table: TypeLens, instance: TerraformInstance, whole: boolean): Source {
  return {
    terraformType: table.terraformType,
    body: instance.body,
    place: instance.header,
    provider: instance.provider,
    whole,
  };
}

export function originOfHeader(instance: TerraformInstance): Origin {
  return sourceOrigin(instance.uri, instance.header.start, instance.header.end);
}

/** A resource's own name; one that Azure or the provider makes up is unknown, and unlike every other. */
export function ownName(name: NameSource, body: Value, instance: TerraformInstance, key: string): Value {
  if (name.kind === 'constant') return scalar(name.value, originOfHeader(instance));
  const written = body.kind === 'object' ? body.get(name.attribute) : body;
  if (!isNothing(written)) return written;
  const identity = `${instance.address}${instance.instance}.${key}`;
  return unknown(
    'deployment',
    `the name of ${instance.address} is made up when it is deployed`,
    originOfHeader(instance),
    identity,
  );
}

/** Where a resource lives: its parent, and the names of all levels above it. */
export interface Ancestry {
  readonly parent: Resource | undefined;
  readonly names: readonly Value[];
}

/** The first way to the parent that is written. `intermediate` gives the resource of a level that no block stands for. */
export function ancestryOf(
  table: TypeLens,
  instance: TerraformInstance,
  intermediate: (parent: Resource, type: string, name: string) => Resource,
): Ancestry {
  for (const source of table.parents) {
    const written = instance.body.get(source.attribute);
    if (isNothing(written)) continue;
    const between = source.between.map((name) => scalar(name, originOfHeader(instance)));
    if (source.byName) return { parent: undefined, names: [written, ...between] };
    const found = ancestryById(written, source.type);
    let parent = found.parent;
    let type = source.type;
    const segments = (table.type ?? '').split('/');
    source.between.forEach((name) => {
      type = segments.slice(0, type.split('/').length + 1).join('/');
      if (parent !== undefined) parent = intermediate(parent, type, name);
    });
    return { parent, names: [...found.names, ...between] };
  }
  return { parent: undefined, names: unknownNames(table.type ?? '', instance) };
}

/** What an id says of the resource that it names, if that is of the type. */
export function ancestryById(value: Value, type: string): Ancestry {
  const levels = type.split('/').length - 1;
  const lower = type.toLowerCase();
  const id = resourceIdOf(value);
  if (id !== undefined && id.type.toLowerCase() === lower) {
    const parent = value.kind === 'reference' && value.target.kind === 'resource' ? value.target.resource : undefined;
    return { parent, names: id.names };
  }
  if (value.kind === 'choice') {
    const options = value.options.map((option) => ancestryById(option, type).names);
    const names = Array.from({ length: levels }, (_, level) =>
      choice(
        value.condition,
        options.map((each) => each[level] ?? notNamed(value)),
        value.origin,
      ),
    );
    return { parent: undefined, names };
  }
  return { parent: undefined, names: Array.from({ length: levels }, () => notNamed(value)) };
}

function notNamed(value: Value): Value {
  if (value.kind === 'unknown') return unknown(value.reason, value.detail, value.origin);
  return unknown('unsupported', 'an id that is only partly known', value.origin);
}

function unknownNames(type: string, instance: TerraformInstance): readonly Value[] {
  const levels = type.split('/').length - 2;
  const origin = originOfHeader(instance);
  return Array.from({ length: Math.max(0, levels) }, () => unknown('error', 'the parent is not written', origin));
}

/** A block that is a resource of its own. */
export interface ChildBlock {
  /** The block as an object; unknown where it is not known whether there is one. */
  readonly value: Value;
  readonly index: number;
  readonly exists: Value;
}

export function childBlocks(row: ChildRow, source: Source, instance: TerraformInstance): readonly ChildBlock[] {
  const found = listOfBlocks(row.block, source);
  // An attribute that is a resource of its own is read as a block with one attribute.
  const list =
    row.scalar && !isNothing(found) && found.kind !== 'unknown'
      ? array([object(new Map([['value', found]]), found.origin)], found.origin)
      : found;
  const origin = originOfHeader(instance);
  const result: ChildBlock[] = [];
  const add = (value: Value, index: number, exists: Value): void => {
    result.push({ value, index, exists: and(instance.exists, () => exists, origin) });
  };
  const addAll = (items: readonly Value[], exists: Value): void => {
    for (const [index, item] of items.entries()) add(item, index, exists);
  };
  if (list.kind === 'choice') {
    // One child for each item of each alternative; it is there when that alternative is.
    list.options.forEach((option, alternative) => {
      const here = list.options.map((_, index) => scalar(index === alternative, origin));
      const exists = choice(list.condition, here, origin);
      if (option.kind === 'array') addAll(itemsOf(option), exists);
    });
    return result;
  }
  if (list.kind === 'array') {
    addAll(itemsOf(list), scalar(true, origin));
    if (list.open !== undefined && list.items.length === 0) add(list.open, 0, list.open);
  } else if (list.kind === 'unknown') {
    add(list, 0, list);
  }
  return result;
}

/** True, false, or undefined when it is not known whether an id is that of a resource. */
export function namesResource(value: Value, resource: Resource): boolean | undefined {
  const declared = declaredTarget(value);
  if (declared !== undefined) return declared === resource;
  if (isNothing(value)) return false;
  const id = resourceIdOf(value);
  if (id === undefined) return undefined;
  return id.type.toLowerCase() === resource.type.toLowerCase() ? namesMatch(id.names, resource.names) : false;
}

/** The resource that an id certainly stands for. One that is only looked up may be any of the same names. */
export function declaredTarget(value: Value): Resource | undefined {
  if (value.kind !== 'reference' || value.target.kind !== 'resource' || !isIdPath(value)) return undefined;
  return value.target.resource.existing ? undefined : value.target.resource;
}

function namesMatch(a: readonly Value[], b: readonly Value[]): boolean | undefined {
  if (a.length !== b.length) return false;
  let answer: boolean | undefined = true;
  a.forEach((left, index) => {
    const right = b[index];
    const same = right === undefined ? false : sameValue(left, right);
    if (same === false) answer = false;
    else if (same === undefined && answer === true) answer = undefined;
  });
  return answer;
}
