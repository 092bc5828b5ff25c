import type { Output } from '../estate/estate.ts';
import type { Resource } from '../estate/resource.ts';
import { type Data, type DataObject, isDataObject } from '../functions/data.ts';
import type { EvaluationContext } from './context.ts';
import type { Cause, Evidence } from './evidence.ts';
import type { CheckCall } from './rule.ts';

export interface CheckContext extends EvaluationContext {
  /** What the rule gives the check, configured options put in. */
  readonly options: DataObject;
}

/** What came of one look at a resource, with choices decided as the context's assignment has it. */
export type Outcome =
  | { readonly verdict: 'pass' }
  /** The most telling evidence first; items of lists are reported one by one. */
  | { readonly verdict: 'fail' | 'may-fail'; readonly evidence: readonly Evidence[] }
  | { readonly verdict: 'undetermined'; readonly causes: readonly Cause[] };

/**
 * A check that conditions cannot say. It reads values through `context.assignment.resolve` (or `read`), so that it is run
 * again for other alternatives of the choices that it met. It is pure, and never guesses: what it does not know, it says.
 */
export type Check = (resource: Resource, context: CheckContext) => Outcome;

/** The same for an output; evidence points into the output's value. */
export type OutputCheck = (output: Output, context: OutputContext) => OutputOutcome;

export interface OutputContext {
  readonly resolve: EvaluationContext['assignment']['resolve'];
  readonly options: DataObject;
}

export type OutputOutcome =
  | { readonly verdict: 'pass' }
  | { readonly verdict: 'fail'; readonly evidence: OutputEvidence }
  | { readonly verdict: 'undetermined'; readonly causes: readonly Cause[] };

export interface OutputEvidence {
  readonly value: Output['value'];
  /** Keys and item numbers below the output; empty for the output itself. */
  readonly path: Evidence['path'];
  readonly place: Evidence['place'];
}

/** Options of a check with the configured values in place of `{ option: name }`; the call's own where there are none. */
export function resolveOptions(call: CheckCall, optionValue: (name: string) => Data): DataObject {
  if (!Object.values(call.options).some((value) => isDataObject(value) && typeof value.option === 'string'))
    return call.options;
  const resolved: Record<string, Data> = {};
  for (const [name, value] of Object.entries(call.options)) {
    const option = isDataObject(value) ? value.option : undefined;
    resolved[name] = typeof option === 'string' ? optionValue(option) : value;
  }
  return resolved;
}
