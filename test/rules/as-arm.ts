import type { Judged, JudgeText } from '../../engine/analysis/try-example.ts';
import type { ExampleLanguage, RuleExample } from '../../engine/check/rule.ts';
import type { Estate } from '../../engine/estate/estate.ts';
import type { Finding } from '../../engine/findings/finding.ts';
import { dumpEstate } from './dump-estate.ts';

/** What it takes to try an example in another language. */
export interface Translation {
  readonly judge: JudgeText;
  readonly estateOf: (language: ExampleLanguage, text: string) => Estate;
  /** Writes an estate as a template. */
  readonly print: (estate: Estate) => string;
}

/** A fix may need several passes, since one place may hide another. */
const maximumPasses = 5;

/**
 * Tries an example of a rule as ARM: printed, both texts have the same estates as before, `bad` is found on the same types of
 * resources, `good` is not, and where the example says so the fix gives the estate of `good`. Gives what is wrong, in
 * sentences; nothing when all is well.
 */
export function tryAsArm(rule: string, example: RuleExample, translation: Translation): readonly string[] {
  const { language, bad, good, fixed } = example;
  const { judge, estateOf, print } = translation;
  const badEstate = estateOf(language, bad);
  const goodEstate = estateOf(language, good);
  const badTemplate = print(badEstate);
  const goodTemplate = print(goodEstate);
  const wrong: string[] = [
    ...difference('bad', dumpEstate(badEstate), dumpEstate(estateOf('arm', badTemplate))),
    ...difference('good', dumpEstate(goodEstate), dumpEstate(estateOf('arm', goodTemplate))),
  ];
  const before = judge('arm', badTemplate);
  const after = judge('arm', goodTemplate);
  for (const problem of before.problems) wrong.push(`bad cannot be read whole: ${problem}`);
  for (const problem of after.problems) wrong.push(`good cannot be read whole: ${problem}`);
  const written = typesFound(rule, judge(language, bad).findings);
  const printed = typesFound(rule, before.findings);
  if (written !== printed) wrong.push(`bad is found on ${printed}, and in ${language} on ${written}.`);
  for (const finding of after.findings) {
    if (finding.rule === rule) wrong.push(`good is found (${finding.verdict}): ${finding.message}`);
  }
  if (wrong.length > 0 || !fixed) return wrong;
  const text = fixAll(rule, badTemplate, before, judge);
  if (typeof text !== 'string') return [text.reason];
  const known = new Set(before.findings.map((finding) => finding.rule));
  for (const finding of judge('arm', text).findings) {
    if (!known.has(finding.rule)) wrong.push(`the fix brings a finding of ${finding.rule}: ${finding.message}`);
  }
  const estates = [goodTemplate, text].map((each) => dumpEstate(estateOf('arm', each)));
  return [...wrong, ...difference('the fixed text', estates[0] ?? [], estates[1] ?? [])];
}

/** The types of resources that a rule certainly finds something on, once for each finding. */
export function typesFound(rule: string, findings: readonly Finding[]): string {
  const found = findings.filter((finding) => finding.rule === rule && finding.verdict === 'fail');
  return found.length === 0
    ? 'nothing'
    : found
        .map(({ resource }) => resource.type.toLowerCase())
        .sort()
        .join(', ');
}

function fixAll(
  rule: string,
  template: string,
  before: Judged,
  judge: JudgeText,
): string | { readonly reason: string } {
  let text = template;
  let judged = before;
  for (let pass = 0; ; pass++) {
    const found = judged.findings.filter((finding) => finding.rule === rule && finding.verdict === 'fail');
    if (found.length === 0) return text;
    if (pass === maximumPasses) return { reason: `the finding is still there after ${maximumPasses} fixes.` };
    if (judged.fix === undefined) return { reason: 'templates cannot be fixed.' };
    const fixed = judged.fix(found);
    if (fixed.kind === 'refused') return { reason: `the fix was refused: ${fixed.reason}` };
    if (fixed.text === text) return { reason: 'the fix changes nothing.' };
    text = fixed.text;
    judged = judge('arm', text);
    const [problem] = judged.problems;
    if (problem !== undefined) return { reason: `the fixed text cannot be read whole: ${problem}\n${text}` };
  }
}

/** What two estates don't have in common, as a sentence; nothing when they are the same. */
export function difference(what: string, wanted: readonly string[], actual: readonly string[]): readonly string[] {
  if (wanted.join('\n') === actual.join('\n')) return [];
  const lines = [
    ...without(wanted, actual).map((line) => `- ${line}`),
    ...without(actual, wanted).map((line) => `+ ${line}`),
  ];
  return [`${what} has another estate:\n${lines.length === 0 ? 'its lines are in another order' : lines.join('\n')}`];
}

function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others];
  return lines.filter((line) => {
    const found = left.indexOf(line);
    if (found >= 0) left.splice(found, 1);
    return found < 0;
  });
}
