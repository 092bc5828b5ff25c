import type { Analysis } from '../engine/analysis/analysis.ts';
import { nearest } from '../engine/analysis/suppress.ts';
import { UsageError } from './failure.ts';

/** Our rules that the ids mean, peers' ids included. Throws `UsageError` for one that nobody knows, with the nearest name. */
export function requireRules(ids: readonly string[], analysis: Analysis): readonly string[] {
  return ids.flatMap((id) => {
    const rules = analysis.rulesNamed(id);
    if (rules.length > 0) return rules;
    const near = nearest(id, [...analysis.rules.rules.keys()]);
    throw new UsageError(`There is no rule '${id}'.${near === undefined ? '' : ` Did you mean '${near}'?`}`);
  });
}
