import { Analysis } from '../../engine/analysis/analysis.ts';
import { compileDocuments } from '../../engine/check/compile-all.ts';
import type { FixPlan } from '../../engine/check/fix.ts';
import type { ExampleLanguage } from '../../engine/check/rule.ts';
import type { Ask, EditProperties } from '../../engine/estate/property-edit.ts';
import type { Language } from '../../engine/estate/resource.ts';
import type { Snapshot } from '../../engine/estate/snapshot.ts';
import { applyEdits, type TextEdit } from '../../engine/text/edit.ts';
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
export const judgedLanguages: readonly ExampleLanguage[] = ['bicep'];

/** Turns property edits into text edits; the languages that are listed have their fixes tried. */
const editors: Partial<Readonly<Record<Language, EditProperties>>> = {};

export const compiled = compileDocuments(readRuleDocuments(new URL('../..', import.meta.url).pathname));

/** Judges a text by every rule there is. */
export const judge: JudgeText = (language, text) => {
  const uri = files[language];
  const analysis = new Analysis(compiled.checks);
  const result = analysis.lint({
    snapshot: holding(uri, text),
    files: [uri],
    folder,
    profile: 'all',
    rules: [],
    today: '2026-01-01',
  });
  const edit = editors[language];
  return {
    findings: result.findings,
    problems: result.notices.filter(({ level }) => level === 'error').map(({ message }) => message),
    fix: edit === undefined ? undefined : (findings) => applyPlans(findings.flatMap(result.fixesOf), edit, uri, text),
  };
};

function holding(uri: string, text: string): Snapshot {
  return {
    file: (asked) => (asked === uri ? { kind: 'text', text } : { kind: 'absent' }),
    list: (asked) =>
      asked === folder ? { kind: 'entries', files: [uri.slice(folder.length)], folders: [] } : { kind: 'absent' },
  };
}

/** Makes the edits of plans, those of one place once; what is asked for is answered with the example. */
function applyPlans(plans: readonly FixPlan[], edit: EditProperties, uri: string, text: string): FixedText {
  if (plans.length === 0) return { kind: 'refused', reason: 'there is no fix for the finding.' };
  const edits = new Map<string, TextEdit>();
  const textOf = (asked: string): string | undefined => (asked === uri ? text : undefined);
  for (const { use } of plans) {
    for (const { resource, edits: wanted } of use) {
      const result = edit(resource, wanted, textOf, (ask: Ask) => ask.example);
      if (result.kind === 'refused') return result;
      for (const file of result.files) {
        for (const each of file.edits) edits.set(`${file.uri} ${each.start} ${each.end} ${each.text}`, each);
      }
    }
  }
  return { kind: 'text', text: applyEdits(text, [...edits.values()]) };
}
