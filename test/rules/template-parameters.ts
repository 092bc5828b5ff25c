import type { Condition, Unknown } from '../../engine/estate/value.ts';
import type { Json } from './print-template.ts';

export type ParameterType = 'string' | 'bool' | 'int' | 'object' | 'array';

interface Declared {
  type: ParameterType;
  secure: boolean;
  allowed: readonly string[] | undefined;
  defaultValue: Json | undefined;
}

/** What Azure says of the deployment itself: an unknown of that identity is written as the call that gives it. */
const ownScope = /^(?:resourceGroup|subscription|managementGroup|tenant)\(\)(?:\.[A-Za-z]\w*)*$/;
const uniqueText = /^uniquestring\((.*)\)$/;

/**
 * The parameters of a printed template: one for each thing that is not known, named after what it is, so that equal unknowns
 * are one parameter, and two texts that differ elsewhere get the same names.
 */
export class TemplateParameters {
  readonly #names = new Map<string, string>();
  readonly #declared = new Map<string, Declared>();

  /** The expression that gives something unknown. `type` is that of the place where it stands. */
  unknown(value: Unknown, type: ParameterType): string {
    const { identity, secret } = value;
    if (identity?.startsWith('not ') === true) {
      return `not(${this.unknown({ ...value, identity: identity.slice('not '.length) }, 'bool')})`;
    }
    if (identity !== undefined && !secret) {
      const argument = uniqueText.exec(identity)?.[1];
      if (ownScope.test(identity)) return identity;
      if (argument !== undefined && ownScope.test(argument)) return `uniqueString(${argument})`;
    }
    // What is a secret in one place only is two parameters: the estate tells them apart.
    const name = this.#nameOf(secret && identity !== undefined ? `secret ${identity}` : identity, value.detail);
    const declared = this.#declare(name, type);
    declared.secure = secret;
    return `parameters('${name}')`;
  }

  /** The expression that is true when a condition comes out as the first of its two alternatives. */
  test(condition: Condition): string {
    const name = this.#nameOf(condition.id, condition.alternatives[0] ?? '');
    this.#declare(name, 'bool').type = 'bool';
    return `parameters('${name}')`;
  }

  /** The expression that tells which of many alternatives a condition comes out as, and what it then is. */
  alternatives(condition: Condition): { readonly selector: string; readonly values: readonly string[] } {
    const name = this.#nameOf(condition.id, condition.alternatives[0]?.replace(/ is .*/, '') ?? '');
    const declared = this.#declare(name, 'string');
    declared.allowed ??= condition.alternatives.map((each) => / is "(.*)"$/.exec(each)?.[1] ?? each);
    return { selector: `parameters('${name}')`, values: declared.allowed };
  }

  /** The expression for a secret that is known: a secure parameter with that default. */
  secret(value: Json, type: ParameterType): string {
    const name = this.#nameOf(`secret value ${JSON.stringify(value)}`, 'secret');
    const declared = this.#declare(name, type);
    declared.secure = true;
    declared.defaultValue = value;
    return `parameters('${name}')`;
  }

  /** The `parameters` of the template, in the order of their first use. */
  print(withDefaults = true): { readonly [name: string]: Json } {
    const printed: Record<string, Json> = {};
    for (const [name, { type, secure, allowed, defaultValue }] of this.#declared) {
      printed[name] = {
        type: secure ? (type === 'object' || type === 'array' ? 'secureObject' : 'securestring') : type,
        ...(allowed === undefined ? {} : { allowedValues: allowed }),
        ...(defaultValue === undefined || !withDefaults ? {} : { defaultValue }),
      };
    }
    return printed;
  }

  #declare(name: string, type: ParameterType): Declared {
    const known = this.#declared.get(name);
    if (known !== undefined) return known;
    const declared: Declared = { type, secure: false, allowed: undefined, defaultValue: undefined };
    this.#declared.set(name, declared);
    return declared;
  }

  #nameOf(identity: string | undefined, detail: string): string {
    const known = identity === undefined ? undefined : this.#names.get(identity);
    if (known !== undefined) return known;
    const wanted = identity === undefined ? undefined : /^(?:secret )?\/param:(\w+)$/.exec(identity)?.[1];
    const name = this.#free(wanted ?? camelCase(detail));
    this.#names.set(identity ?? `one of a kind: ${name}`, name);
    return name;
  }

  #free(wanted: string): string {
    const taken = new Set([...this.#names.values()].map((name) => name.toLowerCase()));
    if (!taken.has(wanted.toLowerCase())) return wanted;
    for (let number = 2; ; number++) {
      if (!taken.has(`${wanted}${number}`.toLowerCase())) return `${wanted}${number}`;
    }
  }
}

/** `the name of a module` → `theNameOfAModule`. */
function camelCase(detail: string): string {
  const words = detail.match(/[A-Za-z0-9]+/g) ?? [];
  const name = words
    .map((word, index) => (index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
    .slice(0, 40);
  return name === '' ? 'value' : name;
}
