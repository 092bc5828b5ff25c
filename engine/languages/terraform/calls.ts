import type { LocalCall } from '../../text/local-call.ts';
import { resolveRelative } from '../../text/uri.ts';
import { type Block, constantText, type Expression, findAttribute, type TerraformFile } from './syntax.ts';
import { renderedPath, templatePath } from './template-paths.ts';

/**
 * True for a file of a module that `terraform init` has brought: nobody edits it, so that what is wrong there is shown where the
 * module is called.
 */
export function isInstalled(uri: string): boolean {
  return uri.includes('/.terraform/');
}

/**
 * What a file calls by a local path: folders as modules (`./…` or `../…`), and ARM templates that it deploys from a file.
 * `folder` is the one that the file lies in.
 */
export function moduleCalls(uri: string, folder: string, file: TerraformFile): readonly LocalCall[] {
  const calls: LocalCall[] = [];
  for (const item of file.body.items) {
    if (item.kind !== 'block') continue;
    if (item.type === 'resource') calls.push(...templateCalls(uri, folder, item));
    if (item.type !== 'module') continue;
    const source = findAttribute(item.body, 'source')?.value;
    const path = source === undefined ? undefined : constantText(source);
    if (source === undefined || path === undefined || !/^\.\.?(\/|$)/.test(path)) continue;
    const target = resolveRelative(folder, path.endsWith('/') ? path : `${path}/`);
    if (target !== undefined) calls.push({ uri, start: source.start, end: source.end, target });
  }
  return calls;
}

function templateCalls(uri: string, folder: string, node: Block): readonly LocalCall[] {
  const type = node.labels[0]?.text ?? '';
  const declared = { uri, node, overrides: [] };
  const found = templatePath(type, declared) ?? renderedPath(type, declared);
  const path = found === undefined ? undefined : pathInModule(found.path);
  const target = path === undefined ? undefined : resolveRelative(folder, path);
  return found === undefined || target === undefined
    ? []
    : [{ uri, start: found.path.start, end: found.path.end, target }];
}

/** The path that is written as plain text, with `path.module` in front or not. */
function pathInModule(path: Expression): string | undefined {
  const constant = constantText(path);
  if (constant !== undefined) return constant;
  if (path.kind !== 'template') return undefined;
  let written = '';
  for (const part of path.parts) {
    if (part.kind === 'literal') written += part.text;
    else if (part.kind === 'interpolation' && isPathModule(part.expression)) written += '.';
    else return undefined;
  }
  return written;
}

function isPathModule(expression: Expression): boolean {
  return (
    expression.kind === 'access' &&
    expression.name === 'module' &&
    expression.source.kind === 'variable' &&
    expression.source.name === 'path'
  );
}
