import { readSuppressions, type Suppression } from '../findings/suppression.ts';
import type { Span } from '../text/span.ts';
import { commentedOf, type Source } from './sources.ts';

/** The rules that a file's comments name, each with its place. */
export function suppressionsIn(uri: string, source: Source): readonly Suppression[] {
  const file = commentedOf(uri, source);
  return file === undefined ? [] : readSuppressions(file).suppressions;
}

/** What may be written at an offset of a comment: the directive itself, or the id of a rule; the span is what stands of it. */
export interface DirectiveSlot extends Span {
  readonly kind: 'directive' | 'rule';
}

/** Undefined outside of comments, and where a reason is written. */
export function directiveSlotAt(uri: string, source: Source, offset: number): DirectiveSlot | undefined {
  const comments = commentedOf(uri, source)?.comments ?? [];
  const comment = comments.find(({ start, end }) => start < offset && offset <= end);
  if (comment === undefined) return undefined;
  const before = source.text.slice(comment.start, offset);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const ids = /demarc:ignore(?:-file)?\s(?:(?!--|\buntil\b).)*$/.exec(line);
  const written = /[\w/:-]*$/.exec(line)?.[0] ?? '';
  if (ids !== null) return { kind: 'rule', start: offset - written.length, end: offset };
  const begun = /(?:^|[\s/#*])(d[\w:-]*)$/.exec(line)?.[1];
  if (begun === undefined || !'demarc:ignore-file'.startsWith(begun)) return undefined;
  return { kind: 'directive', start: offset - begun.length, end: offset };
}
