// Parses whole folders of Terraform files and says how that went, for checking against large public collections:
//
//   node scripts/corpora/terraform-parse.mjs [--mutants=<count>] [--seed=<number>] [--values] [--list] <folder>…
//
// Per folder: on how many files (.tf, .tfvars, .hcl) the parser and `terraform fmt -check` agree that they are valid or not, and
// how fast the parser is when warm. `--mutants` does the same with that many files that have one edit at a random place each,
// `--values` compares the values of valid files with those of hcl2-parser, `--list` names every difference. `terraform` must be on
// the path.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { build } from 'esbuild';
import hcl2 from 'hcl2-parser';

const options = new Map(
  process.argv
    .slice(2)
    .filter((argument) => argument.startsWith('--'))
    .map((argument) => argument.slice(2).split('=')),
);
const folders = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const mutants = Number(options.get('mutants') ?? 0);
const list = options.has('list');
if (folders.length === 0) {
  console.error(
    'usage: node scripts/corpora/terraform-parse.mjs [--mutants=<count>] [--seed=<number>] [--values] [--list] <folder>…',
  );
  process.exit(2);
}

const { parseTerraform, toValueTree } = await loadParser();
for (const folder of folders) checkFolder(folder);

async function loadParser() {
  const contents = `
    export { parseTerraform } from './engine/languages/terraform/parser.ts';
    export { toValueTree } from './test/engine/languages/terraform/value-tree.ts';`;
  const root = resolve(import.meta.dirname, '../..');
  const bundle = await build({ stdin: { contents, resolveDir: root }, bundle: true, write: false, format: 'esm' });
  return import(`data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0].contents).toString('base64')}`);
}

function checkFolder(folder) {
  const files = findFiles(folder);
  const units = files.reduce((sum, file) => sum + file.text.length, 0);
  console.log(`${folder}: ${files.length} files, ${(units / 1e6).toFixed(2)} million characters`);
  if (files.length === 0) return;
  compareAcceptance('files', files);
  if (mutants > 0) compareAcceptance('mutants', makeMutants(files));
  if (options.has('values')) compareValues(files);
  if (units > 3e5) measure(files);
}

/** Lets terraform judge all texts at once, and compares. */
function compareAcceptance(what, files) {
  const rejected = findRejected(files);
  let agreed = 0;
  const counts = new Map();
  files.forEach((file, index) => {
    const { problems } = parseTerraform(file.text);
    if ((problems.length === 0) === !rejected.has(index)) agreed++;
    else if (list) console.log(`  ${file.path}: ${problems[0]?.message ?? 'no problem found'}\n${file.edit ?? ''}`);
    if (problems.length > 0) counts.set(problems.length, (counts.get(problems.length) ?? 0) + 1);
  });
  const several = [...counts].filter(([count]) => count > 1).reduce((sum, [, number]) => sum + number, 0);
  console.log(
    `  ${what}: ${agreed}/${files.length} judged as by terraform (${percent(agreed, files.length)}), ` +
      `${files.length - rejected.size} accepted, ${rejected.size} rejected, ${several} with more than one problem`,
  );
}

function findRejected(files) {
  const folder = mkdtempSync(join(tmpdir(), 'terraform-parse-'));
  try {
    files.forEach(({ text }, index) => {
      writeFileSync(join(folder, `text${index}.tf`), text);
    });
    const { stderr, error, status } = spawnSync('terraform', ['fmt', '-check', '-list=false', '-no-color', '.'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    });
    if (error) throw error;
    const rejected = new Set(
      Array.from(stderr.matchAll(/^\W*on text(\d+)\.tf line \d+/gm), (match) => Number(match[1])),
    );
    if (status === 2 && rejected.size === 0) throw new Error(`terraform fmt failed: ${stderr}`);
    return rejected;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function makeMutants(files) {
  const inserts = [
    ...[
      '{',
      '}',
      '[',
      ']',
      '(',
      ')',
      '"',
      ',',
      '.',
      '=',
      ':',
      '?',
      '\n',
      ' ',
      '${',
      '%{',
      '~',
      '#',
      '/*',
      '*/',
      '//',
      '*',
    ],
    ...[
      '-',
      '!',
      '&&',
      '||',
      '==',
      '=>',
      '...',
      '::',
      '<<EOT\n',
      'EOT\n',
      'for',
      'if',
      'in',
      'true',
      '1',
      '1.5',
      '.0',
      'a',
    ],
    ...[
      '\\',
      "'",
      ';',
      '`',
      '$',
      '%',
      '%{ if x }',
      '%{ endif }',
      '%{ else }',
      '<',
      '>',
      '\r',
      '\t',
      '\r\n',
      'é',
      '😀',
      '[*]',
    ],
    ...[
      '.*',
      'f(',
      '"x"',
      '{ a = 1 }',
      '|',
      '&',
      '^',
      '@',
      '\u0000',
      '\u00a0',
      '“',
      '$${',
      '~}',
      '${~',
      '<<-A\n  x\n  A\n',
    ],
  ];
  const random = createRandom(Number(options.get('seed') ?? 1));
  const pick = (items) => items[Math.floor(random() * items.length)];
  const candidates = files.filter(({ text }) => text.length > 10 && text.length < 20_000);
  const made = [];
  while (made.length < mutants && candidates.length > 0) {
    const { path, text } = pick(candidates);
    const tokens = Array.from(text.matchAll(/[A-Za-z_][\w-]*|\d+(?:\.\d+)?|\s+|[^\sA-Za-z_\d]/gu));
    const token = random() < 0.5 ? pick(tokens) : undefined;
    const start = token?.index ?? Math.floor(random() * text.length);
    const change = pick(['delete', 'insert', 'replace']);
    const end = change === 'insert' ? start : start + (token?.[0].length ?? 1);
    const insert = change === 'delete' ? '' : pick(inserts);
    const mutant = text.slice(0, start) + insert + text.slice(end);
    // Half of a surrogate pair can't be written as UTF-8.
    if (mutant.isWellFormed?.() === false) continue;
    made.push({ path, text: mutant, edit: mutant.slice(Math.max(0, start - 60), start + insert.length + 60) });
  }
  return made;
}

/** A generator of numbers in [0, 1) that a seed determines (mulberry32). */
function createRandom(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function compareValues(files) {
  let compared = 0;
  let same = 0;
  for (const file of files) {
    const tree = parseTerraform(file.text);
    if (tree.problems.length > 0) continue;
    const [theirs, error] = hcl2.parseToObject(file.text);
    if (error !== null) continue;
    compared++;
    if (isDeepStrictEqual(plain(theirs), plain(toValueTree(tree)))) same++;
    else if (list) console.log(`  values differ: ${file.path}`);
  }
  console.log(`  values: ${same}/${compared} as hcl2-parser has them (${percent(same, compared)})`);
}

function plain(value) {
  return JSON.parse(JSON.stringify(value));
}

function measure(files) {
  const bytes = files.reduce((sum, file) => sum + Buffer.byteLength(file.text), 0);
  const times = [];
  for (let pass = 0; pass < 12; pass++) {
    const start = performance.now();
    for (const file of files) parseTerraform(file.text);
    times.push(performance.now() - start);
  }
  const warm = times.slice(4).sort((a, b) => a - b);
  const rate = (time) => (bytes / time / 1e3).toFixed(1);
  console.log(
    `  warm: best ${rate(warm[0])} MB/s, median ${rate(warm[warm.length >> 1])} MB/s (first pass ${rate(times[0])})`,
  );
}

function findFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(tf|tfvars|hcl)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

function percent(part, whole) {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)} %`;
}
