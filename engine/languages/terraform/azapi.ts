import { distribute } from '../../estate/condition.ts';
import { absent, asSecret, type Member, object, reference, scalar, unknown } from '../../estate/make.ts';
import { isNothing } from '../../estate/operations.ts';
import type { Origin } from '../../estate/origin.ts';
import type { Resource } from '../../estate/resource.ts';
import type { ObjectValue, Value } from '../../estate/value.ts';
import type { Place } from '../../text/span.ts';
import { azapiBody } from './azapi-body.ts';
import type { TerraformInstance } from './instance.ts';
import { noRows } from './lens-model.ts';
import { deepMerged } from './lens-overlay.ts';
import {
  type Ancestry,
  ancestryById,
  makeResource,
  once,
  originOfHeader,
  ownName,
  type TerraformNode,
} from './lens-resource.ts';

/** `T@v` of an azapi block; the type is empty where it is not written as plain text. */
export interface AzapiType {
  readonly type: string;
  readonly apiVersion: string | undefined;
  readonly apiVersionPlace: Place | undefined;
}

const noTables = (): readonly [] => [];

/** Types that are put on other resources, whose `parent_id` is that resource and not where they live. */
const extensionTypes = ['microsoft.authorization/', 'microsoft.insights/diagnosticsettings', 'microsoft.security/'];

export function azapiType(instance: TerraformInstance): AzapiType {
  const written = instance.body.get('type');
  const nothing = { apiVersion: undefined, apiVersionPlace: undefined };
  if (written.kind !== 'scalar' || typeof written.value !== 'string') return { type: '', ...nothing };
  const separator = written.value.indexOf('@');
  if (separator < 0) return { type: written.value, ...nothing };
  const apiVersion = written.value.slice(separator + 1);
  return {
    type: written.value.slice(0, separator),
    apiVersion,
    apiVersionPlace: placeWithin(written.origin, written.value, separator + 1),
  };
}

/** The rest of a text from `from` on, where it is a literal of the resource itself. */
function placeWithin(origin: Origin, text: string, from: number): Place | undefined {
  if (origin.kind !== 'source' || origin.via !== undefined) return undefined;
  const { uri, start, end } = origin;
  return end - start === text.length + 2 ? { uri, start: start + 1 + from, end: end - 1 } : undefined;
}

/** The resource of an `azapi_resource`. Nothing is evaluated until it is asked for, its type included. */
export function azapiResource(
  instance: TerraformInstance,
  finish: (resource: Resource, body: Value) => Value,
  splits: (resource: Resource) => readonly TerraformNode[],
): Resource {
  const type = once(() => azapiType(instance));
  const parentId = once(() => instance.body.get('parent_id'));
  const ancestry = once(() => ancestryOf(type().type, parentId(), instance));
  const resource: Resource = makeResource({
    instance,
    type: () => type().type,
    apiVersion: () => type().apiVersion,
    apiVersionPlace: () => type().apiVersionPlace,
    exists: instance.exists,
    existing: false,
    partial: false,
    names: () => [
      ...ancestry().names,
      ownName({ kind: 'attribute', attribute: 'name' }, instance.body, instance, 'name'),
    ],
    parent: () => ancestry().parent,
    scope: () => (isExtension(type().type) ? parentId() : undefined),
    body: () => finish(resource, wholeBody(instance)),
    header: instance.header,
    declaration: instance.declaration,
    node: {
      instance,
      table: undefined,
      rows: noRows,
      block: undefined,
      splits: () => splits(resource),
      tables: noTables,
    },
  });
  return resource;
}

/** Which resource an azapi block is about, by its `resource_id` or by its parent and name. */
export function azapiNames(instance: TerraformInstance): { readonly ancestry: Ancestry; readonly own: Value } {
  const { type } = azapiType(instance);
  const id = instance.body.get('resource_id');
  if (!isNothing(id)) {
    const { parent, names } = ancestryById(id, type);
    const own = names[names.length - 1];
    if (own !== undefined) return { ancestry: { parent: parent?.parent, names: names.slice(0, -1) }, own };
  }
  const own = ownName({ kind: 'attribute', attribute: 'name' }, instance.body, instance, 'name');
  return { ancestry: ancestryOf(type, instance.body.get('parent_id'), instance), own };
}

/** What an `azapi_update_resource` writes, and into what. */
export interface AzapiUpdate {
  readonly type: () => string;
  readonly target: () => Value;
  readonly body: (whole: boolean) => Value;
  readonly node: TerraformNode;
  readonly alone: () => Resource;
}

export function azapiUpdate(instance: TerraformInstance): AzapiUpdate {
  const type = once(() => azapiType(instance));
  const node: TerraformNode = {
    instance,
    table: undefined,
    rows: noRows,
    block: undefined,
    splits: () => [],
    tables: noTables,
  };
  const ancestry = once(() => ancestryOf(type().type, instance.body.get('parent_id'), instance));
  const name = (): Value => ownName({ kind: 'attribute', attribute: 'name' }, instance.body, instance, 'name');
  const target = once((): Value => {
    const id = instance.body.get('resource_id');
    if (!isNothing(id)) return id;
    const names = [...ancestry().names, name()];
    const target = { type: type().type, names, subscription: undefined, resourceGroup: undefined };
    return reference({ kind: 'id', id: target }, ['id'], originOfHeader(instance));
  });
  const elsewhere = () => unknown('data', `${instance.address} only updates it`, originOfHeader(instance));
  const alone = once(() =>
    makeResource({
      instance,
      type: () => type().type,
      apiVersion: () => type().apiVersion,
      apiVersionPlace: () => type().apiVersionPlace,
      exists: instance.exists,
      existing: false,
      partial: true,
      names: () => {
        const { ancestry: above, own } = azapiNames(instance);
        return [...above.names, own];
      },
      parent: () => ancestry().parent,
      scope: () => undefined,
      body: () => opened(wholeBody(instance), elsewhere()),
      header: instance.header,
      declaration: instance.declaration,
      node,
    }),
  );
  return { type: () => type().type, target, body: () => wholeBody(instance), node, alone };
}

function isExtension(type: string): boolean {
  const lower = type.toLowerCase();
  return extensionTypes.some((start) => lower.startsWith(start));
}

function ancestryOf(type: string, parentId: Value, instance: TerraformInstance): Ancestry {
  const slash = type.lastIndexOf('/');
  const parentType = type.slice(0, Math.max(0, slash));
  if (!parentType.includes('/')) return { parent: undefined, names: [] };
  if (!isNothing(parentId)) return ancestryById(parentId, parentType);
  // Older configurations write the whole path as the name: `account/default`.
  const name = instance.body.get('name');
  const parts = name.kind === 'scalar' ? String(name.value).split('/').slice(0, -1) : [];
  return { parent: undefined, names: parts.map((part) => scalar(part, name.origin)) };
}

/** `body` with `sensitive_body` over it, and what azapi takes as arguments of its own. */
function wholeBody(instance: TerraformInstance): Value {
  const body = azapiBody(instance);
  const sensitive = instance.body.get('sensitive_body');
  const merged = isNothing(sensitive) ? body : deepMerged(body, asSecret(sensitive));
  return distribute([merged], merged.origin, ([value]) => {
    if (value === undefined) return merged;
    if (value.kind !== 'object' && !isNothing(value)) return value;
    return withArguments(instance, value.kind === 'object' ? value : undefined);
  });
}

function withArguments(instance: TerraformInstance, body: ObjectValue | undefined): ObjectValue {
  const header = originOfHeader(instance);
  const members = new Map<string, Member>();
  for (const name of ['location', 'tags']) members.set(name, () => placed(instance.body.get(name), header));
  members.set('identity', () => identityOf(instance));
  if (body !== undefined) {
    for (const key of body.keys()) {
      const lower = key.toLowerCase();
      const argument =
        lower === 'location' || lower === 'tags' || lower === 'identity' ? members.get(lower) : undefined;
      if (argument === undefined) members.set(key, () => body.get(key));
      else members.set(lower, () => firstWritten(argument, body.get(key)));
    }
  }
  return object(members, body === undefined ? header : body.origin, body?.open);
}

function firstWritten(member: Member, otherwise: Value): Value {
  const value = typeof member === 'function' ? member() : member;
  return isNothing(value) ? otherwise : value;
}

function placed(value: Value, header: ReturnType<typeof originOfHeader>): Value {
  return value.kind === 'absent' ? absent(header) : value;
}

/** The `identity` block, in Azure's shape. */
function identityOf(instance: TerraformInstance): Value {
  const blocks = instance.body.get('identity');
  const block = blocks.kind === 'array' && blocks.open === undefined ? blocks.items[0] : undefined;
  if (block?.kind !== 'object') {
    return blocks.kind === 'array' && blocks.open === undefined
      ? absent(originOfHeader(instance))
      : placed(blocks, originOfHeader(instance));
  }
  const ids = block.get('identity_ids');
  const members = new Map<string, Member>([['type', () => block.get('type')]]);
  if (ids.kind === 'array') {
    const identities = new Map<string, Member>();
    for (const id of ids.items) {
      if (id.kind === 'scalar') identities.set(String(id.value), object(new Map(), id.origin));
    }
    const uncertain = ids.open ?? ids.items.find((id) => id.kind !== 'scalar');
    const open =
      uncertain === undefined ? undefined : unknown('deployment', 'an id that is not known', uncertain.origin);
    members.set('userAssignedIdentities', object(identities, ids.origin, open));
  }
  return object(members, block.origin);
}

function opened(body: Value, open: ReturnType<typeof unknown>): Value {
  if (body.kind !== 'object') return body;
  const members = new Map<string, Member>();
  for (const key of body.keys()) {
    members.set(key, () => {
      const value = body.get(key);
      return isNothing(value) ? open : opened(value, open);
    });
  }
  return object(members, body.origin, open);
}
