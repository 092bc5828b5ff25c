import { Analysis } from '../engine/analysis/analysis.ts';
import type { CheckData } from '../engine/check/compile-all.ts';
import { defaultBudget } from '../engine/estate/context.ts';
import type { Snapshot } from '../engine/estate/snapshot.ts';
import { createDiskSnapshot } from '../host/disk-snapshot.ts';
import { loadLens } from '../host/shipped-data.ts';
import type { Documents } from './documents.ts';

/** Characters of text whose syntax trees are kept at a time. Trees are some ten times as large. */
const keptCharacters = 1_000_000;

/** What judges files that nobody looks at. What was read for them is let go before long. */
export class Scanner {
  readonly #data: CheckData;
  readonly #documents: Documents;
  readonly #roots: readonly string[];
  #current: { readonly analysis: Analysis; readonly snapshot: Snapshot } | undefined;
  readonly #read = new Set<string>();
  #characters = 0;

  /** `roots`: absolute paths, links resolved, of what may be read. */
  constructor(data: CheckData, documents: Documents, roots: readonly string[]) {
    this.#data = data;
    this.#documents = documents;
    this.#roots = roots;
  }

  /** With what the next files are judged. */
  get current(): { readonly analysis: Analysis; readonly snapshot: Snapshot } {
    if (this.#current === undefined || this.#characters > keptCharacters) {
      this.#read.clear();
      this.#characters = 0;
      const snapshot = this.#counted(this.#documents.over(createDiskSnapshot(this.#roots, defaultBudget.fileSize)));
      this.#current = { analysis: new Analysis(this.#data, loadLens), snapshot };
    }
    return this.#current;
  }

  #counted(snapshot: Snapshot): Snapshot {
    return {
      list: (uri) => snapshot.list(uri),
      file: (uri) => {
        const state = snapshot.file(uri);
        if (state.kind === 'text' && !this.#read.has(uri)) {
          this.#read.add(uri);
          this.#characters += state.text.length;
        }
        return state;
      },
    };
  }
}
