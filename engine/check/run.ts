import type { Declaration, DeclarationKind } from '../estate/declaration.ts';
import type { Estate, Output, Root } from '../estate/estate.ts';
import { type Links, linkResources } from '../estate/link.ts';
import type { PropertyPath } from '../estate/path.ts';
import type { Resource } from '../estate/resource.ts';
import type { RelatedPlace, Verdict } from '../findings/finding.ts';
import type { Data } from '../functions/data.ts';
import type { Place } from '../text/span.ts';
import type { Assignment } from './assignment.ts';
import { checks } from './checks/registry.ts';
import { type Classifier, describeHeld, type Held, placeOfClass } from './classes.ts';
import type { EvaluationContext } from './context.ts';
import { evaluationContext } from './evaluation.ts';
import type { Cause, Evidence } from './evidence.ts';
import type { Exposure } from './exposure.ts';
import type { CompiledFacts } from './facts.ts';
import { type FixPlan, planFix, targetOf } from './fix.ts';
import { type Fault, judge, type MakeContext } from './judge.ts';
import { composeMessage } from './message.ts';
import { judgeOutput } from './output.ts';
import { segmentsOf } from './paths.ts';
import { locate } from './place.ts';
import { type ExposureOf, exposures } from './reach.ts';
import type { CompiledRule } from './rule.ts';
import { defaultOf, type IndexedRule, type RuleSet } from './rule-set.ts';
import { pathsOfRule } from './used-paths.ts';
import { writtenAt } from './written.ts';

export interface CheckOptions {
  /** Whether a rule is to be run; every rule when left out. */
  readonly enabled?: (rule: CompiledRule) => boolean;
  /** What the configuration says of an option for what is declared in a file; undefined takes the rule's default. */
  readonly option?: (rule: CompiledRule, name: string, uri: string) => Data | undefined;
  /** Whether the author can change a file; every one when left out. A finding is never put into another. */
  readonly isEditable?: (uri: string) => boolean;
  /** Whether something outside takes care of what a rule wants for what is declared in a file: what is missing is then undetermined. */
  readonly providedElsewhere?: (rule: CompiledRule, uri: string) => boolean;
  /** Texts in the files of the root that rules over texts are to see. */
  readonly texts?: readonly Declaration[];
  /** False when a file of the root could not be read whole, so that something may be missing in the estate. */
  readonly complete?: boolean;
  /** Which classes of data there are; none when left out. */
  readonly classifier?: Classifier | undefined;
}

export type FindingSubject =
  | { readonly kind: 'resource'; readonly resource: Resource }
  | { readonly kind: 'output'; readonly output: Output };

/** One rule, broken by one resource or output of one estate. */
export interface RawFinding {
  /** Of the estate. */
  readonly root: Root;
  readonly rule: CompiledRule;
  readonly verdict: Exclude<Verdict, 'undetermined'>;
  readonly subject: FindingSubject;
  readonly place: Place;
  /** The value at fault, from the top of what it is on. */
  readonly path: PropertyPath;
  readonly message: string;
  readonly related: readonly RelatedPlace[];
  readonly fix: FixPlan | undefined;
  /** What of the rule it is about, where aliases stand for parts of it. */
  readonly parts?: readonly string[];
  /** From where the subject can be reached. */
  readonly exposure: Exposure;
  /** The class of data that asks for it, where the rule is for that class otherwise than everywhere. */
  readonly held?: Held | undefined;
}

/** One rule that could not be decided for one resource or output. */
export interface Undetermined {
  readonly rule: CompiledRule;
  readonly subject: FindingSubject;
  readonly causes: readonly Cause[];
  /** The class of data that asks for it, where the rule is for that class otherwise than everywhere. */
  readonly held?: Held | undefined;
}

export interface CheckResult {
  readonly findings: readonly RawFinding[];
  readonly undetermined: readonly Undetermined[];
  /** The classes that the resources were judged by. */
  readonly classifier?: Classifier | undefined;
}

/** Runs rules over an estate. A rule for types that the estate lacks costs nothing. */
export function checkEstate(estate: Estate, rules: RuleSet, options: CheckOptions = {}): CheckResult {
  const findings: RawFinding[] = [];
  const undetermined: Undetermined[] = [];
  const links = linkResources(estate.resources);
  const complete = (options.complete ?? true) && isComplete(estate);
  const enabled = options.enabled ?? (() => true);
  const { classifier } = options;
  const exposureOf = exposures(estate, links, rules.facts, rules.exposure, complete);
  for (const [type, resources] of deployedByType(estate)) {
    for (const indexed of rules.forType(type)) {
      const everywhere = enabled(indexed.rule);
      if (!everywhere && classifier?.concerns(indexed.rule) !== true) continue;
      const run = new RuleRun(estate, links, rules, indexed, options, complete, exposureOf);
      for (const resource of resources) {
        const held = classifier?.holds(indexed.rule, resource);
        // A class that is not known makes nothing of a rule that is on for all of them.
        if (everywhere && (held === undefined || held.guard !== undefined)) {
          run.resource(resource, findings, undetermined, undefined);
        } else if (held !== undefined && held.severity !== 'off') {
          run.resource(resource, findings, undetermined, held);
        }
      }
    }
  }
  const declared = [...(estate.declarations ?? []), ...(options.texts ?? [])];
  for (const [kind, declarations] of byKind(declared)) {
    for (const indexed of rules.forDeclarations(kind)) {
      if (!enabled(indexed.rule)) continue;
      const run = new RuleRun(estate, links, rules, indexed, options, complete, () => shared);
      const own: RawFinding[] = [];
      for (const declaration of declarations) run.resource(declaration, own, undetermined, undefined);
      for (const finding of own) if (!isSaid(finding, findings)) findings.push(finding);
    }
  }
  for (const { rule } of rules.forOutputs) {
    if (!enabled(rule)) continue;
    for (const output of estate.outputs) {
      const { uri } = output.declaration;
      const judged = judgeOutput(rule, output, (name) => options.option?.(rule, name, uri) ?? defaultOf(rule, name));
      const subject: FindingSubject = { kind: 'output', output };
      if (judged.verdict === 'undetermined') undetermined.push({ rule, subject, causes: judged.causes });
      if (judged.verdict !== 'fail' && judged.verdict !== 'may-fail') continue;
      if (options.isEditable !== undefined && !options.isEditable(judged.place.uri)) continue;
      const { verdict, place, path, message, related } = judged;
      findings.push({
        root: estate.root,
        rule,
        verdict,
        subject,
        place,
        path,
        message,
        related,
        fix: undefined,
        exposure: readable,
      });
    }
  }
  return { findings, undetermined, classifier };
}

function partsIn(evidence: readonly Evidence[]): Pick<RawFinding, 'parts'> {
  const parts = evidence.flatMap((each) => each.parts ?? []);
  return parts.length === 0 ? {} : { parts };
}

/** What is written in code is read with it. */
const shared: Exposure = { reach: 'restricted', why: 'whoever may read the code or the deployment sees it' };

/** Outputs are kept with the deployment. */
const readable: Exposure = { reach: 'restricted', why: 'whoever may read the deployment sees it' };

function isComplete(estate: Estate): boolean {
  if (estate.unresolved.length > 0) return false;
  return !estate.problems.some(({ code }) => code === 'module-not-found' || code === 'cycle' || code === 'budget');
}

function byKind(declared: readonly Declaration[]): ReadonlyMap<DeclarationKind, readonly Declaration[]> {
  const kinds = new Map<DeclarationKind, Declaration[]>();
  for (const each of declared) {
    const same = kinds.get(each.declares);
    if (same === undefined) kinds.set(each.declares, [each]);
    else same.push(each);
  }
  return kinds;
}

/**
 * Whether a rule that knows more has told of the same secret: that of the resource which it is given to. A
 * declaration that can be mended itself is worth being told all the same.
 */
function isSaid({ rule, place, fix }: RawFinding, findings: readonly RawFinding[]): boolean {
  if (rule.concern !== 'secrets' || (fix !== undefined && rule.subject !== 'texts')) return false;
  return findings.some(
    (each) =>
      each.rule !== rule && each.rule.concern === 'secrets' && each.verdict === 'fail' && meets(each.place, place),
  );
}

function meets(a: Place, b: Place): boolean {
  return a.uri === b.uri && a.start < b.end && b.start < a.end;
}

function deployedByType(estate: Estate): ReadonlyMap<string, readonly Resource[]> {
  const byType = new Map<string, Resource[]>();
  for (const resource of estate.resources) {
    // What is deployed elsewhere is not this author's to mend.
    if (resource.existing) continue;
    const type = resource.type.toLowerCase();
    const sameType = byType.get(type);
    if (sameType === undefined) byType.set(type, [resource]);
    else sameType.push(resource);
  }
  return byType;
}

/**
 * Whether a rule is only about what stands elsewhere: of a resource that another deployment makes and of which a part is
 * configured here, nothing that is written here was asked for. The rest is judged there.
 */
function isElsewhere(rule: CompiledRule, resource: Resource, causes: readonly Cause[]): boolean {
  if (resource.partial !== true || causes.some(({ reason }) => reason !== 'lens' && reason !== 'data')) return false;
  return !pathsOfRule(rule).some(({ path }) => {
    const outermost = path.slice(0, path.search(/\[|$/));
    const { kind } = writtenAt({ resource, path: segmentsOf(outermost) });
    return kind !== 'absent' && kind !== 'unknown';
  });
}

/** One rule over the resources of one estate. */
class RuleRun {
  readonly #root: Root;
  readonly #rule: CompiledRule;
  readonly #options: CheckOptions;
  readonly #isEditable: (uri: string) => boolean;
  readonly #facts: CompiledFacts;
  readonly #exposureOf: ExposureOf;
  readonly #contextsIn: (uri: string) => MakeContext;

  constructor(
    estate: Estate,
    links: Links,
    { facts }: RuleSet,
    { rule, matches }: IndexedRule,
    options: CheckOptions,
    complete: boolean,
    exposureOf: ExposureOf,
  ) {
    this.#root = estate.root;
    this.#rule = rule;
    this.#options = options;
    this.#isEditable = options.isEditable ?? (() => true);
    this.#facts = facts;
    this.#exposureOf = exposureOf;
    // Resources of one file mostly come one after the other.
    let last: { readonly uri: string; readonly make: MakeContext } | undefined;
    this.#contextsIn = (uri) => {
      if (last?.uri !== uri) last = { uri, make: contextsIn(uri) };
      return last.make;
    };
    const contextsIn = (uri: string): MakeContext => {
      const option = this.#optionIn(uri);
      const providedElsewhere = options.providedElsewhere?.(rule, uri) === true;
      const closed = complete && !providedElsewhere;
      return (assignment: Assignment): EvaluationContext => {
        return evaluationContext({
          estate,
          links,
          facts,
          assignment,
          option,
          matches,
          complete: closed,
          providedElsewhere,
        });
      };
    };
  }

  /** The options of the rule for what is declared in a file. */
  #optionIn(uri: string): (name: string) => Data {
    const rule = this.#rule;
    return (name) => this.#options.option?.(rule, name, uri) ?? defaultOf(rule, name);
  }

  resource(resource: Resource, findings: RawFinding[], undetermined: Undetermined[], held: Held | undefined): void {
    const rule = this.#rule;
    const check = rule.check === undefined ? undefined : checks[rule.check.name];
    const run = check?.subject === 'resources' ? check.run : undefined;
    const { uri } = resource.declaration;
    const judged = judge(rule, resource, run, this.#contextsIn(uri), held?.guard);
    const subject: FindingSubject = { kind: 'resource', resource };
    if (judged.verdict === 'undetermined' && !isElsewhere(rule, resource, judged.causes))
      undetermined.push({ rule, subject, causes: judged.causes, held });
    if (judged.verdict !== 'fail' && judged.verdict !== 'may-fail') return;
    for (const fault of judged.faults) {
      const shown = this.#atItsPlace(fault, resource);
      const [first] = shown.evidence;
      const located = locate(shown, resource, this.#isEditable);
      if (first === undefined || located === undefined) continue;
      const message = composeMessage(rule, first, resource);
      findings.push({
        root: this.#root,
        rule,
        verdict: fault.verdict,
        subject,
        place: located.place,
        path: first.path,
        message: held === undefined ? message : `${message} ${describeHeld(held, resource)}`,
        related: held === undefined ? located.related : [...located.related, placeOfClass(held)],
        held,
        fix: this.#editable(planFix(rule, shown.evidence, resource, this.#optionIn(uri), this.#facts)),
        ...partsIn(shown.evidence),
        exposure: this.#exposureOf(resource),
      });
    }
  }

  /** A rule may say where its finding sits: what stands there then leads the evidence. */
  #atItsPlace(fault: Fault, judged: Resource): Fault {
    const [first] = fault.evidence;
    if (this.#rule.at === undefined || first === undefined) return fault;
    const target = targetOf(this.#rule.at, fault.evidence, judged);
    const value = target === undefined ? undefined : writtenAt(target);
    if (target === undefined || value === undefined || value.kind === 'absent') return fault;
    const leading: Evidence = { ...first, value, path: target.path, resource: target.resource };
    const others = fault.evidence.filter((each) => each.value.origin !== value.origin);
    return { ...fault, evidence: [leading, ...others] };
  }

  /** Without what would change a file that cannot be changed; undefined when nothing is left. */
  #editable(plan: FixPlan | undefined): FixPlan | undefined {
    if (plan === undefined || plan.raises.some(({ place }) => !this.#isEditable(place.uri))) return undefined;
    const source = plan.source !== undefined && this.#isEditable(plan.source.place.uri) ? plan.source : undefined;
    const locked = plan.use.some(({ resource }) => !this.#isEditable(resource.source.uri));
    if (!locked && plan.useIsLocked !== true) return { ...plan, source };
    return source === undefined ? undefined : { ...plan, source, useIsLocked: true };
  }
}
