import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type ClientCapabilities,
  createConnection,
  DocumentDiagnosticReportKind,
  ProposedFeatures,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { RuleText } from '../engine/check/rule.ts';
import { loadRuleTexts } from '../host/shipped-data.ts';
import packageManifest from '../package.json' with { type: 'json' };
import { explainRule } from '../report/explanation.ts';
import { codeActionsFor } from './code-actions.ts';
import { diagnosticsOf } from './diagnostics.ts';
import { hoverAt } from './hover.ts';
import type { SuppressParams } from './protocol.ts';
import { Session } from './session.ts';
import { suppressionEdit } from './suppress.ts';

const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
const session = new Session();
let capabilities: ClientCapabilities = {};
let ruleTexts: ReadonlyMap<string, RuleText> | undefined;

function explain(id: string): string | null {
  const rule = session.analysis.rules.rules.get(id);
  if (rule === undefined) return null;
  ruleTexts ??= new Map(loadRuleTexts().map((text) => [text.id, text]));
  return explainRule(rule, ruleTexts.get(id), session.analysis.responsibilityOf);
}

/** Folders of this machine; a virtual workspace has none. */
function pathsOf(uris: readonly string[]): readonly string[] {
  return uris.filter((uri) => uri.startsWith('file:')).map((uri) => realpathSync(fileURLToPath(uri)));
}

connection.onInitialize((params) => {
  capabilities = params.capabilities;
  session.setRoots(pathsOf((params.workspaceFolders ?? []).map(({ uri }) => uri)));
  return {
    serverInfo: { name: 'demarc', version: packageManifest.version },
    capabilities: {
      textDocumentSync: TextDocumentSyncKind.Incremental,
      hoverProvider: true,
      codeActionProvider: { codeActionKinds: ['quickfix.demarc'] },
      diagnosticProvider: { identifier: 'demarc', interFileDependencies: true, workspaceDiagnostics: false },
      workspace: { workspaceFolders: { supported: true } },
    },
  };
});

/** A client that cannot ask is told, and asked to ask again where it can. */
function publish(): void {
  if (capabilities.textDocument?.diagnostic !== undefined) return;
  for (const { uri } of documents.all())
    void connection.sendDiagnostics({ uri, diagnostics: [...diagnosticsOf(session, uri)] });
}

documents.onDidChangeContent(({ document }) => {
  session.update({
    uri: document.uri,
    languageId: document.languageId,
    version: document.version,
    text: document.getText(),
  });
  publish();
});

documents.onDidClose(({ document }) => {
  session.close(document.uri);
  if (capabilities.textDocument?.diagnostic === undefined)
    void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
});

connection.onDidChangeWatchedFiles(() => {
  session.forget();
  publish();
  if (capabilities.workspace?.diagnostics?.refreshSupport) void connection.languages.diagnostics.refresh();
});

connection.languages.diagnostics.on(({ textDocument }) => ({
  kind: DocumentDiagnosticReportKind.Full,
  items: [...diagnosticsOf(session, textDocument.uri)],
}));

connection.onCodeAction((params) => [...codeActionsFor(session, params)]);
connection.onHover((params) => hoverAt(session, params, explain));
connection.onRequest('demarc/suppress', (params: SuppressParams) => suppressionEdit(session, params));
connection.onRequest('demarc/explain', ({ rule }: { readonly rule: string }) => explain(rule));

documents.listen(connection);
connection.listen();
