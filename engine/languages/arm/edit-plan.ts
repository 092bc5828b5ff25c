import { type Data, equalData, isDataObject, toDataObject } from '../../functions/data.ts';
import type { TextEdit } from '../../text/edit.ts';
import type { JsonArray, JsonMember, JsonNode, JsonObject } from '../../text/json-syntax.ts';
import { indentationAt, isOneLine } from '../../text/layout.ts';
import { type ContainerPlan, containerEdits } from './edit-container.ts';
import { type Entry, type Printable, printValue } from './edit-print.ts';
import { type Style, styleIn } from './edit-style.ts';
import { isArmExpression, unescapeLiteral } from './expression-parser.ts';
import type { EditSource } from './levels.ts';

type Container = JsonObject | JsonArray;

/** What authors and compilers end a resource with. */
const endOfResource: ReadonlySet<string> = new Set(['dependson', 'resources']);
const nothing: ReadonlySet<string> = new Set();

/** The changes of one file, by what is written there now; `edits` makes text of them. */
export class EditPlan {
  readonly #file: EditSource;
  readonly #style: Style;
  readonly #replaced = new Map<JsonNode, TextEdit>();
  readonly #containers = new Map<number, ContainerPlan>();
  readonly #resource: JsonObject;

  /** `resource` is the declaration that is changed. */
  constructor(file: EditSource, style: Style, resource: JsonObject) {
    this.#file = file;
    this.#style = style;
    this.#resource = resource;
  }

  /** Writes another value in the place of one. Leaves it as it is where it has that value. */
  replace(node: JsonNode, container: Container | undefined, data: Data): void {
    const text = replacement(node, container, data, this.#file.text, this.#style);
    if (text !== undefined) this.#replaced.set(node, { start: node.start, end: node.end, text });
  }

  /** Gives an object a member at the end of a path of keys. False when an earlier change stands in the way. */
  add(node: JsonNode, around: Container | undefined, keys: readonly string[], data: Data): boolean {
    return this.addPrintable(node, around, keys, { kind: 'data', data });
  }

  /** As `add`, for what may hold expressions. */
  addPrintable(node: JsonNode, around: Container | undefined, keys: readonly string[], written: Printable): boolean {
    const [first, ...rest] = keys;
    if (first === undefined) return false;
    // In the place of null an object is written.
    const container: JsonObject =
      node.kind === 'object' ? node : { kind: 'object', start: node.start, end: node.end, members: [] };
    const { added } = this.#planOf(container, around);
    const known = added.findIndex(({ key }) => key?.toLowerCase() === first.toLowerCase());
    const entry = added[known];
    const value = withMember(entry?.value, rest, written);
    if (value === undefined) return false;
    if (entry === undefined) added.push({ key: first, value });
    else added[known] = { key: entry.key, value };
    return true;
  }

  /** Puts an item at the end of an array. */
  append(array: JsonArray, around: Container | undefined, data: Data): void {
    this.#planOf(array, around).added.push({ key: undefined, value: { kind: 'data', data } });
  }

  remove(item: JsonMember | JsonNode, container: Container): void {
    this.#planOf(container, undefined).removed.add(item);
  }

  /** Puts something right behind an item or member. */
  insertAfter(item: JsonMember | JsonNode, container: Container, entry: Entry): void {
    const { inserted } = this.#planOf(container, undefined);
    inserted.set(item, [...(inserted.get(item) ?? []), entry]);
  }

  /** The edits in order. Two of them may overlap where the changes contradict each other. */
  edits(): readonly TextEdit[] {
    const edits = [...this.#replaced.values()];
    for (const plan of this.#containers.values()) edits.push(...containerEdits(plan, this.#file, this.#style));
    return edits.sort((a, b) => a.start - b.start || a.end - b.end);
  }

  #planOf(container: Container, around: Container | undefined): ContainerPlan {
    const known = this.#containers.get(container.start);
    if (known !== undefined && (known.around !== undefined || around === undefined)) return known;
    const plan: ContainerPlan = {
      container,
      around,
      added: known?.added ?? [],
      inserted: known?.inserted ?? new Map(),
      removed: known?.removed ?? new Set(),
      last: container === this.#resource ? endOfResource : nothing,
    };
    this.#containers.set(container.start, plan);
    return plan;
  }
}

/** What to write in the place of a node; undefined where it has the value already. One line stays one line. */
export function replacement(
  node: JsonNode,
  container: Container | undefined,
  data: Data,
  text: string,
  style: Style,
): string | undefined {
  const written = dataOf(node, style);
  if (written !== undefined && equalData(written, data)) return undefined;
  const isContainer = node.kind === 'object' || node.kind === 'array';
  const inner = isContainer
    ? styleIn(node, text, style)
    : container === undefined
      ? style
      : styleIn(container, text, style);
  const isFilled = (each: Container): boolean => (each.kind === 'object' ? each.members : each.items).length > 0;
  const staysOnLine = [node, container].some(
    (each) =>
      (each?.kind === 'object' || each?.kind === 'array') && isFilled(each) && isOneLine(text, each.start, each.end),
  );
  return printValue({ kind: 'data', data }, staysOnLine ? undefined : indentationAt(text, node.start), inner);
}

/** The value that is written in a node; undefined where an expression makes it. */
function dataOf(node: JsonNode, style: Style): Data | undefined {
  switch (node.kind) {
    case 'object': {
      const members: [string, Data][] = [];
      for (const { key, value } of node.members) {
        const data = value === undefined ? undefined : dataOf(value, style);
        if (data === undefined || (style.hasExpressions && isArmExpression(key.value))) return undefined;
        members.push([key.value, data]);
      }
      return toDataObject(members);
    }
    case 'array': {
      const items = node.items.map((item) => dataOf(item, style));
      const known = items.filter((item): item is Data => item !== undefined);
      return known.length === items.length ? known : undefined;
    }
    case 'string':
      if (!style.hasExpressions) return node.value;
      return isArmExpression(node.value) ? undefined : unescapeLiteral(node.value);
    default:
      return node.value;
  }
}

/** A value with a member added at the end of a path of keys; undefined where it is no object. */
function withMember(value: Printable | undefined, keys: readonly string[], written: Printable): Printable | undefined {
  const [first, ...rest] = keys;
  if (first === undefined) return written;
  const members = value === undefined ? new Map<string, Printable>() : membersOf(value);
  if (members === undefined) return undefined;
  const key = [...members.keys()].find((each) => each.toLowerCase() === first.toLowerCase()) ?? first;
  const inner = withMember(members.get(key), rest, written);
  return inner === undefined ? undefined : { kind: 'members', members: members.set(key, inner) };
}

function membersOf(value: Printable): Map<string, Printable> | undefined {
  if (value.kind === 'members') return value.members;
  if (value.kind !== 'data' || !isDataObject(value.data)) return undefined;
  return new Map(Object.entries(value.data).map(([key, data]) => [key, { kind: 'data', data }]));
}
