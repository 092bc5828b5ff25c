import { Analysis } from '../engine/analysis/analysis.ts';
import type { CompiledRule, Profile } from '../engine/check/rule.ts';
import { profiles } from '../engine/check/rule.ts';
import { classSeverities, severityIn } from '../engine/configuration/effective.ts';
import type { RuleSeverity } from '../engine/configuration/settings.ts';
import type { Severity } from '../engine/findings/finding.ts';
import type { Concern, Layer } from '../engine/responsibility/layers.ts';
import { loadCheckData, loadLens } from '../host/shipped-data.ts';
import { describeProblems, withConfigurations } from './configured.ts';
import { openTarget } from './target.ts';
import { terminalOptions, writeOut } from './terminal.ts';

export interface RulesOptions {
  readonly format: 'stylish' | 'json';
  readonly profile?: Profile;
  readonly severity: readonly Severity[];
  readonly layer: readonly Layer[];
  readonly concern: readonly Concern[];
  readonly fixable: boolean;
}

interface Listed {
  readonly rule: CompiledRule;
  /** As it is set for the working folder. */
  readonly set: RuleSeverity;
  /** By class of data, where it is set otherwise for it. */
  readonly classes: Readonly<Record<string, RuleSeverity>>;
}

/**
 * `demarc rules`: lists the rules that every word is found in (id, title, resource type, ids of peers) and that the
 * filters let through, with the severity that they have in the working folder. 2 when the configuration is wrong.
 */
export async function rulesCommand(words: readonly string[], options: RulesOptions): Promise<0 | 2> {
  const target = openTarget([]);
  const analysis = new Analysis(loadCheckData(), loadLens);
  const { listed, problems } = await withConfigurations(target, analysis, (configuration) => {
    const effective = configuration.forFile(`${target.folder}main`);
    return {
      listed: [...analysis.rules.rules.values()]
        .filter((rule) => isWanted(rule, words, options))
        .map(
          (rule): Listed => ({
            rule,
            set: severityIn(effective, rule),
            classes: Object.fromEntries(
              classSeverities(effective, rule).map(({ name, severity }) => [name, severity.value]),
            ),
          }),
        )
        .sort((a, b) => (a.rule.id < b.rule.id ? -1 : 1)),
      problems: describeProblems(configuration.problems, target.sources),
    };
  });
  await writeOut(options.format === 'json' ? printJson(listed) : print(listed));
  if (problems.length === 0) return 0;
  process.stderr.write(`${problems.join('\n')}\n`);
  return 2;
}

function isWanted(rule: CompiledRule, words: readonly string[], options: RulesOptions): boolean {
  const { profile, severity, layer, concern, fixable } = options;
  if (profile !== undefined && profiles.indexOf(rule.profile) > profiles.indexOf(profile)) return false;
  if (severity.length > 0 && !severity.includes(rule.severity)) return false;
  if (layer.length > 0 && !layer.includes(rule.layer)) return false;
  if (concern.length > 0 && !concern.includes(rule.concern)) return false;
  if (fixable && rule.fix === undefined) return false;
  const text = [rule.id, rule.title, ...rule.types, ...rule.aliases].join('\n').toLowerCase();
  return words.every((word) => text.includes(word.toLowerCase()));
}

function printJson(listed: readonly Listed[]): string {
  const rules = listed.map(({ rule, set, classes }) => ({
    id: rule.id,
    title: rule.title,
    severity: rule.severity,
    set,
    classes,
    profile: rule.profile,
    layer: rule.layer,
    concern: rule.concern,
    types: rule.types,
    aliases: rule.aliases,
    options: rule.options ?? {},
    fix: rule.fix === undefined ? null : { title: rule.fix.title, effect: rule.fix.effect },
    suppressible: rule.suppressible,
  }));
  return `${JSON.stringify({ rules }, undefined, 2)}\n`;
}

function print(listed: readonly Listed[]): string {
  const { paint } = terminalOptions();
  const width = Math.max(0, ...listed.map(({ rule }) => rule.id.length));
  const lines = listed.map(({ rule, set, classes }) => {
    const severity = set.padEnd('critical'.length);
    const painted = set === 'off' ? paint('faint', severity) : paint(set, severity);
    const byClass = Object.entries(classes).map(([name, severity]) => `${severity} for ${name}`);
    const note = byClass.length === 0 ? '' : ` (${byClass.join(', ')})`;
    return `${painted}  ${rule.id.padEnd(width)}  ${rule.title}${note}`;
  });
  const isOff = ({ set, classes }: Listed): boolean => set === 'off' && Object.keys(classes).length === 0;
  const off = listed.filter(isOff).length;
  const rules = listed.length === 1 ? '1 rule' : `${listed.length} rules`;
  lines.push('', `${rules}${off === 0 ? '' : `, ${off} of them off here`}. 'demarc explain RULE' tells more.`);
  return `${lines.join('\n').trimStart()}\n`;
}
