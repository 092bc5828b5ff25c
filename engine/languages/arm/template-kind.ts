import { parseJson } from '../../text/json.ts';
import { findMember, findMemberIgnoringCase, type JsonNode, type JsonObject } from '../../text/json-syntax.ts';

export type TemplateScope = 'resourceGroup' | 'subscription' | 'managementGroup' | 'tenant';

/**
 * What a JSON text is to us. 'other' are, among the rest, createUiDefinition, policy definitions, workbooks and portal
 * dashboards: they may hold templates further in, but are none.
 */
export type TemplateKind =
  | { readonly kind: 'template'; readonly scope: TemplateScope }
  | { readonly kind: 'parameters' }
  | { readonly kind: 'other' };

const other: TemplateKind = { kind: 'other' };
const parameters: TemplateKind = { kind: 'parameters' };

/** How far `$schema` is looked for before the whole text is parsed, in UTF-16 units. */
const headLength = 4096;

/**
 * Decides by the `$schema` of the root object, which nearly always stands in the first lines, so that the many JSON
 * files of a repository that are no templates cost next to nothing. Without it, by `contentVersion` and `resources`.
 */
export function templateKindOf(text: string): TemplateKind {
  const head = readHead(text);
  if (head.kind === 'schema') return kindOfSchema(head.value);
  if (head.kind === 'not-an-object') return other;
  // Everything that follows needs one of these two names.
  const later = head.kind === 'unread' && text.indexOf('"$schema"') >= 0;
  if (!later && text.indexOf('ontentVersion"') < 0) return other;
  const root = parseJson(text).root;
  return root?.kind === 'object' ? kindOfRoot(root) : other;
}

/** As `templateKindOf`, for a text that is parsed already. */
export function kindOfRoot(root: JsonObject): TemplateKind {
  const schema = findMember(root, '$schema')?.value;
  if (schema?.kind === 'string') return kindOfSchema(schema.value);
  if (findMemberIgnoringCase(root, 'contentversion') === undefined) return other;
  const resources = findMemberIgnoringCase(root, 'resources')?.value;
  if (resources?.kind === 'array' || resources?.kind === 'object') return { kind: 'template', scope: 'resourceGroup' };
  return holdsParameterValues(findMemberIgnoringCase(root, 'parameters')?.value) ? parameters : other;
}

/**
 * The name of the program that wrote a template, from its `metadata._generator`; undefined for what a person wrote.
 * Compilers write it near the top, so that the rest of the text is not parsed.
 */
export function generatorOf(text: string): string | undefined {
  const found = text.indexOf('"_generator"');
  if (found < 0) return undefined;
  const close = text.indexOf('}', found);
  const fromHead = found < headLength && close > 0 ? generatorIn(text.slice(0, close + 1)) : undefined;
  return fromHead ?? generatorIn(text);
}

function generatorIn(text: string): string | undefined {
  const { root } = parseJson(text);
  const metadata = root?.kind === 'object' ? findMemberIgnoringCase(root, 'metadata')?.value : undefined;
  const generator = metadata?.kind === 'object' ? findMember(metadata, '_generator')?.value : undefined;
  const name = generator?.kind === 'object' ? findMember(generator, 'name')?.value : undefined;
  return name?.kind === 'string' ? name.value : undefined;
}

function kindOfSchema(schema: string): TemplateKind {
  const path = schema.split(/[?#]/, 1)[0] ?? '';
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (name.endsWith('deploymentparameters.json')) return parameters;
  switch (name) {
    case 'deploymenttemplate.json':
      return { kind: 'template', scope: 'resourceGroup' };
    case 'subscriptiondeploymenttemplate.json':
      return { kind: 'template', scope: 'subscription' };
    case 'managementgroupdeploymenttemplate.json':
      return { kind: 'template', scope: 'managementGroup' };
    case 'tenantdeploymenttemplate.json':
      return { kind: 'template', scope: 'tenant' };
    default:
      return other;
  }
}

/** True for a non-empty object of `{ value }` and `{ reference }` members, as only parameter files have it. */
function holdsParameterValues(node: JsonNode | undefined): boolean {
  if (node?.kind !== 'object' || node.members.length === 0) return false;
  return node.members.every((member) => {
    if (member.value?.kind !== 'object') return false;
    return (
      findMemberIgnoringCase(member.value, 'value') !== undefined ||
      findMemberIgnoringCase(member.value, 'reference') !== undefined
    );
  });
}

type Head =
  | { readonly kind: 'schema'; readonly value: string }
  | { readonly kind: 'no-schema' }
  | { readonly kind: 'not-an-object' }
  | { readonly kind: 'unread' };

/**
 * Walks over the first units of the text counting braces, so that a `$schema` further in (a template within a policy or
 * a deployment) is not taken for the root's. 'unread' when the head ends first or is not plain JSON.
 */
function readHead(text: string): Head {
  if (text.lastIndexOf('"$schema"', headLength) < 0 && text.length > headLength) return firstIsBrace(text);
  const end = Math.min(text.length, headLength);
  let depth = 0;
  let offset = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let seenBrace = false;
  while (offset < end) {
    const code = text.charCodeAt(offset);
    if (code <= 0x20) {
      offset++;
      continue;
    }
    if (code === 0x2f) {
      offset = afterComment(text, offset);
      continue;
    }
    if (!seenBrace && code !== 0x7b) return { kind: 'not-an-object' };
    seenBrace = true;
    if (code === 0x7b || code === 0x5b) depth++;
    else if (code === 0x7d || code === 0x5d) {
      depth--;
      if (depth === 0) return { kind: 'no-schema' };
    } else if (code === 0x22) {
      const close = closingQuote(text, offset + 1);
      if (close < 0) return { kind: 'unread' };
      if (depth === 1 && text.startsWith('"$schema"', offset)) {
        const value = /^\s*:\s*"([^"\\\r\n]*)"/.exec(text.slice(close + 1, close + 1000))?.[1];
        return value === undefined ? { kind: 'unread' } : { kind: 'schema', value };
      }
      offset = close;
    }
    offset++;
  }
  return { kind: 'unread' };
}

function firstIsBrace(text: string): Head {
  let offset = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (offset < headLength && text.charCodeAt(offset) <= 0x20) offset++;
  const code = text.charCodeAt(offset);
  return code === 0x7b || code === 0x2f || offset >= headLength ? { kind: 'unread' } : { kind: 'not-an-object' };
}

/** Offset of the quote that ends the string whose content starts at `from`, -1 when its line ends first. */
function closingQuote(text: string, from: number): number {
  for (let offset = from; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === 0x22) return offset;
    if (code === 0x0a || code === 0x0d) return -1;
    if (code === 0x5c) offset++;
  }
  return -1;
}

function afterComment(text: string, start: number): number {
  const lines = text.charCodeAt(start + 1) === 0x2f;
  if (!lines && text.charCodeAt(start + 1) !== 0x2a) return start + 1;
  const close = text.indexOf(lines ? '\n' : '*/', start + 2);
  if (close < 0) return text.length;
  return close + (lines ? 1 : 2);
}
