import type { BicepSymbol, BodyFacts } from './symbols.ts';
import type { Expression, ObjectItem, Spread } from './syntax.ts';

/**
 * The names that lead back to themselves through initialisers, defaults, function bodies and module arguments. Evaluated
 * lazily they would be values without end, so they have to be known beforehand.
 */
export function cyclicNames(names: ReadonlyMap<string, BicepSymbol>): ReadonlySet<string> {
  const uses = new Map<string, readonly string[]>();
  for (const [name, symbol] of names) {
    const found = new Set<string>();
    collect(symbol, (used, as) => {
      const target = names.get(used);
      if (target !== undefined && as !== 'method' && (target.kind === 'func') === (as === 'function')) found.add(used);
    });
    uses.set(name, [...found]);
  }
  return namesOnCycles(uses);
}

function collect(symbol: BicepSymbol, use: Use): void {
  switch (symbol.kind) {
    case 'param':
      if (symbol.declaration.defaultValue !== undefined) visit(symbol.declaration.defaultValue, undefined, use);
      return;
    case 'var':
      visit(symbol.declaration.value, undefined, use);
      return;
    case 'func': {
      let locals: Names;
      for (const parameter of symbol.declaration.parameters) locals = { name: parameter.name.name, next: locals };
      visit(symbol.declaration.body, locals, use);
      return;
    }
    case 'module':
      visitBody(symbol.facts, use);
      return;
    // What is read of a resource never holds its body.
    case 'resource':
    case 'type':
    case 'imported':
    case 'namespace':
      return;
  }
}

/**
 * What a name is used as. Functions have names of their own; those of methods are told for what they do. `member` is what is
 * read of a value, or of an item of it, where nothing else is.
 */
export type Use = (name: string, as: 'value' | 'function' | 'method', member?: string) => void;

type Names = { readonly name: string; readonly next: Names } | undefined;

function visitBody(body: BodyFacts, use: Use): void {
  let locals: Names;
  if (body.loop !== undefined) {
    visit(body.loop.collection, undefined, use);
    locals = { name: body.loop.item?.name ?? '', next: { name: body.loop.index?.name ?? '', next: undefined } };
  }
  if (body.condition !== undefined) visit(body.condition, locals, use);
  if (body.object !== undefined) visitItems(body.object.items, locals, use);
}

/** Calls `use` with every name that an expression takes from outside itself. */
export function visit(expression: Expression, locals: Names, use: Use): void {
  switch (expression.kind) {
    case 'string':
      for (const hole of expression.holes) visit(hole.expression, locals, use);
      return;
    case 'variable':
      useUnlessLocal(expression.name, locals, use);
      return;
    case 'call':
      use(expression.name.name, 'function');
      for (const argument of expression.arguments) visit(argument, locals, use);
      return;
    case 'methodCall':
      use(expression.name.name, 'method');
      visit(expression.target, locals, use);
      for (const argument of expression.arguments) visit(argument, locals, use);
      return;
    case 'index':
      visit(expression.target, locals, use);
      visit(expression.index, locals, use);
      return;
    case 'member':
      visitMember(expression.target, expression.name.name, locals, use);
      return;
    case 'nested':
    case 'nonNull':
      visit(expression.target, locals, use);
      return;
    case 'unary':
      visit(expression.operand, locals, use);
      return;
    case 'binary':
      visit(expression.left, locals, use);
      visit(expression.right, locals, use);
      return;
    case 'ternary':
      visit(expression.condition, locals, use);
      visit(expression.whenTrue, locals, use);
      visit(expression.whenFalse, locals, use);
      return;
    case 'lambda': {
      let inner = locals;
      for (const parameter of expression.parameters) inner = { name: parameter.name, next: inner };
      visit(expression.body, inner, use);
      return;
    }
    case 'parenthesized':
      visit(expression.expression, locals, use);
      return;
    case 'object':
      visitItems(expression.items, locals, use);
      return;
    case 'array':
      visitItems(expression.items, locals, use);
      return;
    case 'for': {
      visit(expression.collection, locals, use);
      const inner = { name: expression.item?.name ?? '', next: { name: expression.index?.name ?? '', next: locals } };
      visit(expression.body, inner, use);
      return;
    }
    case 'integer':
    case 'boolean':
    case 'null':
    case 'missing':
      return;
  }
}

function visitMember(target: Expression, member: string, locals: Names, use: Use): void {
  if (target.kind === 'variable') useUnlessLocal(target.name, locals, use, member);
  else if (target.kind === 'index' && target.target.kind === 'variable') {
    visit(target.index, locals, use);
    useUnlessLocal(target.target.name, locals, use, member);
  } else visit(target, locals, use);
}

function visitItems(items: readonly (ObjectItem | Expression | Spread)[], locals: Names, use: Use): void {
  for (const item of items) {
    switch (item.kind) {
      case 'property':
        if (item.key.kind === 'string') visit(item.key, locals, use);
        visit(item.value, locals, use);
        break;
      case 'spread':
        visit(item.expression, locals, use);
        break;
      case 'resource':
      case 'unreadable':
        break;
      default:
        visit(item, locals, use);
    }
  }
}

function useUnlessLocal(name: string, locals: Names, use: Use, member?: string): void {
  for (let local = locals; local !== undefined; local = local.next) {
    if (local.name === name) return;
  }
  use(name, 'value', member);
}

/** Tarjan's strongly connected components, without recursion: a chain of variables may be long. */
function namesOnCycles(uses: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const cyclic = new Set<string>();
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const enter = (name: string): { name: string; next: number } => {
    order.set(name, order.size);
    lowest.set(name, order.size - 1);
    open.push(name);
    isOpen.add(name);
    return { name, next: 0 };
  };
  const lower = (name: string, to: number): void => {
    lowest.set(name, Math.min(lowest.get(name) ?? to, to));
  };
  for (const start of uses.keys()) {
    if (order.has(start)) continue;
    const path = [enter(start)];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { name } = top;
      const used = uses.get(name) ?? [];
      const next = used[top.next++];
      if (next !== undefined) {
        if (next === name) cyclic.add(name);
        if (!order.has(next)) path.push(enter(next));
        else if (isOpen.has(next)) lower(name, order.get(next) ?? 0);
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above !== undefined) lower(above.name, lowest.get(name) ?? 0);
      if (lowest.get(name) !== order.get(name)) continue;
      const component = open.splice(open.lastIndexOf(name));
      for (const member of component) {
        isOpen.delete(member);
        if (component.length > 1) cyclic.add(member);
      }
    }
  }
  return cyclic;
}
