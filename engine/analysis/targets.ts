import { linkedTemplates } from '../languages/arm/calls.ts';
import { moduleCalls as bicepCalls, usedTemplate } from '../languages/bicep/calls.ts';
import { moduleCalls as terraformCalls } from '../languages/terraform/calls.ts';
import { folderOf } from '../text/uri.ts';
import type { Source } from './sources.ts';

/**
 * What a file leads to: the modules and templates that it calls, the template that it gives parameters to. Terraform calls
 * folders, whose URIs end in `/`.
 */
export function targetsOf(uri: string, source: Source): readonly string[] {
  switch (source.kind) {
    case 'bicep':
      return bicepCalls(uri, source.file).map(({ target }) => target);
    case 'bicepparam': {
      const used = usedTemplate(uri, source.file);
      return used === undefined ? [] : [used.target];
    }
    case 'template':
      return linkedTemplates(uri, source).map(({ target }) => target);
    case 'parameters':
      return templatesOfParameters(uri);
    case 'terraform':
      return terraformCalls(uri, folderOf(uri), source.file).map(({ target }) => target);
    case 'terraform-variables':
    case 'plan':
    case 'other':
      return [];
  }
}

/** False where a glance at the text shows that the file leads nowhere, so that it need not be parsed to know. */
export function mayHaveTargets(uri: string, text: string): boolean {
  const name = uri.toLowerCase();
  if (name.endsWith('.bicepparam')) return true;
  if (name.endsWith('.bicep')) return /\b(module|test|load(Json|Text)Content)\b/i.test(text);
  if (/\.(tf|tofu)(\.json)?$/.test(name)) return /\bmodule\b|template_deployment\b/.test(text);
  return /"templateLink"|deploymentParameters\.json/i.test(text);
}

/** The names under which others call a file: its own and, in Terraform, that of its folder. */
export function calledAs(uri: string): readonly string[] {
  return /\.(tf|tofu|tfvars)(\.json)?$/i.test(uri) ? [uri, folderOf(uri)] : [uri];
}

/** `main.parameters.json` and `main.parameters.prod.json` belong to `main.bicep` or `main.json`. */
function templatesOfParameters(uri: string): readonly string[] {
  const stem = /^(.*\/[^/]+?)\.parameters(\.[^/]*)?\.jsonc?$/i.exec(uri)?.[1];
  return stem === undefined ? [] : [`${stem}.bicep`, `${stem}.json`];
}
