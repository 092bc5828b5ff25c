import type { Value } from '../../estate/value.ts';
import type { JsonMember, JsonNode, JsonObject } from '../../text/json-syntax.ts';
import { fileNameOf, folderOf, resolveRelative } from '../../text/uri.ts';
import type { ArmExpression } from './expression-syntax.ts';
import type { ArmSource } from './files.ts';
import { evaluate, valueOfNode, type Written } from './resolve-evaluate.ts';
import type { Scope } from './resolve-scope.ts';
import { memberOf } from './template-facts.ts';
import { kindOfRoot } from './template-kind.ts';

/** A template and the file that it stands in. */
export interface LinkedTemplate {
  readonly source: ArmSource;
  readonly template: JsonObject;
}

export interface Link {
  /** Of the deployment, for messages. */
  readonly name: string;
  /** What is written where a template is expected, which is none. */
  readonly template: JsonNode | undefined;
  readonly link: JsonMember | undefined;
  readonly scope: Scope;
  /** The URIs of the files that lead here. */
  readonly callers: readonly string[];
}

/** The file that a deployment links to. Why it cannot be had is in the run's problems and unresolved modules. */
export function linkedTemplate({ name, template, link, scope, callers }: Link): LinkedTemplate | undefined {
  const { run, source } = scope.template;
  const node = link?.value ?? template;
  if (node === undefined) return undefined;
  const place = scope.template.place(node);
  const unresolved = (reference: string, message: string): undefined => {
    run.reportUnresolved({ ...place, reference, message, command: undefined });
  };
  const path = link?.value?.kind === 'object' ? linkedPath(link.value, scope) : undefined;
  if (path === undefined) {
    return unresolved(
      name,
      `The template of deployment '${name}' cannot be found from here: only Azure knows its address.`,
    );
  }
  const uri = resolveRelative(folderOf(source.uri), path);
  if (uri === undefined) return unresolved(path, `The linked template '${path}' lies outside of what is read.`);
  if (uri === source.uri || callers.includes(uri)) {
    run.report({ ...place, code: 'cycle', message: `Deployment '${name}' leads back to ${fileNameOf(uri)}.` });
    return undefined;
  }
  const loaded = run.files.load(uri, run.context);
  switch (loaded.kind) {
    case 'loaded': {
      const { root } = loaded.content.document;
      if (root?.kind === 'object' && kindOfRoot(root).kind === 'template')
        return { source: loaded.content, template: root };
      return unresolved(path, `'${path}' is no template.`);
    }
    case 'absent':
      return unresolved(path, `The linked template '${path}' is not on this machine.`);
    case 'unread':
      return unresolved(path, `The linked template '${path}' has not been read.`);
    case 'unreadable':
      return unresolved(path, `The linked template '${path}' cannot be read: ${loaded.message}`);
    case 'too-large': {
      const message = `${fileNameOf(uri)} is larger than ${run.context.budget.fileSize} characters and is not read.`;
      run.report({ ...place, code: 'budget', message });
      return unresolved(path, `The linked template '${path}' is too large.`);
    }
  }
}

/** The path of a template, relative to the file that links to it. */
export function linkedPath(link: JsonObject, scope: Scope): string | undefined {
  const relative = memberOf(link, 'relativepath');
  if (relative !== undefined) return textOfValue(valueOfNode(relative, scope));
  const uri = memberOf(link, 'uri');
  return uri === undefined ? undefined : pathBeside(uri, scope, 0);
}

function textOfValue(value: Value): string | undefined {
  return value.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

/** Variables that lead to variables. */
const maximumIndirections = 8;

/**
 * The path in `uri(deployment().properties.templateLink.uri, path)` and the like, also where variables and parameters stand
 * between: an address beside that of the template itself.
 */
function pathBeside(node: JsonNode, scope: Scope, depth: number): string | undefined {
  const root = node.kind === 'string' ? scope.template.source.expressionOf(node) : undefined;
  if (node.kind !== 'string' || root?.kind !== 'call' || depth > maximumIndirections) return undefined;
  const written: Written = { node, root };
  const [first, ...rest] = root.arguments;
  if (first === undefined) return undefined;
  if (root.lowerName === 'variables' || root.lowerName === 'parameters') {
    const target = definitionOf(root.lowerName, first, scope);
    return target && pathBeside(target, scope, depth + 1);
  }
  if (root.lowerName !== 'uri' && root.lowerName !== 'concat') return undefined;
  if (!isOwnAddress(evaluate(first, written, scope))) return undefined;
  let path = '';
  for (const argument of rest) {
    const value = evaluate(argument, written, scope);
    const head = value.kind === 'text' ? value.parts[0] : textOfValue(value);
    // What follows the file's name is a token of access.
    if (typeof head !== 'string') break;
    path += head;
  }
  path = path.split('?')[0] ?? '';
  return path === '' ? undefined : path.replace(/^\/+/, '');
}

function definitionOf(kind: 'variables' | 'parameters', name: ArmExpression, scope: Scope): JsonNode | undefined {
  if (name.kind !== 'string') return undefined;
  const { facts } = scope.template;
  if (kind === 'parameters') return facts.parameters.get(name.value.toLowerCase())?.defaultValue;
  const variable = facts.variables.get(name.value.toLowerCase());
  return variable?.kind === 'value' ? variable.value : undefined;
}

/** The address that the template was deployed from: what `deployment()` says, or the conventional parameter for it. */
function isOwnAddress(value: Value): boolean {
  if (value.kind !== 'unknown' || value.identity === undefined) return false;
  return /deployment\(\)\.properties\.templatelink\.uri$|\/param:_artifactsLocation$/i.test(value.identity);
}
