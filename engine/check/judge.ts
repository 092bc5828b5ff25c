import { printPath } from '../estate/path.ts';
import type { Resource } from '../estate/resource.ts';
import { Assignment, type Decision, maximumRuns } from './assignment.ts';
import { type Check, type Outcome, resolveOptions } from './check.ts';
import type { Guard } from './classes.ts';
import { type EvaluationContext, wholeResource } from './context.ts';
import { evaluate } from './evaluate.ts';
import type { Cause, Evidence } from './evidence.ts';
import { explain, explainUnknown } from './explain.ts';
import { itemOf } from './paths.ts';
import { existence } from './relations.ts';
import type { CompiledRule } from './rule.ts';

/** One thing at fault: a resource, or one item of a list in it. */
export interface Fault {
  readonly verdict: 'fail' | 'may-fail';
  /** The most telling first; never empty. */
  readonly evidence: readonly Evidence[];
  /** Under which alternatives, where that is not all of them. */
  readonly when: readonly Decision[];
}

export type Judgement =
  | { readonly verdict: 'pass' }
  | { readonly verdict: 'fail' | 'may-fail'; readonly faults: readonly Fault[] }
  | { readonly verdict: 'undetermined'; readonly causes: readonly Cause[] };

/** An evaluation context for the runs that share an assignment. */
export type MakeContext = (assignment: Assignment) => EvaluationContext;

const pass = { verdict: 'pass' } as const;
const maximumCauses = 8;

/**
 * Judges a resource by a rule: once for every combination of alternatives that the rule comes across. Runs in which the
 * resource does not exist don't count. With a guard the rule applies only where that holds.
 */
export function judge(
  rule: CompiledRule,
  resource: Resource,
  check: Check | undefined,
  makeContext: MakeContext,
  guard?: Guard,
): Judgement {
  const assignment = new Assignment();
  const context = makeContext(assignment);
  const tally = new Tally();
  for (let run = 0; ; run++) {
    if (run === maximumRuns) {
      tally.exhausted();
      break;
    }
    if (existence(context, resource) !== false)
      tally.count(judgeOnce(rule, resource, check, context, guard), assignment.decisions);
    if (!assignment.next()) break;
  }
  return tally.judgement();
}

function judgeOnce(
  rule: CompiledRule,
  resource: Resource,
  check: Check | undefined,
  context: EvaluationContext,
  guard: Guard | undefined,
): Outcome {
  const bound = wholeResource(resource);
  const guarded = guard === undefined ? true : evaluate(context, guard.bound, guard.condition);
  if (guarded === false) return pass;
  const applies = rule.where === undefined ? true : evaluate(context, bound, rule.where);
  if (applies === false) return pass;
  const moot = rule.moot === undefined ? false : evaluate(context, bound, rule.moot);
  if (moot === true) return pass;
  const outcome = judgeRequirement(rule, resource, check, context);
  if (outcome.verdict === 'pass' || (guarded === true && applies === true && moot === false)) return outcome;
  const causes = outcome.verdict === 'undetermined' ? [...outcome.causes] : [];
  if (guarded === undefined && guard !== undefined) explainUnknown(context, guard.bound, guard.condition, causes);
  if (applies === undefined && rule.where !== undefined) explainUnknown(context, bound, rule.where, causes);
  if (moot === undefined && rule.moot !== undefined) explainUnknown(context, bound, rule.moot, causes);
  return { verdict: 'undetermined', causes };
}

function judgeRequirement(
  rule: CompiledRule,
  resource: Resource,
  check: Check | undefined,
  context: EvaluationContext,
): Outcome {
  if (check !== undefined && rule.check !== undefined)
    return check(resource, { ...context, options: resolveOptions(rule.check, context.option) });
  if (rule.require === undefined) return pass;
  const bound = wholeResource(resource);
  const holds = evaluate(context, bound, rule.require);
  if (holds === true) return pass;
  if (holds === undefined) {
    const causes: Cause[] = [];
    explainUnknown(context, bound, rule.require, causes);
    return { verdict: 'undetermined', causes };
  }
  const evidence: Evidence[] = [];
  explain(context, bound, rule.require, false, evidence);
  // The type says whom a part of the rule is for: it is never at fault while something else is.
  const mendable = evidence.filter(({ path }) => printPath(path) !== 'type');
  return { verdict: 'fail', evidence: mendable.length > 0 ? mendable : evidence };
}

function isSameCause(a: Cause, b: Cause): boolean {
  if (a.reason !== b.reason || a.detail !== b.detail) return false;
  if (a.property === undefined || b.property === undefined) return a.property === b.property;
  return a.property.resource === b.property.resource && printPath(a.property.path) === printPath(b.property.path);
}

interface Group {
  readonly evidence: Evidence[];
  readonly when: readonly Decision[];
  /** Runs in which it is certainly at fault. */
  certain: number;
  lastRun: number;
}

/** Adds up the runs of one rule on one resource. */
class Tally {
  #runs = 0;
  #failed = 0;
  #doubtful = 0;
  #complete = true;
  readonly #groups = new Map<string, Group>();
  readonly #causes: Cause[] = [];

  count(outcome: Outcome, decisions: readonly Decision[]): void {
    this.#runs++;
    switch (outcome.verdict) {
      case 'pass':
        return;
      case 'undetermined':
        this.#doubtful++;
        for (const cause of outcome.causes) this.#addCause(cause);
        return;
      case 'fail':
      case 'may-fail':
        if (outcome.verdict === 'fail') this.#failed++;
        for (const each of outcome.evidence) this.#addEvidence(each, outcome.verdict === 'fail', decisions);
    }
  }

  exhausted(): void {
    this.#complete = false;
    this.#addCause({
      reason: 'budget',
      detail: `more than ${maximumRuns} combinations of alternatives`,
      place: undefined,
    });
  }

  #addCause(cause: Cause): void {
    if (this.#causes.length >= maximumCauses) return;
    if (this.#causes.some((each) => isSameCause(each, cause))) return;
    this.#causes.push(cause);
  }

  #addEvidence(evidence: Evidence, certain: boolean, decisions: readonly Decision[]): void {
    const { resource } = evidence;
    const key = `${resource.address}${resource.instance}\n${printPath(itemOf(evidence.path))}`;
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = { evidence: [], when: decisions, certain: 0, lastRun: 0 };
      this.#groups.set(key, group);
    }
    if (certain && group.lastRun !== this.#runs) {
      group.certain++;
      group.lastRun = this.#runs;
    }
    const known = group.evidence.some(
      (each) => each.value.origin === evidence.value.origin && printPath(each.path) === printPath(evidence.path),
    );
    if (!known) group.evidence.push(evidence);
  }

  judgement(): Judgement {
    if (this.#groups.size === 0)
      return this.#doubtful > 0 || !this.#complete ? { verdict: 'undetermined', causes: this.#causes } : pass;
    const always = (group: Group): boolean => this.#complete && group.certain === this.#runs;
    const groups = [...this.#groups.values()];
    const verdict = this.#complete && this.#failed === this.#runs ? 'fail' : 'may-fail';
    // Where every run fails, but each at another place, every place is a part of what certainly fails.
    const everywhere = verdict === 'fail' && !groups.some(always);
    const faults = groups.map((group): Fault => {
      const certain = everywhere || always(group);
      return {
        verdict: certain ? 'fail' : 'may-fail',
        evidence: group.evidence,
        when: always(group) ? [] : group.when,
      };
    });
    return { verdict, faults };
  }
}
