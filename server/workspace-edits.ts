import type { SnippetTextEdit, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { FixEffect } from '../engine/check/rule.ts';
import { createRanges } from './positions.ts';
import type { Session } from './session.ts';
import { type FileSnippets, snippetEdit } from './snippets.ts';

/** What a change does to what runs, for the client to show. */
export interface ChangeEffect {
  readonly effect: FixEffect;
  readonly title: string;
  readonly note: string | undefined;
}

const warnings: Readonly<Record<Exclude<FixEffect, 'neutral'>, string>> = {
  behaviour: 'Clients or operations may notice this.',
  cost: 'This changes what the resource costs.',
  replaces: 'The resource is deleted and made anew.',
};

const annotationId = 'effect';

/** What a change may break, in sentences; undefined when nobody notices it. */
export function warningOf({ effect, note }: Pick<ChangeEffect, 'effect' | 'note'>): string | undefined {
  if (effect === 'neutral') return undefined;
  return note === undefined ? warnings[effect] : `${warnings[effect]} ${note}`;
}

/** The edits as the client understands them: with versions, with placeholders, and to be confirmed where they may break something. */
export function workspaceEdit(session: Session, files: readonly FileSnippets[], change: ChangeEffect): WorkspaceEdit {
  const { documents, capabilities } = session;
  const support = capabilities.workspace?.workspaceEdit;
  const rangeOf = createRanges((uri) => session.textOf(uri));
  const warning = warningOf(change);
  const isAnnotated =
    session.options.fixCommand === undefined && warning !== undefined && support?.changeAnnotationSupport !== undefined;
  const toEdit = ({ uri, edit }: { readonly uri: string; readonly edit: FileSnippets['edits'][number] }) => {
    const range = rangeOf({ uri, start: edit.start, end: edit.end });
    const plain: TextEdit | SnippetTextEdit =
      edit.snippet !== undefined && support?.snippetEditSupport === true
        ? snippetEdit(range, edit.snippet)
        : { range, newText: edit.text };
    return isAnnotated ? { ...plain, annotationId } : plain;
  };
  if (support?.documentChanges !== true) {
    const changes = files.map(({ uri, edits }): [string, TextEdit[]] => [
      documents.clientUri(uri),
      edits.map(({ start, end, text }) => ({ range: rangeOf({ uri, start, end }), newText: text })),
    ]);
    return { changes: Object.fromEntries(changes) };
  }
  const documentChanges = files.map(
    ({ uri, edits }): TextDocumentEdit => ({
      textDocument: {
        uri: documents.clientUri(uri),
        version: documents.get(documents.clientUri(uri))?.version ?? null,
      },
      edits: edits.map((edit) => toEdit({ uri, edit })),
    }),
  );
  if (!isAnnotated) return { documentChanges };
  const annotation = { label: change.title, needsConfirmation: true, description: warning };
  return { documentChanges, changeAnnotations: { [annotationId]: annotation } };
}
