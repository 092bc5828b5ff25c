import type { Snapshot } from '../estate/snapshot.ts';
import type { Place } from '../text/span.ts';
import { folderOf, isBelow, resolveRelative } from '../text/uri.ts';
import type { ConfigurationFile, ConfigurationProblem, Setting } from './settings.ts';

/** Variable files that are given together. */
export interface VariableSet {
  readonly name: string;
  /** URIs, in order of rising precedence. */
  readonly files: readonly string[];
}

/** A configuration file as it counts for a folder: its own, or that of the file which extends it. */
export interface Layer {
  readonly file: ConfigurationFile;
  /** Paths and patterns are relative to it; ends in `/`. */
  readonly folder: string;
  /** URIs of parameter files by that of their template. */
  readonly parameterFiles: ReadonlyMap<string, readonly string[]>;
  /** Sets of variable files by the URI of their Terraform folder. */
  readonly roots: ReadonlyMap<string, readonly VariableSet[]>;
  /** URIs of folders with rules of one's own. */
  readonly ruleFolders: readonly string[];
  /** Where each template and Terraform folder of these is named. */
  readonly deployed: ReadonlyMap<string, Place>;
  /** Paths that lead nowhere. */
  readonly problems: readonly ConfigurationProblem[];
}

export function layerOf(file: ConfigurationFile, folder: string, snapshot: Snapshot): Layer {
  const problems: ConfigurationProblem[] = [];
  const deployed = new Map<string, Place>();
  const parameterFiles = new Map<string, readonly string[]>();
  for (const { template, files } of file.parameterFiles) {
    const uri = fileAt(template, folder, snapshot, problems);
    const given = files.flatMap((each) => fileAt(each, folder, snapshot, problems) ?? []);
    if (uri === undefined) continue;
    if (isBelow(uri, folder)) {
      parameterFiles.set(uri, given);
      deployed.set(uri, template.place);
    } else problems.push({ place: template.place, message: outside(template.value) });
  }
  const roots = new Map<string, readonly VariableSet[]>();
  for (const { folder: written, sets } of file.roots) {
    const given = sets.map(({ name, files }) => ({
      name,
      files: files.flatMap((each) => fileAt(each, folder, snapshot, problems) ?? []),
    }));
    const uri = folderAt(written, folder, snapshot, problems);
    if (uri === undefined) continue;
    if (isBelow(uri, folder)) {
      roots.set(uri, given);
      deployed.set(uri, written.place);
    } else problems.push({ place: written.place, message: outside(written.value) });
  }
  // A package brings its rules along, so they are where the file is that says so.
  const ruleFolders = file.ruleFolders.flatMap((each) => folderAt(each, folderOf(file.uri), snapshot, problems) ?? []);
  return { file, folder, parameterFiles, roots, ruleFolders, deployed, problems };
}

function outside(path: string): string {
  return `'${path}' lies outside of the folder of this file; say it in a demarc.yaml above.`;
}

function fileAt(
  { value, place }: Setting<string>,
  folder: string,
  snapshot: Snapshot,
  problems: ConfigurationProblem[],
): string | undefined {
  const uri = resolveRelative(folder, value);
  if (uri !== undefined && !uri.endsWith('/') && snapshot.file(uri).kind !== 'absent') return uri;
  problems.push({ place, message: `There is no file '${value}'. Paths are relative to the folder of demarc.yaml.` });
  return undefined;
}

function folderAt(
  { value, place }: Setting<string>,
  folder: string,
  snapshot: Snapshot,
  problems: ConfigurationProblem[],
): string | undefined {
  const uri = resolveRelative(folder, value.endsWith('/') ? value : `${value}/`);
  if (uri !== undefined && snapshot.list(uri).kind !== 'absent') return uri;
  problems.push({ place, message: `There is no folder '${value}'. Paths are relative to the folder of demarc.yaml.` });
  return undefined;
}
