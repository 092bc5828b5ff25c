// Starting and stopping processes for the VS Code test host. Everything started here is stopped by its own process id.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** Prints one line that says what is being done. */
export function say(message) {
  process.stdout.write(`vscode-host: ${message}\n`);
}

/**
 * Runs a command to its end, its output going to a log file (appended to).
 * Throws with the end of the log when the command fails or takes longer than `minutes`.
 */
export async function run(command, args, { cwd, env, logFile, minutes = 10 }) {
  const log = openSync(logFile, 'a');
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', log, log],
    detached: true,
  });
  closeSync(log);
  const code = await within(minutes * 60_000, exitOf(child)).finally(() => stop(child));
  if (code !== 0) {
    const reason = code === undefined ? `took longer than ${minutes} minutes` : `failed (${code})`;
    throw new Error(`\`${command} ${args.join(' ')}\` ${reason}. The end of ${logFile}:\n${endOf(logFile)}`);
  }
}

/** Starts a process in a group of its own, so that `stop` reaches its children too. Its output goes to a log file. */
export function start(command, args, { env, logFile }) {
  const log = openSync(logFile, 'a');
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', log, log], detached: true });
  closeSync(log);
  return child;
}

/** Ends a process that `start` started, and its children: politely first, then for good. */
export async function stop(child) {
  if (!child.pid || !signal(child.pid, 'SIGTERM')) return;
  for (let waited = 0; waited < 3000; waited += 50) {
    if (!signal(child.pid, 0)) return;
    await pause(50);
  }
  signal(child.pid, 'SIGKILL');
}

/** The promise's result, or undefined when it takes longer than `milliseconds`. */
export async function within(milliseconds, promise) {
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The last lines of a text file, or an empty text when it cannot be read. */
export function endOf(file, lines = 30) {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}

function exitOf(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signalName) => resolve(code ?? signalName));
  });
}

// A process started here leads its group, so the negative id reaches the whole group. Signal 0 only asks whether it lives.
function signal(pid, name) {
  try {
    process.kill(-pid, name);
    return true;
  } catch {
    return false;
  }
}
