import type { DocumentProblem } from '../engine/check/document.ts';
import type { VersionFacts } from '../engine/check/property-versions.ts';
import type { Data } from '../engine/functions/data.ts';

export interface RuleDocument {
  /** Relative to the repository, with `/`. */
  readonly file: string;
  /** Null when the YAML is broken; `problems` then says where. */
  readonly data: Data;
  readonly problems: readonly string[];
  readonly describe: (problem: DocumentProblem) => string;
}

export interface RuleDocuments {
  readonly services: RuleDocument | undefined;
  /** Weights and exposure: `rules/risk.yaml`. */
  readonly risk: RuleDocument | undefined;
  readonly rules: readonly (RuleDocument & { readonly id: string })[];
  readonly facts: readonly RuleDocument[];
  readonly lens: readonly RuleDocument[];
  readonly versions: VersionFacts;
}

export function readRuleDocuments(repository: string): RuleDocuments;

/** Empty where `facts/versions` is not there. */
export function readVersionFacts(repository: string): VersionFacts;
