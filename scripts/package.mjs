// Stages the VSIX and the npm package into folders of their own, each with only what runs, and packs both.
// `npm run build` goes before. `--out FOLDER` packs elsewhere than into out/.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const repository = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const out = resolve(parseArgs({ options: { out: { type: 'string' } } }).values.out ?? join(repository, 'out'));
const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
const texts = ['README.md', 'LICENSE', 'CHANGELOG.md'];

/** Bundles by the package that runs them; everything else in dist/ is data for both. */
const bundles = {
  'client.cjs': 'vsix',
  'matrix.js': 'vsix',
  'matrix.css': 'vsix',
  'demarc.cjs': 'npm',
  'api.cjs': 'npm',
  'api.d.cts': 'npm',
};

/** Fields of package.json that mean nothing in a package: bundles carry their dependencies. */
const nowhere = ['scripts', 'dependencies', 'devDependencies'];
const onlyVsix = [
  'displayName',
  'publisher',
  'icon',
  'categories',
  'main',
  'activationEvents',
  'capabilities',
  'contributes',
];

function stage(kind, fields, extraFiles) {
  const folder = join(out, kind);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const distributed = readdirSync(join(repository, 'dist'))
    .filter((name) => (bundles[name] ?? kind) === kind)
    .map((name) => `dist/${name}`);
  const files = [...texts.filter((name) => existsSync(join(repository, name))), ...distributed, ...extraFiles];
  for (const file of files) cpSync(join(repository, file), join(folder, file), { recursive: true });
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ ...fields, files }, null, 2)}\n`);
  return folder;
}

function without(names) {
  return Object.fromEntries(Object.entries(manifest).filter(([name]) => !names.includes(name)));
}

const vsix = stage(
  'vsix',
  { ...without([...nowhere, 'bin', 'exports']), engines: { vscode: manifest.engines.vscode } },
  [
    manifest.icon,
    'client/media/walkthrough',
    'client/media/view.svg',
    'syntaxes',
    // The README shows them in the editor's list of extensions.
    ...readdirSync(join(repository, 'docs/images')).map((name) => `docs/images/${name}`),
  ],
);
const npm = stage('npm', { ...without([...nowhere, ...onlyVsix]), engines: { node: manifest.engines.node } }, []);

// The mirror repository for pre-commit: its hooks name the version that is packed here.
const mirror = join(out, 'pre-commit');
cpSync(join(repository, 'integrations/pre-commit'), mirror, { recursive: true });
const hooks = join(mirror, '.pre-commit-hooks.yaml');
writeFileSync(hooks, readFileSync(hooks, 'utf8').replaceAll('VERSION', manifest.version));

const vsce = join(repository, 'node_modules/@vscode/vsce/vsce');
const vsixFile = join(out, `${manifest.name}-${manifest.version}.vsix`);
const vsceFlags = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', vsixFile];
execFileSync(process.execPath, [vsce, 'package', ...vsceFlags], { cwd: vsix, stdio: 'inherit' });
execFileSync('npm', ['pack', '--pack-destination', out], {
  cwd: npm,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
