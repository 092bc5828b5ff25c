import { readSuppressions, type Suppression } from '../findings/suppression.ts';
import type { TextEdit } from '../text/edit.ts';
import { contains, type Span } from '../text/span.ts';
import { commentedOf, type Source } from './sources.ts';

/** The rules that a file's comments name, each with its place. */
export function suppressionsIn(uri: string, source: Source): readonly Suppression[] {
  const file = commentedOf(uri, source);
  return file === undefined ? [] : readSuppressions(file).suppressions;
}

/** The edit that takes a rule out of the comment that suppresses it, with the comment and its line when nothing else is there. */
export function suppressionRemoval(uri: string, source: Source, place: Span): TextEdit | undefined {
  const comment = commentedOf(uri, source)?.comments.find((each) => contains(each, place));
  if (comment === undefined) return undefined;
  const { text } = source;
  const others = suppressionsIn(uri, source).filter(
    (each) => contains(comment, each.place) && each.place.start !== place.start,
  );
  if (others.length > 0) {
    const behind = /^[\s,]*/.exec(text.slice(place.end, comment.end))?.[0].length ?? 0;
    return { start: place.start, end: place.end + behind, text: '' };
  }
  const lineStart = text.lastIndexOf('\n', comment.start - 1) + 1;
  const before = /[ \t]*$/.exec(text.slice(lineStart, comment.start))?.[0].length ?? 0;
  const start = comment.start - before;
  const lineBreak = /^[ \t]*(\r?\n)?/.exec(text.slice(comment.end))?.[0].length ?? 0;
  return { start, end: start === lineStart ? comment.end + lineBreak : comment.end, text: '' };
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
