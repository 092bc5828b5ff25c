import { azureFunctions } from '../../estate/functions-azure.ts';
import type { ParameterFacts } from './resolve-types.ts';
import { visit } from './symbol-cycles.ts';
import type { BicepSymbol, BodyFacts, ModuleFacts, ResourceFacts } from './symbols.ts';
import type { Expression, Parameter, TypeExpression } from './syntax.ts';

/** What an expression at the top of a file takes from outside itself, told from its text alone. */
export interface Inputs {
  /** The parameters that it may read, those that it reads through variables and defaults included. */
  readonly parameters: ReadonlySet<string>;
  /** It reads nothing but these parameters: equal parameters give an equal value in every instance of the file. */
  readonly pure: boolean;
  /** The modules that it may read outputs of. */
  readonly modules: ReadonlySet<ModuleFacts>;
  /** It calls something that may give a secret, or reads what another file exports. */
  readonly mayMakeSecrets: boolean;
}

/**
 * The inputs of the expressions of one file. A module is instantiated many times, mostly with few of its parameters: what
 * only reads the others need not be evaluated for each instance.
 */
export class ExpressionInputs {
  readonly #names: ReadonlyMap<string, BicepSymbol>;
  readonly #known = new Map<Expression, Inputs>();
  /** Conditions that are decided, and loops that certainly have no items, where the caller gives nothing that they read. */
  readonly decided = new Map<Expression, boolean>();
  readonly empty = new Set<Expression>();
  /** Of parameters whose types are told by this file alone. */
  readonly parameterFacts = new Map<Parameter, ParameterFacts>();

  constructor(names: ReadonlyMap<string, BicepSymbol>) {
    this.#names = names;
  }

  of(expression: Expression): Inputs {
    let inputs = this.#known.get(expression);
    if (inputs === undefined) {
      inputs = this.#collect(expression);
      this.#known.set(expression, inputs);
    }
    return inputs;
  }

  #collect(start: Expression): Inputs {
    const parameters = new Set<string>();
    const modules = new Set<ModuleFacts>();
    const seen = new Set<string>();
    let pure = true;
    let mayMakeSecrets = false;
    const waiting = [start];
    const useResource = (facts: ResourceFacts): void => {
      pure = false;
      // Of a resource's own values only its name can be read before it is deployed.
      if (facts.nameValue !== undefined) waiting.push(facts.nameValue);
      addLoop(facts, waiting);
      for (const nested of facts.nested.values()) useResource(nested);
    };
    const useValue = (name: string, member: string | undefined): void => {
      const isPlace = member !== undefined && member !== 'name' && this.#names.get(name)?.kind === 'resource';
      // What Azure says of a resource is known at deployment only, and is no secret.
      if (isPlace) pure = false;
      if (isPlace || seen.has(name)) return;
      seen.add(name);
      const symbol = this.#names.get(name);
      switch (symbol?.kind) {
        case 'param': {
          const { defaultValue, type } = symbol.declaration;
          parameters.add(name);
          if (defaultValue !== undefined) waiting.push(defaultValue);
          else if (!isNullable(type)) pure = false;
          return;
        }
        case 'var':
          waiting.push(symbol.declaration.value);
          return;
        case 'resource':
          useResource(symbol.facts);
          return;
        case 'module':
          pure = false;
          modules.add(symbol.facts);
          if (symbol.facts.nameValue !== undefined) waiting.push(symbol.facts.nameValue);
          addLoop(symbol.facts, waiting);
          return;
        case 'imported':
        case 'namespace':
          pure = false;
          mayMakeSecrets = true;
          return;
        case 'type':
        case 'func':
        case undefined:
          pure = false;
      }
    };
    const useFunction = (name: string): void => {
      const key = name.toLowerCase();
      if (key.startsWith('list') || key === 'getsecret' || this.#names.has(name)) mayMakeSecrets = true;
      if (mayMakeSecrets || azureFunctions.has(key) || key.startsWith('load')) pure = false;
    };
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      visit(next, undefined, (name, as, member) => {
        if (as === 'value') useValue(name, member);
        else useFunction(name);
      });
    }
    return { parameters, pure, modules, mayMakeSecrets };
  }
}

function addLoop({ loop }: BodyFacts, to: Expression[]): void {
  if (loop !== undefined) to.push(loop.collection);
}

function isNullable(type: TypeExpression): boolean {
  return type.kind === 'nullableType';
}
