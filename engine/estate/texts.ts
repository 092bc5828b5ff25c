import { maximumResultSize } from '../functions/data.ts';
import { identityOf } from './condition.ts';
import { choice, reference, scalar, text, unknown } from './make.ts';
import { interpolate } from './operations.ts';
import type { Origin } from './origin.ts';
import type { Value } from './value.ts';

const maximumTextParts = 2_000;

/** A text with holes. An id that is put together this way is a reference, as far as its type is written out. */
export function interpolated(parts: readonly (string | Value)[], origin: Origin): Value {
  if (isTooLong(parts)) return unknown('budget', 'a text that is too long', origin);
  const value = interpolate(parts, origin);
  // Too many alternatives leave the parts that are no choice as they are.
  if (value.kind === 'unknown' && value.reason === 'budget') return asReference(text(parts, origin));
  return asReference(value);
}

/** A value within a text of Bicep or ARM, where `true` is written `True`. */
export function asDotNetWrites(value: Value): Value {
  if (value.kind === 'choice') return { ...value, options: value.options.map(asDotNetWrites) };
  if (value.kind !== 'scalar' || typeof value.value !== 'boolean') return value;
  return scalar(value.value ? 'True' : 'False', value.origin, value.secret);
}

function isTooLong(parts: readonly (string | Value)[]): boolean {
  let length = 0;
  let count = 0;
  for (const part of parts) {
    if (typeof part === 'string') length += part.length;
    else if (part.kind === 'scalar' && typeof part.value === 'string') length += part.value.length;
    else if (part.kind === 'text') {
      count += part.parts.length;
      for (const inner of part.parts) length += typeof inner === 'string' ? inner.length : 0;
    }
  }
  return length > maximumResultSize || count > maximumTextParts;
}

function asReference(value: Value): Value {
  if (value.kind === 'choice') return { ...value, options: value.options.map(asReference) };
  if (value.kind !== 'text' || value.secret) return value;
  return fromKnownResource(value.parts, value.origin) ?? fromProviders(value.parts, value.origin) ?? value;
}

/** `'${network.id}/subnets/${name}'` */
function fromKnownResource(parts: readonly (string | Value)[], origin: Origin): Value | undefined {
  const [first, ...rest] = parts;
  if (first === undefined || typeof first === 'string' || first.kind !== 'reference') return undefined;
  if (first.path.length !== 1 || first.path[0] !== 'id') return undefined;
  const owner = first.target.kind === 'id' ? first.target.id : first.target.resource;
  const [gap, ...segments] = segmentsOf(rest, origin);
  if (gap?.kind !== 'scalar' || gap.value !== '' || literalSegment(segments[0])?.toLowerCase() === 'providers')
    return undefined;
  const tail = typesAndNames(segments);
  if (tail === undefined) return undefined;
  const place = first.target.kind === 'id' ? first.target.id : { subscription: undefined, resourceGroup: undefined };
  return reference(
    {
      kind: 'id',
      id: {
        type: `${owner.type}/${tail.type}`,
        names: [...owner.names, ...tail.names],
        subscription: place.subscription,
        resourceGroup: place.resourceGroup,
      },
    },
    ['id'],
    origin,
  );
}

/** `'/subscriptions/${s}/resourceGroups/${g}/providers/Namespace/type/${name}'`, also after a scope that is not known. */
function fromProviders(parts: readonly (string | Value)[], origin: Origin): Value | undefined {
  const [first] = parts;
  if (typeof first === 'string' && !first.startsWith('/')) return undefined;
  const segments = segmentsOf(parts, origin);
  const names = segments.map((segment) => literalSegment(segment)?.toLowerCase());
  const provider = names.lastIndexOf('providers');
  const namespace = literalSegment(segments[provider + 1]);
  if (provider < 0 || namespace === undefined || !namespace.includes('.')) return undefined;
  const tail = typesAndNames(segments.slice(provider + 2));
  if (tail === undefined) return undefined;
  const after = (name: string): Value | undefined => {
    const found = names.indexOf(name);
    return found < 0 ? undefined : segments[found + 1];
  };
  const id = {
    type: `${namespace}/${tail.type}`,
    names: tail.names,
    subscription: after('subscriptions'),
    resourceGroup: after('resourcegroups'),
  };
  return reference({ kind: 'id', id }, ['id'], origin);
}

function typesAndNames(segments: readonly Value[]): { type: string; names: readonly Value[] } | undefined {
  if (segments.length === 0 || segments.length % 2 !== 0) return undefined;
  const types: string[] = [];
  const names: Value[] = [];
  for (let index = 0; index + 1 < segments.length; index += 2) {
    const type = literalSegment(segments[index]);
    const name = segments[index + 1];
    if (type === undefined || type === '' || name === undefined) return undefined;
    types.push(type);
    names.push(name);
  }
  return { type: types.join('/'), names };
}

function literalSegment(segment: Value | undefined): string | undefined {
  return segment?.kind === 'scalar' && typeof segment.value === 'string' ? segment.value : undefined;
}

/** The pieces of a text between its slashes. What is not known counts as having none. */
function segmentsOf(parts: readonly (string | Value)[], origin: Origin): readonly Value[] {
  const segments: Value[] = [];
  let current: (string | Value)[] = [];
  const finish = (): void => {
    const [only] = current;
    segments.push(current.length === 1 && typeof only === 'object' ? only : text(current, origin));
    current = [];
  };
  for (const part of parts) {
    if (typeof part !== 'string') {
      current.push(part);
      continue;
    }
    const pieces = part.split('/');
    pieces.forEach((piece, index) => {
      if (index > 0) finish();
      if (piece !== '') current.push(piece);
    });
  }
  finish();
  return segments;
}

/** The value that all of them are, whatever it is. */
function onlyOne(values: readonly Value[]): Value | undefined {
  const [first] = values;
  const identity = first === undefined ? undefined : identityOf(first);
  return identity !== undefined && values.every((value) => identityOf(value) === identity) ? first : undefined;
}

/** The name of a resource as one value per segment of its type, e.g. of `'${server}/default'` for two. */
export function nameSegments(name: Value, count: number): readonly Value[] {
  if (count <= 1) return [name];
  if (name.kind === 'choice') {
    const options = name.options.map((option) => nameSegments(option, count));
    return Array.from({ length: count }, (_, index) => {
      const ofEach = options.map((segments) => segments[index] ?? name);
      return onlyOne(ofEach) ?? choice(name.condition, ofEach, name.origin);
    });
  }
  const parts =
    name.kind === 'text' ? name.parts : name.kind === 'scalar' && typeof name.value === 'string' ? [name.value] : [];
  const segments = segmentsOf(parts, name.origin);
  if (segments.length === count) {
    return segments.map((segment) => (segment.kind === 'scalar' ? scalar(segment.value, name.origin) : segment));
  }
  const identity = identityOf(name);
  return Array.from({ length: count }, (_, index) =>
    unknown(
      name.kind === 'unknown' ? name.reason : 'unsupported',
      name.kind === 'unknown' ? name.detail : 'a name whose segments cannot be told apart',
      name.origin,
      identity === undefined ? undefined : `${identity}/${index}`,
    ),
  );
}
