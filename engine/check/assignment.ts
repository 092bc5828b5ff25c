import type { Choice, Value } from '../estate/value.ts';

/** A choice that a run met, and which alternative it took (0-based). */
export interface Decision {
  readonly choice: Choice;
  readonly alternative: number;
}

/** Runs of one rule on one resource are limited to this many combinations of alternatives. */
export const maximumRuns = 16;

/**
 * Decides choices during a run, the same condition always alike. Conditions are met as the run goes; `next` sets up the
 * run that takes the next combination, depth first.
 */
export class Assignment {
  #trail: Decision[] = [];
  /** Most runs meet no choice. */
  #chosen: Map<string, number> | undefined;

  #consulted = 0;

  /** How often a choice was decided or looked up so far: what has not raised it does not depend on any. */
  get consulted(): number {
    return this.#consulted;
  }

  /** The value with every choice on top of it decided. */
  resolve(value: Value): Value {
    let current = value;
    while (current.kind === 'choice') {
      const alternative = this.#decide(current);
      const option = current.options[alternative];
      if (option === undefined) return current;
      current = option;
    }
    return current;
  }

  #decide(choice: Choice): number {
    const { id } = choice.condition;
    this.#consulted++;
    this.#chosen ??= new Map();
    const chosen = this.#chosen.get(id);
    // Two choices of one condition may have been given fewer options by mistake; the last one then stands for the rest.
    if (chosen !== undefined) return Math.min(chosen, choice.options.length - 1);
    this.#chosen.set(id, 0);
    this.#trail.push({ choice, alternative: 0 });
    return 0;
  }

  /** What was decided so far, in the order in which it was met. */
  get decisions(): readonly Decision[] {
    return [...this.#trail];
  }

  /** Sets up the next combination. False when there is none left. */
  next(): boolean {
    for (let last = this.#trail.pop(); last !== undefined; last = this.#trail.pop()) {
      const alternative = last.alternative + 1;
      if (alternative < last.choice.options.length) {
        this.#trail.push({ choice: last.choice, alternative });
        this.#chosen?.set(last.choice.condition.id, alternative);
        return true;
      }
      this.#chosen?.delete(last.choice.condition.id);
    }
    return false;
  }
}
