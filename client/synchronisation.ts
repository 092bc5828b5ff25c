import { extensions, type TextDocument, type Uri, workspace } from 'vscode';
import {
  DidOpenTextDocumentNotification,
  type LanguageClient,
  type Middleware,
  vsdiag,
} from 'vscode-languageclient/node';
import { isOurs } from './selector.ts';

/**
 * Keeps JSON that is not ours away from the server. A document that becomes ours while it is typed is opened then, and
 * stays open until it is closed in the editor.
 */
export function createSynchronisation(client: () => LanguageClient): Middleware {
  const synchronised = new Set<string>();
  const isSynchronised = (document: TextDocument): boolean => synchronised.has(document.uri.toString());
  return {
    async didOpen(document, next) {
      if (!isOurs(document)) return;
      synchronised.add(document.uri.toString());
      await next(document);
    },
    async didChange(event, next) {
      if (isSynchronised(event.document)) await next(event);
      else if (isOurs(event.document)) await open(client(), event.document);
    },
    async didSave(document, next) {
      if (isSynchronised(document)) await next(document);
    },
    async didClose(document, next) {
      if (synchronised.delete(document.uri.toString())) await next(document);
    },
    provideDiagnostics(document, previousResultId, token, next) {
      if (!('uri' in document)) return next(document, previousResultId, token);
      // Whoever wants findings on save keeps those of the last save while typing, whatever asks for new ones.
      if (previousResultId !== undefined && document.isDirty && runsOnSave(document.uri))
        return { kind: vsdiag.DocumentDiagnosticReportKind.unChanged, resultId: previousResultId };
      if (isSynchronised(document)) return next(document, previousResultId, token);
      return { kind: vsdiag.DocumentDiagnosticReportKind.full, items: [] };
    },
    provideCodeActions(document, range, context, token, next) {
      return isSynchronised(document) ? next(document, range, context, token) : [];
    },
    provideCodeLenses(document, token, next) {
      return isSynchronised(document) ? next(document, token) : [];
    },
    provideDocumentLinks(document, token, next) {
      return isSynchronised(document) ? next(document, token) : [];
    },
    provideCompletionItem(document, position, context, token, next) {
      // The YAML extension completes from our schema; both would say the same twice.
      const isLeft = document.languageId === 'yaml' && extensions.getExtension('redhat.vscode-yaml') !== undefined;
      return isSynchronised(document) && !isLeft ? next(document, position, context, token) : [];
    },
    provideHover(document, position, token, next) {
      return isSynchronised(document) ? next(document, position, token) : undefined;
    },
  };
}

/** Whether a file is linted only when it is opened or saved. */
export function runsOnSave(file: Uri): boolean {
  return workspace.getConfiguration('demarc', file).get('run') === 'onSave';
}

/** Opens a document late. It passes `didOpen` above on its way. */
async function open(client: LanguageClient, document: TextDocument): Promise<void> {
  await client.getFeature(DidOpenTextDocumentNotification.method).getProvider(document)?.send(document);
}
