import type { Span } from './span.ts';

/** A text that stands for a comment, such as a member of `metadata` in JSON. */
export interface Note {
  /** What says that it is one: its key. */
  readonly key: Span;
  readonly text: string;
  /** The offset in the file of an offset in `text`. */
  readonly at: (offset: number) => number;
  /** The construct that it is about; undefined for the whole file. */
  readonly about: Span | undefined;
}

/** What is needed of a file: its text, its comments in order, and which construct begins at an offset. */
export interface CommentedFile {
  readonly uri: string;
  readonly text: string;
  readonly comments: readonly Span[];
  /** What is noted elsewhere than in comments; left out where the language has no such place. */
  readonly notes?: () => readonly Note[];
  /** The outermost property, item, block or statement that begins at the offset; undefined where none does. */
  readonly itemAt: (offset: number) => Span | undefined;
  /** The innermost resource or module that holds the offset. Checkov writes its comments inside of what they skip. */
  readonly resourceAround: (offset: number) => Span | undefined;
}
