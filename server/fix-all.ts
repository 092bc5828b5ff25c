import type { CodeAction } from 'vscode-languageserver';
import { fixAll } from '../engine/analysis/fix-all.ts';
import { fixAllKind } from './action-kinds.ts';
import type { OpenDocument } from './documents.ts';
import type { Session } from './session.ts';
import { workspaceEdit } from './workspace-edits.ts';

/** One action that mends everything in a document which changes nothing for anybody; none when there is nothing of that. */
export function fixAllOf(session: Session, { uri }: OpenDocument): readonly CodeAction[] {
  const own = session.documents.uriOf(uri);
  const scope = session.graph.withCallers([own]);
  const files = fixAll({
    snapshot: session.snapshot,
    lint: (snapshot) => session.lint(scope, snapshot),
    mayEdit: (each) => each === own,
    effect: 'neutral',
  });
  if (files.length === 0) return [];
  const title = 'Mend everything that changes no behaviour';
  return [
    { title, kind: fixAllKind, edit: workspaceEdit(session, files, { effect: 'neutral', title, note: undefined }) },
  ];
}
