import { type FileReader, type Loaded, loadText } from '../../estate/loaded.ts';
import { parseJson } from '../../text/json.ts';
import type { JsonDocument } from '../../text/json-syntax.ts';

/** A template or parameter file, parsed. */
export interface ArmSource {
  readonly uri: string;
  readonly text: string;
  readonly document: JsonDocument;
}

/** Parsed files, each parsed once for as long as its text stays the same. Lives as long as its owner likes, over many roots. */
export class ArmFiles {
  readonly #sources = new Map<string, ArmSource>();

  /** A template or parameter file; `uri` is normalised. */
  load(uri: string, reader: FileReader): Loaded<ArmSource> {
    const state = loadText(uri, reader);
    if (state.kind !== 'loaded') return state;
    const text = state.content;
    const known = this.#sources.get(uri);
    if (known !== undefined && known.text === text) return { kind: 'loaded', content: known };
    const source: ArmSource = { uri, text, document: parseJson(text) };
    this.#sources.set(uri, source);
    return { kind: 'loaded', content: source };
  }

  /** Forgets a file, e.g. one that was deleted. */
  forget(uri: string): void {
    this.#sources.delete(uri);
  }
}
