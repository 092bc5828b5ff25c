import { Analysis } from '../../engine/analysis/analysis.ts';
import { exampleJudge, holding } from '../../engine/analysis/judge-example.ts';
import type { JudgeText } from '../../engine/analysis/try-example.ts';
import { compileDocuments } from '../../engine/check/compile-all.ts';
import type { ExampleLanguage, Need } from '../../engine/check/rule.ts';
import { Configurations } from '../../engine/configuration/configurations.ts';
import { configurationReader } from '../../engine/configuration/read.ts';
import { configurationName } from '../../engine/configuration/settings.ts';
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

/** Judges a text by every rule that ships; those that need something configured are off. */
export const judge: JudgeText = exampleJudge(() => new Analysis(compiled.checks, () => compiled.lens));

/** Judges a text as the examples of a rule are meant: with what the rule needs to be configured. */
export function judgeFor(rule: string): JudgeText {
  const needs = compiled.checks.rules.find(({ id }) => id === rule)?.needs;
  if (needs === undefined) return judge;
  const newAnalysis = (): Analysis => new Analysis(compiled.checks, () => compiled.lens);
  const snapshot = holding(`file:///example/${configurationName}`, configurations[needs]);
  return exampleJudge(newAnalysis, new Configurations(snapshot, configurationReader(newAnalysis().ruleNames)));
}

const configurations: Readonly<Record<Need, string>> = {
  classification: 'classification: { classes: { public: , internal: , confidential: } }',
};
