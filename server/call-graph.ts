import { calledAs } from '../engine/analysis/targets.ts';

/** Which files lead to which, across the workspace. What lies behind a file is found by following it; this finds what lies before. */
export class CallGraph {
  readonly #targets = new Map<string, readonly string[]>();
  readonly #callers = new Map<string, Set<string>>();

  /** Every file that was entered. */
  get files(): Iterable<string> {
    return this.#targets.keys();
  }

  has(uri: string): boolean {
    return this.#targets.has(uri);
  }

  /** Enters what a file leads to. False when that is what it led to before. */
  set(uri: string, targets: readonly string[]): boolean {
    const changed = !sameTexts(this.#targets.get(uri) ?? [], targets);
    this.remove(uri);
    this.#targets.set(uri, targets);
    for (const target of targets) {
      const callers = this.#callers.get(target);
      if (callers === undefined) this.#callers.set(target, new Set([uri]));
      else callers.add(uri);
    }
    return changed;
  }

  remove(uri: string): void {
    for (const target of this.#targets.get(uri) ?? []) {
      const callers = this.#callers.get(target);
      callers?.delete(uri);
      if (callers?.size === 0) this.#callers.delete(target);
    }
    this.#targets.delete(uri);
  }

  /** The files themselves and all that lead to them, over however many steps; sorted. */
  withCallers(uris: Iterable<string>): readonly string[] {
    const found = new Set<string>();
    const waiting = [...uris];
    for (let uri = waiting.pop(); uri !== undefined; uri = waiting.pop()) {
      if (found.has(uri)) continue;
      found.add(uri);
      for (const name of calledAs(uri)) waiting.push(...(this.#callers.get(name) ?? []));
    }
    return [...found].sort();
  }

  /** The files in groups: what leads to what, or lies in one folder of Terraform, is together. Each file is in one group. */
  groups(): readonly (readonly string[])[] {
    const representatives = new Map<string, string>();
    const find = (name: string): string => {
      let root = name;
      for (let next = representatives.get(root); next !== undefined && next !== root; next = representatives.get(root))
        root = next;
      representatives.set(name, root);
      return root;
    };
    for (const [uri, targets] of this.#targets) {
      for (const name of [...calledAs(uri), ...targets]) representatives.set(find(name), find(uri));
    }
    const groups = new Map<string, string[]>();
    for (const uri of [...this.#targets.keys()].sort()) {
      const root = find(uri);
      const group = groups.get(root);
      if (group === undefined) groups.set(root, [uri]);
      else group.push(uri);
    }
    return [...groups.values()];
  }
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}
