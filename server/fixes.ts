import { type CodeAction, LSPErrorCodes, ResponseError, type WorkspaceEdit } from 'vscode-languageserver';
import { fixAll } from '../engine/analysis/fix-all.ts';
import type { FixPlan } from '../engine/check/fix.ts';
import type { Place } from '../engine/text/span.ts';
import type { FixTarget } from './protocol.ts';
import type { Session } from './session.ts';
import { snippetsOf } from './snippets.ts';
import { warningOf, workspaceEdit } from './workspace-edits.ts';

/** What mends a finding, found again by its fingerprint: it may have moved, or be gone. */
export function planned(
  session: Session,
  { uri, fingerprint, rule }: Pick<FixTarget, 'uri' | 'fingerprint' | 'rule'>,
): readonly FixPlan[] {
  const engineUri = session.documents.uriOf(uri);
  const result = session.result();
  const finding = result.findings.find(
    (each) => each.fingerprint === fingerprint && each.rule === rule && each.place.uri === engineUri,
  );
  return finding === undefined ? [] : result.fixesOf(finding);
}

export interface Fix {
  readonly title: string;
  readonly edit: WorkspaceEdit;
  /** What may break; undefined when nothing does. */
  readonly warning: string | undefined;
  /** The first of its edits. */
  readonly first: Place | undefined;
}

/** The edit that mends a finding in the text as it is now; undefined when there is none. */
export function fixOf(
  session: Session,
  target: Pick<FixTarget, 'uri' | 'fingerprint' | 'rule' | 'place'>,
): Fix | undefined {
  const plans = planned(session, target);
  const [first] = plans;
  if (first === undefined) return undefined;
  if (target.place === 'file') return fixInFile(session, target, first);
  const files = snippetsOf(plans, target.place, (uri) => session.textOf(uri));
  if (files === undefined) return undefined;
  const [place] = files.flatMap(({ uri, edits }) => edits.map(({ start, end }) => ({ uri, start, end })));
  return { title: first.title, edit: workspaceEdit(session, files, first), warning: warningOf(first), first: place };
}

/** Mends a rule everywhere in a file: only there, and without asking what only the author knows. */
function fixInFile(session: Session, { uri, rule }: Pick<FixTarget, 'uri' | 'rule'>, first: FixPlan): Fix | undefined {
  const own = session.documents.uriOf(uri);
  const scope = session.graph.withCallers([own]);
  const files = fixAll({
    snapshot: session.snapshot,
    lint: (snapshot) => session.lint(scope, snapshot, [rule]),
    mayEdit: (each) => each === own,
    effect: first.effect,
  });
  if (files.length === 0) return undefined;
  const edit = workspaceEdit(session, files, first);
  return { title: first.title, edit, warning: warningOf(first), first: undefined };
}

/** Fills in the edit of an action that was chosen. Made anew when the text has changed since; refused when the finding is gone. */
export function resolveFix(session: Session, action: CodeAction): CodeAction {
  const target = action.data as FixTarget | undefined;
  if (target === undefined) return action;
  const fix = fixOf(session, target);
  if (fix !== undefined) return { ...action, edit: fix.edit };
  throw new ResponseError(
    LSPErrorCodes.ContentModified,
    `The file has changed, and ${target.rule} cannot be mended there any more.`,
  );
}
