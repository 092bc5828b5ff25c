import type { TextEdit } from '../../text/edit.ts';
import type { JsonArray, JsonMember, JsonNode, JsonObject } from '../../text/json-syntax.ts';
import {
  afterBlanks,
  beforeBlanks,
  indentationAt,
  isBlank,
  isOneLine,
  lineBreakEnd,
  lineStart,
} from '../../text/layout.ts';
import type { Span } from '../../text/span.ts';
import { type Entry, printEntry } from './edit-print.ts';
import { itemsOf, type Style, styleIn } from './edit-style.ts';
import type { EditSource } from './levels.ts';

type Container = JsonObject | JsonArray;
type Item = JsonMember | JsonNode;

/** What is to come into and to go from an object or array. */
export interface ContainerPlan {
  readonly container: Container;
  /** What the container is itself written in. */
  readonly around: Container | undefined;
  /** At the end. */
  readonly added: Entry[];
  /** Right behind an item. */
  readonly inserted: Map<Item, readonly Entry[]>;
  readonly removed: Set<Item>;
  /** Members that stay at the end, in lower case: what is added comes in front of them. */
  readonly last: ReadonlySet<string>;
}

/** The text edits of one object or array, its commas put right. What is inside of its items is not touched. */
export function containerEdits(plan: ContainerPlan, file: EditSource, style: Style): readonly TextEdit[] {
  return new ContainerEdits(plan, file, style).edits();
}

class ContainerEdits {
  readonly #plan: ContainerPlan;
  readonly #container: Container;
  readonly #items: readonly Item[];
  readonly #text: string;
  readonly #comments: readonly Span[];
  readonly #style: Style;
  readonly #isOneLine: boolean;
  readonly #edits: TextEdit[] = [];

  constructor(plan: ContainerPlan, { text, document }: EditSource, style: Style) {
    const { container } = plan;
    this.#plan = plan;
    this.#container = container;
    this.#items = itemsOf(container);
    this.#text = text;
    this.#comments = document.comments.filter(({ start }) => container.start < start && start < container.end);
    this.#style = styleIn(container, text, style);
    this.#isOneLine = isOneLine(text, container.start, container.end);
  }

  edits(): readonly TextEdit[] {
    const { added, inserted, removed } = this.#plan;
    const items = this.#items;
    const left = items.filter((item) => !removed.has(item));
    if (left.length === 0 && !this.#hasComments(items)) return this.#rewritten();
    for (const [item, entries] of inserted) this.#insertAfter(item, entries);
    const last = left[left.length - 1];
    const anchor = left.findLast((item) => !this.#staysLast(item)) ?? last;
    // Behind an anchor that others follow, what is added goes in by itself.
    const atEnd = anchor === last ? added : [];
    if (anchor !== undefined && anchor !== last && added.length > 0) this.#insertAfter(anchor, added);
    const ending = items.slice(last === undefined ? 0 : items.indexOf(last) + 1);
    for (const item of removed) if (!ending.includes(item)) this.#removeWithComma(item);
    if (ending.length > 0) this.#removeEnding(last, ending, atEnd);
    else if (atEnd.length > 0 && last === undefined) this.#insertBeside(atEnd);
    else if (atEnd.length > 0 && last !== undefined) this.#insertAfter(last, atEnd);
    return joined(this.#edits);
  }

  #staysLast(item: Item): boolean {
    return 'key' in item && this.#plan.last.has(item.key.value.toLowerCase());
  }

  /** True where a comment stands between the items. */
  #hasComments(items: readonly Item[]): boolean {
    return this.#comments.some(
      (comment) => !items.some(({ start, end }) => start < comment.start && comment.end <= end),
    );
  }

  /** The whole of it, nothing of what it holds being kept. */
  #rewritten(): readonly TextEdit[] {
    const { container, around, added } = this.#plan;
    const { start, end } = container;
    const isFilled = this.#items.length > 0;
    const outer = around !== undefined && itemsOf(around).length > 0 && isOneLine(this.#text, around.start, around.end);
    const staysOnLine = outer || (isFilled && this.#isOneLine);
    const style = outer && around !== undefined ? styleIn(around, this.#text, this.#style) : this.#style;
    const text = printContainer(
      container.kind,
      added,
      staysOnLine ? undefined : indentationAt(this.#text, start),
      style,
    );
    return [{ start, end, text }];
  }

  #insertAfter(item: Item, entries: readonly Entry[]): void {
    const text = this.#text;
    const { lineBreak, gap } = this.#style;
    const startsLine = this.#startsLine(item);
    const comma = this.#commaAfter(item);
    if (this.#isOneLine || (!startsLine && this.#container.kind === 'array')) {
      const indentation = this.#isOneLine ? undefined : indentationAt(text, item.start);
      const written = entries.map((entry) => `,${gap}${printEntry(entry, indentation, this.#style)}`);
      // Behind a comma at the very end, which some write, comes the next item and another such comma.
      this.#edits.push({ start: item.end, end: item.end, text: written.join('') });
      return;
    }
    const indentation = startsLine ? indentationAt(text, item.start) : this.#innerIndentation();
    const lines = entries.map((entry) => lineBreak + indentation + printEntry(entry, indentation, this.#style));
    if (comma !== undefined && isOneLine(text, item.end, comma)) {
      const after = this.#endOfLine(comma + 1);
      if (lineBreakEnd(text, afterBlanks(text, after)) > after || after === this.#container.end - 1) {
        this.#edits.push({ start: after, end: after, text: lines.map((line) => `${line},`).join('') });
        return;
      }
    }
    if (comma !== undefined) {
      this.#edits.push({ start: item.end, end: item.end, text: `,${lines.join(',')}` });
      return;
    }
    const after = this.#endOfLine(item.end);
    if (after > item.end) this.#edits.push({ start: item.end, end: item.end, text: ',' });
    this.#edits.push({ start: after, end: after, text: (after > item.end ? '' : ',') + lines.join(',') });
  }

  /** Into an object or array that holds nothing but comments. */
  #insertBeside(entries: readonly Entry[]): void {
    const text = this.#text;
    const close = this.#container.end - 1;
    if (this.#isOneLine) {
      const written = entries.map((entry) => printEntry(entry, undefined, this.#style)).join(`,${this.#style.gap}`);
      const space = beforeBlanks(text, close) === close ? ' ' : '';
      this.#edits.push({ start: close, end: close, text: `${space}${written} ` });
      return;
    }
    const { lineBreak } = this.#style;
    const indentation = this.#innerIndentation();
    const lines = entries.map((entry) => indentation + printEntry(entry, indentation, this.#style));
    const written = lines.join(`,${lineBreak}`) + lineBreak;
    const start = lineStart(text, close);
    if (isBlank(text, start, close)) this.#edits.push({ start, end: start, text: written });
    else {
      const closing = indentationAt(text, this.#container.start);
      this.#edits.push({ start: close, end: close, text: lineBreak + written + closing });
    }
  }

  /** Takes away an item that others follow. */
  #removeWithComma(item: Item): void {
    const text = this.#text;
    const comma = this.#commaAfter(item);
    if (comma !== undefined && isBlank(text, item.end, comma)) {
      this.#remove(item.start, comma + 1);
      return;
    }
    this.#removeAlone(item);
    if (comma !== undefined) this.#edits.push({ start: comma, end: comma + 1, text: '' });
  }

  #removeAlone(item: Item): void {
    this.#remove(item.start, item.end);
  }

  /** Takes away a stretch: with its line when it is alone there, else with the blanks on one side. */
  #remove(from: number, to: number): void {
    const text = this.#text;
    const start = beforeBlanks(text, from);
    const end = afterBlanks(text, to);
    const lineEnd = lineBreakEnd(text, end);
    const startsLine = start === lineStart(text, start);
    if (startsLine && lineEnd > end) this.#edits.push({ start, end: lineEnd, text: '' });
    else if (startsLine || lineEnd === end) this.#edits.push({ start: from, end, text: '' });
    else this.#edits.push({ start, end: to, text: '' });
  }

  /** Takes away the items at the end, behind `before`; what is added comes into their place. */
  #removeEnding(before: Item | undefined, ending: readonly Item[], added: readonly Entry[]): void {
    const last = ending[ending.length - 1];
    if (last === undefined) return;
    if (added.length > 0) {
      for (const item of ending) if (item !== last) this.#removeWithComma(item);
      const indentation = this.#isOneLine ? undefined : indentationAt(this.#text, last.start);
      const glue = this.#startsLine(last) ? `,${this.#style.lineBreak}${indentation ?? ''}` : `,${this.#style.gap}`;
      const text = added.map((entry) => printEntry(entry, indentation, this.#style)).join(glue);
      this.#edits.push({ start: last.start, end: last.end, text });
      return;
    }
    // The author writes a comma behind the last one too.
    if (this.#commaAfter(last) !== undefined) {
      for (const item of ending) this.#removeWithComma(item);
      return;
    }
    const comma = before === undefined ? undefined : this.#commaAfter(before);
    const between = this.#comments.some(
      ({ start, end }) =>
        before !== undefined &&
        start >= before.end &&
        end <= last.end &&
        !ending.some((item) => item.start < start && end <= item.end),
    );
    if (before !== undefined && !between) {
      this.#edits.push({ start: before.end, end: last.end, text: '' });
      return;
    }
    if (comma !== undefined) this.#edits.push({ start: comma, end: comma + 1, text: '' });
    for (const item of ending) {
      if (item === last) this.#removeAlone(item);
      else this.#removeWithComma(item);
    }
  }

  #startsLine(item: Item): boolean {
    return isBlank(this.#text, lineStart(this.#text, item.start), item.start);
  }

  #innerIndentation(): string {
    return indentationAt(this.#text, this.#container.start) + this.#style.step;
  }

  /** Offset of the comma that follows an item; undefined where none does. */
  #commaAfter(item: Item): number | undefined {
    let at = item.end;
    for (;;) {
      while (isBlank(this.#text, at, at + 1) && at < this.#container.end) at++;
      const comment = this.#comments.find((each) => each.start === at);
      if (comment === undefined) return this.#text[at] === ',' ? at : undefined;
      at = comment.end;
    }
  }

  /** The offset after the blanks and comments that follow on the same line; before blanks that something else follows. */
  #endOfLine(from: number): number {
    let end = from;
    for (;;) {
      const at = afterBlanks(this.#text, end);
      const comment = this.#comments.find((each) => each.start === at);
      if (comment === undefined) return lineBreakEnd(this.#text, at) > at ? at : end;
      if (!isOneLine(this.#text, comment.start, comment.end)) return end;
      end = comment.end;
    }
  }
}

/** An object or array that holds these entries. */
function printContainer(
  kind: Container['kind'],
  entries: readonly Entry[],
  indentation: string | undefined,
  style: Style,
): string {
  const value =
    kind === 'array'
      ? ({ kind: 'items', items: entries.map((entry) => entry.value) } as const)
      : ({ kind: 'members', members: new Map(entries.map(({ key, value }) => [key ?? '', value])) } as const);
  return printEntry({ key: undefined, value }, indentation, style);
}

/** Edits with the deletions that overlap made one. */
function joined(edits: readonly TextEdit[]): readonly TextEdit[] {
  const ordered = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const result: TextEdit[] = [];
  for (const edit of ordered) {
    const before = result[result.length - 1];
    if (before !== undefined && before.text === '' && edit.text === '' && edit.start < before.end)
      result[result.length - 1] = { start: before.start, end: Math.max(before.end, edit.end), text: '' };
    else result.push(edit);
  }
  return result;
}
