import type { FixPlan, ResourceEdits, SourceEdit } from '../check/fix.ts';
import type { VersionRaise } from '../check/version-raise.ts';
import { isDeclaration } from '../estate/declaration.ts';
import { refused } from '../estate/edit-result.ts';
import type { Ask, EditDeclaration, EditProperties, EditResult, NewValue } from '../estate/property-edit.ts';
import type { Language } from '../estate/resource.ts';
import type { Data } from '../functions/data.ts';
import { editArmDeclaration } from '../languages/arm/edit-declarations.ts';
import { handInArm } from '../languages/arm/edit-parameters.ts';
import { editArmProperties, editArmValue } from '../languages/arm/edits.ts';
import { editBicepDeclaration } from '../languages/bicep/edit-declarations.ts';
import { handInBicep } from '../languages/bicep/edit-parameters.ts';
import { editBicepProperties, editBicepValue } from '../languages/bicep/edits.ts';
import { editTerraformDeclaration } from '../languages/terraform/edit-declarations.ts';
import {
  editTerraformProperties,
  editTerraformValue,
  handInTerraformValue,
  terraformSourceValue,
} from '../languages/terraform/edits.ts';
import { type FileEdit, overlaps, type TextEdit } from '../text/edit.ts';

export interface FixContext {
  /** The texts that the plans were made from. */
  readonly textOf: (uri: string) => string | undefined;
  /** Gives what only the author knows. */
  readonly answer: (ask: Ask) => Data;
}

/** One for each language. */
const editors: Readonly<Record<Language, EditProperties>> = {
  arm: editArmProperties,
  bicep: editBicepProperties,
  terraform: editTerraformProperties,
};

const declarationEditors: Readonly<Record<Language, EditDeclaration>> = {
  arm: editArmDeclaration,
  bicep: editBicepDeclaration,
  terraform: editTerraformDeclaration,
};

/** Where a fix edits: where the value was written, or where the resource uses it. */
export type FixPlaceChoice = 'source' | 'use';

/**
 * The text edits of one finding: of every instance that shares its place, each edit once. Refused as a whole when one of
 * them cannot be made or two contradict each other.
 */
export function editsOf(plans: readonly FixPlan[], where: FixPlaceChoice, context: FixContext): EditResult {
  const results: EditResult[] = [];
  for (const plan of plans) {
    results.push(...plan.raises.map((raise) => raiseVersion(raise, context)));
    const source = sourceOf(plan, where);
    if (source !== undefined) results.push(editSource(plan, source, context));
    else if (plan.useIsLocked) return refused('The resource is in a file that is not linted.');
    else results.push(...plan.use.map((use) => editUse(use, context)));
  }
  return joinEdits(results);
}

export type PlaceFound =
  | { readonly kind: 'place'; readonly where: FixPlaceChoice }
  | { readonly kind: 'refused'; readonly reason: string };

/** Where a fix can be made: at the source of the value, or else where the resource uses it. The reason is that of the source. */
export function placeOf(
  plans: readonly FixPlan[],
  context: FixContext,
  mayEdit: (uri: string) => boolean = () => true,
): PlaceFound {
  let reason: string | undefined;
  for (const where of ['source', 'use'] as const) {
    const result = editsOf(plans, where, context);
    if (result.kind === 'edits' && result.files.every(({ uri }) => mayEdit(uri))) return { kind: 'place', where };
    reason ??= result.kind === 'refused' ? result.reason : 'The fix would change a file that it may not change.';
  }
  return { kind: 'refused', reason: reason ?? '' };
}

/** What a fix changes at the source of the value; undefined where it changes the resources that use it. */
export function sourceOf(plan: FixPlan, where: FixPlaceChoice): SourceEdit | undefined {
  return where === 'source' ? plan.source : undefined;
}

export function editUse({ resource, edits }: ResourceEdits, { textOf, answer }: FixContext): EditResult {
  if (isDeclaration(resource)) return declarationEditors[resource.language](resource, edits, textOf);
  return editors[resource.language](resource, edits, textOf, answer);
}

export function raiseVersion({ place, from, to }: VersionRaise, { textOf }: FixContext): EditResult {
  const { uri, start, end } = place;
  if (textOf(uri)?.slice(start, end) !== from) return refused('The file has changed since it was read.');
  return { kind: 'edits', files: [{ uri, edits: [{ start, end, text: to }] }] };
}

export function editSource(plan: FixPlan, source: SourceEdit, { textOf, answer }: FixContext): EditResult {
  const { place } = source;
  const language = languageAt(place.uri);
  if (language === undefined) return refused('Files of this kind cannot be edited.');
  if (source.kind === 'hand-in') return handIns[language](place, textOf);
  const written = valueAtSource(plan, source.value);
  if (written === undefined) return refused('The provider has another value for this, which is not known.');
  return valueEditors[language](place, written, textOf, answer);
}

const valueEditors: Readonly<Record<Language, typeof editBicepValue>> = {
  arm: editArmValue,
  bicep: editBicepValue,
  terraform: editTerraformValue,
};

const handIns: Readonly<Record<Language, typeof handInBicep>> = {
  arm: handInArm,
  bicep: handInBicep,
  terraform: handInTerraformValue,
};

/** JSON: a template, a parameter file, variables of Terraform, or data that any of these load. */
function languageAt(uri: string): Language | undefined {
  if (/\.bicep(param)?$/i.test(uri)) return 'bicep';
  if (/\.(tf|tofu|tfvars)$/i.test(uri)) return 'terraform';
  return /\.jsonc?$/i.test(uri) ? 'arm' : undefined;
}

/** Where Terraform's values come from, they are the provider's: `false` for `Disabled`. What is asked for is taken as it is given. */
function valueAtSource(plan: FixPlan, value: NewValue): NewValue | undefined {
  const [used] = plan.use;
  const [edit] = used?.edits ?? [];
  if (used?.resource.language !== 'terraform' || edit?.kind !== 'set' || value.kind !== 'data') return value;
  const data = terraformSourceValue(used.resource, edit.path, value.data);
  return data === undefined ? undefined : { kind: 'data', data };
}

/** Puts the edits of several results together, equal ones once. */
export function joinEdits(results: readonly EditResult[]): EditResult {
  const byFile = new Map<string, TextEdit[]>();
  for (const result of results) {
    if (result.kind === 'refused') return result;
    for (const { uri, edits } of result.files) {
      const known = byFile.get(uri) ?? [];
      byFile.set(uri, known);
      for (const edit of edits) {
        if (known.some((each) => each.start === edit.start && each.end === edit.end && each.text === edit.text))
          continue;
        if (known.some((each) => overlaps(each, edit)))
          return { kind: 'refused', reason: 'Two changes of this fix contradict each other.' };
        known.push(edit);
      }
    }
  }
  const files: FileEdit[] = [...byFile].map(([uri, edits]) => ({ uri, edits }));
  return { kind: 'edits', files };
}
