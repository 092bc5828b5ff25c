import type { Span, SyntaxProblem } from '../../text/span.ts';

/*
 * The syntax tree of a Bicep file: plain data, every node with its `kind` and its half-open span in UTF-16 units.
 * A bare offset (`colon`, `openBrace`, …) is where that piece of punctuation starts, `absent` (-1) when it isn't there.
 */

/** The offset of a piece of punctuation or a keyword that the author didn't write. */
export const absent = -1;

/** What one file holds. A file with problems still has every statement and property that could be read. */
export interface BicepFile extends Span {
  readonly kind: 'file';
  readonly language: BicepKind;
  readonly text: string;
  readonly statements: readonly Statement[];
  /** Syntax errors, in the order of their start. */
  readonly problems: readonly SyntaxProblem[];
  /** The spans of all comments in order, from `//` to the end of the line or from the opening to the end of the block. */
  readonly comments: readonly Span[];
  /** `#disable-next-line …` and its kin, in order. */
  readonly pragmas: readonly Pragma[];
}

export type BicepKind = 'bicep' | 'bicepparam';

export interface Pragma extends Span {
  readonly kind: 'disable-next-line' | 'disable-diagnostics' | 'restore-diagnostics';
  readonly codes: readonly Identifier[];
}

/** A name as written. Empty, with an empty span, where the author left it out. */
export interface Identifier extends Span {
  readonly kind: 'identifier';
  readonly name: string;
}

// Statements

export type Statement =
  | TargetScope
  | Metadata
  | Parameter
  | ParameterAssignment
  | Variable
  | TypeDeclaration
  | FunctionDeclaration
  | ResourceDeclaration
  | ModuleDeclaration
  | Output
  | Import
  | Extension
  | ExtensionConfig
  | Assert
  | Test
  | Using
  | Extends
  | Unreadable;

interface StatementBase extends Span {
  /** The statement's own start is the start of its first decorator. */
  readonly decorators: readonly Decorator[];
  /** Offset of the keyword that the statement begins with. */
  readonly keyword: number;
}

/** `@description('…')`, `@sys.secure()`: the call, with the `@` in its span. */
export interface Decorator extends Span {
  readonly kind: 'decorator';
  readonly call: Expression;
}

export interface TargetScope extends StatementBase {
  readonly kind: 'targetScope';
  readonly equals: number;
  readonly value: Expression;
}

export interface Metadata extends StatementBase {
  readonly kind: 'metadata';
  readonly name: Identifier;
  readonly equals: number;
  readonly value: Expression;
}

/** `param name type = default` of a `.bicep` file. */
export interface Parameter extends StatementBase {
  readonly kind: 'param';
  readonly name: Identifier;
  readonly type: TypeExpression;
  readonly equals: number;
  readonly defaultValue: Expression | undefined;
}

/** `param name = value` of a `.bicepparam` file. */
export interface ParameterAssignment extends StatementBase {
  readonly kind: 'assignment';
  readonly name: Identifier;
  readonly equals: number;
  readonly value: Expression;
}

export interface Variable extends StatementBase {
  readonly kind: 'var';
  readonly name: Identifier;
  readonly type: TypeExpression | undefined;
  readonly equals: number;
  readonly value: Expression;
}

export interface TypeDeclaration extends StatementBase {
  readonly kind: 'type';
  readonly name: Identifier;
  readonly equals: number;
  readonly value: TypeExpression;
}

export interface FunctionDeclaration extends StatementBase {
  readonly kind: 'func';
  readonly name: Identifier;
  readonly parameters: readonly FunctionParameter[];
  readonly returns: TypeExpression;
  readonly body: Expression;
}

export interface FunctionParameter extends Span {
  readonly kind: 'functionParameter';
  readonly name: Identifier;
  readonly type: TypeExpression;
}

/** A resource, at the top or nested in the body of another. */
export interface ResourceDeclaration extends StatementBase {
  readonly kind: 'resource';
  readonly name: Identifier;
  /** The `'Type@version'` text; a nested resource may give the last segment only, and no version. */
  readonly type: StringExpression | Missing;
  /** Offset of the keyword `existing`, or `absent`. */
  readonly existing: number;
  readonly equals: number;
  readonly body: ResourceBody;
}

export interface ModuleDeclaration extends StatementBase {
  readonly kind: 'module';
  readonly name: Identifier;
  readonly reference: StringExpression | Missing;
  readonly equals: number;
  readonly body: ResourceBody;
}

/** The body of a resource or module. */
export type ResourceBody = ObjectExpression | Condition | ResourceLoop | Missing;

/** `if (condition) { … }` as the body of a resource or module, or of a loop over them. */
export interface Condition extends Span {
  readonly kind: 'if';
  readonly condition: Expression;
  readonly body: ObjectExpression | Missing;
}

export interface Output extends StatementBase {
  readonly kind: 'output';
  readonly name: Identifier;
  readonly type: TypeExpression;
  readonly equals: number;
  readonly value: Expression;
}

/** `import { a, b as c } from 'reference'` or `import * as name from 'reference'`. */
export interface Import extends StatementBase {
  readonly kind: 'import';
  /** The alias of `* as alias`; undefined for a list. */
  readonly wildcard: Identifier | undefined;
  readonly items: readonly ImportItem[];
  readonly reference: StringExpression | Missing;
}

export interface ImportItem extends Span {
  readonly kind: 'importItem';
  readonly name: Identifier | StringExpression;
  readonly alias: Identifier | undefined;
}

/** `extension name|'reference' [with {…}] [as alias]`; also the older `import 'reference' as alias`. */
export interface Extension extends StatementBase {
  readonly kind: 'extension';
  readonly reference: Identifier | StringExpression | Missing;
  readonly configuration: ObjectExpression | Missing | undefined;
  readonly alias: Identifier | undefined;
}

/** `extensionConfig alias with {…}` of a `.bicepparam` file. */
export interface ExtensionConfig extends StatementBase {
  readonly kind: 'extensionConfig';
  readonly name: Identifier;
  readonly configuration: ObjectExpression | Missing;
}

export interface Assert extends StatementBase {
  readonly kind: 'assert';
  readonly name: Identifier;
  readonly equals: number;
  readonly value: Expression;
}

export interface Test extends StatementBase {
  readonly kind: 'test';
  readonly name: Identifier;
  readonly reference: StringExpression | Missing;
  readonly equals: number;
  readonly body: ObjectExpression | Missing;
}

/** `using 'file'`, `using none`, each with an optional `with {…}`, of a `.bicepparam` file. */
export interface Using extends StatementBase {
  readonly kind: 'using';
  readonly reference: StringExpression | None | Missing;
  readonly configuration: ObjectExpression | Missing | undefined;
}

export interface None extends Span {
  readonly kind: 'none';
}

export interface Extends extends StatementBase {
  readonly kind: 'extends';
  readonly reference: StringExpression | Missing;
}

/** Text that is no statement, and decorators with nothing behind them. There is a problem for each. */
export interface Unreadable extends StatementBase {
  readonly kind: 'unreadable';
}

// Expressions

export type Expression =
  | StringExpression
  | IntegerLiteral
  | BooleanLiteral
  | NullLiteral
  | VariableAccess
  | Call
  | MethodCall
  | MemberAccess
  | IndexAccess
  | NestedAccess
  | NonNull
  | Unary
  | Binary
  | Ternary
  | Lambda
  | Parenthesized
  | ObjectExpression
  | ArrayExpression
  | ForExpression
  | Missing;

/** Stands where something was expected and isn't; its span is empty or covers what was found instead. */
export interface Missing extends Span {
  readonly kind: 'missing';
}

/**
 * `'…'`, `'''…'''` or `$'''…'''`. `segments` are the decoded texts before, between and after the holes, so there is
 * always one more of them than of `holes`.
 */
export interface StringExpression extends Span {
  readonly kind: 'string';
  readonly multiLine: boolean;
  /** Number of `$` in front of a multi-line string, which is the number that opens a hole in it; 0 if it has no holes. */
  readonly dollars: number;
  readonly terminated: boolean;
  readonly segments: readonly string[];
  readonly holes: readonly Hole[];
}

/** `${expression}` inside a string, its marks in the span. */
export interface Hole extends Span {
  readonly kind: 'hole';
  readonly expression: Expression;
}

export interface IntegerLiteral extends Span {
  readonly kind: 'integer';
  readonly value: number;
  /** False when `value` is only the nearest number: Bicep's integers have 64 bits. */
  readonly exact: boolean;
}

export interface BooleanLiteral extends Span {
  readonly kind: 'boolean';
  readonly value: boolean;
}

export interface NullLiteral extends Span {
  readonly kind: 'null';
}

export interface VariableAccess extends Span {
  readonly kind: 'variable';
  readonly name: string;
}

/** `name(…)` */
export interface Call extends Span {
  readonly kind: 'call';
  readonly name: Identifier;
  readonly openParen: number;
  readonly arguments: readonly Expression[];
  readonly closeParen: number;
}

/** `target.name(…)`, `target.?name(…)` being an error. */
export interface MethodCall extends Span {
  readonly kind: 'methodCall';
  readonly target: Expression;
  readonly name: Identifier;
  readonly openParen: number;
  readonly arguments: readonly Expression[];
  readonly closeParen: number;
}

/** `target.name`, or `target.?name` when `safe`. */
export interface MemberAccess extends Span {
  readonly kind: 'member';
  readonly target: Expression;
  readonly safe: boolean;
  readonly name: Identifier;
}

/** `target[index]`; `[?index]` when `safe`, `[^index]` when `fromEnd`. */
export interface IndexAccess extends Span {
  readonly kind: 'index';
  readonly target: Expression;
  readonly safe: boolean;
  readonly fromEnd: boolean;
  readonly index: Expression;
}

/** `target::name`, a resource nested in `target`. */
export interface NestedAccess extends Span {
  readonly kind: 'nested';
  readonly target: Expression;
  readonly name: Identifier;
}

/** `target!` */
export interface NonNull extends Span {
  readonly kind: 'nonNull';
  readonly target: Expression;
}

export type UnaryOperator = '!' | '-';

export interface Unary extends Span {
  readonly kind: 'unary';
  readonly operator: UnaryOperator;
  readonly operand: Expression;
}

export type BinaryOperator =
  | '*'
  | '/'
  | '%'
  | '+'
  | '-'
  | '<'
  | '<='
  | '>'
  | '>='
  | '=='
  | '!='
  | '=~'
  | '!~'
  | '&&'
  | '||'
  | '??';

export interface Binary extends Span {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Ternary extends Span {
  readonly kind: 'ternary';
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}

export interface Lambda extends Span {
  readonly kind: 'lambda';
  readonly parameters: readonly Identifier[];
  readonly body: Expression;
}

export interface Parenthesized extends Span {
  readonly kind: 'parenthesized';
  readonly expression: Expression;
}

export interface ObjectExpression extends Span {
  readonly kind: 'object';
  readonly openBrace: number;
  readonly items: readonly ObjectItem[];
  readonly closeBrace: number;
}

/** Nested resources occur only directly in the body of a resource. */
export type ObjectItem = Property | Spread | ResourceDeclaration | Unreadable;

/** `key: value`; the colon is `absent` in a half-typed property. */
export interface Property extends Span {
  readonly kind: 'property';
  readonly key: Identifier | StringExpression;
  readonly colon: number;
  readonly value: Expression;
}

/** `...expression` in an object or array. */
export interface Spread extends Span {
  readonly kind: 'spread';
  readonly expression: Expression;
}

export interface ArrayExpression extends Span {
  readonly kind: 'array';
  readonly openBracket: number;
  readonly items: readonly ArrayItem[];
  readonly closeBracket: number;
}

export type ArrayItem = Expression | Spread;

/** `[for item in collection: body]` or `[for (item, index) in collection: body]`. */
export interface Loop<Body extends Span> extends Span {
  readonly kind: 'for';
  readonly item: Identifier | undefined;
  readonly index: Identifier | undefined;
  readonly collection: Expression;
  readonly colon: number;
  readonly body: Body;
  readonly closeBracket: number;
}

export type ForExpression = Loop<Expression>;
export type ResourceLoop = Loop<ObjectExpression | Condition | Missing>;

// Types

export type TypeExpression =
  | TypeName
  | TypeMember
  | TypeIndex
  | TypeItems
  | TypeRest
  | TypeInstance
  | ArrayType
  | NullableType
  | NonNullType
  | UnionType
  | TupleType
  | ObjectType
  | ParenthesizedType
  | NegatedType
  | ResourceType
  | StringExpression
  | IntegerLiteral
  | BooleanLiteral
  | NullLiteral
  | Missing;

/** A built-in type, or the name of an alias. */
export interface TypeName extends Span {
  readonly kind: 'typeName';
  readonly name: string;
}

/** `target.name`: a property of a type, or a type of a namespace. */
export interface TypeMember extends Span {
  readonly kind: 'typeMember';
  readonly target: TypeExpression;
  readonly name: Identifier;
}

/** `target[0]`: one item of a tuple. */
export interface TypeIndex extends Span {
  readonly kind: 'typeIndex';
  readonly target: TypeExpression;
  readonly index: Expression;
}

/** `target[*]`: the items of an array type. */
export interface TypeItems extends Span {
  readonly kind: 'typeItems';
  readonly target: TypeExpression;
}

/** `target.*`: the additional properties of an object type. */
export interface TypeRest extends Span {
  readonly kind: 'typeRest';
  readonly target: TypeExpression;
}

/** `name<argument>` or `target.name<argument>`, as in `resourceInput<'Type@version'>.properties`. */
export interface TypeInstance extends Span {
  readonly kind: 'typeInstance';
  readonly target: TypeExpression | undefined;
  readonly name: Identifier;
  readonly arguments: readonly TypeExpression[];
}

export interface ArrayType extends Span {
  readonly kind: 'arrayType';
  readonly element: TypeExpression;
}

export interface NullableType extends Span {
  readonly kind: 'nullableType';
  readonly base: TypeExpression;
}

export interface NonNullType extends Span {
  readonly kind: 'nonNullType';
  readonly base: TypeExpression;
}

export interface UnionType extends Span {
  readonly kind: 'unionType';
  readonly members: readonly TypeExpression[];
}

export interface TupleType extends Span {
  readonly kind: 'tupleType';
  readonly items: readonly TupleItem[];
}

export interface TupleItem extends Span {
  readonly kind: 'tupleItem';
  readonly decorators: readonly Decorator[];
  readonly type: TypeExpression;
}

export interface ObjectType extends Span {
  readonly kind: 'objectType';
  readonly openBrace: number;
  readonly items: readonly TypeProperty[];
  readonly closeBrace: number;
}

export interface TypeProperty extends Span {
  readonly kind: 'typeProperty';
  readonly decorators: readonly Decorator[];
  /** Undefined for `*`, which types all properties that aren't named. */
  readonly key: Identifier | StringExpression | undefined;
  readonly colon: number;
  readonly type: TypeExpression;
}

export interface ParenthesizedType extends Span {
  readonly kind: 'parenthesizedType';
  readonly type: TypeExpression;
}

/** `-1` or `!true` as literal types. */
export interface NegatedType extends Span {
  readonly kind: 'negatedType';
  readonly operator: UnaryOperator;
  readonly operand: TypeExpression;
}

/** `resource 'Type@version'` as the type of a parameter or output; an output may leave the text out. */
export interface ResourceType extends Span {
  readonly kind: 'resourceType';
  readonly type: StringExpression | Missing | undefined;
}

export type SyntaxNode =
  | BicepFile
  | Statement
  | Decorator
  | FunctionParameter
  | ImportItem
  | None
  | Identifier
  | Expression
  | Hole
  | ObjectItem
  | Spread
  | Condition
  | ResourceLoop
  | TypeExpression
  | TupleItem
  | TypeProperty;
