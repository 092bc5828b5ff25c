import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Analysis, type LintResult } from '../engine/analysis/analysis.ts';
import type { Profile } from '../engine/check/rule.ts';
import { type Baseline, baselineOf, printBaseline, readBaseline } from '../engine/findings/baseline.ts';
import type { Data } from '../engine/functions/data.ts';
import { relativeTo } from '../engine/text/uri.ts';
import { loadCheckData, loadLens } from '../host/shipped-data.ts';
import type { BaselineAction } from './choices.ts';
import { requireConfiguration, withConfigurations } from './configured.ts';
import { UsageError } from './failure.ts';
import { openTarget, type Target } from './target.ts';
import { writeOut } from './terminal.ts';

export interface BaselineOptions {
  readonly file: string;
  readonly profile?: Profile;
}

/**
 * `demarc baseline`: writes down what is found now, so that `lint --baseline` tells only what is new. `create` does not
 * write over a file, `update` takes in what is new and takes out what is gone, `prune` only takes out. What lies outside of
 * the given paths stays as it is.
 */
export async function baselineCommand(
  action: BaselineAction,
  paths: readonly string[],
  options: BaselineOptions,
): Promise<0> {
  const { file } = options;
  if (action === 'create' && existsSync(file))
    throw new UsageError(`there is a ${file} here already; 'demarc baseline update' changes it.`);
  const before: Baseline = action === 'create' ? { entries: [] } : readBaselineFile(file);
  const target = openTarget(paths);
  const result = await lintAll(target, options);
  const looked = new Set(target.files.map((uri) => relativeTo(target.repository, uri)));
  const now = baselineOf(
    result.findings.filter(({ verdict }) => verdict === 'fail'),
    (uri) => relativeTo(target.repository, uri),
  );
  for (const { file: path } of now.entries) looked.add(path);
  const known = new Set(before.entries.map(({ fingerprint }) => fingerprint));
  const found = new Set(now.entries.map(({ fingerprint }) => fingerprint));
  const kept = before.entries.filter(
    (entry) => found.has(entry.fingerprint) || isElsewhere(entry.file, looked, target),
  );
  const added = action === 'prune' ? [] : now.entries.filter(({ fingerprint }) => !known.has(fingerprint));
  writeFileSync(file, printBaseline({ entries: [...kept, ...added] }));
  const gone = before.entries.length - kept.length;
  const total = kept.length + added.length;
  await writeOut(`${file}: ${total} ${total === 1 ? 'finding' : 'findings'}, ${added.length} new, ${gone} gone.\n`);
  return 0;
}

/** Whether a file, by its path in the repository, was not looked at and is still there. */
export function isElsewhere(path: string, looked: ReadonlySet<string>, { repository, snapshot }: Target): boolean {
  if (looked.has(path)) return false;
  return snapshot.file(repository + path.split('/').map(encodeURIComponent).join('/')).kind !== 'absent';
}

async function lintAll(target: Target, { profile }: BaselineOptions): Promise<LintResult> {
  const analysis = new Analysis(loadCheckData(), loadLens, { keepsRoots: false });
  const result = await withConfigurations(target, analysis, (configuration) =>
    analysis.lint({
      snapshot: target.snapshot,
      files: target.files,
      folder: target.repository,
      configuration,
      profile,
      rules: [],
      today: new Date().toISOString().slice(0, 10),
    }),
  );
  requireConfiguration(result, target.sources);
  return result;
}

/** Throws `UsageError` for a file that is not there or holds no baseline. */
export function readBaselineFile(file: string): Baseline {
  let data: Data;
  try {
    data = JSON.parse(readFileSync(file, 'utf8')) as Data;
  } catch (error) {
    const missing = !existsSync(file);
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(
      missing
        ? `there is no baseline '${file}'; 'demarc baseline create' writes one.`
        : `'${file}' cannot be read: ${reason}`,
    );
  }
  const baseline = readBaseline(data);
  if (typeof baseline === 'string') throw new UsageError(`'${file}' is no baseline: ${baseline}.`);
  return baseline;
}
