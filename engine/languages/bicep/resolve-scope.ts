import { through, unknown, withOrigin } from '../../estate/make.ts';
import { type SourceOrigin, type StepKind, sourceOrigin } from '../../estate/origin.ts';
import type { Call } from '../../estate/resource.ts';
import type { Value } from '../../estate/value.ts';
import type { Place, Span } from '../../text/span.ts';
import type { BicepSource } from './files.ts';
import { evaluate } from './resolve-evaluate.ts';
import { importedSymbol, namespaceValue } from './resolve-imports.ts';
import { DeclaredModule } from './resolve-modules.ts';
import { BicepOutput } from './resolve-outputs.ts';
import { parameterValue } from './resolve-parameters.ts';
import { type BicepResource, DeclaredResource } from './resolve-resources.ts';
import type { Run } from './resolve-run.ts';
import type { ModuleFacts, ResourceFacts } from './symbols.ts';
import type { Expression, Output, Parameter } from './syntax.ts';

/** Where an expression is evaluated: an instance of a file, and the loops, lambdas and functions around it. */
export interface Scope {
  readonly file: FileScope;
  readonly locals: Local | undefined;
  /** Unlike that of every other scope of the root: what cannot be known here is told apart by it. */
  readonly identity: string;
}

/** A name that holds only in a part of a file; the innermost comes first. */
export type Local =
  | {
      readonly kind: 'value';
      readonly name: string;
      readonly value: Value;
      readonly step: StepKind;
      readonly next: Local | undefined;
    }
  /** The names of the resources that are nested in one. */
  | { readonly kind: 'nested'; readonly owner: BicepResource; readonly next: Local | undefined };

/** What an instance of a file is given by whoever calls it. */
export interface FileCall {
  /** Empty for the root, `storage[0]` or `network.subnets` for modules. */
  readonly identity: string;
  readonly calls: readonly Call[];
  readonly exists: Value;
  /** The value of a parameter; undefined when the caller gives none. */
  readonly argument: (name: string) => Value | undefined;
  /** False where `argument` certainly gives none, told without evaluating anything. */
  readonly mayGive: (name: string) => boolean;
  /** What the deployment of this file is aimed at, where it is not what the root is aimed at. */
  readonly deployedTo: Value | undefined;
  /** Begins the identity of `resourceGroup()`: equal for all files that are deployed to the same group. */
  readonly groupIdentity: string;
  /** The same for `subscription()`. */
  readonly subscriptionIdentity: string;
  /** In a parameter file: the values of the file that it extends. */
  readonly base: Value | undefined;
  /** The files whose modules lead here, this one left out. */
  readonly callers: readonly string[];
}

/** One instance of a file: its names are bound, each evaluated when it is first asked for, and once. */
export class FileScope {
  readonly run: Run;
  readonly source: BicepSource;
  readonly call: FileCall;
  readonly scope: Scope;
  readonly #values = new Map<string, Value | undefined>();
  readonly #resources = new Map<ResourceFacts, DeclaredResource>();
  #modules: Map<ModuleFacts, DeclaredModule> | undefined;
  #outputs: Map<Output, BicepOutput> | undefined;

  constructor(run: Run, source: BicepSource, call: FileCall) {
    this.run = run;
    this.source = source;
    this.call = call;
    this.scope = { file: this, locals: undefined, identity: call.identity };
  }

  get uri(): string {
    return this.source.uri;
  }

  /** The module path in front of addresses: empty or ending in a dot. */
  get prefix(): string {
    return this.call.calls.length === 0 ? '' : `${this.call.calls.map((call) => call.name + call.instance).join('.')}.`;
  }

  output(declaration: Output): BicepOutput {
    this.#outputs ??= new Map();
    let output = this.#outputs.get(declaration);
    if (output === undefined) {
      output = new BicepOutput(declaration, this);
      this.#outputs.set(declaration, output);
    }
    return output;
  }

  /** The value of a parameter of this file, without the use that leads to it. */
  parameter(declaration: Parameter): Value {
    return this.#once(declaration.name.name, declaration.name, () => parameterValue(declaration, this));
  }

  /**
   * True for an expression at the top of the file that reads nothing which the caller gives: what is known of its value is
   * the same in every such instance.
   */
  readsDefaultsOnly(expression: Expression): boolean {
    const { pure, parameters } = this.source.inputs.of(expression);
    if (!pure) return false;
    for (const name of parameters) if (this.call.mayGive(name)) return false;
    return true;
  }

  origin(span: Span): SourceOrigin {
    return sourceOrigin(this.source.uri, span.start, span.end);
  }

  place(span: Span): Place {
    return { uri: this.source.uri, start: span.start, end: span.end };
  }

  resource(facts: ResourceFacts): DeclaredResource {
    let declared = this.#resources.get(facts);
    if (declared === undefined) {
      declared = new DeclaredResource(facts, this.scope, undefined);
      this.#resources.set(facts, declared);
    }
    return declared;
  }

  module(facts: ModuleFacts): DeclaredModule {
    this.#modules ??= new Map();
    let declared = this.#modules.get(facts);
    if (declared === undefined) {
      declared = new DeclaredModule(facts, this);
      this.#modules.set(facts, declared);
    }
    return declared;
  }

  /** The value of a name of this file as it is used at `use`; undefined when there is no such name. */
  valueOf(name: string, use: Span): Value | undefined {
    const { symbols } = this.source;
    const symbol = symbols.names.get(name);
    switch (symbol?.kind) {
      case undefined: {
        const assignment = symbols.assignments.get(name);
        if (assignment === undefined) return name === 'base' ? this.call.base : undefined;
        const value = this.#once(name, use, () => evaluate(assignment.value, this.scope));
        return through(value, 'parameter-file', name, this.place(use));
      }
      case 'param':
        return through(this.parameter(symbol.declaration), 'parameter', name, this.place(use));
      case 'var': {
        const value = this.#once(name, use, () => evaluate(symbol.declaration.value, this.scope));
        return through(value, 'variable', name, this.place(use));
      }
      case 'resource':
        return this.resource(symbol.facts).reference(this.origin(use));
      case 'module':
        if (symbols.cyclic.has(name)) return this.#selfReference(name, use);
        return this.module(symbol.facts).value(this.origin(use));
      case 'imported':
        return importedSymbol(symbol.declaration, symbol.name, use, this);
      case 'namespace':
        return this.#once(name, use, () => namespaceValue(symbol.declaration, this));
      case 'type':
      case 'func':
        return unknown('error', `'${name}' is not a value`, this.origin(use));
    }
  }

  #once(name: string, use: Span, evaluateNow: () => Value): Value {
    if (this.#values.has(name)) return this.#values.get(name) ?? this.#selfReference(name, use);
    if (this.source.symbols.cyclic.has(name)) return this.#selfReference(name, use);
    this.#values.set(name, undefined);
    const value = evaluateNow();
    this.#values.set(name, value);
    return value;
  }

  #selfReference(name: string, use: Span): Value {
    return unknown('error', `'${name}' refers to itself`, this.origin(use));
  }
}

/** The value of a name as it is used at a place: the innermost local, then the file's own names. */
export function lookUp(name: string, use: Span, scope: Scope): Value | undefined {
  for (let local = scope.locals; local !== undefined; local = local.next) {
    if (local.kind === 'value') {
      if (local.name === name) return through(local.value, local.step, name, scope.file.place(use));
    } else {
      const nested = local.owner.nested(name);
      if (nested !== undefined) return nested.reference(scope.file.origin(use));
    }
  }
  return scope.file.valueOf(name, use);
}

/** The looped or single declaration that a name stands for. */
export function declaredAs(name: string, scope: Scope): DeclaredResource | DeclaredModule | undefined {
  for (let local = scope.locals; local !== undefined; local = local.next) {
    if (local.kind === 'value') {
      if (local.name === name) return undefined;
    } else {
      const nested = local.owner.nested(name);
      if (nested !== undefined) return nested;
    }
  }
  const symbol = scope.file.source.symbols.names.get(name);
  if (symbol?.kind === 'resource') return scope.file.resource(symbol.facts);
  if (symbol?.kind === 'module' && !scope.file.source.symbols.cyclic.has(name)) return scope.file.module(symbol.facts);
  return undefined;
}

/** A scope inside another, with more names. */
export function withLocal(scope: Scope, name: string, value: Value, step: StepKind): Scope {
  return {
    file: scope.file,
    locals: { kind: 'value', name, value, step, next: scope.locals },
    identity: scope.identity,
  };
}

/** The value as though it were written at a place, unless it came there by a way that is worth keeping. */
export function writtenAt(value: Value, span: Span, scope: Scope): Value {
  const { origin } = value;
  if (origin.kind === 'source' && (origin.via !== undefined || origin.uri !== scope.file.uri)) return value;
  return withOrigin(value, scope.file.origin(span));
}
