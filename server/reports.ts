import type { Diagnostic } from 'vscode-languageserver';

interface Report {
  readonly resultId: string;
  readonly text: string;
}

/** What the client was told last about each document, so that it is not told the same again. */
export class Reports {
  readonly #last = new Map<string, Report>();
  #count = 0;

  /** Notes what a document has now; the id is that of the last time when nothing has changed. */
  note(uri: string, items: readonly Diagnostic[]): string {
    const text = JSON.stringify(items);
    const last = this.#last.get(uri);
    if (last?.text === text) return last.resultId;
    this.#count++;
    const resultId = String(this.#count);
    this.#last.set(uri, { resultId, text });
    return resultId;
  }

  /** True for a document that the client was told something else about. One that it never asked for is not. */
  isOutdated(uri: string, items: readonly Diagnostic[]): boolean {
    const last = this.#last.get(uri);
    return last !== undefined && last.text !== JSON.stringify(items);
  }

  has(uri: string): boolean {
    return this.#last.has(uri);
  }

  forget(uri: string): void {
    this.#last.delete(uri);
  }
}
