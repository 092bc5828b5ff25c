import type { WrittenText } from '../../text/written-text.ts';
import type { BicepFile, Expression, ObjectExpression, Property, StringExpression } from './syntax.ts';

/** Parts whose texts are for people or for the compiler. */
const unread = new Set(['decorators', 'type', 'metadata', 'reference', 'returns', 'key']);

/** The texts of a file, and what each is given to; not those of descriptions, types and references. */
export function writtenTexts(file: BicepFile): readonly WrittenText[] {
  const found: WrittenText[] = [];
  for (const statement of file.statements) {
    switch (statement.kind) {
      case 'param':
        read(statement.defaultValue, statement.name.name, found);
        break;
      case 'var':
      case 'assignment':
      case 'output':
        read(statement.value, statement.name.name, found);
        break;
      case 'resource':
      case 'module':
      case 'func':
        read(statement.body, undefined, found);
        break;
      default:
        break;
    }
  }
  return found;
}

/** A value under a name: itself, when it is a text or computed, and what is in it. */
function read(value: unknown, name: string | undefined, found: WrittenText[]): void {
  if (Array.isArray(value)) for (const each of value) read(each, name, found);
  if (!isExpression(value)) return;
  switch (value.kind) {
    case 'string':
      found.push({ name, text: textOf(value), uses: namesIn(value.holes), start: value.start, end: value.end });
      for (const hole of value.holes) readParts(hole, name, found);
      break;
    case 'call':
    case 'methodCall':
      found.push({ name, text: '', uses: namesIn(value), start: value.start, end: value.end });
      for (const argument of value.arguments) read(argument, value.name.name, found);
      if (value.kind === 'methodCall') read(value.target, undefined, found);
      break;
    case 'object':
      readObject(value, name, found);
      break;
    case 'array':
    case 'ternary':
    case 'parenthesized':
    case 'for':
      readParts(value, name, found);
      break;
    default:
      readParts(value, undefined, found);
  }
}

function readParts(node: object, name: string | undefined, found: WrittenText[]): void {
  for (const [key, part] of Object.entries(node)) if (!unread.has(key)) read(part, name, found);
}

/** `value` is of what is named beside it, or of what the object is given to. */
function readObject(object: ObjectExpression, name: string | undefined, found: WrittenText[]): void {
  const beside = object.items.find((item) => item.kind === 'property' && keyOf(item) === 'name');
  const called = beside?.kind === 'property' && beside.value.kind === 'string' ? textOf(beside.value) : undefined;
  for (const item of object.items) {
    if (item.kind !== 'property') {
      readParts(item, undefined, found);
      continue;
    }
    const key = keyOf(item);
    read(item.value, key.toLowerCase() === 'value' ? (called ?? name ?? key) : key, found);
  }
}

function keyOf({ key }: Property): string {
  return key.kind === 'identifier' ? key.name : textOf(key);
}

/** Any node: those that are told apart here are expressions. */
function isExpression(node: unknown): node is Expression {
  return typeof node === 'object' && node !== null && 'kind' in node;
}

function textOf({ segments }: StringExpression): string {
  return segments.join('$' + '{}');
}

/** Names of functions, parameters and variables in an expression. */
function namesIn(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap(namesIn);
  const isName = 'kind' in node && (node.kind === 'variable' || node.kind === 'identifier') && 'name' in node;
  return isName ? [String(node.name)] : Object.values(node).flatMap(namesIn);
}
