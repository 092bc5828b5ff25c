import type { Layer, Owner } from '../responsibility/layers.ts';
import type { Place } from '../text/span.ts';
import type { Risk } from './risk.ts';

export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** From the most to the least severe. */
export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** `fail`: certainly wrong. `may-fail`: wrong under some alternatives. `undetermined`: not known. Only `fail` is shown by default. */
export type Verdict = 'fail' | 'may-fail' | 'undetermined';

/** Another place that belongs to a finding: where the value was used, which call led there, under which condition. */
export interface RelatedPlace extends Place {
  readonly message: string;
  /** The value at fault passed through here on its way to the resource; the step nearest to the resource comes first. */
  readonly step?: true;
}

export interface FindingResource {
  readonly address: string;
  readonly type: string;
  /** The name as far as it is known; the symbolic name where it is not. */
  readonly name: string;
}

/** One rule that is broken at one place. Loop and module instances that share the place are listed, not repeated. */
export interface Finding {
  readonly rule: string;
  readonly aliases: readonly string[];
  readonly severity: Severity;
  readonly risk: Risk;
  readonly verdict: Verdict;
  readonly layer: Layer;
  readonly owner: Owner;
  readonly place: Place;
  readonly resource: FindingResource;
  /** What is wrong, why it matters, what to do. */
  readonly message: string;
  readonly fixable: boolean;
  /** Addresses of the instances concerned, when there are several. */
  readonly instances: readonly string[];
  /** The sets of parameters that bring it, where others don't; the message names them. */
  readonly sets: readonly string[];
  readonly related: readonly RelatedPlace[];
  /** Independent of line numbers: stays the same when the text around it moves. */
  readonly fingerprint: string;
}

/** A finding that a comment suppresses. */
export interface SuppressedFinding {
  readonly finding: Finding;
  /** Empty where a peer's comment gives none. */
  readonly reason: string;
}
