// Reads the YAML of rules, facts, lens tables and services, so that a problem in one can be told with its line.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isPair, isSeq, LineCounter, parseDocument } from 'yaml';

/** All YAML files below a folder, as paths with `/` relative to it, in order; none when it does not exist. */
function yamlFiles(folder) {
  try {
    return readdirSync(folder, { recursive: true })
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => name.endsWith('.yaml'))
      .sort();
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

function readDocument(repository, file) {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(join(repository, file), 'utf8'), { lineCounter: lines });
  const problems = [...document.errors, ...document.warnings].map((error) => {
    const [start] = error.linePos ?? [{ line: 1, col: 1 }];
    return `${file}:${start.line}:${start.col}: ${error.message}`;
  });
  return {
    file,
    data: problems.length === 0 ? (document.toJS() ?? null) : null,
    problems,
    /** A problem of a compiled document as `file:line:column: message`, both 1-based. */
    describe({ path, message }) {
      const offset = nodeAt(document.contents, path);
      const { line, col } = offset === undefined ? { line: 1, col: 1 } : lines.linePos(offset);
      return `${file}:${line}:${col}: ${message}`;
    },
  };
}

/** Offset of the key or item at a path, or of the nearest one around it. */
function nodeAt(contents, path) {
  let node = contents;
  let offset = node?.range?.[0];
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && String(item.key) === String(part));
      if (pair === undefined) return offset;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[part];
      offset = node?.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}

/** Which API versions have which properties, by resource type: what `npm run facts` has written. */
export function readVersionFacts(repository) {
  const folder = join(repository, 'facts/versions');
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  return Object.assign({}, ...files.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8'))));
}

/** Every document of the repository, by what it is. */
export function readRuleDocuments(repository) {
  const below = (folder) =>
    yamlFiles(join(repository, folder)).map((name) => readDocument(repository, `${folder}/${name}`));
  const rules = below('rules');
  return {
    services: rules.find(({ file }) => file === 'rules/services.yaml'),
    risk: rules.find(({ file }) => file === 'rules/risk.yaml'),
    /** A rule's id is its path: `rules/storage/min-tls.yaml` is `storage/min-tls`. */
    rules: rules
      .filter(({ file }) => file.split('/').length > 2)
      .map((document) => ({ ...document, id: document.file.slice('rules/'.length, -'.yaml'.length) })),
    facts: below('facts'),
    lens: below('lens'),
    versions: readVersionFacts(repository),
  };
}
