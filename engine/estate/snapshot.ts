/**
 * What the engine sees of a file. Whoever hosts the engine (Node, a worker, a browser) fills it in.
 * `unread` means that the host has not looked yet: the engine goes on with what it has, and says at the end what it lacked.
 */
export type FileState =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'absent' }
  /** `outside`: it is not even looked at, since it lies outside of what may be read. */
  | { readonly kind: 'unreadable'; readonly message: string; readonly outside?: true }
  | { readonly kind: 'unread' };

export type ListingState =
  | { readonly kind: 'entries'; readonly files: readonly string[]; readonly folders: readonly string[] }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unread' };

/** A consistent view of the files of a workspace. Answers must not change during one call into the engine. */
export interface Snapshot {
  /** `uri` is normalised (see `engine/text/uri.ts`). A file outside what may be read is `unreadable`. */
  readonly file: (uri: string) => FileState;
  /** Names (not URIs) of the entries of a folder; `uri` ends in `/`. */
  readonly list: (uri: string) => ListingState;
}
