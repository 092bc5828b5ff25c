import { parseJson } from '../../text/json.ts';
import type { JsonMember, JsonNode, JsonObject, JsonString } from '../../text/json-syntax.ts';
import type { Span, SyntaxProblem } from '../../text/span.ts';
import { JsonExpressions } from './json-expressions.ts';
import {
  type Attribute,
  absent,
  type Block,
  type Body,
  type BodyItem,
  type Label,
  type TerraformFile,
} from './syntax.ts';

/** How many labels the blocks of the top level have. */
const topLevel: ReadonlyMap<string, number> = new Map([
  ['terraform', 0],
  ['locals', 0],
  ['moved', 0],
  ['import', 0],
  ['removed', 0],
  ['provider', 1],
  ['variable', 1],
  ['output', 1],
  ['module', 1],
  ['check', 1],
  ['resource', 2],
  ['data', 2],
  ['ephemeral', 2],
]);

/** What is a block inside these, however it is written. */
const innerBlocks: Readonly<Record<string, readonly string[]>> = {
  terraform: ['required_providers', 'backend', 'cloud', 'provider_meta'],
  resource: ['lifecycle', 'connection', 'provisioner'],
  data: ['lifecycle'],
  module: [],
  check: ['data', 'assert'],
};

/** Arguments whose text is never a template. */
const literalArguments = new Set(['source', 'version', 'provider']);

/**
 * Parses a Terraform file in the JSON syntax (`.tf.json`, `.tofu.json`) to the tree of the native one. What the JSON cannot
 * tell, whether an object is an argument or a block of a resource, stays an argument; `dynamic` blocks are blocks. Never throws.
 */
export function parseTerraformJson(text: string): TerraformFile {
  return new JsonFile(text).configuration();
}

/** Parses a `.tfvars.json` file: its texts stand for themselves. Never throws. */
export function parseVariablesJson(text: string): TerraformFile {
  return new JsonFile(text).variables();
}

class JsonFile {
  readonly #text: string;
  readonly #root: JsonNode | undefined;
  readonly #problems: SyntaxProblem[];
  readonly #expressions: JsonExpressions;

  constructor(text: string) {
    const { root, problems, comments } = parseJson(text);
    this.#text = text;
    this.#root = root;
    this.#problems = [...problems];
    for (const { start, end } of comments) {
      this.#report({ start, end }, 'Terraform reads no comments in JSON; write a member named "//" instead.');
    }
    this.#expressions = new JsonExpressions(text, (problem) => this.#problems.push(problem));
  }

  configuration(): TerraformFile {
    const items: BodyItem[] = [];
    for (const member of this.#membersOf(this.#root)) {
      const { key, value } = member;
      const labels = topLevel.get(key.value);
      if (key.value === '//') continue;
      if (labels === undefined) this.#report(key, `There is no block type "${key.value}".`);
      else if (value !== undefined) this.#blocks(items, key, value, labels, []);
    }
    return this.#file(items);
  }

  variables(): TerraformFile {
    const items = this.#membersOf(this.#root).map((member) => this.#attribute(member, 'literal'));
    return this.#file(items);
  }

  #file(items: BodyItem[]): TerraformFile {
    const text = this.#text;
    const problems = this.#problems.sort((a, b) => a.start - b.start);
    const body: Body = { kind: 'body', start: 0, end: text.length, items, complete: problems.length === 0 };
    return { kind: 'file', start: 0, end: text.length, text, body, problems, comments: [] };
  }

  #report({ start, end }: Span, message: string): void {
    this.#problems.push({ start, end, message });
  }

  #membersOf(node: JsonNode | undefined): readonly JsonMember[] {
    if (node?.kind === 'object') return node.members;
    if (node?.kind === 'array') return node.items.flatMap((item) => this.#membersOf(item));
    if (node !== undefined && node.kind !== 'null') this.#report(node, 'Expected an object here.');
    return [];
  }

  /** The blocks that a member stands for: below it there is one level of names for each label, and lists at any level. */
  #blocks(items: BodyItem[], type: JsonString, node: JsonNode, labels: number, names: readonly JsonString[]): void {
    if (node.kind === 'array') {
      for (const item of node.items) this.#blocks(items, type, item, labels, names);
    } else if (node.kind === 'object') {
      if (labels === 0) items.push(this.#block(type, names, node));
      else {
        for (const { key, value } of node.members) {
          if (value !== undefined && key.value !== '//') this.#blocks(items, type, value, labels - 1, [...names, key]);
        }
      }
    } else if (node.kind !== 'null') this.#report(node, `Expected an object, the ${type.value} block.`);
  }

  #block(type: JsonString, names: readonly JsonString[], node: JsonObject): Block {
    const labels = names.map(labelOf);
    // The innermost name is the one that belongs to this block alone.
    const own = names[names.length - 1] ?? type;
    const body = this.#body(type.value, node);
    const { start } = own;
    const close = node.end - 1;
    return {
      kind: 'block',
      start,
      end: node.end,
      type: type.value,
      typeEnd: own.end,
      labels,
      open: node.start,
      body,
      close,
    };
  }

  #body(type: string, node: JsonObject): Body {
    const items: BodyItem[] = [];
    for (const member of node.members) {
      const { key, value } = member;
      if (key.value === '//' || value === undefined) continue;
      if (key.value === 'dynamic') this.#blocks(items, key, value, 1, []);
      else if (type === 'dynamic' && key.value === 'content') this.#blocks(items, key, value, 0, []);
      else if (innerBlocks[type]?.includes(key.value) === true)
        this.#blocks(items, key, value, key.value === 'provisioner' ? 1 : 0, []);
      else if (holdsDynamic(value)) this.#blocks(items, key, value, 0, []);
      else items.push(this.#attribute(member, kindOfArgument(type, key.value)));
    }
    const problems = this.#problems.some((problem) => problem.start >= node.start && problem.start < node.end);
    return { kind: 'body', start: node.start + 1, end: node.end - 1, items, complete: !problems };
  }

  #attribute({ key, colon, value, start, end }: JsonMember, kind: ArgumentKind): Attribute {
    const expressions = this.#expressions;
    return {
      kind: 'attribute',
      start,
      end,
      name: key.value,
      nameEnd: key.end,
      equals: colon < 0 ? absent : colon,
      value:
        value === undefined
          ? { kind: 'missing', start: end, end }
          : kind === 'literal'
            ? expressions.literal(value)
            : kind === 'expression'
              ? expressions.keyword(value)
              : expressions.template(value),
    };
  }
}

/** How the texts of an argument are read. */
type ArgumentKind = 'template' | 'literal' | 'expression';

function kindOfArgument(block: string, name: string): ArgumentKind {
  if (block === 'variable') return name === 'type' ? 'expression' : 'literal';
  if (block === 'dynamic' && name === 'iterator') return 'expression';
  if (block === 'terraform' || block === 'required_providers') return 'literal';
  return literalArguments.has(name) && (block === 'module' || block === 'resource' || block === 'data')
    ? 'literal'
    : 'template';
}

/** Whether a value has `dynamic` blocks, and so must be a block itself. */
function holdsDynamic(node: JsonNode): boolean {
  if (node.kind === 'array') return node.items.some(holdsDynamic);
  return node.kind === 'object' && node.members.some(({ key }) => key.value === 'dynamic');
}

function labelOf({ start, end, value }: JsonString): Label {
  return { kind: 'label', start, end, text: value, quoted: true };
}
