import type { CodeAction, Diagnostic } from 'vscode-languageserver';
import { suppressionRemoval, suppressionsIn } from '../engine/analysis/directives.ts';
import { createLineIndex } from '../engine/text/line-index.ts';
import { quickFix } from './action-kinds.ts';
import type { OpenDocument } from './documents.ts';
import type { Session } from './session.ts';
import { workspaceEdit } from './workspace-edits.ts';

/** Takes out a suppression that suppresses nothing. */
export function removeSuppression(
  session: Session,
  diagnostic: Diagnostic,
  document: OpenDocument,
): readonly CodeAction[] {
  const uri = session.documents.uriOf(document.uri);
  const source = session.analysis.source(uri, session.snapshot);
  if (source === undefined) return [];
  const start = createLineIndex(document.text).offsetAt(diagnostic.range.start);
  const suppression = suppressionsIn(uri, source).find(({ place }) => place.start === start);
  const edit = suppression === undefined ? undefined : suppressionRemoval(uri, source, suppression.place);
  if (suppression === undefined || edit === undefined) return [];
  const title = `Remove the suppression of ${suppression.rule}`;
  const files = [{ uri, edits: [edit] }];
  return [
    {
      title,
      kind: quickFix,
      diagnostics: [diagnostic],
      isPreferred: true,
      edit: workspaceEdit(session, files, { effect: 'neutral', title, note: undefined }),
    },
  ];
}
