import type { ResourceClass } from '../check/classes.ts';
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
  /** The class of data that it holds, where classes are configured and it has one; instances may have others. */
  readonly held: ResourceClass | undefined;
  readonly layers: readonly LayerState[];
}

/** One card for each resource that files declare, instances of one declaration together, in the order of the texts. */
export function resourceCards(
  wants: (uri: string) => boolean,
  { roots, isOn }: LintResult,
  { rules, responsibilityOf }: Pick<Analysis, 'rules' | 'responsibilityOf'>,
): readonly ResourceCard[] {
  const declared = new Map<string, Declared>();
  for (const { estate, checks } of roots) {
    for (const resource of estate.resources) {
      if (resource.existing || !wants(resource.declaration.uri)) continue;
      const key = keyOf(resource);
      const known = declared.get(key);
      if (known?.held !== undefined) continue;
      const found = checks.classifier?.classOf(resource);
      const held = found?.kind === 'none' ? undefined : found;
      if (known !== undefined) known.held = held;
      else declared.set(key, { resource, held, broken: new Set(), undetermined: new Set() });
    }
    for (const { rule, subject, verdict } of checks.findings) {
      // Suppressed ones are still broken: somebody has only accepted that.
      if (subject.kind === 'resource' && verdict === 'fail') declared.get(keyOf(subject.resource))?.broken.add(rule);
    }
    for (const { rule, subject } of checks.undetermined) {
      if (subject.kind === 'resource') declared.get(keyOf(subject.resource))?.undetermined.add(rule);
    }
  }
  return [...declared.values()].sort(byPlace).map(({ resource, held, broken, undetermined }) => {
    const responsibility = responsibilityOf(resource.type);
    const judging = rules
      .forType(resource.type.toLowerCase())
      .map(({ rule }) => rule)
      .filter((rule) => isOn(rule, resource.declaration.uri, held?.kind === 'class' ? held.name : undefined));
    return {
      resource,
      responsibility,
      held,
      layers: layers.map((layer): LayerState => {
        const ofLayer = judging.filter((rule) => rule.layer === layer);
        return {
          layer,
          owner: responsibility.owners[layer],
          reason: responsibility.reasons[layer],
          rules: ofLayer,
          broken: ofLayer.filter((rule) => broken.has(rule)),
          undetermined: ofLayer.filter((rule) => !broken.has(rule) && undetermined.has(rule)),
        };
      }),
    };
  });
}

interface Declared {
  readonly resource: Resource;
  /** Of the first instance that has one. */
  held: ResourceClass | undefined;
  readonly broken: Set<CompiledRule>;
  readonly undetermined: Set<CompiledRule>;
}

function keyOf({ declaration }: Resource): string {
  return `${declaration.uri}#${declaration.start}`;
}

function byPlace({ resource: { declaration: a } }: Declared, { resource: { declaration: b } }: Declared): number {
  if (a.uri !== b.uri) return a.uri < b.uri ? -1 : 1;
  return a.start - b.start;
}
