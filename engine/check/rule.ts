import { declarationKinds } from '../estate/declaration.ts';
import type { Severity } from '../findings/finding.ts';
import type { Data } from '../functions/data.ts';
import type { Concern, Layer } from '../responsibility/layers.ts';
import type { CompiledCondition } from './condition-types.ts';

/** Lists of rules that a user can choose; each contains the ones before it. */
export const profiles = ['recommended', 'strict', 'all'] as const;

export type Profile = (typeof profiles)[number];

/** What a fix may do to a running system. */
export const fixEffects = ['neutral', 'behaviour', 'cost', 'replaces'] as const;

export type FixEffect = (typeof fixEffects)[number];

/** Rules look at resources of some types, at the outputs of deployments, or at what code declares besides. */
export const subjects = ['resources', 'outputs', ...declarationKinds] as const;

export type Subject = (typeof subjects)[number];

/** What a user has to configure before a rule makes sense. */
export const needs = ['classification'] as const;

export type Need = (typeof needs)[number];

/** Names the path of the value at fault in `FixSpec.set`. */
export const faultPath = '$fault';

/** A fix as the rule states it; `[]` in paths stands for the items at fault. Data may hold `{ ask: … }` anywhere. */
export interface FixSpec {
  readonly title: string;
  readonly effect: FixEffect;
  readonly note?: string;
  readonly set?: Readonly<Record<string, Data>>;
  readonly remove?: readonly string[];
  readonly addChild?: ChildSpec;
  readonly addReferring?: ReferringSpec;
  /** The value at fault is a secret that is written out: a secure parameter is to hand it in. */
  readonly handIn?: true;
}

export interface ChildSpec {
  readonly type: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly body: Data;
}

/** A resource of its own that refers to the one at fault. `{name}` in its name is that one's name. */
export interface ReferringSpec extends ChildSpec {
  /** An extension resource, put on the one at fault. */
  readonly onto?: true;
}

/** A check in TypeScript, `engine/check/checks/<name>.ts`. */
export interface CheckCall {
  readonly name: string;
  /** An option `{ option: name }` is taken from the configuration. */
  readonly options: Readonly<Record<string, Data>>;
}

/** What checking needs of a rule. Plain JSON. */
export interface CompiledRule {
  readonly id: string;
  readonly title: string;
  readonly layer: Layer;
  readonly concern: Concern;
  readonly severity: Severity;
  /** The smallest profile that has the rule. */
  readonly profile: Profile;
  readonly subject: Subject;
  /** What the rule is about has to be configured: until then it is off, unless something is said of it by name. */
  readonly needs?: Need;
  /** Resource types as written; `*` stands for all. Empty for rules with another subject. */
  readonly types: readonly string[];
  readonly where?: CompiledCondition;
  readonly moot?: CompiledCondition;
  readonly require?: CompiledCondition;
  readonly check?: CheckCall;
  /** Where the finding sits, if not on the value that failed. */
  readonly at?: string;
  readonly message?: string;
  readonly suppressible: boolean;
  readonly fix?: FixSpec;
  readonly aliases: readonly string[];
  /** Aliases in lower case that stand for a part of the rule only, and which: they silence what is about nothing else. */
  readonly parts?: Readonly<Record<string, string>>;
  /** Names and defaults of what a user can set. */
  readonly options?: Readonly<Record<string, Data>>;
  /** For a rule of a user's: the folder that it comes from. It counts where a `demarc.yaml` names that folder. */
  readonly folder?: string;
}

export interface RuleReferences {
  readonly policy: readonly string[];
  readonly mcsb: readonly string[];
  readonly cis: readonly string[];
  readonly aliases: readonly string[];
  readonly links: readonly string[];
}

/** What people read of a rule: hover, `explain`, reports. Plain JSON. */
export interface RuleText {
  readonly id: string;
  readonly why: string;
  readonly references: RuleReferences;
  /** Descriptions of the options, by name. */
  readonly options: Readonly<Record<string, string>>;
}

/** One example of a rule, whole files. `fixed`: applying the fix to `bad` gives `good`, byte for byte. */
export interface RuleExample {
  readonly language: ExampleLanguage;
  readonly bad: string;
  readonly good: string;
  readonly fixed: boolean;
  readonly note?: string;
  /** What the file is called, where that matters: a parameter file. */
  readonly file?: string;
  /** Other files beside it, by name. */
  readonly beside?: Readonly<Record<string, string>>;
}

export const exampleLanguages = ['bicep', 'terraform', 'arm'] as const;

export type ExampleLanguage = (typeof exampleLanguages)[number];
