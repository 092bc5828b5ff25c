import { tooLarge } from '../../estate/bounds.ts';
import { unknown } from '../../estate/make.ts';
import type { Origin } from '../../estate/origin.ts';
import type { Unknown, Value } from '../../estate/value.ts';
import type { Environment } from './resolve-scope.ts';

/** Characters of a text that is made of others, and parts of one that is not known whole. */
const maximumText = 4_000_000;
const maximumParts = 10_000;
/** Items of the lists that a function is given. */
const maximumItems = 100_000;
/** Rounds of one `for`, and of all of a root together. */
const maximumRounds = 50_000;
const maximumRoundsOfRoot = 200_000;

/** What to give instead of a value for which there is no budget. The root says so once, at the first place where it happens. */
export function exhausted(message: string, environment: Environment, origin: Origin): Unknown {
  if (origin.kind === 'source') environment.scope.run.reportBudget(message, origin);
  return unknown('budget', message, origin);
}

/** Something to give instead of a loop of so many rounds when that is too much; else undefined. */
export function isTooOften(rounds: number, environment: Environment, origin: Origin): Unknown | undefined {
  const { run } = environment.scope;
  run.rounds += rounds;
  if (rounds <= maximumRounds && run.rounds <= maximumRoundsOfRoot) return undefined;
  return exhausted('A loop has too many rounds to be followed.', environment, origin);
}

/** Something to give instead of a function of lists that have too many items together; else undefined. */
export function isTooMany(values: readonly Value[], environment: Environment, origin: Origin): Unknown | undefined {
  let items = 0;
  for (const value of values) if (value.kind === 'array') items += value.items.length;
  return items <= maximumItems ? undefined : exhausted('A list is too long to be followed.', environment, origin);
}

/** Something to give instead when values are larger or deeper than an operation may look into; else undefined. */
export function isTooLarge(values: readonly Value[], environment: Environment, origin: Origin): Unknown | undefined {
  return values.some((value) => value.kind === 'array' || value.kind === 'object') && tooLarge(values)
    ? exhausted('A value is too large or too deep to be looked into.', environment, origin)
    : undefined;
}

/** Something to give instead when a text of these parts would be too long; else undefined. */
export function isTooLong(
  parts: readonly (string | Value)[],
  environment: Environment,
  origin: Origin,
): Unknown | undefined {
  let characters = 0;
  let pieces = 0;
  const measure = (part: string | Value): void => {
    pieces++;
    if (typeof part === 'string') characters += part.length;
    else if (part.kind === 'scalar') characters += typeof part.value === 'string' ? part.value.length : 1;
    else if (part.kind === 'text') {
      pieces += part.parts.length;
      for (const each of part.parts) if (typeof each === 'string') characters += each.length;
    } else if (part.kind === 'choice') part.options.forEach(measure);
  };
  for (const part of parts) {
    measure(part);
    if (characters > maximumText || pieces > maximumParts)
      return exhausted('A text is too long to be followed.', environment, origin);
  }
  return undefined;
}
