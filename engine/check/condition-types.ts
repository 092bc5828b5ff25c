/**
 * Conditions as rules and facts state them, compiled: plain JSON, so that they can be stored and loaded as they are.
 * Paths stay written (`engine/estate/path.ts`); the empty path is the thing that the condition is about itself.
 */
export type Literal = string | number | boolean | null;

/** A value that a user's configuration gives; the rule declares it with a default. */
export interface OptionReference {
  readonly option: string;
}

export type Operand = Literal | OptionReference;

export type CompiledCondition =
  | { readonly op: 'all'; readonly of: readonly CompiledCondition[] }
  | { readonly op: 'any'; readonly of: readonly CompiledCondition[] }
  | { readonly op: 'not'; readonly of: CompiledCondition }
  | ValueCondition
  | ChildCondition
  | RelatedCondition
  | ReferencedByCondition;

/** The value at a path passes every test. */
export interface ValueCondition {
  readonly op: 'value';
  readonly path: string;
  readonly tests: readonly CompiledTest[];
}

/** What some resource must be like (`where` and `require`), or what none may be like (`where` and `forbid`). */
export interface Demand {
  readonly where?: CompiledCondition;
  readonly require?: CompiledCondition;
  readonly forbid?: CompiledCondition;
}

export interface ChildCondition extends Demand {
  readonly op: 'child';
  /** Full, or relative to the resource's own type. */
  readonly type: string;
}

export interface RelatedCondition {
  readonly op: 'related';
  /** Where the reference stands. */
  readonly at: string;
  /** Types that the target may have; empty: any. */
  readonly types: readonly string[];
  readonly require?: CompiledCondition;
}

export interface ReferencedByCondition extends Demand {
  readonly op: 'referencedBy';
  readonly types: readonly string[];
  /** Where the referring resource holds the reference; `[]` stands for some item. */
  readonly at: string;
  /** It refers to something of this type below the resource: full, or relative to the resource's own type. */
  readonly below?: string;
}

export type RelationCondition = ChildCondition | RelatedCondition | ReferencedByCondition;

export type CompiledTest = ScalarTest | QuantifierTest;

/** Tests of one value, without conditions inside. */
export type ScalarTest =
  | { readonly op: 'equals' | 'notEquals'; readonly value: Operand }
  | { readonly op: 'in' | 'notIn'; readonly values: readonly Operand[] | OptionReference }
  | { readonly op: 'matches' | 'notMatches'; readonly pattern: string | OptionReference }
  | { readonly op: 'exists' | 'empty'; readonly value: boolean }
  | { readonly op: NumberOperator; readonly value: Operand }
  | { readonly op: 'contains' | 'startsWith' | 'endsWith'; readonly value: Operand }
  | { readonly op: 'length'; readonly bounds: readonly LengthBound[] }
  | { readonly op: 'refersTo'; readonly types: readonly string[] };

export type NumberOperator = 'atLeast' | 'atMost' | 'above' | 'below';

export interface LengthBound {
  readonly op: NumberOperator | 'equals';
  readonly value: Operand;
}

export type Quantifier = 'any' | 'every' | 'none';

/** A test of an array's items (`over: 'items'`) or of an object's member values. */
export interface QuantifierTest {
  readonly op: 'quantifier';
  readonly quantifier: Quantifier;
  readonly over: 'items' | 'members';
  readonly of: CompiledCondition;
}
