import type { PropertyPath } from '../../estate/path.ts';
import type { Data } from '../../functions/data.ts';
import { blockOf, EditRefused, type FilePlans } from './edit-files.ts';
import { memberNamed } from './edit-spots.ts';
import type { TerraformNode } from './lens-resource.ts';
import type { Expression, ObjectExpression } from './syntax.ts';

/** The tag that a path names; undefined when it names something else. */
export function tagIn(path: PropertyPath): string | undefined {
  const [first, second, more] = path;
  if (more !== undefined || first?.kind !== 'key' || second?.kind !== 'key') return undefined;
  return first.key.toLowerCase() === 'tags' ? second.key : undefined;
}

/**
 * Sets one tag of a resource. Providers have them all in one argument, `tags`, which is a map and no block. Throws
 * EditRefused where the tags are computed.
 */
export function setTag(node: TerraformNode, tag: string, data: Data, plans: FilePlans): void {
  if (node.block !== undefined) throw new EditRefused('What is a block of another resource has no tags.');
  const block = blockOf(node);
  const plan = plans.of(node.instance.uri);
  const written = memberNamed(block, 'tags');
  if (written === undefined) {
    plan.in(block).added.attributes.set('tags', { [tag]: data });
    return;
  }
  const object = ownTags(written.value);
  const item = object?.items.find(({ name }) => name?.toLowerCase() === tag.toLowerCase());
  if (object === undefined) throw new EditRefused('The tags are computed; change them where they come from.');
  if (item === undefined) plan.in(object).added.attributes.set(tag, data);
  else plan.replace(item.value, data);
}

/** The tags that are written in the resource itself, those that `merge` puts over all others included. */
function ownTags(expression: Expression): ObjectExpression | undefined {
  if (expression.kind === 'object')
    return expression.items.some(({ name }) => name === undefined) ? undefined : expression;
  if (expression.kind === 'parentheses') return ownTags(expression.expression);
  if (expression.kind !== 'call' || expression.name !== 'merge' || expression.expansion >= 0) return undefined;
  const last = expression.arguments.at(-1);
  return last === undefined ? undefined : ownTags(last);
}
