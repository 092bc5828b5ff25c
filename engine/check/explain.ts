import { absent } from '../estate/make.ts';
import { firstUnknown, isNothing } from '../estate/operations.ts';
import { sourceOrigin } from '../estate/origin.ts';
import { type PropertyPath, printPath } from '../estate/path.ts';
import type { Resource } from '../estate/resource.ts';
import type { Value } from '../estate/value.ts';
import type {
  ChildCondition,
  CompiledCondition,
  QuantifierTest,
  ReferencedByCondition,
  RelatedCondition,
  ValueCondition,
} from './condition-types.ts';
import { type Bound, type EvaluationContext, read, wholeResource } from './context.ts';
import { candidatesOf, elementsOf, evaluate, passes, standingOf } from './evaluate.ts';
import { type Cause, causeOf, type Evidence } from './evidence.ts';
import { segmentsOf } from './paths.ts';
import { childType, relatedTarget } from './relations.ts';

/**
 * Collects the values that made a condition come out as `truth`, the most telling first: of conditions that all should
 * have held the first that does not, of conditions that should not hold together the last, since authors narrow down.
 */
export function explain(
  context: EvaluationContext,
  bound: Bound,
  condition: CompiledCondition,
  truth: boolean,
  evidence: Evidence[],
): void {
  switch (condition.op) {
    case 'all':
      if (truth) {
        for (const each of condition.of.toReversed()) explain(context, bound, each, true, evidence);
        return;
      }
      for (const each of condition.of) {
        if (evaluate(context, bound, each) === false) explain(context, bound, each, false, evidence);
      }
      return;
    case 'any': {
      if (!truth) {
        // Which type it is only tells what the others are about: nobody would change that.
        const telling = condition.of.filter((each) => !isAboutType(each));
        for (const each of telling.length === 0 ? condition.of : telling)
          explain(context, bound, each, false, evidence);
        return;
      }
      const holding = condition.of.find((each) => evaluate(context, bound, each) === true);
      if (holding !== undefined) explain(context, bound, holding, true, evidence);
      return;
    }
    case 'not':
      explain(context, bound, condition.of, !truth, evidence);
      return;
    case 'value':
      explainValue(context, bound, condition, truth, evidence);
      return;
    case 'related':
      explainRelated(context, bound, condition, truth, evidence);
      return;
    case 'child':
    case 'referencedBy':
      explainDemand(context, bound, condition, truth, evidence);
      return;
  }
}

function isAboutType(condition: CompiledCondition): boolean {
  return condition.op === 'value' && condition.path === 'type';
}

function explainValue(
  context: EvaluationContext,
  bound: Bound,
  condition: ValueCondition,
  truth: boolean,
  evidence: Evidence[],
): void {
  const path = segmentsOf(condition.path);
  const value = read(context, bound, path);
  for (const test of condition.tests) {
    if (!truth && passes(context, bound, path, value, test) !== false) continue;
    if (test.op === 'quantifier' && explainElements(context, bound, path, value, test, truth, evidence)) continue;
    add(evidence, { ...here(bound), value, path: [...bound.path, ...path] });
  }
}

/** True when items tell why; false when the list as a whole is the evidence. */
function explainElements(
  context: EvaluationContext,
  bound: Bound,
  path: PropertyPath,
  value: Value,
  test: QuantifierTest,
  truth: boolean,
  evidence: Evidence[],
): boolean {
  const elements = elementsOf(context, bound, path, value, test)?.elements ?? [];
  // `any` that holds and `none` that fails are shown by the items that hold; `every` that fails by those that do not.
  const shownBy = test.quantifier === 'any' ? truth : test.quantifier === 'none' ? !truth : false;
  if (test.quantifier === 'any' ? !truth : truth) return false;
  const telling = elements.filter((element) => evaluate(context, element, test.of) === shownBy);
  for (const element of telling) explain(context, element, test.of, shownBy, evidence);
  return telling.length > 0;
}

function explainRelated(
  context: EvaluationContext,
  bound: Bound,
  condition: RelatedCondition,
  truth: boolean,
  evidence: Evidence[],
): void {
  const target = relatedTarget(context, bound, condition);
  if (target.kind === 'resource' && condition.require !== undefined) {
    explain(context, wholeResource(target.resource), condition.require, truth, evidence);
    return;
  }
  const path = [...bound.path, ...segmentsOf(condition.at)];
  add(evidence, { ...here(bound), value: target.reference, path });
}

function explainDemand(
  context: EvaluationContext,
  bound: Bound,
  condition: ChildCondition | ReferencedByCondition,
  truth: boolean,
  evidence: Evidence[],
): void {
  const { candidates } = candidatesOf(context, bound, condition);
  const wanted = condition.forbid === undefined ? condition.require : condition.forbid;
  const holding = condition.forbid === undefined ? truth : !truth;
  const before = evidence.length;
  for (const candidate of candidates) {
    const { concerned, good } = standingOf(context, candidate, condition);
    if (concerned === false || good !== truth) continue;
    const other = wholeResource(candidate.resource);
    if (wanted === undefined) add(evidence, { ...here(other), value: other.value, path: [] });
    else explain(context, other, wanted, holding, evidence);
  }
  if (evidence.length > before) return;
  const type = condition.op === 'child' ? childType(condition.type, bound.resource.type) : (condition.types[0] ?? '');
  const { header } = bound.resource;
  const value = absent(sourceOrigin(header.uri, header.start, header.end));
  add(evidence, { ...here(wholeResource(bound.resource)), value, path: [], missing: truth ? undefined : type });
}

function here(bound: Bound): Omit<Evidence, 'value' | 'path'> {
  return { resource: bound.resource, place: bound.place, missing: undefined, standsFor: undefined, detail: undefined };
}

function add(evidence: Evidence[], found: Evidence): void {
  const known = evidence.some(
    (each) => each.resource === found.resource && printPath(each.path) === printPath(found.path),
  );
  if (!known) evidence.push(found);
}

/** Collects what would have to be known for a condition to be decided. */
export function explainUnknown(
  context: EvaluationContext,
  bound: Bound,
  condition: CompiledCondition,
  causes: Cause[],
): void {
  switch (condition.op) {
    case 'all':
    case 'any':
      for (const each of condition.of) {
        if (evaluate(context, bound, each) === undefined) explainUnknown(context, bound, each, causes);
      }
      return;
    case 'not':
      explainUnknown(context, bound, condition.of, causes);
      return;
    case 'value':
      explainUnknownValue(context, bound, condition, causes);
      return;
    case 'related': {
      const target = relatedTarget(context, bound, condition);
      if (target.kind === 'resource' && condition.require !== undefined)
        explainUnknown(context, wholeResource(target.resource), condition.require, causes);
      else causes.push(causeIn(target.reference, bound, segmentsOf(condition.at), 'data'));
      return;
    }
    case 'child':
    case 'referencedBy':
      explainUnknownDemand(context, bound, condition, causes);
      return;
  }
}

function explainUnknownValue(
  context: EvaluationContext,
  bound: Bound,
  condition: ValueCondition,
  causes: Cause[],
): void {
  const path = segmentsOf(condition.path);
  const value = read(context, bound, path);
  for (const test of condition.tests) {
    if (passes(context, bound, path, value, test) !== undefined) continue;
    const elements = test.op === 'quantifier' ? elementsOf(context, bound, path, value, test) : undefined;
    const before = causes.length;
    if (test.op === 'quantifier') {
      for (const element of elements?.elements ?? []) {
        if (evaluate(context, element, test.of) === undefined) explainUnknown(context, element, test.of, causes);
      }
    }
    if (causes.length === before) causes.push(causeIn(value, bound, path, 'unsupported'));
  }
}

function explainUnknownDemand(
  context: EvaluationContext,
  bound: Bound,
  condition: ChildCondition | ReferencedByCondition,
  causes: Cause[],
): void {
  const { candidates, others } = candidatesOf(context, bound, condition);
  const before = causes.length;
  for (const candidate of candidates) {
    const { concerned, good } = standingOf(context, candidate, condition);
    if (concerned === false || (concerned === true && good !== undefined)) continue;
    const other = wholeResource(candidate.resource);
    for (const inner of [condition.where, condition.require ?? condition.forbid]) {
      if (inner !== undefined && evaluate(context, other, inner) === undefined)
        explainUnknown(context, other, inner, causes);
    }
    if (!candidate.certain) causes.push(whetherThere(candidate.resource));
  }
  if (causes.length === before && others !== undefined) causes.push({ ...others, place: bound.resource.header });
}

function whetherThere(resource: Resource): Cause {
  const unknown = firstUnknown([resource.exists]);
  if (unknown !== undefined) return causeOf(unknown);
  return {
    reason: 'parameter',
    detail: `it is not known whether ${resource.address} is deployed`,
    place: resource.header,
  };
}

/** Why a value leaves a test undecided. `otherwise`: the reason when the value itself is known. */
export function causeIn(value: Value, bound: Bound, path: PropertyPath, otherwise: Cause['reason']): Cause {
  const full = [...bound.path, ...path];
  return { ...reasonIn(value, bound, full, otherwise), property: { resource: bound.resource, path: full } };
}

function reasonIn(value: Value, bound: Bound, full: PropertyPath, otherwise: Cause['reason']): Cause {
  if (value.kind === 'absent') {
    return {
      reason: 'default',
      detail: `'${printPath(full)}' is not set, and no fact says what Azure does then`,
      place: bound.place,
    };
  }
  const unknown = isNothing(value) ? undefined : firstUnknown([value]);
  if (unknown !== undefined) return causeOf(unknown);
  const { origin } = value;
  const place = origin.kind === 'address' ? undefined : { uri: origin.uri, start: origin.start, end: origin.end };
  return {
    reason: value.kind === 'reference' ? 'deployment' : otherwise,
    detail: `what '${printPath(full)}' will be is not known`,
    place,
  };
}
