/** A position in a text, both parts 0-based; `character` counts UTF-16 units, as the language server protocol does. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Turns offsets into lines and back. Lines end with LF, CRLF or a lone CR. */
export interface LineIndex {
  readonly lineCount: number;
  /** Offset of the first unit of a 0-based line. */
  lineStart(line: number): number;
  /** Offset one past the last unit of a 0-based line, its line break left out. */
  lineEnd(line: number): number;
  /** The 0-based position of an offset; offsets outside the text are clamped. */
  positionAt(offset: number): Position;
  /** The offset of a 0-based position, clamped to the text and to the line. */
  offsetAt(position: Position): number;
}

const lineFeed = 10;
const carriageReturn = 13;

export function createLineIndex(text: string): LineIndex {
  const starts = findLineStarts(text);
  const lineStart = (line: number): number => {
    if (line < 0) return 0;
    return starts[line] ?? text.length;
  };
  const lineEnd = (line: number): number => {
    let end = starts[line + 1] ?? text.length;
    const start = lineStart(line);
    if (line + 1 < starts.length) {
      if (end > start && text.charCodeAt(end - 1) === lineFeed) end--;
      if (end > start && text.charCodeAt(end - 1) === carriageReturn) end--;
    }
    return end;
  };
  return {
    lineCount: starts.length,
    lineStart,
    lineEnd,
    positionAt(offset) {
      const clamped = Math.max(0, Math.min(offset, text.length));
      const line = lastNotAfter(starts, clamped);
      return { line, character: clamped - lineStart(line) };
    },
    offsetAt(position) {
      if (position.line < 0) return 0;
      if (position.line >= starts.length) return text.length;
      return Math.min(lineStart(position.line) + Math.max(0, position.character), lineEnd(position.line));
    },
  };
}

function findLineStarts(text: string): number[] {
  const starts = [0];
  for (let offset = 0; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === lineFeed) {
      starts.push(offset + 1);
    } else if (code === carriageReturn && text.charCodeAt(offset + 1) !== lineFeed) {
      starts.push(offset + 1);
    }
  }
  return starts;
}

function lastNotAfter(sorted: readonly number[], wanted: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}
