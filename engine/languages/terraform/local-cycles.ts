import type { EstateProblem } from '../../estate/estate.ts';
import type { Declared } from './declarations.ts';
import type { Attribute, Expression } from './syntax.ts';

/** Local values that need themselves, and one problem for each circle. */
export interface LocalCycles {
  readonly names: ReadonlySet<string>;
  readonly problems: readonly EstateProblem[];
}

/**
 * Finds circles among the local values of a module. Terraform refuses them wherever the reference stands, also where evaluation
 * would never follow it.
 */
export function localCycles(locals: ReadonlyMap<string, Declared<Attribute>>): LocalCycles {
  const uses = new Map<string, ReadonlySet<string>>();
  for (const [name, { node }] of locals) {
    const used = new Set<string>();
    collectLocals(node.value, used);
    uses.set(name, used);
  }
  // What uses nothing that is left, or is used by nothing that is left, is in no circle.
  const left = withoutEnds(withoutEnds(uses), true);
  const problems: EstateProblem[] = [];
  const told = new Set<string>();
  for (const name of left.keys()) {
    const declared = locals.get(name);
    if (told.has(name) || declared === undefined) continue;
    const circle = reachable(name, left);
    for (const each of circle) told.add(each);
    const listed = [...circle].slice(0, 5).map((each) => `'${each}'`);
    const more = circle.size > 5 ? ' and others' : '';
    const message =
      circle.size === 1
        ? `The local value '${name}' refers to itself. Terraform cannot evaluate it; write its value out.`
        : `The local values ${listed.join(', ')}${more} refer to each other in a circle. Terraform cannot evaluate them; take one reference out.`;
    const { uri, node } = declared;
    problems.push({ code: 'cycle', message, uri, start: node.start, end: node.nameEnd });
  }
  return { names: new Set(left.keys()), problems };
}

type Uses = ReadonlyMap<string, ReadonlySet<string>>;

function withoutEnds(uses: Uses, reversed = false): Uses {
  const forward = reversed ? turned(uses) : uses;
  const backward = reversed ? uses : turned(uses);
  const open = new Map(
    [...forward].map(([name, used]) => [name, [...used].filter((each) => forward.has(each)).length]),
  );
  const waiting = [...open].filter(([, count]) => count === 0).map(([name]) => name);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    open.delete(name);
    for (const user of backward.get(name) ?? []) {
      const count = open.get(user);
      if (count === undefined) continue;
      open.set(user, count - 1);
      if (count === 1) waiting.push(user);
    }
  }
  const left = new Map<string, ReadonlySet<string>>();
  for (const name of open.keys()) left.set(name, new Set([...(uses.get(name) ?? [])].filter((each) => open.has(each))));
  return left;
}

function turned(uses: Uses): Uses {
  const users = new Map<string, Set<string>>([...uses.keys()].map((name) => [name, new Set()]));
  for (const [name, used] of uses) for (const each of used) users.get(each)?.add(name);
  return users;
}

function reachable(start: string, uses: Uses): ReadonlySet<string> {
  const found = new Set([start]);
  const waiting = [start];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    for (const used of uses.get(name) ?? []) {
      if (found.has(used)) continue;
      found.add(used);
      waiting.push(used);
    }
  }
  return found;
}

/** Names after `local.` anywhere in an expression. The parser limits how deep it is. */
function collectLocals(node: unknown, found: Set<string>): void {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    for (const each of node) collectLocals(each, found);
    return;
  }
  const expression = node as Expression;
  if (expression.kind === 'access' && expression.source.kind === 'variable' && expression.source.name === 'local') {
    found.add(expression.name);
    return;
  }
  for (const part of Object.values(node)) if (typeof part === 'object') collectLocals(part, found);
}
