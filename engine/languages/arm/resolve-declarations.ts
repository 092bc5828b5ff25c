import { type Declaration, declaration } from '../../estate/declaration.ts';
import { absent, type Member, scalar } from '../../estate/make.ts';
import { isNothing, property } from '../../estate/operations.ts';
import type { Value } from '../../estate/value.ts';
import type { ArmNode } from './levels.ts';
import { valueOfNode } from './resolve-evaluate.ts';
import { type ArmResource, writtenName } from './resolve-resources.ts';
import type { Scope, TemplateScope } from './resolve-scope.ts';
import type { ParameterFacts } from './template-facts.ts';

/** The parameters of a template. */
export function declarationsOf(template: TemplateScope): readonly Declaration[] {
  return [...template.facts.parameters.values()].map((facts) => parameterOf(facts, template));
}

/** A deployment of another template, by its address or written in it. */
export function deploymentOf(resource: ArmResource): Declaration {
  const { template, facts } = resource;
  const origin = template.origin(facts.header);
  const at = (...path: readonly string[]): Value =>
    path.reduce<Value>((value, name) => property(value, name), resource.body);
  const name = writtenName(facts);
  return declaration({
    declares: 'modules',
    language: 'arm',
    name,
    address: `${template.prefix}${name}`,
    members: new Map<string, Member>([
      ['source', () => at('properties', 'templateLink', 'uri')],
      ['template', () => at('properties', 'template')],
      ['scope', () => orElse(at('properties', 'expressionEvaluationOptions', 'scope'), scalar('outer', origin))],
    ]),
    header: facts.header,
    place: facts.place,
    node: undefined,
  });
}

function orElse(value: Value, otherwise: Value): Value {
  return isNothing(value) ? otherwise : value;
}

function parameterOf(facts: ParameterFacts, template: TemplateScope): Declaration {
  const { name, key, secure, type, defaultValue } = facts;
  const origin = template.origin(key);
  const scope: Scope = { template, locals: undefined, identity: template.call.identity };
  const atRoot = template.call.calls.length === 0;
  const node: ArmNode = {
    declaration: facts.node,
    source: template.source,
    template: template.facts.node,
    within: [],
  };
  return declaration({
    declares: 'parameters',
    language: 'arm',
    name,
    address: template.prefix + name,
    members: new Map<string, Member>([
      ['type', scalar(type.replace(/^secure/, ''), origin)],
      ['secure', scalar(secure, origin)],
      ['default', () => (defaultValue === undefined ? absent(origin) : valueOfNode(defaultValue, scope))],
      ['given', () => (atRoot ? template.call.argument(name) : undefined) ?? absent(origin)],
    ]),
    header: template.place(key),
    place: template.place({ start: key.start, end: facts.node.end }),
    node,
  });
}
