import { realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Analysis } from '../engine/analysis/analysis.ts';
import type { CompiledRule } from '../engine/check/rule.ts';
import type { Configurations } from '../engine/configuration/configurations.ts';
import { classSeverities, optionIn, severityIn } from '../engine/configuration/effective.ts';
import { severities } from '../engine/findings/finding.ts';
import { defaultServiceLevels, printServiceLevel } from '../engine/findings/service-levels.ts';
import type { Data } from '../engine/functions/data.ts';
import type { Place } from '../engine/text/span.ts';
import { folderOf, uriOfPath } from '../engine/text/uri.ts';
import { PathError } from '../host/find-files.ts';
import { loadCheckData, loadLens } from '../host/shipped-data.ts';
import { describeProblems, withConfigurations } from './configured.ts';
import { openTarget, type Target } from './target.ts';
import { terminalOptions, writeOut } from './terminal.ts';

/** One value that holds, and where it is set: `file:line:column`, both 1-based, or `default`. */
interface Shown {
  readonly key: string;
  readonly value: Data;
  readonly from: string;
}

/**
 * `demarc config`: what holds for a file, or for files in the working folder, and where each value comes from. 2 when the
 * configuration is wrong.
 */
export async function configCommand(
  path: string | undefined,
  options: { readonly format: 'stylish' | 'json' },
): Promise<0 | 2> {
  const target = openTarget([path ?? '.']);
  const analysis = new Analysis(loadCheckData(), loadLens);
  const named = path === undefined ? target.folder : uriIn(path);
  // What holds for a folder is what holds for some file in it.
  const uri = named.endsWith('/') ? `${named}main` : named;
  const { shown, problems } = await withConfigurations(target, analysis, (configuration) => ({
    shown: shownOf(uri, configuration, analysis, target),
    problems: describeProblems(configuration.problems, target.sources),
  }));
  const { files, settings, rules } = shown;
  const file = path === undefined ? null : target.sources.pathOf(named);
  await writeOut(
    options.format === 'json'
      ? `${JSON.stringify({ file, configurationFiles: files, settings, rules }, undefined, 2)}\n`
      : print(file, files, [...settings, ...rules]),
  );
  if (problems.length === 0) return 0;
  process.stderr.write(`${problems.join('\n')}\n`);
  return 2;
}

/** The URI of a file or folder, with a `/` behind a folder. */
function uriIn(path: string): string {
  try {
    const real = realpathSync(resolve(path));
    return `${uriOfPath(real)}${statSync(real).isDirectory() ? '/' : ''}`;
  } catch {
    throw new PathError(`There is no file or folder '${path}'.`);
  }
}

function shownOf(
  uri: string,
  configuration: Configurations,
  analysis: Analysis,
  { sources }: Target,
): { readonly files: readonly string[]; readonly settings: readonly Shown[]; readonly rules: readonly Shown[] } {
  const effective = configuration.forFile(uri);
  const from = (place: Place | undefined): string => {
    if (place === undefined) return 'default';
    const { line, character } = sources.positionOf(place.uri, place.start);
    return `${sources.pathOf(place.uri)}:${line + 1}:${character + 1}`;
  };
  const exclusion = configuration.exclusionOf(uri);
  const settings: Shown[] = [
    { key: 'profile', value: effective.profile.value, from: from(effective.profile.place) },
    { key: 'fail-on', value: effective.failOn.value, from: from(effective.failOn.place) },
    ...severities.map((severity): Shown => {
      const level = effective.serviceLevels.get(severity);
      const value = printServiceLevel(level?.value ?? defaultServiceLevels[severity]);
      return { key: `service-levels.${severity}`, value, from: from(level?.place) };
    }),
    { key: 'linted', value: exclusion === undefined, from: from(exclusion) },
  ];
  for (const [each, place] of effective.providedElsewhere)
    settings.push({ key: 'provided-elsewhere', value: each, from: from(place) });
  const baseline = configuration.baselineOf(uri);
  if (baseline !== undefined)
    settings.push({ key: 'baseline', value: sources.pathOf(baseline.value), from: from(baseline.place) });
  for (const file of configuration.parameterFilesOf(uri) ?? [])
    settings.push({
      key: 'parameter-file',
      value: sources.pathOf(file),
      from: from(configuration.deploymentPlaceOf(uri)),
    });
  const folder = folderOf(uri);
  for (const { name, files } of configuration.setsOf(folder) ?? []) {
    const value = files.map((file) => sources.pathOf(file));
    settings.push({ key: `variable-files.${name}`, value, from: from(configuration.deploymentPlaceOf(folder)) });
  }
  const { classification } = effective;
  if (classification !== undefined)
    settings.push({
      key: 'classification.tag',
      value: classification.tag.value,
      from: from(classification.tag.place),
    });
  for (const [name, { values, profile, requires }] of classification?.classes ?? []) {
    const key = `classification.${name}`;
    settings.push({ key, value: values.map(({ value }) => value), from: from(values[0]?.place) });
    if (profile !== undefined)
      settings.push({ key: `${key}.profile`, value: profile.value, from: from(profile.place) });
    for (const [each, place] of requires) settings.push({ key: `${key}.requires`, value: each, from: from(place) });
  }
  const rules: Shown[] = [];
  const { rules: known } = analysis.rules;
  for (const rule of [...known.values()].sort(byId)) {
    const set = effective.rules.get(rule.id);
    rules.push({ key: rule.id, value: severityIn(effective, rule), from: from(set?.severity?.place) });
    for (const [name, usual] of Object.entries(rule.options ?? {})) {
      const option = optionIn(effective, rule, name);
      rules.push({ key: `${rule.id}.${name}`, value: option?.value ?? usual, from: from(option?.place) });
    }
    for (const { name, severity } of classSeverities(effective, rule))
      rules.push({ key: `${rule.id} (${name})`, value: severity.value, from: from(severity.place) });
  }
  return { files: configuration.filesFor(uri).map((each) => sources.pathOf(each)), settings, rules };
}

function byId(a: CompiledRule, b: CompiledRule): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

function print(file: string | null, files: readonly string[], shown: readonly Shown[]): string {
  const { paint } = terminalOptions();
  const rows = shown.map(({ key, value, from }) => ({ key, from, value: textOf(value) }));
  const widest = (texts: readonly string[]): number => Math.max(...texts.map((text) => text.length));
  const keyWidth = widest(rows.map(({ key }) => key));
  const valueWidth = Math.min(40, widest(rows.map(({ value }) => value)));
  const lines = [
    paint('strong', file ?? 'Files in this folder'),
    files.length === 0
      ? "There is no demarc.yaml here or above; 'demarc init' writes one."
      : `Set by ${files.join(', ')}, the last one counting most.`,
    '',
    ...rows.map(
      ({ key, value, from }) =>
        `${key.padEnd(keyWidth)}  ${value.padEnd(valueWidth)}  ${from === 'default' ? paint('faint', from) : from}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function textOf(value: Data): string {
  if (value === true) return 'yes';
  if (value === false) return 'no';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
