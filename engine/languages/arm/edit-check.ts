import { checkedEdits } from '../../estate/edit-result.ts';
import type { EditResult } from '../../estate/property-edit.ts';
import type { TextEdit } from '../../text/edit.ts';
import { parseJson } from '../../text/json.ts';
import { isBlank } from '../../text/layout.ts';
import type { Span, SyntaxProblem } from '../../text/span.ts';
import type { EditSource } from './levels.ts';

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
  return checkedEdits({ uri, text, problems: document.problems.length }, edits, (after) => {
    return parseJson(after).problems.length;
  });
}
