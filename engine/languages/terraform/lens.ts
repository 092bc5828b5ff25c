import { sameValue } from '../../estate/condition.ts';
import { resourceIdOf } from '../../estate/link.ts';
import { object, unknown } from '../../estate/make.ts';
import type { Resource } from '../../estate/resource.ts';
import type { ObjectValue, Value } from '../../estate/value.ts';
import { azapiResource, azapiUpdate } from './azapi.ts';
import type { TerraformInstance } from './instance.ts';
import { azureBody } from './lens-body.ts';
import { existingResource } from './lens-existing.ts';
import { type ChildRow, type CompiledLens, noRows, type TypeLens } from './lens-model.ts';
import { type Overlay, overlaid } from './lens-overlay.ts';
import {
  ancestryOf,
  apiVersionOf,
  childBlocks,
  declaredTarget,
  makeResource,
  namesResource,
  once,
  originOfHeader,
  ownName,
  sourceOf,
  type TerraformNode,
} from './lens-resource.ts';
import { type Trees, treesOf } from './lens-tree.ts';

/** What the instances of a root are in Azure. */
export interface LensResult {
  /**
   * The Azure resource that an instance creates; undefined where it only configures another one or its type has no table.
   * Evaluates nothing.
   */
  readonly resourceOf: (instance: TerraformInstance) => Resource | undefined;
  /**
   * All resources, in the order of the instances. The first call evaluates blocks that are child resources and what split
   * resources refer to, so references must be resolvable (by `resourceOf`) by then.
   */
  readonly resources: () => readonly Resource[];
  /** Types of the Azure providers without a table, with how many instances of each were left out. */
  readonly unmapped: ReadonlyMap<string, number>;
}

/** A block that writes into a resource which another block creates. */
interface Contribution {
  readonly instance: TerraformInstance;
  readonly type: () => string;
  readonly byName: boolean;
  readonly association: boolean;
  readonly overrides: boolean;
  readonly target: () => Value;
  readonly body: (whole: boolean) => Value;
  readonly node: TerraformNode;
  /** The resource that stands for it where its target is not in the estate. */
  readonly alone: () => Resource;
}

/** Puts the instances of a root through the lens. */
export function applyLens(instances: readonly TerraformInstance[], lens: CompiledLens): LensResult {
  return new LensApplication(instances, lens);
}

class LensApplication implements LensResult {
  readonly unmapped = new Map<string, number>();
  readonly #trees: Trees;
  readonly #lens: CompiledLens;
  readonly #own = new Map<TerraformInstance, Resource>();
  readonly #order: (Resource | Contribution)[] = [];
  readonly #contributions: Contribution[] = [];
  readonly #children = new Map<Resource, readonly Resource[]>();
  readonly #intermediates = new Map<Resource, Map<string, Resource>>();
  /** Contributions by the resource that they certainly mean, and those of which that cannot be said outright. */
  #byTarget: { readonly certain: Map<Resource, Contribution[]>; readonly open: Contribution[] } | undefined;
  #resources: readonly Resource[] | undefined;

  constructor(instances: readonly TerraformInstance[], lens: CompiledLens) {
    this.#trees = treesOf(lens);
    this.#lens = lens;
    for (const instance of instances) this.#take(instance, lens.types[instance.type]);
  }

  resourceOf = (instance: TerraformInstance): Resource | undefined => this.#own.get(instance);

  resources = (): readonly Resource[] => {
    if (this.#resources === undefined) {
      const resources: Resource[] = [];
      for (const entry of this.#order) {
        if ('target' in entry) {
          if (!entry.association && this.#standsAlone(entry)) resources.push(entry.alone());
        } else {
          // An azapi type that is not plain text is no type that a rule could be about.
          if (entry.type !== '') resources.push(entry, ...this.#childrenOf(entry));
        }
      }
      this.#resources = resources;
    }
    return this.#resources;
  };

  #take(instance: TerraformInstance, table: TypeLens | undefined): void {
    if (instance.existing) {
      this.#add(instance, existingResource(instance, this.#lens, this.#intermediate, this.#tables));
    } else if (instance.type === 'azapi_resource') {
      this.#add(instance, azapiResource(instance, this.#finish, this.#splitsOf));
    } else if (instance.type === 'azapi_update_resource') {
      this.#contribute({ instance, ...azapiUpdate(instance), byName: false, association: false, overrides: true });
    } else if (table === undefined) {
      if (/^azure(rm|ad)_/.test(instance.type)) {
        this.unmapped.set(instance.type, (this.unmapped.get(instance.type) ?? 0) + 1);
      }
    } else if (table.into !== undefined) {
      this.#contribute(this.#split(instance, table));
    } else {
      this.#add(instance, this.#whole(instance, table));
    }
  }

  #add(instance: TerraformInstance, resource: Resource | undefined): void {
    if (resource === undefined) return;
    this.#own.set(instance, resource);
    this.#order.push(resource);
  }

  #contribute(contribution: Contribution): void {
    this.#contributions.push(contribution);
    this.#order.push(contribution);
  }

  #whole(instance: TerraformInstance, table: TypeLens): Resource {
    const type = table.type ?? '';
    const ancestry = once(() => ancestryOf(table, instance, this.#intermediate));
    const resource: Resource = makeResource({
      instance,
      type: () => type,
      apiVersion: () => apiVersionOf(table, instance),
      exists: instance.exists,
      existing: false,
      partial: false,
      names: () => [...ancestry().names, ownName(table.name, instance.body, instance, 'name')],
      parent: () => ancestry().parent,
      scope: () => (table.scope[0] === undefined ? undefined : instance.body.get(table.scope[0])),
      body: () => this.#finish(resource, azureBody(this.#trees.ofType(table), sourceOf(table, instance, true))),
      header: instance.header,
      declaration: instance.declaration,
      node: {
        instance,
        table,
        rows: table,
        block: undefined,
        splits: () => this.#splitsOf(resource),
        tables: this.#tables,
      },
    });
    return resource;
  }

  #split(instance: TerraformInstance, table: TypeLens): Contribution {
    const { type, by, byName, association } = table.into ?? { type: '', by: '', byName: false, association: true };
    const node: TerraformNode = {
      instance,
      table,
      rows: table,
      block: undefined,
      splits: () => [],
      tables: this.#tables,
    };
    const target = once(() => instance.body.get(by));
    const body = (whole: boolean): ObjectValue =>
      azureBody(this.#trees.ofType(table), sourceOf(table, instance, whole));
    const alone = once(() =>
      makeResource({
        instance,
        type: () => type,
        apiVersion: () => apiVersionOf(table, instance),
        exists: instance.exists,
        existing: false,
        partial: true,
        names: () => unnamed(type, target(), instance),
        parent: () => undefined,
        scope: () => undefined,
        body: () => body(false),
        header: instance.header,
        declaration: instance.declaration,
        node,
      }),
    );
    return { instance, type: () => type, byName, association, overrides: false, target, body, node, alone };
  }

  #tables = once((): readonly TypeLens[] => Object.values(this.#lens.types));

  /** The children of a resource that are written as blocks of it. */
  #childrenOf(parent: Resource): readonly Resource[] {
    let children = this.#children.get(parent);
    if (children === undefined) {
      const node = parent.source.node as TerraformNode;
      const { table, instance } = node;
      children =
        table === undefined || node.block !== undefined
          ? []
          : table.children.flatMap((row) => this.#blocksAsChildren(row, table, instance, parent));
      this.#children.set(parent, children);
    }
    return children;
  }

  #blocksAsChildren(row: ChildRow, table: TypeLens, instance: TerraformInstance, parent: Resource): Resource[] {
    const source = sourceOf(table, instance, true);
    return childBlocks(row, source, instance).map(({ value, index, exists }) => {
      const { origin } = value;
      const place = value.kind === 'object' && origin.kind !== 'address' ? origin : instance.header;
      const body = (): Value =>
        value.kind === 'object' ? azureBody(this.#trees.ofRows(row), { ...source, body: value, place }) : value;
      const resource: Resource = makeResource({
        instance,
        type: () => row.type,
        apiVersion: () => apiVersionOf(table, instance),
        exists,
        existing: false,
        partial: false,
        names: () => [...parent.names, ownName(row.name, value, instance, `${row.block.join('.')}[${index}]`)],
        parent: () => parent,
        scope: () => undefined,
        body: () => this.#finish(resource, body()),
        header: place,
        declaration: place,
        node: {
          instance,
          table,
          rows: row.rows,
          block: { path: row.block, index },
          splits: () => this.#splitsOf(resource),
          tables: this.#tables,
        },
      });
      return resource;
    });
  }

  /** A level between two resources that Azure always has, e.g. the blob service of a storage account. */
  #intermediate = (parent: Resource, type: string, name: string): Resource => {
    const lower = type.toLowerCase();
    const written = this.#childrenOf(parent).find((child) => child.type.toLowerCase() === lower);
    if (written !== undefined) return written;
    let ofParent = this.#intermediates.get(parent);
    if (ofParent === undefined) {
      ofParent = new Map();
      this.#intermediates.set(parent, ofParent);
    }
    let resource = ofParent.get(lower);
    if (resource === undefined) {
      const { instance } = parent.source.node as TerraformNode;
      const origin = originOfHeader(instance);
      resource = makeResource({
        instance,
        type: () => type,
        apiVersion: () => parent.apiVersion,
        exists: parent.exists,
        existing: true,
        partial: false,
        names: () => [...parent.names, ownName({ kind: 'constant', value: name }, parent.body, instance, '')],
        parent: () => parent,
        scope: () => undefined,
        body: () => object(new Map(), origin, unknown('data', `${name} is not written`, origin)),
        header: parent.header,
        declaration: parent.declaration,
        node: {
          instance,
          table: undefined,
          rows: noRows,
          block: undefined,
          splits: () => [],
          tables: this.#tables,
        },
      });
      ofParent.set(lower, resource);
    }
    return resource;
  };

  /** Adds to a body what other blocks write into it. */
  #finish = (resource: Resource, body: Value): Value => {
    if (this.#contributions.length === 0) return body;
    const overlays = this.#contributionsTo(resource).map((contribution): Overlay => {
      const { instance } = contribution;
      return {
        body: contribution.body(true),
        target: contribution.target(),
        isTarget: (target) => means(contribution, target, resource),
        exists: instance.exists,
        overrides: contribution.overrides,
        address: `${instance.address}${instance.instance}`,
      };
    });
    return overlays.length === 0 ? body : overlaid(body, overlays);
  };

  #contributionsTo(resource: Resource): readonly Contribution[] {
    const { certain, open } = this.#targets();
    const possible = open.filter((each) => means(each, each.target(), resource) !== false);
    return [...(certain.get(resource) ?? []), ...possible];
  }

  #targets() {
    if (this.#byTarget === undefined) {
      const certain = new Map<Resource, Contribution[]>();
      const open: Contribution[] = [];
      for (const contribution of this.#contributions) {
        const target = contribution.target();
        const resource = declaredTarget(target);
        if (resource !== undefined) {
          const others = certain.get(resource);
          if (others === undefined) certain.set(resource, [contribution]);
          else others.push(contribution);
        } else {
          open.push(contribution);
        }
      }
      this.#byTarget = { certain, open };
    }
    return this.#byTarget;
  }

  #splitsOf = (resource: Resource): readonly TerraformNode[] =>
    this.#contributionsTo(resource)
      .filter((each) => means(each, each.target(), resource) === true)
      .map((each) => each.node);

  /** True when no resource of the estate is certainly the one that a contribution is for. */
  #standsAlone(contribution: Contribution): boolean {
    const target = contribution.target();
    if (declaredTarget(target) !== undefined) return false;
    return ![...this.#own.values()].some((resource) => means(contribution, target, resource) === true);
  }
}

function means(contribution: Contribution, target: Value, resource: Resource): boolean | undefined {
  if (contribution.type().toLowerCase() !== resource.type.toLowerCase()) return false;
  if (target.kind === 'choice') {
    const answers = target.options.map((option) => means(contribution, option, resource));
    return answers.every((answer) => answer === answers[0]) ? answers[0] : undefined;
  }
  if (!contribution.byName) return namesResource(target, resource);
  const name = resource.names[resource.names.length - 1];
  return name === undefined ? undefined : sameValue(target, name);
}

/** Names of a resource that is known by its id at most. */
function unnamed(type: string, target: Value, instance: TerraformInstance): readonly Value[] {
  const levels = type.split('/').length - 1;
  const id = resourceIdOf(target);
  if (id !== undefined && id.names.length === levels) return id.names;
  return Array.from({ length: levels }, () =>
    unknown('data', 'what it refers to is not known', originOfHeader(instance)),
  );
}
