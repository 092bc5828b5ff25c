import type { ResolveContext } from '../../estate/context.ts';
import { unknown } from '../../estate/make.ts';
import { type Origin, sourceOrigin } from '../../estate/origin.ts';
import type { Call } from '../../estate/resource.ts';
import { ResolveRun } from '../../estate/run.ts';
import type { Value } from '../../estate/value.ts';
import type { Place, Span } from '../../text/span.ts';
import type { TerraformFiles, TerraformSource } from './files.ts';
import type { TerraformInstance } from './instance.ts';
import type { LensResult } from './lens.ts';
import type { Attribute, Block, Expression } from './syntax.ts';

/** The state of resolving one root of Terraform. */
export class Run extends ResolveRun {
  readonly files: TerraformFiles;
  readonly instances: TerraformInstance[] = [];
  /** Every module instance, the root first. */
  readonly scopes: ModuleScope[] = [];
  /** Set once every instance is known. */
  lens: LensResult | undefined;

  constructor(context: ResolveContext, files: TerraformFiles) {
    super(context);
    this.files = files;
  }
}

/** A block and the file that it stands in. */
export interface Declared<Node> {
  readonly uri: string;
  readonly node: Node;
}

/** How a module is called. The root module is called by nobody. */
export interface Calling {
  /** `module.network.`, without instance keys; empty in the root. */
  readonly prefix: string;
  /** As the prefix, with instance keys: identities of unknowns begin with it. */
  readonly identity: string;
  readonly calls: readonly Call[];
  readonly exists: Value | undefined;
  /** The value that the caller, or a parameter file, gives a variable; undefined when it gives none. */
  readonly argument: (name: string) => Value | undefined;
  readonly folders: readonly string[];
}

/** One instance of a module: its declarations, and what has been evaluated of them. */
export interface ModuleScope {
  readonly run: Run;
  readonly root: string;
  readonly folder: string;
  readonly calling: Calling;
  readonly variables: ReadonlyMap<string, Declared<Block>>;
  readonly locals: ReadonlyMap<string, Declared<Attribute>>;
  readonly outputs: ReadonlyMap<string, Declared<Block>>;
  readonly modules: ReadonlyMap<string, Declared<Block>>;
  /** By `type.name`; data blocks by `data.type.name`, ephemeral ones by `ephemeral.type.name`. */
  readonly resources: ReadonlyMap<string, Declared<Block>>;
  /** Version constraints by provider name, those of the root included. */
  readonly constraints: ReadonlyMap<string, readonly string[]>;
  readonly locks: ReadonlyMap<string, string>;
  readonly values: Map<string, Value>;
  readonly evaluating: Set<string>;
  readonly instances: Map<string, readonly TerraformInstance[]>;
  readonly children: Map<string, readonly ChildModule[]>;
}

/** One instance of a module call; without scope where its text cannot be had. */
export interface ChildModule {
  readonly instance: string;
  readonly key: string | number | undefined;
  readonly scope: ModuleScope | undefined;
}

/** Where an expression stands: its module, its file, and the names that loops give. */
export interface Environment {
  readonly scope: ModuleScope;
  readonly uri: string;
  /** `each`, `count`, iterators and the names of `for`. */
  readonly names: ReadonlyMap<string, Value>;
  /** The element of the innermost splat. */
  readonly item: Value | undefined;
  /** The keys of the loop rounds around the expression, outermost first: one expression is another one in each round. */
  readonly rounds: string;
}

export function environmentOf(scope: ModuleScope, uri: string): Environment {
  return { scope, uri, names: new Map(), item: undefined, rounds: '' };
}

/** Inside one round of a loop; `round` tells it from the others. */
export function withNames(
  environment: Environment,
  names: Iterable<readonly [string, Value]>,
  round: string,
): Environment {
  return {
    ...environment,
    names: new Map([...environment.names, ...names]),
    rounds: `${environment.rounds}[${round}]`,
  };
}

/** What tells an expression from all others of an estate, those of other module instances and loop rounds included. */
export function identityOfPlace(environment: Environment, { start }: Span): string {
  return `${environment.scope.calling.identity}${environment.uri}#${start}${environment.rounds}`;
}

export function originOf(environment: { readonly uri: string }, span: Span): Origin {
  return sourceOrigin(environment.uri, span.start, span.end);
}

export function placeOf(environment: { readonly uri: string }, span: Span): Place {
  return { uri: environment.uri, start: span.start, end: span.end };
}

/** Evaluates something of a module once; what needs itself is an error. */
export function once(scope: ModuleScope, key: string, origin: Origin, make: () => Value): Value {
  const known = scope.values.get(key);
  if (known !== undefined) return known;
  if (scope.evaluating.has(key)) return unknown('error', `'${key}' refers to itself`, origin);
  scope.evaluating.add(key);
  const value = make();
  scope.evaluating.delete(key);
  scope.values.set(key, value);
  return value;
}

/** The declarations of a module's files. The first of two with one name counts. */
export function scopeOf(
  run: Run,
  root: string,
  folder: string,
  sources: readonly TerraformSource[],
  calling: Calling,
  outer: { readonly constraints: ReadonlyMap<string, readonly string[]>; readonly locks: ReadonlyMap<string, string> },
): ModuleScope {
  const variables = new Map<string, Declared<Block>>();
  const locals = new Map<string, Declared<Attribute>>();
  const outputs = new Map<string, Declared<Block>>();
  const modules = new Map<string, Declared<Block>>();
  const resources = new Map<string, Declared<Block>>();
  const constraints = new Map(outer.constraints);
  for (const { uri, file } of sources) {
    for (const node of file.body.items) {
      if (node.kind !== 'block') continue;
      const [first, second] = node.labels;
      if (node.type === 'locals') {
        for (const item of node.body.items) {
          if (item.kind === 'attribute' && !locals.has(item.name)) locals.set(item.name, { uri, node: item });
        }
      } else if (node.type === 'terraform') {
        readConstraints(node, constraints);
      } else if (node.type === 'resource' && first !== undefined && second !== undefined) {
        addFirst(resources, `${first.text}.${second.text}`, { uri, node });
      } else if (node.type === 'data' || node.type === 'ephemeral') {
        if (first !== undefined && second !== undefined)
          addFirst(resources, `${node.type}.${first.text}.${second.text}`, { uri, node });
      } else if (first !== undefined) {
        if (node.type === 'variable') addFirst(variables, first.text, { uri, node });
        if (node.type === 'output') addFirst(outputs, first.text, { uri, node });
        if (node.type === 'module') addFirst(modules, first.text, { uri, node });
      }
    }
  }
  return {
    run,
    root,
    folder,
    calling,
    variables,
    locals,
    outputs,
    modules,
    resources,
    constraints,
    locks: outer.locks,
    values: new Map(),
    evaluating: new Set(),
    instances: new Map(),
    children: new Map(),
  };
}

function addFirst<Node>(map: Map<string, Declared<Node>>, name: string, declared: Declared<Node>): void {
  if (!map.has(name)) map.set(name, declared);
}

function readConstraints(terraform: Block, constraints: Map<string, readonly string[]>): void {
  for (const block of terraform.body.items) {
    if (block.kind !== 'block' || block.type !== 'required_providers') continue;
    for (const item of block.body.items) {
      if (item.kind !== 'attribute') continue;
      const version = versionIn(item.value);
      if (version !== undefined) constraints.set(item.name, [...(constraints.get(item.name) ?? []), version]);
    }
  }
}

function versionIn(expression: Expression): string | undefined {
  if (expression.kind === 'string') return expression.value;
  if (expression.kind !== 'object') return undefined;
  const version = expression.items.find((item) => item.name === 'version')?.value;
  return version?.kind === 'string' ? version.value : undefined;
}
