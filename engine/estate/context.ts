import type { EstateProblem, Output, UnresolvedModule } from './estate.ts';
import type { DeploymentIdentity } from './function-calls.ts';
import type { Call, Resource } from './resource.ts';
import type { Snapshot } from './snapshot.ts';
import type { ObjectValue, Value } from './value.ts';

/** Limits within which a root is resolved. Each ends in one clear problem, never in a hang. */
export interface Budget {
  /** Instances that one loop is unrolled to; past it one symbolic instance stands for all. */
  readonly loopInstances: number;
  readonly moduleDepth: number;
  /** Module instances of one root. */
  readonly moduleInstances: number;
  /** Resources of one root. */
  readonly resources: number;
  /** Nested evaluations of expressions, against endless recursion. */
  readonly evaluationDepth: number;
  /** Expressions that one root may evaluate; a text that doubles itself again and again ends here. */
  readonly evaluationSteps: number;
  /** UTF-16 units of a file that is still read. */
  readonly fileSize: number;
}

export const defaultBudget: Budget = {
  loopInstances: 64,
  moduleDepth: 32,
  moduleInstances: 5_000,
  resources: 50_000,
  evaluationDepth: 200,
  // The largest root of a public module library takes 6,400.
  evaluationSteps: 2_000_000,
  fileSize: 16_000_000,
};

/** A call into a template of another language (a Bicep module that is ARM JSON, a Terraform template deployment). */
export interface ForeignCall extends DeploymentIdentity {
  /** The file called, or the one that holds an embedded template. */
  readonly uri: string;
  /** The embedded template, as a value, where it is not a file of its own. */
  readonly template: Value | undefined;
  readonly parameters: ObjectValue;
  readonly exists: Value;
  /** The calls that lead here, this one last. */
  readonly calls: readonly Call[];
  /** What the template is deployed to, where that is not what the root is deployed to. */
  readonly deployedTo: Value | undefined;
}

/** What a module brings to the estate. */
export interface ModuleResult {
  readonly resources: readonly Resource[];
  /** The value of an output; absent when the module has none of that name. */
  readonly output: (name: string) => Value;
  readonly outputs: readonly Output[];
  readonly unresolved: readonly UnresolvedModule[];
  readonly problems: readonly EstateProblem[];
}

/** What a language needs to resolve a root. */
export interface ResolveContext {
  readonly snapshot: Snapshot;
  readonly budget: Budget;
  /** The folder of Bicep's restored modules (`~/.bicep/`, or what bicepconfig.json says), ending in `/`. */
  readonly moduleCache?: string | undefined;
  /** Resolves a template of another language within the context of the caller; undefined when that is not one. */
  readonly foreign: (call: ForeignCall, context: ResolveContext) => ModuleResult | undefined;
  /** Tells that a file was asked for, present or not. */
  readonly depend: (uri: string) => void;
}
