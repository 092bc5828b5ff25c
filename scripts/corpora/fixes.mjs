// Makes the fix of each finding by itself, and says what came of it:
//
//   node scripts/corpora/fixes.mjs [--list] [--only <part of a path>] [<folder>…]
//
// Each Bicep file, template and Terraform folder below the folders is judged alone by every rule. A fix counts as made when
// the text can be read as before, the finding is gone and no other finding has come (findings of a newer API version, where
// the fix raises it, are counted apart). Then all fixes of a root that ask nothing are made at once, and none of their findings
// may be left. Without folders, those of DEMARC_CORPORA are taken. `--list` names everything that went wrong.
// Exits 1 when a made fix was not good; a refusal is no fault.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadEngine } from '../load-engine.mjs';

const arguments_ = process.argv.slice(2);
const list = arguments_.includes('--list');
const onlyAt = arguments_.indexOf('--only');
const only = onlyAt < 0 ? '' : (arguments_[onlyAt + 1] ?? '');
const given = arguments_.filter((each, index) => !each.startsWith('--') && (onlyAt < 0 || index !== onlyAt + 1));
const corpora = process.env.DEMARC_CORPORA;
const folders = given.length > 0 ? given : corpora === undefined ? [] : [corpora];
if (folders.length === 0) {
  console.error('Name a folder, or set DEMARC_CORPORA.');
  process.exit(2);
}

const repository = resolve(import.meta.dirname, '../..');
const engine = await loadEngine(
  'engine/analysis/analysis.ts',
  'engine/analysis/apply-fix.ts',
  'engine/analysis/fix-all.ts',
  'engine/analysis/file-kinds.ts',
  'engine/check/compile-all.ts',
  'engine/text/edit.ts',
  'engine/text/uri.ts',
);
const { readRuleDocuments } = await import('../rule-documents.mjs');
const { checks, lens } = engine.compileDocuments(readRuleDocuments(repository));
const analysis = new engine.Analysis(checks, () => lens);

const texts = new Map();
function textOf(uri) {
  if (!texts.has(uri)) {
    try {
      texts.set(uri, readFileSync(new URL(uri), 'utf8'));
    } catch {
      texts.set(uri, undefined);
    }
  }
  return texts.get(uri);
}

/** The files on the disk, some with other texts. */
function snapshotOf(changed) {
  return {
    file: (uri) => {
      const text = changed.get(uri) ?? textOf(uri);
      return text === undefined ? { kind: 'absent' } : { kind: 'text', text };
    },
    list: (uri) => {
      try {
        const entries = readdirSync(new URL(uri), { withFileTypes: true });
        const names = (wanted) => entries.filter(wanted).map(({ name }) => name);
        return { kind: 'entries', files: names((each) => each.isFile()), folders: names((each) => each.isDirectory()) };
      } catch {
        return { kind: 'absent' };
      }
    },
  };
}

function judge(files, folder, snapshot) {
  const result = analysis.lint({ snapshot, files, folder, profile: 'all', rules: [], today: '2026-01-01' });
  const errors = result.notices.filter(({ level }) => level === 'error').length;
  return { result, errors, fails: result.findings.filter(({ verdict }) => verdict === 'fail') };
}

function nameOf({ rule, resource, fingerprint }) {
  return `${rule} ${resource.address} ${fingerprint}`;
}

const counts = {
  roots: 0,
  findings: 0,
  withFix: 0,
  made: 0,
  refused: 0,
  left: 0,
  unreadable: 0,
  brought: 0,
  broughtByVersion: 0,
};
const together = { findings: 0, left: 0, unreadable: 0 };
const reasons = new Map();
const wrong = [];

function tryRoot(files, folder) {
  const unchanged = snapshotOf(new Map());
  const { result, errors, fails } = judge(files, folder, unchanged);
  counts.roots++;
  counts.findings += fails.length;
  const context = { textOf, answer: (ask) => ask.example };
  const known = new Set(fails.map(({ rule, resource }) => `${rule} ${resource.address}`));
  const silent = [];
  for (const finding of fails) {
    const plans = result.fixesOf(finding);
    if (plans.length === 0) continue;
    counts.withFix++;
    const place = engine.placeOf(plans, context);
    if (place.kind === 'refused') {
      counts.refused++;
      const reason = `${finding.rule}: ${place.reason.replace(/'[^']*'/g, '…')}`;
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      continue;
    }
    const raises = plans.some((plan) => plan.raises.length > 0);
    if (!raises && plans.every((plan) => plan.asks.length === 0)) silent.push(finding);
    const { files: edited } = engine.editsOf(plans, place.where, context);
    const after = judge(files, folder, snapshotOf(changedBy(edited)));
    const isLeft = after.fails.some((each) => nameOf(each) === nameOf(finding));
    const brought = after.fails.filter(({ rule, resource }) => !known.has(`${rule} ${resource.address}`));
    if (after.errors > errors) counts.unreadable++;
    if (isLeft) counts.left++;
    if (brought.length > 0 && raises) counts.broughtByVersion++;
    else if (brought.length > 0) counts.brought++;
    if (after.errors > errors || isLeft || (brought.length > 0 && !raises))
      wrong.push(
        `${finding.rule} in ${files[0]}${isLeft ? ' is left' : ''} ${brought.map(({ rule }) => rule).join(' ')}`,
      );
    else counts.made++;
  }
  tryTogether(files, folder, unchanged, errors, silent);
}

function tryTogether(files, folder, unchanged, errors, silent) {
  if (silent.length === 0) return;
  const lint = (snapshot) => judge(files, folder, snapshot).result;
  const edited = engine.fixAll({ snapshot: unchanged, lint, mayEdit: () => true, effect: 'replaces' });
  const after = judge(files, folder, snapshotOf(changedBy(edited)));
  const left = after.fails.filter((each) => silent.some((finding) => nameOf(finding) === nameOf(each)));
  together.findings += silent.length;
  together.left += left.length;
  if (after.errors > errors) together.unreadable++;
  for (const { rule } of left) wrong.push(`${rule} in ${files[0]} is left when all are fixed`);
}

function changedBy(edited) {
  return new Map(edited.map(({ uri, edits }) => [uri, engine.applyEdits(textOf(uri), edits)]));
}

function uriOf(path) {
  return engine.normaliseUri(pathToFileURL(path).href);
}

const terraform = new Map();
for (const folder of folders) {
  for (const name of readdirSync(folder, { recursive: true }).sort()) {
    const path = join(folder, name);
    if (!path.includes(only) || !/\.(bicep|jsonc?|tf|tofu)$/i.test(name)) continue;
    const uri = uriOf(path);
    const kind = engine.fileKindOf(uri, () => textOf(uri) ?? '');
    if (kind === 'terraform') terraform.set(dirname(path), [...(terraform.get(dirname(path)) ?? []), uri]);
    else if (kind === 'bicep' || kind === 'template') tryRoot([uri], `${uriOf(dirname(path))}/`);
    texts.clear();
  }
}
for (const [folder, files] of terraform) tryRoot(files, `${uriOf(folder)}/`);

console.log('one by one', counts);
console.log('at once', together);
for (const [reason, count] of [...reasons].sort((a, b) => b[1] - a[1])) console.log(`${count} refused: ${reason}`);
if (list) for (const each of wrong) console.log(each);
process.exitCode = wrong.length > 0 ? 1 : 0;
