import type { SyntaxNode } from './syntax.ts';

/** The nodes directly inside a node, in the order of the text. */
export function children(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.kind === 'file') return node.statements;
  const found: SyntaxNode[] = [];
  // Every node lists its parts in the order of the text, so its values are its children in order.
  for (const value of Object.values(node) as unknown[]) {
    if (Array.isArray(value)) {
      for (const item of value as unknown[]) if (isNode(item)) found.push(item);
    } else if (isNode(value)) found.push(value);
  }
  return found;
}

/** Calls `visit` for a node and everything inside it, parents first; what `visit` answers with false isn't entered. */
export function walk(node: SyntaxNode, visit: (node: SyntaxNode) => unknown): void {
  if (visit(node) === false) return;
  for (const child of children(node)) walk(child, visit);
}

/** The nodes around an offset, from the file to the innermost one. An offset at the end of a node counts as inside. */
export function pathTo(file: SyntaxNode, offset: number): readonly SyntaxNode[] {
  const path = [file];
  let current: SyntaxNode | undefined = file;
  while (current !== undefined) {
    const inside: readonly SyntaxNode[] = children(current).filter(
      (child) => child.start <= offset && offset <= child.end,
    );
    current = inside.find((child) => offset < child.end) ?? inside[0];
    if (current !== undefined) path.push(current);
  }
  return path;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
