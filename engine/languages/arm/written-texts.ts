import type { JsonDocument, JsonNode, JsonObject } from '../../text/json-syntax.ts';
import type { WrittenText } from '../../text/written-text.ts';
import { isArmExpression } from './expression-parser.ts';

/** Members whose texts are for people or for whoever reads the file. */
const unread = new Set(['$schema', 'metadata', 'comments', 'contentversion', 'allowedvalues', 'apiversion', 'type']);

/** The texts of a template or parameter file, and what each is given to; not those of descriptions and schemas. */
export function writtenTexts({ root }: JsonDocument): readonly WrittenText[] {
  const found: WrittenText[] = [];
  if (root !== undefined) read(root, undefined, found);
  return found;
}

/** A value under a name, and what is in it. */
function read(node: JsonNode, name: string | undefined, found: WrittenText[]): void {
  switch (node.kind) {
    case 'string': {
      const { start, end, value } = node;
      const computed = isArmExpression(value);
      const text = computed ? literalsIn(value) : value;
      found.push({ name, text, uses: computed ? namesIn(value) : [], start, end });
      break;
    }
    case 'array':
      for (const item of node.items) read(item, name, found);
      break;
    case 'object':
      readObject(node, name, found);
      break;
    case 'number':
    case 'boolean':
    case 'null':
      break;
  }
}

/** A `value` is of what is named beside it, or of what the object is given to; a default of the parameter around it. */
function readObject({ members }: JsonObject, name: string | undefined, found: WrittenText[]): void {
  const beside = members.find(({ key }) => key.value.toLowerCase() === 'name')?.value;
  const called = beside?.kind === 'string' ? beside.value : undefined;
  for (const { key, value } of members) {
    const lower = key.value.toLowerCase();
    if (value === undefined || unread.has(lower)) continue;
    if (lower === 'value') read(value, called ?? name ?? key.value, found);
    else read(value, lower === 'defaultvalue' ? (name ?? key.value) : key.value, found);
  }
}

const literal = /'((?:[^']|'')*)'/g;

/** The texts in an expression, a `${}` between them in place of what is computed. */
function literalsIn(expression: string): string {
  return [...expression.matchAll(literal)].map(([, text = '']) => text.replaceAll("''", "'")).join('$' + '{}');
}

/** The functions of an expression, and the names of parameters and variables that are written out. */
function namesIn(expression: string): readonly string[] {
  const functions = [...expression.replace(literal, "''").matchAll(/[A-Za-z_][A-Za-z0-9_]*/g)].map(([name]) => name);
  const named = [...expression.matchAll(/\b(?:parameters|variables)\('([^']+)'\)/gi)].map(([, name = '']) => name);
  return [...functions, ...named];
}
