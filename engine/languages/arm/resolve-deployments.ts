import { identityOf, truthOf } from '../../estate/condition.ts';
import { absent, choice, type Member, object, reference, through, unknown } from '../../estate/make.ts';
import { isNothing, property } from '../../estate/operations.ts';
import type { SourceOrigin } from '../../estate/origin.ts';
import type { Call } from '../../estate/resource.ts';
import type { ResourceId, Value } from '../../estate/value.ts';
import type { JsonMember, JsonNode, JsonObject } from '../../text/json-syntax.ts';
import { findMemberIgnoringCase } from '../../text/json-syntax.ts';
import type { ArmSource } from './files.ts';
import { describe, valueOfNode } from './resolve-evaluate.ts';
import { type LinkedTemplate, linkedTemplate } from './resolve-links.ts';
import { outputValue } from './resolve-outputs.ts';
import { type ArmResource, scopeOf, writtenName } from './resolve-resources.ts';
import { type Scope, type TemplateCall, TemplateScope } from './resolve-scope.ts';
import { memberOf, textOf } from './template-facts.ts';

/** A resource that deploys a template of its own: one that is written in it, or a file that it links to. */
export interface Deployment {
  /** The instance of the template; undefined when its text cannot be had. */
  readonly template: TemplateScope | undefined;
  /** What Azure says of the deployment: its `properties` with the `outputs`, each `{ type, value }`. */
  readonly state: (origin: SourceOrigin) => Value;
  /** The values of its outputs, by name. */
  readonly values: (origin: SourceOrigin) => Value;
}

/** The deployment that a resource is; undefined when it deploys no template. */
export function deploymentOf(resource: ArmResource, scope: Scope): Deployment | undefined {
  const { properties, existing } = resource.facts;
  if (existing || properties?.kind !== 'object') return undefined;
  if (memberOf(properties, 'template') === undefined && memberOf(properties, 'templatelink') === undefined)
    return undefined;
  return new TemplateDeployment(resource, properties, scope);
}

class TemplateDeployment implements Deployment {
  readonly #resource: ArmResource;
  readonly #properties: JsonObject;
  readonly #scope: Scope;
  readonly #name: string;
  #template: TemplateScope | undefined | 'unknown' = 'unknown';
  #parameters: JsonNode | undefined;

  constructor(resource: ArmResource, properties: JsonObject, scope: Scope) {
    this.#resource = resource;
    this.#properties = properties;
    this.#scope = scope;
    this.#name = resource.facts.symbol ?? writtenName(resource.facts);
    this.#parameters = memberOf(properties, 'parameters');
  }

  get template(): TemplateScope | undefined {
    if (this.#template === 'unknown') {
      this.#template = undefined;
      this.#template = this.#find();
    }
    return this.#template;
  }

  state = (origin: SourceOrigin): Value => {
    const detail = `what Azure says of the deployment '${this.#name}'`;
    const properties = new Map<string, Member>([['outputs', () => this.#outputs(origin, true)]]);
    const whole = new Map<string, Member>([
      ['properties', () => object(properties, origin, unknown('deployment', detail, origin))],
      ['name', () => this.#resource.writtenName],
    ]);
    return object(whole, origin, unknown('deployment', detail, origin));
  };

  values = (origin: SourceOrigin): Value => this.#outputs(origin, false);

  /** Outputs by name, each as Azure gives it (`{ value }`) or its value alone. */
  #outputs(origin: SourceOrigin, wrapped: boolean): Value {
    if (truthOf(this.#resource.exists) === false)
      return unknown('error', `the deployment '${this.#name}' does not take place`, origin);
    const { template } = this;
    if (template === undefined) {
      const identity = `${this.#identity}.outputs`;
      return unknown('module', `the template of deployment '${this.#name}' is not on this machine`, origin, identity);
    }
    const place = { uri: origin.uri, start: origin.start, end: origin.end };
    const members = new Map<string, Member>();
    for (const output of template.facts.outputs) {
      const value = (): Value => through(outputValue(output, template), 'output', output.name, place);
      members.set(output.name, wrapped ? () => object(new Map([['value', value]]), origin) : value);
    }
    return object(members, origin);
  }

  get #identity(): string {
    const outer = this.#resource.template.call.identity;
    return `${outer === '' ? '' : `${outer}/`}${this.#name}${this.#resource.instance}`;
  }

  #find(): TemplateScope | undefined {
    const { run, source, call } = this.#resource.template;
    const { header } = this.#resource;
    const { budget } = run.context;
    const linked = this.#source(source);
    if (linked === undefined) return undefined;
    if (call.calls.length >= budget.moduleDepth) {
      const message = `Deployments are nested more than ${budget.moduleDepth} deep; '${this.#name}' is left out.`;
      run.report({ ...header, code: 'budget', message });
      return undefined;
    }
    if (run.moduleInstances >= budget.moduleInstances) {
      const message = `This root has more than ${budget.moduleInstances} deployments; the others are left out.`;
      run.report({ uri: source.uri, start: 0, end: 0, code: 'budget', message });
      return undefined;
    }
    run.moduleInstances++;
    return new TemplateScope(run, linked.source, linked.source.factsOf(linked.template), this.#call(linked));
  }

  /** The template itself: written here, or in the file that is linked to. */
  #source(source: ArmSource): LinkedTemplate | undefined {
    const template = memberOf(this.#properties, 'template');
    if (template?.kind === 'object') return { source, template };
    return linkedTemplate({
      name: this.#name,
      template,
      link: findMemberIgnoringCase(this.#properties, 'templatelink'),
      scope: this.#scope,
      callers: this.#resource.template.call.callers,
    });
  }

  #call({ source }: LinkedTemplate): TemplateCall {
    const { template, exists, instance, facts } = this.#resource;
    const outer = template.call;
    const call: Call = { ...facts.header, name: describe(this.#name), instance };
    const isLinked = source !== template.source;
    const isInner = isLinked || this.#evaluatesInside;
    const deployed = this.#deployedTo;
    const group = deployed === undefined ? undefined : `${identityOf(deployed.to) ?? this.#identity}/`;
    const subscription =
      deployed?.subscription === undefined ? undefined : `${identityOf(deployed.subscription) ?? this.#identity}/`;
    return {
      identity: this.#identity,
      calls: [...outer.calls, call],
      exists,
      argument: (name) => this.#argument(name),
      deployedTo: deployed?.to ?? outer.deployedTo,
      groupIdentity: group ?? outer.groupIdentity,
      subscriptionIdentity: subscription ?? outer.subscriptionIdentity,
      callers: isLinked ? [...outer.callers, template.source.uri] : outer.callers,
      around: isInner ? undefined : this.#scope,
    };
  }

  /** Whether expressions of the template mean its own parameters and variables. */
  get #evaluatesInside(): boolean {
    const options = memberOf(this.#properties, 'expressionevaluationoptions');
    const scope = options?.kind === 'object' ? textOf(memberOf(options, 'scope')) : undefined;
    return scope?.toLowerCase() === 'inner';
  }

  /** What the template is deployed to, where that is not what the one around it is deployed to. */
  get #deployedTo(): { readonly to: Value; readonly subscription: Value | undefined } | undefined {
    const { node, scope: written } = this.#resource.facts;
    const at = (name: string): Value | undefined => {
      const member = memberOf(node, name);
      return member && valueOfNode(member, this.#scope);
    };
    const subscription = at('subscriptionid');
    const group = at('resourcegroup');
    if (group !== undefined && !isNothing(group)) {
      const type = 'Microsoft.Resources/resourceGroups';
      return { to: idOf(type, group, subscription, group), subscription };
    }
    if (written !== undefined) {
      const to = scopeOf(valueOfNode(written, this.#scope));
      return { to, subscription: to };
    }
    if (subscription === undefined) return undefined;
    return { to: idOf('Microsoft.Resources/subscriptions', subscription, subscription, undefined), subscription };
  }

  /** The value that the deployment gives a parameter; undefined when it gives none. */
  #argument(name: string): Value | undefined {
    const { template } = this.#resource;
    const link = memberOf(this.#properties, 'parameterslink');
    if (link !== undefined) {
      return unknown('module', `the parameter file of deployment '${this.#name}' is not read`, template.origin(link));
    }
    const parameters = this.#parameters;
    if (parameters === undefined) return undefined;
    let member: JsonMember | undefined;
    let entry: Value;
    if (parameters.kind === 'object') {
      member = findMemberIgnoringCase(parameters, name.toLowerCase());
      if (member?.value === undefined) return undefined;
      entry = valueOfNode(member.value, this.#scope);
    } else {
      entry = property(valueOfNode(parameters, this.#scope), name);
    }
    const value = givenBy(entry, name);
    return value && through(value, 'argument', name, template.place(member ?? parameters));
  }
}

function idOf(type: string, name: Value, subscription: Value | undefined, resourceGroup: Value | undefined): Value {
  const id: ResourceId = { type, names: [name], subscription, resourceGroup };
  return reference({ kind: 'id', id }, [], name.origin);
}

/** The value of a `{ value }` or `{ reference }`; undefined when there is none. */
function givenBy(entry: Value, name: string): Value | undefined {
  if (entry.kind === 'choice') {
    const options = entry.options.map((option) => givenBy(option, name) ?? absent(option.origin));
    return choice(entry.condition, options, entry.origin);
  }
  if (isNothing(entry)) return undefined;
  if (entry.kind === 'object' && !isNothing(entry.get('reference')))
    return unknown('deployment', `'${name}' comes from a key vault`, entry.origin, undefined, true);
  const value = property(entry, 'value');
  return value.kind === 'absent' ? undefined : value;
}
