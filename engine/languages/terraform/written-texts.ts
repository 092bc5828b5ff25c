import type { WrittenText } from '../../text/written-text.ts';
import type { Body, Expression, ObjectExpression, TemplatePart, TerraformFile } from './syntax.ts';

/** Arguments and blocks whose texts are for people or for Terraform. */
const unread = new Set([
  'description',
  'error_message',
  'validation',
  'required_providers',
  'moved',
  'import',
  'source',
]);

/** The texts of a file, and what each is given to; not those of descriptions and sources. */
export function writtenTexts(file: TerraformFile): readonly WrittenText[] {
  const found: WrittenText[] = [];
  readBody(file.body, undefined, found);
  return found;
}

/** `name` is what `default` and `value` in the body are of. */
function readBody({ items }: Body, name: string | undefined, found: WrittenText[]): void {
  for (const item of items) {
    if (unread.has(item.kind === 'attribute' ? item.name : item.type)) continue;
    if (item.kind === 'block') {
      const isNamed = item.type === 'variable' || item.type === 'output';
      readBody(item.body, isNamed ? item.labels[0]?.text : namedBeside(item.body), found);
    } else {
      const stands = item.name === 'default' || item.name === 'value';
      read(item.value, stands ? (name ?? item.name) : item.name, found);
    }
  }
}

function namedBeside({ items }: Body): string | undefined {
  const named = items.find((item) => item.kind === 'attribute' && item.name === 'name');
  return named?.kind === 'attribute' && named.value.kind === 'string' ? named.value.value : undefined;
}

/** A value under a name: itself, when it is a text or computed, and what is in it. */
function read(value: unknown, name: string | undefined, found: WrittenText[]): void {
  if (Array.isArray(value)) for (const each of value) read(each, name, found);
  if (!isExpression(value)) return;
  const { start, end } = value;
  switch (value.kind) {
    case 'string':
      found.push({ name, text: value.value, uses: [], start, end });
      break;
    case 'template':
      found.push({ name, text: value.parts.map(literalOf).join(''), uses: namesIn(value.parts), start, end });
      for (const part of value.parts) readParts(part, name, found);
      break;
    case 'call':
      found.push({ name, text: '', uses: namesIn(value), start, end });
      for (const argument of value.arguments) read(argument, value.name, found);
      break;
    case 'object':
      readObject(value, name, found);
      break;
    case 'access':
    case 'index':
      found.push({ name, text: '', uses: namesIn(value), start, end });
      break;
    case 'tuple':
    case 'conditional':
    case 'parentheses':
    case 'for':
      readParts(value, name, found);
      break;
    default:
      readParts(value, undefined, found);
  }
}

function readParts(node: object, name: string | undefined, found: WrittenText[]): void {
  for (const part of Object.values(node)) read(part, name, found);
}

function readObject({ items }: ObjectExpression, name: string | undefined, found: WrittenText[]): void {
  const beside = items.find((item) => item.name === 'name')?.value;
  const called = beside?.kind === 'string' ? beside.value : undefined;
  for (const item of items) {
    const key = item.name?.toLowerCase();
    read(item.value, key === 'value' ? (called ?? name ?? key) : item.name, found);
  }
}

/** Any node: those that are told apart here are expressions. */
function isExpression(node: unknown): node is Expression {
  return typeof node === 'object' && node !== null && 'kind' in node;
}

function literalOf(part: TemplatePart): string {
  return part.kind === 'literal' ? part.text : '$' + '{}';
}

/** Names of functions, variables, resources and their attributes in an expression. */
function namesIn(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap(namesIn);
  const own = 'kind' in node && 'name' in node && typeof node.name === 'string' ? [node.name] : [];
  return [...own, ...Object.values(node).flatMap(namesIn)];
}
