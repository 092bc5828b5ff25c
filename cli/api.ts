import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Analysis } from '../engine/analysis/analysis.ts';
import { loadCheckData, loadLens } from '../host/shipped-data.ts';
import { printJson } from '../report/json.ts';
import type { Lint, LintReport } from './api-types.ts';
import { withConfigurations } from './configured.ts';
import { requireRules } from './rule-names.ts';
import { inFocus, reportOf } from './selection.ts';
import { openTarget } from './target.ts';

/** Lints as `demarc lint` does, and gives what `--format json` prints. See `api-types.ts`. */
export const lint: Lint = async (options = {}) => {
  const { paths = [], profile, rules = [], show = [], about, changedSince, staged } = options;
  const workingFolder = realpathSync(options.cwd instanceof URL ? fileURLToPath(options.cwd) : (options.cwd ?? '.'));
  const target = openTarget(paths, { workingFolder, about, changedSince, staged });
  const analysis = new Analysis(loadCheckData(), loadLens, { keepsRoots: false });
  const { result, isWrong } = await withConfigurations(target, analysis, (configuration) => {
    requireRules(rules, analysis);
    const judged = analysis.lint({
      snapshot: target.snapshot,
      files: target.files,
      folder: target.repository,
      moduleCache: target.moduleCache,
      configuration,
      profile,
      rules,
      today: new Date().toISOString().slice(0, 10),
    });
    return { result: judged, isWrong: configuration.problems.length > 0 };
  });
  const focused = inFocus(result, target.focus);
  const report = reportOf(focused, { show, sort: 'place', format: [], rule: rules, layer: [] }, 0);
  const printed = JSON.parse(printJson(report, target.sources)) as Omit<LintReport, 'complete' | 'configured'>;
  const complete = !focused.notices.some(({ code }) => code === 'demarc/incomplete');
  return { ...printed, complete, configured: !isWrong };
};
