// Looks at where findings sit, over whole repositories and by every rule:
//
//   node scripts/corpora/positions.mjs [--list] [<folder>…]
//
// A finding must cover exactly one node of the syntax: the expression, property, item or literal at fault, or, where
// nothing is written, the type or header of the resource or block that lacks it. Where a plain literal is covered, it must be the
// literal that the rule has judged. Without folders, those of DEMARC_CORPORA are taken. `--list` names every misplaced one.
import { readdirSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadEngine } from '../load-engine.mjs';
import { readRuleDocuments } from '../rule-documents.mjs';

const repository = resolve(import.meta.dirname, '../..');
const list = process.argv.includes('--list');
const given = process.argv.slice(2).filter((each) => !each.startsWith('--'));
const corpora = process.env.DEMARC_CORPORA;
const folders =
  given.length > 0 ? given : corpora === undefined ? [] : readdirSync(corpora).map((name) => join(corpora, name));
if (folders.length === 0) {
  console.error('Name a folder, or set DEMARC_CORPORA.');
  process.exit(2);
}

const engine = await loadEngine(
  'engine/analysis/analysis.ts',
  'engine/check/compile-all.ts',
  'engine/languages/arm/expression-parser.ts',
  'engine/text/uri.ts',
  'engine/text/json-syntax.ts',
  'host/find-files.ts',
  'host/disk-snapshot.ts',
);
const { checks, lens } = engine.compileDocuments(readRuleDocuments(repository));

/** Every node of a file by its span, `start:end`, with the literals among them. */
function nodesOf(source) {
  const nodes = new Map();
  const seen = new Set();
  const add = (start, end, literal) => {
    const key = `${start}:${end}`;
    const known = nodes.get(key);
    nodes.set(key, { literal: literal ?? known?.literal });
  };
  const walk = (node) => {
    if (typeof node !== 'object' || node === null || seen.has(node)) return;
    seen.add(node);
    if (Array.isArray(node)) {
      for (const each of node) walk(each);
      return;
    }
    if (typeof node.start === 'number' && typeof node.end === 'number') {
      const evaluated = source.document !== undefined && node.kind === 'string' && engine.isArmExpression(node.value);
      const plain = !evaluated && ['string', 'number', 'boolean', 'null'].includes(node.kind) && 'value' in node;
      add(node.start, node.end, plain ? { value: node.value } : undefined);
      if (typeof node.nameEnd === 'number') add(node.start, node.nameEnd);
      // The header of a Terraform block: from its keyword to its last label.
      if (typeof node.typeEnd === 'number') add(node.start, node.labels.at(-1)?.end ?? node.typeEnd);
      if (source.document !== undefined && node.kind === 'string' && engine.isArmExpression(node.value))
        expression(node);
    }
    for (const [key, value] of Object.entries(node)) if (key !== 'parent') walk(value);
  };
  const expression = (string) => {
    const inner = engine.parseArmExpression(string.value).expression;
    const visit = (node) => {
      if (node === undefined) return;
      const at = (offset) => engine.sourceOffset(string, source.text, offset);
      add(at(node.start), at(node.end), node.kind === 'string' ? { value: node.value } : undefined);
      for (const each of node.arguments ?? []) visit(each);
      visit(node.target);
      visit(node.index);
    };
    visit(inner);
  };
  walk(source.file ?? source.document);
  return nodes;
}

/** The value that stands at the path of a finding, where it is one scalar. */
function judgedValue({ subject, path }) {
  let value = subject.resource?.body;
  for (const segment of path) {
    if (value === undefined) return undefined;
    if (segment.kind === 'key') value = value.kind === 'object' ? value.get(segment.key) : undefined;
    else value = value.kind === 'array' ? value.items[segment.index] : undefined;
  }
  return value?.kind === 'scalar' && value.origin.kind === 'source' ? value : undefined;
}

let misplaced = 0;
let total = 0;
const kinds = new Map();
for (const folder of folders) {
  const root = engine.normaliseUri(`${pathToFileURL(resolve(folder)).href}/`);
  const files = engine
    .findFiles([folder], process.cwd())
    .files.map((path) => engine.normaliseUri(pathToFileURL(path).href));
  const analysis = new engine.Analysis(checks, () => lens);
  const snapshot = engine.createDiskSnapshot([realpathSync(folder)], 16_000_000);
  const { roots } = analysis.lint({ snapshot, files, folder: root, profile: 'all', rules: [], today: '2026-01-01' });
  const known = new Map();
  let found = 0;
  let wrong = 0;
  for (const { checks: result } of roots) {
    for (const finding of result.findings) {
      found++;
      const { uri, start, end } = finding.place;
      const source = analysis.source(uri, snapshot);
      if (source !== undefined && !known.has(uri)) known.set(uri, nodesOf(source));
      const node = known.get(uri)?.get(`${start}:${end}`);
      const value = judgedValue(finding);
      const { literal } = node ?? {};
      // Terraform's values are translated on their way; Bicep and ARM say what they mean.
      const comparable =
        literal !== undefined && value !== undefined && finding.subject.resource?.language !== 'terraform';
      const atValue = value?.origin.uri === uri && value.origin.start === start && value.origin.end === end;
      const same = !comparable || !atValue || String(literal.value) === String(value.value);
      const kind =
        node === undefined ? 'no node' : !same ? 'another value' : literal !== undefined ? 'literal' : 'node';
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      if (node !== undefined && same) continue;
      wrong++;
      if (list)
        console.log(
          `${kind}: ${finding.rule.id} ${uri.slice(root.length)} ${start}-${end} ${JSON.stringify(source?.text.slice(start, end).slice(0, 80))}`,
        );
    }
  }
  total += found;
  misplaced += wrong;
  console.log(`${folder}: ${found} findings, ${wrong} misplaced`);
}
console.log(
  `${total} findings, ${misplaced} misplaced (${[...kinds].map(([kind, number]) => `${kind} ${number}`).join(', ')})`,
);
process.exit(misplaced === 0 ? 0 : 1);
