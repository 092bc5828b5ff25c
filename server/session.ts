import type { ClientCapabilities } from 'vscode-languageserver';
import { Analysis, type LintResult } from '../engine/analysis/analysis.ts';
import { targetsOf } from '../engine/analysis/targets.ts';
import { defaultBudget } from '../engine/estate/context.ts';
import type { Snapshot } from '../engine/estate/snapshot.ts';
import { folderOf, isBelow, normaliseUri, uriOfPath } from '../engine/text/uri.ts';
import { createDiskSnapshot, type DiskSnapshot, realPathsOf } from '../host/disk-snapshot.ts';
import { defaultModuleCache, type ModuleCache } from '../host/module-cache.ts';
import { loadCheckData, loadLens } from '../host/shipped-data.ts';
import { CallGraph } from './call-graph.ts';
import { Documents, type OpenDocument } from './documents.ts';
import { OwnRuleConfigurations } from './own-rules.ts';
import type { InitializationOptions } from './protocol.ts';
import { Scanner } from './scanner.ts';
import { WorkspaceIndex } from './workspace-index.ts';

/** Is given the URIs of the files that have changed; undefined when it may be any. */
export type ChangeListener = (uris: readonly string[] | undefined) => void;

/** What the server knows between requests: the open documents over the files on disk, and the last result. */
export class Session {
  readonly #data = loadCheckData();
  readonly analysis = new Analysis(this.#data, loadLens);
  readonly documents = new Documents();
  readonly graph = new CallGraph();
  readonly index: WorkspaceIndex;
  /** What the client has sent with `initialize`. */
  options: InitializationOptions = {};
  capabilities: ClientCapabilities = {};
  /** The files as they stand now. */
  snapshot: Snapshot;
  #disk: DiskSnapshot;
  #moduleCache: ModuleCache | undefined;
  readonly #configurations = new OwnRuleConfigurations(this.analysis, this.#data.rules);
  #roots: readonly string[] = [];
  #result: LintResult | undefined;
  #scanner: Scanner | undefined;
  #readable: readonly string[] = [];
  readonly #listeners = new Set<ChangeListener>();
  #revision = 0;

  constructor() {
    this.#disk = createDiskSnapshot([], defaultBudget.fileSize);
    this.snapshot = this.documents.over(this.#disk);
    this.index = new WorkspaceIndex(
      this.graph,
      (uri) => this.documents.isOpen(uri),
      () => this.#changed(undefined),
    );
  }

  /** Grows with every change. */
  get revision(): number {
    return this.#revision;
  }

  /** Calls a listener whenever what there is to say may have become another. */
  onDidChange(listener: ChangeListener): { readonly dispose: () => void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  #changed(uris: readonly string[] | undefined): void {
    // It may have read what has changed.
    this.#scanner = undefined;
    this.#revision++;
    this.#result = undefined;
    for (const listener of [...this.#listeners]) listener(uris);
  }

  /** Absolute paths of the workspace folders; nothing outside of them is read. */
  setRoots(paths: readonly string[]): void {
    this.#roots = paths;
    this.forgetDisk();
  }

  /** Files on disk were made, changed or deleted. */
  filesChanged(clientUris: readonly string[]): void {
    const uris = clientUris.map(normaliseUri);
    for (const uri of uris) {
      this.#disk.forget(uri);
      if (!this.documents.isOpen(uri)) this.index.touch(uri);
    }
    this.#changed(uris);
  }

  /** Reads everything anew: for clients that don't tell what has changed on disk. */
  forgetDisk(): void {
    this.#moduleCache = defaultModuleCache();
    const cache = this.#moduleCache === undefined ? [] : [this.#moduleCache.path];
    this.#readable = [...realPathsOf(this.#roots), ...cache];
    this.#scanner = undefined;
    this.#disk = createDiskSnapshot(this.#readable, defaultBudget.fileSize);
    this.snapshot = this.documents.over(this.#disk);
    this.index.setRoots(this.#roots);
    this.#changed(undefined);
  }

  update(document: OpenDocument): void {
    const uri = this.documents.update(document);
    const source = this.analysis.source(uri, this.snapshot);
    this.graph.set(uri, source === undefined ? [] : targetsOf(uri, source));
    this.#changed([uri]);
  }

  close(clientUri: string): void {
    const uri = this.documents.close(clientUri);
    this.#disk.forget(uri);
    this.index.closed(uri);
    this.#changed([uri]);
  }

  /** The text of a file as it stands: that of the open document, else that on disk. */
  textOf(uri: string): string | undefined {
    const state = this.snapshot.file(uri);
    return state.kind === 'text' ? state.text : undefined;
  }

  /** What there is to say about the open documents, judged by all that deploys them; computed once until something changes. */
  result(): LintResult {
    this.#result ??= this.lint(this.graph.withCallers(this.documents.uris));
    return this.#result;
  }

  /** Judges files as they stand, or as `snapshot` has them. `rules` are ids; all that are on when empty. */
  lint(files: readonly string[], snapshot: Snapshot = this.snapshot, rules: readonly string[] = []): LintResult {
    return this.#lintBy(this.analysis, files, snapshot, rules);
  }

  /** Judges files that nobody looks at: what was read for them is let go before long. */
  scan(files: readonly string[]): LintResult {
    this.#scanner ??= new Scanner(this.#data, this.documents, this.#readable);
    const { analysis, snapshot } = this.#scanner.current;
    return this.#lintBy(analysis, files, snapshot, []);
  }

  /** The workspace has been scanned. */
  endScan(): void {
    this.#scanner = undefined;
  }

  #lintBy(analysis: Analysis, files: readonly string[], snapshot: Snapshot, rules: readonly string[]): LintResult {
    return analysis.lint({
      snapshot,
      configuration: this.#configurations.of(files, snapshot, analysis, this.options.trusted !== false),
      files,
      folder: this.#folder(files),
      moduleCache: this.#moduleCache?.uri,
      rules,
      today: new Date().toISOString().slice(0, 10),
    });
  }

  /** The workspace folder that a file lies in, ending in `/`; undefined for one outside of all. */
  rootOf(uri: string): string | undefined {
    return this.#roots.map((root) => `${uriOfPath(root)}/`).find((root) => isBelow(uri, root));
  }

  #folder(files: readonly string[]): string {
    const [root] = this.#roots;
    if (root !== undefined) return `${uriOfPath(root)}/`;
    return files[0] === undefined ? '' : folderOf(files[0]);
  }
}
