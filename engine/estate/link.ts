import { sameValue } from './condition.ts';
import { property } from './operations.ts';
import { nameOf, type Resource } from './resource.ts';
import type { ResourceId, Value } from './value.ts';

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

  const parentOf = (resource: Resource): Resource | undefined => {
    if (resource.parent !== undefined) return resource.parent;
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
        if (value.target.kind === 'resource') return { kind: 'resource', resource: value.target.resource };
        return findById(value.target.id, ofType);
      case 'absent':
        return { kind: 'nothing' };
      case 'scalar': {
        if (value.value === null || value.value === '') return { kind: 'nothing' };
        const id = typeof value.value === 'string' ? parseResourceId(value.value, value) : undefined;
        return id === undefined ? { kind: 'unknown' } : findById(id, ofType);
      }
      case 'object': {
        // `{ id: … }`, as Azure writes sub-resources.
        const id = property(value, 'id');
        return id.kind === 'absent' ? { kind: 'unknown' } : targetOf(id);
      }
      case 'text':
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
    if (value.kind === 'reference' && value.target.kind === 'id') {
      if (value.target.id.type.toLowerCase() !== resource.type.toLowerCase()) return false;
      return sameNames(value.target.id.names, resource.names);
    }
    return undefined;
  };

  return { ofType, parentOf, childrenOf, targetOf, pointsTo };
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

/**
 * Reads `/subscriptions/…/resourceGroups/…/providers/Namespace/type/name/…`. The last `providers` counts, as in ids of
 * extension resources. Undefined when the text is no resource id. The parts take the origin of `from`.
 */
export function parseResourceId(written: string, from: Value): ResourceId | undefined {
  const segments = written.split('/');
  if (segments[0] !== '') return undefined;
  const lower = segments.map((segment) => segment.toLowerCase());
  const provider = lower.lastIndexOf('providers');
  const part = (name: string): Value | undefined => {
    const found = lower.indexOf(name);
    const value = found < 0 ? undefined : segments[found + 1];
    return value === undefined ? undefined : { kind: 'scalar', value, origin: from.origin, secret: false };
  };
  const subscription = part('subscriptions');
  const resourceGroup = part('resourcegroups');
  if (provider < 0) {
    if (lower[1] !== 'subscriptions') return undefined;
    const type =
      resourceGroup === undefined ? 'Microsoft.Resources/subscriptions' : 'Microsoft.Resources/resourceGroups';
    const name = resourceGroup ?? subscription;
    return name === undefined ? undefined : { type, names: [name], subscription, resourceGroup };
  }
  const namespace = segments[provider + 1];
  if (namespace === undefined || namespace === '') return undefined;
  let type = namespace;
  const names: Value[] = [];
  for (let index = provider + 2; index + 1 < segments.length; index += 2) {
    type += `/${segments[index]}`;
    names.push({ kind: 'scalar', value: segments[index + 1] ?? '', origin: from.origin, secret: false });
  }
  return names.length === 0 ? undefined : { type, names, subscription, resourceGroup };
}

/** A short text for people: the last name where it is known, else what is written around the unknown. */
export function describeName(resource: Resource): string {
  const name = nameOf(resource);
  if (name?.kind === 'scalar') return String(name.value);
  return resource.address.slice(resource.address.lastIndexOf('.') + 1);
}
