import { declaredTexts } from '../check/text-kinds.ts';
import type { Declaration } from '../estate/declaration.ts';
import type { FileReader } from '../estate/loaded.ts';
import type { FileState } from '../estate/snapshot.ts';
import { commentedTemplate } from '../languages/arm/commented.ts';
import { ArmFiles, type ArmSource } from '../languages/arm/files.ts';
import { writtenTexts as textsOfArm } from '../languages/arm/written-texts.ts';
import { commentedBicep } from '../languages/bicep/commented.ts';
import { BicepFiles } from '../languages/bicep/files.ts';
import type { BicepFile } from '../languages/bicep/syntax.ts';
import { writtenTexts as textsOfBicep } from '../languages/bicep/written-texts.ts';
import { commentedTerraform } from '../languages/terraform/commented.ts';
import { TerraformFiles } from '../languages/terraform/files.ts';
import type { TerraformFile } from '../languages/terraform/syntax.ts';
import { writtenTexts as textsOfTerraform } from '../languages/terraform/written-texts.ts';
import type { CommentedFile } from '../text/commented-file.ts';
import type { JsonDocument } from '../text/json-syntax.ts';
import type { SyntaxProblem } from '../text/span.ts';
import { type FileKind, fileKindOf } from './file-kinds.ts';

/** A file that was read: what it is, and its syntax. */
export type Source =
  | { readonly kind: 'bicep' | 'bicepparam'; readonly text: string; readonly file: BicepFile }
  /** The document is parsed when it is first asked for: a compiled template is large, and judged at its source. */
  | {
      readonly kind: 'template' | 'parameters' | 'plan';
      readonly text: string;
      readonly document: JsonDocument;
      readonly problems: readonly SyntaxProblem[];
    }
  | { readonly kind: 'terraform' | 'terraform-variables'; readonly text: string; readonly file: TerraformFile }
  | { readonly kind: 'other'; readonly text: string };

/** The parsed files of one host, each parsed once for as long as its text stays the same. */
export class Sources {
  readonly bicep = new BicepFiles();
  readonly arm = new ArmFiles();
  readonly terraform = new TerraformFiles();
  readonly #known = new Map<string, Source>();

  /** Undefined when the file has no text to be read. */
  get(uri: string, reader: FileReader): Source | undefined {
    const state = reader.snapshot.file(uri);
    if (state.kind !== 'text') return undefined;
    const known = this.#known.get(uri);
    if (known !== undefined && known.text === state.text) return known;
    const source = this.#parse(uri, state.text, reader);
    this.#known.set(uri, source);
    return source;
  }

  #parse(uri: string, text: string, reader: FileReader): Source {
    const kind: FileKind = fileKindOf(uri, () => text);
    switch (kind) {
      case 'bicep':
      case 'bicepparam': {
        const source = this.bicep.get(uri, reader);
        return source === undefined ? { kind: 'other', text } : { kind, text, file: source.file };
      }
      case 'template':
      case 'parameters':
      case 'plan':
        return new JsonSource(kind, text, () => this.arm.of(uri, text));
      case 'terraform':
      case 'terraform-variables': {
        const source = this.terraform.get(uri, reader);
        return source === undefined ? { kind: 'other', text } : { kind, text, file: source.file };
      }
      case 'other':
        return { kind, text };
    }
  }
}

class JsonSource {
  readonly kind: 'template' | 'parameters' | 'plan';
  readonly text: string;
  readonly #source: () => ArmSource;

  constructor(kind: 'template' | 'parameters' | 'plan', text: string, source: () => ArmSource) {
    this.kind = kind;
    this.text = text;
    this.#source = source;
  }

  get document(): JsonDocument {
    return this.#source().document;
  }

  get problems(): readonly SyntaxProblem[] {
    return this.kind === 'template' ? this.#source().problems().syntax : this.document.problems;
  }
}

/** The syntax errors of a file. */
export function problemsOf(source: Source): readonly SyntaxProblem[] {
  switch (source.kind) {
    case 'bicep':
    case 'bicepparam':
    case 'terraform':
    case 'terraform-variables':
      return source.file.problems;
    case 'template':
    case 'parameters':
    case 'plan':
      return source.problems;
    case 'other':
      return [];
  }
}

const knownTexts = new WeakMap<Source, readonly Declaration[]>();

/** The texts of a file that rules over texts look at; found once. */
export function textsOf(uri: string, source: Source): readonly Declaration[] {
  let texts = knownTexts.get(source);
  if (texts === undefined) {
    texts = findTexts(uri, source);
    knownTexts.set(source, texts);
  }
  return texts;
}

function findTexts(uri: string, source: Source): readonly Declaration[] {
  switch (source.kind) {
    case 'bicep':
    case 'bicepparam':
      return declaredTexts(uri, 'bicep', textsOfBicep(source.file));
    case 'terraform':
    case 'terraform-variables':
      return declaredTexts(uri, 'terraform', textsOfTerraform(source.file));
    case 'template':
    case 'parameters':
      return declaredTexts(uri, 'arm', textsOfArm(source.document));
    case 'plan':
    case 'other':
      return [];
  }
}

/** A file as suppression comments see it; undefined for what has no comments of ours. */
export function commentedOf(uri: string, source: Source): CommentedFile | undefined {
  switch (source.kind) {
    case 'bicep':
    case 'bicepparam':
      return commentedBicep(uri, source.file);
    case 'terraform':
    case 'terraform-variables':
      return commentedTerraform(uri, source.file);
    case 'template':
    case 'parameters':
      return commentedTemplate(uri, source);
    case 'plan':
    case 'other':
      return undefined;
  }
}

/** Why a file could not be read, as a sentence; undefined when it could, or when the host has not looked yet. */
export function unreadableMessage(state: FileState): string | undefined {
  switch (state.kind) {
    case 'unreadable':
      return state.message;
    case 'absent':
      return 'The file does not exist.';
    case 'text':
    case 'unread':
      return undefined;
  }
}
