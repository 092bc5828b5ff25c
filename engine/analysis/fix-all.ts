import type { FixPlan } from '../check/fix.ts';
import { type FixEffect, fixEffects } from '../check/rule.ts';
import type { Snapshot } from '../estate/snapshot.ts';
import { composeEdits } from '../text/compose-edits.ts';
import { applyEdits, type FileEdit, type TextEdit } from '../text/edit.ts';
import type { LintResult } from './analysis.ts';
import { type FixContext, placeOf } from './apply-fix.ts';
import { type ChosenFix, mergeFixes } from './merge-fixes.ts';

export interface FixAllRequest {
  readonly snapshot: Snapshot;
  /** Judges the files as a snapshot has them; only findings that it returns are mended. */
  readonly lint: (snapshot: Snapshot) => LintResult;
  /** Files that may be changed. */
  readonly mayEdit: (uri: string) => boolean;
  /** The strongest effect that a fix may have. */
  readonly effect: FixEffect;
}

/** A fix may bring another one to light; more passes than this mean that two of them undo each other. */
const maximumPasses = 5;

/**
 * Everything that can be mended without asking anybody, as one list of edits for each file. Repeats until nothing is left;
 * a fix that contradicts those before it waits for the next pass. Empty when there is nothing to mend.
 */
export function fixAll({ snapshot, lint, mayEdit, effect }: FixAllRequest): readonly FileEdit[] {
  const passes = new Map<string, (readonly TextEdit[])[]>();
  const texts = new Map<string, string>();
  const current: Snapshot = {
    file: (uri) => {
      const text = texts.get(uri);
      return text === undefined ? snapshot.file(uri) : { kind: 'text', text };
    },
    list: (uri) => snapshot.list(uri),
  };
  for (let pass = 0; pass < maximumPasses; pass++) {
    const files = collect(lint(current), current, mayEdit, effect);
    if (files.length === 0) break;
    for (const { uri, edits } of files) {
      texts.set(uri, applyEdits(textIn(current, uri) ?? '', edits));
      passes.set(uri, [...(passes.get(uri) ?? []), edits]);
    }
  }
  return [...passes].map(([uri, each]) => ({ uri, edits: composeEdits((textIn(snapshot, uri) ?? '').length, each) }));
}

function collect(
  result: LintResult,
  snapshot: Snapshot,
  mayEdit: (uri: string) => boolean,
  effect: FixEffect,
): readonly FileEdit[] {
  const context: FixContext = { textOf: (uri) => textIn(snapshot, uri), answer: () => null };
  const fixes: ChosenFix[] = [];
  for (const finding of result.findings) {
    const plans = result.fixesOf(finding);
    if (finding.verdict !== 'fail' || plans.length === 0 || !plans.every((plan) => mayApply(plan, effect))) continue;
    const place = placeOf(plans, context, mayEdit);
    if (place.kind === 'place') fixes.push({ plans, where: place.where });
  }
  return mergeFixes(fixes, context).files;
}

/** A newer API version changes more than the rule asks for: it is never raised along with other fixes. */
function mayApply(plan: FixPlan, effect: FixEffect): boolean {
  if (plan.raises.length > 0) return false;
  return plan.asks.length === 0 && fixEffects.indexOf(plan.effect) <= fixEffects.indexOf(effect);
}

function textIn(snapshot: Snapshot, uri: string): string | undefined {
  const state = snapshot.file(uri);
  return state.kind === 'text' ? state.text : undefined;
}
