import type { Analysis } from '../engine/analysis/analysis.ts';
import { linearMatcher } from '../engine/check/linear-pattern.ts';
import type { CompiledRule } from '../engine/check/rule.ts';
import { Configurations } from '../engine/configuration/configurations.ts';
import { type OwnRules, ownRuleReader } from '../engine/configuration/own-rules.ts';
import { configurationReader, ruleFolderReader } from '../engine/configuration/read.ts';
import type { ConfigurationReader } from '../engine/configuration/settings.ts';
import type { Snapshot } from '../engine/estate/snapshot.ts';

const none: OwnRules = { files: [], rules: [], texts: new Map(), problems: [] };

/** A folder that no configuration can name: rules that come from it are known by name and never run. */
const nowhere = '';

/** Configurations with the rules that the workspace brings, read again only where their texts have changed. */
export class OwnRuleConfigurations {
  readonly #analysis: Analysis;
  readonly #readRules: ReturnType<typeof ownRuleReader>;
  #rules: readonly CompiledRule[] = [];
  #used: OwnRules = none;
  #reader: ConfigurationReader;

  /** `shipped` are the rules that need no workspace; `analysis` is the one whose rules configurations speak of. */
  constructor(analysis: Analysis, shipped: readonly CompiledRule[]) {
    this.#analysis = analysis;
    this.#readRules = ownRuleReader(shipped);
    this.#reader = configurationReader(analysis.ruleNames);
  }

  /** The configuration of some files, for an analysis that takes the rules along. In Restricted Mode (`!trusted`) none of them runs. */
  of(files: readonly string[], snapshot: Snapshot, analysis: Analysis, trusted: boolean): Configurations {
    const outline = new Configurations(snapshot, ruleFolderReader);
    for (const uri of files) outline.forFile(uri);
    const folders = outline.ruleFolders;
    const own = folders.length === 0 ? none : this.#readRules(folders, snapshot);
    this.#take(own, trusted);
    this.#analysis.useOwnRules(this.#used, linearMatcher);
    analysis.useOwnRules(this.#used, linearMatcher);
    return new Configurations(snapshot, this.#reader, own.problems);
  }

  #take(own: OwnRules, trusted: boolean): void {
    const same = own.rules.length === this.#rules.length && own.rules.every((rule, i) => rule === this.#rules[i]);
    if (same) return;
    this.#rules = own.rules;
    this.#used = trusted ? own : { ...own, rules: own.rules.map((rule) => ({ ...rule, folder: nowhere })) };
    // What a configuration may name has changed, so what was read of it no longer holds.
    this.#reader = configurationReader(this.#analysis.ruleNames);
  }
}
