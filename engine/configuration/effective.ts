import { type CompiledRule, type Profile, profiles } from '../check/rule.ts';
import type { Severity } from '../findings/finding.ts';
import type { ServiceLevel } from '../findings/service-levels.ts';
import type { Data } from '../functions/data.ts';
import type { Place } from '../text/span.ts';
import { type EffectiveClassification, layeredClassification, severityInClass, valuesOf } from './classification.ts';
import type { FailLevel, RuleSeverity, Setting, Settings } from './settings.ts';

/** A value and the place that it is set at; no place where nothing says otherwise than Demarc itself. */
export interface Sourced<T> {
  readonly value: T;
  readonly place: Place | undefined;
}

export interface EffectiveRule {
  readonly severity: Setting<RuleSeverity> | undefined;
  readonly options: ReadonlyMap<string, Setting<Data>>;
}

/** What holds for a file, all that configuration files say put together. */
export interface EffectiveConfiguration {
  readonly profile: Sourced<Profile>;
  readonly failOn: Sourced<FailLevel>;
  /** The rules that something is said of, by our id. */
  readonly rules: ReadonlyMap<string, EffectiveRule>;
  /** Undefined where nothing has to say what it holds. */
  readonly classification: EffectiveClassification | undefined;
  /** Concerns and our rule ids, with the place that says so. */
  readonly providedElsewhere: ReadonlyMap<string, Place>;
  /** URIs of the folders whose rules count. */
  readonly ruleFolders: ReadonlySet<string>;
  /** The severities for which something else holds than Demarc's own service levels. */
  readonly serviceLevels: ReadonlyMap<Severity, Setting<ServiceLevel>>;
}

/** What holds where no file says anything. */
export const defaultConfiguration: EffectiveConfiguration = {
  profile: { value: 'recommended', place: undefined },
  failOn: { value: 'medium', place: undefined },
  rules: new Map(),
  classification: undefined,
  providedElsewhere: new Map(),
  ruleFolders: new Set(),
  serviceLevels: new Map(),
};

/** The later one of two settings counts; what lists say adds up. */
export function layered(
  base: EffectiveConfiguration,
  settings: Settings,
  ruleFolders: readonly string[],
): EffectiveConfiguration {
  const rules = new Map(base.rules);
  for (const { rule, severity, options } of settings.rules) {
    const before = rules.get(rule);
    rules.set(rule, {
      severity: severity ?? before?.severity,
      options: before === undefined ? options : new Map([...before.options, ...options]),
    });
  }
  const provided = settings.providedElsewhere.map(({ value, place }): [string, Place] => [value, place]);
  return {
    profile: settings.profile ?? base.profile,
    failOn: settings.failOn ?? base.failOn,
    rules,
    classification: layeredClassification(base.classification, settings.classification),
    providedElsewhere: new Map([...base.providedElsewhere, ...provided]),
    ruleFolders: ruleFolders.length === 0 ? base.ruleFolders : new Set([...base.ruleFolders, ...ruleFolders]),
    serviceLevels: new Map([...base.serviceLevels, ...settings.serviceLevels]),
  };
}

/** The severity that a rule has, or that it is off. A rule that is given a severity is on whatever the profile. */
export function severityIn(
  effective: EffectiveConfiguration,
  rule: CompiledRule,
  chosen: Profile = effective.profile.value,
): RuleSeverity {
  const { rules, classification } = effective;
  if (!isKnownIn(effective, rule)) return 'off';
  const set = rules.get(rule.id)?.severity;
  if (set !== undefined) return set.value;
  if (rule.needs === 'classification' && classification === undefined) return 'off';
  return profiles.indexOf(rule.profile) <= profiles.indexOf(chosen) ? rule.severity : 'off';
}

/** False for a rule of one's own that is not one here. */
export function isKnownIn({ ruleFolders }: EffectiveConfiguration, { folder }: CompiledRule): boolean {
  return folder === undefined || ruleFolders.has(folder);
}

/** What a class of data makes of a rule; undefined where the rule is for it as it is everywhere. */
export function classSeverityIn(
  effective: EffectiveConfiguration,
  rule: CompiledRule,
  name: string,
): Setting<RuleSeverity> | undefined {
  const { rules, classification } = effective;
  if (!isKnownIn(effective, rule)) return undefined;
  const found = classification?.classes.get(name);
  return found === undefined ? undefined : severityInClass(found, rule, rules.get(rule.id)?.severity?.value);
}

/** The classes that make something of a rule which differs from what it is everywhere, each with what that is. */
export function classSeverities(
  effective: EffectiveConfiguration,
  rule: CompiledRule,
): readonly { readonly name: string; readonly severity: Setting<RuleSeverity> }[] {
  const everywhere = severityIn(effective, rule);
  return [...(effective.classification?.classes.keys() ?? [])].flatMap((name) => {
    const severity = classSeverityIn(effective, rule, name);
    return severity === undefined || severity.value === everywhere ? [] : [{ name, severity }];
  });
}

/** The value of an option that the configuration gives, and the place that says so; undefined leaves the rule's default. */
export function optionIn(
  { rules, classification }: EffectiveConfiguration,
  rule: CompiledRule,
  name: string,
): Sourced<Data> | undefined {
  const set = rules.get(rule.id)?.options.get(name);
  if (set !== undefined) return set;
  if (rule.needs !== 'classification' || classification === undefined) return undefined;
  if (name === 'tag')
    return { value: classification.tag.value, place: classification.tag.place ?? classification.place };
  return name === 'values' ? { value: valuesOf(classification), place: classification.place } : undefined;
}

export function isProvidedElsewhere({ providedElsewhere }: EffectiveConfiguration, rule: CompiledRule): boolean {
  return providedElsewhere.has(rule.id) || providedElsewhere.has(rule.concern);
}
