import type { Estate } from '../estate/estate.ts';
import type { Links } from '../estate/link.ts';
import { byDefault, reference, scalar, unknown, withOrigin } from '../estate/make.ts';
import { element, isNothing, property } from '../estate/operations.ts';
import { sourceOrigin } from '../estate/origin.ts';
import { type PathSegment, type PropertyPath, printPath } from '../estate/path.ts';
import { fromData } from '../estate/plain.ts';
import { nameOf, type Resource } from '../estate/resource.ts';
import type { Value } from '../estate/value.ts';
import type { Data } from '../functions/data.ts';
import type { Place } from '../text/span.ts';
import type { Assignment } from './assignment.ts';
import type { CompiledCondition } from './condition-types.ts';
import { absenceOf, type CompiledFacts } from './facts.ts';
import type { PatternMatcher } from './pattern.ts';

/** Everything that a rule is evaluated within. */
export interface EvaluationContext {
  readonly estate: Estate;
  readonly links: Links;
  readonly facts: CompiledFacts;
  readonly assignment: Assignment;
  /** The configured value of an option of the rule, or its default. */
  readonly option: (name: string) => Data;
  readonly matches: PatternMatcher;
  /** False when something that is missing here may be brought by what could not be followed. */
  readonly complete: boolean;
  /** Something outside takes care of what the rule wants: what is missing here may be there all the same. */
  readonly providedElsewhere: boolean;
  /** Decides a condition of a fact on a resource. */
  readonly holds: (condition: CompiledCondition, resource: Resource) => boolean | undefined;
}

/** What conditions are about: a resource, or something in it that a quantifier has bound. */
export interface Bound {
  readonly resource: Resource;
  readonly value: Value;
  /** Where `value` stands in the resource; empty for the resource itself. */
  readonly path: PropertyPath;
  /** Where to point when something is missing in it. */
  readonly place: Place;
}

export function wholeResource(resource: Resource): Bound {
  return { resource, value: resource.body, path: [], place: resource.header };
}

/** An item or member of what `outer` is about. */
export function boundElement(outer: Bound, path: PropertyPath, value: Value): Bound {
  const { origin } = value;
  const place = origin.kind === 'source' ? { uri: origin.uri, start: origin.start, end: origin.end } : outer.place;
  return { resource: outer.resource, value, path, place };
}

/**
 * The value at a path, choices on the way decided. Where nothing is written, what facts say of that: the default, or null
 * when absence means that nothing is configured; absent when no fact tells.
 */
export function read(context: EvaluationContext, bound: Bound, path: PropertyPath): Value {
  const { assignment } = context;
  let current = assignment.resolve(bound.value);
  for (let index = 0; index < path.length; index++) {
    const segment = path[index];
    if (segment === undefined) break;
    if (isNothing(current)) return whenAbsent(context, bound, path, Math.max(index - 1, 0), current);
    let next = assignment.resolve(step(current, segment));
    if (index === 0 && bound.path.length === 0 && (isNothing(next) || isName(segment)))
      next = ownProperty(context, bound.resource, segment, next);
    current = next;
  }
  return isNothing(current) ? whenAbsent(context, bound, path, path.length - 1, current) : current;
}

/** A resource is asked for its own name; what is written may begin with the names of its parents. */
function isName(segment: PathSegment): boolean {
  return segment.kind === 'key' && segment.key.toLowerCase() === 'name';
}

function step(value: Value, segment: PathSegment): Value {
  switch (segment.kind) {
    case 'key':
      return property(value, segment.key);
    case 'index':
      return element(value, scalar(segment.index, value.origin), value.origin);
    case 'each':
      return unknown('error', `'[]' cannot be read`, value.origin);
  }
}

/** What a resource has besides its body: its name, type, API version and scope. */
function ownProperty(context: EvaluationContext, resource: Resource, segment: PathSegment, otherwise: Value): Value {
  if (segment.kind !== 'key') return otherwise;
  const { header } = resource;
  const here = sourceOrigin(header.uri, header.start, header.end);
  switch (segment.key.toLowerCase()) {
    case 'name':
      return context.assignment.resolve(nameOf(resource) ?? otherwise);
    case 'type':
      return scalar(resource.type, here);
    case 'apiversion':
      return resource.apiVersion === undefined
        ? unknown('unsupported', 'the API version is not known', here)
        : scalar(resource.apiVersion, here);
    case 'scope':
      return resource.scope === undefined
        ? withOrigin(deploymentScope(context.estate), here)
        : context.assignment.resolve(resource.scope);
    default:
      return otherwise;
  }
}

const scopeTypes = {
  resourceGroup: 'Microsoft.Resources/resourceGroups',
  subscription: 'Microsoft.Resources/subscriptions',
  managementGroup: 'Microsoft.Management/managementGroups',
  tenant: 'Microsoft.Resources/tenants',
} as const;

/** The id of what the estate is deployed to; its names are not known. */
function deploymentScope(estate: Estate): Value {
  const origin = sourceOrigin(estate.root.uri, 0, 0);
  const name = unknown(
    'deployment',
    'the deployment says what it is deployed to',
    origin,
    `deployment scope of ${estate.root.uri}`,
  );
  const id = { type: scopeTypes[estate.scope], names: [name], subscription: undefined, resourceGroup: undefined };
  return reference({ kind: 'id', id }, ['id'], origin);
}

/** `missing` is the first segment that is not there. */
function whenAbsent(
  context: EvaluationContext,
  bound: Bound,
  path: PropertyPath,
  missing: number,
  found: Value,
): Value {
  const { resource } = bound;
  const full = bound.path.length === 0 ? path : [...bound.path, ...path];
  const present = bound.path.length + missing;
  const absence = absenceOf(context.facts, resource.type, resource.apiVersion, full, present, (condition) =>
    context.holds(condition, resource),
  );
  const place = placeOfNothing(bound, found);
  if (absence?.kind === 'default')
    return byDefault(fromData(absence.value, found.origin), 'azure', absence.source, place);
  const origin = sourceOrigin(place.uri, place.start, place.end);
  if (absence?.kind === 'undecided') {
    return unknown('default', `'${printPath(full)}' is not set, and ${absence.why}`, origin);
  }
  return { kind: 'absent', origin, secret: false };
}

/** A null that somebody wrote is where to point; what nobody wrote is missing in the resource or item. */
function placeOfNothing(bound: Bound, found: Value): Place {
  const { origin } = found;
  if (found.kind === 'scalar' && origin.kind === 'source')
    return { uri: origin.uri, start: origin.start, end: origin.end };
  return bound.place;
}
