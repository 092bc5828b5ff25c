import { type Disposable, EventEmitter, type ExtensionContext, type LogOutputChannel, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Requests } from '../server/protocol.ts';
import type { ServerState } from './client.ts';

/** The server's life: none until the first document that is ours, one afterwards. */
export class Session implements Disposable {
  readonly #context: ExtensionContext;
  readonly #log: LogOutputChannel;
  readonly #changed = new EventEmitter<ServerState>();
  readonly onDidChangeState = this.#changed.event;
  readonly #judged = new EventEmitter<void>();
  /** The server has judged anew what has changed. */
  readonly onDidJudge = this.#judged.event;
  #client: Promise<LanguageClient | undefined> | undefined;
  #isRunning = false;

  constructor(context: ExtensionContext, log: LogOutputChannel) {
    this.#context = context;
    this.#log = log;
  }

  get isStarted(): boolean {
    return this.#client !== undefined;
  }

  /** True once it has said that it is ready. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Starts the server if none runs; a failure is told to the user and written to the log. */
  async start(): Promise<void> {
    this.#client ??= this.#launch();
    await this.#client;
  }

  async stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await (await client)?.dispose();
    this.#changed.fire('stopped');
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Asks the server; starts it first when necessary. */
  async request<Method extends keyof Requests>(
    method: Method,
    params: Requests[Method]['params'],
  ): Promise<Requests[Method]['result']> {
    await this.start();
    const client = await this.#client;
    if (!client) throw new Error('the Demarc server is not running');
    return await client.sendRequest<Requests[Method]['result']>(method, params);
  }

  /** The running client, for what only it can convert. */
  async client(): Promise<LanguageClient | undefined> {
    return await this.#client;
  }

  dispose(): void {
    this.#changed.dispose();
    this.#judged.dispose();
  }

  async #launch(): Promise<LanguageClient | undefined> {
    const { createClient } = await import('./client.ts');
    const client = createClient(this.#context, this.#log, (state) => {
      this.#isRunning = state === 'running';
      this.#changed.fire(state);
    });
    client.onNotification('demarc/responsibilityChanged', () => this.#judged.fire());
    try {
      await client.start();
      return client;
    } catch (error) {
      this.#changed.fire('failed');
      this.#log.error(`The server did not start: ${String(error)}`);
      void this.#tellFailure();
      return undefined;
    }
  }

  async #tellFailure(): Promise<void> {
    const answer = await window.showErrorMessage('The Demarc server did not start.', 'Show Log');
    if (answer) this.#log.show();
  }
}
