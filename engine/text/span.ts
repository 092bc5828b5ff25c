/** A half-open range of UTF-16 offsets in one source text: `start` is the first unit, `end` is one past the last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span together with the file that it lies in. `uri` is a normalised `scheme://…` text. */
export interface Place extends Span {
  readonly uri: string;
}

export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** A syntax error: where it is and one sentence that says what is wrong and what was expected. */
export interface SyntaxProblem extends Span {
  readonly message: string;
}
