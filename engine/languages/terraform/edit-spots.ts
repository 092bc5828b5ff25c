import type { Value } from '../../estate/value.ts';
import type { Place } from '../../text/span.ts';
import { EditRefused } from './edit-files.ts';
import type { Container } from './edit-plan.ts';
import type { Attribute, Block, Expression, ObjectItem } from './syntax.ts';

/** Where something is written, or would be. */
export interface Spot {
  readonly container: Container;
  /** Nested blocks that are still to be made inside the container. */
  readonly missing: readonly string[];
  /** The innermost dynamic block around it: what is written there holds for all that it makes. */
  readonly dynamic: Block | undefined;
}

/** Goes down through blocks of which there is one each. Throws EditRefused where a block is computed. */
export function descend(from: Spot, names: readonly string[]): Spot {
  let spot = from;
  for (const [index, name] of names.entries()) {
    if (spot.missing.length > 0) return { ...spot, missing: [...spot.missing, ...names.slice(index)] };
    const [first] = blocksOf(spot, name);
    if (first === undefined) return { ...spot, missing: names.slice(index) };
    spot = first;
  }
  return spot;
}

/** The blocks of a kind in the order of the source; of a dynamic one its content. */
export function blocksOf(spot: Spot, name: string): readonly Spot[] {
  if (spot.missing.length > 0) return [];
  const { container } = spot;
  if (container.kind === 'object') {
    const item = container.items.find((each) => each.name === name);
    return item === undefined ? [] : objectsOf(item.value, spot);
  }
  const found: Spot[] = [];
  for (const item of container.body.items) {
    if (item.kind === 'attribute') {
      if (item.name === name) found.push(...objectsOf(item.value, spot));
    } else if (item.type === name) {
      found.push({ container: item, missing: [], dynamic: spot.dynamic });
    } else if (item.type === 'dynamic' && item.labels[0]?.text === name) {
      const content = item.body.items.find((each): each is Block => each.kind === 'block' && each.type === 'content');
      if (content === undefined) throw new EditRefused(`The dynamic block '${name}' has no content.`);
      found.push({ container: content, missing: [], dynamic: item });
    }
  }
  return found;
}

/** Blocks that are written as an argument: a list of objects. */
function objectsOf(expression: Expression, spot: Spot): readonly Spot[] {
  const elements = expression.kind === 'tuple' ? expression.elements : [expression];
  return elements.map((element) => {
    if (element.kind !== 'object')
      throw new EditRefused('What is written here is computed; change it where it comes from.');
    return { container: element, missing: [], dynamic: spot.dynamic };
  });
}

/** The block of a list that a value was read from. */
export function itemSpot(
  spots: readonly Spot[],
  index: number,
  value: Value | undefined,
  uri: string,
): Spot | undefined {
  const place = value === undefined ? undefined : placeOf(value);
  const plain = spots.every((spot) => spot.dynamic === undefined);
  if (place !== undefined && place.uri === uri) {
    const around = spots.find(({ container, dynamic }) => holds(dynamic ?? container, place));
    if (around !== undefined) return around;
  }
  return plain ? spots[index] : undefined;
}

function placeOf(value: Value): Place | undefined {
  const { origin } = value;
  return origin.kind === 'address' ? undefined : origin;
}

export function holds(outer: { readonly start: number; readonly end: number }, place: Place): boolean {
  return outer.start <= place.start && place.end <= outer.end;
}

/** The argument or member of a name. */
export function memberNamed(container: Container, name: string): Attribute | ObjectItem | undefined {
  if (container.kind === 'object') return container.items.find((item) => item.name === name);
  for (const item of container.body.items) if (item.kind === 'attribute' && item.name === name) return item;
  return undefined;
}

/** Refuses where a value differs from one of a dynamic block's instances to the next. */
export function refuseIterated(spot: Spot, expression: Expression, text: string): void {
  if (spot.dynamic === undefined) return;
  const label = spot.dynamic.labels[0]?.text ?? '';
  const named = memberNamed(spot.dynamic, 'iterator');
  const iterator = named?.value.kind === 'variable' ? named.value.name : label;
  if (new RegExp(`\\b${iterator}\\s*\\.`).test(text.slice(expression.start, expression.end))) {
    throw new EditRefused(
      `The value comes from the list that the dynamic block '${label}' goes through; change it there.`,
    );
  }
}
