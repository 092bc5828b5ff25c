import type { ResolveContext } from '../../estate/context.ts';
import { unknown } from '../../estate/make.ts';
import { type Origin, sourceOrigin } from '../../estate/origin.ts';
import type { Call } from '../../estate/resource.ts';
import { ResolveRun } from '../../estate/run.ts';
import type { Unknown, Value } from '../../estate/value.ts';
import type { Place, Span } from '../../text/span.ts';
import { type Declarations, type DeclaredBlock, declarationsOf } from './declarations.ts';
import type { TerraformFiles } from './files.ts';
import type { TerraformInstance } from './instance.ts';
import type { LensResult } from './lens.ts';

/** The state of resolving one root of Terraform. */
export class Run extends ResolveRun {
  readonly files: TerraformFiles;
  readonly instances: TerraformInstance[] = [];
  /** Every module instance, the root first. */
  readonly scopes: ModuleScope[] = [];
  /** The instances that deploy ARM templates. */
  readonly templates: TemplateDeployment[] = [];
  /** Set once every instance is known. */
  lens: LensResult | undefined;
  /** How many rounds of `for` have been evaluated. */
  rounds = 0;
  readonly #declarations = new Map<string, Declarations>();

  constructor(context: ResolveContext, files: TerraformFiles) {
    super(context);
    this.files = files;
  }

  /** Whether the root is written for OpenTofu: it has files that only that reads. */
  usesOpenTofu(): boolean {
    const [root] = this.scopes;
    if (root === undefined) return false;
    return this.files.module(root.folder, this.context).some(({ uri }) => /\.tofu(?:\.json)?$/.test(uri));
  }

  /** What the files of a module folder declare; read once. */
  declarations(folder: string): Declarations {
    let known = this.#declarations.get(folder);
    if (known === undefined) {
      known = declarationsOf(this.files.module(folder, this.context));
      for (const problem of known.problems) this.report(problem);
      this.#declarations.set(folder, known);
    }
    return known;
  }
}

export interface TemplateDeployment {
  readonly scope: ModuleScope;
  readonly declared: DeclaredBlock;
  readonly instance: TerraformInstance;
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
  readonly variables: Declarations['variables'];
  readonly locals: Declarations['locals'];
  readonly circular: Declarations['circular'];
  readonly outputs: Declarations['outputs'];
  readonly modules: Declarations['modules'];
  readonly resources: Declarations['resources'];
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

const invalid = 'invalid ';

/** What Terraform refuses before it evaluates anything: a name that nothing has, a circle, a mistake in the syntax. */
export function invalidValue(detail: string, origin: Origin): Unknown {
  return unknown('error', detail, origin, invalid + detail);
}

/** True for what no `try` can pass over. */
export function isInvalid(value: Value): boolean {
  return value.kind === 'unknown' && value.identity?.startsWith(invalid) === true;
}

/** Evaluates something of a module once; what needs itself is an error. */
export function once(scope: ModuleScope, key: string, origin: Origin, make: () => Value): Value {
  const known = scope.values.get(key);
  if (known !== undefined) return known;
  if (scope.evaluating.has(key)) return invalidValue(`'${key}' refers to itself`, origin);
  scope.evaluating.add(key);
  const value = make();
  scope.evaluating.delete(key);
  scope.values.set(key, value);
  return value;
}

/** A module instance over the files of its folder. */
export function scopeOf(
  run: Run,
  root: string,
  folder: string,
  calling: Calling,
  outer: { readonly constraints: ReadonlyMap<string, readonly string[]>; readonly locks: ReadonlyMap<string, string> },
): ModuleScope {
  const { variables, locals, circular, outputs, modules, resources, constraints } = run.declarations(folder);
  const required = new Map(outer.constraints);
  for (const [name, versions] of constraints) required.set(name, [...(required.get(name) ?? []), ...versions]);
  return {
    run,
    root,
    folder,
    calling,
    variables,
    locals,
    circular,
    outputs,
    modules,
    resources,
    constraints: required,
    locks: outer.locks,
    values: new Map(),
    evaluating: new Set(),
    instances: new Map(),
    children: new Map(),
  };
}
