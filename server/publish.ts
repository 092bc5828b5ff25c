import {
  type CancellationToken,
  CodeLensRefreshRequest,
  type Connection,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver';
import { diagnosticsOf } from './diagnostics.ts';
import { Quiet } from './quiet.ts';
import { Reports } from './reports.ts';
import type { Session } from './session.ts';

/** Other documents get this much more time to be asked for by the client itself before it is asked to ask. */
const refreshMilliseconds = 400;

/** A large workspace takes longer to be read than anybody wants to wait for the first answer, which is mended later. */
const indexMilliseconds = 500;

/** Brings diagnostics to the client: it is answered if it can ask, else it is told; never both. */
export class Publisher {
  readonly #connection: Connection;
  readonly #session: Session;
  readonly #quiet = new Quiet();
  readonly reports = new Reports();
  readonly #listeners: (() => void)[] = [];

  constructor(connection: Connection, session: Session) {
    this.#connection = connection;
    this.#session = session;
    connection.languages.diagnostics.on(async ({ textDocument: { uri }, previousResultId }, token) => {
      await this.settle(token);
      const items = diagnosticsOf(session, uri);
      const resultId = this.reports.note(uri, items);
      if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
      return { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...items] };
    });
  }

  /** Waits until nobody types and, for a moment, until the workspace is known; throws when the request is cancelled. */
  async settle(token: CancellationToken): Promise<void> {
    await Promise.race([
      this.#session.index.complete,
      new Promise((resolve) => setTimeout(resolve, indexMilliseconds)),
    ]);
    if (await this.#quiet.settled(token)) return;
    throw new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
  }

  /** Calls a listener once it is quiet after a change. */
  onSettled(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** A document was opened or changed. */
  typed(): void {
    this.#quiet.disturb();
    this.changed();
  }

  /** What there is to say may have become another. */
  changed(): void {
    const bring = (): void => {
      if (this.#pulls()) this.#refresh();
      else this.#push();
      for (const listener of this.#listeners) listener();
    };
    this.#quiet.afterwards(bring, this.#pulls() ? refreshMilliseconds : 0);
  }

  closed(uri: string): void {
    this.reports.forget(uri);
    if (!this.#pulls()) void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
    this.changed();
  }

  #pulls(): boolean {
    return this.#session.capabilities.textDocument?.diagnostic !== undefined;
  }

  #push(): void {
    for (const { uri, version } of this.#session.documents.all) {
      const diagnostics = [...diagnosticsOf(this.#session, uri)];
      const isFirst = !this.reports.has(uri);
      if (!isFirst && !this.reports.isOutdated(uri, diagnostics)) continue;
      this.reports.note(uri, diagnostics);
      void this.#connection.sendDiagnostics({ uri, version, diagnostics });
    }
  }

  /** A change in one file may show in another one, which the client does not know. */
  #refresh(): void {
    if (this.#session.capabilities.workspace?.codeLens?.refreshSupport === true)
      void this.#connection.sendRequest(CodeLensRefreshRequest.type);
    if (this.#session.capabilities.workspace?.diagnostics?.refreshSupport !== true) return;
    const uris = [...this.#session.documents.all].map(({ uri }) => uri);
    if (uris.some((uri) => this.reports.isOutdated(uri, diagnosticsOf(this.#session, uri)))) {
      this.#connection.languages.diagnostics.refresh();
    }
  }
}
