import { type Data, isDataObject } from '../../functions/data.ts';
import type { TextEdit } from '../../text/edit.ts';
import { afterBlanks, indentationAt, isBlank, isOneLine, lineBreakEnd, lineStart } from '../../text/layout.ts';
import type { Span } from '../../text/span.ts';
import { type Printable, printProperty, printValue, type Style } from './edit-print.ts';
import type { ArrayExpression, BicepFile, Expression, ObjectExpression, Property } from './syntax.ts';

type Container = ObjectExpression | ArrayExpression;
type Item = Container['items'][number];

interface ContainerPlan {
  readonly container: Container;
  /** What the container is itself written in. */
  readonly around: Container | undefined;
  readonly added: Map<string, Printable>;
  readonly removed: Set<Item>;
}

/** The changes of one file, by what is written there now; `edits` makes text of them. */
export class EditPlan {
  readonly #file: BicepFile;
  readonly #text: string;
  readonly #style: Style;
  readonly #replaced = new Map<Expression, TextEdit>();
  readonly #containers = new Map<number, ContainerPlan>();
  readonly #appended: { readonly after: number; readonly text: string }[] = [];

  constructor(file: BicepFile, style: Style) {
    this.#file = file;
    this.#text = file.text;
    this.#style = style;
  }

  /** Writes another value in the place of an expression that stands directly in `container`. */
  replace(expression: Expression, container: Container | undefined, data: Data): void {
    const text = printValue({ kind: 'data', data }, this.#indentationIn(container, expression.start), this.#style);
    this.#replaced.set(expression, { start: expression.start, end: expression.end, text });
  }

  /** Gives an object a member at the end of a path of keys. False when an earlier change stands in the way. */
  add(object: ObjectExpression, around: Container | undefined, keys: readonly string[], data: Data): boolean {
    let members = this.#planOf(object, around).added;
    for (const key of keys.slice(0, -1)) {
      const known = members.get(key);
      const inner = known === undefined ? new Map<string, Printable>() : membersOf(known);
      if (inner === undefined) return false;
      members.set(key, { kind: 'members', members: inner });
      members = inner;
    }
    const last = keys[keys.length - 1];
    if (last === undefined) return false;
    members.set(last, { kind: 'data', data });
    return true;
  }

  remove(item: Property | Expression, container: Container): void {
    this.#planOf(container, undefined).removed.add(item);
  }

  /** Text that follows a declaration, after a blank line. */
  append(after: Span, text: string): void {
    this.#appended.push({ after: this.#endOfLine(after.end), text });
  }

  /** The edits in order. Two of them may overlap where the changes contradict each other. */
  edits(): readonly TextEdit[] {
    const edits = [...this.#replaced.values()];
    for (const plan of this.#containers.values()) edits.push(...this.#editsOf(plan));
    const { lineBreak } = this.#style;
    const appended = new Map<number, string>();
    for (const { after, text } of this.#appended) {
      appended.set(after, `${appended.get(after) ?? ''}${lineBreak}${lineBreak}${text}`);
    }
    for (const [after, text] of appended) edits.push({ start: after, end: after, text });
    return edits.sort((a, b) => a.start - b.start || a.end - b.end);
  }

  #planOf(container: Container, around: Container | undefined): ContainerPlan {
    let plan = this.#containers.get(container.start);
    if (plan === undefined || (plan.around === undefined && around !== undefined)) {
      plan = { container, around, added: plan?.added ?? new Map(), removed: plan?.removed ?? new Set() };
      this.#containers.set(container.start, plan);
    }
    return plan;
  }

  /** The indentation for what begins at an offset; undefined where everything has to stay on one line. */
  #indentationIn(container: Container | undefined, offset: number): string | undefined {
    return container !== undefined && this.#isOneLine(container) && container.items.length > 0
      ? undefined
      : indentationAt(this.#text, offset);
  }

  #isOneLine(span: Span): boolean {
    return isOneLine(this.#text, span.start, span.end);
  }

  #editsOf(plan: ContainerPlan): readonly TextEdit[] {
    const { container, added, removed } = plan;
    const left = container.items.filter((item) => !removed.has(item));
    if (removed.size > 0 && left.length === 0 && this.#isOneLine(container)) {
      return [{ start: container.start, end: container.end, text: this.#emptied(container, added) }];
    }
    const edits = [...removed].map((item) => this.#removal(item, container));
    if (added.size > 0 && container.kind === 'object') edits.push(this.#insertion(plan, container, left));
    return edits;
  }

  #emptied(container: Container, added: Map<string, Printable>): string {
    if (container.kind === 'array') return '[]';
    return printValue({ kind: 'members', members: added }, undefined, this.#style);
  }

  #insertion(plan: ContainerPlan, object: ObjectExpression, left: readonly Item[]): TextEdit {
    const { added, around } = plan;
    const text = this.#text;
    const { lineBreak, step } = this.#style;
    if (object.openBrace < 0 || (object.items.length === 0 && isBlank(text, object.openBrace + 1, object.closeBrace))) {
      const indentation = this.#indentationIn(around, object.start);
      const written = printValue({ kind: 'members', members: added }, indentation, this.#style);
      return { start: object.start, end: object.end, text: written };
    }
    const anchor = left.findLast((item) => item.kind === 'property' || item.kind === 'spread') ?? left[left.length - 1];
    if (anchor !== undefined && this.#isOneLine(object)) {
      const written = [...added].map(([key, value]) => `, ${printProperty(key, value, undefined, this.#style)}`);
      return { start: anchor.end, end: anchor.end, text: written.join('') };
    }
    const isFirstOnLine = anchor !== undefined && isBlank(text, lineStart(text, anchor.start), anchor.start);
    const indentation = isFirstOnLine
      ? indentationAt(text, anchor.start)
      : indentationAt(text, object.openBrace) + step;
    const lines = [...added].map(([key, value]) => indentation + printProperty(key, value, indentation, this.#style));
    if (anchor === undefined && object.items.length === 0) {
      const start = lineStart(text, object.closeBrace);
      const written = lines.map((line) => line + lineBreak).join('');
      if (isBlank(text, start, object.closeBrace)) return { start, end: start, text: written };
      const closing = indentationAt(text, object.openBrace);
      return { start: object.closeBrace, end: object.closeBrace, text: lineBreak + written + closing };
    }
    const after = this.#endOfLine(anchor?.end ?? object.openBrace + 1);
    return { start: after, end: after, text: lines.map((line) => lineBreak + line).join('') };
  }

  /** The offset after the blanks and comments that follow on the same line; before blanks that something else follows. */
  #endOfLine(from: number): number {
    const text = this.#text;
    let end = from;
    let at = from;
    for (;;) {
      while (text[at] === ' ' || text[at] === '\t') at++;
      const comment = this.#file.comments.find((each) => each.start === at);
      if (comment === undefined) return lineBreakEnd(text, at) > at ? at : end;
      at = comment.end;
      end = comment.end;
    }
  }

  /** Takes an item away: with its line when it is alone there, else with the comma beside it. */
  #removal(item: Item, container: Container): TextEdit {
    const text = this.#text;
    const start = lineStart(text, item.start);
    if (isBlank(text, start, item.start)) {
      const end = afterBlanks(text, item.end);
      const lineEnd = lineBreakEnd(text, end);
      if (lineEnd > end) return { start, end: lineEnd, text: '' };
      // A comment behind it stays, in its place.
      if (this.#file.comments.some((comment) => comment.start === end)) return { start: item.start, end, text: '' };
    }
    const items: readonly Item[] = container.items;
    const position = items.indexOf(item);
    const before = items[position - 1];
    const behind = items[position + 1];
    const fits = (other: Item | undefined): other is Item =>
      other !== undefined && isOneLine(text, Math.min(other.start, item.start), Math.max(other.end, item.end));
    if (fits(before)) return { start: before.end, end: item.end, text: '' };
    if (fits(behind)) return { start: item.start, end: behind.start, text: '' };
    return { start: item.start, end: item.end, text: '' };
  }
}

function membersOf(value: Printable): Map<string, Printable> | undefined {
  if (value.kind === 'members') return value.members;
  if (!isDataObject(value.data)) return undefined;
  return new Map(Object.entries(value.data).map(([key, data]) => [key, { kind: 'data', data }]));
}
