// Runs test/vscode/ in a real VS Code, or takes pictures of it. `npm run build` goes before. See docs/testing.md.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { installHost } from './vscode-host/install.mjs';
import { endOf, within } from './vscode-host/processes.mjs';
import { forPictures, takeScreenshots } from './vscode-host/screenshots.mjs';
import { serve } from './vscode-host/serve.mjs';
import { bundleSuite, copyExtension, makeWorkspace, readResult } from './vscode-host/suite.mjs';
import { openWindow } from './vscode-host/window.mjs';
import { runWindowChecks } from './vscode-host/window-checks.mjs';

const usage = `Usage: node scripts/test-vscode.mjs [--grep TEXT] [--extension FOLDER] [--screenshots FOLDER]
  --grep TEXT            only the tests whose full title contains TEXT
  --extension FOLDER     test the extension in FOLDER, such as out/vsix, not the repository
  --screenshots FOLDER   take pictures of the window into FOLDER; run no test
VSCODE_DESKTOP=1 runs the tests in a desktop build, downloaded by @vscode/test-electron (the default where not on Linux).`;
const suiteMinutes = 6;
const repository = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Everything that has to be undone, the last first, whatever happens. */
const cleanups = [];

async function cleanUp() {
  for (let undo = cleanups.pop(); undo; undo = cleanups.pop()) await undo();
}

async function main() {
  const options = readOptions();
  const folder = mkdtempSync(join(tmpdir(), 'demarc-vscode-'));
  cleanups.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const extension = options.extension ? resolve(options.extension) : copyExtension(repository, folder);
  cpSync(join(repository, 'test/vscode/neighbour'), join(folder, 'extensions/neighbour'), { recursive: true });
  if (options.screenshots) {
    const workspace = makeWorkspace(repository, folder, { examplesOnly: true });
    const { page } = await openServedWindow({ folder, workspace, extension, settings: forPictures });
    const pictures = resolve(options.screenshots);
    await takeScreenshots(page, pictures);
    return;
  }
  const suite = await bundleSuite(repository);
  const isDesktop = process.env.VSCODE_DESKTOP === '1' || process.platform !== 'linux';
  const runSuite = isDesktop ? runInDesktop : runInHost;
  const results = [];
  for (const trusted of [true, false]) {
    const own = join(folder, trusted ? 'trusted' : 'restricted');
    cpSync(join(folder, 'extensions'), join(own, 'extensions'), { recursive: true });
    const workspace = makeWorkspace(repository, own);
    const resultFile = join(own, 'report.txt');
    const env = {
      DEMARC_SUITE_REPORT: resultFile,
      DEMARC_SUITE_MODE: trusted ? 'trusted' : 'restricted',
      ...(options.grep ? { DEMARC_SUITE_GREP: options.grep } : {}),
    };
    const log = await runSuite({ folder: own, workspace, extension, suite, env, trusted });
    results.push({ ...readResult(resultFile), log });
    // One window after the other: each takes as much of the machine as it gets.
    while (cleanups.length > 1) await cleanups.pop()();
  }
  if (!isDesktop) results.push(await checkWindow({ folder, extension, grep: options.grep }));
  report(results);
}

/** What only a window shows is checked from outside, by what a person would do. Only the served window can be driven. */
async function checkWindow({ folder, extension, grep }) {
  const own = join(folder, 'window');
  cpSync(join(folder, 'extensions'), join(own, 'extensions'), { recursive: true });
  const workspace = makeWorkspace(repository, own);
  const { page } = await openServedWindow({ folder: own, workspace, extension });
  await page.waitForSelector('.explorer-folders-view .monaco-list-row', { timeout: 30_000 });
  return await runWindowChecks(page, { grep, pictures: join(repository, 'dist-test') });
}

function readOptions() {
  const text = { type: 'string' };
  try {
    return parseArgs({ options: { grep: text, extension: text, screenshots: text } }).values;
  } catch (error) {
    throw new Error(`${error.message}\n${usage}`);
  }
}

/** Runs the suite in the served VS Code; returns what it wrote to the console. */
async function runInHost({ folder, workspace, extension, suite, env, trusted }) {
  const log = [];
  const onLog = (type, args) => log.push(`[${type}] ${args.map(String).join(' ')}`);
  const { finished } = await openServedWindow({ folder, workspace, extension, suite, env, trusted, onLog });
  const code = await within(suiteMinutes * 60_000, finished);
  if (code === undefined) log.push(`The suite did not end within ${suiteMinutes} minutes.`);
  return `${log.join('\n')}\n${endOf(join(folder, 'server.log'))}`;
}

async function openServedWindow({ folder, env, settings, trusted, ...rest }) {
  const server = await serve(await installHost(), { folder, env, settings, trusted });
  cleanups.push(server.close);
  const window = await openWindow({ server, ...rest });
  cleanups.push(window.close);
  return window;
}

/** Runs the suite in a desktop build. A failing suite is told by its result file, so only other errors count here. */
async function runInDesktop({ folder, workspace, extension, suite, env, trusted }) {
  const { runTests } = await import('@vscode/test-electron');
  const folders = ['--user-data-dir', join(folder, 'data'), '--extensions-dir', join(folder, 'extensions')];
  const launchArgs = [workspace, ...(trusted ? ['--disable-workspace-trust'] : []), ...folders];
  const tests = runTests({
    extensionDevelopmentPath: extension,
    extensionTestsPath: suite,
    extensionTestsEnv: env,
    launchArgs,
  }).catch((error) => String(error.message));
  return (await within(suiteMinutes * 60_000, tests)) ?? `The suite did not end within ${suiteMinutes} minutes.`;
}

function report(results) {
  let passed = 0;
  let failed = 0;
  for (const { report: text, complete, log, ...figures } of results) {
    if (text) console.log(text);
    if (!complete) console.error(`The suite did not come to its end. What VS Code said:\n${log}`);
    passed += figures.passed;
    failed += complete ? figures.failed : figures.failed + 1;
  }
  // A filter or a file name that matches nothing must not look like success.
  if (passed + failed === 0) {
    console.log('no test ran');
    failed = 1;
  }
  if (failed > 0) process.exitCode = 1;
  console.log(`${passed} passed, ${failed} failed`);
}

for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => void cleanUp().finally(() => process.exit(1)));

try {
  await main();
} catch (error) {
  console.error(`test-vscode: ${error.message}`);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
} finally {
  await cleanUp();
}
