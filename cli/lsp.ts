import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * `demarc lsp`: serves an editor until it leaves. The server is a bundle of its own beside this one, so that no other command
 * loads it; it reads from the arguments how it is spoken to.
 */
export function lspCommand(): void {
  const channel = /^--(stdio|node-ipc|socket=|pipe=)/;
  if (!process.argv.some((argument) => channel.test(argument))) process.argv.push('--stdio');
  createRequire(__filename)(join(__dirname, 'server.cjs'));
}
