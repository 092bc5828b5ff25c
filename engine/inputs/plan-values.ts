import { absent, array, asSecret, type Member, object, reference, scalar, unknown } from '../estate/make.ts';
import { type Origin, sourceOrigin } from '../estate/origin.ts';
import type { Resource } from '../estate/resource.ts';
import type { ObjectValue, Value } from '../estate/value.ts';
import { argumentOf, type DeclaredBlock } from '../languages/terraform/declarations.ts';
import { type Body, type Expression, findAttribute, findBlocks } from '../languages/terraform/syntax.ts';
import type { JsonNode } from '../text/json-syntax.ts';
import type { Place } from '../text/span.ts';
import { memberOf, type PlannedResource } from './plan-document.ts';

/** What values of one resource need to know of what is around them. */
export interface PlannedPlaces {
  /** The plan. */
  readonly uri: string;
  /** Where a property that nobody wrote is reported. */
  readonly header: Place;
  readonly written: DeclaredBlock | undefined;
  /** The resource whose id stands at a path of arguments, where that is known after the plan was applied. */
  readonly idOf: (path: readonly string[]) => Resource | undefined;
}

/** Where a value is written: in a block or expression of the configuration, or nowhere that is known. */
type Written =
  /** `declared`: the whole resource, which override files may change. */
  | { readonly kind: 'body'; readonly body: Body; readonly place: Place; readonly declared?: DeclaredBlock }
  | { readonly kind: 'expression'; readonly expression: Expression; readonly uri: string }
  | { readonly kind: 'nowhere' };

interface Parts {
  readonly value: JsonNode | undefined;
  /** `true` where the value is known after apply, else the same shape with `true` further in. */
  readonly unknown: JsonNode | undefined;
  readonly sensitive: JsonNode | undefined;
}

const nowhere: Written = { kind: 'nowhere' };

/** The arguments of a planned resource, as the lens reads them. */
export function plannedBody(
  planned: PlannedResource,
  change: JsonNode | undefined,
  places: PlannedPlaces,
): ObjectValue {
  const { written, header } = places;
  const parts: Parts = {
    value: memberOf(planned.node, 'values'),
    unknown: memberOf(change, 'after_unknown'),
    sensitive: memberOf(planned.node, 'sensitive_values'),
  };
  const body: Written =
    written === undefined ? nowhere : { kind: 'body', body: written.node.body, place: header, declared: written };
  return objectOf(parts, body, sourceOrigin(header.uri, header.start, header.end), [], places, planned);
}

function plannedValue(
  parts: Parts,
  written: Written,
  outer: Origin,
  path: readonly string[],
  places: PlannedPlaces,
  planned: PlannedResource,
): Value {
  const { value, unknown: later, sensitive } = parts;
  const origin = originOf(written, value, outer, places);
  const marked = (result: Value): Value => (isTrue(sensitive) ? asSecret(result) : result);
  if (isTrue(later)) {
    const resource = places.idOf(path);
    if (resource !== undefined) return marked(reference({ kind: 'resource', resource }, ['id'], origin));
    const name = `${planned.address}.${path.join('.')}`;
    return marked(unknown('deployment', `${name} is known after the plan is applied`, origin, name));
  }
  if (value === undefined || value.kind === 'null') return marked(absent(origin));
  switch (value.kind) {
    case 'object':
      return marked(objectOf(parts, written, origin, path, places, planned));
    case 'array':
      return marked(
        array(
          value.items.map((item, index) => {
            const inner: Parts = { value: item, unknown: itemOf(later, index), sensitive: itemOf(sensitive, index) };
            return plannedValue(inner, itemIn(written, index), origin, [...path, String(index)], places, planned);
          }),
          origin,
        ),
      );
    default:
      return marked(scalar(value.value, origin));
  }
}

function objectOf(
  { value, unknown: later, sensitive }: Parts,
  written: Written,
  origin: Origin,
  path: readonly string[],
  places: PlannedPlaces,
  planned: PlannedResource,
): ObjectValue {
  const members = new Map<string, Member>();
  for (const source of [value, later]) {
    for (const { key } of source?.kind === 'object' ? source.members : []) {
      const name = key.value;
      if (members.has(name)) continue;
      const inner: Parts = {
        value: memberOf(value, name),
        unknown: memberOf(later, name),
        sensitive: memberOf(sensitive, name),
      };
      members.set(name, () => {
        const at = memberIn(written, name);
        return 'kind' in at
          ? plannedValue(inner, at, origin, [...path, name], places, planned)
          : blocksOf(inner, at, origin, [...path, name], places, planned);
      });
    }
  }
  return object(members, origin);
}

/** Blocks of one type: the plan's items stand in the blocks of the same order. */
function blocksOf(
  { value, unknown: later, sensitive }: Parts,
  blocks: readonly Written[],
  origin: Origin,
  path: readonly string[],
  places: PlannedPlaces,
  planned: PlannedResource,
): Value {
  if (value?.kind !== 'array')
    return plannedValue({ value, unknown: later, sensitive }, nowhere, origin, path, places, planned);
  const items = value.items.map((item, index) => {
    const inner: Parts = { value: item, unknown: itemOf(later, index), sensitive: itemOf(sensitive, index) };
    const at = blocks.length === value.items.length ? (blocks[index] ?? nowhere) : nowhere;
    return plannedValue(inner, at, origin, [...path, String(index)], places, planned);
  });
  return array(items, origin);
}

/** Where the member of that name is written; a list for nested blocks. Blocks that a loop makes are written nowhere. */
function memberIn(written: Written, name: string): Written | readonly Written[] {
  if (written.kind === 'body') {
    const { body, place, declared } = written;
    const own = findAttribute(body, name);
    const attribute = declared === undefined ? own && { uri: place.uri, node: own } : argumentOf(declared, name);
    if (attribute !== undefined) return { kind: 'expression', expression: attribute.node.value, uri: attribute.uri };
    return findBlocks(body, name).map((block): Written => {
      const header = { uri: place.uri, start: block.start, end: block.typeEnd };
      return { kind: 'body', body: block.body, place: header };
    });
  }
  if (written.kind === 'expression' && written.expression.kind === 'object') {
    const item = written.expression.items.find((each) => each.name === name);
    if (item !== undefined) return { kind: 'expression', expression: item.value, uri: written.uri };
  }
  return nowhere;
}

function itemIn(written: Written, index: number): Written {
  if (written.kind !== 'expression' || written.expression.kind !== 'tuple') return nowhere;
  const expression = written.expression.elements[index];
  return expression === undefined ? nowhere : { kind: 'expression', expression, uri: written.uri };
}

function originOf(
  written: Written,
  value: JsonNode | undefined,
  outer: Origin,
  { uri, written: block }: PlannedPlaces,
): Origin {
  if (written.kind === 'expression') return sourceOrigin(written.uri, written.expression.start, written.expression.end);
  if (written.kind === 'body') return sourceOrigin(written.place.uri, written.place.start, written.place.end);
  // Without the configuration the plan itself is the text; with it, what no place is known of stands where it is made.
  if (block === undefined && value !== undefined && value.kind !== 'null')
    return sourceOrigin(uri, value.start, value.end);
  return outer;
}

function isTrue(node: JsonNode | undefined): boolean {
  return node?.kind === 'boolean' && node.value;
}

function itemOf(node: JsonNode | undefined, index: number): JsonNode | undefined {
  return node?.kind === 'array' ? node.items[index] : undefined;
}
