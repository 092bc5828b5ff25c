import type { PropertyPath } from '../../estate/path.ts';
import { type DataObject, equalData } from '../../functions/data.ts';
import { noWay } from './edit-files.ts';
import { type NewBlock, nestedBlock, newBlock } from './edit-plan.ts';
import { isListOfObjects, leavesOf, samePath } from './edit-rows.ts';
import type { DerivedRow, Rows } from './lens-model.ts';
import type { TerraformNode } from './lens-resource.ts';
import { toTerraform } from './lens-transform.ts';

/** A block that says what an Azure object says. Throws EditRefused where there is no argument for a part of it. */
export function blockFor(rows: Rows, item: DataObject, node: TerraformNode): NewBlock {
  const block = newBlock();
  const leaves = leavesOf([], item);
  for (const row of rows.attributes) {
    for (const leaf of leaves) {
      const to = row.readOnly ? undefined : row.to.find((each) => samePath(each, leaf.path));
      if (to === undefined) continue;
      const terraform = toTerraform(row, to, leaf.data);
      if (terraform === undefined) throw noWay(leaf.path, node.instance.type);
      const name = row.was.find((each) => node.instance.provider.admits(each.range) === 'all')?.name;
      const own = row.attribute[row.attribute.length - 1] ?? '';
      nestedBlock(block, row.attribute.slice(0, -1)).attributes.set(name ?? own, terraform);
    }
  }
  const said: PropertyPath[] = [];
  for (const { to, value, when } of rows.derived) {
    const leaf = leaves.find((each) => samePath(to, each.path));
    const [only, more] = when;
    if (leaf === undefined || only === undefined || more !== undefined || !isPresence(only, rows)) continue;
    if (value.kind !== 'data' || !equalData(value.data, leaf.data)) continue;
    nestedBlock(block, only.read.attribute);
    said.push(leaf.path);
  }
  for (const { to, block: names, rows: inner } of rows.lists) {
    const leaf = leaves.find((each) => samePath(to, each.path) && isListOfObjects(each.data));
    const name = names[names.length - 1];
    if (leaf === undefined || name === undefined || !isListOfObjects(leaf.data) || said.includes(leaf.path)) continue;
    const { blocks } = nestedBlock(block, names.slice(0, -1));
    for (const each of leaf.data) blocks.push({ name, block: blockFor(inner, each, node) });
    said.push(leaf.path);
  }
  for (const { to, value } of rows.constants) {
    const leaf = leaves.find((each) => samePath(to, each.path) && equalData(value, each.data));
    if (leaf !== undefined) said.push(leaf.path);
  }
  for (const [name, data] of Object.entries(rows.also ?? {})) block.attributes.set(name, data);
  const known = (path: PropertyPath): boolean =>
    said.includes(path) || rows.attributes.some((row) => row.to.some((to) => samePath(to, path)));
  const lost = leaves.find((leaf) => !known(leaf.path));
  if (lost !== undefined) throw noWay(lost.path, node.instance.type);
  return block;
}

/** That a block is there, whatever it says; an argument would need a value. */
export function isPresence({ read, equals, written }: DerivedRow['when'][number], rows: Rows): boolean {
  const name = read.attribute.join('.');
  return equals === undefined && written && !rows.attributes.some((row) => row.attribute.join('.') === name);
}
