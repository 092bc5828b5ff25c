import type { Analysis, LintResult } from '../engine/analysis/analysis.ts';
import { type Finding, severities } from '../engine/findings/finding.ts';
import { countReasons, type UndeterminedProperty } from '../engine/findings/undetermined.ts';
import type { Layer, Owner } from '../engine/responsibility/layers.ts';
import { dutyOf } from '../engine/responsibility/services.ts';
import packageManifest from '../package.json' with { type: 'json' };
import type { Report } from '../report/report.ts';
import { byPlace } from './cache-result.ts';
import type { LintOptions } from './lint.ts';
import type { Focus } from './target.ts';

/** What is about some files: what is shown in them, or has come by way of them. */
export function inFocus(result: LintResult, focus: Focus | undefined): LintResult {
  if (focus === undefined) return result;
  const { files, withOrigins } = focus;
  const isAbout = ({ place, related }: Finding): boolean =>
    files.has(place.uri) || (withOrigins && related.some(({ uri }) => files.has(uri)));
  return {
    ...result,
    findings: result.findings.filter(isAbout),
    suppressed: result.suppressed.filter(({ finding }) => isAbout(finding)),
    undetermined: result.undetermined.filter(
      ({ place, declaration }) => (withOrigins && files.has(place.uri)) || files.has(declaration.uri),
    ),
    notices: result.notices.filter(({ code, place }) => code === 'demarc/configuration' || files.has(place.uri)),
  };
}

/** What is left when only some layers, only what some owner answers for or only what is at risk is asked for. */
export function chosen(all: LintResult, options: LintOptions, analysis: Analysis): LintResult {
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

export function reportOf(result: LintResult, { show, sort, maxFindings }: LintOptions, known: number): Report {
  const findings = result.findings.filter(({ verdict }) => verdict === 'fail' || show.includes('may-fail'));
  const kept = maxFindings === undefined ? findings : worst(findings, maxFindings);
  const shown = sort === 'risk' ? [...kept].sort(byRisk) : kept;
  return {
    version: packageManifest.version,
    findings: shown,
    order: sort,
    notices: [...result.notices].sort(byPlace),
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
