// Evaluates expressions with the Terraform on the PATH and compares. For use when cases are added or a new Terraform comes out;
// the tests themselves don't need Terraform.
//
//   node scripts/compare-terraform-expressions.mjs                        checks the expectations of the committed cases
//   node scripts/compare-terraform-expressions.mjs --make=<count> [--seed=<number>]
//                                                                         makes expressions and compares our evaluator on them
//   node scripts/compare-terraform-expressions.mjs --expect <file>        prints cases for the expressions of a file, one a line
//
// Cases are in test/engine/languages/terraform/expression-cases.jsonl: [expression, value], or [expression] alone where Terraform
// refuses it. They speak of the locals in expression-locals.tf beside it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { makeExpressions } from './terraform-expressions.mjs';

const folder = resolve(import.meta.dirname, '../test/engine/languages/terraform');
const locals = readFileSync(join(folder, 'expression-locals.tf'), 'utf8');
const options = new Map(process.argv.slice(2).map((argument) => argument.replace(/^--/, '').split('=')));

if (options.has('make')) await compareMade(Number(options.get('make')), Number(options.get('seed') ?? 1));
else if (options.has('expect')) printExpected(process.argv[process.argv.length - 1]);
else checkCases();

function checkCases() {
  const cases = linesOf(join(folder, 'expression-cases.jsonl')).map((line) => JSON.parse(line));
  const results = evaluateWithTerraform(cases.map(([expression]) => expression));
  let differing = 0;
  cases.forEach((one, index) => {
    const result = results[index];
    if (canonical(one.length > 1 ? { value: one[1] } : {}) === canonical(result)) return;
    differing++;
    console.log(`${JSON.stringify(one)}\n  terraform: ${JSON.stringify(result)}`);
  });
  console.log(`${cases.length} cases, ${differing} differ`);
  process.exitCode = differing === 0 ? 0 : 1;
}

function printExpected(file) {
  const expressions = linesOf(file);
  evaluateWithTerraform(expressions).forEach((result, index) => {
    console.log(JSON.stringify('value' in result ? [expressions[index], result.value] : [expressions[index]]));
  });
}

async function compareMade(count, seed) {
  const expressions = makeExpressions(count, seed);
  const ours = (await loadEvaluator())(locals, expressions);
  const theirs = evaluateWithTerraform(expressions);
  const counts = { same: 0, differing: 0, unknown: 0, error: 0 };
  expressions.forEach((expression, index) => {
    const our = ours[index];
    const their = theirs[index];
    if (our.kind === 'unknown') {
      counts.unknown++;
      console.log(`${expression}\n  ours: ${our.why}\n  terraform: ${JSON.stringify(their)}`);
    } else if (canonical(our.kind === 'data' ? { value: our.data } : {}) === canonical(their)) {
      counts.same++;
      if (our.kind === 'error') counts.error++;
    } else {
      counts.differing++;
      console.log(`${expression}\n  ours: ${JSON.stringify(our)}\n  terraform: ${JSON.stringify(their)}`);
    }
  });
  console.log(
    `${count} expressions: ${counts.same} the same (${counts.error} of them errors), ${counts.differing} differ, ${counts.unknown} not known to us`,
  );
  process.exitCode = counts.same === count ? 0 : 1;
}

async function loadEvaluator() {
  const bundle = await build({
    entryPoints: [join(folder, 'evaluate-expressions.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    outfile: 'evaluate-expressions.mjs',
  });
  const file = resolve(import.meta.dirname, '../dist-test/evaluate-expressions.mjs');
  execFileSync('mkdir', ['-p', resolve(file, '..')]);
  writeFileSync(file, bundle.outputFiles[0].contents);
  return (await import(file)).evaluateExpressions;
}

/** `{ value }` for each expression, `{}` where Terraform refuses it. */
function evaluateWithTerraform(expressions) {
  const work = mkdtempSync(join(tmpdir(), 'terraform-expressions-'));
  try {
    const lines = expressions.map(
      (each, index) => `  e${index} = can(jsonencode(${each})) ? jsonencode(try(${each}, null)) : "error"`,
    );
    const all = expressions.map((_, index) => `local.e${index}`).join(',\n');
    writeFileSync(join(work, 'locals.tf'), locals);
    writeFileSync(join(work, 'main.tf'), `locals {\n${lines.join('\n')}\n}\noutput "all" {\n  value = [${all}]\n}\n`);
    const terraform = (...args) =>
      execFileSync('terraform', args, {
        cwd: work,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    terraform('init', '-input=false');
    terraform('apply', '-auto-approve', '-input=false');
    const results = JSON.parse(terraform('output', '-json', 'all'));
    return results.map((result) => (result === 'error' || result === null ? {} : { value: JSON.parse(result) }));
  } catch (error) {
    // One expression that Terraform cannot even read spoils the whole: halve until it stands alone.
    if (expressions.length === 1) return [{}];
    const middle = expressions.length >> 1;
    return [
      ...evaluateWithTerraform(expressions.slice(0, middle)),
      ...evaluateWithTerraform(expressions.slice(middle)),
    ];
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function linesOf(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

function canonical(data) {
  return JSON.stringify(data, (_, value) => {
    if (typeof value === 'number') return Number(value.toPrecision(14));
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
