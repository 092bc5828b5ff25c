import type { Analysis, LintResult } from '../engine/analysis/analysis.ts';
import { Configurations } from '../engine/configuration/configurations.ts';
import type { OwnRules } from '../engine/configuration/own-rules.ts';
import type { ConfigurationProblem } from '../engine/configuration/settings.ts';
import type { Snapshot } from '../engine/estate/snapshot.ts';
import type { Sources } from '../report/source.ts';
import { UsageError } from './failure.ts';
import type { Target } from './target.ts';

/**
 * Does something with the configuration of a target. What reads YAML is only loaded where there is a configuration file:
 * when one turns out to be there, the work is done again with it.
 */
export async function withConfigurations<Result>(
  { snapshot, files }: Target,
  analysis: Analysis,
  work: (configuration: Configurations) => Result,
): Promise<Result> {
  const bare = new Configurations(snapshot);
  for (const uri of files) bare.forFile(uri);
  if (!bare.wantsReader) {
    const result = work(bare);
    if (!bare.wantsReader) return result;
  }
  const { configurationReader, ruleFolderReader } = await import('../engine/configuration/read.ts');
  const outline = new Configurations(snapshot, ruleFolderReader);
  for (const uri of files) outline.forFile(uri);
  for (let folders = outline.ruleFolders; ; ) {
    const own = folders.length === 0 ? undefined : await useOwnRules(folders, snapshot, analysis);
    const configuration = new Configurations(snapshot, configurationReader(analysis.ruleNames), own?.problems);
    const result = work(configuration);
    // A file that was only led to may lie below a configuration of its own.
    if (configuration.ruleFolders.length <= folders.length) return result;
    folders = configuration.ruleFolders;
  }
}

/** Reads the rules in some folders and judges by them from now on. What reads them is only loaded where there are any. */
export async function useOwnRules(
  folders: readonly string[],
  snapshot: Snapshot,
  analysis: Analysis,
): Promise<OwnRules> {
  const { ownRuleReader } = await import('../engine/configuration/own-rules.ts');
  const { linearMatcher } = await import('../engine/check/linear-pattern.ts');
  const shipped = [...analysis.rules.rules.values()].filter(({ folder }) => folder === undefined);
  const own = ownRuleReader(shipped)(folders, snapshot);
  analysis.useOwnRules(own, linearMatcher);
  return own;
}

/** Each problem as `file:line:column: message`, both 1-based. */
export function describeProblems(problems: readonly ConfigurationProblem[], sources: Sources): readonly string[] {
  return problems.map(({ place, message }) => {
    const { line, character } = sources.positionOf(place.uri, place.start);
    return `${sources.pathOf(place.uri)}:${line + 1}:${character + 1}: ${message}`;
  });
}

/** For commands that change something: throws `UsageError` when the configuration is wrong, since it might forbid the change. */
export function requireConfiguration({ notices }: LintResult, sources: Sources): void {
  const lines = describeProblems(
    notices.filter(({ code }) => code === 'demarc/configuration'),
    sources,
  );
  if (lines.length > 0) throw new UsageError(`the configuration is wrong.\n${lines.join('\n')}`);
}
