import { checkSubjects } from '../check/check-subjects.ts';
import { compileRule } from '../check/compile.ts';
import { patternProblem } from '../check/linear-pattern.ts';
import type { CompiledRule, RuleExample, RuleText } from '../check/rule.ts';
import type { Snapshot } from '../estate/snapshot.ts';
import type { Place } from '../text/span.ts';
import { fileNameOf, relativeTo, resolveRelative } from '../text/uri.ts';
import { type ConfigurationProblem, configurationName } from './settings.ts';
import { readYaml } from './yaml-document.ts';

/** A file in a rule folder, as it was read. */
export interface OwnRuleFile {
  readonly uri: string;
  readonly id: string;
  /** Undefined when something is wrong with it. */
  readonly rule: CompiledRule | undefined;
  readonly text: RuleText | undefined;
  readonly examples: readonly { readonly example: RuleExample; readonly place: Place }[];
  readonly problems: readonly ConfigurationProblem[];
}

/** The rules that a user keeps in some folders. */
export interface OwnRules {
  readonly files: readonly OwnRuleFile[];
  readonly rules: readonly CompiledRule[];
  readonly texts: ReadonlyMap<string, RuleText>;
  readonly problems: readonly ConfigurationProblem[];
}

export type OwnRuleReader = (folders: readonly string[], snapshot: Snapshot) => OwnRules;

const maximumFiles = 2_000;
const maximumDepth = 8;
const idPattern = /^[a-z][a-z0-9]*(-[a-z0-9]+)*\/[a-z0-9]+(-[a-z0-9]+)*$/;

/** The group of a rule that lies in no folder of its own. */
const ownGroup = 'own';

/** Reads rule folders beside the rules that ship. A file is compiled once for as long as its text stays the same. */
export function ownRuleReader(shipped: readonly CompiledRule[]): OwnRuleReader {
  const known = new Map<string, { readonly text: string; readonly file: OwnRuleFile }>();
  const groups = new Set(shipped.map(({ id }) => groupOf(id)));
  return (folders, snapshot) => {
    const files: OwnRuleFile[] = [];
    const problems: ConfigurationProblem[] = [];
    for (const folder of folders) {
      for (const uri of ruleFilesIn(folder, snapshot)) {
        const state = snapshot.file(uri);
        if (state.kind === 'unreadable') problems.push({ place: atStart(uri), message: state.message });
        if (state.kind !== 'text') continue;
        const key = `${folder}\n${uri}`;
        const before = known.get(key);
        const file = before?.text === state.text ? before.file : readRule(uri, folder, state.text, groups);
        known.set(key, { text: state.text, file });
        files.push(file);
      }
    }
    const rules = new Map<string, OwnRuleFile>();
    for (const file of files) {
      problems.push(...file.problems);
      const same = rules.get(file.id);
      if (same === undefined) rules.set(file.id, file);
      else if (same.uri !== file.uri) problems.push({ place: atStart(file.uri), message: taken(file.id, same.uri) });
    }
    const texts = [...rules.values()].flatMap(({ text }) => (text === undefined ? [] : [[text.id, text] as const]));
    return { files, rules: [...rules.values()].flatMap(({ rule }) => rule ?? []), texts: new Map(texts), problems };
  };
}

function taken(id: string, by: string): string {
  return `There is a rule '${id}' already, in ${fileNameOf(by)} of another rule folder. This one does not count; rename it.`;
}

/** Every YAML file below a folder but configuration files, in order. */
function ruleFilesIn(folder: string, snapshot: Snapshot): readonly string[] {
  const found: string[] = [];
  const enter = (uri: string, depth: number): void => {
    const listing = snapshot.list(uri);
    if (listing.kind !== 'entries' || depth > maximumDepth) return;
    for (const name of [...listing.files].sort()) {
      if (!/\.ya?ml$/.test(name) || name === configurationName || found.length >= maximumFiles) continue;
      const file = resolveRelative(uri, name);
      if (file !== undefined) found.push(file);
    }
    for (const name of [...listing.folders].sort()) {
      const below = name.startsWith('.') || name === 'node_modules' ? undefined : resolveRelative(uri, `${name}/`);
      if (below !== undefined) enter(below, depth + 1);
    }
  };
  enter(folder, 0);
  return found;
}

/** A rule's id is its path in the rule folder: `contoso/owner-tag.yaml` is `contoso/owner-tag`, `owner-tag.yaml` `own/owner-tag`. */
function idOf(uri: string, folder: string): string {
  const path = relativeTo(folder, uri).replace(/\.ya?ml$/, '');
  return path.includes('/') ? path : `${ownGroup}/${path}`;
}

function groupOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

function readRule(uri: string, folder: string, text: string, shippedGroups: ReadonlySet<string>): OwnRuleFile {
  const id = idOf(uri, folder);
  const yaml = readYaml(text);
  const problems: ConfigurationProblem[] = yaml.problems.map(({ start, end, message }) => ({
    place: { uri, start, end },
    message,
  }));
  const nothing = { uri, id, rule: undefined, text: undefined, examples: [], problems };
  if (!idPattern.test(id)) {
    const message = `A rule's id is its path, and '${id}' cannot be one: name the file group/name.yaml in small letters, digits and dashes.`;
    return { ...nothing, problems: [...problems, { place: atStart(uri), message }] };
  }
  if (shippedGroups.has(groupOf(id))) {
    const message = `Rules of '${groupOf(id)}' ship with Demarc. Put this file into a folder of another name, such as ${ownGroup}-${groupOf(id)}.`;
    return { ...nothing, problems: [...problems, { place: atStart(uri), message }] };
  }
  if (problems.length > 0) return nothing;
  const compiled = compileRule(id, yaml.data, { checks: checkSubjects, patternProblem });
  for (const { path, message, onKey } of compiled.problems) {
    const span = onKey === true ? yaml.spanOfKey(path) : yaml.spanOfValue(path);
    problems.push({ place: { uri, ...span }, message });
  }
  // With a problem in one of them, an example would stand at the place of another.
  const examples = problems.length > 0 ? [] : compiled.examples;
  return {
    uri,
    id,
    rule: compiled.rule === undefined || problems.length > 0 ? undefined : { ...compiled.rule, folder },
    text: compiled.text,
    examples: examples.map((example, index) => ({
      example,
      place: { uri, ...yaml.spanOfKey(['examples', index, example.language]) },
    })),
    problems,
  };
}

function atStart(uri: string): Place {
  return { uri, start: 0, end: 0 };
}
