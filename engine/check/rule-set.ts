import type { DeclarationKind } from '../estate/declaration.ts';
import type { Data } from '../functions/data.ts';
import type { CompiledFacts } from './facts.ts';
import type { PatternMatcher } from './pattern.ts';
import type { ExposureStep } from './reach.ts';
import type { CompiledRule } from './rule.ts';

/** Rules that come from one hand, and how their patterns are matched: `builtInMatcher`, or `linearMatcher` for a workspace's. */
export interface RuleSource {
  readonly rules: readonly CompiledRule[];
  readonly matches: PatternMatcher;
}

export interface IndexedRule {
  readonly rule: CompiledRule;
  readonly matches: PatternMatcher;
}

/** Rules by what they look at, and the facts that they lean on. */
export interface RuleSet {
  readonly rules: ReadonlyMap<string, CompiledRule>;
  /** Rules for a resource type in lower case, in the order of the sources; those for every type are among them. */
  readonly forType: (type: string) => readonly IndexedRule[];
  readonly forOutputs: readonly IndexedRule[];
  readonly forDeclarations: (kind: DeclarationKind) => readonly IndexedRule[];
  readonly facts: CompiledFacts;
  /** How the settings of resource types, in lower case, say from where they can be reached. */
  readonly exposure: ReadonlyMap<string, readonly ExposureStep[]>;
}

/** A rule of a later source replaces one of the same id. */
export function makeRuleSet(
  sources: readonly RuleSource[],
  facts: CompiledFacts,
  exposure: RuleSet['exposure'] = new Map(),
): RuleSet {
  const indexed = new Map<string, IndexedRule>();
  for (const { rules, matches } of sources) for (const rule of rules) indexed.set(rule.id, { rule, matches });
  const byType = new Map<string, IndexedRule[]>();
  const forEvery: IndexedRule[] = [];
  const forOutputs: IndexedRule[] = [];
  const bySubject = new Map<string, IndexedRule[]>();
  for (const each of indexed.values()) {
    const { subject } = each.rule;
    if (subject === 'outputs') forOutputs.push(each);
    else if (subject !== 'resources') bySubject.set(subject, [...(bySubject.get(subject) ?? []), each]);
    for (const type of each.rule.types) {
      const lower = type.toLowerCase();
      if (type === '*') forEvery.push(each);
      else if (!byType.has(lower)) byType.set(lower, [each]);
      else byType.get(lower)?.push(each);
    }
  }
  return {
    rules: new Map([...indexed].map(([id, { rule }]) => [id, rule])),
    forType: (type) => {
      const own = byType.get(type);
      if (own === undefined) return forEvery;
      return forEvery.length === 0 ? own : [...own, ...forEvery];
    },
    forOutputs,
    forDeclarations: (kind) => bySubject.get(kind) ?? [],
    facts,
    exposure,
  };
}

/** The default of an option; null for one that is not declared. */
export function defaultOf(rule: CompiledRule, option: string): Data {
  return rule.options?.[option] ?? null;
}
