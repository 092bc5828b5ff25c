import { findMemberIgnoringCase, type JsonNode } from '../../text/json-syntax.ts';
import type { LocalCall } from '../../text/local-call.ts';
import { folderOf, resolveRelative } from '../../text/uri.ts';
import type { ArmSource } from './files.ts';

/** The templates beside this one that it deploys by `templateLink.relativePath`. */
export function linkedTemplates(uri: string, source: Pick<ArmSource, 'text' | 'document'>): readonly LocalCall[] {
  if (!/"relativePath"/i.test(source.text)) return [];
  const calls: LocalCall[] = [];
  const { root } = source.document;
  if (root !== undefined) collect(root, uri, calls);
  return calls;
}

function collect(node: JsonNode, uri: string, calls: LocalCall[]): void {
  if (node.kind === 'array') {
    for (const item of node.items) collect(item, uri, calls);
  }
  if (node.kind !== 'object') return;
  const link = findMemberIgnoringCase(node, 'templatelink')?.value;
  const path = link?.kind === 'object' ? findMemberIgnoringCase(link, 'relativepath')?.value : undefined;
  if (path?.kind === 'string') {
    const target = resolveRelative(folderOf(uri), path.value);
    if (target !== undefined) calls.push({ uri, start: path.start, end: path.end, target });
  }
  for (const member of node.members) {
    if (member.value !== undefined) collect(member.value, uri, calls);
  }
}
