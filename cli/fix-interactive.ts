import { createInterface } from 'node:readline';
import type { Analysis, LintResult } from '../engine/analysis/analysis.ts';
import { type FixContext, placeOf } from '../engine/analysis/apply-fix.ts';
import { mergeFixes } from '../engine/analysis/merge-fixes.ts';
import type { FixPlan } from '../engine/check/fix.ts';
import type { Finding } from '../engine/findings/finding.ts';
import { unifiedDiff } from '../engine/text/unified-diff.ts';
import { placeText, strongest, textIn, writeEdits } from './fix.ts';
import type { Target } from './target.ts';
import { writeOut } from './terminal.ts';

/** Lints the files as they are now. */
export type LintNow = (analysis: Analysis) => Promise<{ readonly target: Target; readonly result: LintResult }>;

type Choice = 'yes' | 'no' | 'all' | 'quit';

const choices: Readonly<Record<string, Choice>> = { y: 'yes', yes: 'yes', n: 'no', no: 'no', a: 'all', q: 'quit' };

/**
 * Shows one fix after the other with what it changes and what may happen, and makes those that are wanted at once. Questions
 * go to standard error, so that the answers may come by a pipe; when they end, so does the work.
 */
export async function fixInteractively(analysis: Analysis, lint: LintNow): Promise<0> {
  const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const ask = async (question: string): Promise<string | undefined> => {
    process.stderr.write(question);
    const { value, done } = await answers.next();
    return done === true ? undefined : value.trim();
  };
  const decided = new Set<string>();
  const wanted = new Set<string>();
  let mended = 0;
  for (let isOver = false; !isOver; ) {
    const { target, result } = await lint(analysis);
    isOver = true;
    for (const finding of result.findings) {
      if (finding.verdict !== 'fail' || decided.has(finding.fingerprint)) continue;
      const plans = result.fixesOf(finding);
      if (plans.length === 0) continue;
      decided.add(finding.fingerprint);
      const outcome = await offer(finding, plans, target, wanted.has(finding.rule), ask);
      if (outcome === 'quit') break;
      if (outcome === 'no') continue;
      if (outcome === 'all') wanted.add(finding.rule);
      mended++;
      // One fix may bring another one to light, or move it.
      isOver = false;
      break;
    }
  }
  await writeOut(`${mended} ${mended === 1 ? 'finding' : 'findings'} mended.\n`);
  process.stdin.destroy();
  return 0;
}

/** What was chosen; the fix is made, if it was to be. */
async function offer(
  finding: Finding,
  plans: readonly FixPlan[],
  target: Target,
  isWanted: boolean,
  ask: (question: string) => Promise<string | undefined>,
): Promise<Choice> {
  const set = new Map<string, string>();
  const context: FixContext = {
    textOf: (uri) => textIn(target, uri),
    answer: ({ name, example }) => set.get(name) ?? example,
  };
  const place = placeOf(plans, context);
  const head = `\n${placeText(finding, target)}  ${finding.rule}\n  ${finding.message}\n`;
  if (place.kind === 'refused') {
    process.stderr.write(`${head}  Cannot be mended: ${place.reason}\n`);
    return 'no';
  }
  const edits = () => mergeFixes([{ plans, where: place.where }], context).files;
  const diff = edits().map((file) =>
    unifiedDiff(target.sources.pathOf(file.uri), textIn(target, file.uri) ?? '', file.edits),
  );
  const notes = [...new Set(plans.flatMap(({ note }) => note ?? []))].map((note) => `  ${note}\n`);
  process.stderr.write(
    `${head}  Fix (${strongest(plans)}): ${plans[0]?.title ?? ''}\n${notes.join('')}${diff.join('')}`,
  );
  let choice: Choice | undefined = isWanted ? 'yes' : undefined;
  while (choice === undefined) {
    const answer = await ask('Mend it? [y]es, [n]o, [a]ll of this rule, [q]uit: ');
    choice = answer === undefined ? 'quit' : choices[answer.toLowerCase()];
  }
  if (choice === 'no' || choice === 'quit') return choice;
  for (const { name, prompt } of plans.flatMap(({ asks }) => asks)) {
    if (set.has(name)) continue;
    const answer = await ask(`${prompt}: `);
    if (answer === undefined) return 'quit';
    set.set(name, answer);
  }
  const refused = new Map<string, string>();
  writeEdits(edits(), target, refused);
  for (const [path, reason] of refused) process.stderr.write(`${path}: ${reason}\n`);
  return refused.size > 0 ? 'no' : choice;
}
