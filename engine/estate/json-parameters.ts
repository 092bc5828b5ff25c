import { findMemberIgnoringCase, type JsonDocument, type JsonNode } from '../text/json-syntax.ts';
import { jsonValue } from './json-values.ts';
import { object, text, through, unknown } from './make.ts';
import { isNothing, property } from './operations.ts';
import { type Origin, sourceOrigin } from './origin.ts';
import type { ObjectValue, Value } from './value.ts';

/** The value that a parameter file gives to a parameter; undefined when it gives none. */
export type GivenParameters = (name: string) => Value | undefined;

const none: GivenParameters = () => undefined;

/** The values of a `*.parameters.json` file, each with its place in it. */
export function jsonParameters(document: JsonDocument, uri: string): GivenParameters {
  const { root } = document;
  const parameters = root?.kind === 'object' ? findMemberIgnoringCase(root, 'parameters')?.value : undefined;
  if (parameters?.kind !== 'object') return none;
  return (name) => {
    const member = findMemberIgnoringCase(parameters, name.toLowerCase());
    const entry = member?.value;
    if (member === undefined || entry?.kind !== 'object') return undefined;
    const place = { uri, start: member.start, end: member.end };
    const reference = findMemberIgnoringCase(entry, 'reference');
    if (reference !== undefined) {
      const origin = sourceOrigin(uri, entry.start, entry.end);
      return unknown('deployment', `'${name}' comes from a key vault`, origin, undefined, true);
    }
    const value = findMemberIgnoringCase(entry, 'value')?.value;
    return value === undefined
      ? undefined
      : through(
          jsonValue(value, uri, (written, node) => withPlaceholders(written, node, uri)),
          'parameter-file',
          name,
          place,
        );
  };
}

/** `${NAME}` and `${NAME=default}`, which the Azure Developer CLI fills in. */
function withPlaceholders(written: string, node: JsonNode, uri: string): Value | undefined {
  if (!written.includes('${')) return undefined;
  const origin = sourceOrigin(uri, node.start, node.end);
  const pieces = written.split(/\$\{([A-Za-z_]\w*)(?:=[^}]*)?\}/);
  if (pieces.length === 1) return undefined;
  const parts = pieces.map((piece, index) =>
    index % 2 === 0
      ? piece
      : unknown('parameter', `the environment variable ${piece}`, origin, `environment variable ${piece}`),
  );
  const filled = parts.filter((part) => part !== '');
  const [only] = filled;
  return filled.length === 1 && typeof only === 'object' ? only : text(filled, origin);
}

/** The values of the parameters of a deployment, from an object whose members are `{ value }` or `{ reference }`. */
export function parameterValues(parameters: Value, origin: Origin): ObjectValue {
  if (isNothing(parameters)) return object(new Map(), origin);
  if (parameters.kind !== 'object') {
    const why =
      parameters.kind === 'unknown' ? parameters : unknown('unsupported', 'parameters that are not known', origin);
    return object(new Map(), origin, why);
  }
  const members = parameters.keys().map((key) => [key, () => parameterValue(parameters.get(key), key)] as const);
  return object(new Map(members), parameters.origin, parameters.open, parameters.secret);
}

function parameterValue(entry: Value, name: string): Value {
  if (entry.kind === 'object' && !isNothing(entry.get('reference')))
    return unknown('deployment', `'${name}' comes from a key vault`, entry.origin, undefined, true);
  return property(entry, 'value');
}
