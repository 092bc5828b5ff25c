/**
 * A path into an Azure resource, as rules, lens and facts write it: `properties.networkAcls.defaultAction`,
 * `properties.securityRules[].properties.access` (`[]` is each item), `properties.rules[2].name` (a certain item, 0-based),
 * `properties.customProperties['Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Ciphers']` (a key with dots).
 */
export type PathSegment =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'each' }
  | { readonly kind: 'index'; readonly index: number };

export type PropertyPath = readonly PathSegment[];

/** Parses a path. Throws an Error with a message for the rule's author when it is malformed. */
export function parsePath(written: string): PropertyPath {
  const segments: PathSegment[] = [];
  let offset = 0;
  while (offset < written.length) {
    if (written[offset] === '[') {
      const close = written[offset + 1] === "'" ? written.indexOf("']", offset) + 1 : written.indexOf(']', offset);
      if (close <= 0) throw new Error(`The path '${written}' has a '[' without its ']'.`);
      segments.push(bracketSegment(written.slice(offset + 1, close), written));
      offset = close + 1;
      continue;
    }
    if (written[offset] === '.') offset++;
    const end = endOfKey(written, offset);
    if (end === offset) throw new Error(`The path '${written}' has an empty part at character ${offset + 1}.`);
    segments.push({ kind: 'key', key: written.slice(offset, end) });
    offset = end;
  }
  if (segments.length === 0) throw new Error('A path must not be empty.');
  return segments;
}

function bracketSegment(inner: string, written: string): PathSegment {
  if (inner === '') return { kind: 'each' };
  if (inner.startsWith("'") && inner.endsWith("'") && inner.length > 2) return { kind: 'key', key: inner.slice(1, -1) };
  if (/^\d+$/.test(inner)) return { kind: 'index', index: Number(inner) };
  throw new Error(`The path '${written}' has '[${inner}]'; write '[]', '[0]' or ['key'].`);
}

function endOfKey(written: string, from: number): number {
  let end = from;
  while (end < written.length && written[end] !== '.' && written[end] !== '[') end++;
  return end;
}

/** Writes a path back in the form that `parsePath` reads. */
export function printPath(path: PropertyPath): string {
  let written = '';
  for (const segment of path) {
    if (segment.kind === 'each') written += '[]';
    else if (segment.kind === 'index') written += `[${segment.index}]`;
    else if (/[.[\]']/.test(segment.key)) written += `['${segment.key}']`;
    else written += written === '' ? segment.key : `.${segment.key}`;
  }
  return written;
}
