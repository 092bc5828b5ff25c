import type { JsonNode, JsonString } from '../../text/json-syntax.ts';
import { sourceOffset } from '../../text/json-syntax.ts';
import type { SyntaxProblem } from '../../text/span.ts';
import { parseTemplate } from './parser.ts';
import { absent, type Expression, type ObjectItem } from './syntax.ts';

/** Reads the values of Terraform's JSON syntax as expressions, every part with its place in the file. */
export class JsonExpressions {
  readonly #text: string;
  readonly #report: (problem: SyntaxProblem) => void;

  constructor(text: string, report: (problem: SyntaxProblem) => void) {
    this.#text = text;
    this.#report = report;
  }

  /** Texts, names of members included, are templates. */
  template(node: JsonNode): Expression {
    return this.#read(node, (string) => this.#templateText(string));
  }

  /** Texts stand for themselves. */
  literal(node: JsonNode): Expression {
    return this.#read(node, ({ start, end, value }) => ({ kind: 'string', start, end, value }));
  }

  /** Texts hold an expression in the native syntax: a type, the name of an iterator. */
  keyword(node: JsonNode): Expression {
    return this.#read(node, (string) => {
      const value = this.#parsed(string, `\${${string.value}}`, 2);
      const [only] = value.kind === 'template' && value.wraps ? value.parts : [];
      return only?.kind === 'interpolation' ? only.expression : value;
    });
  }

  #read(node: JsonNode, text: (string: JsonString) => Expression): Expression {
    const { start, end } = node;
    switch (node.kind) {
      case 'string':
        return text(node);
      case 'number':
        return this.#number(start, end);
      case 'boolean':
        return { kind: 'boolean', start, end, value: node.value };
      case 'null':
        return { kind: 'null', start, end };
      case 'array':
        return {
          kind: 'tuple',
          start,
          end,
          elements: node.items.map((item) => this.#read(item, text)),
          close: end - 1,
        };
      case 'object': {
        const items: ObjectItem[] = [];
        for (const member of node.members) {
          const key = text(member.key);
          items.push({
            kind: 'objectItem',
            start: member.start,
            end: member.end,
            key,
            name: key.kind === 'string' ? key.value : undefined,
            separator: member.colon < 0 ? absent : member.colon,
            value:
              member.value === undefined
                ? { kind: 'missing', start: member.end, end: member.end }
                : this.#read(member.value, text),
          });
        }
        return { kind: 'object', start, end, items, complete: true, close: end - 1 };
      }
    }
  }

  #number(start: number, end: number): Expression {
    const written = this.#text.slice(start, end);
    if (!written.startsWith('-')) return { kind: 'number', start, end, text: written };
    const operand: Expression = { kind: 'number', start: start + 1, end, text: written.slice(1) };
    return { kind: 'unary', start, end, operator: '-', operand };
  }

  #templateText(string: JsonString): Expression {
    const { start, end, value } = string;
    if (!value.includes('${') && !value.includes('%{')) return { kind: 'string', start, end, value };
    const parsed = this.#parsed(string, value, 0);
    // The span of a text includes its quotes.
    return parsed.kind === 'template' || parsed.kind === 'string' ? { ...parsed, start, end } : parsed;
  }

  #parsed(string: JsonString, text: string, shift: number): Expression {
    const place = (offset: number): number => sourceOffset(string, this.#text, offset - shift);
    const { value, problems } = parseTemplate(text);
    for (const { start, end, message } of problems) {
      this.#report({ start: place(start), end: place(end), message });
    }
    return relocated(value, place) as Expression;
  }
}

/** A copy of a syntax tree whose offsets are elsewhere. Every number of a node is an offset. */
function relocated(node: unknown, place: (offset: number) => number): unknown {
  if (typeof node === 'number') return node === absent ? absent : place(node);
  if (Array.isArray(node)) return node.map((each) => relocated(each, place));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, relocated(value, place)]));
}
