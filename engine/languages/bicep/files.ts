import { type FileReader, type Loaded, loadText } from '../../estate/loaded.ts';
import { parseJson } from '../../text/json.ts';
import type { JsonDocument } from '../../text/json-syntax.ts';
import { ExpressionInputs } from './expression-inputs.ts';
import { parseBicep } from './parser.ts';
import { type SymbolTable, symbolsOf } from './symbols.ts';
import type { BicepFile } from './syntax.ts';

/** A Bicep file, parsed, with its names. */
export interface BicepSource {
  readonly uri: string;
  readonly text: string;
  readonly file: BicepFile;
  readonly symbols: SymbolTable;
  readonly inputs: ExpressionInputs;
}

/** Parsed files, each parsed once for as long as its text stays the same. Lives as long as its owner likes, over many roots. */
export class BicepFiles {
  readonly #sources = new Map<string, BicepSource>();
  readonly #json = new Map<string, { readonly text: string; readonly document: JsonDocument }>();

  /** A `.bicep` or `.bicepparam` file; `uri` is normalised. */
  load(uri: string, reader: FileReader): Loaded<BicepSource> {
    const state = this.text(uri, reader);
    if (state.kind !== 'loaded') return state;
    const text = state.content;
    const known = this.#sources.get(uri);
    if (known !== undefined && known.text === text) return { kind: 'loaded', content: known };
    const file = parseBicep(text, uri.endsWith('.bicepparam') ? 'bicepparam' : 'bicep');
    const symbols = symbolsOf(uri, file);
    const source: BicepSource = { uri, text, file, symbols, inputs: new ExpressionInputs(symbols.names) };
    this.#sources.set(uri, source);
    return { kind: 'loaded', content: source };
  }

  /** As `load`; undefined when the file cannot be had. */
  get(uri: string, reader: FileReader): BicepSource | undefined {
    const loaded = this.load(uri, reader);
    return loaded.kind === 'loaded' ? loaded.content : undefined;
  }

  json(uri: string, reader: FileReader): Loaded<JsonDocument> {
    const state = this.text(uri, reader);
    if (state.kind !== 'loaded') return state;
    const known = this.#json.get(uri);
    if (known !== undefined && known.text === state.content) return { kind: 'loaded', content: known.document };
    const document = parseJson(state.content);
    this.#json.set(uri, { text: state.content, document });
    return { kind: 'loaded', content: document };
  }

  text(uri: string, reader: FileReader): Loaded<string> {
    return loadText(uri, reader);
  }

  /** Forgets a file, e.g. one that was deleted. */
  forget(uri: string): void {
    this.#sources.delete(uri);
    this.#json.delete(uri);
  }
}
