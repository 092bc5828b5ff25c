import type { Profile } from '../check/rule.ts';
import { type Severity, severities } from '../findings/finding.ts';
import type { ServiceLevel } from '../findings/service-levels.ts';
import type { Data } from '../functions/data.ts';
import type { Place } from '../text/span.ts';
import type { PathPattern } from './pattern.ts';

/** What a rule can be set to: its severity, or `off`. */
export const ruleSeverities = ['off', ...severities] as const;

export type RuleSeverity = Severity | 'off';

/** The least severity that makes a run fail. */
export const failLevels = [...severities, 'none'] as const;

export type FailLevel = Severity | 'none';

/** The name that a configuration file has in every folder. */
export const configurationName = 'demarc.yaml';

/** Keys that count for all files, and for some under `overrides`. */
export const settingKeys = [
  'profile',
  'fail-on',
  'rules',
  'classification',
  'provided-elsewhere',
  'service-levels',
] as const;

/** Keys of `classification`. */
export const classificationKeys = ['tag', 'classes'] as const;

/** Keys of one of its classes. */
export const classKeys = ['values', 'profile', 'requires', 'rules'] as const;

/** Keys of a file as a whole. */
export const fileKeys = [
  'inherit',
  'extends',
  'rule-folders',
  'baseline',
  ...settingKeys,
  'overrides',
  'include',
  'exclude',
  'parameter-files',
  'roots',
] as const;

/** A value and where it is written. */
export interface Setting<T> {
  readonly value: T;
  readonly place: Place;
}

/** What a file says of one rule; by a peer's id it may be said of several. */
export interface RuleSetting {
  readonly rule: string;
  readonly place: Place;
  readonly severity: Setting<RuleSeverity> | undefined;
  readonly options: ReadonlyMap<string, Setting<Data>>;
}

/** What a file says of a class of data. */
export interface ClassSetting {
  readonly name: string;
  readonly place: Place;
  /** What the tag says where this class is meant; empty: the name of the class. */
  readonly values: readonly Setting<string>[];
  readonly profile: Setting<Profile> | undefined;
  /** Our rule ids, and concerns. */
  readonly requires: readonly Setting<string>[];
  readonly rules: ReadonlyMap<string, Setting<RuleSeverity>>;
}

/** What a file says of the classes of data, and of the tag that names them. */
export interface ClassificationSettings {
  readonly place: Place;
  readonly tag: Setting<string> | undefined;
  readonly classes: readonly ClassSetting[];
}

/** What can be said for all files, and for some under `overrides`. */
export interface Settings {
  readonly profile: Setting<Profile> | undefined;
  readonly failOn: Setting<FailLevel> | undefined;
  readonly rules: readonly RuleSetting[];
  readonly classification: ClassificationSettings | undefined;
  /** Ids of rules, and concerns, that something outside takes care of. */
  readonly providedElsewhere: readonly Setting<string>[];
  /** How long it may take to mend findings of a severity. */
  readonly serviceLevels: ReadonlyMap<Severity, Setting<ServiceLevel>>;
}

export interface Override {
  readonly paths: readonly PathPattern[];
  readonly settings: Settings;
}

/** The parameter files that a template is deployed with, each by itself. Paths as written. */
export interface TemplateParameters {
  readonly template: Setting<string>;
  readonly files: readonly Setting<string>[];
}

/** The sets of variable files that a Terraform folder is deployed with. Paths as written. */
export interface RootSets {
  readonly folder: Setting<string>;
  readonly sets: readonly { readonly name: string; readonly files: readonly Setting<string>[] }[];
}

/** One `demarc.yaml`, as it is written. Its paths and patterns are relative to the folder of the file that counts. */
export interface ConfigurationFile {
  readonly uri: string;
  /** False when files in folders above don't count. */
  readonly inherit: boolean;
  /** Files and packages that it builds on. */
  readonly extends: readonly Setting<string>[];
  /** Folders with rules of one's own, relative to this file. */
  readonly ruleFolders: readonly Setting<string>[];
  /** The file of known findings, relative to the folder of the file that counts. */
  readonly baseline: Setting<string> | undefined;
  readonly settings: Settings;
  readonly overrides: readonly Override[];
  /** Empty when everything is linted. */
  readonly include: readonly Setting<PathPattern>[];
  readonly exclude: readonly Setting<PathPattern>[];
  readonly parameterFiles: readonly TemplateParameters[];
  readonly roots: readonly RootSets[];
}

/** What is wrong with a configuration file. */
export interface ConfigurationProblem {
  readonly place: Place;
  readonly message: string;
}

export interface ReadConfiguration {
  readonly file: ConfigurationFile;
  readonly problems: readonly ConfigurationProblem[];
}

/** Reads the text of a configuration file. Never throws: what cannot be understood is a problem and does not count. */
export type ConfigurationReader = (uri: string, text: string) => ReadConfiguration;
