import type { LocalCall } from '../../text/local-call.ts';
import { folderOf, resolveRelative } from '../../text/uri.ts';
import { bodyFacts, literalText, propertyNamed } from './symbols.ts';
import type { BicepFile, Expression, ResourceDeclaration, StringExpression } from './syntax.ts';

/**
 * The local files that a Bicep file deploys as modules, and the templates that it loads to deploy them. Registry and
 * template-spec references are left out.
 */
export function moduleCalls(uri: string, file: BicepFile): readonly LocalCall[] {
  const calls: LocalCall[] = [];
  for (const statement of file.statements) {
    if (statement.kind === 'resource') addTemplate(calls, uri, statement, file);
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

/** `template: loadJsonContent('x.json')` and `json(loadTextContent('x.json'))`, also by way of a variable. */
function addTemplate(calls: LocalCall[], uri: string, resource: ResourceDeclaration, file: BicepFile): void {
  const type = literalText(resource.type);
  if (type === undefined || !/^microsoft\.resources\/deployments@/i.test(type)) return;
  const { object } = bodyFacts(resource.body);
  const properties = propertyNamed(object, 'properties')?.value;
  const template = properties?.kind === 'object' ? propertyNamed(properties, 'template')?.value : undefined;
  const loaded = template === undefined ? undefined : loadedFile(template, file);
  if (loaded !== undefined) addCall(calls, uri, loaded);
}

function loadedFile(expression: Expression, file: BicepFile): StringExpression | undefined {
  switch (expression.kind) {
    case 'parenthesized':
      return loadedFile(expression.expression, file);
    case 'variable': {
      const declared = file.statements.find((each) => each.kind === 'var' && each.name.name === expression.name);
      // A variable that is another one is looked for no further.
      return declared?.kind === 'var' && declared.value.kind === 'call' ? loadedFile(declared.value, file) : undefined;
    }
    case 'call': {
      const [first] = expression.arguments;
      const name = expression.name.name.toLowerCase();
      if (name === 'json') return first === undefined ? undefined : loadedFile(first, file);
      const loads = name === 'loadjsoncontent' || name === 'loadtextcontent';
      return loads && first?.kind === 'string' ? first : undefined;
    }
    default:
      return undefined;
  }
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
