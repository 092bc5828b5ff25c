import { unknown } from './make.ts';
import { concatenate } from './operations.ts';
import type { Origin } from './origin.ts';
import type { Value } from './value.ts';

const maximumItems = 100_000;

/** Arrays one after the other, unless that grows beyond all bounds. */
export function joinedArrays(parts: readonly Value[], origin: Origin): Value {
  let count = 0;
  for (const part of parts) count += part.kind === 'array' ? part.items.length : 0;
  if (count > maximumItems) return unknown('budget', 'an array that is too long', origin);
  return concatenate(parts, origin);
}
