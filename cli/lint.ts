import { realpathSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Analysis, type LintRequest, type LintResult } from '../engine/analysis/analysis.ts';
import type { Profile } from '../engine/check/rule.ts';
import type { Configurations } from '../engine/configuration/configurations.ts';
import type { FailLevel } from '../engine/configuration/settings.ts';
import { type Baseline, withoutKnown } from '../engine/findings/baseline.ts';
import { type DueFinding, duesOf } from '../engine/findings/due.ts';
import { type Finding, type Severity, severities } from '../engine/findings/finding.ts';
import { instantOf } from '../engine/findings/service-levels.ts';
import type { Layer, Owner } from '../engine/responsibility/layers.ts';
import { isBelow, uriOfPath } from '../engine/text/uri.ts';
import { buildOf, loadCheckData, loadLens } from '../host/shipped-data.ts';
import type { ReportOrder } from '../report/report.ts';
import { undeterminedAtLeast } from '../report/undetermined.ts';
import { readBaselineFile } from './baseline.ts';
import { withConfigurations } from './configured.ts';
import { UsageError } from './failure.ts';
import { type Output, printAs, readOutputs } from './formats.ts';
import { readLedgerFile, serviceLevelOf } from './ledger-file.ts';
import { progressLine } from './progress.ts';
import { requireRules } from './rule-names.ts';
import { chosen, inFocus, reportOf } from './selection.ts';
import { openTarget, type Shard, type Target } from './target.ts';
import { writeOut } from './terminal.ts';

export interface LintOptions {
  /** Each `format` or `format=file`. */
  readonly format: readonly string[];
  readonly failOn?: FailLevel;
  readonly profile?: Profile;
  readonly rule: readonly string[];
  /** Empty for all. */
  readonly layer: readonly Layer[];
  readonly owner?: Owner;
  readonly maxFindings?: number;
  /** Of the risk's score, from 1 to 100. */
  readonly minRisk?: number;
  readonly sort: ReportOrder;
  /** A file of known findings. */
  readonly baseline?: string;
  /** A file of first detections; that of the repository when left out. */
  readonly ledger?: string;
  readonly failOnOverdue?: boolean;
  readonly show: readonly ('may-fail' | 'undetermined')[];
  readonly failOnUndetermined?: Severity;
  /** The name of the file whose text is on standard input. */
  readonly stdinFilename?: string;
  /** What the next commit would change, as it would be. */
  readonly staged?: boolean;
  /** What has changed since the branch left this commit. */
  readonly changedSince?: string;
  /** What is about the paths, judged with everything that calls them. */
  readonly about?: boolean;
  readonly shard?: Shard;
  /** Lint again whenever something changes. */
  readonly watch?: boolean;
  /** Take over what was found in files that have not changed. */
  readonly cache?: boolean;
  readonly cacheFolder?: string;
}

/**
 * `demarc lint`: 0 when clean, 1 for a finding at or above `failOn`, for a rule at or above `failOnUndetermined` that could
 * not be decided, or when something could not be read, 2 when the configuration is wrong, after a report of what was found
 * all the same. With `failOnOverdue` 1 also for a finding that is overdue, and 2 where there is no ledger.
 */
export async function lintCommand(paths: readonly string[], options: LintOptions): Promise<0 | 1 | 2> {
  const outputs = readOutputs(options.format);
  const run = (analysis: Analysis): Promise<0 | 1 | 2> => lintOnce(paths, options, outputs, analysis);
  if (options.watch !== true) return run(new Analysis(loadCheckData(), loadLens, { keepsRoots: false }));
  if (options.staged === true || options.stdinFilename !== undefined)
    throw new UsageError('--watch looks at files on disk: it goes with neither --staged nor --stdin-filename.');
  const { watchAndRun } = await import('./watch.ts');
  const analysis = new Analysis(loadCheckData(), loadLens);
  const written = outputs.flatMap(({ file }) => (file === undefined ? [] : [file]));
  return watchAndRun(openTarget(paths, options), written, () => run(analysis));
}

async function lintOnce(
  paths: readonly string[],
  options: LintOptions,
  outputs: readonly Output[],
  analysis: Analysis,
): Promise<0 | 1 | 2> {
  const began = Date.now();
  const target = openTarget(paths, options);
  const ledger = readLedgerFile(target, options.ledger);
  const progress = progressLine();
  const judge = await judgeOf(target, options, outputs, analysis, began);
  const { result, configuration } = await withConfigurations(target, analysis, (each) => {
    requireRules(options.rule, analysis);
    const request: LintRequest = {
      snapshot: target.snapshot,
      files: target.files,
      folder: target.repository,
      moduleCache: target.moduleCache,
      configuration: each,
      profile: options.profile,
      rules: options.rule,
      today: new Date().toISOString().slice(0, 10),
      progress: progress.show,
    };
    return { configuration: each, result: judge(request) };
  });
  progress.clear();
  const baseline = baselineOf(options, target, configuration);
  const all = chosen(inFocus(result, target.focus), options, analysis);
  const wanted = baseline === undefined ? all : { ...all, findings: withoutKnown(all.findings, baseline) };
  const undated = reportOf(wanted, options, all.findings.length - wanted.findings.length);
  const levelOf = serviceLevelOf(configuration);
  const now = instantOf(Date.now());
  const dues = ledger === undefined ? undefined : duesOf(certain(wanted.findings), ledger, levelOf, now);
  const report = dues === undefined ? undated : { ...undated, dues };
  const showUndetermined = options.show.includes('undetermined');
  for (const output of outputs) {
    const text = await printAs(output, { report, target, analysis, result, showUndetermined });
    if (output.file === undefined) await writeOut(text);
    else writeFileSync(output.file, text);
  }
  const code = exitCodeOf(wanted, options, configuration);
  return options.failOnOverdue === true && code !== 2 ? exitCodeOfDues(dues, code) : code;
}

function exitCodeOfDues(dues: readonly DueFinding[] | undefined, code: 0 | 1): 0 | 1 | 2 {
  if (dues !== undefined) return dues.some(({ due }) => due.state === 'overdue') ? 1 : code;
  process.stderr.write(
    "demarc: there is no ledger, so it is unknown what is overdue. 'demarc ledger update' writes one; commit it.\n",
  );
  return 2;
}

function certain(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ verdict }) => verdict === 'fail');
}

/** A SARIF report carries fixes, which are not kept; and what some files are about is soon judged. */
async function judgeOf(
  target: Target,
  { cache, cacheFolder }: LintOptions,
  outputs: readonly Output[],
  analysis: Analysis,
  began: number,
): Promise<(request: LintRequest) => LintResult> {
  const isKept = (cache === true || cacheFolder !== undefined) && target.focus === undefined && !target.isInput;
  if (!isKept || outputs.some(({ format }) => format === 'sarif')) return (request) => analysis.lint(request);
  const { lintWithCache } = await import('./cached-lint.ts');
  const { defaultCacheFolder } = await import('./cache.ts');
  const options = { folder: cacheFolder ?? defaultCacheFolder(), build: buildOf(), began };
  // A folder that is named may lie among the files; what is kept in it is nobody's to judge.
  const kept = cacheFolder === undefined ? undefined : `${uriOfPath(resolve(realpathSync('.'), cacheFolder))}/`;
  const isKeptResult = (uri: string): boolean => kept !== undefined && isBelow(uri, kept);
  return (request) => ({
    fixesOf: () => [],
    roots: [],
    isOn: () => true,
    ...lintWithCache(analysis, { ...request, files: request.files.filter((uri) => !isKeptResult(uri)) }, options),
  });
}

/** The known findings: those of the file that is named, else of the one that the configuration of the folder names. */
function baselineOf(options: LintOptions, target: Target, configuration: Configurations): Baseline | undefined {
  if (options.baseline !== undefined) return readBaselineFile(options.baseline);
  const named = configuration.baselineOf(`${target.folder}main`);
  return named === undefined ? undefined : readBaselineFile(fileURLToPath(named.value));
}

function exitCodeOf(result: LintResult, options: LintOptions, configuration: Configurations): 0 | 1 | 2 {
  if (configuration.problems.length > 0) return 2;
  const { failOnUndetermined } = options;
  if (failOnUndetermined !== undefined && undeterminedAtLeast(result.undetermined, failOnUndetermined)) return 1;
  if (result.notices.some((notice) => notice.code === 'demarc/incomplete')) return 1;
  const failOn = (finding: Finding): FailLevel =>
    options.failOn ?? configuration.forFile(finding.place.uri).failOn.value;
  return result.findings.some((finding) => failsOn(finding, failOn(finding))) ? 1 : 0;
}

function failsOn(finding: Finding, least: FailLevel): boolean {
  if (least === 'none' || finding.verdict !== 'fail') return false;
  return severities.indexOf(finding.severity) <= severities.indexOf(least);
}
