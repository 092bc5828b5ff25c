import type { ResolveContext } from './context.ts';

/** Why a file cannot be had. `unread`: the host has not looked yet and will. */
export type MissingFile =
  | { readonly kind: 'absent' }
  | { readonly kind: 'unread' }
  | { readonly kind: 'unreadable'; readonly message: string }
  | { readonly kind: 'too-large' };

export type Loaded<Content> = { readonly kind: 'loaded'; readonly content: Content } | MissingFile;

/** The part of a context that reading a file needs. */
export type FileReader = Pick<ResolveContext, 'snapshot' | 'budget' | 'depend'>;

/** The text of a file, within the budget. `uri` is normalised. */
export function loadText(uri: string, reader: FileReader): Loaded<string> {
  reader.depend(uri);
  const state = reader.snapshot.file(uri);
  if (state.kind !== 'text') return state;
  if (state.text.length > reader.budget.fileSize) return { kind: 'too-large' };
  return { kind: 'loaded', content: state.text };
}
