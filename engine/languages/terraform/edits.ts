import { refused } from '../../estate/edit-result.ts';
import { filledIn } from '../../estate/new-value.ts';
import type { PropertyPath } from '../../estate/path.ts';
import {
  type Ask,
  type EditProperties,
  type EditResult,
  isNewResource,
  type NewValue,
  type PropertyEdit,
} from '../../estate/property-edit.ts';
import type { Resource } from '../../estate/resource.ts';
import type { Data } from '../../functions/data.ts';
import type { Place } from '../../text/span.ts';
import { addResource } from './edit-child.ts';
import { EditRefused, FilePlans } from './edit-files.ts';
import { setTag, tagIn } from './edit-tags.ts';
import { handInTerraform } from './edit-variables.ts';
import { removeAzapiProperty, setAzapiProperty } from './edits-azapi.ts';
import { removeProperty, setProperty, valueAtSource } from './edits-lens.ts';
import type { TerraformNode } from './lens-resource.ts';

/** Turns edits of an Azure resource into edits of the Terraform blocks that write it: right to left through the lens. */
export const editTerraformProperties: EditProperties = (resource, edits, textOf, answer): EditResult => {
  const plans = new FilePlans(textOf);
  try {
    const node = resource.source.node as TerraformNode;
    for (const edit of edits) applyEdit(resource, node, edit, edits, plans, answer);
    return { kind: 'edits', files: plans.finish() };
  } catch (error) {
    if (error instanceof EditRefused) return refused(error.message);
    throw error;
  }
};

/**
 * False where the edits would be refused: the provider has no argument for a property, or another place has the say. What
 * is asked for counts as its example.
 */
export function canEditTerraform(
  resource: Resource,
  edits: readonly PropertyEdit[],
  textOf: (uri: string) => string | undefined,
): boolean {
  const plans = new FilePlans(textOf);
  try {
    const node = resource.source.node as TerraformNode;
    for (const edit of edits) applyEdit(resource, node, edit, edits, plans, (ask) => ask.example);
    return true;
  } catch (error) {
    if (error instanceof EditRefused) return false;
    throw error;
  }
}

/**
 * What to write in the place that a property's value came from (a variable's default, a `.tfvars` line, a module's argument)
 * so that the property gets `value`: the provider may have another word for it. Undefined where the lens has no way back.
 */
export function terraformSourceValue(resource: Resource, path: PropertyPath, value: Data): Data | undefined {
  const node = resource.source.node as TerraformNode;
  return node.table === undefined || tagIn(path) !== undefined ? value : valueAtSource(node, path, value);
}

/**
 * Replaces a literal where it is written: a variable's default, an argument of a module, a line of a `.tfvars` file. Refused
 * where something else than a plain literal stands there.
 */
export function editTerraformValue(
  place: Place,
  value: NewValue,
  textOf: (uri: string) => string | undefined,
  answer: (ask: Ask) => Data,
): EditResult {
  const plans = new FilePlans(textOf);
  try {
    const plan = plans.of(place.uri);
    if (!literal.test(plan.text.slice(place.start, place.end)))
      throw new EditRefused('What is written there is no plain value.');
    plan.replace(place, filledIn(value, answer));
    return { kind: 'edits', files: plans.finish() };
  } catch (error) {
    if (error instanceof EditRefused) return refused(error.message);
    throw error;
  }
}

/**
 * Takes a value that is written out in the code out of it: a sensitive variable without a default hands it in. The variable
 * is declared with the others: in `variables.tf` where there is one.
 */
export function handInTerraformValue(place: Place, textOf: (uri: string) => string | undefined): EditResult {
  const plans = new FilePlans(textOf);
  try {
    handInTerraform(place, plans, textOf);
    return { kind: 'edits', files: plans.finish() };
  } catch (error) {
    if (error instanceof EditRefused) return refused(error.message);
    throw error;
  }
}

const literal = /^(?:"(?:[^"\\\n]|\\.)*"|true|false|null|-?\d+(?:\.\d+)?)$/;

function applyEdit(
  resource: Resource,
  node: TerraformNode,
  edit: PropertyEdit,
  all: readonly PropertyEdit[],
  plans: FilePlans,
  answer: (ask: Ask) => Data,
): void {
  if (isNewResource(edit)) {
    addResource(resource, node, edit, (own) => filledIn(edit.body, answer, own), plans);
    return;
  }
  const azapi = node.table === undefined;
  if (edit.kind === 'set') {
    const data = filledIn(edit.value, answer);
    const tag = tagIn(edit.path);
    if (tag !== undefined) setTag(node, tag, data, plans);
    else if (azapi) setAzapiProperty(node, edit.path, data, plans);
    else setProperty({ resource, node, plans, edits: all }, edit.path, data);
  } else if (azapi) removeAzapiProperty(node, edit.path, plans);
  else removeProperty({ resource, node, plans, edits: all }, edit.path);
}
