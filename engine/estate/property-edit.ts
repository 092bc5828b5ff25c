import type { Data } from '../functions/data.ts';
import type { FileEdit } from '../text/edit.ts';
import type { Declaration } from './declaration.ts';
import type { PropertyPath } from './path.ts';
import type { Resource } from './resource.ts';

/** A part of a new value that only the author knows: a placeholder in the editor, `--set name=value` on the command line. */
export interface Ask {
  readonly kind: 'ask';
  readonly name: string;
  readonly prompt: string;
  /** What the examples of a rule fill in, and what a placeholder shows. */
  readonly example: Data;
}

/** What a new resource takes over from the one that it is made for. */
export type OwnPart = 'id' | 'location';

/** What a fix writes: plain data in which an `Ask`, or something of the resource itself, may stand anywhere. */
export type NewValue =
  | { readonly kind: 'data'; readonly data: Data }
  | Ask
  | { readonly kind: 'own'; readonly part: OwnPart }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, NewValue> }
  | { readonly kind: 'array'; readonly items: readonly NewValue[] };

/** A change to a resource, in terms of the Azure API; paths have no `[]`, only keys and certain items. */
export type PropertyEdit =
  | { readonly kind: 'set'; readonly path: PropertyPath; readonly value: NewValue }
  | { readonly kind: 'remove'; readonly path: PropertyPath }
  | {
      readonly kind: 'add-child';
      /** Full type of the child, e.g. `Microsoft.Sql/servers/auditingSettings`. */
      readonly type: string;
      readonly apiVersion: string;
      readonly name: string;
      readonly body: NewValue;
    }
  /** A resource of its own that refers to this one. */
  | {
      readonly kind: 'add-referring';
      readonly type: string;
      readonly apiVersion: string;
      /** `{name}` in it is the name of this resource. */
      readonly name: string;
      /** True for an extension resource, which is put on this one. */
      readonly onto: boolean;
      readonly body: NewValue;
    };

/** An edit that makes a resource. */
export type NewResourceEdit = Extract<PropertyEdit, { readonly kind: 'add-child' | 'add-referring' }>;

/** An edit of what is written in the resource. */
export type PathEdit = Exclude<PropertyEdit, NewResourceEdit>;

export function isNewResource(edit: PropertyEdit): edit is NewResourceEdit {
  return edit.kind === 'add-child' || edit.kind === 'add-referring';
}

export type EditResult =
  | { readonly kind: 'edits'; readonly files: readonly FileEdit[] }
  /** The edit cannot be made safely; the reason is a sentence for people. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Turns property edits into the smallest text edits in the author's own style. One per language. */
export type EditProperties = (
  resource: Resource,
  edits: readonly PropertyEdit[],
  /** The text of a file as it was when the estate was made; undefined when it is not to be had. */
  textOf: (uri: string) => string | undefined,
  /** Gives the text to write for an `Ask`; the language prints it as a literal of its own. */
  answer: (ask: Ask) => Data,
) => EditResult;

/** The same for what is declared besides resources: `secure` and `default` of parameters, arguments of blocks. */
export type EditDeclaration = (
  declaration: Declaration,
  edits: readonly PropertyEdit[],
  textOf: (uri: string) => string | undefined,
) => EditResult;
