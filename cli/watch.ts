import { watch } from 'node:fs';
import { resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeFailure } from './failure.ts';
import type { Target } from './target.ts';

/** Changes come in flocks: this long after the last of one, in ms, it is over. */
const calm = 80;

/** Folders whose changes mean nothing. */
const unwatched = new Set(['.git', 'node_modules', '.terraform']);

/**
 * Does something now, and again after each change below the repository of a target, one run at a time, until the process is
 * stopped. A run that fails is told and waited out. `written`: files that the runs write themselves.
 */
export async function watchAndRun(
  target: Target,
  written: readonly string[],
  run: () => Promise<0 | 1 | 2>,
): Promise<never> {
  const folder = fileURLToPath(target.repository);
  const own = new Set(written.map((path) => resolve(path)));
  let wake: (() => void) | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isDirty = false;
  const changed = (name: string | null): void => {
    if (name !== null && (name.split(sep).some((part) => unwatched.has(part)) || own.has(resolve(folder, name))))
      return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      isDirty = true;
      wake?.();
    }, calm);
  };
  // Deleting a folder that is watched brings an error along; what is left goes on being watched.
  watch(folder, { recursive: true }, (_, name) => changed(name)).on('error', () => changed(null));
  for (;;) {
    isDirty = false;
    if (process.stdout.isTTY === true) process.stdout.write('\u001b[2J\u001b[3J\u001b[H');
    try {
      await run();
    } catch (error) {
      process.stderr.write(describeFailure(error));
    }
    process.stderr.write('Waiting for changes. Ctrl+C ends it.\n');
    if (!isDirty) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      wake = undefined;
    }
  }
}
