import type { Origin } from './origin.ts';
import type { Resource } from './resource.ts';

/** Why a value could not be known before deployment. Counted and reported; never a finding by itself. */
export type UnknownReason =
  /** A parameter or variable that has neither value nor default. */
  | 'parameter'
  /** Azure decides it at deployment: `reference()`, `utcNow()`, computed attributes, … */
  | 'deployment'
  /** A module whose text is not on this machine. */
  | 'module'
  /** A Terraform data source or a Bicep `existing` resource's state. */
  | 'data'
  /** A file that is loaded by a function and is missing or outside the workspace. */
  | 'file'
  /** The text around it has a syntax error, or names something that does not exist. */
  | 'error'
  /** A construct that Demarc does not evaluate. */
  | 'unsupported'
  /** A budget (alternatives, steps, size, depth) was exhausted. */
  | 'budget'
  /** Absent, and no fact says what Azure does then. */
  | 'default'
  /** The Terraform attribute has no lens row. */
  | 'lens';

interface Known {
  readonly origin: Origin;
  /** The value is, or contains, a secret: a secure parameter, a key, … Survives interpolation and projection. */
  readonly secret: boolean;
}

/** Nothing is written here. Its origin is the place that lacks it (the resource's header, or the enclosing object). */
export interface Absent extends Known {
  readonly kind: 'absent';
}

export interface Scalar extends Known {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** The decimal text of a number that `value`, the double nearest to it, is not exactly. Terraform has such numbers. */
  readonly digits?: string;
}

/** A text of which some parts are not known: literal parts are strings, the others are values that are not scalars. */
export interface Text extends Known {
  readonly kind: 'text';
  readonly parts: readonly (string | Value)[];
}

/** Members are evaluated on demand, each once. */
export interface ObjectValue extends Known {
  readonly kind: 'object';
  /** Keys that are known to be there, in source order. */
  readonly keys: () => readonly string[];
  /**
   * The member of that name: exact first, then ignoring case, as Azure does.
   * Absent when there is none; unknown when there is none and the object is open.
   */
  readonly get: (key: string) => Value;
  /** Set when members may exist that are not known (a spread of something unknown, a computed key). */
  readonly open: Unknown | undefined;
}

export interface ArrayValue extends Known {
  readonly kind: 'array';
  readonly items: readonly Value[];
  /** Set when more items may exist than `items`; then nothing can be proved about every item. */
  readonly open: Unknown | undefined;
}

/** One thing that decides between alternatives. Equal ids are decided alike everywhere in an estate. */
export interface Condition {
  readonly id: string;
  /** What each alternative means, for people, e.g. `environment is 'prod'`. As many as there are alternatives. */
  readonly alternatives: readonly string[];
}

/** One of at most 16 values, decided by `condition`; `options` run parallel to its alternatives. */
export interface Choice extends Known {
  readonly kind: 'choice';
  readonly condition: Condition;
  readonly options: readonly Value[];
}

/** An Azure resource id that was built from parts or parsed from a literal. */
export interface ResourceId {
  /** Full type, e.g. `Microsoft.Network/virtualNetworks/subnets`. */
  readonly type: string;
  /** One name per type segment after the namespace. */
  readonly names: readonly Value[];
  readonly subscription: Value | undefined;
  readonly resourceGroup: Value | undefined;
}

export type ReferenceTarget =
  | { readonly kind: 'resource'; readonly resource: Resource }
  | { readonly kind: 'id'; readonly id: ResourceId };

/** A resource of the estate, or (with a path such as `['id']`) something that Azure will say of it. */
export interface Reference extends Known {
  readonly kind: 'reference';
  readonly target: ReferenceTarget;
  readonly path: readonly string[];
}

export interface Unknown extends Known {
  readonly kind: 'unknown';
  readonly reason: UnknownReason;
  /** What is missing, for people: `parameter 'location' has no value`. */
  readonly detail: string;
  /** Two unknowns with one identity have the same value, whatever it is. Undefined: unlike any other. */
  readonly identity: string | undefined;
}

export type Value = Absent | Scalar | Text | ObjectValue | ArrayValue | Choice | Reference | Unknown;

export const maximumAlternatives = 16;
