import { type Classes, Classifier } from '../check/classes.ts';
import type { CompiledRule, Profile } from '../check/rule.ts';
import type { CheckOptions } from '../check/run.ts';
import type { Configurations } from '../configuration/configurations.ts';
import {
  classSeverityIn,
  type EffectiveConfiguration,
  isKnownIn,
  isProvidedElsewhere,
  optionIn,
  severityIn,
} from '../configuration/effective.ts';
import type { RuleSeverity, Setting } from '../configuration/settings.ts';
import type { Severity } from '../findings/finding.ts';

export interface RuleChoice {
  readonly configuration: Configurations;
  readonly profile?: Profile | undefined;
  /** Only these rules, by any id; all that are on when empty. */
  readonly rules: readonly string[];
}

/** How each rule is set, file by file: by the configuration, and by what was chosen for this run. */
export class RuleSettings {
  readonly #configuration: Configurations;
  readonly #profile: Profile | undefined;
  readonly #only: ReadonlySet<string> | undefined;

  constructor({ configuration, profile, rules }: RuleChoice, rulesNamed: (id: string) => readonly string[]) {
    this.#configuration = configuration;
    this.#profile = profile;
    this.#only = rules.length === 0 ? undefined : new Set(rules.flatMap(rulesNamed));
  }

  /** The severity of a rule for what is found in a file. A rule that was asked for by name is on. */
  severityOf(rule: CompiledRule, uri: string): RuleSeverity {
    return this.#severityIn(this.#configuration.forFile(uri), rule);
  }

  /** The same for a rule that is known to be on. */
  shownSeverityOf(rule: CompiledRule, uri: string): Severity {
    const severity = this.severityOf(rule, uri);
    return severity === 'off' ? rule.severity : severity;
  }

  /** How to check an estate that is made of these files. A rule is run if it is on for one of them. */
  checkOptions(uris: readonly string[]): CheckOptions {
    const configuration = this.#configuration;
    const inUse = [...new Set(uris.map((uri) => configuration.forFile(uri)))];
    return {
      enabled: (rule) => inUse.some((effective) => this.#severityIn(effective, rule) !== 'off'),
      option: (rule, name, uri) => optionIn(configuration.forFile(uri), rule, name)?.value,
      providedElsewhere: (rule, uri) => isProvidedElsewhere(configuration.forFile(uri), rule),
      // Files that are left out are somebody else's: what they do wrong is shown where they are called.
      isEditable: (uri) => configuration.exclusionOf(uri) === undefined,
      classifier: this.#classifier(inUse),
    };
  }

  /** What the class of a resource makes of a rule for what a file declares; undefined where it is as everywhere. */
  classSeverityOf(rule: CompiledRule, uri: string, name: string): RuleSeverity | undefined {
    return this.#classSeverityIn(this.#configuration.forFile(uri), rule, name);
  }

  #classifier(inUse: readonly EffectiveConfiguration[]): Classifier | undefined {
    const made = new Map<EffectiveConfiguration, Classes>();
    for (const effective of inUse) {
      const { classification } = effective;
      if (classification === undefined || classification.classes.size === 0) continue;
      made.set(effective, {
        tag: classification.tag.value,
        values: new Map([...classification.classes].map(([name, { values }]) => [name, values.map(textOf)])),
        severityOf: (rule, name) => this.#classSeverityIn(effective, rule, name),
      });
    }
    if (made.size === 0) return undefined;
    return new Classifier((uri) => made.get(this.#configuration.forFile(uri)), [...made.values()]);
  }

  #classSeverityIn(effective: EffectiveConfiguration, rule: CompiledRule, name: string): RuleSeverity | undefined {
    const severity = classSeverityIn(effective, rule, name)?.value;
    if (this.#only === undefined) return severity;
    // A rule that was asked for by name is on.
    return severity === 'off' || !this.#only.has(rule.id) ? undefined : severity;
  }

  #severityIn(effective: EffectiveConfiguration, rule: CompiledRule): RuleSeverity {
    if (this.#only !== undefined) {
      if (!this.#only.has(rule.id) || !isKnownIn(effective, rule)) return 'off';
      const set = effective.rules.get(rule.id)?.severity?.value ?? 'off';
      return set === 'off' ? rule.severity : set;
    }
    return severityIn(effective, rule, this.#profile);
  }
}

function textOf({ value }: Setting<string>): string {
  return value;
}
