import type { ResolveContext } from '../../estate/context.ts';
import type { EstateProblem, Output, UnresolvedModule } from '../../estate/estate.ts';
import { unknown } from '../../estate/make.ts';
import type { Origin } from '../../estate/origin.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Unknown } from '../../estate/value.ts';
import type { Place } from '../../text/span.ts';
import type { BicepFiles } from './files.ts';
import type { FileScope } from './resolve-scope.ts';
import type { ParameterFacts } from './resolve-types.ts';
import type { Parameter } from './syntax.ts';

/** Expressions that one root may evaluate; a text that doubles itself again and again ends here. */
const maximumSteps = 20_000_000;

/** The state of resolving one root: what was found, and how much of the budget is used. */
export class Run {
  readonly context: ResolveContext;
  readonly files: BicepFiles;
  readonly resources: Resource[] = [];
  readonly outputs: Output[] = [];
  readonly unresolved: UnresolvedModule[] = [];
  readonly problems: EstateProblem[] = [];
  /** The scopes of files that others import from, by URI. */
  readonly imports = new Map<string, FileScope>();
  readonly parameterFacts = new Map<Parameter, ParameterFacts>();
  moduleInstances = 0;
  #depth = 0;
  #steps = 0;
  readonly #reported = new Set<string>();

  constructor(context: ResolveContext, files: BicepFiles) {
    this.context = context;
    this.files = files;
  }

  /** Begins a nested evaluation; undefined when there is budget for it, else the value to give instead. */
  enter(origin: () => Origin): Unknown | undefined {
    if (this.#depth >= this.context.budget.evaluationDepth)
      return unknown('budget', 'expressions are nested too deeply', origin());
    if (this.#steps >= maximumSteps) return unknown('budget', 'there is too much to evaluate', origin());
    this.#depth++;
    this.#steps++;
    return undefined;
  }

  leave(): void {
    this.#depth--;
  }

  /** Adds a problem, once for each place. */
  report(problem: EstateProblem): void {
    if (this.#once(problem.code, problem)) this.problems.push(problem);
  }

  /** Adds a module that could not be followed, once for each call. */
  reportUnresolved(module: UnresolvedModule): void {
    if (this.#once('unresolved', module)) this.unresolved.push(module);
  }

  #once(what: string, place: Place): boolean {
    const key = `${what}\n${place.uri}\n${place.start}`;
    if (this.#reported.has(key)) return false;
    this.#reported.add(key);
    return true;
  }
}
