import type { PropertyPath } from '../../estate/path.ts';
import type { Data } from '../../functions/data.ts';
import type { AttributeRow, ChildRow, CompiledLens, DerivedRow, ListRow, Rows, TypeLens } from './lens-model.ts';

/** The rows of a body, ordered by the Azure property that they write: one node for each key of each path. */
export interface PathNode {
  readonly key: string;
  /** By lower-case key. */
  readonly members: Map<string, PathNode>;
  /** With the one of its paths that ends here. */
  readonly attributes: { readonly row: AttributeRow; readonly path: PropertyPath }[];
  readonly lists: ListRow[];
  readonly derived: DerivedRow[];
  readonly constants: Data[];
  /** False when only split resources write here: without one of those there is certainly nothing. */
  own: boolean;
  /** Blocks that every row at or below this node lies in, outermost first; undefined when nothing is known of rows. */
  blocks: readonly string[] | undefined;
  /** True when these blocks go deeper than those of the object around: it is there exactly when they are. */
  asBlock: boolean;
  /** 0 for the body, 1 for `properties`, … */
  readonly depth: number;
}

/** `covered` are the paths that split resources may write in addition. */
export function pathTree(rows: Rows, covered: readonly PropertyPath[] = []): PathNode {
  const root = newNode('', 0);
  for (const constant of rows.constants) nodeAt(root, constant.to, []).constants.push(constant.value);
  for (const row of rows.attributes) {
    for (const path of row.to) nodeAt(root, path, row.attribute.slice(0, -1)).attributes.push({ row, path });
  }
  for (const row of rows.lists) nodeAt(root, row.to, row.block).lists.push(row);
  for (const row of rows.derived) {
    const [first] = row.when;
    const block = row.when.length === 1 && first?.equals === undefined && first?.written ? first.read.attribute : [];
    nodeAt(root, row.to, block).derived.push(row);
  }
  for (const path of covered) nodeAt(root, path, undefined);
  markBlocks(root, []);
  return root;
}

function newNode(key: string, depth: number): PathNode {
  return {
    key,
    members: new Map(),
    attributes: [],
    lists: [],
    derived: [],
    constants: [],
    own: false,
    blocks: undefined,
    asBlock: false,
    depth,
  };
}

/** The node of a path up to its first `[]`, made where it is not there. `blocks` is undefined for covered paths. */
function nodeAt(root: PathNode, path: PropertyPath, blocks: readonly string[] | undefined): PathNode {
  let node = root;
  for (const segment of path) {
    if (segment.kind !== 'key') break;
    const key = segment.key.toLowerCase();
    let next = node.members.get(key);
    if (next === undefined) {
      next = newNode(segment.key, node.depth + 1);
      node.members.set(key, next);
    }
    if (blocks !== undefined) {
      next.own = true;
      next.blocks = next.blocks === undefined ? blocks : commonStart(next.blocks, blocks);
    }
    node = next;
  }
  return node;
}

function commonStart(a: readonly string[], b: readonly string[]): readonly string[] {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}

function markBlocks(node: PathNode, outer: readonly string[]): void {
  const blocks = node.blocks ?? outer;
  node.asBlock = blocks.length > outer.length;
  for (const member of node.members.values()) markBlocks(member, blocks);
}

/** True when nothing but the members below writes this node. */
export function isBranch(node: PathNode): boolean {
  return (
    node.members.size > 0 &&
    node.attributes.length + node.lists.length + node.derived.length + node.constants.length === 0
  );
}

/** The path trees of a lens, each made when its type is first met. */
export class Trees {
  readonly #covered = new Map<string, PropertyPath[]>();
  readonly #trees = new Map<Rows, PathNode>();

  constructor(lens: CompiledLens) {
    for (const table of Object.values(lens.types)) {
      if (table.into === undefined) continue;
      const type = table.into.type.toLowerCase();
      const paths = this.#covered.get(type) ?? [];
      paths.push(...writtenPaths(table));
      this.#covered.set(type, paths);
    }
  }

  ofType(table: TypeLens): PathNode {
    return this.#tree(table, table.type);
  }

  ofRows(row: ChildRow): PathNode {
    return this.#tree(row.rows, row.type);
  }

  #tree(rows: Rows, type: string | undefined): PathNode {
    let tree = this.#trees.get(rows);
    if (tree === undefined) {
      tree = pathTree(rows, type === undefined ? [] : this.#covered.get(type.toLowerCase()));
      this.#trees.set(rows, tree);
    }
    return tree;
  }
}

function writtenPaths(rows: Rows): readonly PropertyPath[] {
  return [
    ...rows.attributes.flatMap((row) => row.to),
    ...rows.lists.map((row) => row.to),
    ...rows.derived.map((row) => row.to),
    ...rows.constants.map((row) => row.to),
  ];
}

const treesByLens = new WeakMap<CompiledLens, Trees>();

/** The trees of a lens, kept as long as it is. */
export function treesOf(lens: CompiledLens): Trees {
  let trees = treesByLens.get(lens);
  if (trees === undefined) {
    trees = new Trees(lens);
    treesByLens.set(lens, trees);
  }
  return trees;
}
