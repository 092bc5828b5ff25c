import type { Span } from './span.ts';

/** Replaces the text in `[start, end)` by `text`; an insertion has `start === end`. Offsets are UTF-16 units. */
export interface TextEdit extends Span {
  readonly text: string;
}

/** Edits of one file. */
export interface FileEdit {
  readonly uri: string;
  readonly edits: readonly TextEdit[];
}

/** Applies edits that do not overlap. Throws when two of them do: a caller has to resolve conflicts first. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let from = 0;
  for (const edit of ordered) {
    if (edit.start < from) throw new Error(`Edits overlap at offset ${edit.start}.`);
    result += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return result + text.slice(from);
}

/** True when the edits touch the same units, or insert at the same offset. */
export function overlaps(a: TextEdit, b: TextEdit): boolean {
  if (a.start === a.end && b.start === b.end) return a.start === b.start;
  return a.start < b.end && b.start < a.end;
}
