import type { Span } from './span.ts';

/** A value that stands in a file and is given to something, as far as its text tells, without evaluating anything. */
export interface WrittenText extends Span {
  /** What it is given to: a property, a variable, a setting; the function where it is an argument. */
  readonly name: string | undefined;
  /** What is written out, a `${}` in place of each part that is computed; empty where there is no text. */
  readonly text: string;
  /** The functions that it is computed with, and the names that it reads. */
  readonly uses: readonly string[];
}
