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

/**
 * The day on which each line of a file, by 1-based number, came into git as it is: `YYYY-MM-DD`, in UTC. Empty where git does
 * not know the file; lines that are not committed are left out.
 */
export function lineDates(folder: string, file: string): ReadonlyMap<number, string> {
  const dates = new Map<number, string>();
  let blamed: string;
  try {
    blamed = askGit(folder, 'blame', '--line-porcelain', '--', file).toString('utf8');
  } catch (error) {
    if (error instanceof UsageError) return dates;
    throw error;
  }
  let number = 0;
  let isCommitted = false;
  for (const line of blamed.split('\n')) {
    const head = /^([0-9a-f]{40,64}) \d+ (\d+)/.exec(line);
    if (head !== null) {
      number = Number(head[2]);
      isCommitted = !/^0+$/.test(head[1] ?? '');
    } else if (isCommitted && line.startsWith('committer-time '))
      dates.set(number, new Date(Number(line.slice('committer-time '.length)) * 1000).toISOString().slice(0, 10));
  }
  return dates;
}

/** Paths that git prints with `-z`. */
export function pathsFromGit(folder: string, ...args: readonly string[]): readonly string[] {
  return askGit(folder, ...args)
    .toString('utf8')
    .split('\0')
    .filter((path) => path !== '');
}
