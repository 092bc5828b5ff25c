import type { LintResult } from '../engine/analysis/analysis.ts';
import type { Session } from './session.ts';

/** What was made of groups of connected files, each made anew when one of its files has changed. */
export class GroupCache<Made> {
  readonly #session: Session;
  readonly #make: (files: readonly string[], result: LintResult) => Made;
  readonly #known = new Map<string, Made>();
  readonly #groupOf = new Map<string, string>();

  constructor(session: Session, make: (files: readonly string[], result: LintResult) => Made) {
    this.#session = session;
    this.#make = make;
    session.onDidChange((uris) => {
      for (const uri of uris ?? [undefined]) {
        const group = uri === undefined ? undefined : this.#groupOf.get(uri);
        // A file of no group may be read by any of them.
        if (group === undefined) this.#forget();
        else this.#known.delete(group);
      }
    });
  }

  of(files: readonly string[]): Made {
    const key = files.join('\n');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = this.#make(files, this.#session.scan(files));
    for (const uri of files) this.#groupOf.set(uri, key);
    this.#known.set(key, made);
    return made;
  }

  #forget(): void {
    this.#known.clear();
    this.#groupOf.clear();
  }
}
