import { chmodSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Analysis, type LintResult } from '../engine/analysis/analysis.ts';
import { type FixContext, placeOf } from '../engine/analysis/apply-fix.ts';
import { type ChosenFix, mergeFixes } from '../engine/analysis/merge-fixes.ts';
import type { FixPlan } from '../engine/check/fix.ts';
import { type FixEffect, fixEffects, type Profile } from '../engine/check/rule.ts';
import type { Finding } from '../engine/findings/finding.ts';
import { applyEdits, type FileEdit } from '../engine/text/edit.ts';
import { unifiedDiff } from '../engine/text/unified-diff.ts';
import { loadCheckData, loadLens } from '../host/shipped-data.ts';
import { requireConfiguration, withConfigurations } from './configured.ts';
import { UsageError } from './failure.ts';
import { requireRules } from './rule-names.ts';
import { openTarget, type Target } from './target.ts';
import { writeOut } from './terminal.ts';

export interface FixOptions {
  readonly dryRun: boolean;
  /** Asks about each fix, whatever its effect. */
  readonly interactive?: boolean;
  readonly rule: readonly string[];
  readonly profile?: Profile;
  readonly effect: FixEffect;
  readonly set: Readonly<Record<string, string>>;
}

/** A fix may bring another one to light; more passes than this mean that two of them undo each other. */
const maximumPasses = 5;

/**
 * `demarc fix`: mends what can be mended with the effects that are allowed. Files are written whole and at once. Exits 1
 * when a fix was refused, so that a pipeline sees that something is left.
 */
export async function fixCommand(paths: readonly string[], options: FixOptions): Promise<0 | 1> {
  const analysis = new Analysis(loadCheckData(), loadLens);
  if (options.interactive === true) {
    if (options.dryRun)
      throw new UsageError('--interactive shows each change before it makes it; leave out --dry-run.');
    const { fixInteractively } = await import('./fix-interactive.ts');
    return fixInteractively(analysis, (each) => lintNow(paths, options, each));
  }
  const lines: string[] = [];
  const diffs: string[] = [];
  const refused = new Map<string, string>();
  /** What a stronger effect would mend, by that effect. */
  const withheld = new Map<FixEffect, number>();
  for (let pass = 0; pass < maximumPasses; pass++) {
    const { target, result } = await lintNow(paths, options, analysis);
    refused.clear();
    withheld.clear();
    const { files, mended } = collectEdits(result, target, options, refused, withheld);
    if (mended.length === 0) break;
    for (const finding of mended) lines.push(`${placeText(finding, target)}  ${finding.rule}`);
    if (options.dryRun) {
      for (const { uri, edits } of files)
        diffs.push(unifiedDiff(target.sources.pathOf(uri), textIn(target, uri) ?? '', edits));
      break;
    }
    const { written, changed } = writeEdits(files, target, refused);
    if (!written || changed) break;
  }
  lines.push(...[...refused].map(([place, reason]) => `${place}  not mended: ${reason}`));
  const done = lines.length - refused.size;
  lines.push(`${done} ${done === 1 ? 'finding' : 'findings'} ${options.dryRun ? 'would be mended' : 'mended'}.`);
  for (const effect of fixEffects) {
    const number = withheld.get(effect) ?? 0;
    if (number > 0) lines.push(`${number} more can be mended with --effect ${effect}.`);
  }
  // A dry run prints what can be piped into `git apply`, and tells people beside it.
  if (options.dryRun) {
    await writeOut(diffs.join(''));
    process.stderr.write(`${lines.join('\n')}\n`);
  } else await writeOut(`${lines.join('\n')}\n`);
  return refused.size > 0 ? 1 : 0;
}

/** Lints the files as they are on disk now. Throws `UsageError` when the configuration is wrong. */
async function lintNow(
  paths: readonly string[],
  options: FixOptions,
  analysis: Analysis,
): Promise<{ readonly target: Target; readonly result: LintResult }> {
  const target = openTarget(paths);
  const result = await withConfigurations(target, analysis, (configuration) => {
    requireRules(options.rule, analysis);
    return analysis.lint({
      snapshot: target.snapshot,
      files: target.files,
      folder: target.repository,
      moduleCache: target.moduleCache,
      configuration,
      profile: options.profile,
      rules: options.rule,
      today: new Date().toISOString().slice(0, 10),
    });
  });
  requireConfiguration(result, target.sources);
  return { target, result };
}

export function placeText(finding: Finding, { sources }: Target): string {
  const { line, character } = sources.positionOf(finding.place.uri, finding.place.start);
  return `${sources.pathOf(finding.place.uri)}:${line + 1}:${character + 1}`;
}

export function strongest(plans: readonly FixPlan[]): FixEffect {
  const rank = Math.max(...plans.map((plan) => fixEffects.indexOf(plan.effect)));
  return fixEffects[rank] ?? 'neutral';
}

/** The edits of every finding that may be mended; one that contradicts those before it waits for the next pass. */
function collectEdits(
  result: LintResult,
  target: Target,
  options: FixOptions,
  refused: Map<string, string>,
  withheld: Map<FixEffect, number>,
): { readonly files: readonly FileEdit[]; readonly mended: readonly Finding[] } {
  const context: FixContext = {
    textOf: (uri) => textIn(target, uri),
    answer: (ask) => options.set[ask.name] ?? ask.example,
  };
  const chosen = new Map<ChosenFix, Finding>();
  for (const finding of result.findings) {
    const plans = result.fixesOf(finding);
    if (finding.verdict !== 'fail' || plans.length === 0) continue;
    const effect = strongest(plans);
    if (fixEffects.indexOf(effect) > fixEffects.indexOf(options.effect)) {
      withheld.set(effect, (withheld.get(effect) ?? 0) + 1);
      continue;
    }
    const [raise] = plans.flatMap((plan) => plan.raises);
    if (raise !== undefined && options.rule.length === 0) {
      const reason = `it needs API version ${raise.to} instead of ${raise.from}; look at it, then run --rule ${finding.rule}.`;
      refused.set(`${placeText(finding, target)} ${finding.rule}`, reason);
      continue;
    }
    const missing = plans.flatMap((plan) => plan.asks).find((ask) => options.set[ask.name] === undefined);
    if (missing !== undefined) {
      refused.set(
        `${placeText(finding, target)} ${finding.rule}`,
        `it needs --set ${missing.name}=… (${missing.prompt})`,
      );
      continue;
    }
    const place = placeOf(plans, context);
    if (place.kind === 'refused') refused.set(`${placeText(finding, target)} ${finding.rule}`, place.reason);
    else chosen.set({ plans, where: place.where }, finding);
  }
  const { files, made } = mergeFixes([...chosen.keys()], context);
  return { files, mended: [...chosen].flatMap(([fix, finding]) => (made.has(fix) ? [finding] : [])) };
}

export function textIn(target: Target, uri: string): string | undefined {
  const state = target.snapshot.file(uri);
  return state.kind === 'text' ? state.text : undefined;
}

/** Writes each file beside itself and then over itself, unless it has changed since it was read. */
export function writeEdits(
  files: readonly FileEdit[],
  target: Target,
  refused: Map<string, string>,
): { readonly written: boolean; readonly changed: boolean } {
  let written = false;
  let changed = false;
  for (const { uri, edits } of files) {
    const text = textIn(target, uri);
    if (text === undefined) continue;
    const path = realpathSync(fileURLToPath(uri));
    if (readFileSync(path, 'utf8') !== text) {
      refused.set(
        target.sources.pathOf(uri),
        'the file was changed by someone else in the meantime; run the command again.',
      );
      changed = true;
      continue;
    }
    const beside = `${path}.${process.pid}.demarc`;
    try {
      writeFileSync(beside, applyEdits(text, edits));
      chmodSync(beside, statSync(path).mode);
      renameSync(beside, path);
      written = true;
    } finally {
      rmSync(beside, { force: true });
    }
  }
  return { written, changed };
}
