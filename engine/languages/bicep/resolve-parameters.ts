import { asSecret, choice, scalar, unknown } from '../../estate/make.ts';
import { isNothing, oneOf } from '../../estate/operations.ts';
import { maximumAlternatives, type Value } from '../../estate/value.ts';
import { evaluate } from './resolve-evaluate.ts';
import type { FileScope } from './resolve-scope.ts';
import { type ParameterFacts, parameterFactsOf } from './resolve-types.ts';
import type { Expression, Parameter } from './syntax.ts';

/**
 * What a parameter is in an instance of its file: what the parameter file or the caller gives, else its default, else null
 * where it may be null, else one of the values that it may have, else unknown.
 */
export function parameterValue(parameter: Parameter, file: FileScope): Value {
  const facts = parameterFactsOf(parameter, file);
  const given = file.call.argument(parameter.name.name);
  const value =
    given === undefined ? withoutArgument(parameter, facts, file) : orDefault(given, parameter, facts, file);
  const narrowed = value.kind === 'unknown' ? allowedValues(parameter, facts, file) : undefined;
  return facts.secure ? asSecret(narrowed ?? value) : (narrowed ?? value);
}

/** An argument that is null counts as none. */
function orDefault(given: Value, parameter: Parameter, facts: ParameterFacts, file: FileScope): Value {
  if (isNothing(given)) {
    if (parameter.defaultValue !== undefined) return defaultOf(parameter, parameter.defaultValue, facts, file);
    return facts.nullable ? given : withoutArgument(parameter, facts, file);
  }
  if (given.kind !== 'choice') return given;
  return choice(
    given.condition,
    given.options.map((option) => orDefault(option, parameter, facts, file)),
    given.origin,
  );
}

function withoutArgument(parameter: Parameter, facts: ParameterFacts, file: FileScope): Value {
  if (parameter.defaultValue !== undefined) return defaultOf(parameter, parameter.defaultValue, facts, file);
  const { name } = parameter.name;
  const origin = file.origin(parameter.name);
  if (facts.nullable) return scalar(null, origin);
  return unknown('parameter', `parameter '${name}' has no value`, origin, identityOfParameter(name, file));
}

/** An empty default of a secure parameter says that the secret is handed in at deployment. */
function defaultOf(parameter: Parameter, written: Expression, facts: ParameterFacts, file: FileScope): Value {
  const value = evaluate(written, file.scope);
  const isBlank = value.kind === 'scalar' && value.value === '';
  if (!isBlank || !facts.secure || file.call.calls.length > 0) return value;
  const { name } = parameter.name;
  const detail = `the secure parameter '${name}' is handed in at deployment`;
  return unknown('parameter', detail, value.origin, identityOfParameter(name, file));
}

function allowedValues(parameter: Parameter, facts: ParameterFacts, file: FileScope): Value | undefined {
  if (facts.allowed === undefined || facts.allowed.length > maximumAlternatives) return undefined;
  const { name } = parameter.name;
  return oneOf(identityOfParameter(name, file), name, facts.allowed, file.origin(parameter.name));
}

function identityOfParameter(name: string, file: FileScope): string {
  return `${file.call.identity}/param:${name}`;
}
