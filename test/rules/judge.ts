import { Analysis } from '../../engine/analysis/analysis.ts';
import { editsOf } from '../../engine/analysis/apply-fix.ts';
import { compileDocuments } from '../../engine/check/compile-all.ts';
import type { FixPlan } from '../../engine/check/fix.ts';
import type { ExampleLanguage } from '../../engine/check/rule.ts';
import type { Snapshot } from '../../engine/estate/snapshot.ts';
import { applyEdits } from '../../engine/text/edit.ts';
import { readRuleDocuments } from '../../scripts/rule-documents.mjs';
import type { FixedText, JudgeText } from './harness.ts';

const folder = 'file:///example/';

/** What an example's file is called. */
const files: Readonly<Record<ExampleLanguage, string>> = {
  bicep: `${folder}main.bicep`,
  arm: `${folder}azuredeploy.json`,
  terraform: `${folder}main.tf`,
};

/** The languages whose examples are run: those that are resolved to an estate. */
export const judgedLanguages: readonly ExampleLanguage[] = ['bicep', 'arm', 'terraform'];

/** The languages whose fixes are tried: those that have edits. */
const editedLanguages: readonly ExampleLanguage[] = ['bicep', 'arm', 'terraform'];

export const compiled = compileDocuments(readRuleDocuments(new URL('../..', import.meta.url).pathname));

/** Judges a text by every rule there is. */
export const judge: JudgeText = (language, text) => {
  const uri = files[language];
  const analysis = new Analysis(compiled.checks, () => compiled.lens);
  const result = analysis.lint({
    snapshot: holding(uri, text),
    files: [uri],
    folder,
    profile: 'all',
    rules: [],
    today: '2026-01-01',
  });
  const edited = editedLanguages.includes(language);
  return {
    findings: result.findings,
    problems: result.notices.filter(({ level }) => level === 'error').map(({ message }) => message),
    fix: edited ? (findings) => applyPlans(findings.flatMap(result.fixesOf), uri, text) : undefined,
  };
};

/** A snapshot with one file, alone in the folder of the examples. */
export function holding(uri: string, text: string): Snapshot {
  return {
    file: (asked) => (asked === uri ? { kind: 'text', text } : { kind: 'absent' }),
    list: (asked) =>
      asked === folder ? { kind: 'entries', files: [uri.slice(folder.length)], folders: [] } : { kind: 'absent' },
  };
}

/** Makes the edits of plans, those of one place once; what is asked for is answered with the example. */
function applyPlans(plans: readonly FixPlan[], uri: string, text: string): FixedText {
  if (plans.length === 0) return { kind: 'refused', reason: 'there is no fix for the finding.' };
  const textOf = (asked: string): string | undefined => (asked === uri ? text : undefined);
  const result = editsOf(plans, 'source', { textOf, answer: (ask) => ask.example });
  if (result.kind === 'refused') return result;
  return {
    kind: 'text',
    text: applyEdits(
      text,
      result.files.flatMap(({ edits }) => edits),
    ),
  };
}
