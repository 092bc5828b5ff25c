import type { Span, SyntaxProblem } from '../../text/span.ts';

/*
 * The syntax tree of a Terraform file (HCL native syntax): plain data, every node with its `kind` and its half-open span in
 * UTF-16 units. A bare offset (`equals`, `open`, …) is where that piece of punctuation starts, `absent` (-1) when it isn't there.
 */

/** The offset of a piece of punctuation that the author didn't write. */
export const absent = -1;

/** What one file holds. A file with problems still has every block, argument and item that could be read. */
export interface TerraformFile extends Span {
  readonly kind: 'file';
  readonly text: string;
  readonly body: Body;
  /** Syntax errors, in the order of their start. */
  readonly problems: readonly SyntaxProblem[];
  /** All comments in order, from `#`, `//` or the opening to the end of the line (line break left out) or the closing. */
  readonly comments: readonly Span[];
}

/** What a file or a block holds. A block's body spans from after its `{` to its `}`. */
export interface Body extends Span {
  readonly kind: 'body';
  /** Arguments and nested blocks in the order of the source. Of an argument set twice, which is a problem, both are here. */
  readonly items: readonly BodyItem[];
  /** False where something in it could not be read, so that what seems absent may only be unreadable. */
  readonly complete: boolean;
}

export type BodyItem = Attribute | Block;

/** `name = value`. The name starts where the attribute starts. */
export interface Attribute extends Span {
  readonly kind: 'attribute';
  readonly name: string;
  readonly nameEnd: number;
  readonly equals: number;
  readonly value: Expression;
}

/** `type "label" label { … }`. The type starts where the block starts; its header ends at `open`. */
export interface Block extends Span {
  readonly kind: 'block';
  readonly type: string;
  readonly typeEnd: number;
  readonly labels: readonly Label[];
  /** Offset of `{`. */
  readonly open: number;
  readonly body: Body;
  /** Offset of `}`. */
  readonly close: number;
}

export interface Label extends Span {
  readonly kind: 'label';
  /** The text that the label stands for; its span includes the quotes. */
  readonly text: string;
  readonly quoted: boolean;
}

export type Expression =
  | NumberLiteral
  | BooleanLiteral
  | NullLiteral
  | StringLiteral
  | Template
  | Variable
  | Access
  | Index
  | Splat
  | SplatItem
  | Call
  | Unary
  | Binary
  | Conditional
  | Parentheses
  | Tuple
  | ObjectExpression
  | ForExpression
  | Missing;

/** A number as written: evaluation is exact, so no conversion happens here. */
export interface NumberLiteral extends Span {
  readonly kind: 'number';
  readonly text: string;
}

export interface BooleanLiteral extends Span {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface NullLiteral extends Span {
  readonly kind: 'null';
}

/** A quoted text without interpolation or directive, decoded (and in Unicode NFC, as HCL does); its span includes the quotes. */
export interface StringLiteral extends Span {
  readonly kind: 'string';
  readonly value: string;
}

/** A quoted text with interpolations or directives, or any heredoc. Its span ends with the closing quote or marker. */
export interface Template extends Span {
  readonly kind: 'template';
  /** Undefined for a quoted template. */
  readonly heredoc: Heredoc | undefined;
  /** True when the template is a single interpolation: its value is that of the expression, whatever its type. */
  readonly wraps: boolean;
  readonly parts: readonly TemplatePart[];
}

/** How a heredoc is written. The span is that of the lines between the markers. */
export interface Heredoc extends Span {
  readonly kind: 'heredoc';
  readonly marker: string;
  /** `<<-`: the common indentation of the lines is no part of the text. */
  readonly flush: boolean;
}

export type TemplatePart = TemplateLiteral | Interpolation | IfDirective | ForDirective;

/**
 * Text between sequences, decoded and trimmed (`~`); of a heredoc one part per line, its indentation taken off where the heredoc
 * is flush. The span is that of the text which remains, so that `text` equals the source there unless it has escapes.
 */
export interface TemplateLiteral extends Span {
  readonly kind: 'literal';
  readonly text: string;
}

/** `${ expression }`. */
export interface Interpolation extends Span {
  readonly kind: 'interpolation';
  readonly expression: Expression;
}

/** `%{ if condition }…%{ else }…%{ endif }`, from the first `%` to the last `}`. */
export interface IfDirective extends Span {
  readonly kind: 'if';
  readonly condition: Expression;
  readonly whenTrue: readonly TemplatePart[];
  readonly whenFalse: readonly TemplatePart[];
}

/** `%{ for key, value in collection }…%{ endfor }`, from the first `%` to the last `}`. */
export interface ForDirective extends Span {
  readonly kind: 'each';
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly collection: Expression;
  readonly parts: readonly TemplatePart[];
}

/** A name that stands for a value: the root of `var.x`, `azurerm_subnet.a.id`, `each.key`. */
export interface Variable extends Span {
  readonly kind: 'variable';
  readonly name: string;
}

/** `source.name`. The name ends where the node ends. */
export interface Access extends Span {
  readonly kind: 'access';
  readonly source: Expression;
  readonly name: string;
  readonly nameStart: number;
}

/** `source[key]`, or `source.0`, the legacy form. */
export interface Index extends Span {
  readonly kind: 'index';
  readonly source: Expression;
  readonly key: Expression;
  readonly legacy: boolean;
}

/**
 * `source[*]…` (full) or `source.*…` (attribute only). `each` is evaluated once per element; in it, `SplatItem` stands for the
 * element, and belongs to the innermost splat whose `each` holds it.
 */
export interface Splat extends Span {
  readonly kind: 'splat';
  readonly source: Expression;
  readonly full: boolean;
  readonly each: Expression;
}

/** The element of a splat; its span is that of the `[*]` or `.*`. */
export interface SplatItem extends Span {
  readonly kind: 'item';
}

/** `name(…)`, `provider::namespace::name(…)`. The name starts where the call starts. */
export interface Call extends Span {
  readonly kind: 'call';
  /** The name with its namespaces, no white space. */
  readonly name: string;
  readonly nameEnd: number;
  /** Offset of `(`. */
  readonly open: number;
  readonly arguments: readonly Expression[];
  /** Offset of the `...` that spreads the last argument. */
  readonly expansion: number;
  /** Offset of `)`. */
  readonly close: number;
}

export type UnaryOperator = '-' | '!';

export interface Unary extends Span {
  readonly kind: 'unary';
  readonly operator: UnaryOperator;
  readonly operand: Expression;
}

export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%';

export interface Binary extends Span {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly operatorStart: number;
  readonly left: Expression;
  readonly right: Expression;
}

/** `condition ? whenTrue : whenFalse`. */
export interface Conditional extends Span {
  readonly kind: 'conditional';
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}

export interface Parentheses extends Span {
  readonly kind: 'parentheses';
  readonly expression: Expression;
}

/** `[a, b]`. */
export interface Tuple extends Span {
  readonly kind: 'tuple';
  readonly elements: readonly Expression[];
  /** Offset of `]`. */
  readonly close: number;
}

/** `{ key = value }`. */
export interface ObjectExpression extends Span {
  readonly kind: 'object';
  readonly items: readonly ObjectItem[];
  /** False where something in it could not be read. */
  readonly complete: boolean;
  /** Offset of `}`. */
  readonly close: number;
}

export interface ObjectItem extends Span {
  readonly kind: 'objectItem';
  readonly key: Expression;
  /** The key where it is a bare name (which is a text, not a reference) or a plain quoted text; otherwise it must be evaluated. */
  readonly name: string | undefined;
  /** Offset of the `=` or `:`. */
  readonly separator: number;
  readonly value: Expression;
}

/** `[for k, v in collection : value if condition]` or `{for k, v in collection : key => value... if condition}`. */
export interface ForExpression extends Span {
  readonly kind: 'for';
  readonly keyName: string | undefined;
  readonly valueName: string;
  readonly collection: Expression;
  /** Undefined makes a tuple, otherwise an object is made. */
  readonly key: Expression | undefined;
  readonly value: Expression;
  /** True when values of the same key are grouped (`...`). */
  readonly group: boolean;
  readonly condition: Expression | undefined;
}

/** Where an expression was expected and none could be read. Nothing is known of its value. */
export interface Missing extends Span {
  readonly kind: 'missing';
}

/** The first argument of that name, which is the one that counts. */
export function findAttribute(body: Body, name: string): Attribute | undefined {
  for (const item of body.items) {
    if (item.kind === 'attribute' && item.name === name) return item;
  }
  return undefined;
}

/** The blocks of a type that lie directly in a body, in order. */
export function findBlocks(body: Body, type: string): Block[] {
  const found: Block[] = [];
  for (const item of body.items) {
    if (item.kind === 'block' && item.type === type) found.push(item);
  }
  return found;
}

/** The text that an expression always stands for, when it is a quoted text or heredoc without sequences. */
export function constantText(expression: Expression): string | undefined {
  if (expression.kind === 'string') return expression.value;
  if (expression.kind !== 'template') return undefined;
  let text = '';
  for (const part of expression.parts) {
    if (part.kind !== 'literal') return undefined;
    text += part.text;
  }
  return text;
}
