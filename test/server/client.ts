// A language client that is not VS Code: it starts the built server as any editor does and speaks over stdio.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  type CodeAction,
  CodeActionRequest,
  CodeActionResolveRequest,
  type CodeLens,
  CodeLensRequest,
  type CompletionItem,
  CompletionRequest,
  createProtocolConnection,
  type Diagnostic,
  DiagnosticRefreshRequest,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  type DocumentLink,
  DocumentLinkRequest,
  ExitNotification,
  FileChangeType,
  type FileEvent,
  type Hover,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type Range,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentEdit,
  type WorkspaceDiagnosticReport,
  WorkspaceDiagnosticRequest,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

const repository = resolve(import.meta.dirname, '../..');

/** What a modern editor can do. */
export const modern: ClientCapabilities = {
  workspace: {
    workspaceEdit: {
      documentChanges: true,
      resourceOperations: ['create'],
      snippetEditSupport: true,
      changeAnnotationSupport: { groupsOnLabel: true },
    },
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    workspaceFolders: true,
  },
  textDocument: {
    diagnostic: { relatedInformation: true },
    codeAction: { dataSupport: true, resolveSupport: { properties: ['edit'] } },
  },
};

/** What an old one can do: it is told, and applies edits. */
export const simple: ClientCapabilities = { textDocument: { publishDiagnostics: {} } };

export interface StartOptions {
  readonly files: Readonly<Record<string, string>>;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: object;
  /** `demarc lsp` instead of the server's own bundle. */
  readonly command?: boolean;
}

/** An editor with one workspace folder. */
export class Client {
  readonly connection: ProtocolConnection;
  readonly initialized: Promise<InitializeResult>;
  /** Pushed diagnostics, by file. */
  readonly pushed = new Map<string, readonly Diagnostic[]>();
  refreshes = 0;
  readonly registrations: string[] = [];
  readonly #folder = mkdtempSync(join(realpathSync(tmpdir()), 'demarc-server-'));
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #documents = new Map<string, TextDocument>();

  constructor({ files, capabilities = modern, initializationOptions, command = false }: StartOptions) {
    for (const [file, text] of Object.entries(files)) this.write(file, text);
    const arguments_ = command ? ['dist/demarc.cjs', 'lsp'] : ['dist/server.cjs', '--stdio'];
    const [bundle = '', ...rest] = arguments_;
    this.#process = spawn(process.execPath, [join(repository, bundle), ...rest], { cwd: this.#folder });
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.#process.stdout),
      new StreamMessageWriter(this.#process.stdin),
    );
    this.connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
      this.pushed.set(this.#fileOf(uri), diagnostics);
    });
    this.connection.onRequest(DiagnosticRefreshRequest.type, () => {
      this.refreshes++;
    });
    this.connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      this.registrations.push(...registrations.map(({ method }) => method));
    });
    this.connection.listen();
    this.initialized = this.#initialize(capabilities, initializationOptions);
  }

  async #initialize(capabilities: ClientCapabilities, initializationOptions?: object): Promise<InitializeResult> {
    const uri = pathToFileURL(this.#folder).href;
    const result = await this.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: 'workspace' }],
      capabilities,
      ...(initializationOptions === undefined ? {} : { initializationOptions }),
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
    return result;
  }

  /** Ends the server as an editor does; resolves to its exit code. */
  async stop(): Promise<number | null> {
    const exit = new Promise<number | null>((done) => this.#process.once('exit', done));
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    const code = await exit;
    this.connection.dispose();
    rmSync(this.#folder, { recursive: true, force: true });
    return code;
  }

  uri(file: string): string {
    return pathToFileURL(join(this.#folder, file)).href;
  }

  #fileOf(uri: string): string {
    return uri.slice(pathToFileURL(this.#folder).href.length + 1);
  }

  /** Writes a file on disk, silently. */
  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.#folder, file)), { recursive: true });
    writeFileSync(join(this.#folder, file), text);
  }

  remove(file: string): void {
    rmSync(join(this.#folder, file));
  }

  /** Tells the server that files on disk have changed. */
  async changedOnDisk(...files: readonly string[]): Promise<void> {
    const changes: FileEvent[] = files.map((file) => ({ uri: this.uri(file), type: FileChangeType.Changed }));
    await this.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
  }

  async open(file: string, languageId: string, text: string): Promise<void> {
    await this.openUri(this.uri(file), languageId, text);
  }

  async openUri(uri: string, languageId: string, text: string): Promise<void> {
    await this.initialized;
    this.#documents.set(uri, TextDocument.create(uri, languageId, 1, text));
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  async close(file: string): Promise<void> {
    const uri = this.uri(file);
    this.#documents.delete(uri);
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }

  document(file: string): TextDocument {
    const document = this.#documents.get(this.uri(file)) ?? this.#documents.get(file);
    if (document === undefined) throw new Error(`${file} is not open`);
    return document;
  }

  text(file: string): string {
    return this.document(file).getText();
  }

  /** Types: replaces what stands once in the document. */
  async replace(file: string, before: string, after: string): Promise<void> {
    const document = this.document(file);
    const start = document.getText().indexOf(before);
    if (start < 0) throw new Error(`'${before}' does not stand in ${file}`);
    const range = { start: document.positionAt(start), end: document.positionAt(start + before.length) };
    await this.#change(document, [{ range, text: after }]);
  }

  async #change(
    document: TextDocument,
    contentChanges: { readonly range: Range; readonly text: string }[],
  ): Promise<void> {
    const { uri } = document;
    const version = document.version + 1;
    this.#documents.set(uri, TextDocument.update(document, contentChanges, version));
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  async pull(file: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return await this.pullUri(this.uri(file), previousResultId);
  }

  async pullUri(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> {
    return await this.connection.sendRequest(DocumentDiagnosticRequest.type, {
      textDocument: { uri },
      ...(previousResultId === undefined ? {} : { previousResultId }),
    });
  }

  async diagnostics(file: string): Promise<readonly Diagnostic[]> {
    const report = await this.pull(file);
    return report.kind === 'full' ? report.items : [];
  }

  async workspaceDiagnostics(
    previousResultIds: { readonly uri: string; readonly value: string }[] = [],
  ): Promise<WorkspaceDiagnosticReport> {
    return await this.connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds });
  }

  /** What an editor offers at a diagnostic, and what it asks for when `only` is given. */
  async actions(file: string, diagnostics: readonly Diagnostic[], only?: readonly string[]): Promise<CodeAction[]> {
    const document = this.document(file);
    const whole = { start: { line: 0, character: 0 }, end: document.positionAt(document.getText().length) };
    const answer = await this.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: document.uri },
      range: diagnostics[0]?.range ?? whole,
      context: { diagnostics: [...diagnostics], ...(only === undefined ? {} : { only: [...only] }) },
    });
    return (answer ?? []).filter(
      (each): each is CodeAction => !('command' in each) || typeof each.command !== 'string',
    );
  }

  async resolve(action: CodeAction): Promise<CodeAction> {
    return await this.connection.sendRequest(CodeActionResolveRequest.type, action);
  }

  async hover(file: string, at: string): Promise<Hover | null> {
    const document = this.document(file);
    const position = document.positionAt(document.getText().indexOf(at));
    return await this.connection.sendRequest(HoverRequest.type, { textDocument: { uri: document.uri }, position });
  }

  /** The completions behind a text that stands once. */
  async completions(file: string, behind: string): Promise<readonly CompletionItem[]> {
    const document = this.document(file);
    const start = document.getText().indexOf(behind);
    if (start < 0) throw new Error(`'${behind}' does not stand in ${file}`);
    const answer = await this.connection.sendRequest(CompletionRequest.type, {
      textDocument: { uri: document.uri },
      position: document.positionAt(start + behind.length),
    });
    return Array.isArray(answer) ? answer : (answer?.items ?? []);
  }

  async lenses(file: string): Promise<readonly CodeLens[]> {
    return (await this.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri: this.uri(file) } })) ?? [];
  }

  async links(file: string): Promise<readonly DocumentLink[]> {
    return (
      (await this.connection.sendRequest(DocumentLinkRequest.type, { textDocument: { uri: this.uri(file) } })) ?? []
    );
  }

  /** The text of an open file once an edit is applied to it; snippets leave their examples. */
  applied(file: string, edit: WorkspaceEdit): string {
    const document = this.document(file);
    const { uri } = document;
    const changes = (edit.documentChanges ?? []).filter((each): each is TextDocumentEdit => 'edits' in each);
    const ofFile = changes.find(({ textDocument }) => textDocument.uri === uri);
    const edits = (ofFile?.edits ?? edit.changes?.[uri] ?? []).map((each) => ({
      range: each.range,
      newText: 'snippet' in each ? each.snippet.value.replace(/\$\{\d+:([^}]*)\}/g, '$1') : each.newText,
    }));
    return TextDocument.applyEdits(document, edits);
  }
}

/** Asks again and again until there is an answer; fails with what was waited for. */
export async function until<T>(what: string, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const end = performance.now() + 10_000;
  while (performance.now() < end) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`Waited too long for ${what}.`);
}
