// Measures how fast Demarc is, always beside a floor that is measured in the same run, and prints one table:
//
//   npm run bench [-- FOLDER] [-- --runs=5]
//
// Without a folder, the library of Bicep modules in DEMARC_CORPORA is linted, and where there is none a tree that is
// generated, the same one every time. docs/speed.md says what the figures mean.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { estateText, resourcesPerWorkload } from './bench/estate.mjs';
import { armTemplate, bicepModule, randomFrom, terraformFile, writeTree } from './bench/generate.mjs';
import { median, timeOfNode, timeWhenWarm } from './bench/measure.mjs';
import { loadEngine } from './load-engine.mjs';

const repository = resolve(import.meta.dirname, '..');
const command = join(repository, 'dist/demarc.cjs');
const named = process.argv.slice(2).find((each) => !each.startsWith('--'));
const runs = Number(process.argv.find((each) => each.startsWith('--runs='))?.slice('--runs='.length) ?? 5);
const seed = 20260101;
const corpora = process.env.DEMARC_CORPORA;
const rows = [];

const milliseconds = (time) => `${time < 10 ? time.toFixed(1) : Math.round(time)} ms`;
const row = (what, figure, floor, ratio, bar) => rows.push([what, figure, floor, ratio, bar]);

async function withTree(work) {
  const library = named ?? (corpora === undefined ? undefined : join(corpora, 'brm'));
  if (library !== undefined && existsSync(library))
    return work(library, named === undefined ? 'module library' : named);
  const folder = mkdtempSync(join(tmpdir(), 'demarc-bench-'));
  try {
    writeTree(folder, 200, seed);
    return await work(folder, 'generated tree');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Lint and floor in turn, so that a machine that is busy for a while is so for both. */
function benchTree(folder, name) {
  const floors = [];
  const lints = [];
  let total = { files: 0, characters: 0 };
  for (let run = 0; run < runs; run++) {
    const { stdout } = spawnSync(process.execPath, [join(repository, 'scripts/bench/floor.mjs'), folder, '4'], {
      encoding: 'utf8',
    });
    const { times, ...seen } = JSON.parse(stdout);
    total = seen;
    floors.push(median(times.slice(1)));
    lints.push(timeOfNode([command, 'lint', '.', '--format', 'json', '--fail-on', 'none'], { cwd: folder }));
  }
  const ratios = lints.map((time, run) => time / floors[run]);
  const size = `${total.files} files, ${(total.characters / 1e6).toFixed(0)} MB`;
  row(
    `lint of a whole tree (${name}: ${size})`,
    milliseconds(median(lints)),
    `${milliseconds(median(floors))} list and read`,
    `${median(ratios).toFixed(1)} ×`,
    '≤ 6 ×',
  );
}

function textsBelow(folder, ending, limit) {
  const texts = [];
  let size = 0;
  const walk = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const below = join(path, entry.name);
      if (entry.isDirectory()) walk(below);
      else if (entry.name.endsWith(ending) && size < limit) {
        texts.push(readFileSync(below, 'utf8'));
        size += texts.at(-1).length;
      }
    }
  };
  walk(folder);
  return texts;
}

async function benchParsers(folder) {
  const { parseBicep } = await loadEngine('engine/languages/bicep/parser.ts');
  const { parseTerraform } = await loadEngine('engine/languages/terraform/parser.ts');
  const { parseJson } = await loadEngine('engine/text/json.ts');
  const examples = corpora === undefined ? folder : join(corpora, 'azurerm');
  const languages = [
    ['Bicep', (text) => parseBicep(text, 'bicep'), folder, '.bicep', bicepModule],
    ['Terraform', parseTerraform, existsSync(examples) ? examples : folder, '.tf', terraformFile],
    ['ARM', parseJson, folder, '.json', armTemplate],
  ];
  for (const [language, parse, from, ending, generate] of languages) {
    const found = textsBelow(from, ending, 12e6);
    const texts = found.length > 0 ? found : [generate(10_000, randomFrom(seed))];
    const size = texts.reduce((sum, text) => sum + text.length, 0);
    const time = timeWhenWarm(() => {
      for (const text of texts) parse(text);
    });
    const speed = size / 1e6 / (time / 1000);
    const what = `parse ${language}, one thread, warm (${(size / 1e6).toFixed(1)} MB)`;
    row(what, `${speed.toFixed(0)} MB/s`, '', '', '≥ 25 MB/s');
  }
  for (const [language, parse, , , generate] of languages) {
    const text = generate(10_000, randomFrom(seed));
    const lines = text.split('\n').length;
    const time = timeWhenWarm(() => parse(text), { warmUp: 10, runs: 15 });
    row(`parse ${lines} lines of ${language} again`, milliseconds(time), '', '', '≤ 15 ms');
  }
}

function benchCold() {
  const file = join(repository, 'examples/bicep/main.bicep');
  const nothing = [];
  const lints = [];
  for (let run = 0; run < Math.max(15, runs); run++) {
    nothing.push(timeOfNode(['-e', '0']));
    lints.push(timeOfNode([command, 'lint', file, '--fail-on', 'none']));
  }
  const ratio = median(lints) / median(nothing);
  row(
    'lint of one file, cold',
    milliseconds(median(lints)),
    `${milliseconds(median(nothing))} node -e 0`,
    `${ratio.toFixed(1)} ×`,
    '≤ 3 ×',
  );
}

/** What a keystroke costs the server besides the protocol: one of fifty roots has changed. */
async function benchKeystroke() {
  const { Analysis } = await loadEngine('engine/analysis/analysis.ts');
  const json = (name) => JSON.parse(readFileSync(join(repository, 'dist', name), 'utf8'));
  const analysis = new Analysis(json('checks.json'), () => json('lens.json'));
  const random = randomFrom(seed);
  const texts = new Map();
  for (let index = 0; index < 50; index++) texts.set(`file:///bench/${index}.bicep`, bicepModule(300, random));
  const snapshot = {
    file: (uri) => (texts.has(uri) ? { kind: 'text', text: texts.get(uri) } : { kind: 'absent' }),
    list: () => ({ kind: 'absent' }),
  };
  const files = [...texts.keys()];
  const edited = files[0];
  const lint = () =>
    analysis.lint({ snapshot, files, folder: 'file:///bench/', profile: 'all', rules: [], today: '2026-01-01' });
  lint();
  const time = timeWhenWarm(
    () => {
      texts.set(edited, `${texts.get(edited)}\n`);
      lint();
    },
    { warmUp: 10, runs: 15 },
  );
  row('judge again after a keystroke, 50 files of 300 lines open', milliseconds(time), '', '', '');
}

/** All rules against one estate of many types, anew each time: values are evaluated when a rule asks for them. */
async function benchRules() {
  const engine = await loadEngine(
    'engine/check/pattern.ts',
    'engine/check/rule-set.ts',
    'engine/check/run.ts',
    'engine/estate/context.ts',
    'engine/languages/bicep/files.ts',
    'engine/languages/bicep/resolve.ts',
  );
  const data = JSON.parse(readFileSync(join(repository, 'dist/checks.json'), 'utf8'));
  const rules = engine.makeRuleSet([{ rules: data.rules, matches: engine.builtInMatcher }], data.facts);
  const uri = 'file:///bench/main.bicep';
  const checkTime = (resources) => {
    const text = estateText(resources / resourcesPerWorkload, randomFrom(seed));
    const snapshot = {
      file: (asked) => (asked === uri ? { kind: 'text', text } : { kind: 'absent' }),
      list: () => ({ kind: 'absent' }),
    };
    const context = { snapshot, budget: engine.defaultBudget, foreign: () => undefined, depend: () => undefined };
    const files = new engine.BicepFiles();
    const times = [];
    const cpu = [];
    for (let run = 0; run < 15; run++) {
      const estate = engine.resolveBicep({ language: 'bicep', uri, parameterFiles: [] }, context, files);
      const used = process.cpuUsage();
      const began = performance.now();
      engine.checkEstate(estate, rules);
      times.push(performance.now() - began);
      cpu.push(process.cpuUsage(used).user / 1000);
      if (estate.resources.length !== resources) throw new Error(`${estate.resources.length} resources.`);
    }
    return { time: median(times.slice(5)), user: median(cpu.slice(5)) };
  };
  const half = checkTime(1000);
  const whole = checkTime(2000);
  const what = `all ${data.rules.length} rules against 2,000 resources, one thread, warm`;
  row(what, `${milliseconds(whole.time)} (user ${milliseconds(whole.user)})`, '', '', '≤ 150 ms');
  const growth = whole.time / half.time;
  row('the same, against that of 1,000 resources', '', milliseconds(half.time), `${growth.toFixed(1)} ×`, '≤ 2.2 ×');
}

function printTable() {
  const table = [['', 'figure', 'floor', 'ratio', 'bar'], ...rows];
  const widths = table[0].map((_, column) => Math.max(...table.map((cells) => cells[column].length)));
  for (const cells of table)
    console.log(
      cells
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
}

if (!existsSync(command)) {
  console.error("There is no dist/demarc.cjs: run 'npm run build' first.");
  process.exit(2);
}
await withTree(async (folder, name) => {
  benchTree(folder, name);
  await benchParsers(folder);
});
benchCold();
await benchKeystroke();
await benchRules();
printTable();
