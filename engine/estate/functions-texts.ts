import { distribute } from './condition.ts';
import { type CallSite, callKnown, undecided, type ValueFunction } from './function-calls.ts';
import { idSegments, isId } from './ids.ts';
import { array, scalar } from './make.ts';
import { itemsOf } from './operations.ts';
import { asDotNetWrites, interpolated } from './texts.ts';
import type { Value } from './value.ts';

/** Functions that give a text of which a part may be unknown. By name in lower case. */
export const textFunctions: ReadonlyMap<string, ValueFunction> = new Map<string, ValueFunction>([
  ['format', format],
  ['string', ([value]) => (value?.kind === 'text' || isText(value) ? value : undefined)],
  ['join', join],
  ['split', split],
  ['tolower', ([value], site) => inCase(value, site, (text) => text.toLowerCase())],
  ['toupper', ([value], site) => inCase(value, site, (text) => text.toUpperCase())],
]);

function isText(value: Value | undefined): boolean {
  return value?.kind === 'scalar' && typeof value.value === 'string';
}

/** `format('{0}-{1}', a, b)` where every placeholder is plain and some argument is not known. */
function format(args: readonly Value[], site: CallSite): Value | undefined {
  const [pattern, ...values] = args;
  if (pattern?.kind !== 'scalar' || typeof pattern.value !== 'string') return undefined;
  // What is known is formatted as .NET does it.
  if (values.every((value) => value.kind === 'scalar')) return undefined;
  const pieces = piecesOf(pattern.value);
  if (pieces === undefined) return undefined;
  const parts: (string | Value)[] = [];
  for (const piece of pieces) {
    const part = typeof piece === 'string' ? piece : values[piece];
    if (part === undefined) return undefined;
    if (typeof part !== 'string' && (part.kind === 'array' || part.kind === 'object')) return undefined;
    parts.push(typeof part === 'string' ? part : asDotNetWrites(part));
  }
  return interpolated(parts, site.origin);
}

/**
 * The literal texts of a pattern, doubled braces undone, and the numbers of its placeholders. Undefined where a placeholder
 * says how to format, or the pattern is broken.
 */
function piecesOf(pattern: string): readonly (string | number)[] | undefined {
  const pieces: (string | number)[] = [];
  const next = /\{(\d+)\}|\{\{|\}\}|[^{}]+/y;
  while (next.lastIndex < pattern.length) {
    const [written, index] = next.exec(pattern) ?? [];
    if (written === undefined) return undefined;
    if (index !== undefined) pieces.push(Number(index));
    else pieces.push(written === '{{' ? '{' : written === '}}' ? '}' : written);
  }
  return pieces;
}

function join(args: readonly Value[], site: CallSite): Value | undefined {
  const [list, separator] = args;
  if (list?.kind !== 'array' || list.open !== undefined || separator?.kind !== 'scalar') return undefined;
  const parts: (string | Value)[] = [];
  for (const item of itemsOf(list)) {
    if (item.kind === 'array' || item.kind === 'object') return undefined;
    if (parts.length > 0) parts.push(String(separator.value));
    parts.push(item);
  }
  return interpolated(parts, site.origin);
}

/** The known parts in another case. */
function inCase(value: Value | undefined, site: CallSite, change: (text: string) => string): Value | undefined {
  if (value?.kind === 'scalar' && typeof value.value === 'string')
    return scalar(change(value.value), value.origin, value.secret);
  if (value?.kind !== 'text') return undefined;
  return {
    ...value,
    parts: value.parts.map((part) => (typeof part === 'string' ? change(part) : undecided([part], site))),
  };
}

/** The segments of an id; other texts have to be known. */
function split(args: readonly Value[], site: CallSite): Value | undefined {
  const [value, separator] = args;
  if (separator?.kind !== 'scalar' || separator.value !== '/') return undefined;
  if (value?.kind === 'choice' && value.options.some(isId))
    return distribute(args, site.origin, (chosen) => split(chosen, site) ?? callKnown('split', chosen, site));
  const segments = isId(value) ? idSegments(value, site.origin) : undefined;
  return segments === undefined ? undefined : array(segments, site.origin, undefined, value?.secret);
}
