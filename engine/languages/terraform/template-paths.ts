import { argumentOf, type DeclaredBlock } from './declarations.ts';
import type { Expression } from './syntax.ts';

/** Types that deploy an ARM template, each with the argument that holds it. */
const templateArguments: ReadonlyMap<string, string> = new Map([
  ['azurerm_resource_group_template_deployment', 'template_content'],
  ['azurerm_subscription_template_deployment', 'template_content'],
  ['azurerm_management_group_template_deployment', 'template_content'],
  ['azurerm_tenant_template_deployment', 'template_content'],
  ['azurerm_template_deployment', 'template_body'],
]);

/** The path that a template is read from, where it is `file(…)` as a whole. */
export function templatePath(
  type: string,
  declared: DeclaredBlock,
): { readonly uri: string; readonly path: Expression } | undefined {
  const name = templateArguments.get(type);
  const written = name === undefined ? undefined : argumentOf(declared, name);
  const value = written?.node.value;
  const [path] = value?.kind === 'call' && value.name === 'file' ? value.arguments : [];
  return written === undefined || path === undefined ? undefined : { uri: written.uri, path };
}
