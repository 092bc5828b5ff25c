import { type JsonDocument, type JsonNode, sourceSpan } from '../../text/json-syntax.ts';
import type { SyntaxProblem } from '../../text/span.ts';
import { isArmExpression, parseArmExpression } from './expression-parser.ts';

/** Where nothing is evaluated; in lower case. */
const plainMembers: ReadonlySet<string> = new Set(['metadata', 'comments']);

/** More than so many would tell nothing new. */
const maximumProblems = 100;

/** The syntax errors inside the strings of a template that are expressions, in the order of the text. */
export function expressionProblems({ root }: JsonDocument, text: string): readonly SyntaxProblem[] {
  const problems: SyntaxProblem[] = [];
  const look = (node: JsonNode): void => {
    if (problems.length >= maximumProblems) return;
    switch (node.kind) {
      case 'object':
        for (const { key, value } of node.members) {
          if (value !== undefined && !plainMembers.has(key.value.toLowerCase())) look(value);
        }
        return;
      case 'array':
        node.items.forEach(look);
        return;
      case 'string':
        if (!isArmExpression(node.value)) return;
        for (const { start, end, message } of parseArmExpression(node.value).problems)
          problems.push({ ...sourceSpan(node, text, start, end), message });
        return;
      case 'number':
      case 'boolean':
      case 'null':
        return;
    }
  };
  if (root !== undefined) look(root);
  return problems;
}
