import type { CompiledRule, RuleReferences, RuleText } from '../engine/check/rule.ts';
import type { Severity } from '../engine/findings/finding.ts';
import type { NoticeCode } from '../engine/findings/notice.ts';

export const sarifLevels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};

/** What GitHub ranks alerts by: from 9.0 critical, from 7.0 high, from 4.0 medium, else low. */
const scores: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0' };

const noticeTitles: Readonly<Record<NoticeCode, string>> = {
  'demarc/incomplete': 'Everything can be read',
  'demarc/suppression': 'Suppressions suppress something and say why',
  'demarc/module': 'Modules are on this machine',
  'demarc/stale': 'Compiled templates match their source',
  'demarc/code': 'Calls lead somewhere',
  'demarc/configuration': 'The configuration can be followed',
};

const frameworks: readonly { readonly key: 'mcsb' | 'cis' | 'policy'; readonly name: string }[] = [
  { key: 'mcsb', name: 'Microsoft cloud security benchmark' },
  { key: 'cis', name: 'CIS Microsoft Azure Foundations Benchmark' },
  { key: 'policy', name: 'Azure Policy built-in definitions' },
];

export interface SarifRules {
  readonly rules: readonly object[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** The frameworks that the rules refer to, with what of them is referred to. */
  readonly taxonomies: readonly object[];
}

/** The descriptors of the rules that a run is about, and the frameworks that they belong to. */
export function describeRules(
  ids: readonly string[],
  rules: ReadonlyMap<string, CompiledRule>,
  texts: ReadonlyMap<string, RuleText>,
): SarifRules {
  const sorted = [...new Set(ids)].sort();
  const taxa = taxaOf(sorted.flatMap((id) => texts.get(id)?.references ?? []));
  const used = frameworks.filter(({ key }) => (taxa.get(key) ?? []).length > 0);
  const described = sorted.map((id) => {
    const rule = rules.get(id);
    if (rule === undefined) return describeNotice(id);
    const text = texts.get(id);
    const relationships = used.flatMap(({ key, name }, component) =>
      (text?.references[key] ?? []).map((taxon) => ({
        target: {
          id: taxon,
          index: (taxa.get(key) ?? []).indexOf(taxon),
          toolComponent: { name, index: component },
        },
        kinds: ['relevant'],
      })),
    );
    return { ...describeRule(rule, text), ...(relationships.length === 0 ? {} : { relationships }) };
  });
  const taxonomies = used.map(({ key, name }) => ({
    name,
    isComprehensive: false,
    taxa: (taxa.get(key) ?? []).map((id) => ({ id })),
  }));
  return { rules: described, indexOf: new Map(sorted.map((id, index) => [id, index])), taxonomies };
}

function taxaOf(references: readonly RuleReferences[]): ReadonlyMap<string, readonly string[]> {
  return new Map(frameworks.map(({ key }) => [key, [...new Set(references.flatMap((each) => each[key]))].sort()]));
}

function describeRule(rule: CompiledRule, text: RuleText | undefined): object {
  const why = text?.why.trim() ?? rule.title;
  const also = rule.aliases.length === 0 ? '' : `\n\nElsewhere: ${rule.aliases.join(', ')}`;
  return {
    id: rule.id,
    shortDescription: { text: rule.title },
    fullDescription: { text: why },
    help: { text: `${why}${also}`, markdown: `**${rule.title}**\n\n${why}${also}` },
    defaultConfiguration: { level: sarifLevels[rule.severity] },
    properties: {
      tags: ['security', rule.concern, rule.layer],
      precision: 'high',
      'security-severity': scores[rule.severity],
      layer: rule.layer,
      concern: rule.concern,
      aliases: rule.aliases,
    },
  };
}

function describeNotice(id: string): object {
  const title = Object.entries(noticeTitles).find(([code]) => code === id)?.[1] ?? id;
  return { id, shortDescription: { text: title }, properties: { tags: ['demarc'] } };
}
