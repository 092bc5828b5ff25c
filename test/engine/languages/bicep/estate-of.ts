import { defaultBudget, type ResolveContext } from '../../../../engine/estate/context.ts';
import type { Estate } from '../../../../engine/estate/estate.ts';
import type { Resource } from '../../../../engine/estate/resource.ts';
import type { FileState } from '../../../../engine/estate/snapshot.ts';
import type { Value } from '../../../../engine/estate/value.ts';
import { BicepFiles } from '../../../../engine/languages/bicep/files.ts';
import { resolveBicep } from '../../../../engine/languages/bicep/resolve.ts';

export const folder = 'file:///w/';

/** The context of a workspace of these files; keys are names below `folder`, or whole URIs. */
export function contextOf(files: Readonly<Record<string, string>>, more: Partial<ResolveContext> = {}): ResolveContext {
  const texts = new Map(
    Object.entries(files).map(([name, text]) => [name.includes('://') ? name : folder + name, text]),
  );
  const file = (uri: string): FileState => {
    const text = texts.get(uri);
    return text === undefined ? { kind: 'absent' } : { kind: 'text', text };
  };
  return {
    snapshot: { file, list: () => ({ kind: 'absent' }) },
    budget: defaultBudget,
    foreign: () => undefined,
    depend: () => undefined,
    ...more,
  };
}

/** The estate of `main.bicep`, with the parameter file if one is named. */
export function estateOf(
  files: string | Readonly<Record<string, string>>,
  parameterFile?: string,
  more: Partial<ResolveContext> = {},
): Estate {
  const all = typeof files === 'string' ? { 'main.bicep': files } : files;
  const parameterFiles = parameterFile === undefined ? [] : [folder + parameterFile];
  const root = { language: 'bicep' as const, uri: `${folder}main.bicep`, parameterFiles };
  return resolveBicep(root, contextOf(all, more), new BicepFiles());
}

export function resourceAt(estate: Estate, address: string, instance = ''): Resource {
  const found = estate.resources.find((each) => each.address === address && each.instance === instance);
  if (found === undefined)
    throw new Error(`no ${address}${instance} among ${estate.resources.map((each) => each.address)}`);
  return found;
}

export function outputOf(estate: Estate, name = 'o'): Value {
  const found = estate.outputs.find((each) => each.address === name);
  if (found === undefined) throw new Error(`no output ${name}`);
  return found.value;
}

/**
 * A value on one line: `?reason` is unknown, `∅` absent, `a | b` a choice, `…` at the end of what is open, `->` a reference,
 * `!` in front of a secret.
 */
export function show(value: Value): string {
  const written = showPlain(value);
  return value.secret ? `!${written}` : written;
}

function showPlain(value: Value): string {
  switch (value.kind) {
    case 'absent':
      return '∅';
    case 'scalar':
      return typeof value.value === 'string' ? `'${value.value}'` : String(value.value);
    case 'text':
      return `"${value.parts.map((part) => (typeof part === 'string' ? part : `\${${show(part)}}`)).join('')}"`;
    case 'object': {
      const members = value.keys().map((key) => `${key}: ${show(value.get(key))}`);
      if (value.open !== undefined) members.push('…');
      return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
    }
    case 'array': {
      const items = value.items.map(show);
      if (value.open !== undefined) items.push('…');
      return `[${items.join(', ')}]`;
    }
    case 'choice':
      return `(${value.options.map(show).join(' | ')})`;
    case 'reference': {
      const { target, path } = value;
      const name =
        target.kind === 'resource'
          ? target.resource.address + target.resource.instance
          : `${target.id.type}(${target.id.names.map(show).join(', ')})`;
      return `->${[name, ...path].join('.')}`;
    }
    case 'unknown':
      return `?${value.reason}`;
  }
}
