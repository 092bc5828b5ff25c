import type { JsonNode } from '../text/json-syntax.ts';
import { itemsOf, memberOf, textOf } from './plan-document.ts';

/** A resource block that an expression of the configuration names: `module.a` steps without keys, then `type.name`. */
export interface BlockAddress {
  readonly modules: readonly string[];
  readonly key: string;
}

/** How far a name is followed through variables and outputs. */
const maximumHops = 20;

/**
 * The configuration part of a plan. It holds no values, only which names each expression refers to: enough to tell whose id
 * a value will be that is known after the plan was applied.
 */
export class PlanReferences {
  readonly #root: JsonNode | undefined;

  constructor(document: JsonNode | undefined) {
    this.#root = memberOf(memberOf(document, 'configuration'), 'root_module');
  }

  /** The one resource whose id an argument will hold; undefined where it is another attribute, none, or several. */
  idTarget(modules: readonly string[], key: string, path: readonly string[]): BlockAddress | undefined {
    const resource = itemsOf(memberOf(this.#module(modules), 'resources')).find(
      (each) => `${textOf(memberOf(each, 'type'))}.${textOf(memberOf(each, 'name'))}` === key,
    );
    let expression = memberOf(resource, 'expressions');
    for (const step of path) {
      expression = expression?.kind === 'array' ? expression.items[Number(step)] : memberOf(expression, step);
      // A block that may be there once is written as itself.
      if (expression?.kind === 'array' && expression.items.length === 1 && !/^\d+$/.test(step))
        expression = expression.items[0];
    }
    return this.#follow(modules, expression, maximumHops);
  }

  #follow(modules: readonly string[], expression: JsonNode | undefined, hops: number): BlockAddress | undefined {
    if (hops === 0) return undefined;
    const names = itemsOf(memberOf(expression, 'references')).flatMap((each) => textOf(each) ?? []);
    // The list has `a.b.id` and, behind it, `a.b`: what another one begins with says nothing more.
    const longest = names.filter((name) => !names.some((other) => other !== name && other.startsWith(`${name}.`)));
    const [only] = longest.filter((name) => !/^(each|count|path|self|terraform)\b/.test(name));
    if (only === undefined || longest.length > 1) return undefined;
    const plain = only.replaceAll(/\[[^\]]*\]/g, '');
    const parts = plain.split('.');
    const [first, second, third] = parts;
    if (first === 'var' && second !== undefined) {
      const call = memberOf(memberOf(this.#module(modules.slice(0, -1)), 'module_calls'), modules.at(-1) ?? '');
      return this.#follow(modules.slice(0, -1), memberOf(memberOf(call, 'expressions'), second), hops - 1);
    }
    if (first === 'module' && second !== undefined && third !== undefined) {
      const inner = [...modules, second];
      const output = memberOf(memberOf(memberOf(this.#module(inner), 'outputs'), third), 'expression');
      return this.#follow(inner, output, hops - 1);
    }
    if (parts.length !== 3 || third !== 'id' || first === 'data') return undefined;
    return { modules, key: `${first}.${second}` };
  }

  #module(modules: readonly string[]): JsonNode | undefined {
    let module = this.#root;
    for (const name of modules) module = memberOf(memberOf(memberOf(module, 'module_calls'), name), 'module');
    return module;
  }
}
