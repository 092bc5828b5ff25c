import type { Place } from './span.ts';

/** A reference in source code to another file or folder, resolved. */
export interface LocalCall extends Place {
  /** A normalised URI; that of a folder ends in `/`. */
  readonly target: string;
}
