import { and, not, or } from '../../estate/condition.ts';
import { array, type Member, object, scalar, unknown } from '../../estate/make.ts';
import { callPure, element, property } from '../../estate/operations.ts';
import { type Origin, sourceOrigin } from '../../estate/origin.ts';
import type { Value } from '../../estate/value.ts';
import { armFunctions } from '../../functions/arm-functions.ts';
import type { JsonNode } from '../../text/json-syntax.ts';
import { isArmExpression, parseArmExpression, unescapeLiteral } from './expression-parser.ts';
import type { ArmCall, ArmExpression } from './expression-syntax.ts';

/** Where an expression stands. */
export interface Scope {
  readonly uri: string;
  /** How many evaluations may still be nested. */
  readonly depth: number;
  /** A function that needs the template (parameters, variables, reference, …); undefined when it is not one. */
  readonly call: (call: ArmCall, scope: Scope, origin: Origin) => Value | undefined;
}

const pure = new Map([...armFunctions].map(([name, fn]) => [name.toLowerCase(), fn]));

/** The value of a JSON node; members are evaluated on demand. Its origin is the whole node, quotes included. */
export function valueOfJson(node: JsonNode, scope: Scope): Value {
  const origin = sourceOrigin(scope.uri, node.start, node.end);
  if (scope.depth <= 0) return unknown('budget', 'nested too deeply', origin);
  const inner: Scope = { ...scope, depth: scope.depth - 1 };
  switch (node.kind) {
    case 'object': {
      const members = new Map<string, Member>();
      for (const { key, value } of node.members)
        if (value !== undefined) members.set(key.value, () => valueOfJson(value, inner));
      return object(members, origin);
    }
    case 'array':
      return array(
        node.items.map((item) => valueOfJson(item, inner)),
        origin,
      );
    case 'string': {
      if (!isArmExpression(node.value)) return scalar(unescapeLiteral(node.value), origin);
      const { expression } = parseArmExpression(node.value);
      return expression === undefined ? unknown('error', node.value, origin) : evaluate(expression, inner, origin);
    }
    default:
      return scalar(node.value, origin);
  }
}

/** The value of an expression inside the string at `origin`. Never throws. */
export function evaluate(expression: ArmExpression, scope: Scope, origin: Origin): Value {
  if (scope.depth <= 0) return unknown('budget', 'nested too deeply', origin);
  const inner: Scope = { ...scope, depth: scope.depth - 1 };
  switch (expression.kind) {
    case 'string':
    case 'number':
    case 'literal':
      return scalar(expression.value, origin);
    case 'property':
      return property(evaluate(expression.target, inner, origin), expression.name);
    case 'index':
      return element(evaluate(expression.target, inner, origin), evaluate(expression.index, inner, origin), origin);
    case 'missing':
      return unknown('error', 'an expression is missing', origin);
    case 'call':
      return callOf(expression, inner, origin);
  }
}

function callOf(call: ArmCall, scope: Scope, origin: Origin): Value {
  const own = scope.call(call, scope, origin);
  if (own !== undefined) return own;
  const [first, ...rest] = call.arguments;
  const name = call.namespace === undefined ? call.lowerName : '';
  if (first !== undefined && (name === 'and' || name === 'or')) {
    const join = name === 'and' ? and : or;
    return rest.reduce(
      (left, right) => join(left, () => evaluate(right, scope, origin), origin),
      evaluate(first, scope, origin),
    );
  }
  if (first !== undefined && name === 'not') return not(evaluate(first, scope, origin), origin);
  const fn = pure.get(name);
  if (fn !== undefined)
    return callPure(
      call.name,
      fn,
      call.arguments.map((each) => evaluate(each, scope, origin)),
      origin,
    );
  return unknown('unsupported', `${call.name}()`, origin, undefined, name.startsWith('list'));
}
