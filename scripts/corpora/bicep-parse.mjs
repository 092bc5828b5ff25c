// Parses whole folders of Bicep files and says how that went, for checking against large public collections:
//
//   node scripts/corpora/bicep-parse.mjs [--crlf] [--list] <folder>…
//
// Per folder: how many files have problems, and how fast the parser is when warm. Beside a file `x.bicep` there may be
// `x.diagnostics.bicep` and `x.syntax.bicep`, the baselines of the Bicep compiler's own samples. Against the first it
// counts lines with a syntax error, against the second the spans of nodes. `--crlf` switches all line endings first,
// `--list` names every difference.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

/** Diagnostics that the compiler's lexer and parser raise, and BCP132 (a decorator without declaration). */
const syntaxCodes = new Set(
  [
    ...[
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 64, 68, 87, 96, 97, 103, 117,
    ],
    ...[118, 123, 132, 133, 136, 140, 162, 167, 201, 202, 226, 236, 237, 238, 243, 249, 257, 266, 279, 300, 305, 317],
    ...[322, 325, 337, 344, 346, 347, 354, 355, 356, 375, 404, 436],
  ].map((code) => `BCP${String(code).padStart(3, '0')}`),
);

/** The compiler's names of nodes, and ours. */
const nodeKinds = {
  ResourceDeclarationSyntax: 'resource',
  ModuleDeclarationSyntax: 'module',
  ParameterDeclarationSyntax: 'param',
  ParameterAssignmentSyntax: 'assignment',
  VariableDeclarationSyntax: 'var',
  OutputDeclarationSyntax: 'output',
  TypeDeclarationSyntax: 'type',
  FunctionDeclarationSyntax: 'func',
  MetadataDeclarationSyntax: 'metadata',
  AssertDeclarationSyntax: 'assert',
  TestDeclarationSyntax: 'test',
  TargetScopeSyntax: 'targetScope',
  CompileTimeImportDeclarationSyntax: 'import',
  ExtensionDeclarationSyntax: 'extension',
  UsingDeclarationSyntax: 'using',
  ExtendsDeclarationSyntax: 'extends',
  DecoratorSyntax: 'decorator',
  ObjectPropertySyntax: 'property',
  ObjectSyntax: 'object',
  ArraySyntax: 'array',
  SpreadExpressionSyntax: 'spread',
  ForSyntax: 'for',
  IfConditionSyntax: 'if',
  StringSyntax: 'string',
  StringTypeLiteralSyntax: 'string',
  IntegerLiteralSyntax: 'integer',
  IntegerTypeLiteralSyntax: 'integer',
  BooleanLiteralSyntax: 'boolean',
  BooleanTypeLiteralSyntax: 'boolean',
  VariableAccessSyntax: 'variable',
  FunctionCallSyntax: 'call',
  InstanceFunctionCallSyntax: 'methodCall',
  PropertyAccessSyntax: 'member',
  ArrayAccessSyntax: 'index',
  ResourceAccessSyntax: 'nested',
  NonNullAssertionSyntax: 'nonNull',
  UnaryOperationSyntax: 'unary',
  BinaryOperationSyntax: 'binary',
  TernaryOperationSyntax: 'ternary',
  LambdaSyntax: 'lambda',
  ParenthesizedExpressionSyntax: 'parenthesized',
  TypeVariableAccessSyntax: 'typeName',
  TypePropertyAccessSyntax: 'typeMember',
  TypeArrayAccessSyntax: 'typeIndex',
  TypeItemsAccessSyntax: 'typeItems',
  TypeAdditionalPropertiesAccessSyntax: 'typeRest',
  ArrayTypeSyntax: 'arrayType',
  NullableTypeSyntax: 'nullableType',
  NonNullableTypeSyntax: 'nonNullType',
  UnionTypeSyntax: 'unionType',
  TupleTypeSyntax: 'tupleType',
  TupleTypeItemSyntax: 'tupleItem',
  ObjectTypeSyntax: 'objectType',
  ObjectTypePropertySyntax: 'typeProperty',
  ObjectTypeAdditionalPropertiesSyntax: 'typeProperty',
  ParenthesizedTypeSyntax: 'parenthesizedType',
  UnaryTypeOperationSyntax: 'negatedType',
  ParameterizedTypeInstantiationSyntax: 'typeInstance',
  InstanceParameterizedTypeInstantiationSyntax: 'typeInstance',
};
const ourKinds = new Set(Object.values(nodeKinds));
const baseline = /\.(diagnostics|syntax|tokens|symbols|formatted|sourcemap|ir|combined)\.(bicep|bicepparam)$/;

const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'));
const folders = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const crlf = options.includes('--crlf');
const list = options.includes('--list');
if (folders.length === 0) {
  console.error('usage: node scripts/corpora/bicep-parse.mjs [--crlf] [--list] <folder>…');
  process.exit(2);
}

const { parseBicep, walk } = await loadParser();
for (const folder of folders) checkFolder(folder);

async function loadParser() {
  const contents = `
    export { parseBicep } from './engine/languages/bicep/parser.ts';
    export { walk } from './engine/languages/bicep/children.ts';`;
  const root = resolve(import.meta.dirname, '../..');
  const bundle = await build({ stdin: { contents, resolveDir: root }, bundle: true, write: false, format: 'esm' });
  return import(`data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0].contents).toString('base64')}`);
}

function checkFolder(folder) {
  const files = findFiles(folder)
    .filter((path) => /\.bicep(param)?$/.test(path) && !baseline.test(path))
    .map((path) => ({ path, language: path.endsWith('param') ? 'bicepparam' : 'bicep', text: read(path) }));
  const units = files.reduce((sum, file) => sum + file.text.length, 0);
  console.log(`${folder}: ${files.length} files, ${(units / 1e6).toFixed(2)} million characters`);
  checkProblems(files);
  checkLines(files);
  if (!crlf) checkSpans(files);
  if (units > 1e6) measure(files, units);
}

function checkProblems(files) {
  let withProblems = 0;
  for (const file of files) {
    const { problems } = parseBicep(file.text, file.language);
    if (problems.length === 0) continue;
    withProblems++;
    if (list) {
      for (const { start, message } of problems) {
        const line = lineOf(file.text, start);
        console.log(`  ${file.path}:${line + 1}: ${message}  |${file.text.split(/\r\n|\r|\n/)[line]}|`);
      }
    }
  }
  console.log(`  files with problems: ${withProblems}`);
}

function checkLines(files) {
  const total = { valid: counts(), invalid: counts() };
  for (const file of files) {
    const annotated = annotations(file.path, 'diagnostics');
    if (annotated === undefined) continue;
    const expected = new Set();
    for (const { line, text } of annotated) {
      const code = /\[(BCP\d+) \(Error\)\]/.exec(text)?.[1];
      if (code !== undefined && syntaxCodes.has(code)) expected.add(line);
    }
    const found = new Map();
    for (const { start, message } of parseBicep(file.text, file.language).problems) {
      found.set(lineOf(file.text, start), message);
    }
    const lines = file.text.split(/\r\n|\r|\n/);
    const sum = expected.size > 0 ? total.invalid : total.valid;
    sum.files++;
    for (let line = 0; line < lines.length; line++) {
      if (expected.has(line)) sum.withError++;
      else sum.without++;
      if (expected.has(line) && !found.has(line)) {
        sum.missed++;
        if (list) console.log(`  missed ${file.path}:${line + 1} |${lines[line]}|`);
      }
      if (!expected.has(line) && found.has(line)) {
        sum.extra++;
        if (list) console.log(`  extra ${file.path}:${line + 1} |${lines[line]}| ${found.get(line)}`);
      }
    }
  }
  for (const [name, sum] of Object.entries(total)) {
    if (sum.files === 0) continue;
    const hit = sum.withError - sum.missed;
    console.log(
      `  ${name === 'valid' ? 'without' : 'with'} syntax errors by the compiler: ${sum.files} files, ` +
        `lines found ${hit}/${sum.withError} (${percent(hit, sum.withError)}), ` +
        `lines too many ${sum.extra}/${sum.without} (${percent(sum.extra, sum.without)})`,
    );
  }
}

function checkSpans(files) {
  let nodes = 0;
  let missed = 0;
  let extra = 0;
  for (const file of files) {
    const annotated = annotations(file.path, 'syntax');
    if (annotated === undefined) continue;
    const tree = parseBicep(file.text, file.language);
    if (tree.problems.length > 0) continue;
    const starts = lineStarts(file.text);
    const expected = new Map();
    for (const { line, text } of annotated) {
      const match = /^\/\/@\[(\d+):(\d+)\) [ ├└─|]*(\w+)/u.exec(text);
      const kind = match ? nodeKinds[match[3]] : undefined;
      if (kind === undefined) continue;
      const key = `${kind} ${starts[line] + Number(match[1])} ${starts[line] + Number(match[2])}`;
      expected.set(key, (expected.get(key) ?? 0) + 1);
    }
    const actual = new Map();
    walk(tree, (node) => {
      if (!ourKinds.has(node.kind)) return;
      const key = `${node.kind} ${node.start} ${node.end}`;
      actual.set(key, (actual.get(key) ?? 0) + 1);
    });
    for (const [key, count] of expected) {
      nodes += count;
      const lacking = count - (actual.get(key) ?? 0);
      if (lacking > 0) missed += lacking;
      if (lacking > 0 && list)
        console.log(`  node missed in ${file.path}:${lineOf(file.text, key.split(' ')[1]) + 1}: ${key}`);
    }
    for (const [key, count] of actual) {
      const surplus = count - (expected.get(key) ?? 0);
      if (surplus > 0) extra += surplus;
      if (surplus > 0 && list)
        console.log(`  node extra in ${file.path}:${lineOf(file.text, key.split(' ')[1]) + 1}: ${key}`);
    }
  }
  if (nodes > 0) console.log(`  spans: ${nodes} nodes, missed ${missed}, too many ${extra}`);
}

function measure(files, units) {
  const bytes = files.reduce((sum, file) => sum + Buffer.byteLength(file.text), 0);
  const times = [];
  for (let pass = 0; pass < 8; pass++) {
    const start = performance.now();
    for (const file of files) parseBicep(file.text, file.language);
    times.push(performance.now() - start);
  }
  const best = Math.min(...times.slice(3));
  const median = times.slice(3).sort((a, b) => a - b)[2];
  console.log(
    `  warm: best ${(bytes / best / 1e3).toFixed(1)} MB/s, median ${(bytes / median / 1e3).toFixed(1)} MB/s` +
      ` (first pass ${(bytes / times[0] / 1e3).toFixed(1)}), ${units} characters in ${best.toFixed(0)} ms`,
  );
}

/** Lines `//@[…` of a baseline, each with the 0-based line of the source that it stands behind. */
function annotations(path, kind) {
  const annotated = path.replace(/\.(bicep|bicepparam)$/, `.${kind}.$1`);
  if (!statSync(annotated, { throwIfNoEntry: false })) return undefined;
  const found = [];
  let line = -1;
  for (const text of read(annotated).split(/\r\n|\r|\n/)) {
    if (text.startsWith('//@[')) found.push({ line: Math.max(line, 0), text });
    else line++;
  }
  return found;
}

function read(path) {
  const text = readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  return crlf ? text.replace(/\r?\n/g, '\r\n') : text;
}

function findFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function lineStarts(text) {
  return [0, ...Array.from(text.matchAll(/\r\n|\r|\n/g), (match) => match.index + match[0].length)];
}

function lineOf(text, offset) {
  return lineStarts(text.slice(0, Number(offset))).length - 1;
}

function counts() {
  return { files: 0, withError: 0, without: 0, missed: 0, extra: 0 };
}

function percent(part, whole) {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)} %`;
}
