import { realpathSync } from 'node:fs';
import { Sources } from '../engine/analysis/sources.ts';
import { mayHaveTargets, targetsOf } from '../engine/analysis/targets.ts';
import { defaultBudget } from '../engine/estate/context.ts';
import { uriOfPath } from '../engine/text/uri.ts';
import { createDiskSnapshot, realPathsOf } from '../host/disk-snapshot.ts';
import { findFiles } from '../host/find-files.ts';
import type { CallGraph } from './call-graph.ts';

/** How long the server may be busy with the index before it answers what has come in since. */
const sliceMilliseconds = 10;

/**
 * Reads the files of the workspace in the background and enters what they lead to, so that a module that is open is judged
 * by those who call it. Neither texts nor syntax trees are kept.
 */
export class WorkspaceIndex {
  readonly #graph: CallGraph;
  readonly #onChange: () => void;
  readonly #isOpen: (uri: string) => boolean;
  #roots: readonly string[] = [];
  /** What the last walk found. */
  #found: ReadonlySet<string> = new Set();
  #mustWalk = false;
  readonly #waiting = new Set<string>();
  #running: Promise<void> | undefined;

  /** `isOpen`: files of which the editor has the text, which are entered by the session. */
  constructor(graph: CallGraph, isOpen: (uri: string) => boolean, onChange: () => void) {
    this.#graph = graph;
    this.#isOpen = isOpen;
    this.#onChange = onChange;
  }

  /** Resolves when every file that is known of has been read. */
  get complete(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  /** Absolute paths of the workspace folders. */
  setRoots(roots: readonly string[]): void {
    this.#roots = roots;
    this.#found = new Set();
    this.#mustWalk = true;
    this.#start();
  }

  /** A file was made, changed or deleted on disk. */
  touch(uri: string): void {
    if (this.#found.has(uri)) this.#waiting.add(uri);
    else this.#mustWalk = true;
    this.#start();
  }

  /** A file was closed in the editor: what it has on disk counts again, if it is of the workspace. */
  closed(uri: string): void {
    if (!this.#found.has(uri)) this.#graph.remove(uri);
    else this.touch(uri);
  }

  #start(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
  }

  async #run(): Promise<void> {
    let changed = false;
    while (this.#waiting.size > 0 || this.#mustWalk) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      changed = (this.#mustWalk ? this.#walk() : this.#slice()) || changed;
    }
    if (changed) this.#onChange();
  }

  #walk(): boolean {
    this.#mustWalk = false;
    const before = this.#found;
    this.#found = new Set(this.#roots.flatMap(filesBelow));
    let changed = false;
    for (const uri of [...this.#graph.files]) {
      if (this.#found.has(uri) || this.#isOpen(uri)) continue;
      this.#graph.remove(uri);
      changed = true;
    }
    for (const uri of this.#found) if (!before.has(uri)) this.#waiting.add(uri);
    return changed;
  }

  #slice(): boolean {
    const snapshot = createDiskSnapshot(realPathsOf(this.#roots), defaultBudget.fileSize);
    const reader = { snapshot, budget: defaultBudget, depend: () => undefined };
    const sources = new Sources();
    const until = performance.now() + sliceMilliseconds;
    let changed = false;
    for (const uri of this.#waiting) {
      this.#waiting.delete(uri);
      if (this.#isOpen(uri)) continue;
      const state = snapshot.file(uri);
      if (state.kind !== 'text') {
        changed = this.#graph.has(uri) || changed;
        this.#graph.remove(uri);
        continue;
      }
      const source = mayHaveTargets(uri, state.text) ? sources.get(uri, reader) : undefined;
      const targets = source === undefined ? [] : targetsOf(uri, source);
      changed = this.#graph.set(uri, targets) || changed;
      if (performance.now() > until) break;
    }
    return changed;
  }
}

/** URIs of what lies below a folder. They begin as the folder is spelt, whatever links it leads over: so the editor spells them. */
function filesBelow(root: string): readonly string[] {
  try {
    const real = realpathSync(root);
    return findFiles([real], real).files.map((path) => uriOfPath(root + path.slice(real.length)));
  } catch {
    // The folder went away; the editor will say so.
    return [];
  }
}
