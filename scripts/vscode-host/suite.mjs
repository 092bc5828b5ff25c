// The test suite for a real VS Code: bundled here, run by a VS Code of either kind.
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles the suite and its specs into dist-test/, and returns the path of the module whose `run` starts them. */
export async function bundleSuite(repository) {
  const folder = join(repository, 'test/vscode');
  const specs = readdirSync(folder).filter((name) => name.endsWith('.spec.ts'));
  await build({
    entryPoints: ['suite.ts', ...specs].map((name) => join(folder, name)),
    outdir: join(repository, 'dist-test'),
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
  });
  return join(repository, 'dist-test/suite.cjs');
}

/**
 * Copies what VS Code loads of the extension to a folder of its own. The repository itself would not do: it holds the
 * installed VS Code, whose own themes and icons would then count as parts of the extension under development.
 */
export function copyExtension(repository, folder) {
  const extension = join(folder, 'extension');
  for (const part of ['package.json', 'dist', 'client/media', 'syntaxes']) {
    cpSync(join(repository, part), join(extension, part), { recursive: true });
  }
  return extension;
}

/**
 * Makes a fresh workspace below `folder`: the suite's own fixtures at the top, the repository's examples in `examples/`.
 * For pictures the examples alone are the workspace, as a reader of the README would open them.
 */
export function makeWorkspace(repository, folder, { examplesOnly = false } = {}) {
  const workspace = join(folder, 'workspace');
  const examples = join(repository, 'examples');
  if (!examplesOnly) cpSync(join(repository, 'test/vscode/workspace'), workspace, { recursive: true });
  cpSync(examples, examplesOnly ? workspace : join(workspace, 'examples'), { recursive: true });
  return workspace;
}

/** What the suite wrote: its report line by line, and its figures once it came to its end. */
export function readResult(file) {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  const figures = /^(\d+) passed, (\d+) failed$/.exec(lines.at(-1) ?? '');
  if (!figures) return { report: lines.join('\n'), passed: 0, failed: 0, complete: false };
  const report = lines.slice(0, -1).join('\n');
  return { report, passed: Number(figures[1]), failed: Number(figures[2]), complete: true };
}
