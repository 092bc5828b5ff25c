import type { CompiledRule } from '../check/rule.ts';
import type { Resource } from '../estate/resource.ts';
import { type Layer, layers, type Owner } from '../responsibility/layers.ts';
import type { Responsibility } from '../responsibility/services.ts';
import type { Analysis, LintResult } from './analysis.ts';

/** How a layer of a resource is divided, and what the rules see of it. */
export interface LayerState {
  readonly layer: Layer;
  readonly owner: Owner;
  /** Why it is divided otherwise than the service model says. */
  readonly reason: string | undefined;
  /** Rules that look at this layer of such a resource. */
  readonly rules: readonly CompiledRule[];
  /** Those of them that are broken. */
  readonly broken: readonly CompiledRule[];
  /** Those of them that cannot be decided before deployment. */
  readonly undetermined: readonly CompiledRule[];
}

/** Whose job what of a resource is. */
export interface ResourceCard {
  readonly resource: Resource;
  readonly responsibility: Responsibility;
  readonly layers: readonly LayerState[];
}

/** One card for each resource that a file declares, instances of one declaration together, in the order of the text. */
export function resourceCards(
  uri: string,
  { roots, isOn }: LintResult,
  { rules, responsibilityOf }: Pick<Analysis, 'rules' | 'responsibilityOf'>,
): readonly ResourceCard[] {
  const declared = new Map<number, Resource>();
  const broken = new Map<number, Set<CompiledRule>>();
  const undetermined = new Map<number, Set<CompiledRule>>();
  for (const { estate, checks } of roots) {
    for (const resource of estate.resources) {
      if (resource.existing || resource.declaration.uri !== uri) continue;
      if (!declared.has(resource.declaration.start)) declared.set(resource.declaration.start, resource);
    }
    for (const { rule, subject, verdict } of checks.findings) {
      // Suppressed ones are still broken: somebody has only accepted that.
      if (subject.kind === 'resource' && verdict === 'fail') note(broken, uri, subject.resource, rule);
    }
    for (const { rule, subject } of checks.undetermined) {
      if (subject.kind === 'resource') note(undetermined, uri, subject.resource, rule);
    }
  }
  return [...declared]
    .sort(([a], [b]) => a - b)
    .map(([start, resource]) => {
      const responsibility = responsibilityOf(resource.type);
      const judging = rules
        .forType(resource.type.toLowerCase())
        .map(({ rule }) => rule)
        .filter((rule) => isOn(rule, uri));
      const isBroken = (rule: CompiledRule): boolean => broken.get(start)?.has(rule) === true;
      const isOpen = (rule: CompiledRule): boolean => !isBroken(rule) && undetermined.get(start)?.has(rule) === true;
      return {
        resource,
        responsibility,
        layers: layers.map((layer): LayerState => {
          const ofLayer = judging.filter((rule) => rule.layer === layer);
          return {
            layer,
            owner: responsibility.owners[layer],
            reason: responsibility.reasons[layer],
            rules: ofLayer,
            broken: ofLayer.filter(isBroken),
            undetermined: ofLayer.filter(isOpen),
          };
        }),
      };
    });
}

function note(noted: Map<number, Set<CompiledRule>>, uri: string, { declaration }: Resource, rule: CompiledRule): void {
  if (declaration.uri !== uri) return;
  const known = noted.get(declaration.start);
  if (known === undefined) noted.set(declaration.start, new Set([rule]));
  else known.add(rule);
}
