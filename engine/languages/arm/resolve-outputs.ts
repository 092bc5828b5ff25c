import { conditional } from '../../estate/condition.ts';
import type { Output as EstateOutput } from '../../estate/estate.ts';
import { asSecret, scalar, unknown } from '../../estate/make.ts';
import type { Value } from '../../estate/value.ts';
import type { Place } from '../../text/span.ts';
import { copiedArray } from './resolve-copy.ts';
import { conditionOf, valueOfNode } from './resolve-evaluate.ts';
import type { TemplateScope } from './resolve-scope.ts';
import type { OutputFacts } from './template-facts.ts';

/** The value of an output; one that is declared secure is a secret to whoever reads it. */
export function outputValue(output: OutputFacts, template: TemplateScope): Value {
  const { condition, member } = output;
  const origin = template.origin(member);
  const value =
    condition === undefined
      ? written(output, template)
      : conditional(
          conditionOf(condition, template.scope),
          () => written(output, template),
          () => scalar(null, origin),
          origin,
          '',
          'the condition holds',
        );
  return output.secure ? asSecret(value) : value;
}

function written({ copy, value, member }: OutputFacts, template: TemplateScope): Value {
  if (copy !== undefined) return copiedArray(copy, template.scope, true);
  return value === undefined
    ? unknown('error', 'an output without value', template.origin(member))
    : valueOfNode(value, template.scope);
}

/** An output of one instance of a template, its value evaluated when it is first asked for. */
export class ArmOutput implements EstateOutput {
  readonly language = 'arm';
  readonly #output: OutputFacts;
  readonly #template: TemplateScope;
  #value: Value | undefined;

  constructor(output: OutputFacts, template: TemplateScope) {
    this.#output = output;
    this.#template = template;
  }

  get name(): string {
    return this.#output.name;
  }

  get value(): Value {
    this.#value ??= outputValue(this.#output, this.#template);
    return this.#value;
  }

  get secure(): boolean {
    return this.#output.secure;
  }

  get atRoot(): boolean {
    return this.#template.call.calls.length === 0;
  }

  get declaration(): Place {
    return this.#template.place(this.#output.member);
  }

  get valuePlace(): Place {
    const { copy, value, member } = this.#output;
    return this.#template.place(copy?.input ?? value ?? member);
  }

  get address(): string {
    return this.#template.prefix + this.name;
  }
}
