import type { Root } from '../estate/estate.ts';
import type { FileReader } from '../estate/loaded.ts';
import { linkedTemplates } from '../languages/arm/calls.ts';
import { generatorOf } from '../languages/arm/template-kind.ts';
import { moduleCalls as bicepCalls, usedTemplate } from '../languages/bicep/calls.ts';
import { moduleCalls as terraformCalls } from '../languages/terraform/calls.ts';
import { automaticVariableFiles } from '../languages/terraform/variable-files.ts';
import { folderOf, parentFolder, relativeTo } from '../text/uri.ts';
import type { Sources } from './sources.ts';

/** What the configuration says of how files are deployed; undefined where it says nothing. */
export interface DeploymentSettings {
  readonly parameterFilesOf: (template: string) => readonly string[] | undefined;
  /** Templates that a parameter file is said to belong to. */
  readonly templatesOf: (parameterFile: string) => readonly string[];
  /** Sets of variable files of a Terraform folder. */
  readonly setsOf: (
    folder: string,
  ) => readonly { readonly name: string; readonly files: readonly string[] }[] | undefined;
}

/**
 * The roots of a set of files: what nothing else in the set deploys, once for each of its parameter files. A Terraform
 * folder for which sets of variable files are configured is a root, whoever calls it.
 */
export function findRoots(
  uris: readonly string[],
  sources: Sources,
  reader: FileReader,
  settings: DeploymentSettings,
): readonly Root[] {
  const calls = new Map<string, readonly string[]>();
  const templates: { readonly uri: string; readonly language: 'bicep' | 'arm' }[] = [];
  const folders = new Set<string>();
  const parameterFiles = new Map<string, string[]>();
  const plans: Root[] = [];
  const addParameters = (template: string, uri: string): void => {
    // What the configuration lists is all that there is.
    if (settings.parameterFilesOf(template) !== undefined) return;
    const files = parameterFiles.get(template);
    if (files === undefined) parameterFiles.set(template, [uri]);
    else files.push(uri);
  };
  const known = new Set(uris);
  const configured = new Set<string>();
  for (const uri of uris) {
    for (const template of settings.templatesOf(uri)) configured.add(template);
    const source = sources.get(uri, reader);
    switch (source?.kind) {
      case 'bicep':
        calls.set(uri, targetsOf(bicepCalls(uri, source.file)));
        templates.push({ uri, language: 'bicep' });
        break;
      case 'template':
        if (isCompiledBeside(uri, source.text, known)) break;
        calls.set(uri, targetsOf(linkedTemplates(uri, source)));
        templates.push({ uri, language: 'arm' });
        break;
      case 'bicepparam': {
        const template = usedTemplate(uri, source.file)?.target;
        if (template !== undefined) addParameters(template, uri);
        break;
      }
      case 'parameters':
        for (const template of templatesOfParameters(uri, known)) addParameters(template, uri);
        break;
      case 'terraform':
        folders.add(folderOf(uri));
        calls.set(folderOf(uri), [
          ...(calls.get(folderOf(uri)) ?? []),
          ...targetsOf(terraformCalls(uri, folderOf(uri), source.file)),
        ]);
        break;
      case 'plan':
        plans.push({ language: 'terraform', uri, parameterFiles: [] });
        break;
      case 'terraform-variables':
      case 'other':
      case undefined:
        break;
    }
  }
  const called = calledFromOutside(calls);
  const roots: Root[] = [...plans];
  const withSets = (language: Root['language'], uri: string): void => {
    const sets = settings.parameterFilesOf(uri) ?? parameterFiles.get(uri) ?? [];
    if (sets.length === 0) roots.push({ language, uri, parameterFiles: [] });
    for (const file of sets) {
      const set = sets.length > 1 ? { set: setName(uri, file) } : {};
      roots.push({ language, uri, parameterFiles: [file], ...set });
    }
  };
  for (const { uri, language } of templates) {
    if (!called.has(uri)) withSets(language, uri);
  }
  // A parameter file that is linted alone brings the template that it uses.
  for (const template of new Set([...parameterFiles.keys(), ...configured])) {
    if (!known.has(template)) withSets(template.endsWith('.bicep') ? 'bicep' : 'arm', template);
  }
  for (const folder of folders) {
    const sets = settings.setsOf(folder);
    if (called.has(folder) && sets === undefined) continue;
    const automatic = automaticVariableFiles(folder, reader);
    if (sets === undefined || sets.length === 0)
      roots.push({ language: 'terraform', uri: folder, parameterFiles: automatic });
    for (const { name, files } of sets ?? []) {
      const set = sets !== undefined && sets.length > 1 ? { set: name } : {};
      roots.push({ language: 'terraform', uri: folder, parameterFiles: [...automatic, ...files], ...set });
    }
  }
  return roots;
}

/** A parameter file as it is called beside its template. */
function setName(template: string, file: string): string {
  const folder = folderOf(template);
  if (file.startsWith(folder)) return relativeTo(folder, file);
  const own = folderOf(file);
  return relativeTo(parentFolder(own) ?? own, file);
}

function targetsOf(calls: readonly { readonly target: string }[]): readonly string[] {
  return calls.map((call) => call.target);
}

/**
 * Everything that is reached from something which nothing calls. Of modules that only call each other, the first one
 * counts as not called, so that they are looked at all the same.
 */
function calledFromOutside(calls: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const called = new Set([...calls].flatMap(([uri, targets]) => targets.filter((target) => target !== uri)));
  const reached = new Set<string>();
  const reach = (start: string): void => {
    const waiting = [start];
    for (let uri = waiting.pop(); uri !== undefined; uri = waiting.pop()) {
      if (reached.has(uri)) continue;
      reached.add(uri);
      waiting.push(...(calls.get(uri) ?? []));
    }
  };
  for (const uri of calls.keys()) if (!called.has(uri)) reach(uri);
  for (const uri of calls.keys()) {
    if (reached.has(uri)) continue;
    called.delete(uri);
    reach(uri);
  }
  return called;
}

/** A template that the Bicep compiler wrote, with its source beside it in the set: judged there. */
export function isCompiledBeside(uri: string, text: string, known: ReadonlySet<string>): boolean {
  return known.has(sourceOfCompiled(uri)) && generatorOf(text) === 'bicep';
}

/** The Bicep file that a template would have been compiled from. */
export function sourceOfCompiled(uri: string): string {
  return uri.replace(/\.jsonc?$/i, '.bicep');
}

/** `main.parameters.json` and `main.parameters.prod.json` belong to `main.bicep`, or else to `main.json`. */
function templatesOfParameters(uri: string, known: ReadonlySet<string>): readonly string[] {
  const stem = /^(.*\/[^/]+?)\.parameters(\.[^/]*)?\.jsonc?$/i.exec(uri)?.[1];
  if (stem === undefined) return [];
  const found = [`${stem}.bicep`, `${stem}.json`].find((template) => known.has(template));
  return found === undefined ? [] : [found];
}
