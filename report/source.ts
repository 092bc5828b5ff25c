import { createLineIndex, type LineIndex, type Position } from '../engine/text/line-index.ts';
import { isBelow, pathOfUri, relativeTo } from '../engine/text/uri.ts';

/** What a report needs to know of the files that its places lie in. */
export interface Sources {
  /** The path to show for a file: relative to the folder that the command ran in where that is possible. */
  readonly pathOf: (uri: string) => string;
  /** The 0-based position of an offset. */
  readonly positionOf: (uri: string, offset: number) => Position;
  /** One line of a file without its line break, by 0-based number; undefined when the text is not to be had. */
  readonly lineOf: (uri: string, line: number) => string | undefined;
}

/** Sources over texts; lines are indexed on first use. `folder` is a URI that ends in `/`. */
export function createSources(folder: string, textOf: (uri: string) => string | undefined): Sources {
  const indexes = new Map<string, { readonly text: string; readonly lines: LineIndex }>();
  const indexOf = (uri: string): { readonly text: string; readonly lines: LineIndex } => {
    let known = indexes.get(uri);
    if (known === undefined) {
      const text = textOf(uri) ?? '';
      known = { text, lines: createLineIndex(text) };
      indexes.set(uri, known);
    }
    return known;
  };
  return {
    pathOf: (uri) => (isBelow(uri, folder) ? relativeTo(folder, uri) : pathOfUri(uri)),
    positionOf: (uri, offset) => indexOf(uri).lines.positionAt(offset),
    lineOf(uri, line) {
      if (textOf(uri) === undefined) return undefined;
      const { text, lines } = indexOf(uri);
      return line < lines.lineCount ? text.slice(lines.lineStart(line), lines.lineEnd(line)) : undefined;
    },
  };
}
