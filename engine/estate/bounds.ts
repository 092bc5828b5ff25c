import { assume } from './condition.ts';
import { unknown } from './make.ts';
import { type Choice, maximumAlternatives, type Value } from './value.ts';

/** Parts of values that one function call or comparison may look at. */
const maximumParts = 30_000;
/** Levels of nesting within them. */
const maximumLevels = 300;

/**
 * The value with every condition decided once, or unknown when it has more alternatives than a choice may have, those of
 * nested choices counted in.
 */
export function bounded(value: Value): Value {
  if (value.kind !== 'choice') return value;
  if (alternativesOf(value, maximumAlternatives) <= maximumAlternatives) return settled(value);
  return unknown('budget', `more than ${maximumAlternatives} alternatives`, value.origin, undefined, value.secret);
}

function settled(value: Choice): Choice {
  if (value.options.every((option) => option.kind !== 'choice')) return value;
  return { ...value, options: value.options.map((option, index) => assume(option, value.condition, index)) };
}

/** How many leaves nested choices have; counting ends soon after `limit`. */
function alternativesOf(value: Value, limit: number): number {
  if (value.kind !== 'choice') return 1;
  let count = 0;
  for (const option of value.options) {
    count += alternativesOf(option, limit - count);
    if (count > limit) return count;
  }
  return count;
}

/** True when values are larger or deeper than a function may be given. Forces what it looks at. */
export function tooLarge(values: readonly Value[]): boolean {
  let left = maximumParts;
  const look = (value: Value, level: number): boolean => {
    if (--left < 0 || level > maximumLevels) return true;
    switch (value.kind) {
      case 'array':
        return value.items.some((item) => look(item, level + 1));
      case 'object':
        return value.keys().some((key) => look(value.get(key), level + 1));
      case 'choice':
        return value.options.some((option) => look(option, level + 1));
      case 'text':
        return value.parts.some((part) => typeof part !== 'string' && look(part, level + 1));
      case 'scalar':
      case 'absent':
      case 'reference':
      case 'unknown':
        return false;
    }
  };
  return values.some((value) => look(value, 0));
}
