import type { CodeAction, Diagnostic, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver';
import { configurationName } from '../engine/configuration/settings.ts';
import { createLineIndex } from '../engine/text/line-index.ts';
import { folderOf, isBelow, parentFolder } from '../engine/text/uri.ts';
import { quickFix } from './action-kinds.ts';
import type { OpenDocument } from './documents.ts';
import type { Session } from './session.ts';

/** Switches a rule off for the folder of the nearest `demarc.yaml`; where there is none, one is made for the workspace. */
export function switchOffAction(
  session: Session,
  diagnostic: Diagnostic,
  document: OpenDocument,
): readonly CodeAction[] {
  const rule = String(diagnostic.code);
  if (session.analysis.rules.rules.get(rule)?.suppressible !== true) return [];
  const uri = session.documents.uriOf(document.uri);
  const root = session.rootOf(uri);
  if (root === undefined) return [];
  const existing = nearestConfiguration(session, uri, root);
  const edit =
    existing === undefined ? created(session, root + configurationName, rule) : added(session, existing, rule);
  if (edit === undefined) return [];
  const title = `Switch ${rule} off in ${configurationName}`;
  return [{ title, kind: quickFix, diagnostics: [diagnostic], edit }];
}

function nearestConfiguration(session: Session, uri: string, root: string): string | undefined {
  for (let folder = folderOf(uri); isBelow(folder, root); ) {
    if (session.textOf(folder + configurationName) !== undefined) return folder + configurationName;
    const above = parentFolder(folder);
    if (above === undefined || above === folder) break;
    folder = above;
  }
  return undefined;
}

function created(session: Session, uri: string, rule: string): WorkspaceEdit | undefined {
  if (session.capabilities.workspace?.workspaceEdit?.resourceOperations?.includes('create') !== true) return undefined;
  const start = { line: 0, character: 0 };
  const edits = [{ range: { start, end: start }, newText: `rules:\n  ${rule}: off\n` }];
  return {
    documentChanges: [
      { kind: 'create', uri },
      { textDocument: { uri, version: null }, edits },
    ],
  };
}

/** Undefined where the rules are written on one line, or where this one is set already. */
function added(session: Session, uri: string, rule: string): WorkspaceEdit | undefined {
  const text = session.textOf(uri) ?? '';
  if (text.includes(`${rule}:`)) return undefined;
  const lines = createLineIndex(text);
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const rules = /^rules:[ \t]*(#.*)?\r?$/m.exec(text);
  if (rules === null && /^rules:/m.test(text)) return undefined;
  let offset = text.length;
  let newText = `${text === '' || text.endsWith('\n') ? '' : lineBreak}rules:${lineBreak}  ${rule}: off${lineBreak}`;
  if (rules !== null) {
    const line = lines.positionAt(rules.index).line + 1;
    offset = lines.lineStart(line);
    const indentation = /^ +/.exec(text.slice(offset))?.[0] ?? '  ';
    const begun = line < lines.lineCount ? '' : lineBreak;
    newText = `${begun}${indentation}${rule}: off${lineBreak}`;
  }
  const position = lines.positionAt(offset);
  const clientUri = session.documents.clientUri(uri);
  const edits = [{ range: { start: position, end: position }, newText }];
  if (session.capabilities.workspace?.workspaceEdit?.documentChanges !== true)
    return { changes: { [clientUri]: edits } };
  const version = session.documents.get(clientUri)?.version ?? null;
  const change: TextDocumentEdit = { textDocument: { uri: clientUri, version }, edits };
  return { documentChanges: [change] };
}
