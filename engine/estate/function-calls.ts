import { armFunctions } from '../functions/arm-functions.ts';
import { tooLarge } from './bounds.ts';
import { asPublic, asSecret, unknown } from './make.ts';
import { callPure, undecidedCall } from './operations.ts';
import type { SourceOrigin } from './origin.ts';
import type { Unknown, Value } from './value.ts';

/** What tells one deployment of an estate from another: identities of what only Azure knows begin with it. */
export interface DeploymentIdentity {
  /** Unlike that of every other deployment of the estate; empty for the root. */
  readonly identity: string;
  /** Begins the identity of `resourceGroup()`: equal for all that is deployed to the same group. */
  readonly groupIdentity: string;
  /** The same for `subscription()`. */
  readonly subscriptionIdentity: string;
}

/** A call of a function of Bicep or ARM that is being evaluated. */
export interface CallSite {
  /** As written. */
  readonly name: string;
  readonly origin: SourceOrigin;
  readonly deployment: DeploymentIdentity;
}

/** Gives undefined where the function of known data knows better. */
export type ValueFunction = (args: readonly Value[], site: CallSite) => Value | undefined;

/** A call of a function that needs to know its arguments entirely. `key` is its name in lower case. */
export function callKnown(key: string, values: readonly Value[], site: CallSite): Value {
  const pure = armFunctions.get(key);
  if (pure === undefined) {
    const reason = unknown('unsupported', `${site.name}() is not evaluated`, site.origin);
    return values.some((value) => value.secret) ? asSecret(reason) : reason;
  }
  if (tooLarge(values)) return unknown('budget', `the arguments of ${site.name}() are too large`, site.origin);
  const value = callPure(site.name, pure, values, site.origin);
  return fingerprints.has(key) ? asPublic(value) : value;
}

/** What these make of a secret tells nothing of it: they are there to make names of what must not be told. */
const fingerprints: ReadonlySet<string> = new Set(['guid', 'uniquestring']);

/** What a call gives that depends on something unknown: equal for equal arguments. */
export function undecided(values: readonly Value[], site: CallSite): Unknown {
  return undecidedCall(
    site.name,
    values,
    site.origin,
    !fingerprints.has(site.name.toLowerCase()) && values.some((value) => value.secret),
  );
}
