// The test suite for a real VS Code: bundled here, run by a VS Code of either kind.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
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
 * Makes a fresh workspace below `folder`: the suite's own fixtures at the top, the repository's examples in `examples/`.
 * For pictures the examples alone are the workspace, as a reader of the README would open them.
 */
export function makeWorkspace(repository, folder, { examplesOnly = false } = {}) {
  const workspace = join(folder, 'workspace');
  const fixtures = join(repository, 'test/vscode/workspace');
  const examples = join(repository, 'examples');
  const hasExamples = existsSync(examples) && readdirSync(examples).length > 0;
  mkdirSync(workspace, { recursive: true });
  if (examplesOnly && hasExamples) {
    cpSync(examples, workspace, { recursive: true });
    return workspace;
  }
  cpSync(fixtures, workspace, { recursive: true });
  if (hasExamples) cpSync(examples, join(workspace, 'examples'), { recursive: true });
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
