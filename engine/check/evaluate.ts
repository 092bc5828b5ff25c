import { isNothing, itemsOf } from '../estate/operations.ts';
import type { PropertyPath } from '../estate/path.ts';
import type { Value } from '../estate/value.ts';
import type {
  ChildCondition,
  CompiledCondition,
  CompiledTest,
  Demand,
  QuantifierTest,
  ReferencedByCondition,
  RelatedCondition,
} from './condition-types.ts';
import { type Bound, boundElement, type EvaluationContext, read, wholeResource } from './context.ts';
import { segmentsOf } from './paths.ts';
import { type Candidate, type Candidates, childCandidates, referringCandidates, relatedTarget } from './relations.ts';
import { negate, passesTest, type Truth } from './value-test.ts';

/** Whether a condition holds: true, false, or undefined when that depends on something that is not known. */
export function evaluate(context: EvaluationContext, bound: Bound, condition: CompiledCondition): Truth {
  switch (condition.op) {
    case 'all':
      return everyHolds(context, bound, condition.of);
    case 'any':
      return someHolds(context, bound, condition.of);
    case 'not':
      return negate(evaluate(context, bound, condition.of));
    case 'value': {
      const path = segmentsOf(condition.path);
      const value = read(context, bound, path);
      let answer: Truth = true;
      for (const test of condition.tests) {
        const passed = passes(context, bound, path, value, test);
        if (passed === false) return false;
        if (passed === undefined) answer = undefined;
      }
      return answer;
    }
    case 'related':
      return evaluateRelated(context, bound, condition);
    case 'child':
    case 'referencedBy':
      return evaluateDemand(context, candidatesOf(context, bound, condition), condition);
  }
}

function everyHolds(context: EvaluationContext, bound: Bound, conditions: readonly CompiledCondition[]): Truth {
  let answer: Truth = true;
  for (const condition of conditions) {
    const holds = evaluate(context, bound, condition);
    if (holds === false) return false;
    if (holds === undefined) answer = undefined;
  }
  return answer;
}

function someHolds(context: EvaluationContext, bound: Bound, conditions: readonly CompiledCondition[]): Truth {
  let answer: Truth = false;
  for (const condition of conditions) {
    const holds = evaluate(context, bound, condition);
    if (holds === true) return true;
    if (holds === undefined) answer = undefined;
  }
  return answer;
}

/** Whether the value at a path passes one test. */
export function passes(
  context: EvaluationContext,
  bound: Bound,
  path: PropertyPath,
  value: Value,
  test: CompiledTest,
): Truth {
  if (test.op !== 'quantifier') return passesTest(test, value, context);
  const elements = elementsOf(context, bound, path, value, test);
  if (elements === undefined) return undefined;
  const { quantifier } = test;
  // `every` and `none` are disproved by one element, `any` is proved by one.
  const decisive = quantifier !== 'every';
  let answer: Truth = elements.open ? undefined : quantifier !== 'any';
  for (const element of elements.elements) {
    const holds = evaluate(context, element, test.of);
    if (holds === decisive) return quantifier === 'any';
    if (holds === undefined) answer = undefined;
  }
  return answer;
}

export interface Elements {
  readonly elements: readonly Bound[];
  /** There may be more. */
  readonly open: boolean;
}

/** The items or members that a quantifier runs over; undefined when the value is not known. */
export function elementsOf(
  context: EvaluationContext,
  bound: Bound,
  path: PropertyPath,
  value: Value,
  test: QuantifierTest,
): Elements | undefined {
  // No fact says what the absence of the list means.
  if (value.kind === 'absent') return undefined;
  if (isNothing(value)) return { elements: [], open: false };
  const full = [...bound.path, ...path];
  if (test.over === 'items') {
    if (value.kind !== 'array') return undefined;
    const elements = itemsOf(value).map((item, index) =>
      boundElement(bound, [...full, { kind: 'index', index }], context.assignment.resolve(item)),
    );
    return { elements, open: value.open !== undefined };
  }
  if (value.kind !== 'object') return undefined;
  const elements: Bound[] = [];
  for (const key of value.keys()) {
    const member = context.assignment.resolve(value.get(key));
    if (!isNothing(member)) elements.push(boundElement(bound, [...full, { kind: 'key', key }], member));
  }
  return { elements, open: value.open !== undefined };
}

function evaluateRelated(context: EvaluationContext, bound: Bound, condition: RelatedCondition): Truth {
  const target = relatedTarget(context, bound, condition);
  switch (target.kind) {
    case 'nothing':
    case 'other-type':
      return false;
    case 'unknown':
      return undefined;
    case 'resource':
      return condition.require === undefined
        ? true
        : evaluate(context, wholeResource(target.resource), condition.require);
  }
}

export function candidatesOf(
  context: EvaluationContext,
  bound: Bound,
  condition: ChildCondition | ReferencedByCondition,
): Candidates {
  return condition.op === 'child'
    ? childCandidates(context, bound.resource, condition)
    : referringCandidates(context, bound.resource, condition);
}

/** How one resource does with a demand. */
export interface Standing {
  readonly candidate: Candidate;
  /** `where` holds, and the resource certainly is there. */
  readonly concerned: Truth;
  /** `require` holds, or `forbid` does not. */
  readonly good: Truth;
}

export function standingOf(context: EvaluationContext, candidate: Candidate, demand: Demand): Standing {
  const bound = wholeResource(candidate.resource);
  const chosen = demand.where === undefined ? true : evaluate(context, bound, demand.where);
  if (chosen === false) return { candidate, concerned: false, good: undefined };
  const good =
    demand.forbid === undefined
      ? demand.require === undefined
        ? true
        : evaluate(context, bound, demand.require)
      : negate(evaluate(context, bound, demand.forbid));
  return { candidate, concerned: candidate.certain ? chosen : undefined, good };
}

/**
 * `require`: some resource that `where` picks is good. One that is there and is not good decides it when no other may be
 * good; when there is none at all, its absence counts only where nothing else may bring it. `forbid`: none is bad.
 */
function evaluateDemand(context: EvaluationContext, { candidates, others }: Candidates, demand: Demand): Truth {
  const standings = candidates.map((candidate) => standingOf(context, candidate, demand));
  const concerning = standings.filter(({ concerned }) => concerned !== false);
  if (demand.forbid !== undefined) {
    if (concerning.some(({ concerned, good }) => concerned === true && good === false)) return false;
    if (others !== undefined) return undefined;
    return concerning.every(({ good }) => good === true) ? true : undefined;
  }
  if (concerning.some(({ concerned, good }) => concerned === true && good === true)) return true;
  if (concerning.some(({ good }) => good !== false)) return undefined;
  if (concerning.some(({ concerned }) => concerned === true)) return false;
  // Those that may be there are bad, so it comes to the same whether they are.
  return others === undefined ? false : undefined;
}
