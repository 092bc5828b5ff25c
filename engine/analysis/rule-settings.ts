import type { CompiledRule, Profile } from '../check/rule.ts';
import type { CheckOptions } from '../check/run.ts';
import type { Configurations } from '../configuration/configurations.ts';
import { type EffectiveConfiguration, isKnownIn, isProvidedElsewhere, severityIn } from '../configuration/effective.ts';
import type { RuleSeverity } from '../configuration/settings.ts';
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
      option: (rule, name, uri) => configuration.forFile(uri).rules.get(rule.id)?.options.get(name)?.value,
      providedElsewhere: (rule, uri) => isProvidedElsewhere(configuration.forFile(uri), rule),
      // Files that are left out are somebody else's: what they do wrong is shown where they are called.
      isEditable: (uri) => configuration.exclusionOf(uri) === undefined,
    };
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
