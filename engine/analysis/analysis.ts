import type { CheckData } from '../check/compile-all.ts';
import type { FixPlan } from '../check/fix.ts';
import { builtInMatcher, type PatternMatcher } from '../check/pattern.ts';
import { samePlace } from '../check/place.ts';
import { stepsByType } from '../check/reach.ts';
import type { CompiledRule, Profile, RuleText } from '../check/rule.ts';
import { makeRuleSet, type RuleSet } from '../check/rule-set.ts';
import { checkEstate, type RawFinding, type Undetermined } from '../check/run.ts';
import { type Configurations, noConfiguration } from '../configuration/configurations.ts';
import type { OwnRules } from '../configuration/own-rules.ts';
import type { RuleNames } from '../configuration/read-rules.ts';
import { defaultBudget, type ResolveContext } from '../estate/context.ts';
import type { Estate, Root } from '../estate/estate.ts';
import type { Snapshot } from '../estate/snapshot.ts';
import type { Finding, Severity, SuppressedFinding } from '../findings/finding.ts';
import { type MergeOptions, mergeFindings } from '../findings/merge.ts';
import type { Notice } from '../findings/notice.ts';
import { type Protected, riskOf } from '../findings/risk.ts';
import { declarationOf, listUndetermined, type UndeterminedProperty } from '../findings/undetermined.ts';
import { resolvePlan } from '../inputs/plan.ts';
import { resolveForeignTemplate, resolveTemplate } from '../languages/arm/resolve.ts';
import { resolveBicep } from '../languages/bicep/resolve.ts';
import type { CompiledLens } from '../languages/terraform/lens-model.ts';
import { resolveTerraform } from '../languages/terraform/resolve.ts';
import { type ResponsibilityOf, responsibilities } from '../responsibility/services.ts';
import { relativeTo } from '../text/uri.ts';
import { isOwn } from './installed.ts';
import { type JudgedRoot, JudgedRoots } from './judged-roots.ts';
import { withOfferedFixes } from './offered-fixes.ts';
import { findRoots, isCompiledBeside, sourceOfCompiled } from './roots.ts';
import { RuleSettings } from './rule-settings.ts';
import { problemsOf, type Source, Sources, textsOf, unreadableMessage } from './sources.ts';
import { CompiledPairs } from './stale.ts';
import { type KnownRules, suppress } from './suppress.ts';

export interface LintRequest {
  readonly snapshot: Snapshot;
  /** The files to judge, by normalised URI. Others are read where these lead to them. */
  readonly files: readonly string[];
  /** The folder that fingerprints are relative to; ends in `/`. */
  readonly folder: string;
  /** The folder of Bicep's restored modules, ending in `/`, where the snapshot may read it. */
  readonly moduleCache?: string | undefined;
  /** The profile that counts whatever the configuration says. */
  readonly profile?: Profile | undefined;
  /** Nothing is configured when it is left out. */
  readonly configuration?: Configurations;
  /** Only these rules, by id or a peer's id; all of the profile when empty. */
  readonly rules: readonly string[];
  /** `YYYY-MM-DD`, for suppressions that end. */
  readonly today: string;
  /** Is told how many of the roots have been judged. */
  readonly progress?: ((done: number, all: number) => void) | undefined;
}

export interface LintResult {
  readonly findings: readonly Finding[];
  readonly notices: readonly Notice[];
  /** What mends a finding: one plan for each instance that shares its place. */
  readonly fixesOf: (finding: Finding) => readonly FixPlan[];
  readonly suppressed: readonly SuppressedFinding[];
  /** What kept rules from being decided. */
  readonly undetermined: readonly UndeterminedProperty[];
  readonly files: number;
  /** Files that the configuration leaves out. */
  readonly excluded: number;
  readonly resources: number;
  /** The files that are ours, of those that were asked about. */
  readonly linted: readonly string[];
  /** For each root what was seen on the way from it, folders ending in `/`, and how many resources it deploys. */
  readonly judged: readonly { readonly uri: string; readonly seen: readonly string[]; readonly resources: number }[];
  /** Templates that a compiler wrote, each with its source, where they were compared. */
  readonly compiled: readonly (readonly [template: string, source: string])[];
  /** None where they are not kept. */
  readonly roots: readonly CheckedRoot[];
  /** Whether a rule was to judge what a file declares, of a class of data where it has one. */
  readonly isOn: (rule: CompiledRule, uri: string, className?: string) => boolean;
}

/** What one root deploys, and what the rules said to it. */
export type CheckedRoot = JudgedRoot;

/** The linter: keeps what it has read between calls, and reads again only what has changed. */
export class Analysis {
  readonly #data: CheckData;
  #rules: RuleSet;
  #own: readonly CompiledRule[] = [];
  #ownTexts: ReadonlyMap<string, RuleText> = new Map();
  /** Grows when rules come or go. */
  #generation = 0;
  readonly responsibilityOf: ResponsibilityOf;
  readonly #sources = new Sources();
  readonly #roots: JudgedRoots;
  readonly #keepsRoots: boolean;
  readonly #compiled = new CompiledPairs();
  readonly #lens: () => CompiledLens;
  readonly #protected: ReadonlyMap<string, Protected>;

  /**
   * `lens` is asked for with the first Terraform root: it is large, and of no use to the other languages. `keepsRoots`:
   * whether what is deployed is kept, for a later call and for who asks for `roots`. A large tree has thousands of them.
   */
  constructor(data: CheckData, lens: () => CompiledLens, { keepsRoots = true } = {}) {
    this.#lens = lens;
    this.#keepsRoots = keepsRoots;
    this.#roots = new JudgedRoots(keepsRoots);
    this.#data = data;
    this.#rules = makeRuleSet(
      [{ rules: data.rules, matches: builtInMatcher }],
      data.facts,
      stepsByType(data.risk.exposure),
    );
    this.#protected = new Map([
      ...data.risk.guard.map((type) => [type, 'guard'] as const),
      ...data.risk.identity.map((type) => [type, 'identity'] as const),
    ]);
    this.responsibilityOf = responsibilities(data.services);
  }

  get rules(): RuleSet {
    return this.#rules;
  }

  /** What people read of a rule of a user's; undefined for one that ships. */
  ownText(id: string): RuleText | undefined {
    return this.#ownTexts.get(id);
  }

  /** Takes a user's rules besides those that ship; `matches` tells whether their patterns are found in a text. */
  useOwnRules({ rules, texts }: OwnRules, matches: PatternMatcher): void {
    this.#ownTexts = texts;
    if (rules.length === this.#own.length && rules.every((rule, index) => rule === this.#own[index])) return;
    this.#own = rules;
    this.#generation++;
    const shipped = { rules: this.#data.rules, matches: builtInMatcher };
    this.#rules = makeRuleSet([shipped, { rules, matches }], this.#data.facts, this.#rules.exposure);
  }

  /** How often roots had to be resolved and checked so far. */
  get work(): JudgedRoots['work'] {
    return this.#roots.work;
  }

  /** Ids of our rules that a text means: the rule's own id, or a peer's. Empty for what nobody knows. */
  rulesNamed(id: string): readonly string[] {
    if (this.rules.rules.has(id)) return [id];
    const wanted = id.toLowerCase();
    return [...this.rules.rules.values()]
      .filter((rule) => rule.aliases.some((alias) => alias.toLowerCase() === wanted))
      .map((rule) => rule.id);
  }

  /** The rules that a configuration can speak of. */
  get ruleNames(): RuleNames {
    return {
      named: (id) => this.rulesNamed(id).flatMap((each) => this.#rules.rules.get(each) ?? []),
      all: () => [...this.#rules.rules.keys()],
    };
  }

  /** A file as it was last read; undefined when it has no text. */
  source(uri: string, snapshot: Snapshot): Source | undefined {
    return this.#sources.get(
      uri,
      this.#contextOver({ snapshot }, () => undefined),
    );
  }

  /** What is deployed by itself, of a set of files. */
  roots(files: readonly string[], snapshot: Snapshot, configuration = noConfiguration()): readonly Root[] {
    return findRoots(
      files,
      this.#sources,
      this.#contextOver({ snapshot }, () => undefined),
      configuration,
    );
  }

  lint(request: LintRequest): LintResult {
    const dependencies = new Set<string>();
    const context = this.#contextOver(request, (uri) => dependencies.add(uri));
    const notices: Notice[] = [];
    const files = new Map<string, Source>();
    const configuration = request.configuration ?? noConfiguration();
    const wanted = request.files.filter((uri) => configuration.exclusionOf(uri) === undefined);
    for (const uri of wanted) {
      const message = unreadableMessage(request.snapshot.file(uri));
      if (message !== undefined) {
        notices.push({ code: 'demarc/incomplete', level: 'error', place: { uri, start: 0, end: 0 }, message });
      }
      const source = this.#sources.get(uri, context);
      if (source !== undefined && source.kind !== 'other') files.set(uri, source);
    }
    const known = new Set(files.keys());
    // What a compiler wrote is judged at its source.
    const judged = new Map<string, Source>();
    const compiled: (readonly [string, string])[] = [];
    for (const [uri, source] of files) {
      if (!isJudgedAtSource(uri, source, known)) judged.set(uri, source);
      else {
        notices.push(...this.#compiledNotices(uri, source, context));
        compiled.push([uri, sourceOfCompiled(uri)]);
      }
    }
    const findings: RawFinding[] = [];
    const undecided: Undetermined[] = [];
    const roots: CheckedRoot[] = [];
    const resources = new Map<string, number>();
    const sets = new Map<string, Set<string>>();
    const rules = new RuleSettings({ ...request, configuration }, (id) => this.rulesNamed(id));
    const found = findRoots([...files.keys()], this.#sources, context, configuration);
    const asked = new Set(wanted);
    const isEditable = (uri: string): boolean => isOwn(uri, request.folder, request.moduleCache) || asked.has(uri);
    const textOf = (uri: string): string | undefined => {
      const state = request.snapshot.file(uri);
      return state.kind === 'text' ? state.text : undefined;
    };
    const judgedRoots = this.#roots.judge(found, {
      snapshot: request.snapshot,
      resolve: (root, snapshot, depend) =>
        this.#resolve(root, this.#contextOver({ snapshot, moduleCache: request.moduleCache }, depend)),
      check: (estate, reached) => {
        const options = rules.checkOptions([estate.root.uri, ...reached]);
        const complete = reached.every((uri) => this.#isWhole(uri, context));
        const mayEdit = (uri: string): boolean => isEditable(uri) && options.isEditable?.(uri) !== false;
        const texts = reached.filter(mayEdit).flatMap((uri) => {
          const source = this.#sources.get(uri, context);
          return source === undefined ? [] : textsOf(uri, source);
        });
        const checks = checkEstate(estate, this.rules, { ...options, isEditable: mayEdit, complete, texts });
        return { ...checks, findings: withOfferedFixes(checks.findings, textOf) };
      },
      settings: (reached) => {
        const uris = new Set(reached.flatMap((uri) => configuration.filesFor(uri)));
        const foreign = reached.filter((uri) => !isEditable(uri));
        return {
          key: JSON.stringify([this.#generation, request.profile, request.rules, [...uris], foreign]),
          files: [...uris],
        };
      },
    });
    const byRoot: { readonly uri: string; readonly seen: readonly string[]; readonly resources: number }[] = [];
    for (const { estate, checks, reached, seen } of judgedRoots) {
      const { root } = estate;
      request.progress?.(byRoot.length, found.length);
      for (const uri of reached) dependencies.add(uri);
      const deployed = estate.resources.filter((resource) => !resource.existing).length;
      // What is judged with several sets of parameters is still deployed as one.
      const before = resources.get(root.uri) ?? 0;
      resources.set(root.uri, Math.max(deployed, before));
      byRoot.push({ uri: root.uri, seen, resources: Math.max(deployed - before, 0) });
      if (root.set !== undefined) sets.set(root.uri, (sets.get(root.uri) ?? new Set()).add(root.set));
      notices.push(...noticesOf(estate));
      if (this.#keepsRoots) roots.push({ estate, checks });
      // One by one: there may be more of them than a call can take.
      for (const finding of checks.findings) {
        if (finding.held !== undefined || rules.severityOf(finding.rule, finding.place.uri) !== 'off')
          findings.push(finding);
      }
      for (const each of checks.undetermined) {
        if (each.held !== undefined || rules.severityOf(each.rule, declarationOf(each.subject).uri) !== 'off')
          undecided.push(each);
      }
    }
    this.#addReached(dependencies, judged, context);
    const syntax = syntaxNotices(judged);
    notices.push(...syntax);
    const {
      kept,
      suppressed,
      undetermined,
      notices: complaints,
    } = suppress(findings, undecided, judged, this.#knownRules(), request.today);
    notices.push(...complaints);
    const severityOf = (rule: CompiledRule, uri: string): Severity => rules.shownSeverityOf(rule, uri);
    const relativePath = (uri: string): string => relativeTo(request.folder, uri);
    const { weights } = this.#data.risk;
    const mergeOptions: MergeOptions = {
      responsibilityOf: this.responsibilityOf,
      relativePath,
      severityOf,
      riskOf: (severity, type, exposure) => riskOf(severity, exposure, this.#protectedBy(type), weights),
      sets,
    };
    const merged = mergeFindings(kept, mergeOptions);
    notices.push(...configurationNotices(configuration));
    const linted = wanted.filter((uri) => files.has(uri));
    const fixes = new Map(merged.map(({ finding, fixes: plans }) => [finding, plans]));
    return {
      findings: merged.map(({ finding }) => finding),
      notices: once(withoutConsequences(notices, syntax)),
      fixesOf: (finding) => fixes.get(finding) ?? [],
      suppressed: mergeSuppressed(suppressed, mergeOptions),
      undetermined: listUndetermined(undetermined, severityOf),
      files: linted.length,
      linted,
      excluded: request.files.length - wanted.length,
      resources: [...resources.values()].reduce((sum, number) => sum + number, 0),
      judged: byRoot,
      compiled,
      roots,
      isOn: (rule, uri, className) => {
        const severity = className === undefined ? undefined : rules.classSeverityOf(rule, uri, className);
        return (severity ?? rules.severityOf(rule, uri)) !== 'off';
      },
    };
  }

  #resolve(root: Root, context: ResolveContext): Estate {
    switch (root.language) {
      case 'bicep':
        return resolveBicep(root, context, this.#sources.bicep);
      case 'terraform': {
        const source = this.#sources.get(root.uri, context);
        if (source?.kind === 'plan')
          return resolvePlan(root, source.document, context, this.#sources.terraform, this.#lens());
        return resolveTerraform(root, context, this.#sources.terraform, this.#lens());
      }
      case 'arm':
        return resolveTemplate(root, context, this.#sources.arm);
    }
  }

  #contextOver(
    { snapshot, moduleCache }: Pick<LintRequest, 'snapshot' | 'moduleCache'>,
    depend: (uri: string) => void,
  ): ResolveContext {
    return {
      snapshot,
      budget: defaultBudget,
      moduleCache,
      foreign: (call, caller) => resolveForeignTemplate(call, caller, this.#sources.arm),
      depend,
    };
  }

  #compiledNotices(uri: string, template: Source, context: ResolveContext): readonly Notice[] {
    const source = this.#sources.bicep.get(sourceOfCompiled(uri), context);
    return source === undefined ? [] : this.#compiled.noticesOf(uri, template, source);
  }

  /** False for a file with syntax errors, which may hide what a rule misses. */
  #isWhole(uri: string, context: ResolveContext): boolean {
    const source = this.#sources.get(uri, context);
    return source === undefined || problemsOf(source).length === 0;
  }

  /** Files outside of the set that roots have led to: their comments and their syntax errors count too. */
  #addReached(dependencies: ReadonlySet<string>, files: Map<string, Source>, context: ResolveContext): void {
    for (const uri of dependencies) {
      if (files.has(uri)) continue;
      const source = this.#sources.get(uri, context);
      if (source !== undefined && source.kind !== 'other') files.set(uri, source);
    }
  }

  /** What is lost with a resource of a type. */
  #protectedBy(type: string): Protected {
    const listed = this.#protected.get(type.toLowerCase());
    return listed ?? (this.responsibilityOf(type).holdsData ? 'data' : 'other');
  }

  #knownRules(): KnownRules {
    const { rules } = this.rules;
    return { has: (id) => rules.has(id), ofAlias: (alias) => this.rulesNamed(alias), all: () => [...rules.keys()] };
  }
}

function isJudgedAtSource(uri: string, source: Source, known: ReadonlySet<string>): boolean {
  return source.kind === 'template' && isCompiledBeside(uri, source.text, known);
}

function syntaxNotices(files: ReadonlyMap<string, Source>): readonly Notice[] {
  const notices: Notice[] = [];
  for (const [uri, source] of files) {
    for (const { start, end, message } of problemsOf(source)) {
      notices.push({ code: 'demarc/incomplete', level: 'error', place: { uri, start, end }, message });
    }
  }
  return notices;
}

/** What could not be followed because of a syntax error there is told by the error. */
function withoutConsequences(notices: readonly Notice[], syntax: readonly Notice[]): readonly Notice[] {
  if (syntax.length === 0) return notices;
  const errors = new Set(syntax);
  return notices.filter((notice) => {
    const { code, place } = notice;
    if (code !== 'demarc/incomplete' || errors.has(notice)) return true;
    return !syntax.some(
      (error) => error.place.uri === place.uri && place.start <= error.place.end && error.place.start <= place.end,
    );
  });
}

function noticesOf(estate: Estate): readonly Notice[] {
  return [
    ...estate.problems.map(({ code, message, uri, start, end }): Notice => {
      const incomplete = code === 'budget' || code === 'module-not-found' || code === 'cycle';
      const place = { uri, start, end };
      return {
        code: incomplete ? 'demarc/incomplete' : 'demarc/code',
        level: incomplete ? 'error' : 'warning',
        place,
        message,
      };
    }),
    ...estate.unresolved
      // Why it is not followed may be a problem already.
      .filter((module) => !estate.problems.some((problem) => samePlace(problem, module)))
      .map(({ message, command, uri, start, end }): Notice => {
        const advice = command === undefined ? '' : ` Run '${command}' to bring it here.`;
        return { code: 'demarc/module', level: 'information', place: { uri, start, end }, message: message + advice };
      }),
  ];
}

/** Suppressed findings share a place only when they share their reason. */
function mergeSuppressed(
  suppressed: readonly { readonly finding: RawFinding; readonly reason: string }[],
  options: MergeOptions,
): readonly SuppressedFinding[] {
  const byReason = new Map<string, RawFinding[]>();
  for (const { finding, reason } of suppressed) {
    const alike = byReason.get(reason);
    if (alike === undefined) byReason.set(reason, [finding]);
    else alike.push(finding);
  }
  return [...byReason].flatMap(([reason, findings]) =>
    mergeFindings(findings, options).map(({ finding }) => ({ finding, reason })),
  );
}

function configurationNotices({ problems }: Configurations): readonly Notice[] {
  return problems.map(({ place, message }) => ({ code: 'demarc/configuration', level: 'error', place, message }));
}

/** Several roots may meet the same file. */
function once(notices: readonly Notice[]): readonly Notice[] {
  const seen = new Map<string, Notice>();
  for (const notice of notices) {
    const { uri, start, end } = notice.place;
    // What cannot be read at one place is said once, whoever met it there.
    const what = notice.code === 'demarc/incomplete' ? '' : notice.message;
    const key = `${notice.code}\n${uri}\n${start}\n${end}\n${what}`;
    if (!seen.has(key)) seen.set(key, notice);
  }
  return [...seen.values()];
}
