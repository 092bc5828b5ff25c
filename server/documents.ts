import type { FileState, ListingState, Snapshot } from '../engine/estate/snapshot.ts';
import { fileNameOf, folderOf, normaliseUri } from '../engine/text/uri.ts';

/** A document that is open in the editor. `uri` is spelt as the client spells it. */
export interface OpenDocument {
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
}

/** The documents that are open, by the engine's URIs and by the client's. */
export class Documents {
  readonly #open = new Map<string, OpenDocument>();
  readonly #uris = new Map<string, string>();

  /** Normalised URIs of what is open. */
  get uris(): Iterable<string> {
    return this.#open.keys();
  }

  get all(): Iterable<OpenDocument> {
    return this.#open.values();
  }

  isOpen(uri: string): boolean {
    return this.#open.has(uri);
  }

  /** Opens or changes a document; returns the engine's URI. One that comes back under another language may get another one. */
  update(document: OpenDocument): string {
    const uri = engineUri(document);
    const before = this.#uris.get(document.uri);
    if (before !== undefined && before !== uri) this.#open.delete(before);
    this.#uris.set(document.uri, uri);
    this.#open.set(uri, document);
    return uri;
  }

  /** Returns the engine's URI. */
  close(clientUri: string): string {
    const uri = this.uriOf(clientUri);
    this.#open.delete(uri);
    this.#uris.delete(clientUri);
    return uri;
  }

  /** By the client's URI. */
  get(clientUri: string): OpenDocument | undefined {
    return this.#open.get(this.uriOf(clientUri));
  }

  /** The engine's URI of a document, for the client's. */
  uriOf(clientUri: string): string {
    return this.#uris.get(clientUri) ?? normaliseUri(clientUri);
  }

  /** The URI as the client spells it, for a file that is open. */
  clientUri(uri: string): string {
    return this.#open.get(uri)?.uri ?? uri;
  }

  /** The files as the editor shows them: what is open over what is on disk. */
  over(disk: Snapshot): Snapshot {
    return {
      file: (uri): FileState => {
        const open = this.#open.get(uri);
        if (open !== undefined) return { kind: 'text', text: open.text };
        return uri.startsWith('file:') ? disk.file(uri) : notOpen;
      },
      list: (uri): ListingState => {
        const stored = uri.startsWith('file:') ? disk.list(uri) : ({ kind: 'absent' } as const);
        const names = [...this.#open.keys()].filter((each) => folderOf(each) === uri).map(fileNameOf);
        if (names.length === 0) return stored;
        const files = stored.kind === 'entries' ? stored.files : [];
        const folders = stored.kind === 'entries' ? stored.folders : [];
        return { kind: 'entries', files: [...new Set([...files, ...names])], folders };
      },
    };
  }
}

const notOpen: FileState = {
  kind: 'unreadable',
  message: 'The file does not lie on this machine; open it in the editor to have it read.',
};

const endings: Readonly<Record<string, string>> = {
  bicep: 'bicep',
  'bicep-params': 'bicepparam',
  terraform: 'tf',
  'terraform-vars': 'tfvars',
  opentofu: 'tofu',
  'opentofu-vars': 'tfvars',
  'arm-template': 'json',
  json: 'json',
  jsonc: 'jsonc',
};

/** The engine knows files by their names: a document that was never saved gets a folder of its own and a name by its language. */
function engineUri({ uri, languageId }: OpenDocument): string {
  if (!uri.startsWith('untitled:')) return normaliseUri(uri);
  const name = uri.slice('untitled:'.length);
  const ending = endings[languageId] ?? /\.([a-z]+)$/i.exec(name)?.[1] ?? 'txt';
  return normaliseUri(`untitled://${encodeURIComponent(name)}/main.${ending}`);
}
