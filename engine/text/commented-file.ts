import type { Span } from './span.ts';

/** What is needed of a file: its text, its comments in order, and which construct begins at an offset. */
export interface CommentedFile {
  readonly uri: string;
  readonly text: string;
  readonly comments: readonly Span[];
  /** The outermost property, item, block or statement that begins at the offset; undefined where none does. */
  readonly itemAt: (offset: number) => Span | undefined;
  /** The innermost resource or module that holds the offset. Checkov writes its comments inside of what they skip. */
  readonly resourceAround: (offset: number) => Span | undefined;
}
