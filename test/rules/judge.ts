import { Analysis } from '../../engine/analysis/analysis.ts';
import { exampleJudge } from '../../engine/analysis/judge-example.ts';
import type { JudgeText } from '../../engine/analysis/try-example.ts';
import { compileDocuments } from '../../engine/check/compile-all.ts';
import type { ExampleLanguage } from '../../engine/check/rule.ts';
import { readRuleDocuments } from '../../scripts/rule-documents.mjs';

/** The languages whose examples are run: those that are resolved to an estate. */
export const judgedLanguages: readonly ExampleLanguage[] = ['bicep', 'arm', 'terraform'];

export const compiled = compileDocuments(readRuleDocuments(new URL('../..', import.meta.url).pathname));

/** Judges a text by every rule that ships. */
export const judge: JudgeText = exampleJudge(() => new Analysis(compiled.checks, () => compiled.lens));
