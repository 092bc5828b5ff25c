// Judges Bicep files and the ARM templates that the Bicep compiler made of them, and says where the two differ:
//
//   node scripts/corpora/bicep-and-arm.mjs [--list] [--strict] [--values] [--only <part of a path>] [<folder>…]
//
// A pair is an `x.bicep` with an `x.json` or `x.symbolicnames.json` beside it. Both are judged alone, by every rule; what
// counts is how often each rule is broken by each type of resource. `--strict` also counts the resources of each type, what
// may be broken and what is undetermined, `--values` what every property of every resource is. Pairs that reach a registry
// module (`br/…`, `br:…`, `ts:…`) are counted apart and up to those modules: the template holds their text, the Bicep file only
// their names. Every other template below the folders is resolved and judged too: none may throw, and the slowest are named.
// Without folders, those of DEMARC_CORPORA are taken. `--list` names every difference.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadEngine } from '../load-engine.mjs';

const arguments_ = process.argv.slice(2);
const list = arguments_.includes('--list');
const strict = arguments_.includes('--strict');
const values = arguments_.includes('--values');
const onlyAt = arguments_.indexOf('--only');
const only = onlyAt < 0 ? '' : (arguments_[onlyAt + 1] ?? '');
const given = arguments_.filter((each, index) => !each.startsWith('--') && (onlyAt < 0 || index !== onlyAt + 1));
const corpora = process.env.DEMARC_CORPORA;
const folders = given.length > 0 ? given : corpora === undefined ? [] : [join(corpora, 'brm'), join(corpora, 'bicep')];
if (folders.length === 0) {
  console.error('Name a folder, or set DEMARC_CORPORA.');
  process.exit(2);
}

const repository = resolve(import.meta.dirname, '../..');
const engine = await loadEngine(
  'engine/analysis/analysis.ts',
  'engine/check/run.ts',
  'engine/estate/context.ts',
  'engine/languages/arm/files.ts',
  'engine/languages/arm/resolve.ts',
  'engine/languages/bicep/files.ts',
  'engine/languages/bicep/resolve.ts',
  'engine/languages/arm/template-kind.ts',
  'engine/check/compile-all.ts',
  'engine/text/uri.ts',
);
const { readRuleDocuments } = await import('../rule-documents.mjs');
const { checks, lens } = engine.compileDocuments(readRuleDocuments(repository));

const texts = new Map();
const snapshot = {
  file: (uri) => {
    let state = texts.get(uri);
    if (state === undefined) {
      try {
        state = { kind: 'text', text: readFileSync(new URL(uri), 'utf8') };
      } catch {
        state = { kind: 'absent' };
      }
      texts.set(uri, state);
    }
    return state;
  },
  list: () => ({ kind: 'absent' }),
};

function uriOf(path) {
  return engine.normaliseUri(pathToFileURL(path).href);
}

function add(counts, name, number = 1) {
  // The compiler writes types in the case that Azure has.
  const key = name.toLowerCase();
  counts.set(key, (counts.get(key) ?? 0) + number);
}

/** What a file deploys, and the Bicep files that lead there. */
function estateOf(path) {
  const arm = new engine.ArmFiles();
  const bicep = new engine.BicepFiles();
  const context = {
    snapshot,
    budget: engine.defaultBudget,
    foreign: (call, caller) => engine.resolveForeignTemplate(call, caller, arm),
    depend: () => undefined,
  };
  const isBicep = path.endsWith('.bicep');
  const root = { language: isBicep ? 'bicep' : 'arm', uri: uriOf(path), parameterFiles: [] };
  const estate = isBicep ? engine.resolveBicep(root, context, bicep) : engine.resolveTemplate(root, context, arm);
  const sourceOf = (uri) => bicep.get(uri, context);
  return { estate, sourceOf };
}

/** What the findings don't say: every resource and its values, and every rule that could not be decided. */
function addEstate(counts, path, rules) {
  const { estate } = estateOf(path);
  for (const resource of estate.resources) {
    // What a nested template brings is a resource in ARM; in Bicep the deployment is, as nothing follows it there.
    if (resource.existing || /^Microsoft.Resources\/deployments$/i.test(resource.type)) continue;
    add(counts, `resource ${resource.type}`);
    if (values) addValues(counts, resource);
  }
  for (const { atRoot } of estate.outputs) if (atRoot) add(counts, 'output');
  const { findings: found, undetermined } = engine.checkEstate(estate, rules, {});
  for (const { rule, verdict, subject } of found) {
    if (verdict === 'may-fail') add(counts, `may ${rule.id} on ${subject.resource?.type ?? 'output'}`);
  }
  for (const { rule, subject } of undetermined) add(counts, `? ${rule.id} on ${subject.resource?.type ?? 'output'}`);
}

/** The differences of a pair that reaches registry modules, what those bring left out on both sides. */
function differencesBefore(source, path, rules) {
  const { estate: bicep, sourceOf } = estateOf(source);
  const modules = new Set();
  for (const { uri, start } of bicep.unresolved) {
    const facts = sourceOf(uri)?.symbols.modules.find(({ referencePlace }) => referencePlace.start === start);
    if (facts !== undefined) modules.add(facts.name);
  }
  const countsOf = (estate) => {
    const counts = new Map();
    for (const { rule, verdict, subject } of engine.checkEstate(estate, rules, { complete: false }).findings) {
      const calls = subject.kind === 'output' ? (subject.output.atRoot ? [] : undefined) : subject.resource.calls;
      if (verdict !== 'fail' || calls === undefined || calls.some(({ name }) => modules.has(name))) continue;
      add(counts, `${rule.id} on ${subject.resource?.type ?? 'output'}`);
    }
    return counts;
  };
  return differences(countsOf(bicep), countsOf(estateOf(path).estate));
}

/** As much of a value as is printed: some are choices of choices of objects. */
const maximumParts = 3_000;

/** The values of a resource, those of which nothing is known but their reason too. */
function addValues(counts, { type, names, body }) {
  const print = (value) => {
    let left = maximumParts;
    const shown = (each) => (--left < 0 ? '#' : (each.secret ? '!' : '') + plain(each));
    const plain = (each) => {
      switch (each.kind) {
        case 'absent':
          return 'null';
        case 'scalar':
          return JSON.stringify(each.value);
        case 'text':
          return `"${each.parts.map((part) => (typeof part === 'string' ? part : `\${${shown(part)}}`)).join('')}"`;
        case 'object': {
          const members = [...each.keys()].sort().map((key) => [key, shown(each.get(key))]);
          const written = members.filter(([, member]) => member !== 'null').map(([key, member]) => `${key}: ${member}`);
          return `{${written.join(', ')}${each.open === undefined ? '' : ', …'}}`;
        }
        case 'array':
          return `[${each.items.map(shown).join(', ')}${each.open === undefined ? '' : ', …'}]`;
        case 'choice':
          return `(${each.options.map(shown).sort().join(' | ')})`;
        case 'reference': {
          const target = each.target.kind === 'id' ? each.target.id : each.target.resource;
          return `->${target.type}(${target.names.map(shown).join(', ')}).${each.path.join('.')}`;
        }
        case 'unknown':
          return `?${each.reason}`;
      }
    };
    return shown(value);
  };
  add(counts, `${type} named ${names.map(print).join(' / ')}`);
  // A child is named by its last segment in one language and in full in the other.
  for (const key of body.kind === 'object' ? body.keys() : [])
    if (key.toLowerCase() !== 'name') add(counts, `${type} ${key}: ${print(body.get(key))}`);
}

/** A fresh linter for each file: the memory of a whole collection would be too much. */
function judge(path) {
  const analysis = new engine.Analysis(checks, () => lens);
  texts.clear();
  const started = performance.now();
  const request = {
    snapshot,
    files: [uriOf(path)],
    folder: 'file:///',
    profile: 'all',
    rules: [],
    today: '2026-01-01',
  };
  const result = analysis.lint(request);
  const milliseconds = performance.now() - started;
  const counts = new Map();
  for (const finding of result.findings) {
    if (finding.verdict !== 'fail') continue;
    add(counts, `${finding.rule} on ${finding.resource.type}`, Math.max(1, finding.instances.length));
  }
  if (strict || values) addEstate(counts, path, analysis.rules);
  const remote = result.notices.some(
    ({ code: kind, message }) => kind === 'demarc/module' && /'(br|ts)[:/]/.test(message),
  );
  const errors = result.notices.filter(({ level }) => level === 'error').map(({ message }) => message);
  return { counts, milliseconds, remote, errors, rules: analysis.rules };
}

function differences(bicep, arm) {
  const keys = [...new Set([...bicep.keys(), ...arm.keys()])].sort();
  return keys
    .filter((key) => bicep.get(key) !== arm.get(key))
    .map((key) => `${key}: bicep ${bicep.get(key) ?? 0}, arm ${arm.get(key) ?? 0}`);
}

function* filesBelow(folder) {
  for (const name of readdirSync(folder).sort()) {
    if (name === '.git' || name === 'node_modules') continue;
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

const kinds = { plain: { equal: 0, all: 0 }, remote: { equal: 0, all: 0 } };
const times = [];
let findings = 0;
let failures = 0;
let templates = 0;
for (const folder of folders) {
  const files = [...filesBelow(resolve(folder))].filter((path) => path.includes(only));
  const known = new Set(files);
  for (const path of files) {
    if (!path.endsWith('.json')) continue;
    const text = readFileSync(path, 'utf8');
    if (engine.templateKindOf(text).kind !== 'template') continue;
    templates++;
    const source = path.replace(/(\.symbolicnames)?\.json$/, '.bicep');
    try {
      const arm = judge(path);
      for (const count of arm.counts.values()) findings += count;
      times.push({ path, milliseconds: arm.milliseconds, length: text.length });
      if (!known.has(source)) continue;
      const bicep = judge(source);
      const kind = kinds[bicep.remote ? 'remote' : 'plain'];
      kind.all++;
      const different = bicep.remote
        ? differencesBefore(source, path, bicep.rules)
        : differences(bicep.counts, arm.counts);
      if (different.length === 0) kind.equal++;
      else if (list) console.log(`${path}\n  ${different.join('\n  ')}`);
      if (list) for (const error of arm.errors) console.log(`${path}\n  ! ${error}`);
    } catch (error) {
      failures++;
      console.log(`${path}\n  ${error.stack}`);
    }
  }
}
const share = ({ equal, all }) => `${equal} of ${all} (${all === 0 ? 100 : ((100 * equal) / all).toFixed(1)} %)`;
console.log(`templates ${templates}, findings ${findings}, exceptions ${failures}`);
console.log(`pairs equal ${share(kinds.plain)}; with registry modules, up to those ${share(kinds.remote)}`);
times.sort((a, b) => b.milliseconds - a.milliseconds);
for (const { path, milliseconds, length } of times.slice(0, 5))
  console.log(`${milliseconds.toFixed(0)} ms for ${(length / 1000).toFixed(0)} kB: ${path}`);
