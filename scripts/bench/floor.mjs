// The floor of every figure for a whole tree: a process that does nothing but list a folder and read, as text, the files
// that Demarc would look at. It does so several times and prints how long each took, in ms, so that the first pass, in
// which neither Node nor the system's file cache is warm, can be told from the others.
//
//   node scripts/bench/floor.mjs FOLDER PASSES
import { readdirSync, readFileSync } from 'node:fs';

const [folder, passes] = process.argv.slice(2);
const endings = ['.bicep', '.bicepparam', '.tf', '.tofu', '.tfvars', '.json', '.jsonc'];
const neverEntered = new Set(['.git', 'node_modules', '.terraform', '.terragrunt-cache', '.vscode-test']);

function read(path, total) {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const below = `${path}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!neverEntered.has(entry.name)) read(below, total);
    } else if (!entry.name.startsWith('.') && endings.some((ending) => entry.name.endsWith(ending))) {
      total.files++;
      total.characters += readFileSync(below, 'utf8').length;
    }
  }
}

const times = [];
let total = { files: 0, characters: 0 };
for (let pass = 0; pass < Number(passes); pass++) {
  total = { files: 0, characters: 0 };
  const began = performance.now();
  read(folder, total);
  times.push(performance.now() - began);
}
console.log(JSON.stringify({ times, ...total }));
