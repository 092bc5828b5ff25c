import type { FileReader } from '../../estate/loaded.ts';
import { findMemberIgnoringCase, type JsonNode, type JsonObject } from '../../text/json-syntax.ts';
import { folderOf } from '../../text/uri.ts';
import type { BicepFiles } from './files.ts';
import type { ModuleFacts } from './symbols.ts';

/** Where the text of a module is looked for. */
export type ModuleLocation =
  | { readonly kind: 'file'; readonly uri: string }
  /** `message` says, as a sentence, why the reference leads nowhere. */
  | { readonly kind: 'unresolved'; readonly message: string; readonly restorable: boolean };

const unreadable = (message: string): ModuleLocation => ({ kind: 'unresolved', message, restorable: false });

/**
 * The file that a module reference names: beside the calling file, or in Bicep's cache of restored modules. The layout of
 * the cache is that of Bicep's own `OciArtifactReference` and `TemplateSpecModuleReference`.
 */
export function locateModule(
  { reference = '', localUri }: Pick<ModuleFacts, 'reference' | 'localUri'>,
  from: string,
  cache: string | undefined,
  files: BicepFiles,
  reader: FileReader,
): ModuleLocation {
  if (localUri !== undefined) return { kind: 'file', uri: localUri };
  const scheme = /^(br|ts)([:/])(.*)$/.exec(reference);
  if (scheme === null) return unreadable(`'${reference}' is no path to a file below the root.`);
  const [, kind, separator, rest] = scheme;
  if (kind === undefined || rest === undefined) return unreadable(`'${reference}' cannot be read.`);
  const full = separator === ':' ? rest : withAlias(kind, rest, from, files, reader);
  if (full === undefined) return unreadable(`The alias of '${reference}' is not in bicepconfig.json.`);
  const path = kind === 'br' ? registryPath(full) : templateSpecPath(full);
  if (path === undefined) return unreadable(`'${reference}' is no complete module reference.`);
  if (cache === undefined)
    return { kind: 'unresolved', message: `The module '${reference}' is not on this machine.`, restorable: true };
  return { kind: 'file', uri: `${cache}${kind}/${path}` };
}

/** `registry/path:tag` or `registry/path@digest` as a path below `br/`. */
function registryPath(reference: string): string | undefined {
  const parts = /^([^/]+)\/(.+?)(?::([^:@/]+)|@(sha256:[0-9a-f]+))$/.exec(reference);
  const [, registry, repository, tag, digest] = parts ?? [];
  if (registry === undefined || repository === undefined) return undefined;
  const version = tag === undefined ? digest?.replace(':', '#') : `${tag.toLowerCase()}$${upperCaseMask(tag)}`;
  if (version === undefined) return undefined;
  const folder = `${registry.replace(':', '$').toLowerCase()}/${repository.replaceAll('/', '$')}/${version}`;
  return `${folder.split('/').map(encodeURIComponent).join('/')}/main.json`;
}

/** Which letters of a tag are upper case, as the bits of a hexadecimal number; empty when none is. */
function upperCaseMask(tag: string): string {
  let mask = 0n;
  for (const [index, character] of [...tag].entries()) {
    if (character !== character.toLowerCase()) mask |= 1n << BigInt(index);
  }
  return mask === 0n ? '' : mask.toString(16);
}

/** `subscription/group/name:version` as a path below `ts/`. */
function templateSpecPath(reference: string): string | undefined {
  const parts = /^([^/]+)\/([^/]+)\/([^/:]+):([^/:]+)$/.exec(reference);
  if (parts === null) return undefined;
  return `${parts
    .slice(1)
    .map((part) => encodeURIComponent(part.toLowerCase()))
    .join('/')}/main.json`;
}

/** The reference without its alias: `public:path:tag` becomes `mcr.microsoft.com/bicep/path:tag`. */
function withAlias(
  kind: string,
  rest: string,
  from: string,
  files: BicepFiles,
  reader: FileReader,
): string | undefined {
  const colon = rest.indexOf(':');
  if (colon < 0) return undefined;
  const alias = rest.slice(0, colon);
  const path = rest.slice(colon + 1);
  if (kind === 'br' && alias === 'public') return `mcr.microsoft.com/bicep/${path}`;
  const aliases = member(member(nearestConfiguration(from, files, reader), 'modulealiases'), kind);
  const found = member(aliases, alias.toLowerCase());
  const text = (name: string): string | undefined => {
    const value = member(found, name);
    return value?.kind === 'string' ? value.value : undefined;
  };
  if (kind === 'br') {
    const registry = text('registry');
    const folder = text('modulepath');
    return registry === undefined ? undefined : [registry, ...(folder === undefined ? [] : [folder]), path].join('/');
  }
  const subscription = text('subscription');
  const group = text('resourcegroup');
  return subscription === undefined || group === undefined ? undefined : `${subscription}/${group}/${path}`;
}

function member(node: JsonNode | undefined, name: string): JsonNode | undefined {
  return node?.kind === 'object' ? findMemberIgnoringCase(node, name)?.value : undefined;
}

/** The nearest `bicepconfig.json` in the folders above a file. */
function nearestConfiguration(from: string, files: BicepFiles, reader: FileReader): JsonObject | undefined {
  for (let folder = folderOf(from); folder.length > 0; ) {
    const loaded = files.json(`${folder}bicepconfig.json`, reader);
    if (loaded.kind === 'loaded') return loaded.content.root?.kind === 'object' ? loaded.content.root : undefined;
    const above = folderOf(folder.slice(0, -1));
    if (above === folder || above.endsWith('://') || above === '') return undefined;
    folder = above;
  }
  return undefined;
}
