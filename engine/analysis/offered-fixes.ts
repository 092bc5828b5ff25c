import type { FixPlan } from '../check/fix.ts';
import type { RawFinding } from '../check/run.ts';
import { isDeclaration } from '../estate/declaration.ts';
import { canEditTerraform } from '../languages/terraform/edits.ts';

/**
 * The findings, without the fixes that could not be made: azurerm has no argument for much of what Azure has. Only the
 * source of the value is left where that can be changed and the resource cannot.
 */
export function withOfferedFixes(
  findings: readonly RawFinding[],
  textOf: (uri: string) => string | undefined,
): readonly RawFinding[] {
  return findings.map((finding) => {
    const { fix } = finding;
    return fix === undefined || fix.use.every((use) => canMake(use, textOf))
      ? finding
      : { ...finding, fix: fix.source === undefined ? undefined : { ...fix, useIsLocked: true } };
  });
}

function canMake({ resource, edits }: FixPlan['use'][number], textOf: (uri: string) => string | undefined): boolean {
  if (resource.language !== 'terraform' || isDeclaration(resource)) return true;
  return resource.source.node !== undefined && canEditTerraform(resource, edits, textOf);
}
