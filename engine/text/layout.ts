/** The white space that the line of an offset begins with. */
export function indentationAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return text.slice(start, afterBlanks(text, start));
}

/** Offset of the first unit of the line that an offset lies in. */
export function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** True when no line break lies between two offsets. */
export function isOneLine(text: string, start: number, end: number): boolean {
  for (let offset = start; offset < end; offset++) {
    const code = text.charCodeAt(offset);
    if (code === 10 || code === 13) return false;
  }
  return true;
}

/** True when there is nothing but white space between two offsets. */
export function isBlank(text: string, start: number, end: number): boolean {
  for (let offset = start; offset < end; offset++) {
    const code = text.charCodeAt(offset);
    if (code !== 32 && code !== 9 && code !== 10 && code !== 13) return false;
  }
  return true;
}

/** The offset after the spaces and tabs that begin at an offset. */
export function afterBlanks(text: string, from: number): number {
  let end = from;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return end;
}

/** The offset before the spaces and tabs that end at an offset. */
export function beforeBlanks(text: string, from: number): number {
  let start = from;
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start--;
  return start;
}

/** The offset after the line break that begins at an offset; the offset itself where there is none. */
export function lineBreakEnd(text: string, from: number): number {
  if (text[from] === '\r') return text[from + 1] === '\n' ? from + 2 : from + 1;
  return text[from] === '\n' ? from + 1 : from;
}
