// The memory of the language server in a large workspace: a few files are open, the findings of all of them are asked for.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node.js';

const repository = resolve(import.meta.dirname, '../..');

/** Resident memory of a process at its highest and now, in MB; only Linux tells. */
function residentOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (key) => Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  return { highest: megabytes('VmHWM'), now: megabytes('VmRSS') };
}

/** Opens `files` of `folder`, asks for their diagnostics and then for those of the workspace; what that took. */
export async function workspaceMemory(folder, files) {
  const server = spawn(process.execPath, [...serverFlags(), join(repository, 'dist/server.cjs'), '--stdio'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  connection.listen();
  const uri = pathToFileURL(folder).href;
  try {
    await connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: 'workspace' }],
      capabilities: {
        textDocument: { diagnostic: {} },
        workspace: { didChangeWatchedFiles: { dynamicRegistration: true } },
      },
    });
    connection.onRequest('client/registerCapability', () => null);
    await connection.sendNotification('initialized', {});
    for (const file of files) {
      const document = pathToFileURL(join(folder, file)).href;
      const text = readFileSync(join(folder, file), 'utf8');
      await connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri: document, languageId: 'bicep', version: 1, text },
      });
      await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: document } });
    }
    const open = residentOf(server.pid);
    const began = performance.now();
    const { items } = await connection.sendRequest('workspace/diagnostic', { previousResultIds: [] });
    const time = performance.now() - began;
    return { open, scanned: residentOf(server.pid), documents: items.length, time };
  } finally {
    connection.dispose();
    server.kill();
  }
}

/** As the VS Code client starts it. */
function serverFlags() {
  return process.env.DEMARC_SERVER_FLAGS?.split(' ') ?? [];
}
