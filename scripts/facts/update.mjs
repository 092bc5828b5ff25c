// Writes facts/versions/: which API versions have the properties that rules, lens tables and facts name.
//   npm run facts -- DIR      DIR is a checkout of Azure/bicep-types-az
// Run it after adding a path to a rule or to a lens table. Ends with 1 when some path is in no version.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadEngine } from '../load-engine.mjs';
import { readRuleDocuments } from '../rule-documents.mjs';
import { indexDefinitions, readDefinitions } from './type-definitions.mjs';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Name the folder that holds a checkout of Azure/bicep-types-az: npm run facts -- DIR');
  process.exit(2);
}

const { compileDocuments } = await loadEngine('engine/check/compile-all.ts');
const { problemsOfVersions, namedPaths } = await loadEngine('engine/check/property-versions.ts');
const { checks, lens } = compileDocuments(readRuleDocuments(repository));
const wanted = namedPaths(checks, lens);
const definitions = indexDefinitions(resolve(folder, 'generated'));
if (definitions.size === 0) {
  console.error(`There are no type definitions in ${folder}: it has no generated/…/types.json.`);
  process.exit(2);
}

/** `a.b[]['*']` as keys, `[]` and `*`. */
function segmentsOf(path) {
  return [...path.matchAll(/\[\]|\['([^']+)'\]|[^.[\]]+/g)].map((match) => match[1] ?? match[0]);
}

/** One type's paths over all versions, each path with the stretches of versions that have it. */
function overVersions(name, paths, files) {
  const versions = [];
  const found = new Map([...paths].map((path) => [path, []]));
  for (const { version, types } of files) {
    const type = types.get(name.toLowerCase());
    if (type === undefined) continue;
    versions.push(version);
    for (const [path, hits] of found) {
      const hit = type.find(segmentsOf(path));
      if (hit !== undefined) hits.push({ index: versions.length - 1, ...hit });
    }
  }
  const entries = [...found].flatMap(([path, hits]) => (hits.length === 0 ? [] : [[path, entryOf(hits, versions)]]));
  return { versions, paths: Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function entryOf(hits, versions) {
  const stretches = [];
  for (const { index } of hits) {
    const last = stretches.at(-1);
    if (last !== undefined && last[1] === index - 1) last[1] = index;
    else stretches.push([index, index]);
  }
  const everywhere = hits.length === versions.length;
  const { values } = hits.at(-1);
  return {
    ...(everywhere ? {} : { in: stretches.map(([first, last]) => [versions[first], versions[last]]) }),
    ...(hits.every(({ readOnly }) => readOnly) ? { readOnly: true } : {}),
    ...(values === undefined ? {} : { values: values.sort() }),
  };
}

const byNamespace = Map.groupBy
  ? Map.groupBy(wanted, ([type]) => type.split('/')[0].toLowerCase())
  : [...wanted].reduce((groups, entry) => {
      const key = entry[0].split('/')[0].toLowerCase();
      groups.set(key, [...(groups.get(key) ?? []), entry]);
      return groups;
    }, new Map());

const target = join(repository, 'facts/versions');
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const all = {};
for (const [namespace, types] of [...byNamespace].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const files = definitions.get(namespace);
  if (files === undefined) continue;
  const read = files.map(({ version, file }) => ({ version, types: readDefinitions(file) }));
  const written = {};
  for (const [name, paths] of types.sort(([a], [b]) => (a < b ? -1 : 1))) {
    const entry = overVersions(name, paths, read);
    if (entry.versions.length > 0) written[name] = entry;
  }
  Object.assign(all, written);
  writeFileSync(join(target, `${namespace}.json`), `${print(written)}\n`);
}

/** JSON with a path a line, so that a change of one is one line of a diff. */
function print(types) {
  const blocks = Object.entries(types).map(([name, { versions, paths }]) => {
    const lines = Object.entries(paths).map(
      ([path, entry]) => `      ${JSON.stringify(path)}: ${JSON.stringify(entry)}`,
    );
    const body = lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n    }`;
    return `  ${JSON.stringify(name)}: {\n    "versions": ${JSON.stringify(versions)},\n    "paths": ${body}\n  }`;
  });
  return `{\n${blocks.join(',\n')}\n}`;
}

const problems = problemsOfVersions(checks, lens, all);
for (const problem of problems) console.error(problem);
const paths = [...wanted.values()].reduce((sum, each) => sum + each.size, 0);
console.log(`${paths} paths of ${wanted.size} types looked up, ${problems.length} problems.`);
process.exit(problems.length === 0 ? 0 : 1);
