import type { Span } from '../../text/span.ts';

/**
 * An expression of the ARM template language. Spans are half-open offsets into the decoded string value that holds the
 * expression, its square brackets counted; `sourceSpan` in text/json-syntax.ts turns them into places in the file.
 */
export type ArmExpression =
  | ArmString
  | ArmNumber
  | ArmLiteral
  | ArmCall
  | ArmPropertyAccess
  | ArmIndexAccess
  | ArmMissing;

/** `'text'`, quotes within the span. */
export interface ArmString extends Span {
  readonly kind: 'string';
  /** The text, `''` decoded to `'`. */
  readonly value: string;
}

export interface ArmNumber extends Span {
  readonly kind: 'number';
  readonly value: number;
}

/** `true`, `false` or `null` without parentheses. With them they are calls. */
export interface ArmLiteral extends Span {
  readonly kind: 'literal';
  readonly value: boolean | null;
}

/** `name(…)` or `namespace.name(…)`. */
export interface ArmCall extends Span {
  readonly kind: 'call';
  /** As written, undefined where there is none. */
  readonly namespace: string | undefined;
  /** As written. */
  readonly name: string;
  /** For comparison: function names do not depend on case. */
  readonly lowerName: string;
  /** Span of the name, namespace left out. */
  readonly nameSpan: Span;
  readonly arguments: readonly ArmExpression[];
}

/** `target.name`. */
export interface ArmPropertyAccess extends Span {
  readonly kind: 'property';
  readonly target: ArmExpression;
  readonly name: string;
  readonly nameSpan: Span;
}

/** `target[index]`. */
export interface ArmIndexAccess extends Span {
  readonly kind: 'index';
  readonly target: ArmExpression;
  readonly index: ArmExpression;
}

/** Stands where an expression was expected and none was found; a problem says so. */
export interface ArmMissing extends Span {
  readonly kind: 'missing';
}

/** The expressions directly inside this one, in source order. */
export function childrenOf(expression: ArmExpression): readonly ArmExpression[] {
  switch (expression.kind) {
    case 'string':
    case 'number':
    case 'literal':
    case 'missing':
      return [];
    case 'call':
      return expression.arguments;
    case 'property':
      return [expression.target];
    case 'index':
      return [expression.target, expression.index];
  }
}

/** All calls in an expression, outer ones before inner ones. */
export function callsIn(expression: ArmExpression | undefined): readonly ArmCall[] {
  if (expression === undefined) return [];
  const inner = childrenOf(expression).flatMap(callsIn);
  return expression.kind === 'call' ? [expression, ...inner] : inner;
}
