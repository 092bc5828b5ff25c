import type { Analysis, LintResult } from '../engine/analysis/analysis.ts';
import { Configurations } from '../engine/configuration/configurations.ts';
import type { ConfigurationProblem } from '../engine/configuration/settings.ts';
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
  const { configurationReader } = await import('../engine/configuration/read.ts');
  return work(new Configurations(snapshot, configurationReader(analysis.ruleNames)));
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
