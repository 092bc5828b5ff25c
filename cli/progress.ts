/** A line that tells how far long work has come; where no person looks, nothing. */
export interface Progress {
  readonly show: ((done: number, all: number) => void) | undefined;
  readonly clear: () => void;
}

/** Work that is done sooner, in ms, says nothing. */
const patience = 500;
const interval = 100;

/** Writes to standard error where that is a terminal, and takes the line away again. */
export function progressLine(): Progress {
  const { stderr, env } = process;
  if (stderr.isTTY !== true || env.TERM === 'dumb' || env.CI) return { show: undefined, clear: () => {} };
  let next = Date.now() + patience;
  let isShown = false;
  return {
    show: (done, all) => {
      const now = Date.now();
      if (now < next) return;
      next = now + interval;
      isShown = true;
      stderr.write(`\r\u001b[Kjudged ${done} of ${all}`);
    },
    clear: () => {
      if (isShown) stderr.write('\r\u001b[K');
      isShown = false;
    },
  };
}
