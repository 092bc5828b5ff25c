import type { Range } from 'vscode-languageserver';
import { createLineIndex } from '../engine/text/line-index.ts';
import type { Place } from '../engine/text/span.ts';

/** Turns a place into a range of the protocol (0-based). The texts are those that the places were made from. */
export function createRanges(textOf: (uri: string) => string | undefined): (place: Place) => Range {
  const indexes = new Map<string, ReturnType<typeof createLineIndex>>();
  return ({ uri, start, end }) => {
    let index = indexes.get(uri);
    if (index === undefined) {
      index = createLineIndex(textOf(uri) ?? '');
      indexes.set(uri, index);
    }
    return { start: index.positionAt(start), end: index.positionAt(end) };
  };
}
