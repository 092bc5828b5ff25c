import type { TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver';
import { createLineIndex } from '../engine/text/line-index.ts';
import type { SuppressParams } from './protocol.ts';
import type { Session } from './session.ts';

/** The edit that writes a suppression above a line, in its indentation; null when the document has changed since. */
export function suppressionEdit(session: Session, params: SuppressParams): WorkspaceEdit | null {
  const document = session.document(params.uri);
  const rule = session.analysis.rules.rules.get(params.rule);
  if (document === undefined || document.version !== params.version || rule?.suppressible !== true) return null;
  const lines = createLineIndex(document.text);
  const start = lines.lineStart(params.line);
  const line = document.text.slice(start, lines.lineEnd(params.line));
  const indentation = /^[ \t]*/.exec(line)?.[0] ?? '';
  const lineBreak = document.text.includes('\r\n') ? '\r\n' : '\n';
  const mark = /\.(tf|tofu|tfvars)$/i.test(params.uri) ? '#' : '//';
  const newText = `${indentation}${mark} demarc:ignore ${params.rule} -- ${params.reason}${lineBreak}`;
  const position = { line: params.line, character: 0 };
  const edit: TextDocumentEdit = {
    textDocument: { uri: document.uri, version: document.version },
    edits: [{ range: { start: position, end: position }, newText }],
  };
  return { documentChanges: [edit] };
}
