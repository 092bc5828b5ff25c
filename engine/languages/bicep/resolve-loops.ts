import { bounded } from '../../estate/bounds.ts';
import { and, conditional, truthOf } from '../../estate/condition.ts';
import { array, choice, scalar, unknown } from '../../estate/make.ts';
import { itemsOf } from '../../estate/operations.ts';
import type { SourceOrigin } from '../../estate/origin.ts';
import type { Unknown, Value } from '../../estate/value.ts';
import { loopScope } from './resolve-collections.ts';
import { eitherOf, evaluate, placeIdentity } from './resolve-evaluate.ts';
import { type Scope, withLocal } from './resolve-scope.ts';
import type { BodyFacts } from './symbols.ts';

/** One turn of the loop over a resource or module; the only one where there is no loop. */
export interface Turn {
  /** `[0]`, `[*]` where it stands for all that are not known one by one; empty where there is no loop. */
  readonly label: string;
  readonly position: number | undefined;
  readonly scope: Scope;
  /** Whether there is such a turn, and the declaration's own condition holds in it. */
  readonly exists: Value;
}

/** The turns of a declaration, those that certainly don't happen left in. */
export function turnsOf(body: BodyFacts, scope: Scope): readonly Turn[] {
  const { loop } = body;
  if (loop === undefined) {
    return [{ label: '', position: undefined, scope, exists: conditionOf(body, scope) }];
  }
  const { collection } = loop;
  const { inputs } = scope.file.source;
  const shared = scope.locals === undefined && scope.file.readsDefaultsOnly(collection);
  if (shared && inputs.empty.has(collection)) return [];
  const whole = scalar(true, scope.file.origin(loop));
  const items = evaluate(collection, scope);
  if (shared && items.kind === 'array' && items.items.length === 0 && items.open === undefined)
    inputs.empty.add(collection);
  return turnsOver(items, whole, body, scope);
}

function turnsOver(collection: Value, present: Value, body: BodyFacts, scope: Scope): readonly Turn[] {
  const { loop } = body;
  if (loop === undefined) return [];
  if (collection.kind === 'choice') {
    return collection.options.flatMap((option, index) => {
      const chosen = collection.options.map((_, other) =>
        other === index ? present : scalar(false, collection.origin),
      );
      const exists = bounded(choice(collection.condition, chosen, collection.origin));
      return turnsOver(option, exists, body, scope);
    });
  }
  if (collection.kind !== 'array') {
    if (collection.kind === 'scalar' || collection.kind === 'absent') return [];
    return [symbolicTurn(collection, collection, present, body, scope)];
  }
  const limit = scope.file.run.context.budget.loopInstances;
  const known = itemsOf(collection);
  const turns = known.slice(0, limit).map((item, position): Turn => {
    const inner = loopScope(loop, item, position, scope);
    return { label: `[${position}]`, position, scope: inner, exists: existing(present, body, inner) };
  });
  const rest =
    known.length > limit ? unknown('budget', `a loop of more than ${limit} items`, collection.origin) : collection.open;
  return rest === undefined ? turns : [...turns, symbolicTurn(collection, rest, present, body, scope)];
}

/** A turn that stands for all that are not known. */
function symbolicTurn(collection: Value, cause: Value, present: Value, body: BodyFacts, scope: Scope): Turn {
  const { loop } = body;
  const of = (what: string): Unknown =>
    unknown(
      cause.kind === 'unknown' ? cause.reason : 'unsupported',
      cause.kind === 'unknown' ? cause.detail : 'a loop over something that is not known',
      collection.origin,
      loop === undefined ? undefined : `${placeIdentity(loop, scope)}${what}`,
      collection.secret,
    );
  let inner: Scope = { ...scope, identity: `${scope.identity}[${loop?.start}:*]` };
  if (loop?.item !== undefined) inner = withLocal(inner, loop.item.name, of('[*]'), 'loop');
  if (loop?.index !== undefined) inner = withLocal(inner, loop.index.name, of('[#]'), 'loop');
  const any = conditional(
    of('?'),
    () => scalar(true, collection.origin),
    () => scalar(false, collection.origin),
    collection.origin,
    '',
    'there are items',
  );
  return {
    label: '[*]',
    position: undefined,
    scope: inner,
    exists: existing(
      and(present, () => any, collection.origin),
      body,
      inner,
    ),
  };
}

function existing(present: Value, body: BodyFacts, scope: Scope): Value {
  return body.condition === undefined ? present : and(present, () => conditionOf(body, scope), present.origin);
}

/** True, false, or a choice between them: the condition of a declaration decides alike wherever it is asked. */
function conditionOf(body: BodyFacts, scope: Scope): Value {
  const { condition } = body;
  if (condition === undefined) return scalar(true, scope.file.origin(body.object ?? { start: 0, end: 0 }));
  const { inputs } = scope.file.source;
  const shared = scope.locals === undefined && scope.file.readsDefaultsOnly(condition);
  const decided = shared ? inputs.decided.get(condition) : undefined;
  if (decided !== undefined) return scalar(decided, scope.file.origin(condition));
  const of = (value: boolean) => () => scalar(value, scope.file.origin(condition));
  const value = bounded(eitherOf(condition, scope, of(true), of(false), condition));
  const truth = truthOf(value);
  if (shared && truth !== undefined) inputs.decided.set(condition, truth);
  return value;
}

/** Something that is declared once and may have several instances. */
export interface Instances {
  /** The value of one turn; `turn` is of this declaration. */
  readonly valueOf: (turn: Turn, origin: SourceOrigin) => Value;
  readonly turns: readonly Turn[];
}

/** What the name of a loop stands for: an array of its instances. */
export function allInstances(instances: Instances, origin: SourceOrigin): Value {
  const items: Value[] = [];
  let open: Unknown | undefined;
  for (const turn of instances.turns) {
    if (turn.position === undefined) open ??= unknown('unsupported', 'instances that are not known one by one', origin);
    else items.push(instances.valueOf(turn, origin));
  }
  return array(items, origin, open);
}

/** `collection[index]` where the collection is a loop over resources or modules. */
export function indexOfInstance(instances: Instances, index: Value, origin: SourceOrigin): Value {
  if (index.kind === 'choice') {
    return choice(
      index.condition,
      index.options.map((option) => indexOfInstance(instances, option, origin)),
      origin,
    );
  }
  const { turns } = instances;
  const symbolic = turns.find((turn) => turn.position === undefined);
  if (index.kind === 'scalar') {
    const found = turns.filter((turn) => turn.position === index.value);
    const [only] = found;
    if (only !== undefined && found.length === 1) return instances.valueOf(only, origin);
    if (only !== undefined) return unknown('unsupported', 'an instance that depends on a condition', origin);
  } else if (turns.length > 1) return unknown('unsupported', 'an index that is not known', origin);
  return symbolic === undefined
    ? unknown('error', 'there is no such instance', origin)
    : instances.valueOf(symbolic, origin);
}
