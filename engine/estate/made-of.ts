import { withOrigin } from './make.ts';
import { type Origin, type SourceOrigin, type Step, throughStep } from './origin.ts';
import type { Value } from './value.ts';

/** Items of a list that are looked at. */
const maximumItems = 50;

/**
 * A value that an expression made of others, blamed on who decides it. Where a caller (or a parameter file) passed exactly one
 * of them, that is where it was passed, and the expression is a step on the way. Where several were passed none decides alone,
 * and where none was, the author of the expression does: then it stays where it was made. So does a value that is one of the
 * others, and one that is chosen between written ones: `isProduction ? 'a' : 'b'` is mended where `'b'` is written.
 */
export function blamedOnCaller(made: Value, of: readonly (string | Value)[], own: Origin): Value {
  if (made.origin !== own || own.kind !== 'source') return made;
  if (made.kind !== 'scalar' && made.kind !== 'text' && made.kind !== 'reference') return made;
  let passed: SourceOrigin | undefined;
  for (const part of of) {
    if (typeof part === 'string') continue;
    const parts = part.kind === 'array' && part.items.length <= maximumItems ? [part, ...part.items] : [part];
    for (const { origin, kind } of parts) {
      // What is not known decides nothing that is known.
      if (kind === 'unknown' || origin.kind !== 'source' || !isPassed(origin.via)) continue;
      if (passed !== undefined && !samePlace(passed, origin)) return made;
      passed = origin;
    }
  }
  return passed === undefined ? made : withOrigin(made, throughStep(passed, 'part', '', own));
}

function isPassed(via: Step | undefined): boolean {
  for (let step = via; step !== undefined; step = step.next)
    if (step.kind === 'argument' || step.kind === 'parameter-file') return true;
  return false;
}

function samePlace(a: SourceOrigin, b: SourceOrigin): boolean {
  return a.start === b.start && a.end === b.end && a.uri === b.uri;
}

/** Whether a value was made of the one that stands at its origin: that is not where it could be replaced. */
export function isMade(origin: SourceOrigin): boolean {
  for (let step = origin.via; step !== undefined; step = step.next) if (step.kind === 'part') return true;
  return false;
}
