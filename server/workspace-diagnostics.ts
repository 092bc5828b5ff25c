import {
  type CancellationToken,
  type Connection,
  type Diagnostic,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { LintResult } from '../engine/analysis/analysis.ts';
import { diagnosticsOf } from './diagnostics.ts';
import { GroupCache } from './group-cache.ts';
import type { Publisher } from './publish.ts';
import type { Session } from './session.ts';

/**
 * Answers for the whole workspace, a group of connected files after the other, so that what is asked in between need not
 * wait. A client that knows everything already gets its answer when something has changed.
 */
export function answerWorkspaceDiagnostics(connection: Connection, session: Session, publisher: Publisher): void {
  const cache = new GroupCache(session, (files, result) => diagnosticsByUri(session, files, result));
  connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token, _work, progress) => {
    const known = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
    for (;;) {
      const { revision } = session;
      await session.index.complete;
      const items: WorkspaceDocumentDiagnosticReport[] = [];
      let news = false;
      for (const group of session.graph.groups()) {
        await publisher.settle(token);
        const reports = reportsOf(session, publisher, cache.of(group), known);
        news ||= reports.some(({ kind }) => kind === DocumentDiagnosticReportKind.Full);
        if (progress === undefined) items.push(...reports);
        else if (reports.length > 0) progress.report({ items: reports });
      }
      session.endScan();
      const gone = filesGone(session, known);
      news ||= gone.length > 0;
      if (progress === undefined) items.push(...gone);
      else if (gone.length > 0) progress.report({ items: gone });
      if (news) return { items };
      if (session.revision === revision) await changed(session, token);
    }
  });
}

/** By the client's URI. */
function diagnosticsByUri(
  session: Session,
  files: readonly string[],
  result: LintResult,
): ReadonlyMap<string, readonly Diagnostic[]> {
  const clientUris = files.map((uri) => session.documents.clientUri(uri));
  return new Map(clientUris.map((uri) => [uri, diagnosticsOf(session, uri, result)]));
}

function reportsOf(
  session: Session,
  publisher: Publisher,
  diagnostics: ReadonlyMap<string, readonly Diagnostic[]>,
  known: ReadonlyMap<string, string>,
): WorkspaceDocumentDiagnosticReport[] {
  return [...diagnostics].flatMap(([clientUri, each]): readonly WorkspaceDocumentDiagnosticReport[] => {
    const items = [...each];
    const previous = known.get(clientUri);
    if (items.length === 0 && previous === undefined) return [];
    const resultId = publisher.reports.note(clientUri, items);
    const version = session.documents.get(clientUri)?.version ?? null;
    if (resultId === previous) {
      return [{ kind: DocumentDiagnosticReportKind.Unchanged, uri: clientUri, version, resultId }];
    }
    return [{ kind: DocumentDiagnosticReportKind.Full, uri: clientUri, version, resultId, items }];
  });
}

/** Empty reports for files that the client knows something about and that are not there any more. */
function filesGone(session: Session, known: ReadonlyMap<string, string>): WorkspaceDocumentDiagnosticReport[] {
  return [...known.keys()]
    .filter((uri) => !session.graph.has(session.documents.uriOf(uri)))
    .map((uri) => ({ kind: DocumentDiagnosticReportKind.Full, uri, version: null, items: [] }));
}

/** Resolves with the next change; throws when the request is cancelled before. */
async function changed(session: Session, token: CancellationToken): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const subscriptions = [
      session.onDidChange(() => {
        for (const each of subscriptions) each.dispose();
        resolve();
      }),
      token.onCancellationRequested(() => {
        for (const each of subscriptions) each.dispose();
        reject(new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.'));
      }),
    ];
  });
}
