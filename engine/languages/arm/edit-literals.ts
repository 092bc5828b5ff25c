import { type Data, isDataArray, isDataObject } from '../../functions/data.ts';
import type { TextEdit } from '../../text/edit.ts';
import { type JsonString, sourceSpan } from '../../text/json-syntax.ts';
import type { Span } from '../../text/span.ts';
import { parseArmExpression } from './expression-parser.ts';
import { type ArmExpression, childrenOf } from './expression-syntax.ts';

/** A value as ARM's expression language writes it, e.g. `'it''s'`. */
export function printLiteral(data: Data): string {
  if (isDataArray(data)) return `createArray(${data.map(printLiteral).join(', ')})`;
  if (isDataObject(data)) {
    const members = Object.entries(data).map(([key, member]) => `${printLiteral(key)}, ${printLiteral(member)}`);
    return `createObject(${members.join(', ')})`;
  }
  if (typeof data === 'string') return `'${data.replaceAll("'", "''")}'`;
  // The language has no fractions; `json()` makes one.
  if (typeof data === 'number') return Number.isInteger(data) ? String(data) : `json('${data}')`;
  return `${data}()`;
}

/**
 * Writes a value in the place of a part of an expression. No edit where it has that value already; undefined when there is no
 * part of just this place.
 */
export function editPart(node: JsonString, place: Span, data: Data, text: string): readonly TextEdit[] | undefined {
  const { expression } = parseArmExpression(node.value);
  const part = expression === undefined ? undefined : partAt(expression, node, place, text);
  if (part === undefined) return undefined;
  if (isLiteral(part, data)) return [];
  const written = part.kind === 'literal' && typeof data === 'boolean' ? String(data) : printLiteral(data);
  return [{ start: place.start, end: place.end, text: JSON.stringify(written).slice(1, -1) }];
}

function partAt(expression: ArmExpression, node: JsonString, place: Span, text: string): ArmExpression | undefined {
  const { start, end } = sourceSpan(node, text, expression.start, expression.end);
  if (place.start < start || end < place.end) return undefined;
  if (place.start === start && place.end === end) return expression;
  for (const child of childrenOf(expression)) {
    const found = partAt(child, node, place, text);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isLiteral(part: ArmExpression, data: Data): boolean {
  if (part.kind === 'string' || part.kind === 'number' || part.kind === 'literal') return part.value === data;
  const isConstant = part.kind === 'call' && part.namespace === undefined && part.arguments.length === 0;
  return isConstant && (data === null || typeof data === 'boolean') && part.lowerName === String(data);
}
