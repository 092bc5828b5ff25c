import { sameValue } from '../../estate/condition.ts';
import type { DeploymentIdentity } from '../../estate/function-calls.ts';
import { unknown } from '../../estate/make.ts';
import { type SourceOrigin, sourceOrigin } from '../../estate/origin.ts';
import type { Call } from '../../estate/resource.ts';
import type { Value } from '../../estate/value.ts';
import type { Place, Span } from '../../text/span.ts';
import type { ArmSource } from './files.ts';
import { copiedArray } from './resolve-copy.ts';
import { valueOfNode } from './resolve-evaluate.ts';
import { parameterValue } from './resolve-parameters.ts';
import { type ArmResource, DeclaredResource } from './resolve-resources.ts';
import type { Run } from './resolve-run.ts';
import type { TemplateFacts } from './template-facts.ts';

/** Where an expression is evaluated: an instance of a template, and the loops, lambdas and functions around it. */
export interface Scope {
  /** Whose parameters, variables and functions are meant. */
  readonly template: TemplateScope;
  readonly locals: Local | undefined;
  /** Unlike that of every other scope of the root: what cannot be known here is told apart by it. */
  readonly identity: string;
}

/** What holds in a part of a template only; the innermost comes first. */
export type Local =
  | {
      readonly kind: 'loop';
      /** In lower case; undefined for that of an output. */
      readonly name: string | undefined;
      /** `copyIndex()` without a name means this one. */
      readonly ofWhole: boolean;
      readonly index: Value;
      /** The array whose length the loop counts to: as it is written, and its item of this turn. */
      readonly over: { readonly written: string; readonly item: Value } | undefined;
      readonly next: Local | undefined;
    }
  | { readonly kind: 'lambda'; readonly name: string; readonly value: Value; readonly next: Local | undefined }
  /** The parameters of a user's function, which sees no others. */
  | { readonly kind: 'function'; readonly parameters: ReadonlyMap<string, Value>; readonly next: undefined };

/** What an instance of a template is given by whoever deploys it. */
export interface TemplateCall extends DeploymentIdentity {
  readonly calls: readonly Call[];
  readonly exists: Value;
  /** The value of a parameter; undefined when the caller gives none. */
  readonly argument: (name: string) => Value | undefined;
  /** What the template is deployed to, where that is not what the root is deployed to. */
  readonly deployedTo: Value | undefined;
  /** The URIs of the files that lead here, this one left out. */
  readonly callers: readonly string[];
  /** Where expressions are evaluated that belong to the template around it ("outer" scope); undefined for its own. */
  readonly around: Scope | undefined;
}

/** One instance of a template: its names are bound, each evaluated when it is first asked for, and once. */
export class TemplateScope {
  readonly run: Run;
  readonly source: ArmSource;
  readonly facts: TemplateFacts;
  readonly call: TemplateCall;
  /** In which its resources and outputs are evaluated. */
  readonly scope: Scope;
  readonly #values = new Map<string, Value | undefined>();
  #resources: readonly DeclaredResource[] | undefined;
  readonly #byType = new Map<string, readonly ArmResource[]>();

  constructor(run: Run, source: ArmSource, facts: TemplateFacts, call: TemplateCall) {
    this.run = run;
    this.source = source;
    this.facts = facts;
    this.call = call;
    this.scope =
      call.around === undefined
        ? { template: this, locals: undefined, identity: call.identity }
        : { ...call.around, identity: call.identity };
  }

  /** The path of deployments in front of addresses: empty or ending in a dot. */
  get prefix(): string {
    return this.call.calls.length === 0 ? '' : `${this.call.calls.map((call) => call.name + call.instance).join('.')}.`;
  }

  origin(span: Span): SourceOrigin {
    return sourceOrigin(this.source.uri, span.start, span.end);
  }

  place(span: Span): Place {
    return { uri: this.source.uri, start: span.start, end: span.end };
  }

  /** The value of a parameter; undefined when there is none of that name. */
  parameter(name: string, use: Span): Value | undefined {
    const facts = this.facts.parameters.get(name.toLowerCase());
    return facts && this.#once(`parameters ${name.toLowerCase()}`, facts.name, use, () => parameterValue(facts, this));
  }

  /** The value of a variable; undefined when there is none of that name. */
  variable(name: string, use: Span): Value | undefined {
    const facts = this.facts.variables.get(name.toLowerCase());
    return (
      facts &&
      this.#once(`variables ${name.toLowerCase()}`, name, use, () =>
        facts.kind === 'copy' ? copiedArray(facts.copy, this.#own) : valueOfNode(facts.value, this.#own),
      )
    );
  }

  /** Parameters and variables are evaluated without what is around their uses. */
  get #own(): Scope {
    return { template: this, locals: undefined, identity: this.call.identity };
  }

  get resources(): readonly DeclaredResource[] {
    this.#resources ??= this.facts.resources.map((facts) => new DeclaredResource(facts, this, this.scope, undefined));
    return this.#resources;
  }

  /** The resource of a symbolic name. */
  symbol(name: string): DeclaredResource | undefined {
    return this.facts.symbolic ? this.resources.find(({ facts }) => facts.symbol === name) : undefined;
  }

  /**
   * The instances of a type, nested ones left out. `type` is in lower case. Only the loops over resources of that type are
   * evaluated: others may count what is being looked for here.
   */
  ofType(type: string): readonly ArmResource[] {
    const known = this.#byType.get(type);
    if (known !== undefined) return known;
    const found: ArmResource[] = [];
    let complete = true;
    for (const declared of this.resources) {
      if (declared.facts.literalType !== type) continue;
      complete &&= !declared.isFinding;
      for (const turn of declared.turns) found.push(declared.resource(turn));
    }
    if (complete) this.#byType.set(type, found);
    return found;
  }

  /** The only resource of a name, as old templates refer to it. */
  named(name: Value): ArmResource | undefined {
    const found: ArmResource[] = [];
    for (const declared of this.resources) {
      for (const turn of declared.turns) {
        const resource = declared.resource(turn);
        if (sameValue(resource.writtenName, name) === true) found.push(resource);
      }
    }
    return found.length === 1 ? found[0] : undefined;
  }

  #once(key: string, name: string, use: Span, evaluateNow: () => Value): Value {
    if (this.facts.cyclic.has(key)) return this.#selfReference(name, use);
    if (this.#values.has(key)) return this.#values.get(key) ?? this.#selfReference(name, use);
    this.#values.set(key, undefined);
    const value = evaluateNow();
    this.#values.set(key, value);
    return value;
  }

  #selfReference(name: string, use: Span): Value {
    return unknown('error', `'${name}' refers to itself`, this.origin(use));
  }
}
