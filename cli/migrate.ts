import { existsSync, readFileSync } from 'node:fs';
import type { Analysis } from '../engine/analysis/analysis.ts';
import { readYaml } from '../engine/configuration/yaml-document.ts';
import { type Data, isDataArray, isDataObject } from '../engine/functions/data.ts';
import type { Peer } from './choices.ts';
import { UsageError } from './failure.ts';

/** What another linter's configuration says, in our words. */
export interface Migrated {
  /** The files that it was read from. */
  readonly files: readonly string[];
  /** Ids of the other linter that are switched off, and the rules that we have for each. */
  readonly off: ReadonlyMap<string, readonly string[]>;
  /** Patterns of what is not linted. */
  readonly exclude: readonly string[];
}

interface Dialect {
  readonly files: readonly string[];
  /** Reads one of the files: ids that are off, paths that are left out. */
  readonly read: (text: string) => { readonly off: readonly string[]; readonly exclude: readonly string[] };
}

const dialects: Readonly<Record<Peer, Dialect>> = {
  checkov: {
    files: ['.checkov.yaml', '.checkov.yml'],
    read: (text) => lists(text, ['skip-check'], ['skip-path']),
  },
  trivy: {
    files: ['.trivyignore', 'trivy.yaml'],
    read: (text) =>
      /^[\w-]+:/m.test(text)
        ? lists(text, [], ['scan.skip-dirs', 'scan.skip-files'])
        : { off: ignored(text), exclude: [] },
  },
  tfsec: {
    files: ['.tfsec/config.yml', '.tfsec/config.yaml', '.tfsec/config.json'],
    read: (text) => lists(text, ['exclude'], ['exclude_paths']),
  },
  kics: {
    files: ['kics.config', 'kics.yaml', 'kics.yml', 'kics.json'],
    read: (text) => lists(text, ['exclude-queries'], ['exclude-paths']),
  },
  'bicep-linter': {
    files: ['bicepconfig.json'],
    read: (text) => {
      const rules = at(readYaml(text).data, 'analyzers.core.rules');
      const named = isDataObject(rules) ? Object.entries(rules) : [];
      const isOff = (rule: Data): boolean => isDataObject(rule) && rule.level === 'off';
      return { off: named.flatMap(([id, rule]) => (isOff(rule) ? [id] : [])), exclude: [] };
    },
  },
};

/** Reads what another linter has in the working folder. Throws `UsageError` when there is nothing. */
export function migrateFrom(peer: Peer, analysis: Analysis): Migrated {
  const { files, read } = dialects[peer];
  const present = files.filter((file) => existsSync(file));
  if (present.length === 0)
    throw new UsageError(`there is nothing of ${peer} in this folder; it would be ${files.join(' or ')}.`);
  const said = present.map((file) => read(readFileSync(file, 'utf8')));
  const off = [...new Set(said.flatMap((each) => each.off))];
  return {
    files: present,
    off: new Map(off.map((id) => [id, analysis.rulesNamed(id)])),
    exclude: [...new Set(said.flatMap((each) => each.exclude))],
  };
}

/** The crosswalk: what each id that is off is called here. */
export function printCrosswalk({ off }: Migrated): readonly string[] {
  const width = Math.max(0, ...[...off.keys()].map((id) => id.length));
  return [...off].map(
    ([id, rules]) => `  ${id.padEnd(width)}  ${rules.length === 0 ? 'no rule here' : rules.join(', ')}`,
  );
}

/** YAML or JSON, which is YAML; ids and paths are lists, or one text with commas. */
function lists(text: string, ids: readonly string[], paths: readonly string[]): ReturnType<Dialect['read']> {
  const { data } = readYaml(text);
  const all = (keys: readonly string[]): readonly string[] => keys.flatMap((key) => texts(at(data, key)));
  return { off: all(ids), exclude: all(paths).map((path) => path.replace(/^\.\//, '').replace(/\/$/, '')) };
}

function at(data: Data, path: string): Data {
  let value: Data = data;
  for (const key of path.split('.')) value = isDataObject(value) ? (value[key] ?? null) : null;
  return value;
}

function texts(data: Data): readonly string[] {
  const items = isDataArray(data) ? data : [data];
  return items
    .flatMap((item) => (typeof item === 'string' ? item.split(',') : []))
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** One id a line; what follows it says until when, or why. */
function ignored(text: string): readonly string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/#.*/, '').trim().split(/\s/)[0] ?? '')
    .filter((id) => id !== '');
}
