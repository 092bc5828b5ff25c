import type { EditResult } from '../../estate/property-edit.ts';
import { applyEdits, overlaps, type TextEdit } from '../../text/edit.ts';
import { parseJson } from '../../text/json.ts';
import { isBlank } from '../../text/layout.ts';
import type { Span, SyntaxProblem } from '../../text/span.ts';
import type { EditSource } from './levels.ts';

export function refused(reason: string): EditResult {
  return { kind: 'refused', reason };
}

/** The first syntax error at a place. A comma behind the last of several things does no harm: Azure reads over it. */
export function problemAt({ text, document }: EditSource, place: Span): SyntaxProblem | undefined {
  return document.problems.find(
    (problem) =>
      problem.start <= place.end && problem.end >= place.start && !isTrailingComma(problem, text, document.comments),
  );
}

function isTrailingComma({ start, end }: Span, text: string, comments: readonly Span[]): boolean {
  if (text.slice(start, end) !== ',') return false;
  let at = end;
  for (;;) {
    while (isBlank(text, at, at + 1)) at++;
    const comment = comments.find((each) => each.start === at);
    if (comment === undefined) return text[at] === '}' || text[at] === ']';
    at = comment.end;
  }
}

/** The edits, if they go together and what they make can still be read. */
export function checked({ uri, text, document }: EditSource, edits: readonly TextEdit[]): EditResult {
  for (const [index, after] of edits.entries()) {
    const before = edits[index - 1];
    if (before !== undefined && (overlaps(before, after) || after.start < before.end))
      return refused('Two changes contradict each other.');
  }
  if (edits.length === 0) return { kind: 'edits', files: [] };
  if (parseJson(applyEdits(text, edits)).problems.length > document.problems.length)
    return refused('The file could not be read after the change.');
  return { kind: 'edits', files: [{ uri, edits }] };
}
