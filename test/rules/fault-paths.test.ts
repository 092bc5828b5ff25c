import { describe, expect, it } from 'vitest';
import { Analysis } from '../../engine/analysis/analysis.ts';
import { holding } from '../../engine/analysis/judge-example.ts';
import { type ExampleLanguage, faultPath } from '../../engine/check/rule.ts';
import { printPath } from '../../engine/estate/path.ts';
import { compiled } from './judge.ts';

const rules = compiled.checks.rules.filter(({ fix }) => fix?.set !== undefined && faultPath in fix.set);

const files = { bicep: 'main.bicep', arm: 'azuredeploy.json', terraform: 'main.tf' } as const;

/** The paths that the fixes of a rule set in a text. */
function pathsSet(rule: string, language: ExampleLanguage, text: string): readonly string[] {
  const uri = `file:///example/${files[language]}`;
  const analysis = new Analysis(compiled.checks, () => compiled.lens);
  const result = analysis.lint({
    snapshot: holding(uri, text),
    files: [uri],
    folder: 'file:///example/',
    rules: [rule],
    today: '2026-01-01',
  });
  return result.findings.flatMap((finding) =>
    result
      .fixesOf(finding)
      .flatMap(({ use }) =>
        use.flatMap(({ edits }) => edits.flatMap((edit) => (edit.kind === 'set' ? [printPath(edit.path)] : []))),
      ),
  );
}

/** What tells a thing from others: with another value it would be another thing. Ids of what is referred to are settings. */
const identity = /(?:^|\.)(?:name|type|apiVersion)$|^id$/i;

describe('a fix of the value at fault changes no name and no type', () => {
  it.each(rules.map(({ id }) => id))('%s', (rule) => {
    const examples = compiled.examples.get(rule) ?? [];
    const set = examples.flatMap(({ language, bad }) => pathsSet(rule, language, bad));
    expect(set).not.toEqual([]);
    expect(set.filter((path) => identity.test(path))).toEqual([]);
  });
});
