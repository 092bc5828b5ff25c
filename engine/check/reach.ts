import type { Estate } from '../estate/estate.ts';
import type { Links } from '../estate/link.ts';
import type { Resource } from '../estate/resource.ts';
import { Assignment, maximumRuns } from './assignment.ts';
import type { CompiledCondition } from './condition-types.ts';
import { type EvaluationContext, wholeResource } from './context.ts';
import { evaluate } from './evaluate.ts';
import { evaluationContext } from './evaluation.ts';
import { type Exposure, type Reach, worstOf } from './exposure.ts';
import type { CompiledFacts } from './facts.ts';
import { networkReach } from './network-reach.ts';
import { builtInMatcher } from './pattern.ts';
import { existence } from './relations.ts';

/** One step of a table: decides when it has no condition, or when its condition holds. */
export interface ExposureStep {
  readonly when?: CompiledCondition;
  readonly reach: Reach;
  readonly why: string;
}

/** What the settings of resource types (in lower case) say of their exposure. Plain JSON. */
export interface ExposureTable {
  readonly types: readonly string[];
  readonly steps: readonly ExposureStep[];
}

/** Finds from where resources of one estate can be reached; each is looked at once. */
export type ExposureOf = (resource: Resource) => Exposure;

/** What the estate does not tell. */
const untold: Exposure = { reach: 'unknown', why: 'nothing says from where it can be reached' };

/**
 * The exposure of the resources of an estate. Of several alternatives the worst counts; what lies below a resource is
 * reached as that is. `complete`: nothing is missing in the estate.
 */
export function exposures(
  estate: Estate,
  links: Links,
  facts: CompiledFacts,
  tables: ReadonlyMap<string, readonly ExposureStep[]>,
  complete: boolean,
): ExposureOf {
  const known = new Map<Resource, Exposure>();
  const find = (resource: Resource): Exposure => {
    const steps = tables.get(resource.type.toLowerCase());
    const assignment = new Assignment();
    const context = evaluationContext({
      estate,
      links,
      facts,
      assignment,
      option: () => null,
      matches: builtInMatcher,
      complete,
      providedElsewhere: false,
    });
    const found: Exposure[] = [];
    for (let run = 0; run < maximumRuns; run++) {
      if (existence(context, resource) !== false) {
        const exposure =
          networkReach(context, resource) ?? (steps === undefined ? undefined : stepOf(context, resource, steps));
        if (exposure !== undefined) found.push(exposure);
      }
      if (!assignment.next()) break;
    }
    const worst = worstOf(found);
    if (worst !== undefined) return worst;
    const parent = links.parentOf(resource);
    return parent === undefined ? untold : exposureOf(parent);
  };
  const exposureOf: ExposureOf = (resource) => {
    let exposure = known.get(resource);
    if (exposure === undefined) {
      // Names of resources that lead back to themselves say nothing.
      known.set(resource, untold);
      exposure = find(resource);
      known.set(resource, exposure);
    }
    return exposure;
  };
  return exposureOf;
}

/** The steps of each type in lower case. */
export function stepsByType(tables: readonly ExposureTable[]): ReadonlyMap<string, readonly ExposureStep[]> {
  return new Map(tables.flatMap(({ types, steps }) => types.map((type) => [type, steps] as const)));
}

function stepOf(context: EvaluationContext, resource: Resource, steps: readonly ExposureStep[]): Exposure {
  for (const { when, reach, why } of steps) {
    const holds = when === undefined ? true : evaluate(context, wholeResource(resource), when);
    if (holds === true) return { reach, why };
    if (holds === undefined) return { reach: 'unknown', why: 'what decides it is not known' };
  }
  return untold;
}
