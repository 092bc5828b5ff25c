import type { Analysis, LintRequest, LintResult } from '../engine/analysis/analysis.ts';
import { targetsOf } from '../engine/analysis/targets.ts';
import {
  type CacheContent,
  hashOf,
  holds,
  type KeptPart,
  type KeptState,
  keptState,
  readCache,
  writeCache,
} from './cache.ts';
import { partsOf } from './cache-parts.ts';
import { joinParts } from './cache-result.ts';

export interface CacheOptions {
  readonly folder: string;
  /** Changes with the program and everything that it brings. */
  readonly build: string;
  /** When the run began, in ms since 1970. */
  readonly began: number;
}

/** A result whose fixes cannot be asked for. */
export type CachedResult = Omit<LintResult, 'fixesOf' | 'roots' | 'isOn'>;

/**
 * Lints as `Analysis.lint` does, and takes over what was found in an earlier run in files of which nothing has changed that
 * was seen on the way: they and what they lead to, the rules, the configuration, the options, the program. When files have
 * come or gone, everything is judged anew.
 */
export function lintWithCache(analysis: Analysis, request: LintRequest, options: CacheOptions): CachedResult {
  const { configuration, snapshot } = request;
  const wanted = request.files.filter((uri) => configuration?.exclusionOf(uri) === undefined);
  const excluded = request.files.length - wanted.length;
  const key = keyOf(analysis, request, wanted, options.build);
  const before = readCache(options.folder, key);
  const kept = before === undefined ? [] : unchanged(before, analysis, request);
  const known = new Set(kept.flatMap(({ files }) => files));
  const left = wanted.filter((uri) => !known.has(uri));
  if (before !== undefined && left.length === 0) return joinParts(kept, excluded);
  const result = analysis.lint({ ...request, files: left });
  const states = new States();
  const moved = kept.map((part) => ({
    ...part,
    seen: part.seen.flatMap((index) => {
      const state = before?.states[index];
      return state === undefined ? [] : [states.indexOf(state.uri, () => state)];
    }),
  }));
  const fresh = partsOf(result, left, request, (uri) =>
    states.indexOf(uri, () => keptState(uri, snapshot, options.began)),
  );
  // What is about no file that was looked at cannot be kept with what brought it.
  if (fresh === undefined) return kept.length === 0 ? result : analysis.lint(request);
  const parts = [...moved, ...fresh];
  // A folder that cannot be written to costs time, not the result.
  try {
    writeCache(options.folder, { key, states: states.all, parts });
  } catch {}
  return joinParts(parts, excluded);
}

/** States by their URI, each once. */
class States {
  readonly #indices = new Map<string, number>();
  readonly all: KeptState[] = [];

  indexOf(uri: string, state: () => KeptState): number {
    const there = this.#indices.get(uri);
    if (there !== undefined) return there;
    const index = this.all.length;
    this.#indices.set(uri, index);
    this.all.push(state());
    return index;
  }
}

function keyOf(analysis: Analysis, request: LintRequest, wanted: readonly string[], build: string): string {
  const { configuration, profile, rules, folder, moduleCache, snapshot } = request;
  const own = [...analysis.rules.rules.values()].filter((rule) => rule.folder !== undefined);
  const configured = (configuration?.files ?? []).map((uri) => {
    const state = snapshot.file(uri);
    return [uri, state.kind === 'text' ? state.text : state.kind];
  });
  return hashOf(JSON.stringify([build, folder, moduleCache, profile, rules, own, configured, wanted]));
}

/** The parts in which all is as it was, and into which nothing leads that has changed. */
function unchanged(
  { parts, states }: CacheContent,
  analysis: Analysis,
  { snapshot, today }: LintRequest,
): readonly KeptPart[] {
  const held = states.map((state) => holds(state, snapshot));
  const changed = states.flatMap(({ uri }, index) => (held[index] === true || uri.endsWith('/') ? [] : [uri]));
  // A changed file may now call what was judged by itself.
  const called = new Set<string>();
  for (const uri of changed) {
    const source = analysis.source(uri, snapshot);
    for (const target of source === undefined ? [] : targetsOf(uri, source)) called.add(target);
  }
  const isCalled = (uri: string): boolean => called.has(uri) || called.has(uri.slice(0, uri.lastIndexOf('/') + 1));
  return parts.filter(
    ({ files, seen, day }) =>
      seen.every((index) => held[index] === true) && (day === null || day === today) && !files.some(isCalled),
  );
}
