import { Analysis, type LintResult } from '../engine/analysis/analysis.ts';
import type { Profile } from '../engine/check/rule.ts';
import type { FailLevel } from '../engine/configuration/settings.ts';
import { type Finding, type Severity, severities } from '../engine/findings/finding.ts';
import { countReasons } from '../engine/findings/undetermined.ts';
import { loadCheckData, loadLens } from '../host/shipped-data.ts';
import packageManifest from '../package.json' with { type: 'json' };
import { printJson } from '../report/json.ts';
import type { Report } from '../report/report.ts';
import { printStylish } from '../report/stylish.ts';
import { undeterminedAtLeast } from '../report/undetermined.ts';
import { withConfigurations } from './configured.ts';
import { requireRules } from './rule-names.ts';
import { openTarget } from './target.ts';
import { terminalOptions, writeOut } from './terminal.ts';

export interface LintOptions {
  readonly format: 'stylish' | 'json';
  readonly failOn?: FailLevel;
  readonly profile?: Profile;
  readonly rule: readonly string[];
  readonly show: readonly ('may-fail' | 'undetermined')[];
  readonly failOnUndetermined?: Severity;
}

/**
 * `demarc lint`: 0 when clean, 1 for a finding at or above `failOn`, for a rule at or above
 * `failOnUndetermined` that could not be decided, or when something could not be read, 2 when the
 * configuration is wrong, after a report of what was found all the same.
 */
export async function lintCommand(paths: readonly string[], options: LintOptions): Promise<0 | 1 | 2> {
  const target = openTarget(paths);
  const analysis = new Analysis(loadCheckData(), loadLens);
  requireRules(options.rule, analysis);
  const { result, configuration } = await withConfigurations(target, analysis, (each) => ({
    configuration: each,
    result: analysis.lint({
      snapshot: target.snapshot,
      files: target.files,
      folder: target.folder,
      configuration: each,
      profile: options.profile,
      rules: options.rule,
      today: new Date().toISOString().slice(0, 10),
    }),
  }));
  const shown = result.findings.filter((finding) => finding.verdict === 'fail' || options.show.includes('may-fail'));
  const report = reportOf(result, shown);
  await writeOut(
    options.format === 'json'
      ? printJson(report, target.sources)
      : printStylish(report, target.sources, {
          ...terminalOptions(),
          showUndetermined: options.show.includes('undetermined'),
        }),
  );
  if (configuration.problems.length > 0) return 2;
  if (options.failOnUndetermined !== undefined && undeterminedAtLeast(result.undetermined, options.failOnUndetermined))
    return 1;
  const incomplete = result.notices.some((notice) => notice.code === 'demarc/incomplete');
  const failOn = (finding: Finding): FailLevel =>
    options.failOn ?? configuration.forFile(finding.place.uri).failOn.value;
  return incomplete || shown.some((finding) => failsOn(finding, failOn(finding))) ? 1 : 0;
}

function reportOf(result: LintResult, findings: readonly Finding[]): Report {
  return {
    version: packageManifest.version,
    findings,
    notices: result.notices,
    undetermined: result.undetermined,
    summary: {
      files: result.files,
      excluded: result.excluded,
      resources: result.resources,
      suppressed: result.suppressed,
      fixable: findings.filter((finding) => finding.fixable).length,
      possible: result.findings.filter(({ verdict }) => verdict === 'may-fail').length,
      undetermined: Object.fromEntries(countReasons(result.undetermined)),
    },
  };
}

function failsOn(finding: Finding, least: FailLevel): boolean {
  if (least === 'none' || finding.verdict !== 'fail') return false;
  return severities.indexOf(finding.severity) <= severities.indexOf(least);
}
