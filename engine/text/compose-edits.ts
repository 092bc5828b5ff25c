import type { TextEdit } from './edit.ts';

/** A part of a text that is being rewritten: units of the original that are kept, or a new text. */
type Piece =
  | { readonly kind: 'kept'; readonly start: number; readonly end: number }
  | { readonly kind: 'new'; readonly text: string };

/**
 * One list of edits that does what several passes do one after another. `length` is that of the original text; the edits of
 * a pass are of the text that the passes before it have left, and do not overlap.
 */
export function composeEdits(length: number, passes: readonly (readonly TextEdit[])[]): readonly TextEdit[] {
  const original: readonly Piece[] = length === 0 ? [] : [{ kind: 'kept', start: 0, end: length }];
  return editsOf(passes.reduce(rewrite, original), length);
}

function rewrite(pieces: readonly Piece[], edits: readonly TextEdit[]): readonly Piece[] {
  const rewritten: Piece[] = [];
  let from = 0;
  for (const { start, end, text } of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    rewritten.push(...slice(pieces, from, start));
    if (text !== '') rewritten.push({ kind: 'new', text });
    from = end;
  }
  rewritten.push(...slice(pieces, from, Number.POSITIVE_INFINITY));
  return rewritten;
}

/** What lies in `[from, to)` of the text that the pieces make. */
function slice(pieces: readonly Piece[], from: number, to: number): readonly Piece[] {
  const sliced: Piece[] = [];
  let offset = 0;
  for (const piece of pieces) {
    const length = lengthOf(piece);
    const start = Math.max(from - offset, 0);
    const end = Math.min(to - offset, length);
    if (start < end) sliced.push(part(piece, start, end));
    offset += length;
  }
  return sliced;
}

function part(piece: Piece, start: number, end: number): Piece {
  if (piece.kind === 'new') return { kind: 'new', text: piece.text.slice(start, end) };
  return { kind: 'kept', start: piece.start + start, end: piece.start + end };
}

function lengthOf(piece: Piece): number {
  return piece.kind === 'new' ? piece.text.length : piece.end - piece.start;
}

/** Everything between two kept pieces is one edit. */
function editsOf(pieces: readonly Piece[], length: number): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  let from = 0;
  let text = '';
  const close = (start: number): void => {
    if (text !== '' || start > from) edits.push({ start: from, end: start, text });
    text = '';
  };
  for (const piece of pieces) {
    if (piece.kind === 'new') {
      text += piece.text;
      continue;
    }
    close(piece.start);
    from = piece.end;
  }
  close(length);
  return edits;
}
