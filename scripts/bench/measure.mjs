import { spawnSync } from 'node:child_process';

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** How long a Node process takes from its start to its end, in ms. Throws when it ends with another code than 0 or 1. */
export function timeOfNode(args, options = {}) {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...options,
  });
  const time = performance.now() - began;
  if (status !== 0 && status !== 1) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return time;
}

/** The median time of a function, in ms, when the engine has seen it often enough to have compiled it. */
export function timeWhenWarm(work, { warmUp = 3, runs = 5 } = {}) {
  for (let run = 0; run < warmUp; run++) work();
  const times = [];
  for (let run = 0; run < runs; run++) {
    const began = performance.now();
    work();
    times.push(performance.now() - began);
  }
  return median(times);
}
