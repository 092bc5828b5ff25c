import type { CheckResult } from '../check/run.ts';
import type { Estate, Root } from '../estate/estate.ts';
import type { FileState, ListingState, Snapshot } from '../estate/snapshot.ts';

/** What was seen of files and folders while something was made of them, by URI; folders end in `/`. */
export type SeenStates = ReadonlyMap<string, FileState | ListingState>;

export interface JudgedRoot {
  readonly estate: Estate;
  readonly checks: CheckResult;
}

/** What was looked at on the way: files, and besides them folders. */
export interface Reached {
  readonly reached: readonly string[];
  readonly seen: readonly string[];
}

/** How roots are made and judged; asked for only where the kept ones no longer hold. */
export interface RootWork {
  readonly snapshot: Snapshot;
  /** Every file that is asked for is to be told to `depend`, also later, when values are evaluated. */
  readonly resolve: (root: Root, snapshot: Snapshot, depend: (uri: string) => void) => Estate;
  readonly check: (estate: Estate, reached: readonly string[]) => CheckResult;
  /**
   * What the checks of these files depend on besides the estate: a text that is equal where the same holds, and the files
   * that say so.
   */
  readonly settings: (reached: readonly string[]) => { readonly key: string; readonly files: readonly string[] };
}

interface Kept extends JudgedRoot {
  readonly files: LatestSnapshot;
  readonly seen: Map<string, FileState | ListingState>;
  readonly settings: string;
  readonly settingsSeen: SeenStates;
}

/** What a kept estate reads, when it is asked for more later: the files as they were when it was last found to hold. */
class LatestSnapshot implements Snapshot {
  latest: Snapshot;

  constructor(snapshot: Snapshot) {
    this.latest = snapshot;
  }

  file = (uri: string): FileState => this.latest.file(uri);
  list = (uri: string): ListingState => this.latest.list(uri);
}

/** Roots that were in no later call are kept up to this number. */
const maximumUnused = 64;

/**
 * Roots with what was found in them, each made again only when a file that it depends on has another text, is gone or has
 * come, and judged again when its settings have changed.
 */
export class JudgedRoots {
  readonly #kept = new Map<string, Kept>();
  readonly #keeps: boolean;
  #resolved = 0;
  #checked = 0;

  constructor(keeps: boolean) {
    this.#keeps = keeps;
  }

  /** How many roots were resolved and checked so far; those that were kept are not among them. */
  get work(): { readonly resolved: number; readonly checked: number } {
    return { resolved: this.#resolved, checked: this.#checked };
  }

  /** The roots, one after the other: where none is kept, each is forgotten before the next is made. */
  *judge(roots: readonly Root[], work: RootWork): Generator<JudgedRoot & Reached> {
    for (const root of roots) {
      const key = JSON.stringify(root);
      const judged = this.#judgeOne(root, this.#kept.get(key), work);
      // What was used last stands last.
      this.#kept.delete(key);
      if (this.#keeps) this.#kept.set(key, judged);
      const { estate, checks, seen } = judged;
      yield { estate, checks, reached: [...seen.keys()].filter(isFile), seen: [...seen.keys()] };
    }
    let unused = this.#kept.size - roots.length;
    for (const key of this.#kept.keys()) {
      if (unused-- <= maximumUnused) break;
      this.#kept.delete(key);
    }
  }

  #judgeOne(root: Root, before: Kept | undefined, work: RootWork): Kept {
    const { snapshot } = work;
    const unchanged = before !== undefined && holds(before.seen, snapshot) ? before : undefined;
    const seen = unchanged?.seen ?? new Map<string, FileState | ListingState>();
    const latest = unchanged?.files ?? new LatestSnapshot(snapshot);
    latest.latest = snapshot;
    const estate = unchanged?.estate ?? this.#resolve(root, latest, seen, work);
    const { key, files } = work.settings([...seen.keys()].filter(isFile));
    if (unchanged !== undefined && unchanged.settings === key && holds(unchanged.settingsSeen, snapshot))
      return unchanged;
    this.#checked++;
    const checks = work.check(estate, [...seen.keys()].filter(isFile));
    const settingsSeen = new Map(files.map((uri) => [uri, stateOf(uri, snapshot)] as const));
    return { estate, checks, seen, files: latest, settings: key, settingsSeen };
  }

  #resolve(root: Root, snapshot: Snapshot, seen: Map<string, FileState | ListingState>, work: RootWork): Estate {
    this.#resolved++;
    return work.resolve(root, snapshot, (uri) => {
      if (!seen.has(uri)) seen.set(uri, stateOf(uri, snapshot));
    });
  }
}

function isFile(uri: string): boolean {
  return !uri.endsWith('/');
}

function stateOf(uri: string, snapshot: Snapshot): FileState | ListingState {
  return isFile(uri) ? snapshot.file(uri) : snapshot.list(uri);
}

function holds(seen: SeenStates, snapshot: Snapshot): boolean {
  for (const [uri, before] of seen) if (!isSame(before, stateOf(uri, snapshot))) return false;
  return true;
}

function isSame(a: FileState | ListingState, b: FileState | ListingState): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case 'text':
      return b.kind === 'text' && a.text === b.text;
    case 'unreadable':
      return b.kind === 'unreadable' && a.message === b.message;
    case 'entries':
      return b.kind === 'entries' && sameNames(a.files, b.files) && sameNames(a.folders, b.folders);
    case 'absent':
      return b.kind === 'absent';
    // The host may have looked by now.
    case 'unread':
      return false;
  }
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index]);
}
