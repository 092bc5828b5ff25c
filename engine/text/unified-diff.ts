import { applyEdits, type TextEdit } from './edit.ts';

/** Lines around a change that are shown with it. */
const context = 3;

/** Lines `[start, start + before.length)` of the old text become `after`; 0-based, lines with their line breaks. */
interface Change {
  readonly start: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** What edits do to a file, as a unified diff that `git apply` takes. Empty when they do nothing. `path` has `/` between folders. */
export function unifiedDiff(path: string, text: string, edits: readonly TextEdit[]): string {
  const lines = linesOf(text);
  const changes = changesOf(text, lines, edits);
  if (changes.length === 0) return '';
  const parts = [`--- a/${path}\n+++ b/${path}\n`];
  let moved = 0;
  for (const hunk of hunksOf(changes)) {
    parts.push(printHunk(hunk, lines, moved));
    for (const { before, after } of hunk) moved += after.length - before.length;
  }
  return parts.join('');
}

/** Lines with their line breaks; a text that ends in one has no empty line behind it. */
function linesOf(text: string): readonly string[] {
  const lines: string[] = [];
  for (let from = 0; from < text.length; ) {
    const lineBreak = text.indexOf('\n', from);
    const to = lineBreak < 0 ? text.length : lineBreak + 1;
    lines.push(text.slice(from, to));
    from = to;
  }
  return lines;
}

function changesOf(text: string, lines: readonly string[], edits: readonly TextEdit[]): readonly Change[] {
  const starts = [0];
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length);
  const lineAt = (offset: number): number => {
    const next = starts.findIndex((start) => start > offset);
    return next < 0 ? lines.length : next - 1;
  };
  const changes: Change[] = [];
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  for (let index = 0; index < ordered.length; ) {
    const first = lineAt(ordered[index]?.start ?? 0);
    let last = first;
    const together: TextEdit[] = [];
    for (let edit = ordered[index]; edit !== undefined && lineAt(edit.start) <= last; edit = ordered[++index]) {
      last = Math.max(last, lineAt(edit.end));
      together.push(edit);
    }
    const from = starts[first] ?? text.length;
    const moved = together.map((edit) => ({ start: edit.start - from, end: edit.end - from, text: edit.text }));
    const before = lines.slice(first, last + 1);
    const after = linesOf(applyEdits(before.join(''), moved));
    const change = withoutCommon({ start: first, before, after });
    if (change.before.length > 0 || change.after.length > 0) changes.push(change);
  }
  return changes;
}

function withoutCommon({ start, before, after }: Change): Change {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < Math.min(before.length, after.length) - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return {
    start: start + head,
    before: before.slice(head, before.length - tail),
    after: after.slice(head, after.length - tail),
  };
}

/** Changes whose context meets stand in one hunk. */
function hunksOf(changes: readonly Change[]): readonly (readonly Change[])[] {
  const hunks: Change[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const change of changes) {
    const current = hunks.at(-1);
    if (current !== undefined && change.start - end <= 2 * context) current.push(change);
    else hunks.push([change]);
    end = change.start + change.before.length;
  }
  return hunks;
}

/** `moved`: how many lines hunks before this one have added. */
function printHunk(changes: readonly Change[], lines: readonly string[], moved: number): string {
  const first = changes[0]?.start ?? 0;
  const last = changes.at(-1);
  const from = Math.max(0, first - context);
  const to = Math.min(lines.length, (last === undefined ? first : last.start + last.before.length) + context);
  const body: string[] = [];
  let at = from;
  let added = 0;
  for (const { start, before, after } of changes) {
    for (const line of lines.slice(at, start)) body.push(printLine(' ', line));
    for (const line of before) body.push(printLine('-', line));
    for (const line of after) body.push(printLine('+', line));
    at = start + before.length;
    added += after.length - before.length;
  }
  for (const line of lines.slice(at, to)) body.push(printLine(' ', line));
  const count = to - from;
  return `@@ -${range(from, count)} +${range(from + moved, count + added)} @@\n${body.join('')}`;
}

/** An empty range is named by the line before it. */
function range(start: number, count: number): string {
  return `${count === 0 ? start : start + 1},${count}`;
}

function printLine(mark: string, line: string): string {
  return line.endsWith('\n') ? mark + line : `${mark}${line}\n\\ No newline at end of file\n`;
}
