import { bounded } from '../../estate/bounds.ts';
import { and, truthOf } from '../../estate/condition.ts';
import { deploymentScope } from '../../estate/deployment-scopes.ts';
import { extensionOf } from '../../estate/extension-types.ts';
import { object, reference, unknown } from '../../estate/make.ts';
import type { SourceOrigin } from '../../estate/origin.ts';
import type { Call, Resource, SourceHandle } from '../../estate/resource.ts';
import { nameSegments } from '../../estate/texts.ts';
import type { Value } from '../../estate/value.ts';
import type { Place } from '../../text/span.ts';
import { evaluateObject } from './resolve-collections.ts';
import { evaluate } from './resolve-evaluate.ts';
import { allInstances, type Instances, type Turn, turnsOf } from './resolve-loops.ts';
import type { Scope } from './resolve-scope.ts';
import { isGraph, propertyNamed, type ResourceFacts } from './symbols.ts';
import type { Expression } from './syntax.ts';

/** Properties of a declaration that say where it belongs, and that Azure does not know. */
const ownProperties: ReadonlySet<string> = new Set(['parent', 'scope', 'dependsOn']);
const ownOfGraph: ReadonlySet<string> = new Set(['parent', 'dependsOn']);

/** A declaration of a resource in one instance of its file, or in one instance of the resource around it. */
export class DeclaredResource implements Instances {
  readonly facts: ResourceFacts;
  readonly owner: BicepResource | undefined;
  readonly #scope: Scope;
  #turns: readonly Turn[] | undefined;
  #isFinding = false;
  /** The resource of the only turn where there is no loop. */
  #single: BicepResource | undefined;
  #resources: Map<Turn, BicepResource> | undefined;

  constructor(facts: ResourceFacts, scope: Scope, owner: BicepResource | undefined) {
    this.facts = facts;
    this.owner = owner;
    this.#scope = scope;
  }

  get turns(): readonly Turn[] {
    if (this.#turns !== undefined) return this.#turns;
    // A loop whose items depend on itself has none.
    if (this.#isFinding) return [];
    this.#isFinding = true;
    this.#turns = turnsOf(this.facts, this.#scope);
    this.#isFinding = false;
    return this.#turns;
  }

  resource(turn: Turn): BicepResource {
    if (this.facts.loop === undefined) {
      this.#single ??= new BicepResource(this, turn);
      return this.#single;
    }
    this.#resources ??= new Map();
    let resource = this.#resources.get(turn);
    if (resource === undefined) {
      resource = new BicepResource(this, turn);
      this.#resources.set(turn, resource);
    }
    return resource;
  }

  valueOf = (turn: Turn, origin: SourceOrigin): Value =>
    reference({ kind: 'resource', resource: this.resource(turn) }, [], origin);

  /** What the symbolic name stands for. */
  reference(origin: SourceOrigin): Value {
    const [first] = this.turns;
    if (this.facts.loop !== undefined) return allInstances(this, origin);
    return first === undefined
      ? unknown('error', 'a condition that refers to itself', origin)
      : this.valueOf(first, origin);
  }
}

/** One resource of the estate. Everything about it is evaluated when it is first asked for. */
export class BicepResource implements Resource {
  readonly language = 'bicep';
  readonly instance: string;
  readonly type: string;
  readonly apiVersion: string | undefined;
  readonly existing: boolean;
  readonly #declared: DeclaredResource;
  readonly #turn: Turn;
  /** What an extension is on, where its type and name say so: `A/b/providers/c`. */
  readonly #extended: Value | undefined;
  #body: Value | undefined;
  #exists: Value | undefined;
  #name: Value | undefined;
  #names: readonly Value[] | undefined;
  #parent: Resource | undefined;
  #parentState: 'unknown' | 'finding' | 'found' = 'unknown';
  #isNaming = false;
  #nested: Map<string, DeclaredResource> | undefined;

  constructor(declared: DeclaredResource, turn: Turn) {
    const { facts, owner } = declared;
    this.#declared = declared;
    this.#turn = turn;
    this.instance = turn.label;
    const type = owner === undefined ? facts.type : nestedType(owner.type, facts.type);
    const extension = extensionOf(type, () => this.writtenName, []);
    this.type = extension?.type ?? type;
    this.#names = extension?.names;
    this.#extended =
      extension && reference({ kind: 'id', id: extension.on }, ['id'], turn.scope.file.origin(facts.header));
    this.apiVersion = facts.apiVersion ?? owner?.apiVersion;
    this.existing = facts.declaration.existing >= 0;
  }

  get #facts(): ResourceFacts {
    return this.#declared.facts;
  }

  get #scope(): Scope {
    return this.#turn.scope;
  }

  get address(): string {
    const { owner } = this.#declared;
    const prefix = owner === undefined ? this.#scope.file.prefix : `${owner.address}${owner.instance}::`;
    return prefix + this.#facts.name;
  }

  get header(): Place {
    return this.#facts.header;
  }

  get apiVersionPlace(): Place | undefined {
    const { facts, owner } = this.#declared;
    return facts.apiVersion === undefined ? owner?.apiVersionPlace : facts.apiVersionPlace;
  }

  get declaration(): Place {
    return this.#facts.place;
  }

  get source(): SourceHandle {
    return this.#facts.handle;
  }

  get calls(): readonly Call[] {
    return this.#scope.file.call.calls;
  }

  get exists(): Value {
    if (this.#exists !== undefined) return this.#exists;
    const { owner } = this.#declared;
    const around = owner === undefined ? this.#scope.file.call.exists : owner.exists;
    this.#exists = bounded(and(around, () => this.#turn.exists, this.#turn.exists.origin));
    return this.#exists;
  }

  /** The value of its `name`, as written: a child that is nested or has a `parent` gives its own name only. */
  get writtenName(): Value {
    if (this.#name !== undefined) return this.#name;
    const { nameValue, place } = this.#facts;
    const origin = this.#scope.file.origin(this.#facts.header);
    if (this.#isNaming) return unknown('error', 'a name that refers to itself', origin);
    this.#isNaming = true;
    this.#name =
      nameValue === undefined
        ? unknown(
            'deployment',
            'a name that is not written',
            origin,
            `${this.#scope.identity}@${place.uri}:${place.start}`,
          )
        : evaluate(nameValue, this.#scope);
    this.#isNaming = false;
    return this.#name;
  }

  get names(): readonly Value[] {
    if (this.#names !== undefined) return this.#names;
    const segments = this.type.split('/').length - 1;
    const written = this.#declared.owner === undefined ? this.#writtenParent() : undefined;
    const { parent } = this;
    if (parent === undefined && written === undefined) {
      this.#names = nameSegments(this.writtenName, segments);
      return this.#names;
    }
    const leading = parent === undefined ? namesOfId(written) : parent.names;
    if (leading !== undefined && leading.length + 1 === segments) this.#names = [...leading, this.writtenName];
    else {
      const origin = this.#scope.file.origin(this.#facts.header);
      const unnamed = unknown('unsupported', 'a parent that cannot be told', origin);
      this.#names = [...Array.from({ length: Math.max(0, segments - 1) }, () => unnamed), this.writtenName];
    }
    return this.#names;
  }

  get parent(): Resource | undefined {
    if (this.#declared.owner !== undefined) return this.#declared.owner;
    if (this.#parentState !== 'unknown') return this.#parent;
    this.#parentState = 'finding';
    const written = this.#writtenParent();
    const target = written === undefined ? undefined : targetOf(written);
    let ancestor: Resource | undefined = target;
    while (ancestor !== undefined && ancestor !== this) ancestor = ancestor.parent;
    this.#parent = ancestor === this ? undefined : target;
    this.#parentState = 'found';
    return this.#parent;
  }

  #writtenParent(): Value | undefined {
    const { parentValue } = this.#facts;
    return parentValue === undefined ? undefined : evaluate(parentValue, this.#scope);
  }

  get scope(): Value | undefined {
    if (this.#extended !== undefined) return this.#extended;
    const { scopeValue } = this.#facts;
    if (scopeValue !== undefined) return evaluateScope(scopeValue, this.#scope);
    if (this.#declared.owner !== undefined || this.#facts.parentValue !== undefined) return undefined;
    return this.#scope.file.call.deployedTo;
  }

  get body(): Value {
    this.#body ??= this.#evaluateBody();
    return this.#body;
  }

  #evaluateBody(): Value {
    const { object: written, header } = this.#facts;
    const { file } = this.#scope;
    if (written === undefined) return unknown('error', 'the body cannot be read', file.origin(header));
    if (!this.existing) return evaluateObject(written, this.#scope, isGraph(this.type) ? ownOfGraph : ownProperties);
    const open = unknown(
      'data',
      'what an existing resource looks like is known to Azure only',
      file.origin(header),
      `existing ${file.call.identity}/${this.address}${this.instance}`,
    );
    const name = propertyNamed(written, 'name');
    const members = new Map(name === undefined ? [] : [['name', () => this.writtenName] as const]);
    return object(members, file.origin(written), open);
  }

  /** The resources declared inside it, in source order. */
  get allNested(): Iterable<DeclaredResource> {
    return this.#facts.nested.size === 0 ? [] : this.#nestedByName().values();
  }

  nested(name: string): DeclaredResource | undefined {
    return this.#facts.nested.size === 0 ? undefined : this.#nestedByName().get(name);
  }

  #nestedByName(): Map<string, DeclaredResource> {
    if (this.#nested === undefined) {
      this.#nested = new Map();
      const scope: Scope = { ...this.#scope, locals: { kind: 'nested', owner: this, next: this.#scope.locals } };
      for (const [name, facts] of this.#facts.nested) this.#nested.set(name, new DeclaredResource(facts, scope, this));
    }
    return this.#nested;
  }
}

function nestedType(owner: string, written: string): string {
  return written.toLowerCase().startsWith(`${owner.toLowerCase()}/`) ? written : `${owner}/${written}`;
}

function targetOf(value: Value): Resource | undefined {
  return value.kind === 'reference' && value.target.kind === 'resource' && value.path.length === 0
    ? value.target.resource
    : undefined;
}

function namesOfId(value: Value | undefined): readonly Value[] | undefined {
  return value?.kind === 'reference' && value.target.kind === 'id' ? value.target.id.names : undefined;
}

/** The target of a `scope:`. */
export function evaluateScope(expression: Expression, scope: Scope): Value {
  return deploymentScope(evaluate(expression, scope));
}

/** Adds the resources of a declaration that may be deployed, and those nested in them. */
export function addResources(declared: DeclaredResource, add: (resource: BicepResource) => boolean): void {
  for (const turn of declared.turns) {
    if (truthOf(turn.exists) === false) continue;
    const resource = declared.resource(turn);
    if (truthOf(resource.exists) === false || !add(resource)) continue;
    for (const nested of resource.allNested) addResources(nested, add);
  }
}
