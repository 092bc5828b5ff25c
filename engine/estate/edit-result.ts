import { applyEdits, overlaps, type TextEdit } from '../text/edit.ts';
import type { EditResult } from './property-edit.ts';

export function refused(reason: string): EditResult {
  return { kind: 'refused', reason };
}

/** What edits are checked against: the text as it is, and how many syntax errors it has. */
export interface EditedText {
  readonly uri: string;
  readonly text: string;
  readonly problems: number;
}

/** The edits, ordered by their start, if they go together and what they make can be read as well as before. */
export function checkedEdits(
  { uri, text, problems }: EditedText,
  edits: readonly TextEdit[],
  problemsIn: (text: string) => number,
): EditResult {
  for (let index = 1; index < edits.length; index++) {
    const before = edits[index - 1];
    const after = edits[index];
    if (before !== undefined && after !== undefined && (overlaps(before, after) || after.start < before.end))
      return refused('Two changes contradict each other.');
  }
  if (edits.length === 0) return { kind: 'edits', files: [] };
  if (problemsIn(applyEdits(text, edits)) > problems) return refused('The file could not be read after the change.');
  return { kind: 'edits', files: [{ uri, edits }] };
}
