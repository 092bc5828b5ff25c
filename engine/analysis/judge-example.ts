import type { FixPlan } from '../check/fix.ts';
import type { ExampleLanguage } from '../check/rule.ts';
import type { Configurations } from '../configuration/configurations.ts';
import type { Snapshot } from '../estate/snapshot.ts';
import { applyEdits } from '../text/edit.ts';
import type { Analysis } from './analysis.ts';
import { editsOf } from './apply-fix.ts';
import type { FixedText, JudgeText } from './try-example.ts';

const folder = 'file:///example/';

/** What an example's file is called. */
const files: Readonly<Record<ExampleLanguage, string>> = {
  bicep: `${folder}main.bicep`,
  arm: `${folder}azuredeploy.json`,
  terraform: `${folder}main.tf`,
};

/** Judges a text by itself, by every rule that an analysis has; `newAnalysis` makes one for each text. */
export function exampleJudge(newAnalysis: () => Analysis, configuration?: Configurations): JudgeText {
  return (language, text, { file, beside } = {}) => {
    const uri = file === undefined ? files[language] : `${folder}${file}`;
    const others = Object.entries(beside ?? {}).map(([name, each]) => [`${folder}${name}`, each] as const);
    const result = newAnalysis().lint({
      snapshot: holding(uri, text, others),
      files: [uri, ...others.map(([name]) => name)],
      folder,
      profile: 'all',
      ...(configuration === undefined ? {} : { configuration }),
      rules: [],
      today: '2026-01-01',
    });
    return {
      findings: result.findings,
      problems: result.notices.filter(({ level }) => level === 'error').map(({ message }) => message),
      undetermined: result.undetermined,
      fix: (findings) => applyPlans(findings.flatMap(result.fixesOf), uri, text),
    };
  };
}

/** A snapshot with one file, alone or with others in the folder of the examples. */
export function holding(uri: string, text: string, others: readonly (readonly [string, string])[] = []): Snapshot {
  const texts = new Map([[uri, text], ...others]);
  const names = [...texts.keys()].map((each) => each.slice(folder.length));
  return {
    file: (asked) => {
      const found = texts.get(asked);
      return found === undefined ? { kind: 'absent' } : { kind: 'text', text: found };
    },
    list: (asked) => (asked === folder ? { kind: 'entries', files: names, folders: [] } : { kind: 'absent' }),
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
