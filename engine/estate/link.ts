import { sameValue } from './condition.ts';
import { scalar, text, unknown } from './make.ts';
import { property } from './operations.ts';
import { nameOf, type Resource } from './resource.ts';
import type { Reference, ResourceId, Value } from './value.ts';

/** The resource that a value points to. `outside`: certainly one that the estate does not have. */
export type Target =
  | { readonly kind: 'resource'; readonly resource: Resource }
  | { readonly kind: 'outside' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown' };

/** The graph over the resources of one estate: parents, children and what refers to what. */
export interface Links {
  readonly ofType: (type: string) => readonly Resource[];
  readonly parentOf: (resource: Resource) => Resource | undefined;
  /** Children of a full type. `uncertain`: some resource of that type may or may not be a child of this one. */
  readonly childrenOf: (
    resource: Resource,
    type: string,
  ) => { readonly children: readonly Resource[]; readonly uncertain: boolean };
  /** What an id or a reference points to. */
  readonly targetOf: (value: Value) => Target;
  /** Whether a value certainly points to a resource; undefined when it is not known. */
  readonly pointsTo: (value: Value, resource: Resource) => boolean | undefined;
  /** The same for something of a full type below the resource, whether the estate has that or not. */
  readonly pointsBelow: (value: Value, resource: Resource, type: string) => boolean | undefined;
}

export function linkResources(resources: readonly Resource[]): Links {
  const byType = new Map<string, Resource[]>();
  for (const resource of resources) {
    const type = resource.type.toLowerCase();
    const sameType = byType.get(type);
    if (sameType === undefined) byType.set(type, [resource]);
    else sameType.push(resource);
  }
  const ofType = (type: string): readonly Resource[] => byType.get(type.toLowerCase()) ?? [];
  const parents = new Map<Resource, Resource | undefined>();
  const deployed = new Map<Resource, Resource>();

  /** What is looked up by its name may be what another declaration of the estate deploys. */
  const deployedOf = (resource: Resource): Resource => {
    if (!resource.existing) return resource;
    let found = deployed.get(resource);
    if (found === undefined) {
      const isSame = (other: Resource): boolean =>
        !other.existing && other.partial !== true && sameNames(other.names, resource.names) === true;
      found = ofType(resource.type).find(isSame) ?? resource;
      deployed.set(resource, found);
    }
    return found;
  };

  const parentOf = (resource: Resource): Resource | undefined => {
    if (resource.parent !== undefined) return deployedOf(resource.parent);
    if (parents.has(resource)) return parents.get(resource);
    const slash = resource.type.lastIndexOf('/');
    const candidates = ofType(resource.type.slice(0, slash));
    const found = candidates.find((candidate) => isParent(candidate, resource) === true);
    parents.set(resource, found);
    return found;
  };

  const childrenOf: Links['childrenOf'] = (resource, type) => {
    const children: Resource[] = [];
    let uncertain = false;
    for (const candidate of ofType(type)) {
      if (parentOf(candidate) === resource) children.push(candidate);
      else if (
        candidate.parent === undefined &&
        parentOf(candidate) === undefined &&
        isParent(resource, candidate) === undefined
      )
        uncertain = true;
    }
    return { children, uncertain };
  };

  const targetOf = (value: Value): Target => {
    switch (value.kind) {
      case 'reference':
        // What else Azure says of a resource is not the resource.
        if (!isIdPath(value)) return { kind: 'unknown' };
        if (value.target.kind === 'resource') return { kind: 'resource', resource: deployedOf(value.target.resource) };
        return findById(value.target.id, ofType);
      case 'absent':
        return { kind: 'nothing' };
      case 'scalar':
      case 'text': {
        if (value.kind === 'scalar' && (value.value === null || value.value === '')) return { kind: 'nothing' };
        const id = resourceIdOf(value);
        return id === undefined ? { kind: 'unknown' } : findById(id, ofType);
      }
      case 'object': {
        // `{ id: … }`, as Azure writes sub-resources.
        const id = property(value, 'id');
        return id.kind === 'absent' ? { kind: 'unknown' } : targetOf(id);
      }
      case 'array':
      case 'choice':
      case 'unknown':
        return { kind: 'unknown' };
    }
  };

  const pointsTo: Links['pointsTo'] = (value, resource) => {
    if (value.kind === 'choice') {
      const answers = value.options.map((option) => pointsTo(option, resource));
      return answers.every((answer) => answer === answers[0]) ? answers[0] : undefined;
    }
    const target = targetOf(value);
    if (target.kind === 'resource') {
      if (target.resource === resource) return true;
      return target.resource.type.toLowerCase() === resource.type.toLowerCase()
        ? sameNames(target.resource.names, resource.names)
        : false;
    }
    if (target.kind === 'outside' || target.kind === 'nothing') return false;
    const id = resourceIdOf(value);
    if (id === undefined) return undefined;
    return id.type.toLowerCase() === resource.type.toLowerCase() ? sameNames(id.names, resource.names) : false;
  };

  const pointsBelow: Links['pointsBelow'] = (value, resource, type) => {
    if (value.kind === 'choice') {
      const answers = value.options.map((option) => pointsBelow(option, resource, type));
      return answers.every((answer) => answer === answers[0]) ? answers[0] : undefined;
    }
    const target = targetOf(value);
    if (target.kind === 'nothing') return false;
    const id = target.kind === 'resource' ? target.resource : resourceIdOf(value);
    if (id === undefined) return undefined;
    if (id.type.toLowerCase() !== type.toLowerCase()) return false;
    if (target.kind === 'resource' && isBelow(target.resource, resource)) return true;
    return sameNames(id.names.slice(0, resource.names.length), resource.names);
  };

  const isBelow = (candidate: Resource, resource: Resource): boolean => {
    const parent = parentOf(candidate);
    return parent !== undefined && (parent === resource || isBelow(parent, resource));
  };

  return { ofType, parentOf, childrenOf, targetOf, pointsTo, pointsBelow };
}

function isParent(parent: Resource, child: Resource): boolean | undefined {
  if (!child.type.toLowerCase().startsWith(`${parent.type.toLowerCase()}/`)) return false;
  if (child.names.length !== parent.names.length + 1) return undefined;
  return sameNames(parent.names, child.names.slice(0, -1));
}

function sameNames(a: readonly Value[], b: readonly Value[]): boolean | undefined {
  if (a.length !== b.length) return undefined;
  let answer: boolean | undefined = true;
  for (let index = 0; index < a.length; index++) {
    const left = a[index];
    const right = b[index];
    const same = left === undefined || right === undefined ? undefined : sameValue(left, right);
    if (same === false) return false;
    if (same === undefined) answer = undefined;
  }
  return answer;
}

function findById(id: ResourceId, ofType: (type: string) => readonly Resource[]): Target {
  let uncertain = false;
  for (const candidate of ofType(id.type)) {
    const same = sameNames(candidate.names, id.names);
    if (same === true) return { kind: 'resource', resource: candidate };
    if (same === undefined) uncertain = true;
  }
  return uncertain || id.names.some((name) => name.kind !== 'scalar') ? { kind: 'unknown' } : { kind: 'outside' };
}

/** True for a reference to a resource or its id, and not to something else that Azure says of it. */
export function isIdPath({ path }: Reference): boolean {
  return path.length === 0 || (path.length === 1 && path[0]?.toLowerCase() === 'id');
}

/** The id that a value is, as far as it can be read; undefined when it is none, or that cannot be told. */
export function resourceIdOf(value: Value): ResourceId | undefined {
  switch (value.kind) {
    case 'reference': {
      if (!isIdPath(value)) return undefined;
      if (value.target.kind === 'id') return value.target.id;
      const { type, names } = value.target.resource;
      return { type, names, subscription: undefined, resourceGroup: undefined };
    }
    case 'scalar':
      return typeof value.value === 'string' ? parseResourceId(value.value, value) : undefined;
    case 'text':
      return idOfSegments(segmentsOfText(value.parts, value), value);
    case 'absent':
    case 'object':
    case 'array':
    case 'choice':
    case 'unknown':
      return undefined;
  }
}

/**
 * Reads `/subscriptions/…/resourceGroups/…/providers/Namespace/type/name/…`. The last `providers` counts, as in ids of
 * extension resources. Undefined when the text is no resource id. The parts take the origin of `from`.
 */
export function parseResourceId(written: string, from: Value): ResourceId | undefined {
  return idOfSegments(written.split('/'), from);
}

/** One part between slashes; a value where it is not known whole. */
type Segment = string | Value;

function idOfSegments(segments: readonly Segment[], from: Value): ResourceId | undefined {
  if (segments[0] !== '') return undefined;
  const lower = segments.map((segment) => (typeof segment === 'string' ? segment.toLowerCase() : undefined));
  const provider = lower.lastIndexOf('providers');
  const part = (index: number): Value | undefined => {
    const segment = segments[index];
    return typeof segment === 'string' ? scalar(segment, from.origin) : segment;
  };
  const after = (name: string): Value | undefined => (lower.includes(name) ? part(lower.indexOf(name) + 1) : undefined);
  const subscription = after('subscriptions');
  const resourceGroup = after('resourcegroups');
  if (provider < 0) {
    // Behind the names of these nothing else can follow.
    if (lower[1] !== 'subscriptions' || segments.length > (resourceGroup === undefined ? 3 : 5)) return undefined;
    const type =
      resourceGroup === undefined ? 'Microsoft.Resources/subscriptions' : 'Microsoft.Resources/resourceGroups';
    const name = resourceGroup ?? subscription;
    return name === undefined ? undefined : { type, names: [name], subscription, resourceGroup };
  }
  const namespace = segments[provider + 1];
  if (typeof namespace !== 'string' || namespace === '') return undefined;
  let type = namespace;
  const names: Value[] = [];
  for (let index = provider + 2; index + 1 < segments.length; index += 2) {
    const segment = segments[index];
    const name = part(index + 1);
    if (typeof segment !== 'string' || name === undefined) return undefined;
    type += `/${segment}`;
    names.push(name);
  }
  return names.length === 0 ? undefined : { type, names, subscription, resourceGroup };
}

/** Splits at the slashes. An id among the parts is spelled out as far as it can be; it begins anew, as the last `providers` does. */
function segmentsOfText(parts: readonly (string | Value)[], from: Value): readonly Segment[] {
  const segments: Segment[] = [''];
  for (const part of parts) {
    const last = segments[segments.length - 1] ?? '';
    if (typeof part !== 'string') {
      const id = part.kind === 'reference' ? resourceIdOf(part) : undefined;
      if (id !== undefined) segments.splice(0, segments.length, ...spelled(id, from));
      else segments[segments.length - 1] = last === '' ? part : text([last, part], from.origin);
      continue;
    }
    const [first = '', ...rest] = part.split('/');
    if (first !== '') segments[segments.length - 1] = last === '' ? first : text([last, first], from.origin);
    segments.push(...rest);
  }
  return segments;
}

function spelled({ type, names, subscription, resourceGroup }: ResourceId, from: Value): readonly Segment[] {
  const somewhere = unknown('deployment', 'the subscription of an id', from.origin);
  const segments: Segment[] = ['', 'subscriptions', subscription ?? somewhere];
  const lower = type.toLowerCase();
  const [first = somewhere] = names;
  if (lower === 'microsoft.resources/subscriptions') return ['', 'subscriptions', first];
  if (lower === 'microsoft.resources/resourcegroups') return [...segments, 'resourceGroups', first];
  if (resourceGroup !== undefined) segments.push('resourceGroups', resourceGroup);
  const [namespace = '', ...kinds] = type.split('/');
  return [
    ...segments,
    'providers',
    namespace,
    ...kinds.flatMap((kind, index): Segment[] => [kind, names[index] ?? somewhere]),
  ];
}

/** A short text for people: the last name where it is known, else what is written around the unknown. */
export function describeName(resource: Resource): string {
  const name = nameOf(resource);
  if (name?.kind === 'scalar') return String(name.value);
  const { address, type, language } = resource;
  // In ARM the address ends with the name as it is written, which may have dots.
  if (language === 'arm') return address.slice(address.indexOf(`${type}/`) + type.length + 1);
  return address.slice(address.lastIndexOf('.') + 1);
}
