import { refused } from '../../estate/edit-result.ts';
import { freeName, isEmptyKey, parameterName } from '../../estate/parameter-names.ts';
import type { EditResult } from '../../estate/property-edit.ts';
import { parseJson } from '../../text/json.ts';
import { findMemberIgnoringCase, type JsonNode, type JsonObject } from '../../text/json-syntax.ts';
import type { Place } from '../../text/span.ts';
import { checked, problemAt } from './edit-check.ts';
import { findPath, memberOf } from './edit-find.ts';
import { EditPlan } from './edit-plan.ts';
import type { Printable } from './edit-print.ts';
import { styleOf } from './edit-style.ts';
import { type Level, levelsTo } from './levels.ts';
import { templateKindOf } from './template-kind.ts';

/**
 * Takes a value that is written out in a template out of it: a secure parameter without a default hands it in. A parameter
 * keeps its name and loses its default; anything else gives way to a new one. Templates inside the template that are evaluated
 * by themselves are handed it in their turn.
 */
export function handInArm(place: Place, textOf: (uri: string) => string | undefined): EditResult {
  const text = textOf(place.uri);
  if (text === undefined) return refused('The file cannot be read.');
  const source = { uri: place.uri, text, document: parseJson(text) };
  const { root } = source.document;
  if (templateKindOf(text).kind !== 'template' || root?.kind !== 'object') return refused('This is no template.');
  const problem = problemAt(source, place);
  if (problem !== undefined) return refused(`There is a syntax error here: ${problem.message}`);
  const levels = levelsTo(root, place);
  const innermost = levels[levels.length - 1];
  if (innermost === undefined) return refused('The value is not where it was.');
  const plan = new EditPlan(source, styleOf(text, root, true), root);
  const parameter = parameterOf(levels);
  if (parameter !== undefined) {
    if (parameter.template !== root) return refused('The parameter is that of a template inside this one.');
    const reason = withoutDefault(parameter.declaration, plan);
    return reason === undefined ? checked(source, plan.edits()) : refused(reason);
  }
  const key = keyOf(levels);
  const inner = innerTemplates(levels);
  const templates = [root, ...inner.map(({ template }) => template)];
  const taken = new Set(templates.flatMap(parametersOf));
  const before = text.slice(0, place.start);
  const name = freeName(parameterName(key), key, before, (each) => taken.has(each.toLowerCase()));
  const declared: Printable = { kind: 'data', data: { type: 'securestring' } };
  const handed: Printable = {
    kind: 'members',
    members: new Map([['value', { kind: 'raw', text: `[parameters('${name}')]` }]]),
  };
  for (const template of templates) if (!addParameter(template, name, declared, plan)) return notAdded;
  for (const { deployment } of inner) if (!addParameter(deployment, name, handed, plan)) return notAdded;
  const { node } = innermost;
  const isWhole = node.start === place.start && node.end === place.end;
  const written = isWhole ? JSON.stringify(`[parameters('${name}')]`) : `parameters('${name}')`;
  if (!isWhole && !/^'[^']*'$/.test(text.slice(place.start, place.end)))
    return refused('The value is made by an expression; change it by hand.');
  const edits = [...plan.edits(), { start: place.start, end: place.end, text: written }];
  return checked(
    source,
    edits.sort((a, b) => a.start - b.start || a.end - b.end),
  );
}

const notAdded = refused('The parameters of the template are not written out.');

interface InnerTemplate {
  /** The properties of the deployment. */
  readonly deployment: JsonObject;
  readonly template: JsonObject;
}

/** The templates around a place that don't see the parameters of what is around them, the outermost first. */
function innerTemplates(levels: readonly Level[]): readonly InnerTemplate[] {
  return levels.flatMap(({ node, member }, index): readonly InnerTemplate[] => {
    const deployment = levels[index - 1]?.node;
    if (member?.key.value.toLowerCase() !== 'template' || node.kind !== 'object' || deployment?.kind !== 'object')
      return [];
    const options = memberOf(deployment, 'expressionEvaluationOptions')?.value;
    const scope = options?.kind === 'object' ? memberOf(options, 'scope')?.value : undefined;
    const isInner = scope?.kind === 'string' && scope.value.toLowerCase() === 'inner';
    return isInner ? [{ deployment, template: node }] : [];
  });
}

/** The parameter whose default a place is. */
function parameterOf(levels: readonly Level[]): { template: JsonNode; declaration: JsonObject } | undefined {
  const [template, parameters, declaration, value] = levels.slice(-4);
  if (value?.member?.key.value.toLowerCase() !== 'defaultvalue') return undefined;
  if (parameters?.member?.key.value.toLowerCase() !== 'parameters') return undefined;
  if (template === undefined || declaration?.node.kind !== 'object') return undefined;
  return { template: template.node, declaration: declaration.node };
}

function withoutDefault(declaration: JsonObject, plan: EditPlan): string | undefined {
  const type = memberOf(declaration, 'type')?.value;
  const value = memberOf(declaration, 'defaultValue');
  if (type?.kind !== 'string' || value === undefined) return 'The parameter does not say its type.';
  const written = type.value.toLowerCase();
  if (written === 'string') plan.replace(type, declaration, 'securestring');
  else if (written === 'object') plan.replace(type, declaration, 'secureObject');
  else if (!written.startsWith('secure')) return 'There is no secure parameter of this type.';
  plan.remove(value, declaration);
  return undefined;
}

/** The key of the innermost member around a place, or what the object says that its value is called. */
function keyOf(levels: readonly Level[]): string | undefined {
  const index = levels.findLastIndex(({ member }) => member !== undefined);
  const key = levels[index]?.member?.key.value;
  const around = levels[index - 1]?.node;
  const name = around?.kind === 'object' ? memberOf(around, 'name')?.value : undefined;
  return isEmptyKey(key) && name?.kind === 'string' && !name.value.startsWith('[') ? name.value : key;
}

function parametersOf(template: JsonObject): readonly string[] {
  const parameters = findMemberIgnoringCase(template, 'parameters')?.value;
  return parameters?.kind === 'object' ? parameters.members.map(({ key }) => key.value.toLowerCase()) : [];
}

function addParameter(holder: JsonObject, name: string, value: Printable, plan: EditPlan): boolean {
  const path = [
    { kind: 'key', key: 'parameters' },
    { kind: 'key', key: name },
  ] as const;
  const found = findPath(holder, path);
  return found.kind === 'missing' && plan.addPrintable(found.node, found.container, found.keys, value);
}
