import { isNothing, itemsOf } from '../../estate/operations.ts';
import type { PropertyPath } from '../../estate/path.ts';
import type { Text, Value } from '../../estate/value.ts';
import type { Data } from '../../functions/data.ts';
import { decodeBase64, decodeUtf8 } from '../../functions/encoding.ts';
import type { Check, CheckContext } from '../check.ts';
import { type Bound, read, wholeResource } from '../context.ts';
import { credentialIn, isSecretName, isSecretValue } from '../credentials.ts';
import type { Evidence } from '../evidence.ts';
import { segmentsOf } from '../paths.ts';
import { type Leaf, leavesAt } from './leaves.ts';

/**
 * Secrets in a place that others can read: scripts, settings, environment variables. Options, each a path or a list of
 * them, `[]` meaning each item:
 * `path`: texts, or whole objects and lists, in which no credential may be written out;
 * `handedIn`: the same, but a secret that is handed in (a secure parameter, `listKeys()`) is wrong there too;
 * `literal`: what is a secret whatever it looks like, so that any text written out is wrong.
 */
export const secretsInText: Check = (resource, context) => {
  const evidence: Evidence[] = [];
  const bound = wholeResource(resource);
  const search = (option: Data | undefined, find: (leaf: Leaf) => readonly Found[]): void => {
    for (const path of pathsIn(option)) {
      for (const leaf of leavesAt(bound, segmentsOf(path), (at, inner) => read(context, at, inner))) {
        for (const { value, path: at, detail } of find(leaf)) {
          evidence.push({
            value,
            path: at,
            resource,
            place: leaf.place,
            missing: undefined,
            standsFor: undefined,
            detail,
          });
        }
      }
    }
  };
  search(context.options.path, (leaf) => secretsIn(leaf, undefined, bound, context, false));
  search(context.options.handedIn, (leaf) => secretsIn(leaf, undefined, bound, context, true));
  search(context.options.literal, (leaf) =>
    leaf.value.kind === 'scalar' && !isNothing(leaf.value) && leaf.value.value !== ''
      ? [{ value: leaf.value, path: leaf.path, detail: undefined }]
      : [],
  );
  return evidence.length === 0 ? { verdict: 'pass' } : { verdict: 'fail', evidence };
};

interface Found {
  readonly value: Value;
  readonly path: PropertyPath;
  readonly detail: string | undefined;
}

/** The paths in an option: one, several or none. */
export function pathsIn(option: Data | undefined): readonly string[] {
  if (typeof option === 'string') return [option];
  return Array.isArray(option) ? option.filter((each) => typeof each === 'string') : [];
}

/** `name` is what the value is called where it stands: its key, or the name beside it. */
function secretsIn(
  leaf: Leaf,
  name: string | undefined,
  bound: Bound,
  context: CheckContext,
  handedIn: boolean,
): readonly Found[] {
  const value = context.assignment.resolve(leaf.value);
  const { path, place } = leaf;
  switch (value.kind) {
    case 'object': {
      const called = nameBeside(value.get('name'), context);
      return value.keys().flatMap((key) => {
        const inner: Leaf = { value: value.get(key), path: [...path, { kind: 'key', key }], place };
        const innerName = called !== undefined && key.toLowerCase() === 'value' ? called : key;
        return secretsIn(inner, innerName, bound, context, handedIn);
      });
    }
    case 'array':
      return itemsOf(value).flatMap((item, index) =>
        secretsIn({ value: item, path: [...path, { kind: 'index', index }], place }, name, bound, context, handedIn),
      );
    case 'scalar': {
      const kind = typeof value.value === 'string' ? credentialOf(value.value, name) : undefined;
      if (kind !== undefined) return [{ value, path, detail: `There is ${kind} in it.` }];
      // A known text is no secret for having passed through a sensitive variable.
      return [];
    }
    case 'text': {
      const kind = credentialIn(knownParts(value));
      if (kind !== undefined) return [{ value, path, detail: `There is ${kind} in it.` }];
      return handedIn && value.parts.some((part) => typeof part !== 'string' && part.secret)
        ? [handed(value, path)]
        : [];
    }
    case 'reference':
    case 'unknown':
      return handedIn && value.secret ? [handed(value, path)] : [];
    case 'absent':
    case 'choice':
      return [];
  }
}

function handed(value: Value, path: PropertyPath): Found {
  return { value, path, detail: 'A secret is handed to it.' };
}

function nameBeside(value: Value, context: CheckContext): string | undefined {
  const name = context.assignment.resolve(value);
  return name.kind === 'scalar' && typeof name.value === 'string' ? name.value : undefined;
}

function credentialOf(text: string, name: string | undefined): string | undefined {
  if (name !== undefined && isSecretName(name) && isSecretValue(text)) return 'a secret';
  return credentialIn(text) ?? credentialIn(decoded(text) ?? '');
}

/** What a text of base64 says; undefined when it is none. */
function decoded(text: string): string | undefined {
  if (text.length < 16 || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(text)) return undefined;
  try {
    return decodeUtf8(decodeBase64(text));
  } catch {
    return undefined;
  }
}

/** The text with a variable in place of each part that is not known, so that it is taken for what it is. */
function knownParts(value: Text): string {
  return value.parts.map((part) => (typeof part === 'string' ? part : '$' + '{}')).join('');
}
