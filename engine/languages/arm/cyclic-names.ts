import type { JsonNode } from '../../text/json-syntax.ts';
import { type ArmExpression, childrenOf } from './expression-syntax.ts';
import type { ArmSource } from './files.ts';
import type { TemplateFacts } from './template-facts.ts';

/**
 * What leads back to itself, as `parameters x`, `variables y` or `functions namespace.f` in lower case. Evaluating on demand
 * would not notice: a variable that holds itself in a member is an object without end.
 */
export function cyclicNames(facts: TemplateFacts, source: ArmSource): ReadonlySet<string> {
  const uses = new Map<string, ReadonlySet<string>>();
  for (const [name, { defaultValue }] of facts.parameters)
    uses.set(`parameters ${name}`, usedIn([defaultValue], source));
  for (const [name, variable] of facts.variables) {
    const nodes = variable.kind === 'copy' ? [variable.copy.count, variable.copy.input] : [variable.value];
    uses.set(`variables ${name}`, usedIn(nodes, source));
  }
  for (const [name, { value }] of facts.functions) {
    // The parameters of a function are its own.
    const calls = [...usedIn([value], source)].filter((use) => use.startsWith('functions '));
    uses.set(`functions ${name}`, new Set(calls));
  }
  return leadingBack(uses);
}

function usedIn(nodes: readonly (JsonNode | undefined)[], source: ArmSource): ReadonlySet<string> {
  const used = new Set<string>();
  const lookAt = (expression: ArmExpression): void => {
    if (expression.kind === 'call') {
      const [argument] = expression.arguments;
      if (expression.namespace !== undefined)
        used.add(`functions ${expression.namespace}.${expression.name}`.toLowerCase());
      else if (
        argument?.kind === 'string' &&
        (expression.lowerName === 'parameters' || expression.lowerName === 'variables')
      )
        used.add(`${expression.lowerName} ${argument.value.toLowerCase()}`);
    }
    for (const child of childrenOf(expression)) lookAt(child);
  };
  const look = (node: JsonNode): void => {
    if (node.kind === 'array') for (const item of node.items) look(item);
    if (node.kind === 'object') for (const { value } of node.members) if (value !== undefined) look(value);
    const expression = node.kind === 'string' ? source.expressionOf(node) : undefined;
    if (expression !== undefined) lookAt(expression);
  };
  for (const node of nodes) if (node !== undefined) look(node);
  return used;
}

/** The nodes of a graph that can be reached from themselves. */
function leadingBack(uses: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const cyclic = new Set<string>();
  const finished = new Set<string>();
  const path: string[] = [];
  const visit = (name: string): void => {
    const at = path.indexOf(name);
    if (at >= 0) {
      for (const each of path.slice(at)) cyclic.add(each);
      return;
    }
    if (finished.has(name) || path.length > maximumPath) return;
    path.push(name);
    for (const used of uses.get(name) ?? []) visit(used);
    path.pop();
    finished.add(name);
  };
  for (const name of uses.keys()) visit(name);
  return cyclic;
}

/** Names that use names; evaluation ends sooner. */
const maximumPath = 1_000;
