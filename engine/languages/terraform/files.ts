import { type FileReader, loadText } from '../../estate/loaded.ts';
import { resolveRelative } from '../../text/uri.ts';
import { parseTerraformJson, parseVariablesJson } from './json-file.ts';
import { parseTemplate, parseTerraform } from './parser.ts';
import type { Expression, TerraformFile } from './syntax.ts';

/** A Terraform file (`.tf`, `.tofu`, `.tfvars`, each also in JSON; a lock file), parsed. */
export interface TerraformSource {
  readonly uri: string;
  readonly text: string;
  readonly file: TerraformFile;
  /** True for `override.tf` and `…_override.tf`, which change what other files declare. */
  readonly overrides: boolean;
}

const overriding = /(?:^|[/_])override\.(?:tf|tofu)(?:\.json)?$/;

function parse(uri: string, text: string): TerraformFile {
  if (uri.endsWith('.tfvars.json')) return parseVariablesJson(text);
  return uri.endsWith('.json') ? parseTerraformJson(text) : parseTerraform(text);
}

/** Templates that are kept parsed. */
const maximumTemplates = 200;

/** Parsed files, each parsed once for as long as its text stays the same. Lives as long as its owner likes, over many roots. */
export class TerraformFiles {
  readonly #sources = new Map<string, TerraformSource>();
  readonly #templates = new Map<string, Expression | undefined>();

  /** A file; undefined when it cannot be had. `uri` is normalised. */
  get(uri: string, reader: FileReader): TerraformSource | undefined {
    const text = this.text(uri, reader);
    if (text === undefined) return undefined;
    const known = this.#sources.get(uri);
    if (known !== undefined && known.text === text) return known;
    const source: TerraformSource = { uri, text, file: parse(uri, text), overrides: overriding.test(uri) };
    this.#sources.set(uri, source);
    return source;
  }

  /** The files of a module, by name; `folder` ends in `/`. Where `a.tofu` is, OpenTofu does not read `a.tf`. */
  module(folder: string, reader: FileReader): readonly TerraformSource[] {
    reader.depend(folder);
    const listing = reader.snapshot.list(folder);
    if (listing.kind !== 'entries') return [];
    const all = new Set(listing.files);
    const names = listing.files.filter((name) => {
      if (name.startsWith('.')) return false;
      const json = name.endsWith('.json') ? '.json' : '';
      const stem = json === '' ? name : name.slice(0, -json.length);
      if (stem.endsWith('.tofu')) return true;
      return stem.endsWith('.tf') && !all.has(`${stem.slice(0, -'.tf'.length)}.tofu${json}`);
    });
    const sources: TerraformSource[] = [];
    for (const name of names.sort()) {
      const uri = resolveRelative(folder, `./${name}`);
      const source = uri === undefined ? undefined : this.get(uri, reader);
      if (source !== undefined) sources.push(source);
    }
    return sources;
  }

  /** A text that is a template, parsed once; undefined when it has syntax errors. */
  template(text: string): Expression | undefined {
    if (this.#templates.size > maximumTemplates) this.#templates.clear();
    if (!this.#templates.has(text)) {
      const { value, problems } = parseTemplate(text);
      this.#templates.set(text, problems.length > 0 ? undefined : value);
    }
    return this.#templates.get(text);
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
