import { asSecret, choice, scalar, unknown } from '../../estate/make.ts';
import { isNothing, oneOf } from '../../estate/operations.ts';
import { maximumAlternatives, type Scalar, type Value } from '../../estate/value.ts';
import { valueOfNode } from './resolve-evaluate.ts';
import type { TemplateScope } from './resolve-scope.ts';
import type { ParameterFacts } from './template-facts.ts';

/**
 * What a parameter is in an instance of its template: what the parameter file or the caller gives, else its default, else
 * null where it may be null, else one of the values that it may have, else unknown.
 */
export function parameterValue(facts: ParameterFacts, template: TemplateScope): Value {
  const given = template.call.argument(facts.name);
  const value = given === undefined ? withoutArgument(facts, template) : orDefault(given, facts, template);
  const narrowed = value.kind === 'unknown' ? allowedValues(facts, template) : undefined;
  return facts.secure ? asSecret(narrowed ?? value) : (narrowed ?? value);
}

/** An argument that is null counts as none. */
function orDefault(given: Value, facts: ParameterFacts, template: TemplateScope): Value {
  if (isNothing(given)) {
    if (facts.defaultValue === undefined && facts.nullable) return given;
    return withoutArgument(facts, template);
  }
  if (given.kind !== 'choice') return given;
  return choice(
    given.condition,
    given.options.map((option) => orDefault(option, facts, template)),
    given.origin,
  );
}

function withoutArgument(facts: ParameterFacts, template: TemplateScope): Value {
  const { name, defaultValue } = facts;
  if (defaultValue !== undefined) {
    const value = valueOfNode(defaultValue, { template, locals: undefined, identity: template.call.identity });
    const isBlank = value.kind === 'scalar' && value.value === '';
    if (!isBlank || !facts.secure || template.call.calls.length > 0) return value;
    // An empty default of a secure parameter says that the secret is handed in at deployment.
    const detail = `the secure parameter '${name}' is handed in at deployment`;
    return unknown('parameter', detail, value.origin, identityOfParameter(facts, template));
  }
  const origin = template.origin(facts.key);
  if (facts.nullable) return scalar(null, origin);
  return unknown('parameter', `parameter '${name}' has no value`, origin, identityOfParameter(facts, template));
}

/** Of an array they are those of its items and so say nothing about the whole. */
function allowedValues(facts: ParameterFacts, template: TemplateScope): Value | undefined {
  const { allowedValues: listed, name, key, type } = facts;
  if (listed === undefined || type === 'array') return undefined;
  if (listed.items.length === 0 || listed.items.length > maximumAlternatives) return undefined;
  const origin = template.origin(key);
  const values: Scalar[] = [];
  for (const item of listed.items) {
    if (item.kind === 'object' || item.kind === 'array') return undefined;
    values.push(scalar(item.value, origin));
  }
  return oneOf(identityOfParameter(facts, template), name, values, origin);
}

function identityOfParameter({ name }: ParameterFacts, template: TemplateScope): string {
  return `${template.call.identity}/param:${name}`;
}
