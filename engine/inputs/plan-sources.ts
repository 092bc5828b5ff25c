import type { FileReader } from '../estate/loaded.ts';
import {
  argumentOf,
  type Declarations,
  type DeclaredBlock,
  declarationsOf,
} from '../languages/terraform/declarations.ts';
import type { TerraformFiles } from '../languages/terraform/files.ts';
import { installedFolder } from '../languages/terraform/installed-modules.ts';
import { constantText } from '../languages/terraform/syntax.ts';
import type { Place } from '../text/span.ts';
import { resolveRelative } from '../text/uri.ts';

/** The files beside a plan: they tell where what it speaks of is written. */
export class PlanSources {
  readonly #root: string;
  readonly #files: TerraformFiles;
  readonly #reader: FileReader;
  readonly #modules = new Map<string, Declarations>();

  /** `root` is the folder of the plan, ending in `/`. */
  constructor(root: string, files: TerraformFiles, reader: FileReader) {
    this.#root = root;
    this.#files = files;
    this.#reader = reader;
  }

  /** The block of `type.name` in the module that these names lead to; undefined where it is not at hand. */
  resource(modules: readonly string[], key: string): DeclaredBlock | undefined {
    const folder = this.#folder(modules);
    return folder === undefined ? undefined : this.#declared(folder).resources.get(key);
  }

  /** The last of the calls that lead to a module. */
  call(modules: readonly string[]): DeclaredBlock | undefined {
    const folder = this.#folder(modules.slice(0, -1));
    return folder === undefined ? undefined : this.#declared(folder).modules.get(modules.at(-1) ?? '');
  }

  #folder(modules: readonly string[]): string | undefined {
    if (modules.length === 0) return this.#root;
    const call = this.call(modules);
    const source = call === undefined ? undefined : argumentOf(call, 'source')?.node.value;
    const path = source === undefined ? undefined : constantText(source);
    if (path === undefined) return undefined;
    if (!/^\.\.?(\/|$)/.test(path)) return installedFolder(this.#root, modules.join('.'), this.#files, this.#reader);
    const caller = this.#folder(modules.slice(0, -1));
    return caller === undefined ? undefined : resolveRelative(caller, path.endsWith('/') ? path : `${path}/`);
  }

  #declared(folder: string): Declarations {
    const known = this.#modules.get(folder);
    if (known !== undefined) return known;
    const declared = declarationsOf(this.#files.module(folder, this.#reader));
    this.#modules.set(folder, declared);
    return declared;
  }
}

/** From the keyword to the end of the last label. */
export function headerOf({ uri, node }: DeclaredBlock): Place {
  return { uri, start: node.start, end: node.labels.at(-1)?.end ?? node.typeEnd };
}
