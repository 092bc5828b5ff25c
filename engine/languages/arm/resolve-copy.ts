import { bounded } from '../../estate/bounds.ts';
import { and, conditional, distribute } from '../../estate/condition.ts';
import { array, asSecret, choice, scalar, unknown } from '../../estate/make.ts';
import { itemsOf } from '../../estate/operations.ts';
import type { Unknown, Value } from '../../estate/value.ts';
import { evaluate, placeIdentity, valueOfNode, writtenText } from './resolve-evaluate.ts';
import type { Scope } from './resolve-scope.ts';
import type { CopyFacts } from './template-facts.ts';

/** One turn of a loop over a resource; the only one where there is no loop. */
export interface Turn {
  /** `[0]`, `[*]` where it stands for all that are not known one by one; empty where there is no loop. */
  readonly label: string;
  readonly position: number | undefined;
  readonly scope: Scope;
  /** Whether there is such a turn. */
  readonly exists: Value;
}

/** What a loop counts: the array whose length is taken, or the number itself. */
interface Counted {
  readonly value: Value;
  /** How the array is written, where it is one. */
  readonly written: string | undefined;
}

/** The turns of a resource, those that certainly don't happen left in. */
export function turnsOf(copy: CopyFacts | undefined, scope: Scope): readonly Turn[] {
  const { template } = scope;
  const whole = scalar(true, template.origin(copy?.node ?? { start: 0, end: 0 }));
  if (copy === undefined) return [{ label: '', position: undefined, scope, exists: whole }];
  return turnsOver(countedBy(copy, scope), whole, copy, true, scope);
}

/** The items that a loop over a variable, an output or a property makes: open where there may be more. */
export function copiedArray(copy: CopyFacts, scope: Scope, ofWhole = false): Value {
  const origin = scope.template.origin(copy.node);
  const { input } = copy;
  const counted = countedBy(copy, scope);
  return distribute([counted.value], origin, ([value = counted.value]) => {
    const turns = turnsOver({ ...counted, value }, scalar(true, origin), copy, ofWhole, scope);
    const items: Value[] = [];
    let open: Unknown | undefined;
    for (const turn of turns) {
      if (turn.position === undefined) open ??= restOf(value, origin);
      else
        items.push(
          input === undefined ? unknown('error', 'a loop without input', origin) : valueOfNode(input, turn.scope),
        );
    }
    const made = array(items, origin, open);
    return value.secret ? asSecret(made) : made;
  });
}

function restOf(value: Value, origin: Value['origin']): Unknown {
  if (value.kind === 'array' && value.open !== undefined) return value.open;
  if (value.kind === 'unknown') return unknown(value.reason, value.detail, origin, undefined, value.secret);
  const long = value.kind === 'array' || value.kind === 'scalar';
  return long
    ? unknown('budget', 'a loop with too many turns', origin)
    : unknown('unsupported', 'a loop whose number of turns is not known', origin, undefined, value.secret);
}

function countedBy({ count, node }: CopyFacts, scope: Scope): Counted {
  const root = count?.kind === 'string' ? scope.template.source.expressionOf(count) : undefined;
  if (count?.kind === 'string' && root?.kind === 'call' && root.lowerName === 'length') {
    const [argument] = root.arguments;
    if (argument !== undefined && root.arguments.length === 1) {
      const written = { node: count, root };
      const value = evaluate(argument, written, scope);
      if (isArray(value)) return { value, written: writtenText(argument, written) };
    }
  }
  const value =
    count === undefined
      ? unknown('error', 'a loop without count', scope.template.origin(node))
      : valueOfNode(count, scope);
  return { value, written: undefined };
}

/** True for what is an array, whichever of its alternatives it is, or is not known. */
function isArray(value: Value): boolean {
  if (value.kind === 'choice') return value.options.every(isArray);
  return value.kind === 'array' || value.kind === 'unknown' || value.kind === 'reference';
}

function turnsOver(counted: Counted, present: Value, copy: CopyFacts, ofWhole: boolean, scope: Scope): readonly Turn[] {
  const { value, written } = counted;
  if (value.kind === 'choice') {
    return value.options.flatMap((option, index) => {
      const chosen = value.options.map((_, other) => (other === index ? present : scalar(false, value.origin)));
      const exists = bounded(choice(value.condition, chosen, value.origin));
      return turnsOver({ ...counted, value: option }, exists, copy, ofWhole, scope);
    });
  }
  const limit = scope.template.run.context.budget.loopInstances;
  const items = value.kind === 'array' ? itemsOf(value) : undefined;
  const count = items?.length ?? (value.kind === 'scalar' ? Number(value.value) : 0);
  const turns: Turn[] = [];
  for (let position = 0; position < Math.min(count, limit); position++) {
    const item = items?.[position];
    const index = scalar(position, scope.template.origin({ start: copy.node.start, end: copy.node.start }));
    const over = item === undefined || written === undefined ? undefined : { written, item };
    const inner = turnScope(copy, index, over, String(position), ofWhole, scope);
    turns.push({ label: `[${position}]`, position, scope: inner, exists: present });
  }
  const more = value.kind === 'array' ? value.open !== undefined : value.kind !== 'scalar' && value.kind !== 'absent';
  if (count > limit || more) turns.push(symbolicTurn(counted, present, copy, ofWhole, scope));
  return turns;
}

function turnScope(
  copy: CopyFacts,
  index: Value,
  over: { readonly written: string; readonly item: Value } | undefined,
  label: string,
  ofWhole: boolean,
  scope: Scope,
): Scope {
  return {
    template: scope.template,
    locals: { kind: 'loop', name: copy.name?.toLowerCase(), ofWhole, index, over, next: scope.locals },
    identity: `${scope.identity}[${copy.node.start}:${label}]`,
  };
}

/** A turn that stands for all that are not known. */
function symbolicTurn(
  { value, written }: Counted,
  present: Value,
  copy: CopyFacts,
  ofWhole: boolean,
  scope: Scope,
): Turn {
  const { origin, secret } = value;
  const cause = restOf(value, origin);
  const of = (what: string): Unknown =>
    unknown(cause.reason, cause.detail, origin, `${placeIdentity(copy.node, scope)}${what}`, secret);
  const over = written === undefined ? undefined : { written, item: of('[*]') };
  const any = conditional(
    of('?'),
    () => scalar(true, origin),
    () => scalar(false, origin),
    origin,
    '',
    'there are items',
  );
  return {
    label: '[*]',
    position: undefined,
    scope: turnScope(copy, of('[#]'), over, '*', ofWhole, scope),
    exists: and(present, () => any, origin),
  };
}
