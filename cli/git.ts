import { spawnSync } from 'node:child_process';
import { UsageError } from './failure.ts';

/** Bytes that one answer of git may have. */
const maximumOutput = 1_000_000_000;

/** What git prints for these arguments. Throws `UsageError` with what git says is wrong. */
export function askGit(folder: string, ...args: readonly string[]): Buffer {
  // Without a pager, colours or hooks: nothing that the repository configures may run.
  const { status, stdout, stderr, error } = spawnSync('git', ['--no-pager', '-c', 'core.fsmonitor=false', ...args], {
    cwd: folder,
    maxBuffer: maximumOutput,
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' },
  });
  if (error !== undefined) throw new UsageError(`git cannot be run: ${error.message}.`);
  if (status !== 0) throw new UsageError(`git ${args[0]} says: ${stderr.toString('utf8').trim()}`);
  return stdout;
}

/** Paths that git prints with `-z`. */
export function pathsFromGit(folder: string, ...args: readonly string[]): readonly string[] {
  return askGit(folder, ...args)
    .toString('utf8')
    .split('\0')
    .filter((path) => path !== '');
}
