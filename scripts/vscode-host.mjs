// Installs the VS Code in which the test suite runs, where it is missing. See docs/testing.md.
import { installHost } from './vscode-host/install.mjs';
import { say } from './vscode-host/processes.mjs';

try {
  say(`ready: ${await installHost()}`);
} catch (error) {
  process.stderr.write(`vscode-host: ${error.message}\n`);
  process.exitCode = 1;
}
