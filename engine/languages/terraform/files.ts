import { type FileReader, loadText } from '../../estate/loaded.ts';
import { parseTerraform } from './parser.ts';
import type { TerraformFile } from './syntax.ts';

/** A Terraform file (`.tf`, `.tofu`, `.tfvars`, a lock file), parsed. */
export interface TerraformSource {
  readonly uri: string;
  readonly text: string;
  readonly file: TerraformFile;
}

/** Parsed files, each parsed once for as long as its text stays the same. Lives as long as its owner likes, over many roots. */
export class TerraformFiles {
  readonly #sources = new Map<string, TerraformSource>();

  /** A file; undefined when it cannot be had. `uri` is normalised. */
  get(uri: string, reader: FileReader): TerraformSource | undefined {
    const text = this.text(uri, reader);
    if (text === undefined) return undefined;
    const known = this.#sources.get(uri);
    if (known !== undefined && known.text === text) return known;
    const source: TerraformSource = { uri, text, file: parseTerraform(text) };
    this.#sources.set(uri, source);
    return source;
  }

  /** The files of a module, by name; `folder` ends in `/`. Where `a.tofu` is, OpenTofu does not read `a.tf`. */
  module(folder: string, reader: FileReader): readonly TerraformSource[] {
    reader.depend(folder);
    const listing = reader.snapshot.list(folder);
    if (listing.kind !== 'entries') return [];
    const names = listing.files.filter(
      (name) =>
        name.endsWith('.tofu') || (name.endsWith('.tf') && !listing.files.includes(`${name.slice(0, -3)}.tofu`)),
    );
    const sources: TerraformSource[] = [];
    for (const name of [...names].sort()) {
      const source = this.get(folder + encodeURIComponent(name), reader);
      if (source !== undefined) sources.push(source);
    }
    return sources;
  }

  /** The text of a file; undefined when it cannot be had or is larger than the budget allows. */
  text(uri: string, reader: FileReader): string | undefined {
    const loaded = loadText(uri, reader);
    return loaded.kind === 'loaded' ? loaded.content : undefined;
  }

  /** Forgets a file, e.g. one that was deleted. */
  forget(uri: string): void {
    this.#sources.delete(uri);
  }
}
