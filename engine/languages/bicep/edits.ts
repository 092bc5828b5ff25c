import { refused } from '../../estate/edit-result.ts';
import { filledIn } from '../../estate/new-value.ts';
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
import { indentationAt } from '../../text/layout.ts';
import type { Place } from '../../text/span.ts';
import { checked } from './edit-check.ts';
import { printNewResource } from './edit-children.ts';
import { findPath } from './edit-find.ts';
import { EditPlan } from './edit-plan.ts';
import { printValue, type Style, styleOf } from './edit-print.ts';
import { parseBicep } from './parser.ts';
import { type BicepNode, bodyFacts } from './symbols.ts';
import type { ObjectExpression } from './syntax.ts';

/**
 * Changes properties of a resource where its declaration writes them. A value that comes from a parameter or variable is
 * replaced at its use. All edits are of the one file that declares the resource, in order, and don't overlap.
 */
export const editBicepProperties: EditProperties = (resource, edits, textOf, answer) => {
  const { source } = resource;
  if (source.language !== 'bicep') return refused('This resource is not written in Bicep.');
  // Made by the resolver of this language, which is the only one that says so.
  const node = source.node as BicepNode;
  const { file, declaration } = node;
  if (textOf(source.uri) !== file.text) return refused('The file has changed since it was read.');
  if (resource.existing && !edits.every(isNewResource))
    return refused('The resource is declared elsewhere; here it is only referred to.');
  const outermost = node.within[0] ?? declaration;
  const problem = file.problems.find((each) => each.start <= outermost.end && each.end >= outermost.start);
  if (problem !== undefined) return refused(`There is a syntax error here: ${problem.message}`);
  const { object } = bodyFacts(declaration.body);
  if (object === undefined) return refused('The body of the resource cannot be read.');
  const style = styleOf(file.text);
  const plan = new EditPlan(file, style);
  const added: string[] = [];
  for (const edit of edits) {
    const reason = isNewResource(edit)
      ? addResource(edit, node, plan, style, added, answer)
      : change(edit, object, plan, answer);
    if (reason !== undefined) return refused(reason);
  }
  return checked(source.uri, file, plan.edits());
};

/** Replaces a value at the place where it is written: a default, an argument, a variable, a value of a parameter file. */
export function editBicepValue(
  place: Place,
  value: NewValue,
  textOf: (uri: string) => string | undefined,
  answer: (ask: Ask) => Data,
): EditResult {
  const text = textOf(place.uri);
  if (text === undefined) return refused('The file cannot be read.');
  const file = parseBicep(text, place.uri.endsWith('.bicepparam') ? 'bicepparam' : 'bicep');
  const written = printValue(
    { kind: 'data', data: filledIn(value, answer) },
    indentationAt(text, place.start),
    styleOf(text),
  );
  return checked(place.uri, file, [{ start: place.start, end: place.end, text: written }]);
}

/** Adds a change to the plan; the reason, where it cannot be made. */
function change(
  edit: PathEdit,
  object: ObjectExpression,
  plan: EditPlan,
  answer: (ask: Ask) => Data,
): string | undefined {
  const found = findPath(object, edit.path);
  if (found.kind === 'refused') return found.reason;
  if (edit.kind === 'remove') {
    if (found.kind === 'missing') return undefined;
    if (found.container.items.some((item) => item.kind === 'spread'))
      return 'A spread beside it may give the property again.';
    plan.remove(found.property ?? found.expression, found.container);
    return undefined;
  }
  const data = filledIn(edit.value, answer);
  if (found.kind === 'value') {
    plan.replace(found.expression, found.container, data);
    return undefined;
  }
  return plan.add(found.object, found.container, found.keys, data) ? undefined : 'Two changes contradict each other.';
}

function addResource(
  edit: NewResourceEdit,
  node: BicepNode,
  plan: EditPlan,
  style: Style,
  added: string[],
  answer: (ask: Ask) => Data,
): string | undefined {
  const child = printNewResource(edit, (own) => filledIn(edit.body, answer, own), node, style, added);
  if (child.kind === 'refused') return child.reason;
  added.push(child.symbol);
  plan.append(node.within[0] ?? node.declaration, child.text);
  return undefined;
}
