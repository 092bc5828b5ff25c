import { Analysis } from '../../engine/analysis/analysis.ts';
import { exampleJudge } from '../../engine/analysis/judge-example.ts';
import type { JudgeText } from '../../engine/analysis/try-example.ts';
import { compileDocuments } from '../../engine/check/compile-all.ts';
import type { ExampleLanguage } from '../../engine/check/rule.ts';
import { readRuleDocuments } from '../../scripts/rule-documents.mjs';

/** The languages whose examples are run: those that are resolved to an estate. */
export const judgedLanguages: readonly ExampleLanguage[] = ['bicep', 'arm', 'terraform'];

export const compiled = compileDocuments(readRuleDocuments(new URL('../..', import.meta.url).pathname));

/**
 * The examples of rules over resources and outputs. What code declares besides is not in a printed or dumped estate; those
 * rules have examples in every language themselves.
 */
export const examplesOfEstates = compiled.checks.rules.flatMap(({ id, subject }) => {
  const examples = compiled.examples.get(id);
  const isInEstate = subject === 'resources' || subject === 'outputs';
  return examples === undefined || !isInEstate ? [] : [[id, examples] as const];
});

/** Judges a text by every rule that ships. */
export const judge: JudgeText = exampleJudge(() => new Analysis(compiled.checks, () => compiled.lens));
