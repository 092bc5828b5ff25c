import { argumentOf, type DeclaredBlock } from './declarations.ts';
import type { Expression } from './syntax.ts';

const deploying = /^azurerm_(resource_group_|subscription_|management_group_|tenant_)?template_deployment$/;

/** The argument that holds the ARM template which a block of this type deploys; undefined for all other types. */
export function templateArgument(type: string): 'template_content' | 'template_body' | undefined {
  if (!type.endsWith('template_deployment') || !deploying.test(type)) return undefined;
  return type === 'azurerm_template_deployment' ? 'template_body' : 'template_content';
}

/** Whether an argument takes JSON that is a template or the parameters of one. */
export function isTemplateArgument(type: string, name: string): boolean {
  return (
    (name.startsWith('template_') || name.startsWith('parameters_')) &&
    (name.endsWith('_content') || name.endsWith('_body')) &&
    templateArgument(type) !== undefined
  );
}

/** The path that a template is read from, where it is `file(…)` as a whole. */
export function templatePath(
  type: string,
  declared: DeclaredBlock,
): { readonly uri: string; readonly path: Expression } | undefined {
  return pathReadBy('file', type, declared);
}

/** The same for `templatefile(…)`, which makes the template of the text that it reads. */
export function renderedPath(type: string, declared: DeclaredBlock): ReturnType<typeof templatePath> {
  return pathReadBy('templatefile', type, declared);
}

function pathReadBy(reads: string, type: string, declared: DeclaredBlock): ReturnType<typeof templatePath> {
  const name = templateArgument(type);
  const written = name === undefined ? undefined : argumentOf(declared, name);
  const value = written?.node.value;
  const [path] = value?.kind === 'call' && value.name === reads ? value.arguments : [];
  return written === undefined || path === undefined ? undefined : { uri: written.uri, path };
}
