import { type CodeAction, LSPErrorCodes, ResponseError, type WorkspaceEdit } from 'vscode-languageserver';
import type { FixPlaceChoice } from '../engine/analysis/apply-fix.ts';
import type { FixPlan } from '../engine/check/fix.ts';
import type { Session } from './session.ts';
import { snippetsOf } from './snippets.ts';
import { workspaceEdit } from './workspace-edits.ts';

/** A finding and where it is to be mended. */
export interface FixTarget {
  /** As the client spells it. */
  readonly uri: string;
  /** The document's version that the action was offered for. */
  readonly version: number;
  readonly fingerprint: string;
  readonly rule: string;
  readonly place: FixPlaceChoice;
}

/** What mends a finding, found again by its fingerprint: it may have moved, or be gone. */
export function planned(session: Session, { uri, fingerprint, rule }: Omit<FixTarget, 'place'>): readonly FixPlan[] {
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
}

/** The edit that mends a finding in the text as it is now; undefined when there is none. */
export function fixOf(session: Session, target: FixTarget): Fix | undefined {
  const plans = planned(session, target);
  const [first] = plans;
  if (first === undefined) return undefined;
  const files = snippetsOf(plans, target.place, (uri) => session.textOf(uri));
  return files === undefined ? undefined : { title: first.title, edit: workspaceEdit(session, files, first) };
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
