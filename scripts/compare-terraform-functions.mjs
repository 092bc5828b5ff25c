// Evaluates the cases of test/engine/functions/terraform-cases.jsonl with the Terraform on the PATH and prints those whose
// expectation differs. For use when cases are added or a new Terraform comes out; the tests themselves don't need Terraform.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const file = new URL('../test/engine/functions/terraform-cases.jsonl', import.meta.url);
const cases = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

/** JSON is HCL but for the marks of templates and two escapes. */
function toHcl(data) {
  return JSON.stringify(data)
    .replaceAll('${', () => '$${')
    .replaceAll('%{', () => '%%{')
    .replaceAll('\\b', '\\u0008')
    .replaceAll('\\f', '\\u000c');
}

const folder = mkdtempSync(join(tmpdir(), 'terraform-functions-'));
try {
  const lines = cases.map(([name, args], index) => {
    const call = `${name}(${args.map(toHcl).join(', ')})`;
    return `  c${index} = can(jsonencode(${call})) ? jsonencode(try(${call}, null)) : "error"`;
  });
  const all = cases.map((_, index) => `local.c${index}`).join(',\n');
  writeFileSync(join(folder, 'main.tf'), `locals {\n${lines.join('\n')}\n}\noutput "all" {\n  value = [${all}]\n}\n`);
  const terraform = (...args) => execFileSync('terraform', args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
  terraform('init', '-input=false');
  terraform('apply', '-auto-approve', '-input=false');
  const results = JSON.parse(terraform('output', '-json', 'all'));
  let differing = 0;
  cases.forEach((one, index) => {
    const actual = results[index] === 'error' || results[index] === null ? undefined : JSON.parse(results[index]);
    if (canonical(actual) === canonical(one[2])) return;
    differing++;
    console.log(`${JSON.stringify(one)}\n  terraform: ${results[index]}`);
  });
  console.log(`${cases.length} cases, ${differing} differ`);
  process.exitCode = differing === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function canonical(data) {
  return JSON.stringify(data, (_, value) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
