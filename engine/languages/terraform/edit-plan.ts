import type { Data } from '../../functions/data.ts';
import type { TextEdit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import {
  indentationAt,
  isOneLine,
  lineEnd,
  lineStart,
  printAssignments,
  printExpression,
  printKey,
  type Style,
} from './edit-print.ts';
import type { Attribute, Block, ObjectExpression, ObjectItem } from './syntax.ts';

/** What arguments or members are written in. */
export type Container = Block | ObjectExpression;

/** A block or object that is not written yet. */
export interface NewBlock {
  readonly attributes: Map<string, Data>;
  readonly blocks: { readonly name: string; readonly block: NewBlock }[];
}

export function newBlock(): NewBlock {
  return { attributes: new Map(), blocks: [] };
}

/** The nested block that a path of names leads to, made where it is not there. */
export function nestedBlock(block: NewBlock, names: readonly string[]): NewBlock {
  let current = block;
  for (const name of names) {
    let next = current.blocks.find((each) => each.name === name);
    if (next === undefined) {
      next = { name, block: newBlock() };
      current.blocks.push(next);
    }
    current = next.block;
  }
  return current;
}

/** What changes in one container. */
export interface ContainerPlan {
  readonly container: Container;
  readonly removed: Set<Attribute | ObjectItem | Block>;
  readonly added: NewBlock;
}

/** All changes of one file, by what is written there now; `edits` makes text of them. */
export class EditPlan {
  readonly text: string;
  readonly style: Style;
  readonly #replaced = new Map<number, TextEdit>();
  readonly #containers = new Map<Container, ContainerPlan>();
  readonly #appended: { readonly after: number; readonly text: string }[] = [];

  constructor(text: string, style: Style) {
    this.text = text;
    this.style = style;
  }

  /** Writes another value in the place of an expression. */
  replace(expression: Span, data: Data): void {
    const indentation = indentationAt(this.text, expression.start);
    this.replaceText(expression, printExpression(data, indentation, this.style));
  }

  replaceText(span: Span, text: string): void {
    this.#replaced.set(span.start, { start: span.start, end: span.end, text });
  }

  /** Text that follows a block, after a blank line. */
  append(after: number, text: string): void {
    this.#appended.push({ after, text });
  }

  in(container: Container): ContainerPlan {
    let plan = this.#containers.get(container);
    if (plan === undefined) {
      plan = { container, removed: new Set(), added: newBlock() };
      this.#containers.set(container, plan);
    }
    return plan;
  }

  edits(): readonly TextEdit[] {
    const edits = [...this.#replaced.values()];
    for (const plan of this.#containers.values()) edits.push(...containerEdits(plan, this.text, this.style));
    const { lineBreak } = this.style;
    for (const { after, text } of this.#appended) {
      edits.push({ start: after, end: after, text: `${lineBreak}${lineBreak}${text}` });
    }
    return edits.sort((a, b) => a.start - b.start || a.end - b.end);
  }
}

/** Something that is written as `name = value`, in a body or in an object. */
interface Member extends Span {
  readonly node: Attribute | ObjectItem;
  readonly nameLength: number;
  readonly nameEnd: number;
  /** Offset of the `=` or `:`. */
  readonly sign: number;
}

function memberOf(node: Attribute | ObjectItem): Member {
  const nameEnd = node.kind === 'attribute' ? node.nameEnd : node.key.end;
  const sign = node.kind === 'attribute' ? node.equals : node.separator;
  return { node, start: node.start, end: node.end, nameLength: nameEnd - node.start, nameEnd, sign };
}

function itemsOf(container: Container): readonly (Attribute | Block | ObjectItem)[] {
  return container.kind === 'block' ? container.body.items : container.items;
}

function openOf(container: Container): number {
  return container.kind === 'block' ? container.open : container.start;
}

function containerEdits(plan: ContainerPlan, text: string, style: Style): readonly TextEdit[] {
  const { container, removed, added } = plan;
  const items = itemsOf(container);
  const edits: TextEdit[] = [];
  for (const item of removed) edits.push(removal(item, items, removed, container, text));
  if (!text.slice(openOf(container), container.close).includes('\n')) {
    if (added.attributes.size + added.blocks.length > 0) edits.push(...oneLineEdits(plan, text, style));
    return edits;
  }
  const anchor = anchorOf(items, removed);
  const indentation = innerIndentation(container, items, text, style);
  const lines = [...added.attributes].map(([name, data]) => ({
    name: container.kind === 'block' ? name : printKeyLike(name, items, text),
    value: printExpression(data, indentation, style),
  }));
  const joining = lines.filter(isOneLine);
  let aligned = true;
  let width = Math.max(0, ...joining.map((line) => line.name.length));
  for (const group of groupsOf(items, text)) {
    const kept = group.filter((member) => !removed.has(member.node));
    const grows = group.some((member) => member.node === anchor);
    const needed = Math.max(grows ? width : 0, ...kept.map((member) => member.nameLength));
    const wasAligned = isAligned(group, text);
    if (grows) {
      aligned = wasAligned;
      width = needed;
    }
    if (!wasAligned || (kept.length === group.length && !(grows && joining.length > 0))) continue;
    for (const member of kept) {
      const start = member.nameEnd;
      const spaces = ' '.repeat(needed - member.nameLength + 1);
      if (text.slice(start, member.sign) !== spaces) edits.push({ start, end: member.sign, text: spaces });
    }
  }
  if (lines.length > 0) {
    const sign = container.kind === 'block' ? ' = ' : signLike(items, text);
    const padded = lines.map((line) => {
      const padding = aligned && isOneLine(line) && sign === ' = ' ? width : 0;
      return `${line.name.padEnd(padding)}${sign}${line.value}`;
    });
    edits.push(...inserted(padded, anchor, container, items, indentation, text, style));
  }
  if (added.blocks.length > 0) edits.push(blocksAtEnd(plan, indentation, text, style));
  return edits;
}

/** The last argument that stays before the first nested block, or the last of all where a block comes first. */
function anchorOf(
  items: readonly (Attribute | Block | ObjectItem)[],
  removed: ReadonlySet<Attribute | Block | ObjectItem>,
): Attribute | ObjectItem | undefined {
  let anchor: Attribute | ObjectItem | undefined;
  for (const item of items) {
    if (item.kind === 'block') {
      if (anchor !== undefined) break;
    } else if (!removed.has(item)) {
      anchor = item;
    }
  }
  return anchor;
}

/** The runs of neighbouring one-line members, each of which `terraform fmt` aligns. */
function groupsOf(items: readonly (Attribute | Block | ObjectItem)[], text: string): readonly (readonly Member[])[] {
  const groups: Member[][] = [];
  let end = -1;
  for (const item of items) {
    if (item.kind === 'block' || text.slice(item.start, item.end).includes('\n')) {
      end = -1;
      continue;
    }
    const joins = end >= 0 && text.slice(end, item.start).split('\n').length === 2;
    const group = groups[groups.length - 1];
    if (joins && group !== undefined) group.push(memberOf(item));
    else groups.push([memberOf(item)]);
    end = item.end;
  }
  return groups;
}

function isAligned(group: readonly Member[], text: string): boolean {
  const width = Math.max(0, ...group.map((member) => member.nameLength));
  return group.every((member) => text.slice(member.nameEnd, member.sign) === ' '.repeat(width - member.nameLength + 1));
}

function innerIndentation(
  container: Container,
  items: readonly (Attribute | Block | ObjectItem)[],
  text: string,
  style: Style,
): string {
  const [first] = items;
  if (first !== undefined && text.slice(lineStart(text, first.start), first.start).trim() === '') {
    return indentationAt(text, first.start);
  }
  return indentationAt(text, openOf(container)) + style.step;
}

/** A key written as the others are: quoted where they are. */
function printKeyLike(key: string, items: readonly (Attribute | Block | ObjectItem)[], text: string): string {
  const quoted = items.length > 0 && items.every((item) => text[item.start] === '"');
  return quoted ? `"${key}"` : printKey(key);
}

function signLike(items: readonly (Attribute | Block | ObjectItem)[], text: string): string {
  const last = items[items.length - 1];
  if (last?.kind !== 'objectItem' || text[last.separator] !== ':') return ' = ';
  return text.slice(last.key.end, last.value.start);
}

/** New lines behind the anchor, or first in the container. */
function inserted(
  lines: readonly string[],
  anchor: Attribute | ObjectItem | undefined,
  container: Container,
  items: readonly (Attribute | Block | ObjectItem)[],
  indentation: string,
  text: string,
  style: Style,
): readonly TextEdit[] {
  const { lineBreak } = style;
  if (anchor === undefined) {
    const at = lineEnd(text, openOf(container));
    const written = lines.map((line) => lineBreak + indentation + line).join('');
    return [{ start: at, end: at, text: items.length > 0 ? `${written}${lineBreak}` : written }];
  }
  const commas = container.kind === 'object' ? commasOf(container, items, text) : 'none';
  const edits: TextEdit[] = [];
  if (commas === 'between') edits.push({ start: anchor.end, end: anchor.end, text: ',' });
  const at = lineEnd(text, anchor.end);
  const last = lines.length - 1;
  const written = lines
    .map(
      (line, index) =>
        lineBreak + indentation + line + (commas === 'trailing' || (commas === 'between' && index < last) ? ',' : ''),
    )
    .join('');
  edits.push({ start: at, end: at, text: written });
  return edits;
}

/** How the items of an object are separated: by line breaks alone, by commas, or by commas with one after the last. */
function commasOf(
  container: Container,
  items: readonly (Attribute | Block | ObjectItem)[],
  text: string,
): 'none' | 'between' | 'trailing' {
  const last = items[items.length - 1];
  if (last === undefined) return 'none';
  if (/^\s*,/.test(text.slice(last.end, container.close))) return 'trailing';
  const before = items[items.length - 2];
  return before !== undefined && text.slice(before.end, last.start).includes(',') ? 'between' : 'none';
}

/** New blocks stand at the end, after a blank line. */
function blocksAtEnd(plan: ContainerPlan, indentation: string, text: string, style: Style): TextEdit {
  const { container, added } = plan;
  const at = lineStart(text, container.close);
  const items = itemsOf(container).filter((item) => !plan.removed.has(item));
  const blank = items.length + added.attributes.size > 0;
  const printed = added.blocks.map(
    ({ name, block }) => `${indentation}${name} ${printBlock(block, indentation, style)}${style.lineBreak}`,
  );
  return { start: at, end: at, text: (blank ? style.lineBreak : '') + printed.join(style.lineBreak) };
}

/** `{ … }` of a block; `indentation` is that of the line on which it begins. */
export function printBlock(block: NewBlock, indentation: string, style: Style): string {
  if (block.attributes.size + block.blocks.length === 0) return '{}';
  const inner = indentation + style.step;
  const assignments = [...block.attributes].map(([name, data]) => ({
    name,
    value: printExpression(data, inner, style),
  }));
  const parts = assignments.length === 0 ? [] : [printAssignments(assignments, inner, style)];
  for (const { name, block: nested } of block.blocks)
    parts.push(`${inner}${name} ${printBlock(nested, inner, style)}${style.lineBreak}`);
  return `{${style.lineBreak}${parts.join(style.lineBreak)}${indentation}}`;
}

/** A container on one line: a body is spread over lines, an object grows. */
function oneLineEdits(plan: ContainerPlan, text: string, style: Style): readonly TextEdit[] {
  const { container, added, removed } = plan;
  const open = openOf(container) + 1;
  const items = itemsOf(container).filter((item) => !removed.has(item));
  const indentation = indentationAt(text, openOf(container));
  const inner = indentation + style.step;
  const lines = [...added.attributes].map(([name, data]) => ({ name, value: printExpression(data, inner, style) }));
  if (container.kind === 'object' && items.length > 0) {
    const last = items[items.length - 1]?.end ?? open;
    const sign = signLike(items, text);
    return [
      {
        start: last,
        end: last,
        text: lines.map((line) => `, ${printKeyLike(line.name, items, text)}${sign}${line.value}`).join(''),
      },
    ];
  }
  const names = lines.map((line) => (container.kind === 'object' ? { ...line, name: printKey(line.name) } : line));
  const written = items.map((item) => {
    const member = item.kind === 'block' ? undefined : memberOf(item);
    if (member === undefined) return { name: '', value: '' };
    return { name: text.slice(member.start, member.nameEnd), value: text.slice(member.node.value.start, member.end) };
  });
  const body = printAssignments([...written, ...names], inner, style);
  const blocks = added.blocks.map(
    ({ name, block }) => `${inner}${name} ${printBlock(block, inner, style)}${style.lineBreak}`,
  );
  const parts = [...(body === '' ? [] : [body]), ...blocks];
  return [{ start: open, end: container.close, text: style.lineBreak + parts.join(style.lineBreak) + indentation }];
}

/** Takes an item out with the lines that it has for itself, and with a blank line that would be left over. */
function removal(
  item: Attribute | ObjectItem | Block,
  items: readonly (Attribute | Block | ObjectItem)[],
  removed: ReadonlySet<Attribute | ObjectItem | Block>,
  container: Container,
  text: string,
): TextEdit {
  const index = items.indexOf(item);
  const comma = /^[ \t]*,/.exec(text.slice(item.end, container.close))?.[0].length ?? 0;
  const start = lineStart(text, item.start);
  const end = lineEnd(text, item.end);
  const alone =
    text.slice(start, item.start).trim() === '' &&
    isTrivia(text.slice(item.end + comma, end)) &&
    start > openOf(container);
  if (!alone) {
    // On a shared line, the comma goes with it: the one behind, or the one before the last item.
    const before = items[index - 1];
    if (comma > 0 && index < items.length - 1)
      return { start: item.start, end: items[index + 1]?.start ?? item.end, text: '' };
    return {
      start: before === undefined || removed.has(before) ? item.start : before.end,
      end: item.end + comma,
      text: '',
    };
  }
  const next = Math.min(text.length, end + (text.startsWith('\r\n', end) ? 2 : 1));
  const blankBefore = start > 0 && text.slice(lineStart(text, start - 1), start).trim() === '';
  const after = text.slice(next, lineEnd(text, next)).trim();
  const opensBefore = openOf(container) >= lineStart(text, start - 1);
  if (blankBefore && (after === '' || after.startsWith('}')))
    return { start: lineStart(text, start - 1), end: next, text: '' };
  if (opensBefore && after === '' && next < container.close) {
    return { start, end: lineEnd(text, next) + (text.startsWith('\r\n', lineEnd(text, next)) ? 2 : 1), text: '' };
  }
  return { start, end: next, text: '' };
}

function isTrivia(rest: string): boolean {
  const written = rest.trim();
  return written === '' || written.startsWith('#') || written.startsWith('//');
}
