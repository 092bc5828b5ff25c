import type { EstateProblem } from '../../estate/estate.ts';
import type { TerraformSource } from './files.ts';
import { localCycles } from './local-cycles.ts';
import { type Attribute, type Block, type Expression, findAttribute } from './syntax.ts';

/** A node and the file that it stands in. */
export interface Declared<Node> {
  readonly uri: string;
  readonly node: Node;
}

/** A block with what override files change in it, in the order in which they are read. */
export interface DeclaredBlock extends Declared<Block> {
  readonly overrides: readonly Declared<Block>[];
}

/** What the files of a module declare, each by its name. */
export interface Declarations {
  readonly variables: ReadonlyMap<string, DeclaredBlock>;
  readonly locals: ReadonlyMap<string, Declared<Attribute>>;
  readonly outputs: ReadonlyMap<string, DeclaredBlock>;
  readonly modules: ReadonlyMap<string, DeclaredBlock>;
  /** By `type.name`; data blocks by `data.type.name`, ephemeral ones by `ephemeral.type.name`. */
  readonly resources: ReadonlyMap<string, DeclaredBlock>;
  /** Version constraints of `required_providers` by provider name. */
  readonly constraints: ReadonlyMap<string, readonly string[]>;
  /** Local values that need themselves. */
  readonly circular: ReadonlySet<string>;
  /** Names that are declared twice, and circles. */
  readonly problems: readonly EstateProblem[];
}

/** An argument of a block: that of the last override which has it, else the block's own. */
export function argumentOf(declared: DeclaredBlock, name: string): Declared<Attribute> | undefined {
  for (let index = declared.overrides.length - 1; index >= 0; index--) {
    const override = declared.overrides[index];
    const found = override === undefined ? undefined : findAttribute(override.node.body, name);
    if (override !== undefined && found !== undefined) return { uri: override.uri, node: found };
  }
  const own = findAttribute(declared.node.body, name);
  return own === undefined ? undefined : { uri: declared.uri, node: own };
}

/** Reads the declarations of a module. The first of two with one name counts; override files change it and come last. */
export function declarationsOf(sources: readonly TerraformSource[]): Declarations {
  const reading = new Reading();
  for (const source of sources) if (!source.overrides) reading.add(source);
  for (const source of sources) if (source.overrides) reading.override(source);
  reading.findCycles();
  return reading;
}

interface OpenBlock extends Declared<Block> {
  readonly overrides: Declared<Block>[];
}

class Reading implements Declarations {
  readonly variables = new Map<string, OpenBlock>();
  readonly locals = new Map<string, Declared<Attribute>>();
  readonly outputs = new Map<string, OpenBlock>();
  readonly modules = new Map<string, OpenBlock>();
  readonly resources = new Map<string, OpenBlock>();
  readonly constraints = new Map<string, readonly string[]>();
  readonly problems: EstateProblem[] = [];
  circular: ReadonlySet<string> = new Set();

  findCycles(): void {
    const { names, problems } = localCycles(this.locals);
    this.circular = names;
    this.problems.push(...problems);
  }

  add({ uri, file }: TerraformSource): void {
    for (const node of blocksOf(file.body.items)) {
      if (node.type === 'terraform') this.#require(node, false);
      if (node.type === 'locals') {
        for (const item of node.body.items) {
          if (item.kind !== 'attribute') continue;
          if (this.locals.has(item.name))
            this.#reportTwice(`local value '${item.name}'`, uri, item.start, item.nameEnd);
          else this.locals.set(item.name, { uri, node: item });
        }
      }
      const place = this.#placeOf(node);
      if (place === undefined) continue;
      const { map, key } = place;
      if (map.has(key)) {
        const end = node.labels[node.labels.length - 1]?.end ?? node.typeEnd;
        this.#reportTwice(`${node.type} '${key}'`, uri, node.start, end);
      } else map.set(key, { uri, node, overrides: [] });
    }
  }

  override({ uri, file }: TerraformSource): void {
    for (const node of blocksOf(file.body.items)) {
      if (node.type === 'terraform') this.#require(node, true);
      if (node.type === 'locals') {
        for (const item of node.body.items)
          if (item.kind === 'attribute') this.locals.set(item.name, { uri, node: item });
      }
      const place = this.#placeOf(node);
      if (place === undefined) continue;
      const base = place.map.get(place.key);
      // Terraform wants something to override; what stands alone is judged all the same.
      if (base === undefined) place.map.set(place.key, { uri, node, overrides: [] });
      else base.overrides.push({ uri, node });
    }
  }

  #placeOf(node: Block): { readonly map: Map<string, OpenBlock>; readonly key: string } | undefined {
    const [first, second] = node.labels;
    if (first === undefined) return undefined;
    switch (node.type) {
      case 'variable':
        return { map: this.variables, key: first.text };
      case 'output':
        return { map: this.outputs, key: first.text };
      case 'module':
        return { map: this.modules, key: first.text };
      case 'resource':
        return second === undefined ? undefined : { map: this.resources, key: `${first.text}.${second.text}` };
      case 'data':
      case 'ephemeral':
        return second === undefined
          ? undefined
          : { map: this.resources, key: `${node.type}.${first.text}.${second.text}` };
      default:
        return undefined;
    }
  }

  #reportTwice(what: string, uri: string, start: number, end: number): void {
    const message = `The ${what} is declared twice in this module; Terraform accepts one, and the first one was judged.`;
    this.problems.push({ code: 'duplicate', message, uri, start, end });
  }

  #require(terraform: Block, replaces: boolean): void {
    for (const block of blocksOf(terraform.body.items)) {
      if (block.type !== 'required_providers') continue;
      for (const item of block.body.items) {
        if (item.kind !== 'attribute') continue;
        const version = versionIn(item.value);
        if (version === undefined) continue;
        const before = replaces ? [] : (this.constraints.get(item.name) ?? []);
        this.constraints.set(item.name, [...before, version]);
      }
    }
  }
}

function blocksOf(items: readonly (Block | Attribute)[]): readonly Block[] {
  return items.filter((item): item is Block => item.kind === 'block');
}

function versionIn(expression: Expression): string | undefined {
  if (expression.kind === 'string') return expression.value;
  if (expression.kind !== 'object') return undefined;
  const version = expression.items.find((item) => item.name === 'version')?.value;
  return version?.kind === 'string' ? version.value : undefined;
}
