import { bounded } from '../../estate/bounds.ts';
import { and } from '../../estate/condition.ts';
import { deploymentScope } from '../../estate/deployment-scopes.ts';
import { extensionOf } from '../../estate/extension-types.ts';
import { parseResourceId } from '../../estate/link.ts';
import { object, reference, unknown } from '../../estate/make.ts';
import type { Call, Resource, SourceHandle } from '../../estate/resource.ts';
import { interpolated, nameSegments } from '../../estate/texts.ts';
import type { Value } from '../../estate/value.ts';
import type { JsonNode } from '../../text/json-syntax.ts';
import type { Place } from '../../text/span.ts';
import { isArmExpression, unescapeLiteral } from './expression-parser.ts';
import { type Turn, turnsOf } from './resolve-copy.ts';
import { type Deployment, deploymentOf } from './resolve-deployments.ts';
import { conditionOf, objectOf, valueOfNode } from './resolve-evaluate.ts';
import type { Scope, TemplateScope } from './resolve-scope.ts';
import { memberOf, type ResourceFacts, textOf } from './template-facts.ts';

export const deploymentType = 'microsoft.resources/deployments';

/** Members of a declaration that are not of the resource that Azure knows; in lower case. */
const ownMembers: ReadonlySet<string> = new Set([
  'type',
  'apiversion',
  'dependson',
  'copy',
  'condition',
  'scope',
  'existing',
  'resources',
  'comments',
  'metadata',
  'import',
  'extension',
]);

/** A declaration of a resource in one instance of its template, or in one instance of the resource around it. */
export class DeclaredResource {
  readonly facts: ResourceFacts;
  readonly template: TemplateScope;
  readonly owner: ArmResource | undefined;
  readonly #scope: Scope;
  #turns: readonly Turn[] | undefined;
  #isFinding = false;
  #resources: Map<Turn, ArmResource> | undefined;

  constructor(facts: ResourceFacts, template: TemplateScope, scope: Scope, owner: ArmResource | undefined) {
    this.facts = facts;
    this.template = template;
    this.owner = owner;
    this.#scope = scope;
  }

  /** True while its loop is being evaluated. */
  get isFinding(): boolean {
    return this.#isFinding;
  }

  get turns(): readonly Turn[] {
    if (this.#turns !== undefined) return this.#turns;
    // A loop whose number of turns depends on itself has none.
    if (this.#isFinding) return [];
    this.#isFinding = true;
    this.#turns = turnsOf(this.facts.copy, this.#scope);
    this.#isFinding = false;
    return this.#turns;
  }

  resource(turn: Turn): ArmResource {
    this.#resources ??= new Map();
    let resource = this.#resources.get(turn);
    if (resource === undefined) {
      resource = new ArmResource(this, turn);
      this.#resources.set(turn, resource);
    }
    return resource;
  }
}

/** One resource of the estate. All but its type is evaluated when it is first asked for. */
export class ArmResource implements Resource {
  readonly language = 'arm';
  readonly instance: string;
  readonly type: string;
  readonly existing: boolean;
  readonly #declared: DeclaredResource;
  readonly #turn: Turn;
  /** Nested, and its type has no namespace. */
  readonly #isRelative: boolean;
  /** The resource that an extension is on, where its type and name say so: `A/b/providers/c`. */
  readonly #extended: Value | undefined;
  #names: readonly Value[] | undefined;
  #body: Value | undefined;
  #exists: Value | undefined;
  #name: Value | undefined;
  #isNaming = false;
  #nested: readonly DeclaredResource[] | undefined;
  #deployment: Deployment | undefined | 'unknown' = 'unknown';

  constructor(declared: DeclaredResource, turn: Turn) {
    const { facts, owner } = declared;
    this.#declared = declared;
    this.#turn = turn;
    this.instance = turn.label;
    this.existing = facts.existing;
    const written = this.#literal(facts.type)?.split('@')[0]?.replace(/\/+$/, '') ?? '';
    this.#isRelative = owner !== undefined && written.split('/')[0]?.includes('.') !== true;
    const type = this.#isRelative ? `${owner?.type}/${written}` : written;
    const extension = extensionOf(type, () => this.writtenName, this.#leadingNames);
    this.type = extension?.type ?? type;
    this.#names = extension?.names;
    this.#extended =
      extension && reference({ kind: 'id', id: extension.on }, ['id'], this.template.origin(facts.header));
  }

  /** Those of the resource around it, where its own name has its last segments only. */
  get #leadingNames(): readonly Value[] {
    const { owner } = this.#declared;
    return this.#isRelative && owner !== undefined ? owner.names : [];
  }

  get facts(): ResourceFacts {
    return this.#declared.facts;
  }

  /** The template that declares it. */
  get template(): TemplateScope {
    return this.#declared.template;
  }

  get turn(): Turn {
    return this.#turn;
  }

  get #scope(): Scope {
    return this.#turn.scope;
  }

  /** A text that has to be known before deployment. */
  #literal(node: JsonNode | undefined): string | undefined {
    if (node === undefined) return undefined;
    const value = valueOfNode(node, this.#scope);
    return value.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
  }

  get apiVersion(): string | undefined {
    const { facts, owner } = this.#declared;
    if (facts.apiVersion !== undefined) return this.#literal(facts.apiVersion);
    const type = this.#literal(facts.type);
    return type?.includes('@') === true ? type.slice(type.indexOf('@') + 1) : owner?.apiVersion;
  }

  /** Left out where an expression gives it: what that uses, other resources may use too. */
  get apiVersionPlace(): Place | undefined {
    const { facts, owner } = this.#declared;
    const at = textOf(facts.type)?.indexOf('@') ?? -1;
    if (facts.apiVersion === undefined && at < 0) return owner?.apiVersionPlace;
    const node = facts.apiVersion ?? facts.type;
    if (node?.kind !== 'string' || node.escaped || isArmExpression(node.value)) return undefined;
    const start = node.contentStart + (facts.apiVersion === undefined ? at + 1 : 0);
    return { uri: this.header.uri, start, end: node.contentEnd };
  }

  get address(): string {
    return `${this.template.prefix}${this.type}/${this.fullName}`;
  }

  /** Its name as it is written, those of the resources around it in front. */
  get fullName(): string {
    const { owner, facts } = this.#declared;
    const name = writtenName(facts);
    return owner === undefined ? name : `${owner.fullName}${owner.instance}/${name}`;
  }

  get header(): Place {
    return this.facts.header;
  }

  get declaration(): Place {
    return this.facts.place;
  }

  get source(): SourceHandle {
    return this.facts.handle;
  }

  get calls(): readonly Call[] {
    return this.template.call.calls;
  }

  get exists(): Value {
    if (this.#exists !== undefined) return this.#exists;
    const { owner, facts } = this.#declared;
    const around = owner === undefined ? this.template.call.exists : owner.exists;
    const { exists } = this.#turn;
    const present = and(around, () => exists, exists.origin);
    const { condition } = facts;
    this.#exists = bounded(
      condition === undefined ? present : and(present, () => conditionOf(condition, this.#scope), exists.origin),
    );
    return this.#exists;
  }

  /** The value of its `name`, as written. */
  get writtenName(): Value {
    if (this.#name !== undefined) return this.#name;
    const { name, node, header } = this.facts;
    const origin = this.template.origin(header);
    if (this.#isNaming) return unknown('error', 'a name that refers to itself', origin);
    this.#isNaming = true;
    this.#name =
      name === undefined
        ? unknown(
            'deployment',
            'a name that is not written',
            origin,
            `${this.#scope.identity}@${header.uri}:${node.start}`,
          )
        : valueOfNode(name, this.#scope);
    this.#isNaming = false;
    return this.#name;
  }

  get names(): readonly Value[] {
    if (this.#names !== undefined) return this.#names;
    const leading = this.#leadingNames;
    const segments = this.type.split('/').length - 1;
    this.#names = [...leading, ...nameSegments(this.writtenName, segments - leading.length)];
    return this.#names;
  }

  get parent(): Resource | undefined {
    return this.#extended === undefined ? this.#declared.owner : undefined;
  }

  get scope(): Value | undefined {
    if (this.#extended !== undefined) return this.#extended;
    const { scope } = this.facts;
    if (scope !== undefined) return scopeOf(valueOfNode(scope, this.#scope));
    if (this.#declared.owner !== undefined) return undefined;
    return (this.existing ? this.#elsewhere : undefined) ?? this.template.call.deployedTo;
  }

  /** The group or subscription that an existing resource is said to be in. */
  get #elsewhere(): Value | undefined {
    const at = (member: string): Value | undefined => {
      const node = memberOf(this.facts.node, member);
      return node && valueOfNode(node, this.#scope);
    };
    const subscription = at('subscriptionid');
    const resourceGroup = at('resourcegroup');
    const name = resourceGroup ?? subscription;
    if (name === undefined) return undefined;
    const type =
      resourceGroup === undefined ? 'Microsoft.Resources/subscriptions' : 'Microsoft.Resources/resourceGroups';
    return reference({ kind: 'id', id: { type, names: [name], subscription, resourceGroup } }, [], name.origin);
  }

  get body(): Value {
    this.#body ??= this.#evaluateBody();
    return this.#body;
  }

  #evaluateBody(): Value {
    const { node, properties, extension, name, header } = this.facts;
    if (!this.existing) {
      return extension && properties !== undefined
        ? valueOfNode(properties, this.#scope)
        : objectOf(node, this.#scope, ownMembers);
    }
    const open = unknown(
      'data',
      'what an existing resource looks like is known to Azure only',
      this.template.origin(header),
      `existing ${this.template.call.identity}/${this.address}${this.instance}`,
    );
    const members = new Map(name === undefined ? [] : [['name', () => this.writtenName] as const]);
    return object(members, this.template.origin(node), open);
  }

  /** The resources declared inside it, in source order. */
  get nested(): readonly DeclaredResource[] {
    this.#nested ??= this.facts.nested.map((facts) => new DeclaredResource(facts, this.template, this.#scope, this));
    return this.#nested;
  }

  /** The template that it deploys; undefined when it is no deployment of one. */
  get deployment(): Deployment | undefined {
    if (this.#deployment === 'unknown')
      this.#deployment = this.type.toLowerCase() === deploymentType ? deploymentOf(this, this.#scope) : undefined;
    return this.#deployment;
  }
}

/** The name of a resource as it is written, for people and for telling one from another. */
export function writtenName({ name, symbol }: ResourceFacts): string {
  if (name?.kind !== 'string') return symbol ?? '';
  return isArmExpression(name.value)
    ? name.value.slice(1, -1).trim().replace(/\s+/g, ' ')
    : unescapeLiteral(name.value);
}

/** The resource or scope that a `scope` names: by its id, or by type and name as `Microsoft.Storage/storageAccounts/x`. */
export function scopeOf(value: Value): Value {
  if (value.kind === 'choice') return { ...value, options: value.options.map(scopeOf) };
  if (value.kind === 'scalar' && value.value === '/')
    return deploymentScope(unknown('deployment', 'the tenant of the deployment', value.origin, 'tenant()'));
  if (value.kind === 'scalar' && typeof value.value === 'string') {
    const written = value.value.startsWith('/') ? value.value : `/providers/${value.value}`;
    const id = parseResourceId(written, value);
    return id === undefined ? value : reference({ kind: 'id', id }, ['id'], value.origin);
  }
  if (value.kind === 'text') {
    const [first] = value.parts;
    const isAbsolute = typeof first !== 'string' || first.startsWith('/');
    return isAbsolute ? value : interpolated(['/providers/', value], value.origin);
  }
  if (value.kind === 'unknown' && value.identity?.endsWith('().id') === true)
    return deploymentScope({ ...value, identity: value.identity.slice(0, -3) });
  return value;
}
