import type { Output as EstateOutput } from '../../estate/estate.ts';
import { asSecret } from '../../estate/make.ts';
import type { Value } from '../../estate/value.ts';
import type { Place } from '../../text/span.ts';
import { evaluate } from './resolve-evaluate.ts';
import type { FileScope } from './resolve-scope.ts';
import { hasDecorator, isSecureType } from './resolve-types.ts';
import type { Output } from './syntax.ts';

/** The value of an output; one that is declared secure is a secret to whoever reads it. */
export function outputValue(output: Output, file: FileScope): Value {
  const value = evaluate(output.value, file.scope);
  return isSecure(output, file) ? asSecret(value) : value;
}

function isSecure(output: Output, file: FileScope): boolean {
  return hasDecorator(output.decorators, 'secure') || isSecureType(output.type, file);
}

/** Without looking into objects and arrays, whose members are better not evaluated for this. */
function mayHoldSecret(value: Value): boolean {
  if (value.secret || value.kind === 'object' || value.kind === 'array') return true;
  return value.kind === 'choice' && value.options.some(mayHoldSecret);
}

/** An output of one instance of a file, its value evaluated when it is first asked for. */
export class BicepOutput implements EstateOutput {
  readonly language = 'bicep';
  readonly #output: Output;
  readonly #file: FileScope;
  #value: Value | undefined;

  constructor(output: Output, file: FileScope) {
    this.#output = output;
    this.#file = file;
  }

  get name(): string {
    return this.#output.name.name;
  }

  get value(): Value {
    this.#value ??= outputValue(this.#output, this.#file);
    return this.#value;
  }

  get certainlyNoSecret(): boolean {
    const { inputs, symbols } = this.#file.source;
    const { parameters, modules, mayMakeSecrets } = inputs.of(this.#output.value);
    if (mayMakeSecrets) return false;
    for (const facts of modules) if (this.#file.module(facts).mayGiveSecrets) return false;
    for (const name of parameters) {
      const symbol = symbols.names.get(name);
      if (symbol?.kind === 'param' && mayHoldSecret(this.#file.parameter(symbol.declaration))) return false;
    }
    return true;
  }

  get secure(): boolean {
    return isSecure(this.#output, this.#file);
  }

  get atRoot(): boolean {
    return this.#file.call.calls.length === 0;
  }

  get declaration(): Place {
    return this.#file.place(this.#output);
  }

  get address(): string {
    return this.#file.prefix + this.name;
  }
}
