import { commands, type Disposable, EventEmitter } from 'vscode';
import type { Location, ResponsibilityMap, ResponsibilityParams } from '../../server/protocol.ts';
import type { Session } from '../session.ts';

export type LocatedMap = ResponsibilityMap<Location>;
export type Scope = ResponsibilityParams['scope'];

const empty: LocatedMap = { resources: [], others: [] };

/** Whose job what is, as the server said last. It is asked again only while somebody looks. */
export class ResponsibilitySource implements Disposable {
  readonly #session: Session;
  readonly #changed = new EventEmitter<LocatedMap>();
  readonly onDidChange = this.#changed.event;
  readonly #lookers = new Set<unknown>();
  readonly #subscriptions: readonly Disposable[];
  #map = empty;
  #scope: Scope = 'open';
  #asking: Promise<void> | undefined;
  #isStale = true;

  constructor(session: Session) {
    this.#session = session;
    this.#subscriptions = [
      session.onDidJudge(() => this.#refresh()),
      session.onDidChangeState((state) => {
        if (state === 'running') this.#refresh();
        if (state === 'stopped') this.#set(empty);
      }),
    ];
  }

  get map(): LocatedMap {
    return this.#map;
  }

  get scope(): Scope {
    return this.#scope;
  }

  setScope(scope: Scope): void {
    this.#scope = scope;
    void commands.executeCommand('setContext', 'demarc.responsibilityScope', scope);
    this.#refresh();
  }

  /** Says that somebody begins to look, or no longer does. */
  look(who: unknown, looks: boolean): void {
    if (looks) this.#lookers.add(who);
    else this.#lookers.delete(who);
    if (looks && this.#isStale) this.#refresh();
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
    this.#changed.dispose();
  }

  #refresh(): void {
    this.#isStale = true;
    if (this.#lookers.size === 0 || !this.#session.isRunning) return;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
      // Something has changed while the answer was on its way.
      if (this.#isStale && this.#session.isRunning) this.#refresh();
    });
  }

  async #ask(): Promise<void> {
    this.#isStale = false;
    try {
      this.#set(await this.#session.request('demarc/responsibility', { scope: this.#scope }));
    } catch {
      // The server is being stopped; it says so itself.
    }
  }

  #set(map: LocatedMap): void {
    this.#map = map;
    this.#changed.fire(map);
  }
}
