import type { Place } from '../text/span.ts';
import type { ResolveContext } from './context.ts';
import type { EstateProblem, UnresolvedModule } from './estate.ts';
import { unknown } from './make.ts';
import type { Origin } from './origin.ts';
import type { Unknown } from './value.ts';

/** What every language keeps while it resolves one root: what went wrong, and how much of the budget is used. */
export class ResolveRun {
  readonly context: ResolveContext;
  readonly unresolved: UnresolvedModule[] = [];
  readonly problems: EstateProblem[] = [];
  moduleInstances = 0;
  #depth = 0;
  #steps = 0;
  readonly #reported = new Set<string>();
  readonly #limits = new Set<string>();

  constructor(context: ResolveContext) {
    this.context = context;
  }

  /** Begins a nested evaluation; undefined when there is budget for it, else the value to give instead. */
  enter(origin: () => Origin): Unknown | undefined {
    if (this.#depth >= this.context.budget.evaluationDepth)
      return unknown('budget', 'expressions are nested too deeply', origin());
    if (this.#steps >= this.context.budget.evaluationSteps)
      return unknown('budget', 'there is too much to evaluate', origin());
    this.#depth++;
    this.#steps++;
    return undefined;
  }

  leave(): void {
    this.#depth--;
  }

  /** Says once for each kind of limit, at the first place that met it, that something is too much to be followed. */
  reportBudget(message: string, place: Place): void {
    if (this.#limits.has(message)) return;
    this.#limits.add(message);
    this.report({ code: 'budget', message, uri: place.uri, start: place.start, end: place.end });
  }

  /**
   * The same for a value that could not be made for its size. Many alternatives and long loops are no mistake of anybody: one
   * stands for all of them.
   */
  exhausted(value: Unknown): Unknown {
    const { detail, origin } = value;
    if (origin.kind === 'source' && !/alternatives|loop/.test(detail))
      this.reportBudget(`This is too much to be followed: ${detail}.`, origin);
    return value;
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
