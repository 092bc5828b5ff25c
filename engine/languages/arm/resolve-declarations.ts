import { type Declaration, declaration } from '../../estate/declaration.ts';
import { absent, type Member, scalar } from '../../estate/make.ts';
import type { ArmNode } from './levels.ts';
import { valueOfNode } from './resolve-evaluate.ts';
import type { Scope, TemplateScope } from './resolve-scope.ts';
import type { ParameterFacts } from './template-facts.ts';

/** The parameters of a template. */
export function declarationsOf(template: TemplateScope): readonly Declaration[] {
  return [...template.facts.parameters.values()].map((facts) => parameterOf(facts, template));
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
