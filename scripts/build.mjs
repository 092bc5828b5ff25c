// Bundles what is shipped into dist/: the command line, the language server and the VS Code client.

import { existsSync } from 'node:fs';
import { chmod, mkdir, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const inRepository = (path) => resolve(repository, path);
const development = process.argv.includes('--development');

const bundles = [
  { entry: 'cli/main.ts', out: 'dist/demarc.cjs', banner: '#!/usr/bin/env node' },
  { entry: 'server/main.ts', out: 'dist/server.cjs' },
  { entry: 'client/extension.ts', out: 'dist/client.cjs', external: ['vscode'] },
];

/** Bundles one entry as CommonJS, so that VS Code and a package of `"type": "module"` both can load it. */
function bundle({ entry, out, banner, external = [] }) {
  return build({
    entryPoints: [inRepository(entry)],
    outfile: inRepository(out),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external,
    minify: !development,
    sourcemap: development,
    legalComments: 'none',
    // The module builds of some packages are smaller; `main` alone would take their CommonJS.
    mainFields: ['module', 'main'],
    ...(banner ? { banner: { js: banner } } : {}),
  });
}

const began = Date.now();
const present = bundles.filter((each) => existsSync(inRepository(each.entry)));
await rm(inRepository('dist'), { recursive: true, force: true });
await mkdir(inRepository('dist'));
const compileRules = inRepository('scripts/compile-rules.mjs');
// Rules come first: a bundle may take in what they compile to.
if (existsSync(compileRules)) await import(pathToFileURL(compileRules).href);
await Promise.all(present.map(bundle));
for (const { out, banner } of present) if (banner) await chmod(inRepository(out), 0o755);
console.log(`built ${present.map((each) => each.out).join(', ') || 'nothing'} in ${Date.now() - began} ms`);
