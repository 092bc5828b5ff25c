import type { ResolveContext } from '../../estate/context.ts';
import { parseJson } from '../../text/json.ts';
import type { JsonDocument } from '../../text/json-syntax.ts';

/** A template or parameter file, parsed. */
export interface ArmSource {
  readonly uri: string;
  readonly text: string;
  readonly document: JsonDocument;
}

/** Why a file cannot be had. `unread`: the host has not looked yet and will. */
export type MissingFile =
  | { readonly kind: 'absent' }
  | { readonly kind: 'unread' }
  | { readonly kind: 'unreadable'; readonly message: string }
  | { readonly kind: 'too-large' };

export type Loaded<Content> = { readonly kind: 'loaded'; readonly content: Content } | MissingFile;

/** The part of a context that reading a file needs. */
export type FileReader = Pick<ResolveContext, 'snapshot' | 'budget' | 'depend'>;

/** Parsed files, each parsed once for as long as its text stays the same. Lives as long as its owner likes, over many roots. */
export class ArmFiles {
  readonly #sources = new Map<string, ArmSource>();

  /** A template or parameter file; `uri` is normalised. */
  load(uri: string, reader: FileReader): Loaded<ArmSource> {
    reader.depend(uri);
    const state = reader.snapshot.file(uri);
    if (state.kind !== 'text') return state;
    if (state.text.length > reader.budget.fileSize) return { kind: 'too-large' };
    const known = this.#sources.get(uri);
    if (known !== undefined && known.text === state.text) return { kind: 'loaded', content: known };
    const source: ArmSource = { uri, text: state.text, document: parseJson(state.text) };
    this.#sources.set(uri, source);
    return { kind: 'loaded', content: source };
  }

  /** Forgets a file, e.g. one that was deleted. */
  forget(uri: string): void {
    this.#sources.delete(uri);
  }
}
