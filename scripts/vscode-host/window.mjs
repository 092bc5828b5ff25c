// Opens a VS Code window, served by `serve`, in headless Chromium.
import { chromium } from 'playwright-core';

export const executablePath = process.env.DEMARC_CHROMIUM || '/usr/bin/chromium';

// Without these, Chromium looks for its own services on the network, which tests must not need.
export const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

/**
 * Opens `workspace` with the extension in the folder `extension` under development.
 * With `suite`, the path of a bundled test suite, VS Code runs it in its extension host, and `finished` resolves to the
 * exit code. The caller closes the window with `close`.
 */
export async function openWindow({ server, workspace, extension, suite, onLog = () => {} }) {
  const browser = await chromium.launch({ executablePath, args: flags });
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const finished = new Promise((resolve) => page.exposeFunction('codeAutomationExit', resolve));
    await page.exposeFunction('codeAutomationLog', onLog);
    const remote = (path) => `vscode-remote://${server.authority}${path}`;
    const payload = [['extensionDevelopmentPath', remote(extension)]];
    if (suite) payload.push(['extensionTestsPath', remote(suite)]);
    const query = new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload) });
    await page.goto(`${server.origin}/?${query}`);
    await page.waitForSelector('.monaco-workbench', { timeout: 60_000 });
    return { page, finished, close: () => browser.close() };
  } catch (error) {
    await browser.close();
    throw error;
  }
}
