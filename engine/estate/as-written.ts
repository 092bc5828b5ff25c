/** No text of a rule or of an author begins with it. */
const mark = '\u0000';

/**
 * Data that stands for an expression: the printers of the languages write it as it is and not as a text. In ARM it is the
 * value of the JSON text, square brackets included.
 */
export function asWritten(expression: string): string {
  return mark + expression;
}

/** The expression that a text of data stands for; undefined for a plain text. */
export function expressionIn(text: string): string | undefined {
  return text.startsWith(mark) ? text.slice(mark.length) : undefined;
}
