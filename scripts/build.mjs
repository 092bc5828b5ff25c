// Bundles what is shipped into dist/: the command line, the language server and the VS Code client.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { thirdPartyNotices } from './notices.mjs';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const inRepository = (path) => resolve(repository, path);
const development = process.argv.includes('--development');

const bundles = [
  { entry: 'cli/main.ts', out: 'dist/demarc.cjs', banner: '#!/usr/bin/env node' },
  { entry: 'cli/api.ts', out: 'dist/api.cjs' },
  { entry: 'server/main.ts', out: 'dist/server.cjs' },
  { entry: 'client/extension.ts', out: 'dist/client.cjs', external: ['vscode'] },
  // The page of the matrix; its style sheet lies beside it.
  { entry: 'report/matrix/page.tsx', out: 'dist/matrix.js', browser: true },
];

/** Bundles one entry as CommonJS, so that VS Code and a package of `"type": "module"` both can load it. */
function bundle({ entry, out, banner, external = [], browser = false }) {
  return build({
    absWorkingDir: repository,
    entryPoints: [entry],
    outfile: out,
    bundle: true,
    ...(browser
      ? { platform: 'browser', format: 'iife', target: 'es2022', jsx: 'automatic', jsxImportSource: 'preact' }
      : { platform: 'node', format: 'cjs', target: 'node20' }),
    external,
    minify: !development,
    sourcemap: development,
    metafile: true,
    // Licences ship in a file of their own.
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
// Rules come first: a bundle may take in what they compile to.
const compileRules = inRepository('scripts/compile-rules.mjs');
if (existsSync(compileRules)) execFileSync(process.execPath, [compileRules], { cwd: repository, stdio: 'inherit' });
const results = await Promise.all(present.map(bundle));
for (const { out, banner } of present) if (banner) await chmod(inRepository(out), 0o755);
// The types of the API lean on nothing, so that they need no bundle.
const types = await readFile(inRepository('cli/api-types.ts'), 'utf8');
await writeFile(inRepository('dist/api.d.cts'), `${types}\nexport declare const lint: Lint;\n`);
const inputs = results.flatMap((each) => Object.keys(each.metafile.inputs));
await writeFile(inRepository('dist/third-party-notices.txt'), thirdPartyNotices(repository, inputs));
console.log(`built ${present.map((each) => each.out).join(', ')} in ${Date.now() - began} ms`);
