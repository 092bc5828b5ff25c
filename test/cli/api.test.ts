import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { account, Workbench } from './run.ts';

const bench = new Workbench();
const repository = join(import.meta.dirname, '../..');

/** A program that has the built package installed. */
function runProgram(text: string): unknown {
  bench.write({
    'program.mjs': text,
    'node_modules/demarc/package.json': JSON.stringify({
      name: 'demarc',
      type: 'module',
      exports: JSON.parse(bench.readAt(join(repository, 'package.json'))).exports,
    }),
  });
  symlinkSync(join(repository, 'dist'), join(bench.folder, 'node_modules/demarc/dist'), 'dir');
  const out = execFileSync(process.execPath, [join(bench.folder, 'program.mjs')], {
    cwd: bench.folder,
    encoding: 'utf8',
  });
  return JSON.parse(out);
}

describe("import { lint } from 'demarc'", () => {
  it('gives what the command prints as JSON', () => {
    mkdirSync(join(bench.folder, 'infra'));
    bench.write({ 'infra/main.bicep': account('supportsHttpsTrafficOnly: false') });
    const { stdout } = spawnSync(process.execPath, [bench.command, 'lint', '--format', 'json'], {
      cwd: join(bench.folder, 'infra'),
      encoding: 'utf8',
    });
    const report = runProgram(
      `import { lint } from 'demarc';\nconsole.log(JSON.stringify(await lint({ cwd: new URL('./infra', import.meta.url) })));\n`,
    );
    expect(report).toEqual({ ...JSON.parse(stdout), complete: true, configured: true });
  });

  it('says what is not whole, and rejects what cannot be', () => {
    bench.write({ 'torn.bicep': 'param = 1\n', 'demarc.yaml': 'profil: all\n' });
    const report = runProgram(`import { lint } from 'demarc';
const { complete, configured } = await lint();
const refused = await lint({ paths: ['nowhere'] }).catch(({ message }) => message);
const unknown = await lint({ rules: ['storage/none'] }).catch(({ message }) => message);
console.log(JSON.stringify({ complete, configured, refused, unknown }));
`);
    expect(report).toEqual({
      complete: false,
      configured: false,
      refused: "There is no file or folder 'nowhere'.",
      unknown: expect.stringContaining("There is no rule 'storage/none'."),
    });
  });

  it('has types of its own', () => {
    bench.write({
      'program.ts': `import { lint, type LintReport } from 'demarc';
const report: LintReport = await lint({ profile: 'strict', paths: ['infra'] });
const lines: readonly number[] = report.findings.map(({ range }) => range.start.line);
// @ts-expect-error: there is no such profile
await lint({ profile: 'loose' });
export { lines };
`,
      'tsconfig.json': JSON.stringify({
        compilerOptions: { strict: true, module: 'nodenext', target: 'es2022', noEmit: true, types: [] },
        files: ['program.ts'],
      }),
      'package.json': '{"type":"module"}',
    });
    runProgram('console.log(1)');
    const compiler = join(repository, 'node_modules/typescript/bin/tsc');
    const { stdout, status } = spawnSync(process.execPath, [compiler, '-p', bench.folder], { encoding: 'utf8' });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });
});
