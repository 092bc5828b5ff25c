import { type EvaluationContext, wholeResource } from './context.ts';
import { evaluate } from './evaluate.ts';

/** Facts may have conditions on properties that have facts; deeper than this they are not followed. */
const maximumFactDepth = 4;

/** A context in which facts can have conditions of their own. */
export function evaluationContext(parts: Omit<EvaluationContext, 'holds'>): EvaluationContext {
  let depth = 0;
  const context: EvaluationContext = {
    ...parts,
    holds: (condition, resource) => {
      if (depth >= maximumFactDepth) return undefined;
      depth++;
      const answer = evaluate(context, wholeResource(resource), condition);
      depth--;
      return answer;
    },
  };
  return context;
}
