import type { UnknownReason } from '../engine/estate/value.ts';
import { severities } from '../engine/findings/finding.ts';
import type { UndeterminedProperty } from '../engine/findings/undetermined.ts';
import type { Report } from './report.ts';
import type { Sources } from './source.ts';
import type { StylishOptions } from './stylish.ts';

/** Why something was not known, in words that fit behind a number. */
export const reasonTexts: Readonly<Record<UnknownReason, string>> = {
  parameter: 'a parameter or variable without a value',
  deployment: 'decided by Azure at deployment',
  module: 'a module that is not on this machine',
  data: 'something that is deployed elsewhere',
  file: 'a file that is not there or may not be read',
  error: 'a mistake in the text around it',
  unsupported: 'an expression that Demarc cannot evaluate',
  budget: 'more possibilities than are followed',
  default: 'not set, and what Azure does then is not recorded',
  lens: 'an attribute of Terraform that Demarc does not know',
};

/** The lines at the end of a report that say what could not be known; none when everything was. */
export function summariseUndetermined(report: Report, { paint, showUndetermined }: StylishOptions): readonly string[] {
  const { summary, undetermined } = report;
  const lines = criticalWarnings(undetermined).map((line) => paint('warning', line));
  const reasons = Object.entries(summary.undetermined) as readonly (readonly [UnknownReason, number])[];
  if (reasons.length === 0) return lines;
  const total = reasons.reduce((sum, [, number]) => sum + number, 0);
  const properties = total === 1 ? '1 property' : `${total} properties`;
  const hint = showUndetermined ? '' : ' --show-undetermined lists them.';
  lines.push(paint('faint', `${properties} that rules asked for could not be determined:`));
  for (const [reason, number] of reasons)
    lines.push(
      paint('faint', `  ${String(number).padStart(String(reasons[0]?.[1] ?? number).length)} ${reasonTexts[reason]}`),
    );
  if (hint !== '') lines.push(paint('faint', hint.trim()));
  return lines;
}

function criticalWarnings(undetermined: readonly UndeterminedProperty[]): readonly string[] {
  const resources = new Map<string, Set<string>>();
  for (const { rule, severity, resource } of undetermined) {
    if (severity !== 'critical') continue;
    const known = resources.get(rule) ?? new Set();
    resources.set(rule, known.add(resource.address));
  }
  return [...resources].map(([rule, addresses]) => {
    const [first] = addresses;
    const which = addresses.size === 1 ? `${first}` : `${addresses.size} resources`;
    return `The critical rule ${rule} could not be decided for ${which}.`;
  });
}

/** Everything that could not be known, by file, each with its place, rule, resource, property and reason. */
export function listUndetermined(
  undetermined: readonly UndeterminedProperty[],
  sources: Sources,
  { paint }: StylishOptions,
): readonly string[] {
  const blocks: string[] = [];
  let lines: string[] = [];
  let uri: string | undefined;
  for (const each of undetermined) {
    if (each.place.uri !== uri) {
      if (lines.length > 0) blocks.push(lines.join('\n'));
      uri = each.place.uri;
      lines = [paint('path', sources.pathOf(uri))];
    }
    const { line, character } = sources.positionOf(each.place.uri, each.place.start);
    const what = each.path === '' ? each.resource.address : `${each.resource.address} ${each.path}`;
    lines.push(
      `  ${paint('information', 'undetermined')}  ${paint('strong', each.rule)}  ${paint('faint', `${line + 1}:${character + 1}`)}`,
      `    ${what}: ${each.detail} (${reasonTexts[each.reason]})`,
    );
  }
  if (lines.length > 0) blocks.push(lines.join('\n'));
  return blocks;
}

/** Whether a rule of at least this severity could not be decided. */
export function undeterminedAtLeast(
  undetermined: readonly UndeterminedProperty[],
  least: UndeterminedProperty['severity'],
): boolean {
  return undetermined.some(({ severity }) => severities.indexOf(severity) <= severities.indexOf(least));
}
