import type { CompiledRule } from '../check/rule.ts';
import type { Resource } from '../estate/resource.ts';
import type { Finding } from '../findings/finding.ts';
import type { JudgedFinding, JudgedResource, LayerCounts, ResponsibilityMap } from '../responsibility/matrix.ts';
import type { Place } from '../text/span.ts';
import type { Analysis, LintResult } from './analysis.ts';
import { type LayerState, type ResourceCard, resourceCards } from './resource-card.ts';

/** Whose job what is of all that some files declare, and how it stands. */
export function responsibilityMap(
  wants: (uri: string) => boolean,
  result: LintResult,
  analysis: Pick<Analysis, 'rules' | 'responsibilityOf'>,
): ResponsibilityMap<Place> {
  const declarations = declarationsOf(result);
  const byDeclaration = new Map<string, Finding[]>();
  const others: Finding[] = [];
  for (const finding of result.findings) {
    if (finding.verdict !== 'fail') continue;
    const keys = declarations.get(keyOf(finding.rule, finding.place));
    if (keys === undefined && wants(finding.place.uri)) others.push(finding);
    for (const key of keys ?? []) {
      const known = byDeclaration.get(key);
      if (known === undefined) byDeclaration.set(key, [finding]);
      else known.push(finding);
    }
  }
  const { rules } = analysis.rules;
  const judged = (finding: Finding): JudgedFinding<Place> => ({
    rule: finding.rule,
    title: rules.get(finding.rule)?.title ?? finding.rule,
    severity: finding.severity,
    layer: finding.layer,
    owner: finding.owner,
    message: finding.message,
    at: finding.place,
  });
  const resources = resourceCards(wants, result, analysis).map((card): JudgedResource<Place> => {
    const id = declarationKey(card.resource.declaration);
    const findings = byDeclaration.get(id) ?? [];
    const kept = new Set(findings.map(({ rule }) => rule));
    return {
      id,
      ...describe(card),
      layers: card.layers.map((layer) => countsOf(layer, kept)),
      findings: findings.map(judged),
    };
  });
  return { resources, others: others.map(judged) };
}

function describe({
  resource,
  responsibility: { service, model, label },
}: ResourceCard): Pick<JudgedResource<Place>, 'name' | 'type' | 'service' | 'model' | 'label' | 'at'> {
  const { type, header } = resource;
  return {
    name: nameIn(resource),
    type,
    service: service ?? type,
    model,
    ...(label === undefined ? {} : { label }),
    at: header,
  };
}

/** What the author calls it, without the modules that lead there. */
function nameIn({ language, address }: Resource): string {
  switch (language) {
    case 'bicep':
      return address.slice(address.lastIndexOf('.') + 1);
    case 'arm':
      return address.slice(address.lastIndexOf('/') + 1);
    case 'terraform':
      return /(?:^|\.)([^.]+\.[^.]+)$/.exec(address)?.[1] ?? address;
  }
}

function countsOf(
  { layer, owner, reason, rules, broken, undetermined }: LayerState,
  kept: ReadonlySet<string>,
): LayerCounts {
  const toMend = broken.filter((rule: CompiledRule) => kept.has(rule.id)).length;
  return {
    layer,
    owner,
    ...(reason === undefined ? {} : { reason }),
    toMend,
    accepted: broken.length - toMend,
    undetermined: undetermined.length,
    inOrder: rules.length - broken.length - undetermined.length,
  };
}

/** The declarations that a finding is about, by its rule and place: instances that share those are one finding. */
function declarationsOf({ roots }: LintResult): ReadonlyMap<string, ReadonlySet<string>> {
  const declarations = new Map<string, Set<string>>();
  for (const { checks } of roots) {
    for (const { rule, place, subject } of checks.findings) {
      if (subject.kind !== 'resource') continue;
      const key = keyOf(rule.id, place);
      const known = declarations.get(key);
      if (known === undefined) declarations.set(key, new Set([declarationKey(subject.resource.declaration)]));
      else known.add(declarationKey(subject.resource.declaration));
    }
  }
  return declarations;
}

function keyOf(rule: string, { uri, start, end }: Place): string {
  return `${rule}\n${uri}\n${start}\n${end}`;
}

function declarationKey({ uri, start }: Place): string {
  return `${uri}#${start}`;
}
