import { writeFileSync } from 'node:fs';
import { Analysis, type LintResult } from '../engine/analysis/analysis.ts';
import type { Profile } from '../engine/check/rule.ts';
import type { Configurations } from '../engine/configuration/configurations.ts';
import type { FailLevel } from '../engine/configuration/settings.ts';
import { withoutKnown } from '../engine/findings/baseline.ts';
import { type Finding, type Severity, severities } from '../engine/findings/finding.ts';
import { countReasons, type UndeterminedProperty } from '../engine/findings/undetermined.ts';
import type { Layer, Owner } from '../engine/responsibility/layers.ts';
import { dutyOf } from '../engine/responsibility/services.ts';
import { loadCheckData, loadLens } from '../host/shipped-data.ts';
import packageManifest from '../package.json' with { type: 'json' };
import type { Report, ReportOrder } from '../report/report.ts';
import { undeterminedAtLeast } from '../report/undetermined.ts';
import { readBaselineFile } from './baseline.ts';
import { withConfigurations } from './configured.ts';
import { printAs, readOutputs } from './formats.ts';
import { requireRules } from './rule-names.ts';
import { openTarget } from './target.ts';
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
  readonly show: readonly ('may-fail' | 'undetermined')[];
  readonly failOnUndetermined?: Severity;
  /** The name of the file whose text is on standard input. */
  readonly stdinFilename?: string;
  /** What the next commit would change, as it would be. */
  readonly staged?: boolean;
  /** What has changed since the branch left this commit. */
  readonly changedSince?: string;
}

/**
 * `demarc lint`: 0 when clean, 1 for a finding at or above `failOn`, for a rule at or above `failOnUndetermined` that could
 * not be decided, or when something could not be read, 2 when the configuration is wrong, after a report of what was found
 * all the same.
 */
export async function lintCommand(paths: readonly string[], options: LintOptions): Promise<0 | 1 | 2> {
  const outputs = readOutputs(options.format);
  const baseline = options.baseline === undefined ? undefined : readBaselineFile(options.baseline);
  const target = openTarget(paths, options);
  const analysis = new Analysis(loadCheckData(), loadLens, { keepsRoots: false });
  const { result, configuration } = await withConfigurations(target, analysis, (each) => {
    requireRules(options.rule, analysis);
    return {
      configuration: each,
      result: analysis.lint({
        snapshot: target.snapshot,
        files: target.files,
        folder: target.repository,
        moduleCache: target.moduleCache,
        configuration: each,
        profile: options.profile,
        rules: options.rule,
        today: new Date().toISOString().slice(0, 10),
      }),
    };
  });
  const all = chosen(inFocus(result, target.focus), options, analysis);
  const wanted = baseline === undefined ? all : { ...all, findings: withoutKnown(all.findings, baseline) };
  const report = reportOf(wanted, options, all.findings.length - wanted.findings.length);
  const showUndetermined = options.show.includes('undetermined');
  for (const output of outputs) {
    const text = await printAs(output, { report, target, analysis, result, showUndetermined });
    if (output.file === undefined) await writeOut(text);
    else writeFileSync(output.file, text);
  }
  return exitCodeOf(wanted, options, configuration);
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

/** What is about some files: what is shown in them, or has come by way of them. */
function inFocus(result: LintResult, focus: ReadonlySet<string> | undefined): LintResult {
  if (focus === undefined) return result;
  const isAbout = ({ place, related }: Finding): boolean =>
    focus.has(place.uri) || related.some(({ uri }) => focus.has(uri));
  return {
    ...result,
    findings: result.findings.filter(isAbout),
    suppressed: result.suppressed.filter(({ finding }) => isAbout(finding)),
    undetermined: result.undetermined.filter(
      ({ place, declaration }) => focus.has(place.uri) || focus.has(declaration.uri),
    ),
    notices: result.notices.filter(({ code, place }) => code === 'demarc/configuration' || focus.has(place.uri)),
  };
}

/** What is left when only some layers, only what some owner answers for or only what is at risk is asked for. */
function chosen(all: LintResult, options: LintOptions, analysis: Analysis): LintResult {
  const { layer, owner } = options;
  const result = atRisk(all, options.minRisk ?? 0);
  if (layer.length === 0 && owner === undefined) return result;
  const isWanted = (of: Layer, by: Owner): boolean =>
    (layer.length === 0 || layer.includes(of)) && (owner === undefined || answers(owner, by));
  const isUndeterminedWanted = ({ rule, resource }: UndeterminedProperty): boolean => {
    const own = analysis.rules.rules.get(rule)?.layer;
    return own === undefined || isWanted(own, dutyOf(analysis.responsibilityOf(resource.type), own));
  };
  return {
    ...result,
    findings: result.findings.filter((finding) => isWanted(finding.layer, finding.owner)),
    suppressed: result.suppressed.filter(({ finding }) => isWanted(finding.layer, finding.owner)),
    undetermined: result.undetermined.filter(isUndeterminedWanted),
  };
}

function atRisk(result: LintResult, least: number): LintResult {
  if (least === 0) return result;
  return {
    ...result,
    findings: result.findings.filter(({ risk }) => risk.score >= least),
    suppressed: result.suppressed.filter(({ finding }) => finding.risk.score >= least),
  };
}

/** A setting on a shared layer is the customer's part of it. */
function answers(owner: Owner, by: Owner): boolean {
  return by === owner || (owner === 'customer' && by === 'shared');
}

function reportOf(result: LintResult, { show, sort, maxFindings }: LintOptions, known: number): Report {
  const findings = result.findings.filter(({ verdict }) => verdict === 'fail' || show.includes('may-fail'));
  const kept = maxFindings === undefined ? findings : worst(findings, maxFindings);
  const shown = sort === 'risk' ? [...kept].sort(byRisk) : kept;
  return {
    version: packageManifest.version,
    findings: shown,
    order: sort,
    notices: result.notices,
    suppressed: result.suppressed,
    undetermined: result.undetermined,
    summary: {
      files: result.files,
      excluded: result.excluded,
      resources: result.resources,
      suppressed: result.suppressed.length,
      known,
      omitted: findings.length - shown.length,
      fixable: findings.filter((finding) => finding.fixable).length,
      possible: result.findings.filter(({ verdict }) => verdict === 'may-fail').length,
      undetermined: Object.fromEntries(countReasons(result.undetermined)),
    },
  };
}

/** The riskiest first; of equal risk the more severe, then as they stood. */
function byRisk(a: Finding, b: Finding): number {
  return b.risk.score - a.risk.score || severities.indexOf(a.severity) - severities.indexOf(b.severity);
}

/** The riskiest findings, in the order that they had. */
function worst(findings: readonly Finding[], limit: number): readonly Finding[] {
  const ranked = [...findings].sort(byRisk);
  const kept = new Set(ranked.slice(0, limit));
  return findings.filter((finding) => kept.has(finding));
}

function failsOn(finding: Finding, least: FailLevel): boolean {
  if (least === 'none' || finding.verdict !== 'fail') return false;
  return severities.indexOf(finding.severity) <= severities.indexOf(least);
}
