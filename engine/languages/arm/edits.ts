import { refused } from '../../estate/edit-result.ts';
import { filledIn } from '../../estate/new-value.ts';
import type { PropertyPath } from '../../estate/path.ts';
import {
  type Ask,
  type EditProperties,
  type EditResult,
  isNewResource,
  type NewResourceEdit,
  type NewValue,
  type PathEdit,
} from '../../estate/property-edit.ts';
import type { Data } from '../../functions/data.ts';
import type { TextEdit } from '../../text/edit.ts';
import { parseJson } from '../../text/json.ts';
import type { JsonObject } from '../../text/json-syntax.ts';
import type { Place } from '../../text/span.ts';
import { refusedByParameter } from './edit-allowed.ts';
import { checked, problemAt } from './edit-check.ts';
import { makeNewResource } from './edit-children.ts';
import { findPath, memberOf } from './edit-find.ts';
import { editPart } from './edit-literals.ts';
import { EditPlan, replacement } from './edit-plan.ts';
import { styleOf } from './edit-style.ts';
import { isArmExpression } from './expression-parser.ts';
import { type ArmNode, levelsTo } from './levels.ts';
import { templateKindOf } from './template-kind.ts';

/**
 * Changes properties of a resource where its declaration writes them. A value that comes from a parameter or variable is
 * replaced at its use. All edits are of the one file that declares the resource, in order, and don't overlap.
 */
export const editArmProperties: EditProperties = (resource, edits, textOf, answer) => {
  if (resource.source.language !== 'arm') return refused('This resource is not written in a template.');
  // Made by the resolver of this language, which is the only one that says so.
  const node = resource.source.node as ArmNode;
  const { source, declaration } = node;
  if (source.given !== undefined)
    return refused('The template is written into a file of another language, where resources are not edited.');
  if (textOf(source.uri) !== source.text) return refused('The file has changed since it was read.');
  if (resource.existing && !edits.every(isNewResource))
    return refused('The resource is declared elsewhere; here it is only referred to.');
  const problem = problemAt(source, node.within[0] ?? declaration);
  if (problem !== undefined) return refused(`There is a syntax error here: ${problem.message}`);
  const plan = new EditPlan(source, styleOf(source.text, source.document.root, true), declaration);
  const taken: string[] = [];
  for (const edit of edits) {
    const reason = isNewResource(edit)
      ? addResource(edit, node, plan, taken, answer)
      : change(edit, declaration, plan, answer);
    if (reason !== undefined) return refused(reason);
  }
  return checked(source, plan.edits());
};

/**
 * Replaces a value at the place where it is written: a default, an argument, a variable, a value of a parameter file. The
 * place is a JSON value or a part of an expression.
 */
export function editArmValue(
  place: Place,
  value: NewValue,
  textOf: (uri: string) => string | undefined,
  answer: (ask: Ask) => Data,
): EditResult {
  const text = textOf(place.uri);
  if (text === undefined) return refused('The file cannot be read.');
  const source = { uri: place.uri, text, document: parseJson(text) };
  const problem = problemAt(source, place);
  if (problem !== undefined) return refused(`There is a syntax error here: ${problem.message}`);
  const isTemplate = templateKindOf(text).kind === 'template';
  const levels = levelsTo(source.document.root, place);
  const innermost = levels[levels.length - 1];
  if (innermost === undefined) return refused('The value is not where it was.');
  const { node } = innermost;
  const data = filledIn(value, answer);
  const reason = refusedByParameter(levels, data);
  if (reason !== undefined) return refused(reason);
  let edits: readonly TextEdit[] | undefined;
  if (node.start === place.start && node.end === place.end) {
    const around = levels[levels.length - 2]?.node;
    const container = around?.kind === 'object' || around?.kind === 'array' ? around : undefined;
    const written = replacement(node, container, data, text, styleOf(text, source.document.root, isTemplate));
    edits = written === undefined ? [] : [{ start: node.start, end: node.end, text: written }];
  } else if (isTemplate && node.kind === 'string' && isArmExpression(node.value)) {
    edits = editPart(node, place, data, text);
  }
  return edits === undefined ? refused('The value is not where it was.') : checked(source, edits);
}

/** Adds a change to the plan; the reason, where it cannot be made. */
function change(
  edit: PathEdit,
  declaration: JsonObject,
  plan: EditPlan,
  answer: (ask: Ask) => Data,
): string | undefined {
  const found = findPath(declaration, pathIn(declaration, edit.path));
  if (found.kind === 'refused') return found.reason;
  if (edit.kind === 'remove') {
    if (found.kind === 'value') plan.remove(found.member ?? found.node, found.container);
    return undefined;
  }
  const data = filledIn(edit.value, answer);
  if (found.kind === 'value') plan.replace(found.node, found.container, data);
  else if (found.kind === 'end') plan.append(found.array, found.container, data);
  else if (!plan.add(found.node, found.container, found.keys, data)) return 'Two changes contradict each other.';
  return undefined;
}

/** What an extension such as Microsoft Graph deploys has its whole body in `properties`. */
function pathIn(declaration: JsonObject, path: PropertyPath): PropertyPath {
  const isExtension = memberOf(declaration, 'import') !== undefined || memberOf(declaration, 'extension') !== undefined;
  return isExtension ? [{ kind: 'key', key: 'properties' }, ...path] : path;
}

function addResource(
  edit: NewResourceEdit,
  node: ArmNode,
  plan: EditPlan,
  taken: string[],
  answer: (ask: Ask) => Data,
): string | undefined {
  const child = makeNewResource(edit, (own) => filledIn(edit.body, answer, own), node, taken);
  if (child.kind === 'refused') return child.reason;
  taken.push(...child.taken);
  plan.insertAfter(child.after, child.container, child.entry);
  return undefined;
}
