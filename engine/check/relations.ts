import { truthOf } from '../estate/condition.ts';
import type { Links } from '../estate/link.ts';
import { at, isNothing, itemsOf } from '../estate/operations.ts';
import type { PropertyPath } from '../estate/path.ts';
import type { Resource } from '../estate/resource.ts';
import type { Unknown, Value } from '../estate/value.ts';
import type { ChildCondition, ReferencedByCondition, RelatedCondition } from './condition-types.ts';
import { type Bound, type EvaluationContext, read, wholeResource } from './context.ts';
import { segmentsOf } from './paths.ts';
import type { Truth } from './value-test.ts';

/** A resource that stands in a relation, and whether it certainly does: it exists, and the link holds. */
export interface Candidate {
  readonly resource: Resource;
  readonly certain: boolean;
}

export interface Candidates {
  readonly candidates: readonly Candidate[];
  /** Why there may be others; undefined when these are certainly all. */
  readonly others: Doubt | undefined;
}

/** Why something that is missing may yet be there. */
export interface Doubt {
  readonly reason: Unknown['reason'];
  readonly detail: string;
}

const incomplete: Doubt = { reason: 'module', detail: 'a module that could not be followed may bring it' };

/** Whether a resource is deployed, under the choices decided so far. */
export function existence(context: EvaluationContext, resource: Resource): Truth {
  return truthOf(context.assignment.resolve(resource.exists));
}

/** The full type of a child that a rule names in full or relative to its parent's type. */
export function childType(written: string, parentType: string): string {
  // A namespace has a dot: `Microsoft.Sql/servers/databases` is full, `databases` and `a/b` are relative.
  return written.slice(0, written.indexOf('/')).includes('.') ? written : `${parentType}/${written}`;
}

/** The children of a resource that the estate may deploy. */
export function childCandidates(context: EvaluationContext, resource: Resource, condition: ChildCondition): Candidates {
  const type = childType(condition.type, resource.type);
  const { children, uncertain } = context.links.childrenOf(resource, type);
  const candidates: Candidate[] = [];
  for (const child of children) {
    const exists = existence(context, child);
    if (exists !== false) candidates.push({ resource: child, certain: exists === true });
  }
  return {
    candidates,
    others: uncertain
      ? { reason: 'unsupported', detail: `it is not known of which resource some ${type} is a child` }
      : doubtOf(context, resource),
  };
}

/** The resources that may refer to a resource. */
export function referringCandidates(
  context: EvaluationContext,
  resource: Resource,
  condition: ReferencedByCondition,
): Candidates {
  const path = segmentsOf(condition.at);
  const below = condition.below === undefined ? undefined : childType(condition.below, resource.type);
  const candidates: Candidate[] = [];
  let others = doubtOf(context, resource);
  for (const type of condition.types) {
    for (const candidate of context.links.ofType(type)) {
      const exists = existence(context, candidate);
      if (exists === false || candidate === resource) continue;
      const link = refersTo(context, candidate, path, resource, below);
      if (link === true) candidates.push({ resource: candidate, certain: exists === true });
      if (link === undefined)
        others ??= { reason: 'unsupported', detail: `it is not known what ${candidate.address} refers to` };
    }
  }
  return { candidates, others };
}

function doubtOf(context: EvaluationContext, resource: Resource): Doubt | undefined {
  if (!context.complete) return incomplete;
  return resource.existing || resource.partial === true
    ? { reason: 'data', detail: `${resource.address} is deployed elsewhere` }
    : undefined;
}

function refersTo(
  context: EvaluationContext,
  candidate: Resource,
  path: PropertyPath,
  resource: Resource,
  below: string | undefined,
): Truth {
  const [first] = path;
  // An extension resource may also be written as a child, inside what it is put on.
  if (path.length === 1 && first?.kind === 'key' && first.key.toLowerCase() === 'scope') {
    const { parent } = candidate;
    if (below === undefined ? parent === resource : parent !== undefined && isBelow(context, parent, resource, below))
      return true;
  }
  return somePointsTo(context, candidate, path, resource, below);
}

function isBelow(context: EvaluationContext, candidate: Resource, resource: Resource, type: string): boolean {
  return candidate.type.toLowerCase() === type.toLowerCase() && context.links.parentOf(candidate) === resource;
}

/** What a resource holds at a path: the references that stand there. */
interface Reading {
  readonly values: readonly Value[];
  /** There may be more, or none of it is known. */
  readonly open: boolean;
}

/** What was read of the resources of an estate by path, where no choice had a say in it. Dozens of rules ask for the same. */
const readBefore = new WeakMap<Links, Map<PropertyPath, Map<Resource, Reading>>>();

function readingOf(context: EvaluationContext, candidate: Resource, path: PropertyPath): Reading {
  const { links, assignment } = context;
  const byPath = readBefore.get(links) ?? new Map<PropertyPath, Map<Resource, Reading>>();
  readBefore.set(links, byPath);
  const byResource = byPath.get(path) ?? new Map<Resource, Reading>();
  byPath.set(path, byResource);
  const before = byResource.get(candidate);
  if (before !== undefined) return before;
  const { consulted } = assignment;
  const values: Value[] = [];
  const open = collect(context, wholeResource(candidate), path, values);
  const reading = { values, open };
  if (assignment.consulted === consulted) byResource.set(candidate, reading);
  return reading;
}

/** Collects the values at a path, `[]` for each item. True when there may be more. */
function collect(context: EvaluationContext, bound: Bound, path: PropertyPath, values: Value[]): boolean {
  const each = path.findIndex((segment) => segment.kind === 'each');
  if (each < 0) {
    const value = read(context, bound, path);
    values.push(value.kind === 'object' ? context.assignment.resolve(at(value, ['id'])) : value);
    return false;
  }
  const list = read(context, bound, path.slice(0, each));
  if (isNothing(list)) return false;
  if (list.kind !== 'array') return true;
  let open = list.open !== undefined;
  for (const item of itemsOf(list)) {
    const inner: Bound = { ...bound, value: item, path: [...bound.path, ...path.slice(0, each + 1)] };
    if (collect(context, inner, path.slice(each + 1), values)) open = true;
  }
  return open;
}

function somePointsTo(
  context: EvaluationContext,
  candidate: Resource,
  path: PropertyPath,
  resource: Resource,
  below: string | undefined,
): Truth {
  const { values, open } = readingOf(context, candidate, path);
  let answer: Truth = open ? undefined : false;
  for (const value of values) {
    const found = pointsTo(context, value, resource, below);
    if (found === true) return true;
    if (found === undefined) answer = undefined;
  }
  return answer;
}

function pointsTo(context: EvaluationContext, value: Value, resource: Resource, below: string | undefined): Truth {
  if (isNothing(value)) return false;
  const { links } = context;
  return below === undefined ? links.pointsTo(value, resource) : links.pointsBelow(value, resource, below);
}

export type RelatedTarget =
  | { readonly kind: 'resource'; readonly resource: Resource; readonly reference: Value }
  | { readonly kind: 'nothing'; readonly reference: Value }
  /** It is a resource, of none of the types that it may have. */
  | { readonly kind: 'other-type'; readonly reference: Value }
  | { readonly kind: 'unknown'; readonly reference: Value };

/** What the reference of a `related` condition points to. */
export function relatedTarget(context: EvaluationContext, bound: Bound, condition: RelatedCondition): RelatedTarget {
  const reference = read(context, bound, segmentsOf(condition.at));
  if (isNothing(reference)) return { kind: 'nothing', reference };
  const target = context.links.targetOf(reference);
  if (target.kind === 'nothing') return { kind: 'nothing', reference };
  if (target.kind !== 'resource') return { kind: 'unknown', reference };
  const { resource } = target;
  const type = resource.type.toLowerCase();
  if (condition.types.length > 0 && !condition.types.some((each) => each.toLowerCase() === type))
    return { kind: 'other-type', reference };
  return existence(context, resource) === false
    ? { kind: 'unknown', reference }
    : { kind: 'resource', resource, reference };
}
