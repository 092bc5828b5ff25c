import type { LintRequest, LintResult } from '../engine/analysis/analysis.ts';
import type { Place } from '../engine/text/span.ts';
import type { KeptPart } from './cache.ts';

/** A part while it is put together. */
interface Open {
  readonly files: string[];
  readonly seen: Set<string>;
  readonly findings: KeptPart['findings'][number][];
  readonly notices: KeptPart['notices'][number][];
  readonly suppressed: KeptPart['suppressed'][number][];
  readonly undetermined: KeptPart['undetermined'][number][];
  resources: number;
  linted: number;
  day: string | null;
}

/** A suppression that counts until some day. */
const endsSomeDay = /:ignore[^\n]*\b(until|exp)\b/;

/**
 * A result by the files that are judged together: those that one root has read, and templates with their source. Undefined
 * when something in it is about no file that was looked at. `indexOf` numbers what was seen.
 */
export function partsOf(
  result: LintResult,
  files: readonly string[],
  { snapshot, today }: LintRequest,
  indexOf: (uri: string) => number,
): readonly KeptPart[] | undefined {
  const groups = new Groups(files);
  // A root may be a folder, which belongs to the files that were read for it; folders that were only looked into join nothing.
  for (const { uri, seen } of result.judged) groups.join([uri, ...seen.filter((each) => !each.endsWith('/'))]);
  for (const pair of result.compiled) groups.join(pair);
  const parts = new Map<string, Open>();
  const partAt = (uri: string): Open => {
    const key = groups.of(uri);
    const known = parts.get(key);
    if (known !== undefined) return known;
    const part: Open = {
      files: [],
      seen: new Set(),
      findings: [],
      notices: [],
      suppressed: [],
      undetermined: [],
      resources: 0,
      linted: 0,
      day: null,
    };
    parts.set(key, part);
    return part;
  };
  const linted = new Set(result.linted);
  for (const uri of files) {
    const part = partAt(uri);
    part.files.push(uri);
    part.seen.add(uri);
    if (linted.has(uri)) part.linted++;
  }
  for (const { uri, seen, resources } of result.judged) {
    const part = partAt(uri);
    part.resources += resources;
    for (const each of seen) {
      part.seen.add(each);
      const state = each.endsWith('/') ? undefined : snapshot.file(each);
      if (state?.kind === 'text' && endsSomeDay.test(state.text)) part.day = today;
    }
  }
  const looked = new Set([...files, ...result.judged.flatMap(({ seen }) => seen)]);
  let isLost = false;
  const at = ({ uri }: Place): Open => {
    if (!looked.has(uri)) isLost = true;
    return partAt(uri);
  };
  for (const finding of result.findings) at(finding.place).findings.push(finding);
  for (const each of result.suppressed) at(each.finding.place).suppressed.push(each);
  for (const each of result.undetermined) at(each.declaration).undetermined.push(each);
  for (const notice of result.notices)
    if (notice.code !== 'demarc/configuration') at(notice.place).notices.push(notice);
  if (isLost || result.notices.some(({ code }) => code === 'demarc/configuration')) return undefined;
  return [...parts.values()].map((part) => ({ ...part, seen: [...part.seen].map(indexOf) }));
}

/** Files that belong together, by whatever joins them. */
class Groups {
  readonly #above = new Map<string, string>();

  constructor(files: readonly string[]) {
    for (const uri of files) this.#above.set(uri, uri);
  }

  /** One file that stands for all that belong together with this one. */
  of(uri: string): string {
    let top = uri;
    for (let next = this.#above.get(top); next !== undefined && next !== top; next = this.#above.get(top)) top = next;
    if (top !== uri) this.#above.set(uri, top);
    return top;
  }

  join(uris: readonly string[]): void {
    const [first, ...rest] = uris;
    if (first === undefined) return;
    for (const uri of rest) this.#above.set(this.of(uri), this.of(first));
  }
}
