import { bounded } from '../../estate/bounds.ts';
import { conditional, truthOf } from '../../estate/condition.ts';
import { isId } from '../../estate/ids.ts';
import { array, type Member, object, scalar, unknown, withOrigin } from '../../estate/make.ts';
import { element, property } from '../../estate/operations.ts';
import type { SourceOrigin } from '../../estate/origin.ts';
import type { Unknown, Value } from '../../estate/value.ts';
import { type JsonNode, type JsonObject, type JsonString, sourceSpan } from '../../text/json-syntax.ts';
import type { Span } from '../../text/span.ts';
import { isArmExpression, unescapeLiteral } from './expression-parser.ts';
import type { ArmExpression, ArmIndexAccess } from './expression-syntax.ts';
import { evaluateCall } from './resolve-calls.ts';
import { copiedArray } from './resolve-copy.ts';
import type { Scope } from './resolve-scope.ts';
import { propertyCopies } from './template-facts.ts';

/** The string in which an expression is written. */
export interface Written {
  readonly node: JsonString;
  /** The whole of it. */
  readonly root: ArmExpression;
}

/** The value of a JSON node of a template; members are evaluated on demand. */
export function valueOfNode(node: JsonNode, scope: Scope): Value {
  const given = scope.template.source.given?.get(node);
  if (given !== undefined) return given;
  const origin = scope.template.origin(node);
  switch (node.kind) {
    case 'object':
      return objectOf(node, scope, undefined);
    case 'array':
      return array(
        node.items.map((item) => valueOfNode(item, scope)),
        origin,
      );
    case 'string': {
      if (!isArmExpression(node.value)) return scalar(unescapeLiteral(node.value), origin);
      const root = scope.template.source.expressionOf(node);
      return root === undefined
        ? unknown('error', 'there is a syntax error here', origin)
        : evaluate(root, { node, root }, scope);
    }
    case 'number':
    case 'boolean':
    case 'null':
      return scalar(node.value, origin);
  }
}

/** An object whose members are evaluated when they are asked for, those of `without` (in lower case) left out. */
export function objectOf(node: JsonObject, scope: Scope, without: ReadonlySet<string> | undefined): Value {
  const members = new Map<string, Member>();
  let open: Unknown | undefined;
  const copies = propertyCopies(node);
  for (const { key, value, start, end } of node.members) {
    const lower = key.value.toLowerCase();
    if (without?.has(lower) === true || (copies.length > 0 && lower === 'copy')) continue;
    const member = (): Value =>
      value === undefined
        ? unknown('error', 'there is a syntax error here', scope.template.origin({ start, end }))
        : valueOfNode(value, scope);
    if (!isArmExpression(key.value)) {
      members.set(unescapeLiteral(key.value), member);
      continue;
    }
    const computed = valueOfNode(key, scope);
    if (computed.kind === 'scalar') members.set(String(computed.value), member);
    else {
      open ??= unknown(
        computed.kind === 'unknown' ? computed.reason : 'unsupported',
        'a key that is not known',
        scope.template.origin(key),
      );
    }
  }
  for (const copy of copies) members.set(copy.name ?? '', () => copiedArray(copy, scope));
  return object(members, scope.template.origin(node), open);
}

/** Where an expression stands: what is the whole of a string is the string. */
export function spanOf(expression: ArmExpression, written: Written, scope: Scope): Span {
  const { text, given } = scope.template.source;
  if (expression === written.root || given !== undefined) return written.node;
  return sourceSpan(written.node, text, expression.start, expression.end);
}

export function originOf(expression: ArmExpression, written: Written, scope: Scope): SourceOrigin {
  return scope.template.origin(spanOf(expression, written, scope));
}

/** An expression as it is written, on one line. */
export function writtenText(expression: ArmExpression, written: Written): string {
  return written.node.value.slice(expression.start, expression.end).replace(/\s+/g, ' ');
}

/** The value of an expression. Never throws; what takes too much is unknown with that reason. */
export function evaluate(expression: ArmExpression, written: Written, scope: Scope): Value {
  switch (expression.kind) {
    case 'string':
    case 'number':
    case 'literal':
      return scalar(expression.value, originOf(expression, written, scope));
    case 'missing':
      return unknown('error', 'there is a syntax error here', originOf(expression, written, scope));
    default:
      break;
  }
  const { run } = scope.template;
  const refused = run.enter(() => originOf(expression, written, scope));
  if (refused !== undefined) return run.exhausted(refused);
  const value = evaluateCompound(expression, written, scope);
  run.leave();
  return value.kind === 'unknown' && value.reason === 'budget' ? run.exhausted(value) : value;
}

type Compound = Exclude<ArmExpression, { kind: 'string' | 'number' | 'literal' | 'missing' }>;

function evaluateCompound(expression: Compound, written: Written, scope: Scope): Value {
  switch (expression.kind) {
    case 'call':
      return bounded(evaluateCall(expression, written, scope));
    case 'property': {
      const value = property(evaluate(expression.target, written, scope), expression.name);
      return whatIsThere(value, originOf(expression, written, scope));
    }
    case 'index':
      return evaluateIndex(expression, written, scope);
  }
}

/**
 * What an expression gives that reads a member: null where there is none. A reference is written where the whole of it
 * stands, not where its resource is named.
 */
export function whatIsThere(value: Value, origin: SourceOrigin): Value {
  switch (value.kind) {
    case 'absent':
      return scalar(null, value.origin, value.secret);
    case 'reference': {
      const travelled = value.origin.kind === 'source' && value.origin.via !== undefined;
      return travelled ? value : withOrigin(value, origin);
    }
    case 'choice':
      return value.options.some((option) => option.kind === 'absent' || option.kind === 'choice')
        ? { ...value, options: value.options.map((option) => whatIsThere(option, origin)) }
        : value;
    default:
      return value;
  }
}

function evaluateIndex(expression: ArmIndexAccess, written: Written, scope: Scope): Value {
  const turn = itemOfTurn(expression, written, scope);
  if (turn !== undefined) return turn;
  const index = evaluate(expression.index, written, scope);
  const target = evaluate(expression.target, written, scope);
  return itemAt(target, index, originOf(expression, written, scope), false);
}

/** `items[copyIndex()]` in a loop that counts to the length of the very same `items`. */
function itemOfTurn({ target, index }: ArmIndexAccess, written: Written, scope: Scope): Value | undefined {
  if (index.kind !== 'call' || index.lowerName !== 'copyindex' || index.arguments.length > 1) return undefined;
  const [argument] = index.arguments;
  if (argument !== undefined && argument.kind !== 'string') return undefined;
  const loop = loopNamed(argument?.value, scope);
  return loop?.over !== undefined && loop.over.written === writtenText(target, written) ? loop.over.item : undefined;
}

type Loop = Extract<NonNullable<Scope['locals']>, { kind: 'loop' }>;

/** The loop of a name; without one that of the resource or output around, else the innermost. */
export function loopNamed(name: string | undefined, scope: Scope): Loop | undefined {
  const wanted = name?.toLowerCase();
  let innermost: Loop | undefined;
  for (let local = scope.locals; local !== undefined; local = local.next) {
    if (local.kind !== 'loop') continue;
    innermost ??= local;
    if (wanted === undefined ? local.ofWhole : local.name === wanted) return local;
  }
  return wanted === undefined ? innermost : undefined;
}

/** `target[index]`. Where it is `safe`, an item that is not there is null. */
export function itemAt(target: Value, index: Value, origin: SourceOrigin, safe: boolean): Value {
  if (index.kind === 'scalar' && typeof index.value === 'string')
    return whatIsThere(property(target, index.value), origin);
  if (safe && target.kind === 'array' && target.open === undefined && index.kind === 'scalar') {
    const wanted = Number(index.value);
    if (wanted >= target.items.length || wanted < -target.items.length) return scalar(null, origin);
  }
  // No key begins as ids do, so none is that of a resource.
  if (isId(index) && target.kind === 'object' && !target.keys().some((key) => key.startsWith('/'))) {
    if (target.open !== undefined) return target.open;
    return safe ? scalar(null, origin) : unknown('error', 'there is no member of that name', origin);
  }
  return bounded(whatIsThere(element(target, index, origin), origin));
}

/** Names a place in an instance of a template, for conditions that have no identity of their own. */
export function placeIdentity(span: Span, scope: Scope): string {
  return `${scope.identity}@${scope.template.source.uri}:${span.start}`;
}

const longestDescription = 80;

/** What decides, for people. */
export function describe(text: string): string {
  return text.length <= longestDescription ? text : `${text.slice(0, longestDescription - 1)}…`;
}

/** True, false, or a choice between them: a `condition` decides alike wherever it is asked. */
export function conditionOf(node: JsonNode, scope: Scope): Value {
  const test = valueOfNode(node, scope);
  const origin = scope.template.origin(node);
  const truth = truthOf(test);
  if (truth !== undefined) return scalar(truth, origin);
  const description = node.kind === 'string' ? describe(node.value.slice(1, -1)) : 'the condition holds';
  return bounded(
    conditional(
      test,
      () => scalar(true, origin),
      () => scalar(false, origin),
      origin,
      placeIdentity(node, scope),
      description,
    ),
  );
}
