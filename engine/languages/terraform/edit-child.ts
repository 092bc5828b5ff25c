import { asWritten } from '../../estate/as-written.ts';
import type { PropertyPath } from '../../estate/path.ts';
import type { NewResourceEdit, OwnPart } from '../../estate/property-edit.ts';
import type { Resource } from '../../estate/resource.ts';
import { type Data, type DataObject, isDataObject } from '../../functions/data.ts';
import { blockFor } from './edit-block.ts';
import { blockOf, EditRefused, type FilePlans } from './edit-files.ts';
import { nestedBlock, printBlock } from './edit-plan.ts';
import { type Assignment, printAssignments, printExpression, printText, type Style } from './edit-print.ts';
import { samePath } from './edit-rows.ts';
import { memberNamed } from './edit-spots.ts';
import type { TypeLens } from './lens-model.ts';
import type { TerraformNode } from './lens-resource.ts';
import type { Block } from './syntax.ts';

/**
 * Adds a resource that belongs to another one. A child is a block of its parent where the provider writes it so; else it is,
 * like any other, a resource of its own that follows the one it is made for and refers to it. `bodyWith` gives the body, by
 * what is the resource's own. Throws EditRefused.
 */
export function addResource(
  resource: Resource,
  node: TerraformNode,
  edit: NewResourceEdit,
  bodyWith: (own: (part: OwnPart) => Data) => Data,
  plans: FilePlans,
): void {
  const { table } = node;
  if (table === undefined || node.block !== undefined) {
    throw new EditRefused('The new resource needs a name that only the author can choose.');
  }
  const parent = blockOf(node);
  const { type, name: label } = node.instance;
  const repeated = repetitionOf(parent, `${type}.${label}`);
  const target = repeated?.reference ?? `${type}.${label}`;
  const body = bodyWith((part) => asWritten(`${target}.${part}`));
  if (!isDataObject(body)) throw new EditRefused('The body of the new resource is not known.');
  const plan = plans.of(node.instance.uri);
  const wanted = edit.type.toLowerCase();
  const asBlock = table.children.find(
    (child) =>
      edit.kind === 'add-child' &&
      child.type.toLowerCase() === wanted &&
      !child.scalar &&
      sameName(child.name, edit.name),
  );
  if (asBlock !== undefined) {
    const name = asBlock.block[asBlock.block.length - 1] ?? '';
    const outer = nestedBlock(plan.in(blockOf(node)).added, asBlock.block.slice(0, -1));
    outer.blocks.push({ name, block: blockFor(asBlock.rows, body, node) });
    return;
  }
  const own = node
    .tables()
    .find((each) => each.type?.toLowerCase() === wanted && each.parents.length > 0 === (edit.kind === 'add-child'));
  if (own === undefined) throw new EditRefused(`The lens has no azurerm resource for ${edit.type}.`);
  const made: NewResource = { table: own, node, edit, body, parent, target, repeated: repeated?.line };
  plan.append(parent.end, printResource(made, plan.text, plan.style, resource));
}

interface NewResource {
  readonly table: TypeLens;
  /** The resource that it is made for. */
  readonly node: TerraformNode;
  readonly edit: NewResourceEdit;
  readonly body: DataObject;
  readonly parent: Block;
  /** How that one is referred to. */
  readonly target: string;
  readonly repeated: Assignment | undefined;
}

function sameName(name: TypeLens['name'], wanted: string): boolean {
  return name.kind === 'constant' && name.value.toLowerCase() === wanted.toLowerCase();
}

function printResource(made: NewResource, text: string, style: Style, resource: Resource): string {
  const { table, node, edit, body, parent, target, repeated } = made;
  const { name: label } = node.instance;
  if (text.includes(`"${table.terraformType}" "${label}"`)) {
    throw new EditRefused(`There is a ${table.terraformType} named '${label}' already.`);
  }
  const lines: Assignment[] = [];
  if (repeated !== undefined) lines.push(repeated);
  lines.push(...providerOf(parent, text));
  if (table.name.kind === 'attribute') lines.push({ name: table.name.attribute, value: nameText(edit, target) });
  lines.push(...belonging(made, resource));
  // A child is where its parent is, and has no argument for that.
  const { location: _, ...rest } = body;
  const content = blockFor(table, edit.kind === 'add-child' ? rest : body, node);
  for (const [name, data] of content.attributes) lines.push({ name, value: printExpression(data, style.step, style) });
  const assignments = printAssignments(lines, style.step, style);
  const blocks = content.blocks.map(
    ({ name, block }) =>
      `${style.lineBreak}${style.step}${name} ${printBlock(block, style.step, style)}${style.lineBreak}`,
  );
  return `resource "${table.terraformType}" "${label}" {${style.lineBreak}${assignments}${blocks.join('')}}`;
}

/** What says to which resource, or which group, the new one belongs. */
function belonging({ table, node, edit, target, parent }: NewResource, resource: Resource): readonly Assignment[] {
  if (edit.kind === 'add-child') {
    const source = table.parents[0];
    if (source === undefined || source.type.toLowerCase() !== resource.type.toLowerCase()) {
      throw new EditRefused(`${table.terraformType} is not put on ${node.instance.type}.`);
    }
    return [{ name: source.attribute, value: `${target}.${source.byName ? 'name' : 'id'}` }];
  }
  if (edit.onto) {
    const [attribute] = table.scope;
    if (attribute === undefined) throw new EditRefused(`${table.terraformType} is not put on anything.`);
    return [{ name: attribute, value: `${target}.id` }];
  }
  if (memberNamed(parent, 'resource_group_name') === undefined)
    throw new EditRefused('The resource does not say its resource group.');
  return [{ name: 'resource_group_name', value: `${target}.resource_group_name` }];
}

/** The name of the new resource, in which `{name}` is that of the one it refers to. */
function nameText(edit: NewResourceEdit, target: string): string {
  if (edit.kind === 'add-child') return printText(edit.name);
  const parts = edit.name.split(/(\{name\})/).filter((part) => part !== '');
  const inner = parts.map((part) => (part === '{name}' ? `\${${target}.name}` : printText(part).slice(1, -1)));
  return `"${inner.join('')}"`;
}

/**
 * Sets a property that the provider has a resource of its own for, such as the security group of a subnet. False where there
 * is none. Throws EditRefused.
 */
export function addAssociation(
  resource: Resource,
  node: TerraformNode,
  path: PropertyPath,
  data: Data,
  plans: FilePlans,
): boolean {
  if (node.block !== undefined) return false;
  const { name: label, type, uri } = node.instance;
  for (const table of node.tables()) {
    const { into, attributes, terraformType } = table;
    if (into?.association !== true || into.type.toLowerCase() !== resource.type.toLowerCase()) continue;
    const row = attributes.find(({ to }) => to.some((each) => samePath(each, path)));
    if (row === undefined) continue;
    const plan = plans.of(uri);
    const { style, text } = plan;
    if (text.includes(`"${terraformType}" "${label}"`))
      throw new EditRefused(`There is a ${terraformType} named '${label}' already.`);
    const parent = blockOf(node);
    const repeated = repetitionOf(parent, `${type}.${label}`);
    const target = repeated?.reference ?? `${type}.${label}`;
    const lines = [
      ...(repeated === undefined ? [] : [repeated.line]),
      ...providerOf(parent, text),
      { name: into.by, value: `${target}.${into.byName ? 'name' : 'id'}` },
      { name: row.attribute.join('.'), value: printExpression(data, style.step, style) },
    ];
    const written = printAssignments(lines, style.step, style);
    plan.append(parent.end, `resource "${terraformType}" "${label}" {${style.lineBreak}${written}}`);
    return true;
  }
  return false;
}

function providerOf(block: Block, text: string): readonly Assignment[] {
  const provider = memberNamed(block, 'provider');
  return provider === undefined
    ? []
    : [{ name: 'provider', value: text.slice(provider.value.start, provider.value.end) }];
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
