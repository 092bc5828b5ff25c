import { children } from '../../../../engine/languages/bicep/children.ts';
import { parseBicep } from '../../../../engine/languages/bicep/parser.ts';
import type { BicepFile, BicepKind, Expression, SyntaxNode } from '../../../../engine/languages/bicep/syntax.ts';

/** Parses a text that is expected to be right; throws with its problems when it isn't. */
export function parseValid(text: string, language: BicepKind = 'bicep'): BicepFile {
  const file = parseBicep(text, language);
  if (file.problems.length > 0) throw new Error(file.problems.map((problem) => problem.message).join('\n'));
  return file;
}

/** Parses an expression on its own. */
export function parseValue(text: string): Expression {
  const [statement] = parseValid(`var x = ${text}`).statements;
  if (statement?.kind !== 'var') throw new Error('no variable');
  return statement.value;
}

/** A node as nested lists of what it says, its places left out: `(binary + (integer 1) (variable a))`. */
export function show(node: SyntaxNode): string {
  const parts: string[] = [node.kind];
  for (const [key, value] of Object.entries(node)) {
    if (key === 'kind' || key === 'text' || key === 'keyword' || key === 'dollars' || typeof value === 'object')
      continue;
    if (typeof value === 'string') parts.push(value);
    else if (key === 'value') parts.push(String(value));
    else if (value === true && key !== 'terminated' && key !== 'exact') parts.push(key);
  }
  if (node.kind === 'string') parts.push(JSON.stringify(node.segments));
  if (node.kind === 'identifier') return node.name;
  for (const child of children(node)) parts.push(show(child));
  return `(${parts.join(' ')})`;
}

/** The source text of a node. */
export function textOf(file: BicepFile, node: SyntaxNode): string {
  return file.text.slice(node.start, node.end);
}

/** The problems of a text as `line: message`, lines 1-based. */
export function problemsOf(text: string, language: BicepKind = 'bicep'): string[] {
  return parseBicep(text, language).problems.map(
    ({ start, message }) => `${text.slice(0, start).split('\n').length}: ${message}`,
  );
}

/** All nodes of a file, parents first. */
export function allNodes(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const open = [node];
  for (let current = open.pop(); current !== undefined; current = open.pop()) {
    found.push(current);
    for (const child of children(current)) open.push(child);
  }
  return found;
}
