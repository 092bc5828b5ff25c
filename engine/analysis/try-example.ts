import type { ExampleLanguage, RuleExample } from '../check/rule.ts';
import type { Finding } from '../findings/finding.ts';
import type { UndeterminedProperty } from '../findings/undetermined.ts';
import { unifiedDiff } from '../text/unified-diff.ts';

/** What a linter makes of one text. */
export interface Judged {
  readonly findings: readonly Finding[];
  /** Syntax errors and whatever else kept the text from being read whole. */
  readonly problems: readonly string[];
  /** What kept rules from being decided; nothing where it is not known. */
  readonly undetermined?: readonly UndeterminedProperty[];
  /** The text after the fixes of these findings; a sentence when they cannot be made. Undefined where fixes cannot be tried yet. */
  readonly fix: ((findings: readonly Finding[]) => FixedText) | undefined;
}

export type FixedText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** What the file of an example is called, and what is beside it. */
export type ExampleFiles = Pick<RuleExample, 'file' | 'beside'>;

export type JudgeText = (language: ExampleLanguage, text: string, files?: ExampleFiles) => Judged;

/** A fix may need several passes, since one place may hide another. */
const maximumPasses = 5;

/** Findings of other rules that a message names. */
const shownOthers = 3;

/**
 * Tries an example of a rule: `bad` is found, `good` is not, and where the example says so the fix turns the one into the
 * other. Gives what is wrong, in sentences; nothing when all is well.
 */
export function tryExample(rule: string, example: RuleExample, judge: JudgeText): readonly string[] {
  const { language, bad, good, fixed } = example;
  const wrong: string[] = [];
  const before = judge(language, bad, example);
  const after = judge(language, good, example);
  for (const problem of before.problems) wrong.push(`bad cannot be read whole: ${problem}`);
  for (const problem of after.problems) wrong.push(`good cannot be read whole: ${problem}`);
  const found = before.findings.filter((finding) => finding.rule === rule);
  if (!found.some(({ verdict }) => verdict === 'fail')) wrong.push(`bad is not found${describe(rule, before)}.`);
  for (const finding of after.findings) {
    if (finding.rule === rule) wrong.push(`good is found (${finding.verdict}): ${finding.message}`);
  }
  if (wrong.length === 0 && fixed) wrong.push(...tryFix(rule, example, before, judge));
  return wrong;
}

function describe(rule: string, { findings, undetermined = [] }: Judged): string {
  const unknown = undetermined.filter((each) => each.rule === rule);
  if (unknown.length > 0) {
    const causes = unknown.map(({ path, detail }) => (path === '' ? detail : `${path}: ${detail}`));
    return ` (the rule could not be decided: ${causes.join('; ')})`;
  }
  if (findings.length === 0) return '';
  const others = findings.slice(0, shownOthers).map((finding) => `${finding.rule} ${finding.verdict}`);
  const more = findings.length - others.length;
  return ` (but ${others.join(', ')}${more === 0 ? '' : ` and ${more} more`})`;
}

function tryFix(rule: string, example: RuleExample, before: Judged, judge: JudgeText): readonly string[] {
  const { language, bad, good } = example;
  const ofRule = (judged: Judged): readonly Finding[] =>
    judged.findings.filter((finding) => finding.rule === rule && finding.verdict === 'fail');
  let text = bad;
  let judged = before;
  for (let pass = 0; ofRule(judged).length > 0; pass++) {
    if (judged.fix === undefined) return [];
    if (pass === maximumPasses) return [`the finding is still there after ${maximumPasses} fixes.`];
    const fixed = judged.fix(ofRule(judged));
    if (fixed.kind === 'refused') return [`the fix was refused: ${fixed.reason}`];
    if (fixed.text === text) return ['the fix changes nothing.'];
    text = fixed.text;
    judged = judge(language, text, example);
    const [problem] = judged.problems;
    if (problem !== undefined) return [`the fixed text cannot be read whole: ${problem}\n${text}`];
  }
  const wrong: string[] = [];
  if (text !== good)
    wrong.push(`bad and the fix are not good (- the fix writes, + good says):\n${difference(text, good)}`);
  const known = new Set(before.findings.map((finding) => finding.rule));
  for (const finding of judged.findings) {
    if (!known.has(finding.rule)) wrong.push(`the fix brings a finding of ${finding.rule}: ${finding.message}`);
  }
  return wrong;
}

function difference(text: string, good: string): string {
  return unifiedDiff('example', text, [{ start: 0, end: text.length, text: good }]).replace(/^.*\n.*\n/, '');
}
