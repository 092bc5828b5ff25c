import type { LocalCall } from '../../text/local-call.ts';
import { resolveRelative } from '../../text/uri.ts';
import { constantText, findAttribute, type TerraformFile } from './syntax.ts';

/**
 * True for a file of a module that `terraform init` has brought: nobody edits it, so that what is wrong there is shown where the
 * module is called.
 */
export function isInstalled(uri: string): boolean {
  return uri.includes('/.terraform/');
}

/** The folders that a file calls as modules by a local path (`./…` or `../…`). `folder` is the one that the file lies in. */
export function moduleCalls(uri: string, folder: string, file: TerraformFile): readonly LocalCall[] {
  const calls: LocalCall[] = [];
  for (const item of file.body.items) {
    if (item.kind !== 'block' || item.type !== 'module') continue;
    const source = findAttribute(item.body, 'source')?.value;
    const path = source === undefined ? undefined : constantText(source);
    if (source === undefined || path === undefined || !/^\.\.?(\/|$)/.test(path)) continue;
    const target = resolveRelative(folder, path.endsWith('/') ? path : `${path}/`);
    if (target !== undefined) calls.push({ uri, start: source.start, end: source.end, target });
  }
  return calls;
}
