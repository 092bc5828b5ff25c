import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { Analysis } from '../engine/analysis/analysis.ts';
import { exampleJudge } from '../engine/analysis/judge-example.ts';
import { tryExample } from '../engine/analysis/try-example.ts';
import { linearMatcher } from '../engine/check/linear-pattern.ts';
import type { OwnRuleFile, OwnRules } from '../engine/configuration/own-rules.ts';
import { uriOfPath } from '../engine/text/uri.ts';
import { PathError } from '../host/find-files.ts';
import { loadCheckData, loadLens } from '../host/shipped-data.ts';
import type { Sources } from '../report/source.ts';
import { useOwnRules, withConfigurations } from './configured.ts';
import { UsageError } from './failure.ts';
import { openFolder, openTarget, type Target } from './target.ts';
import { terminalOptions, writeOut } from './terminal.ts';

/**
 * `demarc test`: runs the examples of rules of one's own, beside all rules that ship. 1 when an example is not what it says,
 * when a rule has none, or when a rule cannot be understood.
 */
export async function testCommand(paths: readonly string[]): Promise<0 | 1> {
  const data = loadCheckData();
  const analysis = new Analysis(data, loadLens);
  const { target, own } = await ownRulesOf(paths, analysis);
  if (own.files.length === 0) throw new UsageError('there is no rule in these folders; demarc new-rule writes one.');
  // An example lies in no repository that could name the folder of its rule.
  const everywhere = { ...own, rules: own.rules.map(({ folder, ...rule }) => rule) };
  const judge = exampleJudge(() => {
    const each = new Analysis(data, loadLens);
    each.useOwnRules(everywhere, linearMatcher);
    return each;
  });
  const { paint } = terminalOptions();
  const lines: string[] = [];
  const count = { examples: 0, wrong: 0 };
  const ruined = new Set(own.problems.map(({ place }) => place.uri));
  for (const { place, message } of own.problems) lines.push(`${paint('path', at(place, target.sources))}  ${message}`);
  for (const file of own.files) {
    if (ruined.has(file.uri)) continue;
    count.examples += file.examples.length;
    const wrong = wrongIn(file, judge, target.sources);
    count.wrong += wrong.length;
    if (wrong.length > 0) ruined.add(file.uri);
    const heading = wrong.length === 0 ? paint('good', 'right') : paint('error', 'wrong');
    lines.push(`${heading}  ${file.id}  ${plural(file.examples.length, 'example')}`);
    for (const { place, messages } of wrong) {
      lines.push(`  ${paint('path', place)}`, ...messages.flatMap((message) => indented(message)));
    }
  }
  const well = own.files.length - ruined.size;
  lines.push(
    '',
    `${plural(own.files.length, 'rule')} with ${plural(count.examples, 'example')}: ${well} right, ${ruined.size} wrong.`,
  );
  await writeOut(`${lines.join('\n')}\n`);
  return ruined.size === 0 ? 0 : 1;
}

/** The rule folders that are named, or else those of the configuration of the working folder. */
async function ownRulesOf(
  paths: readonly string[],
  analysis: Analysis,
): Promise<{ readonly target: Target; readonly own: OwnRules }> {
  if (paths.length > 0) {
    const target = openTarget(paths);
    return { target, own: await useOwnRules(paths.map(folderUri), target.snapshot, analysis) };
  }
  const target = openFolder();
  const folders = await withConfigurations(target, analysis, (configuration) => {
    configuration.forFile(`${target.folder}main`);
    return configuration.ruleFolders;
  });
  if (folders.length === 0) {
    const message = `no demarc.yaml here or above names a folder with rules. Name one: demarc test FOLDER, or write 'rule-folders: [FOLDER]' into demarc.yaml.`;
    throw new UsageError(message);
  }
  return { target, own: await useOwnRules(folders, target.snapshot, analysis) };
}

function folderUri(path: string): string {
  try {
    return `${uriOfPath(realpathSync(resolve(path)))}/`;
  } catch {
    throw new PathError(`There is no folder '${path}'.`);
  }
}

interface Wrong {
  readonly place: string;
  readonly messages: readonly string[];
}

function wrongIn(file: OwnRuleFile, judge: Parameters<typeof tryExample>[2], sources: Sources): readonly Wrong[] {
  if (file.examples.length === 0) {
    const place = at({ uri: file.uri, start: 0 }, sources);
    return [{ place, messages: [`it has no examples. Write under 'examples' what is found and what is not.`] }];
  }
  return file.examples.flatMap(({ example, place }): readonly Wrong[] => {
    const messages = tryExample(file.id, example, judge);
    return messages.length === 0 ? [] : [{ place: `${at(place, sources)} (${example.language})`, messages }];
  });
}

function at({ uri, start }: { readonly uri: string; readonly start: number }, sources: Sources): string {
  const { line, character } = sources.positionOf(uri, start);
  return `${sources.pathOf(uri)}:${line + 1}:${character + 1}`;
}

function indented(message: string): readonly string[] {
  return message
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}`);
}

function plural(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}
