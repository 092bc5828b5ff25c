import type { CancellationToken } from 'vscode-languageserver';

/** Nothing is judged while somebody types: what is half a word now is a whole one in a moment. */
const quietMilliseconds = 75;

/** Knows how long ago something was typed. */
export class Quiet {
  #last = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  /** Something was typed. */
  disturb(): void {
    this.#last = performance.now();
  }

  /** Resolves when it has been quiet for a while. False when the token was cancelled in the meantime. */
  async settled(token: CancellationToken): Promise<boolean> {
    // Changes and cancellations that have arrived already are read first.
    await new Promise<void>((resolve) => setImmediate(resolve));
    for (let left = this.#left(); left > 0 && !token.isCancellationRequested; left = this.#left()) {
      await new Promise<void>((resolve) => setTimeout(resolve, left));
    }
    return !token.isCancellationRequested;
  }

  /** Runs `task` once it is quiet; a later call replaces an earlier one that still waits. */
  afterwards(task: () => void, more = 0): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(task, quietMilliseconds + more);
  }

  #left(): number {
    return Math.ceil(this.#last + quietMilliseconds - performance.now());
  }
}
