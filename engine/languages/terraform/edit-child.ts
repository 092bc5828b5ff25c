import type { PropertyEdit } from '../../estate/property-edit.ts';
import type { Resource } from '../../estate/resource.ts';
import { type Data, isDataObject } from '../../functions/data.ts';
import { blockFor } from './edit-block.ts';
import { blockOf, EditRefused, type FilePlans } from './edit-files.ts';
import { nestedBlock, printBlock } from './edit-plan.ts';
import { printAssignments, printExpression, type Style } from './edit-print.ts';
import { memberNamed } from './edit-spots.ts';
import type { TypeLens } from './lens-model.ts';
import type { TerraformNode } from './lens-resource.ts';
import type { Block } from './syntax.ts';

type AddChild = Extract<PropertyEdit, { kind: 'add-child' }>;

/**
 * Adds a child resource: as a block of its parent where the provider writes it so, else as a resource of its own that
 * follows the parent and refers to it.  Throws EditRefused.
 */
export function addChild(resource: Resource, node: TerraformNode, edit: AddChild, body: Data, plans: FilePlans): void {
  const { table } = node;
  if (!isDataObject(body)) throw new EditRefused('The body of the new resource is not known.');
  if (table === undefined || node.block !== undefined) {
    throw new EditRefused('The new resource needs a name that only the author can choose.');
  }
  const plan = plans.of(node.instance.uri);
  const wanted = edit.type.toLowerCase();
  const asBlock = table.children.find(
    (child) => child.type.toLowerCase() === wanted && !child.scalar && sameName(child.name, edit.name),
  );
  if (asBlock !== undefined) {
    const name = asBlock.block[asBlock.block.length - 1] ?? '';
    const outer = nestedBlock(plan.in(blockOf(node)).added, asBlock.block.slice(0, -1));
    outer.blocks.push({ name, block: blockFor(asBlock.rows, body, node) });
    return;
  }
  const child = node.childTable(edit.type);
  if (child === undefined) throw new EditRefused(`The lens has no azurerm resource for ${edit.type}.`);
  const block = blockOf(node);
  plan.append(block.end, printChild(child, node, edit, body, block, plan.text, plan.style, resource));
}

function sameName(name: TypeLens['name'], wanted: string): boolean {
  return name.kind === 'constant' && name.value.toLowerCase() === wanted.toLowerCase();
}

function printChild(
  child: TypeLens,
  node: TerraformNode,
  edit: AddChild,
  body: { readonly [key: string]: Data },
  parent: Block,
  text: string,
  style: Style,
  resource: Resource,
): string {
  const source = child.parents[0];
  if (source === undefined || source.type.toLowerCase() !== resource.type.toLowerCase()) {
    throw new EditRefused(`${child.terraformType} is not put on ${node.instance.type}.`);
  }
  const { name: label, type } = node.instance;
  if (text.includes(`"${child.terraformType}" "${label}"`)) {
    throw new EditRefused(`There is a ${child.terraformType} named '${label}' already.`);
  }
  const content = blockFor(child, body, node);
  const lines: { name: string; value: string }[] = [];
  const repeated = repetitionOf(parent, `${type}.${label}`);
  if (repeated !== undefined) lines.push(repeated.line);
  const provider = memberNamed(parent, 'provider');
  if (provider !== undefined) lines.push({ name: 'provider', value: text.slice(provider.value.start, provider.end) });
  if (child.name.kind === 'attribute')
    lines.push({ name: child.name.attribute, value: printExpression(edit.name, '', style) });
  const target = repeated?.reference ?? `${type}.${label}`;
  lines.push({ name: source.attribute, value: `${target}.${source.byName ? 'name' : 'id'}` });
  for (const [name, data] of content.attributes) lines.push({ name, value: printExpression(data, style.step, style) });
  const assignments = printAssignments(lines, style.step, style);
  const blocks = content.blocks.map(
    ({ name, block }) =>
      `${style.lineBreak}${style.step}${name} ${printBlock(block, style.step, style)}${style.lineBreak}`,
  );
  return `resource "${child.terraformType}" "${label}" {${style.lineBreak}${assignments}${blocks.join('')}}`;
}

/** How a child follows a parent that is made several times. */
function repetitionOf(
  parent: Block,
  address: string,
): { line: { name: string; value: string }; reference: string } | undefined {
  if (memberNamed(parent, 'for_each') !== undefined) {
    return { line: { name: 'for_each', value: address }, reference: 'each.value' };
  }
  if (memberNamed(parent, 'count') !== undefined) {
    return { line: { name: 'count', value: `length(${address})` }, reference: `${address}[count.index]` };
  }
  return undefined;
}
