import { distribute } from '../../estate/condition.ts';
import { array, type Member, object, unknown } from '../../estate/make.ts';
import { firstUnknown } from '../../estate/operations.ts';
import type { Origin } from '../../estate/origin.ts';
import type { ObjectValue, Unknown, Value } from '../../estate/value.ts';
import type { DeclaredBlock } from './declarations.ts';
import { jsonArgument } from './json-templates.ts';
import { entriesOf } from './resolve-collections.ts';
import { evaluate } from './resolve-evaluate.ts';
import { type Environment, originOf, withNames } from './resolve-scope.ts';
import { type Block, type Body, type Expression, findAttribute, findBlocks } from './syntax.ts';
import { isTemplateArgument } from './template-paths.ts';

/** What belongs to Terraform and not to the resource. */
const own = new Set(['count', 'for_each', 'depends_on', 'provider', 'lifecycle', 'provisioner', 'connection']);

/**
 * The arguments and nested blocks of a resource. What an override file has takes the place of what the block itself has: its
 * arguments one by one, its nested blocks all those of one type together.
 */
export function resourceBody(
  declared: DeclaredBlock,
  environment: Environment,
  origin: Origin,
  type: string,
): ObjectValue {
  const members = membersOf(declared.node.body, environment, origin, type);
  let complete = declared.node.body.complete;
  for (const { uri, node } of declared.overrides) {
    for (const [name, member] of membersOf(node.body, { ...environment, uri }, origin, type)) members.set(name, member);
    complete &&= node.body.complete;
  }
  return object(members, origin, openWhere(!complete, origin));
}

/** The attributes and nested blocks of a block within a resource, or of one that is no resource. */
export function blockBody(body: Body, environment: Environment, origin: Origin): ObjectValue {
  return object(membersOf(body, environment, origin, ''), origin, openWhere(!body.complete, origin));
}

function openWhere(incomplete: boolean, origin: Origin): Unknown | undefined {
  return incomplete ? unknown('error', 'the block could not be read whole', origin) : undefined;
}

/** `type` is the resource's type at its top, empty further in. */
function membersOf(body: Body, environment: Environment, origin: Origin, type: string): Map<string, Member> {
  const members = new Map<string, Member>();
  const blocks = new Map<string, Block[]>();
  for (const item of body.items) {
    if (type !== '' && own.has(item.kind === 'attribute' ? item.name : item.type)) continue;
    if (item.kind === 'attribute') {
      if (!members.has(item.name))
        members.set(item.name, () => attributeValue(item.name, item.value, environment, type));
      continue;
    }
    const name = item.type === 'dynamic' ? item.labels[0]?.text : item.type;
    if (name === undefined) continue;
    const group = blocks.get(name) ?? [];
    group.push(item);
    blocks.set(name, group);
  }
  for (const [name, group] of blocks) members.set(name, () => nestedBlocks(group, environment, origin));
  return members;
}

function attributeValue(name: string, value: Expression, environment: Environment, type: string): Value {
  if (isTemplateArgument(type, name)) return jsonArgument(value, environment);
  const [only] = value.kind === 'call' && value.name === 'jsonencode' ? value.arguments : [];
  // What is encoded here is read as what it says: its parts keep their places, and may be unknown.
  const isRead = name === 'body' && type.startsWith('azapi_');
  return evaluate(isRead && only !== undefined ? only : value, environment);
}

function nestedBlocks(blocks: readonly Block[], environment: Environment, outer: Origin): Value {
  const items: Value[] = [];
  let open: Unknown | undefined;
  for (const block of blocks) {
    const origin = originOf(environment, { start: block.start, end: block.labels[0]?.end ?? block.typeEnd });
    if (block.type !== 'dynamic') {
      items.push(blockBody(block.body, environment, origin));
      continue;
    }
    const made = dynamicBlocks(block, environment, origin);
    if (made.kind === 'array') {
      items.push(...made.items);
      open ??= made.open;
    } else if (blocks.length === 1) return made;
    else open ??= firstUnknown([made]) ?? unknown('unsupported', 'the number of blocks depends on a condition', origin);
  }
  return array(items, outer, open);
}

function dynamicBlocks(block: Block, environment: Environment, origin: Origin): Value {
  const [content] = findBlocks(block.body, 'content');
  const forEach = findAttribute(block.body, 'for_each')?.value;
  const named = findAttribute(block.body, 'iterator')?.value;
  const iterator = named?.kind === 'variable' ? named.name : (block.labels[0]?.text ?? '');
  if (content === undefined || forEach === undefined)
    return array([], origin, unknown('error', 'the dynamic block is incomplete', origin));
  const round = (key: Value, value: Value, index: string): Value => {
    const names = object(
      new Map([
        ['key', key],
        ['value', value],
      ]),
      origin,
    );
    return blockBody(content.body, withNames(environment, [[iterator, names]], index), origin);
  };
  return distribute([evaluate(forEach, environment)], origin, ([collection]) => {
    const entries = collection === undefined ? undefined : entriesOf(collection, origin);
    const limit = environment.scope.run.context.budget.loopInstances;
    if (entries !== undefined && entries.known.length <= limit) {
      return array(
        entries.known.map(([key, value], index) => round(key, value, String(index))),
        origin,
        entries.open,
      );
    }
    if (collection?.kind === 'absent' || (collection?.kind === 'scalar' && collection.value === null))
      return array([], origin);
    const why =
      (collection === undefined ? undefined : firstUnknown([collection])) ??
      unknown('unsupported', 'the number of blocks is not known', origin);
    return array([round(why, why, '*')], origin, why);
  });
}
