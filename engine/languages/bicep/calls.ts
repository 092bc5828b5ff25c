import type { LocalCall } from '../../text/local-call.ts';
import { folderOf, resolveRelative } from '../../text/uri.ts';
import type { BicepFile, StringExpression } from './syntax.ts';

/** The local files that a Bicep file deploys as modules. Registry and template-spec references are left out. */
export function moduleCalls(uri: string, file: BicepFile): readonly LocalCall[] {
  const calls: LocalCall[] = [];
  for (const statement of file.statements) {
    if (statement.kind !== 'module' && statement.kind !== 'test') continue;
    if (statement.reference.kind === 'string') addCall(calls, uri, statement.reference);
  }
  return calls;
}

/** The template that a `.bicepparam` file gives values for; undefined for `using none` and for registry references. */
export function usedTemplate(uri: string, file: BicepFile): LocalCall | undefined {
  const calls: LocalCall[] = [];
  for (const statement of file.statements) {
    if (statement.kind === 'using' && statement.reference.kind === 'string') addCall(calls, uri, statement.reference);
  }
  return calls[0];
}

function addCall(calls: LocalCall[], uri: string, reference: StringExpression): void {
  const path = localPath(reference);
  const target = path === undefined ? undefined : resolveRelative(folderOf(uri), path);
  if (target !== undefined) calls.push({ uri, start: reference.start, end: reference.end, target });
}

/** The path of a reference to a file beside this one; undefined for `br:`, `ts:` and texts with holes. */
function localPath(reference: StringExpression): string | undefined {
  const [path] = reference.segments;
  if (path === undefined || reference.holes.length > 0 || path === '') return undefined;
  return /^(br|ts)[:/]/.test(path) ? undefined : path;
}
