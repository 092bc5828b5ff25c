import type { Output } from '../estate/estate.ts';
import type { PropertyPath } from '../estate/path.ts';
import type { Value } from '../estate/value.ts';
import type { RelatedPlace } from '../findings/finding.ts';
import type { Data } from '../functions/data.ts';
import type { Place } from '../text/span.ts';
import { Assignment, maximumRuns } from './assignment.ts';
import { type OutputEvidence, resolveOptions } from './check.ts';
import { checks } from './checks/registry.ts';
import type { Cause } from './evidence.ts';
import type { CompiledRule } from './rule.ts';

export type OutputJudgement =
  | { readonly verdict: 'pass' }
  | { readonly verdict: 'undetermined'; readonly causes: readonly Cause[] }
  | {
      readonly verdict: 'fail' | 'may-fail';
      readonly place: Place;
      readonly path: PropertyPath;
      readonly message: string;
      readonly related: readonly RelatedPlace[];
    };

/** Judges an output by a rule over outputs, under every combination of alternatives that its check comes across. */
export function judgeOutput(rule: CompiledRule, output: Output, option: (name: string) => Data): OutputJudgement {
  const check = rule.check === undefined ? undefined : checks[rule.check.name];
  if (rule.check === undefined || check?.subject !== 'outputs') return { verdict: 'pass' };
  const assignment = new Assignment();
  const call = rule.check;
  const context = {
    resolve: (value: Value) => assignment.resolve(value),
    get options() {
      return resolveOptions(call, option);
    },
  };
  let failed: OutputEvidence | undefined;
  let failures = 0;
  let runs = 0;
  let complete = true;
  const causes: Cause[] = [];
  do {
    if (runs === maximumRuns) {
      complete = false;
      causes.push({ reason: 'budget', detail: `more than ${maximumRuns} combinations`, place: output.declaration });
      break;
    }
    runs++;
    const outcome = check.run(output, context);
    if (outcome.verdict === 'fail') {
      failed ??= outcome.evidence;
      failures++;
    } else if (outcome.verdict === 'undetermined') causes.push(...outcome.causes);
  } while (assignment.next());
  if (failed === undefined) return causes.length === 0 ? { verdict: 'pass' } : { verdict: 'undetermined', causes };
  const message = (rule.message ?? `${rule.title} is what is wanted.`)
    .replaceAll('{value}', `'${output.name}'`)
    .replaceAll('{resource}', output.name)
    .replaceAll('{path}', output.name);
  return {
    verdict: complete && failures === runs ? 'fail' : 'may-fail',
    place: failed.place,
    path: [{ kind: 'key', key: output.name }, ...failed.path],
    message,
    related: whereItCameFrom(failed),
  };
}

function whereItCameFrom({ value, place }: OutputEvidence): readonly RelatedPlace[] {
  const { origin } = value;
  if (origin.kind !== 'source') return [];
  const inside = origin.uri === place.uri && place.start <= origin.start && origin.end <= place.end;
  if (inside) return [];
  return [{ uri: origin.uri, start: origin.start, end: origin.end, message: 'the secret comes from here' }];
}
