import { bounded } from '../../estate/bounds.ts';
import { conditional } from '../../estate/condition.ts';
import { array, markedLike, scalar, through, unknown, withOrigin } from '../../estate/make.ts';
import { stepsOf } from '../../estate/origin.ts';
import type { Value } from '../../estate/value.ts';
import { evaluateCall } from './resolve-calls.ts';
import { evaluateFor, evaluateObject, evaluateSplat } from './resolve-collections.ts';
import { pathValue } from './resolve-files.ts';
import { exhausted } from './resolve-limits.ts';
import { attributeOf, elementOf } from './resolve-members.ts';
import { moduleValue } from './resolve-modules.ts';
import { numberValue } from './resolve-numbers.ts';
import { booleanOf, evaluateBinary, evaluateUnary } from './resolve-operators.ts';
import { resourceValue, symbolicValue } from './resolve-resources.ts';
import { type Environment, identityOfPlace, invalidValue, once, originOf, placeOf } from './resolve-scope.ts';
import { evaluateTemplate } from './resolve-templates.ts';
import { localValue, variableValue } from './resolve-variables.ts';
import type { Access, Conditional, Expression, Index } from './syntax.ts';

/** The value of an expression. Never throws; what cannot be known says why. */
export function evaluate(expression: Expression, environment: Environment): Value {
  const { run } = environment.scope;
  const refused = run.enter(() => originOf(environment, expression));
  if (refused !== undefined) {
    return exhausted(
      refused.detail.includes('deeply')
        ? 'Expressions are nested too deeply to be followed.'
        : 'There is too much here to be followed.',
      environment,
      refused.origin,
    );
  }
  try {
    return evaluateNow(expression, environment);
  } finally {
    run.leave();
  }
}

function evaluateNow(expression: Expression, environment: Environment): Value {
  switch (expression.kind) {
    case 'number':
      return numberValue(expression.text, originOf(environment, expression));
    case 'boolean':
    case 'string':
      return scalar(expression.value, originOf(environment, expression));
    case 'null':
      return scalar(null, originOf(environment, expression));
    case 'template':
      return evaluateTemplate(expression, environment);
    case 'variable':
      return (
        environment.names.get(expression.name) ??
        invalidValue(`nothing is called '${expression.name}'`, originOf(environment, expression))
      );
    case 'access':
      return evaluateAccess(expression, environment);
    case 'index':
      return evaluateIndex(expression, environment);
    case 'splat':
      return evaluateSplat(expression, environment);
    case 'item':
      return environment.item ?? unknown('error', 'there is no element here', originOf(environment, expression));
    case 'call':
      return evaluateCall(expression, environment);
    case 'unary':
      return evaluateUnary(expression, environment);
    case 'binary':
      return evaluateBinary(expression, environment);
    case 'conditional':
      return evaluateConditional(expression, environment);
    case 'parentheses':
      return evaluate(expression.expression, environment);
    case 'tuple':
      return array(
        expression.elements.map((each) => evaluate(each, environment)),
        originOf(environment, expression),
      );
    case 'object':
      return evaluateObject(expression, environment);
    case 'for':
      return evaluateFor(expression, environment);
    case 'missing':
      return invalidValue('an expression is missing here', originOf(environment, expression));
  }
}

function evaluateConditional(expression: Conditional, environment: Environment): Value {
  const origin = originOf(environment, expression);
  const test = booleanOf(evaluate(expression.condition, environment), originOf(environment, expression.condition));
  if (test.kind === 'unknown' && test.reason === 'error') return test;
  const { whenTrue, whenFalse } = expression;
  const value = conditional(
    test,
    () => withTypeOf(whenFalse, evaluate(whenTrue, environment)),
    () => withTypeOf(whenTrue, evaluate(whenFalse, environment)),
    origin,
    identityOfPlace(environment, expression.condition),
    'the condition holds',
  );
  return markedLike(bounded(value), test);
}

/** Both arms are of one type: beside what is certainly a text, a number or boolean becomes one. */
function withTypeOf(other: Expression, value: Value): Value {
  if (value.kind !== 'scalar' || value.value === null || typeof value.value === 'string') return value;
  const isText = other.kind === 'string' || (other.kind === 'template' && !other.wraps);
  return isText ? scalar(String(value.value), value.origin, value.secret) : value;
}

function evaluateIndex(expression: Index, environment: Environment): Value {
  const origin = originOf(environment, expression);
  const symbolic = symbolicValue(expression.source, environment, origin);
  if (symbolic !== undefined) return symbolic;
  const key = evaluate(expression.key, environment);
  return markedLike(elementOf(evaluate(expression.source, environment), key, origin), key);
}

function evaluateAccess(expression: Access, environment: Environment): Value {
  const { source, name } = expression;
  const { scope } = environment;
  const origin = originOf(environment, expression);
  const place = placeOf(environment, expression);
  if (source.kind === 'variable') {
    const named = environment.names.get(source.name);
    if (named !== undefined) {
      const value = attributeOf(named, name, origin);
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
        return pathValue(scope, name, origin);
      case 'terraform':
        return unknown(
          'unsupported',
          `${source.name}.${name} is known when Terraform runs`,
          origin,
          `${source.name}.${name}`,
        );
      case 'data':
      case 'ephemeral':
        return invalidValue('the name of what is read is missing', origin);
      default:
        return resourceValue(scope, `${source.name}.${name}`, origin);
    }
  }
  const read = isReading(source, environment);
  if (read !== undefined) return resourceValue(scope, `${read}.${name}`, origin);
  const value = attributeOf(evaluate(source, environment), name, origin);
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
