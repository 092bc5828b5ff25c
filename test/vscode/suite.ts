import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/**
 * VS Code calls this in its extension host, be it a desktop build under @vscode/test-electron or the served one.
 * The report goes to the file that DEMARC_SUITE_REPORT names, its last line being `N passed, N failed`: what an extension
 * host prints does not come through everywhere. Rejects when a test failed.
 */
export async function run(): Promise<void> {
  // What is tested in Restricted Mode has specs, and a window, of its own.
  const isRestricted = process.env.DEMARC_SUITE_MODE === 'restricted';
  const mocha = new Mocha({ ui: 'bdd', timeout: 20_000, reporter: Quiet, ...grep() });
  for (const name of readdirSync(__dirname).sort()) {
    if (name.endsWith('.spec.cjs') && name.endsWith('.restricted.spec.cjs') === isRestricted)
      mocha.addFile(join(__dirname, name));
  }
  const failed = await runToEnd(mocha);
  if (failed > 0) throw new Error(`${failed} tests failed`);
}

function runToEnd(mocha: Mocha): Promise<number> {
  const file = process.env.DEMARC_SUITE_REPORT;
  if (file) writeFileSync(file, '');
  const print = (line: string): void => {
    if (file) appendFileSync(file, `${line}\n`);
    else console.log(line);
  };
  let passed = 0;
  let failed = 0;
  return new Promise((resolve) => {
    const runner = mocha.run(() => {
      print(`${passed} passed, ${failed} failed`);
      resolve(failed);
    });
    runner.on('pass', (test) => {
      passed++;
      print(`  ✓ ${test.fullTitle()} (${test.duration ?? 0} ms)`);
    });
    runner.on('fail', (test, error) => {
      failed++;
      print(`  ✗ ${test.fullTitle()}`);
      print(String(error.stack ?? error).replace(/^/gm, '      '));
    });
  });
}

/** Mocha wants a reporter; this one leaves the report to the listeners above. */
class Quiet extends Mocha.reporters.Base {}

function grep(): { grep?: string } {
  const pattern = process.env.DEMARC_SUITE_GREP;
  return pattern ? { grep: pattern } : {};
}
