import { fileURLToPath } from 'node:url';
import {
  type CodeActionOptions,
  type Connection,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import packageManifest from '../package.json' with { type: 'json' };
import { fixAllKind, quickFix } from './action-kinds.ts';
import { codeActionsFor } from './code-actions.ts';
import { codeLensesOf } from './code-lens.ts';
import { configurationItems, isConfigurationFile } from './configuration-file.ts';
import { directiveItems, linksIn } from './directives.ts';
import { rulePage } from './explanations.ts';
import { fixOf, resolveFix } from './fixes.ts';
import { hoverAt } from './hover.ts';
import type { FixTarget, InitializationOptions, SuppressParams } from './protocol.ts';
import { Publisher } from './publish.ts';
import { answerResponsibility } from './responsibility.ts';
import { Session } from './session.ts';
import { statusOf } from './status.ts';
import { suppressionEdit } from './suppress.ts';
import { watchFiles } from './watching.ts';
import { answerWorkspaceDiagnostics } from './workspace-diagnostics.ts';

const codeActionProvider: CodeActionOptions = { codeActionKinds: [quickFix, fixAllKind], resolveProvider: true };

/** Serves one client over a connection that does not listen yet. */
export function serve(connection: Connection): void {
  const documents = new TextDocuments(TextDocument);
  const session = new Session();
  const publisher = new Publisher(connection, session);
  const watching = watchFiles(connection, session, documents);
  session.onDidChange(() => publisher.changed());

  connection.onInitialize((params): InitializeResult => {
    session.capabilities = params.capabilities;
    session.options = (params.initializationOptions as InitializationOptions | undefined) ?? {};
    session.setRoots(pathsOf((params.workspaceFolders ?? []).map(({ uri }) => uri)));
    return {
      serverInfo: { name: 'demarc', version: packageManifest.version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        hoverProvider: true,
        codeLensProvider: {},
        documentLinkProvider: {},
        completionProvider: { triggerCharacters: [':', ' ', '/', '-'] },
        codeActionProvider,
        diagnosticProvider: {
          identifier: 'demarc',
          interFileDependencies: true,
          workspaceDiagnostics: session.options.workspaceDiagnostics !== false,
        },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });
  connection.onInitialized(() => {
    watching.start();
    if (session.capabilities.workspace?.workspaceFolders !== true) return;
    connection.workspace.onDidChangeWorkspaceFolders(async () => {
      const folders = (await connection.workspace.getWorkspaceFolders()) ?? [];
      session.setRoots(pathsOf(folders.map(({ uri }) => uri)));
    });
  });

  documents.onDidChangeContent(({ document }) => {
    const { uri, languageId, version } = document;
    publisher.typed();
    session.update({ uri, languageId, version, text: document.getText() });
  });
  documents.onDidClose(({ document: { uri } }) => {
    session.close(uri);
    publisher.closed(uri);
  });

  connection.onCodeAction((params) => [...codeActionsFor(session, params)]);
  connection.onCodeActionResolve((action) => resolveFix(session, action));
  connection.onHover((params) => hoverAt(session, params));
  connection.onCodeLens(({ textDocument }) => [...codeLensesOf(session, textDocument.uri)]);
  connection.onDocumentLinks(({ textDocument }) => [...linksIn(session, textDocument.uri)]);
  connection.onCompletion((params) => [
    ...(isConfigurationFile(session.documents.uriOf(params.textDocument.uri))
      ? configurationItems(session, params)
      : directiveItems(session, params)),
  ]);
  connection.onRequest('demarc/status', ({ uri }: { readonly uri: string }) => statusOf(session, uri));
  connection.onRequest('demarc/suppress', (params: SuppressParams) => suppressionEdit(session, params));
  connection.onRequest('demarc/fix', (target: FixTarget) => fixOf(session, target)?.edit ?? null);
  connection.onRequest('demarc/explain', ({ rule }: { readonly rule: string }) => rulePage(session, rule));
  answerWorkspaceDiagnostics(connection, session, publisher);
  answerResponsibility(connection, session, publisher);
  documents.listen(connection);
}

/** Folders of this machine; a virtual workspace has none. */
function pathsOf(uris: readonly string[]): readonly string[] {
  return uris.filter((uri) => uri.startsWith('file:')).map((uri) => fileURLToPath(uri).replace(/(?<=.)[\\/]$/, ''));
}
