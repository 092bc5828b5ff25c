import { type CompiledRule, type Profile, profiles } from '../check/rule.ts';
import type { Place } from '../text/span.ts';
import type { ClassificationSettings, ClassSetting, RuleSeverity, Setting } from './settings.ts';

/** The tag that says what a resource holds, where the configuration names no other. */
export const defaultTag = 'dataClassification';

/** A class of data, all that configuration files say of it put together. */
export interface EffectiveClass {
  /** What the tag says where this class is meant; never empty. */
  readonly values: readonly Setting<string>[];
  readonly profile: Setting<Profile> | undefined;
  /** Our rule ids, and concerns, with the place that asks for them. */
  readonly requires: ReadonlyMap<string, Place>;
  readonly rules: ReadonlyMap<string, Setting<RuleSeverity>>;
}

/** What data stores say they hold, and what that asks of them. */
export interface EffectiveClassification {
  /** Where classification is asked for. */
  readonly place: Place;
  readonly tag: { readonly value: string; readonly place: Place | undefined };
  /** By name, in the order in which they are first named. None: the tag may say anything. */
  readonly classes: ReadonlyMap<string, EffectiveClass>;
}

/** The later one of two settings counts; classes are taken one by one, and so are the rules of each. */
export function layeredClassification(
  base: EffectiveClassification | undefined,
  settings: ClassificationSettings | undefined,
): EffectiveClassification | undefined {
  if (settings === undefined) return base;
  const classes = new Map(base?.classes);
  for (const each of settings.classes) classes.set(each.name, layeredClass(classes.get(each.name), each));
  return {
    place: settings.place,
    tag: settings.tag ?? base?.tag ?? { value: defaultTag, place: undefined },
    classes,
  };
}

function layeredClass(base: EffectiveClass | undefined, setting: ClassSetting): EffectiveClass {
  const { name, place, values, profile, requires, rules } = setting;
  const required = requires.map((each): [string, Place] => [each.value, each.place]);
  return {
    values: values.length > 0 ? values : (base?.values ?? [{ value: name, place }]),
    profile: profile ?? base?.profile,
    requires: new Map([...(base?.requires ?? []), ...required]),
    rules: new Map([...(base?.rules ?? []), ...rules]),
  };
}

/** What the tag may say, whatever class that means. */
export function valuesOf({ classes }: EffectiveClassification): readonly string[] {
  return [...classes.values()].flatMap(({ values }) => values.map(({ value }) => value));
}

/**
 * What a class makes of a rule, and the place that says so; undefined where it leaves the rule as it is everywhere. `general`
 * is what the configuration says of the rule by name: a class that only names a concern or a profile gives way to it.
 */
export function severityInClass(
  { profile, requires, rules }: EffectiveClass,
  rule: CompiledRule,
  general: RuleSeverity | undefined,
): Setting<RuleSeverity> | undefined {
  const own = rules.get(rule.id);
  if (own !== undefined) return own;
  const named = requires.get(rule.id);
  const severity = general === undefined || general === 'off' ? rule.severity : general;
  if (named !== undefined) return { value: severity, place: named };
  if (general !== undefined || rule.needs !== undefined) return undefined;
  const place = requires.get(rule.concern) ?? (covers(profile?.value, rule) ? profile?.place : undefined);
  return place === undefined ? undefined : { value: severity, place };
}

function covers(profile: Profile | undefined, rule: CompiledRule): boolean {
  return profile !== undefined && profiles.indexOf(rule.profile) <= profiles.indexOf(profile);
}
