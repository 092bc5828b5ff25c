// Serves the installed VS Code on a loopback port.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { endOf, pause, start, stop } from './processes.mjs';

/** Settings that keep the window quiet and offline. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'window.commandCenter': false,
  'chat.commandCenter.enabled': false,
  'extensions.ignoreRecommendations': true,
  'json.schemaDownload.enable': false,
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'files.simpleDialog.enable': true,
  // Nobody is there to answer; a folder that is not trusted stays so.
  'security.workspace.trust.startupPrompt': 'never',
};

/**
 * Starts the server and waits until it answers.
 * `folder` takes its user data and its log, and may hold extensions in `extensions/`; `settings` are the user's, added to
 * ours; `trusted: false` leaves workspaces in Restricted Mode.
 * The caller ends it with the returned `close`.
 */
export async function serve(entry, { folder, env = {}, settings = {}, trusted = true, startSeconds = 60 }) {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const logFile = join(folder, 'server.log');
  mkdirSync(join(folder, 'data/User'), { recursive: true });
  writeFileSync(join(folder, 'data/User/settings.json'), JSON.stringify({ ...quietSettings, ...settings }));
  const flags = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
  const server = start(
    process.execPath,
    [
      entry,
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
      ...['--extensions-dir', join(folder, 'extensions'), '--user-data-dir', join(folder, 'data')],
      ...flags,
      ...(trusted ? ['--disable-workspace-trust'] : []),
    ],
    { env: { CODE_SERVER_CONFIG: join(folder, 'code-server.yaml'), ...env }, logFile },
  );
  const close = () => stop(server);
  for (let waited = 0; waited < startSeconds * 1000; waited += 100) {
    if (server.exitCode !== null) break;
    if (await answers(origin)) return { origin, authority: `127.0.0.1:${port}`, close };
    await pause(100);
  }
  await close();
  throw new Error(`VS Code's server did not answer within ${startSeconds} s. The end of its log:\n${endOf(logFile)}`);
}

async function answers(origin) {
  try {
    return (await fetch(`${origin}/healthz`)).ok;
  } catch {
    return false;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
