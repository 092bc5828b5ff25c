import { Analysis, type LintResult } from '../engine/analysis/analysis.ts';
import { Configurations } from '../engine/configuration/configurations.ts';
import { configurationReader } from '../engine/configuration/read.ts';
import { defaultBudget } from '../engine/estate/context.ts';
import type { Snapshot } from '../engine/estate/snapshot.ts';
import { folderOf, normaliseUri } from '../engine/text/uri.ts';
import { createDiskSnapshot } from '../host/disk-snapshot.ts';
import { loadCheckData, loadLens } from '../host/shipped-data.ts';

/** A document that is open in the editor. `uri` is spelt as the client spells it. */
export interface OpenDocument {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
}

/** What the server knows between requests: the open documents over the files on disk, and the last result. */
export class Session {
  readonly analysis = new Analysis(loadCheckData(), loadLens);
  /** By normalised URI. */
  readonly #open = new Map<string, OpenDocument>();
  /** Normalised URIs of open documents, by the client's spelling. */
  readonly #uris = new Map<string, string>();
  readonly #readConfiguration = configurationReader(this.analysis.ruleNames);
  #roots: readonly string[] = [];
  #result: LintResult | undefined;

  /** Absolute paths of the workspace folders, links resolved; nothing outside of them is read. */
  setRoots(paths: readonly string[]): void {
    this.#roots = paths;
    this.#result = undefined;
  }

  /** Files on disk have changed. */
  forget(): void {
    this.#result = undefined;
  }

  update(document: OpenDocument): void {
    const uri = engineUri(document);
    const before = this.#uris.get(document.uri);
    if (before !== undefined && before !== uri) this.#open.delete(before);
    this.#uris.set(document.uri, uri);
    this.#open.set(uri, document);
    this.#result = undefined;
  }

  close(uri: string): void {
    this.#open.delete(this.uriOf(uri));
    this.#uris.delete(uri);
    this.#result = undefined;
  }

  document(uri: string): OpenDocument | undefined {
    return this.#open.get(this.uriOf(uri));
  }

  /** The engine's URI of a document, for the client's. */
  uriOf(clientUri: string): string {
    return this.#uris.get(clientUri) ?? normaliseUri(clientUri);
  }

  /** The URI as the client spells it, for a file that is open. */
  clientUri(uri: string): string {
    return this.#open.get(uri)?.uri ?? uri;
  }

  /** The text of a file as it stands: that of the open document, else that on disk. */
  textOf(uri: string): string | undefined {
    const state = this.#snapshot().file(uri);
    return state.kind === 'text' ? state.text : undefined;
  }

  /** What there is to say about the open documents; computed once until something changes. */
  result(): LintResult {
    this.#result ??= this.#lint();
    return this.#result;
  }

  #lint(): LintResult {
    const files = [...this.#open.keys()].sort();
    const snapshot = this.#snapshot();
    return this.analysis.lint({
      snapshot,
      configuration: new Configurations(snapshot, this.#readConfiguration),
      files,
      folder: files[0] === undefined ? '' : folderOf(files[0]),
      rules: [],
      today: new Date().toISOString().slice(0, 10),
    });
  }

  #snapshot(): Snapshot {
    const disk = createDiskSnapshot(this.#roots, defaultBudget.fileSize);
    return {
      file: (uri) => {
        const open = this.#open.get(uri);
        return open === undefined ? disk.file(uri) : { kind: 'text', text: open.text };
      },
      list: (uri) => disk.list(uri),
    };
  }
}

const endings: Readonly<Record<string, string>> = {
  bicep: '.bicep',
  'bicep-params': '.bicepparam',
  terraform: '.tf',
  opentofu: '.tofu',
  'arm-template': '.json',
  json: '.json',
  jsonc: '.jsonc',
};

/** The engine knows files by their names; a document that was never saved gets the ending of its language. */
function engineUri({ uri, languageId }: OpenDocument): string {
  return uri.startsWith('untitled:') ? normaliseUri(uri) + (endings[languageId] ?? '') : normaliseUri(uri);
}
