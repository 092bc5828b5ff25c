import { bounded, tooLarge } from '../../estate/bounds.ts';
import { and, conditional, equal, not, or, truthOf } from '../../estate/condition.ts';
import { isId } from '../../estate/ids.ts';
import { blamedOnCaller } from '../../estate/made-of.ts';
import { choice, scalar, unknown } from '../../estate/make.ts';
import { callPure, element, isNothing, property } from '../../estate/operations.ts';
import type { SourceOrigin } from '../../estate/origin.ts';
import { asDotNetWrites, interpolated } from '../../estate/texts.ts';
import type { Value } from '../../estate/value.ts';
import { armFunctions } from '../../functions/arm-functions.ts';
import type { Span } from '../../text/span.ts';
import { evaluateCall, evaluateMethodCall } from './resolve-calls.ts';
import { evaluateArray, evaluateFor, evaluateObject } from './resolve-collections.ts';
import { indexOfInstance } from './resolve-loops.ts';
import type { DeclaredModule } from './resolve-modules.ts';
import { BicepResource, type DeclaredResource } from './resolve-resources.ts';
import { declaredAs, lookUp, type Scope, writtenAt } from './resolve-scope.ts';
import type { Binary, Expression, IndexAccess, StringExpression, Ternary } from './syntax.ts';

/** The value of an expression. Never throws; what takes too much is unknown with that reason. */
export function evaluate(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'string':
      if (expression.holes.length === 0) return scalar(expression.segments[0] ?? '', originOf(expression, scope));
      break;
    case 'integer':
      return expression.exact
        ? scalar(expression.value, originOf(expression, scope))
        : unknown('unsupported', 'an integer of more than 53 bits', originOf(expression, scope));
    case 'boolean':
      return scalar(expression.value, originOf(expression, scope));
    case 'null':
      return scalar(null, originOf(expression, scope));
    case 'parenthesized':
      return evaluate(expression.expression, scope);
    case 'missing':
      return unknown('error', 'there is a syntax error here', originOf(expression, scope));
    default:
      break;
  }
  const { run } = scope.file;
  const refused = run.enter(() => originOf(expression, scope));
  if (refused !== undefined) return run.exhausted(refused);
  const value = evaluateCompound(expression, scope);
  run.leave();
  return value.kind === 'unknown' && value.reason === 'budget' ? run.exhausted(value) : value;
}

function originOf(span: Span, scope: Scope): SourceOrigin {
  return scope.file.origin(span);
}

function evaluateCompound(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'string':
      return evaluateText(expression, scope);
    case 'variable':
      return (
        lookUp(expression.name, expression, scope) ??
        unknown('error', `there is no '${expression.name}'`, originOf(expression, scope))
      );
    case 'call':
      return bounded(evaluateCall(expression, scope));
    case 'methodCall':
      return bounded(evaluateMethodCall(expression, scope));
    case 'member':
      return whatIsThere(
        memberOf(
          expression.safe ? whereDeployed(expression.target, scope) : evaluate(expression.target, scope),
          expression.name.name,
        ),
        expression,
        scope,
      );
    case 'index':
      return evaluateIndex(expression, scope);
    case 'nested':
      return nestedIn(evaluate(expression.target, scope), expression.name.name, expression, scope);
    case 'nonNull':
      return evaluate(expression.target, scope);
    case 'unary':
      return expression.operator === '!'
        ? negated(evaluate(expression.operand, scope), originOf(expression, scope))
        : operated(
            'sub',
            scalar(0, originOf(expression, scope)),
            evaluate(expression.operand, scope),
            originOf(expression, scope),
          );
    case 'binary':
      return bounded(evaluateBinary(expression, scope));
    case 'ternary':
      return bounded(evaluateTernary(expression, scope));
    case 'lambda':
      return unknown('error', 'a lambda is no value by itself', originOf(expression, scope));
    case 'object':
      return evaluateObject(expression, scope, undefined);
    case 'array':
      return evaluateArray(expression, scope);
    case 'for':
      return evaluateFor(expression, scope);
    case 'parenthesized':
    case 'integer':
    case 'boolean':
    case 'null':
    case 'missing':
      return evaluate(expression, scope);
  }
}

function evaluateText(expression: StringExpression, scope: Scope): Value {
  const parts: (string | Value)[] = [];
  expression.segments.forEach((segment, index) => {
    if (segment !== '') parts.push(segment);
    const hole = expression.holes[index];
    if (hole !== undefined) parts.push(asDotNetWrites(evaluate(hole.expression, scope)));
  });
  const origin = originOf(expression, scope);
  return blamedOnCaller(interpolated(parts, origin), parts, origin);
}

/** What `.?` reads from: a resource or module that is not deployed is null there. */
function whereDeployed(target: Expression, scope: Scope): Value {
  const declared = target.kind === 'variable' ? declaredAs(target.name, scope) : undefined;
  const [turn] = declared?.facts.loop === undefined ? (declared?.turns ?? []) : [];
  if (turn === undefined) return evaluate(target, scope);
  const origin = originOf(target, scope);
  const deployed = (): Value => evaluate(target, scope);
  return bounded(conditional(turn.exists, deployed, () => scalar(null, origin), origin, '', 'it is deployed'));
}

/** `value.key`, where resources have a few members that are known whatever Azure says. */
export function memberOf(value: Value, key: string): Value {
  if (value.kind === 'choice') {
    return choice(
      value.condition,
      value.options.map((option) => memberOf(option, key)),
      value.origin,
    );
  }
  if (value.kind === 'reference' && value.target.kind === 'resource' && value.path.length === 0) {
    const { resource } = value.target;
    switch (key) {
      case 'name':
        if (resource instanceof BicepResource) return resource.writtenName;
        break;
      case 'type':
        return scalar(resource.type, value.origin);
      case 'apiVersion':
        if (resource.apiVersion !== undefined) return scalar(resource.apiVersion, value.origin);
    }
  }
  return property(value, key);
}

/**
 * What an expression gives that reads a member: null where there is none. A reference is written where the whole of it
 * stands, not where its resource is named.
 */
function whatIsThere(value: Value, span: Span, scope: Scope): Value {
  switch (value.kind) {
    case 'absent':
      return scalar(null, value.origin, value.secret);
    case 'reference':
      return writtenAt(value, span, scope);
    case 'choice':
      return value.options.some((option) => option.kind === 'absent' || option.kind === 'choice')
        ? { ...value, options: value.options.map((option) => whatIsThere(option, span, scope)) }
        : value;
    default:
      return value;
  }
}

function nestedIn(owner: Value, name: string, span: Span, scope: Scope): Value {
  const origin = originOf(span, scope);
  if (owner.kind === 'reference' && owner.target.kind === 'resource' && owner.path.length === 0) {
    const { resource } = owner.target;
    const nested = resource instanceof BicepResource ? resource.nested(name) : undefined;
    if (nested !== undefined) return nested.reference(origin);
  }
  return unknown('error', `there is no nested resource '${name}'`, origin);
}

function evaluateIndex(expression: IndexAccess, scope: Scope): Value {
  const origin = originOf(expression, scope);
  const index = evaluate(expression.index, scope);
  const collection = expression.fromEnd ? undefined : loopNamed(expression.target, scope);
  if (collection !== undefined) return bounded(indexOfInstance(collection, index, origin));
  const target = evaluate(expression.target, scope);
  if (index.kind === 'scalar' && typeof index.value === 'string') {
    return whatIsThere(memberOf(target, index.value), expression, scope);
  }
  if (expression.fromEnd) {
    if (index.kind !== 'scalar' || typeof index.value !== 'number')
      return unknown('unsupported', 'an index from the end that is not known', origin);
    return itemAt(target, scalar(-index.value, index.origin), expression, scope);
  }
  return itemAt(target, index, expression, scope);
}

function itemAt(target: Value, index: Value, expression: IndexAccess, scope: Scope): Value {
  const origin = originOf(expression, scope);
  if (expression.safe && target.kind === 'array' && target.open === undefined && index.kind === 'scalar') {
    const wanted = Number(index.value);
    if (wanted >= target.items.length || wanted < -target.items.length) return scalar(null, origin);
  }
  // No key begins as ids do, so none is that of a resource.
  if (isId(index) && target.kind === 'object' && !target.keys().some((key) => key.startsWith('/'))) {
    if (target.open !== undefined) return target.open;
    return expression.safe ? scalar(null, origin) : unknown('error', 'there is no member of that name', origin);
  }
  return bounded(whatIsThere(element(target, index, origin), expression, scope));
}

/** The loop over resources or modules that an expression names; undefined for everything else. */
function loopNamed(target: Expression, scope: Scope): DeclaredResource | DeclaredModule | undefined {
  if (target.kind === 'parenthesized') return loopNamed(target.expression, scope);
  if (target.kind === 'variable') {
    const declared = declaredAs(target.name, scope);
    return declared?.facts.loop === undefined ? undefined : declared;
  }
  if (target.kind !== 'nested') return undefined;
  const owner = evaluate(target.target, scope);
  if (owner.kind !== 'reference' || owner.target.kind !== 'resource') return undefined;
  const { resource } = owner.target;
  const nested = resource instanceof BicepResource ? resource.nested(target.name.name) : undefined;
  return nested?.facts.loop === undefined ? undefined : nested;
}

function evaluateTernary(expression: Ternary, scope: Scope): Value {
  return eitherOf(
    expression.condition,
    scope,
    () => evaluate(expression.whenTrue, scope),
    () => evaluate(expression.whenFalse, scope),
    expression,
  );
}

/** `condition ? whenTrue : whenFalse`; the same condition in the same scope decides alike everywhere. */
export function eitherOf(
  condition: Expression,
  scope: Scope,
  whenTrue: () => Value,
  whenFalse: () => Value,
  place: Span,
): Value {
  const test = evaluate(condition, scope);
  const truth = truthOf(test);
  if (truth !== undefined) return truth ? whenTrue() : whenFalse();
  const identity = placeIdentity(condition, scope);
  return conditional(test, whenTrue, whenFalse, originOf(place, scope), identity, describe(condition, scope));
}

/** Names a place in an instance of a file, for conditions that have no identity of their own. */
export function placeIdentity(span: Span, scope: Scope): string {
  return `${scope.identity}@${scope.file.uri}:${span.start}`;
}

const longestDescription = 80;

/** An expression as written, on one line. */
export function describe(expression: Expression, scope: Scope): string {
  if (expression.kind === 'parenthesized') return describe(expression.expression, scope);
  const written = scope.file.source.text.slice(expression.start, expression.end).replace(/\s+/g, ' ');
  return written.length <= longestDescription ? written : `${written.slice(0, longestDescription - 1)}…`;
}

/** `left ?? right`: what may be null is a choice between the two. */
function coalesce(left: Value, right: () => Value, expression: Binary, scope: Scope): Value {
  if (isNothing(left)) return right();
  const origin = originOf(expression, scope);
  if (left.kind === 'choice') {
    return choice(
      left.condition,
      left.options.map((option) => coalesce(option, right, expression, scope)),
      origin,
    );
  }
  if (left.kind !== 'unknown') return left;
  const isNull = equal(left, scalar(null, origin), origin);
  const description = `${describe(expression.left, scope)} is null`;
  return conditional(isNull, right, () => left, origin, placeIdentity(expression, scope), description);
}

function evaluateBinary(expression: Binary, scope: Scope): Value {
  const origin = originOf(expression, scope);
  const left = evaluate(expression.left, scope);
  const right = (): Value => evaluate(expression.right, scope);
  switch (expression.operator) {
    case '&&':
      return and(left, right, origin);
    case '||':
      return or(left, right, origin);
    case '??':
      return coalesce(left, right, expression, scope);
    case '==':
    case '=~':
      return compared(left, right(), origin, expression.operator === '=~');
    case '!=':
    case '!~':
      return negated(compared(left, right(), origin, expression.operator === '!~'), origin);
    case '+':
      return operated('add', left, right(), origin);
    case '-':
      return operated('sub', left, right(), origin);
    case '*':
      return operated('mul', left, right(), origin);
    case '/':
      return operated('div', left, right(), origin);
    case '%':
      return operated('mod', left, right(), origin);
    case '<':
      return operated('less', left, right(), origin);
    case '<=':
      return operated('lessOrEquals', left, right(), origin);
    case '>':
      return operated('greater', left, right(), origin);
    case '>=':
      return operated('greaterOrEquals', left, right(), origin);
  }
}

function compared(left: Value, right: Value, origin: SourceOrigin, ignoreCase: boolean): Value {
  if (tooLarge([left, right])) return unknown('budget', 'values that are too large to compare', origin);
  return blamedOnCaller(equal(left, right, origin, ignoreCase), [left, right], origin);
}

function negated(value: Value, origin: SourceOrigin): Value {
  return blamedOnCaller(not(value, origin), [value], origin);
}

/** The operators are functions of ARM. */
function operated(name: string, left: Value, right: Value, origin: SourceOrigin): Value {
  const pure = armFunctions.get(name.toLowerCase());
  return pure === undefined
    ? unknown('unsupported', `${name} is not evaluated`, origin)
    : blamedOnCaller(callPure(name, pure, [left, right], origin), [left, right], origin);
}
