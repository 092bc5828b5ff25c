import { asWritten } from '../../estate/as-written.ts';
import type { NewResourceEdit, OwnPart } from '../../estate/property-edit.ts';
import { type Data, isDataObject } from '../../functions/data.ts';
import {
  findMemberIgnoringCase,
  type JsonArray,
  type JsonMember,
  type JsonNode,
  type JsonObject,
} from '../../text/json-syntax.ts';
import { memberOf } from './edit-find.ts';
import {
  type Joining,
  type NameSegment,
  printName,
  printSegment,
  quoted,
  segmentsOf,
  withLoopRenamed,
} from './edit-names.ts';
import { type Entry, type Printable, printableOf } from './edit-print.ts';
import { isArmExpression } from './expression-parser.ts';
import type { ArmNode } from './levels.ts';
import { kindOfRoot } from './template-kind.ts';

export type MadeResource =
  | {
      readonly kind: 'made';
      /** The list of resources that it comes into, and what it follows there. */
      readonly container: JsonArray | JsonObject;
      readonly after: JsonMember | JsonNode;
      readonly entry: Entry;
      /** Names that are given to it and its loop. */
      readonly taken: readonly string[];
    }
  | { readonly kind: 'refused'; readonly reason: string };

function refused(reason: string): MadeResource {
  return { kind: 'refused', reason };
}

/**
 * Declares a resource that belongs to another one, behind it: a child, or one that refers to it. Condition and loop of that
 * one are repeated, so that there is one for each instance. `bodyWith` gives the body, by what is the resource's own. `taken`
 * are names given to other new resources.
 */
export function makeNewResource(
  edit: NewResourceEdit,
  bodyWith: (own: (part: OwnPart) => Data) => Data,
  parent: ArmNode,
  taken: readonly string[],
): MadeResource {
  const { declaration, template, within } = parent;
  for (const outer of within) {
    if (memberOf(outer, 'condition') !== undefined || memberOf(outer, 'copy') !== undefined)
      return refused('The resource is nested in one that has a condition or a loop.');
  }
  if (memberOf(declaration, 'scope') !== undefined) return refused('The resource is put on another one by its scope.');
  const outermost = within[0] ?? declaration;
  const container = findMemberIgnoringCase(template, 'resources')?.value;
  if (container?.kind !== 'array' && container?.kind !== 'object')
    return refused('The list of resources cannot be read.');
  const after =
    container.kind === 'array'
      ? container.items.find((item) => item === outermost)
      : container.members.find((member) => member.value === outermost);
  if (after === undefined) return refused('The list of resources cannot be read.');
  const segments = namesOf([...within, declaration]);
  const type = typeOf([...within, declaration]);
  const ownerType = edit.kind === 'add-child' ? edit.type.slice(0, edit.type.lastIndexOf('/')) : type;
  if (segments === undefined || ownerType === undefined || segments.length !== ownerType.split('/').length - 1)
    return refused('The name of the resource cannot be taken apart.');
  const symbol = 'key' in after ? after.key.value : undefined;
  const names = new Names(parent.source.text, [...taken]);
  const lastOfType = edit.type.slice(edit.type.lastIndexOf('/') + 1).replace(/\W/g, '');
  const last = edit.kind === 'add-child' ? lastOfType : lastOfType.replace(/ies$/, 'y').replace(/s$/, '');
  const suffix = `${last.charAt(0).toUpperCase()}${last.slice(1)}`;
  const own = symbol === undefined ? undefined : names.fresh(symbol + suffix);
  const loop = loopOf(declaration, own, suffix, names);
  if (loop === 'unknown') return refused('The loop of the resource cannot be read.');
  const renamed = (value: string): string => (loop === undefined ? value : withLoopRenamed(value, loop.from, loop.to));
  const name = renamed(nameOf(edit, segments, joiningOf(parent, symbol)));
  const id = renamed(resourceIdOf(parent, ownerType, segments));
  const location = memberOf(declaration, 'location')?.value;
  let lacksLocation = false;
  const body = bodyWith((part) => {
    if (part === 'id') return asWritten(id);
    lacksLocation ||= location?.kind !== 'string';
    return asWritten(location?.kind === 'string' ? renamed(location.value) : '');
  });
  if (lacksLocation) return refused('The resource does not say where it is.');
  if (!isDataObject(body)) return refused('The body of the new resource is no object.');
  const dependsOn = symbol === undefined ? id : loop === undefined ? symbol : `[format('${symbol}[{0}]', copyIndex())]`;
  const head: [string, Printable][] = [
    ['type', { kind: 'data', data: edit.type }],
    ['apiVersion', { kind: 'data', data: edit.apiVersion }],
    ['name', { kind: 'raw', text: name }],
  ];
  const condition = memberOf(declaration, 'condition')?.value;
  if (condition !== undefined) {
    const written =
      condition.kind === 'string' ? { kind: 'raw' as const, text: renamed(condition.value) } : printableOf(condition);
    head.unshift(['condition', written]);
  }
  if (loop !== undefined) head.push(['copy', loop.copy]);
  const members = new Map(inOrderOf(declaration, head));
  if (edit.kind === 'add-referring' && edit.onto) members.set('scope', { kind: 'raw', text: id });
  const dependencies: Printable = { kind: 'items', items: [{ kind: 'raw', text: dependsOn }] };
  const dependsLast = dependenciesComeLast(container);
  if (!dependsLast) members.set('dependsOn', dependencies);
  for (const [key, data] of Object.entries(body)) members.set(key, { kind: 'data', data });
  if (dependsLast) members.set('dependsOn', dependencies);
  return {
    kind: 'made',
    container,
    after,
    entry: { key: own, value: { kind: 'members', members } },
    taken: names.taken,
  };
}

/** The full type of the last of some resources that are nested in each other. */
function typeOf(chain: readonly JsonObject[]): string | undefined {
  let full: string | undefined;
  for (const resource of chain) {
    const type = memberOf(resource, 'type')?.value;
    if (type?.kind !== 'string') return undefined;
    // A nested resource says the last part of its type only, or all of it.
    full = full === undefined || type.value.includes('/') ? type.value : `${full}/${type.value}`;
  }
  return full?.replace(/@.*$/, '');
}

/** The name of a new resource; that of one that refers to another may hold the other's. */
function nameOf(edit: NewResourceEdit, segments: readonly NameSegment[], joining: Joining): string {
  if (edit.kind === 'add-child') return printName([...segments, [{ kind: 'text', text: edit.name }]], joining);
  const own = segments[segments.length - 1] ?? [];
  const parts = edit.name
    .split(/(\{name\})/)
    .filter((part) => part !== '')
    .flatMap((part): NameSegment => (part === '{name}' ? own : [{ kind: 'text', text: part }]));
  return printName([parts], 'concat');
}

/** The segments of a full name, of the names of resources that are nested in each other. */
function namesOf(chain: readonly JsonObject[]): readonly NameSegment[] | undefined {
  const segments: NameSegment[] = [];
  for (const resource of chain) {
    const name = memberOf(resource, 'name')?.value;
    if (name?.kind !== 'string') return undefined;
    segments.push(...segmentsOf(name.value));
  }
  return segments;
}

/** The loop of a new resource, which goes round as often as its parent's. */
function loopOf(
  parent: JsonObject,
  symbol: string | undefined,
  suffix: string,
  names: Names,
): { readonly from: string; readonly to: string; readonly copy: Printable } | 'unknown' | undefined {
  const copy = memberOf(parent, 'copy')?.value;
  if (copy === undefined) return undefined;
  if (copy.kind !== 'object') return 'unknown';
  const name = memberOf(copy, 'name')?.value;
  if (name?.kind !== 'string' || isArmExpression(name.value)) return 'unknown';
  const to = symbol ?? names.fresh(name.value + suffix);
  const members = new Map<string, Printable>();
  for (const { key, value } of copy.members) {
    if (value === undefined) return 'unknown';
    members.set(key.value, value === name ? { kind: 'raw', text: to } : printableOf(value));
  }
  return { from: name.value, to, copy: { kind: 'members', members } };
}

function resourceIdOf({ template }: ArmNode, type: string, segments: readonly NameSegment[]): string {
  const kind = kindOfRoot(template);
  const scope = kind.kind === 'template' ? kind.scope : 'resourceGroup';
  const names = segments.map(printSegment).join(', ');
  const name = {
    resourceGroup: 'resourceId',
    subscription: 'subscriptionResourceId',
    managementGroup: 'managementGroupResourceId',
    tenant: 'tenantResourceId',
  }[scope];
  return `[${name}(${quoted(type)}, ${names})]`;
}

/** Symbolic names mostly come from Bicep, which joins by `format`; else the more frequent way of the file counts. */
function joiningOf({ source: { text } }: ArmNode, symbol: string | undefined): Joining {
  const formats = text.split(/\bformat\(/i).length;
  const concats = text.split(/\bconcat\(/i).length;
  return formats > concats || (formats === concats && symbol !== undefined) ? 'format' : 'concat';
}

/** The head of a new resource in the order in which its parent has those members. */
function inOrderOf(parent: JsonObject, head: readonly [string, Printable][]): readonly [string, Printable][] {
  const order = parent.members.map(({ key }) => key.value.toLowerCase());
  return [...head].sort(([a], [b]) => order.indexOf(a.toLowerCase()) - order.indexOf(b.toLowerCase()));
}

/** True where the file's resources have `dependsOn` behind their properties, as Bicep writes them. */
function dependenciesComeLast(container: JsonArray | JsonObject): boolean {
  const resources = container.kind === 'array' ? container.items : container.members.map(({ value }) => value);
  for (const resource of resources) {
    if (resource?.kind !== 'object') continue;
    const properties = memberOf(resource, 'properties');
    const dependsOn = memberOf(resource, 'dependsOn');
    if (properties !== undefined && dependsOn !== undefined) return dependsOn.start > properties.start;
  }
  return false;
}

/** Names that a file does not use yet. */
class Names {
  readonly taken: string[];
  readonly #text: string;

  constructor(text: string, taken: string[]) {
    this.#text = text;
    this.taken = taken;
  }

  /** The name, with a number behind it if it is used already. */
  fresh(wanted: string): string {
    let name = wanted;
    for (let number = 2; this.#isTaken(name); number++) name = `${wanted}${number}`;
    this.taken.push(name);
    return name;
  }

  #isTaken(name: string): boolean {
    return this.taken.includes(name) || this.#text.includes(`"${name}"`) || this.#text.includes(`'${name}'`);
  }
}
