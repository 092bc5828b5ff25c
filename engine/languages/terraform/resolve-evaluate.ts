import { and, conditional, distribute, equal, not, or } from '../../estate/condition.ts';
import {
  array,
  asSecret,
  type Member,
  markedLike,
  object,
  scalar,
  text,
  through,
  unknown,
  withOrigin,
} from '../../estate/make.ts';
import { element, firstUnknown, interpolate, itemsOf, property, undecidedCall } from '../../estate/operations.ts';
import { type Origin, stepsOf } from '../../estate/origin.ts';
import type { Unknown, Value } from '../../estate/value.ts';
import { evaluateCall } from './resolve-calls.ts';
import { moduleValue } from './resolve-modules.ts';
import { resourceValue, symbolicValue } from './resolve-resources.ts';
import { type Environment, identityOfPlace, once, originOf, placeOf, withNames } from './resolve-scope.ts';
import { localValue, variableValue } from './resolve-variables.ts';
import type {
  Access,
  Binary,
  Expression,
  ForExpression,
  Index,
  ObjectExpression,
  Splat,
  TemplatePart,
} from './syntax.ts';

/** The value of an expression. Never throws; what cannot be known says why. */
export function evaluate(expression: Expression, environment: Environment): Value {
  const { run } = environment.scope;
  const exhausted = run.enter(() => originOf(environment, expression));
  if (exhausted !== undefined) return exhausted;
  try {
    return evaluateNow(expression, environment);
  } finally {
    run.leave();
  }
}

function evaluateNow(expression: Expression, environment: Environment): Value {
  const origin = originOf(environment, expression);
  switch (expression.kind) {
    case 'number':
      return scalar(Number(expression.text), origin);
    case 'boolean':
    case 'string':
      return scalar(expression.value, origin);
    case 'null':
      return scalar(null, origin);
    case 'template': {
      const [only] = expression.parts;
      if (expression.wraps && only?.kind === 'interpolation') return evaluate(only.expression, environment);
      return evaluateParts(expression.parts, environment, origin);
    }
    case 'variable':
      return (
        environment.names.get(expression.name) ?? unknown('error', `nothing is called '${expression.name}'`, origin)
      );
    case 'access':
      return evaluateAccess(expression, environment);
    case 'index':
      return symbolicValue(expression.source, environment, origin) ?? evaluateIndex(expression, environment, origin);
    case 'splat':
      return evaluateSplat(expression, environment, origin);
    case 'item':
      return environment.item ?? unknown('error', 'there is no element here', origin);
    case 'call':
      return evaluateCall(expression, environment);
    case 'unary': {
      const operand = evaluate(expression.operand, environment);
      const result =
        expression.operator === '!' ? not(operand, origin) : arithmetic('-', scalar(0, origin), operand, origin);
      return markedLike(result, operand);
    }
    case 'binary':
      return evaluateBinary(expression, environment, origin);
    case 'conditional': {
      const test = evaluate(expression.condition, environment);
      const value = conditional(
        test,
        () => evaluate(expression.whenTrue, environment),
        () => evaluate(expression.whenFalse, environment),
        origin,
        identityOfPlace(environment, expression.condition),
        'the condition holds',
      );
      return markedLike(value, test);
    }
    case 'parentheses':
      return evaluate(expression.expression, environment);
    case 'tuple':
      return array(
        expression.elements.map((each) => evaluate(each, environment)),
        origin,
      );
    case 'object':
      return evaluateObject(expression, environment, origin);
    case 'for':
      return evaluateFor(expression, environment, origin);
    case 'missing':
      return unknown('error', 'an expression is missing here', origin);
  }
}

function evaluateIndex(expression: Index, environment: Environment, origin: Origin): Value {
  const key = evaluate(expression.key, environment);
  return markedLike(element(evaluate(expression.source, environment), key, origin), key);
}

function evaluateParts(parts: readonly TemplatePart[], environment: Environment, origin: Origin): Value {
  return interpolate(
    parts.map((part) => evaluatePart(part, environment, origin)),
    origin,
  );
}

function evaluatePart(part: TemplatePart, environment: Environment, origin: Origin): string | Value {
  switch (part.kind) {
    case 'literal':
      return part.text;
    case 'interpolation':
      return evaluate(part.expression, environment);
    case 'if': {
      const test = evaluate(part.condition, environment);
      const value = conditional(
        test,
        () => evaluateParts(part.whenTrue, environment, origin),
        () => evaluateParts(part.whenFalse, environment, origin),
        origin,
        identityOfPlace(environment, part.condition),
        'the condition holds',
      );
      return markedLike(value, test);
    }
    case 'each': {
      const over = evaluate(part.collection, environment);
      const value = distribute([over], origin, ([collection]) => {
        const entries = collection === undefined ? undefined : entriesOf(collection, origin);
        if (entries === undefined || entries.open !== undefined)
          return unknown('unsupported', 'a loop over something that is not known', origin);
        const rounds = entries.known.map(([key, item], index) =>
          evaluateParts(part.parts, loop(environment, part.keyName, part.valueName, key, item, index), origin),
        );
        return text(rounds, origin);
      });
      return markedLike(value, over);
    }
  }
}

function evaluateAccess(expression: Access, environment: Environment): Value {
  const { source, name } = expression;
  const { scope } = environment;
  const origin = originOf(environment, expression);
  const place = placeOf(environment, expression);
  if (source.kind === 'variable') {
    const named = environment.names.get(source.name);
    if (named !== undefined) {
      const value = property(named, name);
      return source.name === 'each' || source.name === 'count'
        ? through(value, 'loop', `${source.name}.${name}`, place)
        : value;
    }
    switch (source.name) {
      case 'var':
        return through(variableValue(scope, name, origin), 'parameter', name, place);
      case 'local':
        return through(localValue(scope, name, origin), 'variable', name, place);
      case 'module':
        return once(scope, `module.${name}`, origin, () => moduleValue(scope, name, origin));
      case 'path':
      case 'terraform':
        return unknown(
          'unsupported',
          `${source.name}.${name} is known when Terraform runs`,
          origin,
          `${source.name}.${name}`,
        );
      case 'data':
      case 'ephemeral':
        return unknown('error', 'the name of what is read is missing', origin);
      default:
        return resourceValue(scope, `${source.name}.${name}`, origin);
    }
  }
  const read = isReading(source, environment);
  if (read !== undefined) return resourceValue(scope, `${read}.${name}`, origin);
  const value = property(evaluate(source, environment), name);
  // What Azure will say of a resource is written where it is asked for, not where that resource is declared.
  if (value.kind === 'reference' && stepsOf(value.origin).length === 0) return withOrigin(value, origin);
  if (source.kind === 'access' && source.source.kind === 'variable' && !environment.names.has(source.source.name)) {
    if (source.source.name === 'module') return through(value, 'output', name, place);
    if (scope.resources.has(`${source.source.name}.${source.name}`)) return through(value, 'attribute', name, place);
  }
  return value;
}

/** `data.type` or `ephemeral.type`: what follows is the name of such a block. */
function isReading(source: Expression, environment: Environment): string | undefined {
  if (source.kind !== 'access' || source.source.kind !== 'variable') return undefined;
  const { name } = source.source;
  return (name === 'data' || name === 'ephemeral') && !environment.names.has(name)
    ? `${name}.${source.name}`
    : undefined;
}

/** What a loop runs over: pairs of key and value, and what may come besides. */
export interface Entries {
  readonly known: readonly (readonly [Value, Value])[];
  readonly open: Unknown | undefined;
}

/** Undefined when nothing is known of the collection. Not for choices. */
export function entriesOf(collection: Value, origin: Origin): Entries | undefined {
  if (collection.kind === 'array') {
    return {
      known: itemsOf(collection).map((item, index) => [scalar(index, origin), item] as const),
      open: collection.open,
    };
  }
  if (collection.kind === 'object') {
    return {
      known: collection.keys().map((key) => [scalar(key, collection.origin), collection.get(key)] as const),
      open: collection.open,
    };
  }
  return undefined;
}

function loop(
  environment: Environment,
  keyName: string | undefined,
  valueName: string,
  key: Value,
  value: Value,
  round: number,
): Environment {
  return withNames(
    environment,
    keyName === undefined
      ? [[valueName, value]]
      : [
          [keyName, key],
          [valueName, value],
        ],
    String(round),
  );
}

function evaluateSplat(splat: Splat, environment: Environment, origin: Origin): Value {
  const over = evaluate(splat.source, environment);
  const made = distribute([over], origin, ([source]) => {
    if (source === undefined || source.kind === 'absent') return array([], origin);
    if (source.kind === 'unknown') return array([], origin, source);
    if (source.kind === 'array') {
      const items = itemsOf(source).map((item, index) => evaluate(splat.each, roundOf(environment, item, index)));
      return array(items, origin, source.open);
    }
    if (source.kind === 'scalar' && source.value === null) return array([], origin);
    return array([evaluate(splat.each, roundOf(environment, source, 0))], origin);
  });
  return markedLike(made, over);
}

function roundOf(environment: Environment, item: Value, index: number): Environment {
  return { ...environment, item, rounds: `${environment.rounds}[${index}]` };
}

function evaluateObject(expression: ObjectExpression, environment: Environment, origin: Origin): Value {
  const members = new Map<string, Member>();
  let open: Unknown | undefined = expression.complete
    ? undefined
    : unknown('error', 'the object could not be read whole', origin);
  for (const item of expression.items) {
    let name = item.name;
    if (name === undefined) {
      const key = evaluate(item.key, environment);
      if (key.kind === 'scalar') name = String(key.value);
      else open ??= firstUnknown([key]) ?? unknown('unsupported', 'a key that is not known', origin);
    }
    if (name !== undefined) members.set(name, () => evaluate(item.value, environment));
  }
  return object(members, origin, open);
}

function evaluateFor(expression: ForExpression, environment: Environment, origin: Origin): Value {
  const over = evaluate(expression.collection, environment);
  const made = distribute([over], origin, ([collection]) => {
    const entries = collection === undefined ? undefined : entriesOf(collection, origin);
    if (collection === undefined || entries === undefined) {
      const why = collection === undefined ? undefined : firstUnknown([collection]);
      const open = why ?? unknown('unsupported', 'a loop over something that is not known', origin);
      return expression.key === undefined ? array([], origin, open) : object(new Map(), origin, open);
    }
    let open = entries.open;
    const items: Value[] = [];
    const members = new Map<string, Member>();
    const groups = new Map<string, Value[]>();
    for (const [round, [key, value]] of entries.known.entries()) {
      const inner = loop(environment, expression.keyName, expression.valueName, key, value, round);
      if (expression.condition !== undefined) {
        const test = evaluate(expression.condition, inner);
        if (test.kind !== 'scalar') {
          open ??= firstUnknown([test]) ?? unknown('unsupported', 'a filter that is not known', origin);
          continue;
        }
        if (test.value !== true && test.value !== 'true') continue;
      }
      if (expression.key === undefined) {
        items.push(evaluate(expression.value, inner));
        continue;
      }
      const name = evaluate(expression.key, inner);
      if (name.kind !== 'scalar') {
        open ??= firstUnknown([name]) ?? unknown('unsupported', 'a key that is not known', origin);
      } else if (expression.group) {
        const group = groups.get(String(name.value)) ?? [];
        group.push(evaluate(expression.value, inner));
        groups.set(String(name.value), group);
      } else members.set(String(name.value), () => evaluate(expression.value, inner));
    }
    for (const [name, group] of groups) members.set(name, array(group, origin));
    return expression.key === undefined ? array(items, origin, open) : object(members, origin, open);
  });
  return markedLike(made, over);
}

function evaluateBinary(expression: Binary, environment: Environment, origin: Origin): Value {
  const left = evaluate(expression.left, environment);
  let secret = left.secret;
  const right = (): Value => {
    const value = evaluate(expression.right, environment);
    secret ||= value.secret;
    return value;
  };
  const result = applyOperator(expression, left, right, origin);
  return secret ? asSecret(result) : result;
}

function applyOperator(expression: Binary, left: Value, right: () => Value, origin: Origin): Value {
  switch (expression.operator) {
    case '&&':
      return and(left, right, origin);
    case '||':
      return or(left, right, origin);
    case '==':
      return equal(left, right(), origin);
    case '!=':
      return not(equal(left, right(), origin), origin);
    default:
      return arithmetic(expression.operator, left, right(), origin);
  }
}

function arithmetic(operator: string, left: Value, right: Value, origin: Origin): Value {
  return distribute([left, right], origin, ([a, b]) => {
    const x = numberOf(a);
    const y = numberOf(b);
    if (x === undefined || y === undefined) return undecidedCall(operator, [a ?? left, b ?? right], origin);
    const answer = calculate(operator, x, y);
    if (typeof answer === 'number' && !Number.isFinite(answer)) return unknown('error', 'division by zero', origin);
    return scalar(answer, origin);
  });
}

function numberOf(value: Value | undefined): number | undefined {
  if (value?.kind !== 'scalar' || value.value === null || typeof value.value === 'boolean' || value.value === '')
    return undefined;
  const number = Number(value.value);
  return Number.isNaN(number) ? undefined : number;
}

function calculate(operator: string, x: number, y: number): number | boolean {
  switch (operator) {
    case '<':
      return x < y;
    case '<=':
      return x <= y;
    case '>':
      return x > y;
    case '>=':
      return x >= y;
    case '+':
      return x + y;
    case '-':
      return x - y;
    case '*':
      return x * y;
    case '/':
      return x / y;
    default:
      return x % y;
  }
}
