import type { PropertyPath } from '../estate/path.ts';
import type { Data } from '../functions/data.ts';
import type { CompiledCondition } from './condition-types.ts';
import { factKey } from './paths.ts';
import { coverAll, inRange, parseApiVersion, type VersionRange } from './versions.ts';

/** What Azure does when a property is absent, for a range of API versions and resources like `where`. */
export interface CompiledDefault extends VersionRange {
  readonly value: Data;
  readonly where?: CompiledCondition;
}

/** `none`: absence means that nothing is configured. */
export interface CompiledFact {
  /** The path as written. */
  readonly path: string;
  readonly absent: 'none' | readonly CompiledDefault[];
  readonly source: string;
}

/** API versions that have a property, both ends included; the mark stands at a stretch that reaches the newest version known. */
export type PropertyStretches = readonly (readonly [first: string, last: string, isNewest?: true])[];

/** The API versions of one type, oldest first, and the properties that only some of them have, by fact key. */
export interface LimitedProperties {
  readonly versions: readonly string[];
  readonly paths: Readonly<Record<string, PropertyStretches>>;
}

/** Facts as the build stores them: by resource type, then by path, both in lower case. Plain JSON. */
export interface CompiledFacts {
  readonly types: Readonly<Record<string, Readonly<Record<string, CompiledFact>>>>;
  /** Named tables such as role ids. */
  readonly tables: Readonly<Record<string, Data>>;
  /** Properties that fixes write and not every API version has, by resource type in lower case. */
  readonly versions: Readonly<Record<string, LimitedProperties>>;
}

export const noFacts: CompiledFacts = { types: {}, tables: {}, versions: {} };

/** What a fact says of an absent property. `undecided`: it depends on something that is not known. */
export type Absence =
  | { readonly kind: 'default'; readonly value: Data; readonly source: string }
  | { readonly kind: 'undecided'; readonly why: string };

/**
 * What the absence of the property at `path` means, when everything from the first `present` segments on is absent.
 * Undefined when no fact tells. A fact about the path itself wins over those about what it lies in, the nearest first.
 * `holds` decides a condition of a fact on the resource.
 */
export function absenceOf(
  facts: CompiledFacts,
  type: string,
  apiVersion: string | undefined,
  path: PropertyPath,
  present: number,
  holds: (condition: CompiledCondition) => boolean | undefined,
): Absence | undefined {
  const ofType = facts.types[type.toLowerCase()];
  if (ofType === undefined) return undefined;
  for (let length = path.length; length > present; length--) {
    const fact = ofType[keyOf(path, length)];
    if (fact === undefined) continue;
    if (fact.absent === 'none') return { kind: 'default', value: null, source: fact.source };
    const chosen = choose(fact.absent, apiVersion, holds);
    if (chosen === undefined) continue;
    if (chosen.kind === 'undecided') return chosen;
    const value = inside(chosen.value, path.slice(length));
    if (value !== undefined) return { kind: 'default', value, source: fact.source };
  }
  return undefined;
}

const knownKeys = new WeakMap<PropertyPath, (string | undefined)[]>();

/** The fact key of the first segments of a path. Rules ask for the same paths on every resource. */
function keyOf(path: PropertyPath, length: number): string {
  let keys = knownKeys.get(path);
  if (keys === undefined) {
    keys = [];
    knownKeys.set(path, keys);
  }
  const known = keys[length];
  if (known !== undefined) return known;
  const key = factKey(path.slice(0, length));
  keys[length] = key;
  return key;
}

type Chosen = { readonly kind: 'value'; readonly value: Data } | { readonly kind: 'undecided'; readonly why: string };

/** The default that counts; undefined when none is for this version. */
function choose(
  defaults: readonly CompiledDefault[],
  apiVersion: string | undefined,
  holds: (condition: CompiledCondition) => boolean | undefined,
): Chosen | undefined {
  const version = apiVersion === undefined ? undefined : parseApiVersion(apiVersion);
  const possible: CompiledDefault[] = [];
  let certain = false;
  let conditional = false;
  for (const each of defaults) {
    if (version !== undefined && !inRange(each, version.date)) continue;
    const holding = each.where === undefined ? true : holds(each.where);
    if (holding === false) continue;
    if (holding === undefined) conditional = true;
    possible.push(each);
    if (version !== undefined && holding === true) {
      certain = true;
      break;
    }
  }
  const [first, second] = possible;
  if (first === undefined) return undefined;
  if (certain && second === undefined) return { kind: 'value', value: first.value };
  if (version === undefined && !conditional) certain = coverAll(possible);
  const text = JSON.stringify(first.value);
  if (certain && possible.every((each) => JSON.stringify(each.value) === text))
    return { kind: 'value', value: first.value };
  return {
    kind: 'undecided',
    why: conditional
      ? 'what Azure does then depends on a value that is not known'
      : 'what Azure does then depends on the API version',
  };
}

function inside(value: Data, path: PropertyPath): Data | undefined {
  let current: Data = value;
  for (const segment of path) {
    if (current === null) return null;
    if (segment.kind !== 'key' || typeof current !== 'object' || Array.isArray(current)) return undefined;
    const wanted = segment.key.toLowerCase();
    const key: string | undefined = Object.keys(current).find((each) => each.toLowerCase() === wanted);
    const next: Data | undefined = key === undefined ? undefined : (current as Readonly<Record<string, Data>>)[key];
    if (next === undefined) return undefined;
    current = next;
  }
  return current;
}
