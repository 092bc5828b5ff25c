import type { FileState, Snapshot } from '../estate/snapshot.ts';
import type { Place } from '../text/span.ts';
import { folderOf, parentFolder, relativeTo, resolveRelative } from '../text/uri.ts';
import { defaultConfiguration, type EffectiveConfiguration, layered } from './effective.ts';
import { findExtended } from './extended.ts';
import { type Layer, layerOf, type VariableSet } from './layer.ts';
import { covers } from './pattern.ts';
import {
  type ConfigurationFile,
  type ConfigurationProblem,
  type ConfigurationReader,
  configurationName,
  type Override,
  type Setting,
} from './settings.ts';

/** The layers that count for a folder, the weakest first, and what they come to for files that overrides tell apart. */
interface Chain {
  readonly layers: readonly Layer[];
  readonly overrides: readonly { readonly layer: Layer; readonly override: Override }[];
  readonly effective: Map<string, EffectiveConfiguration>;
}

const emptyChain: Chain = { layers: [], overrides: [], effective: new Map([['', defaultConfiguration]]) };

/** Files that build on each other: more than this many are a mistake. */
const maximumExtensions = 16;

/**
 * The configuration of every file of a snapshot. A `demarc.yaml` counts for its folder and those below; the nearer one
 * counts more. Each is read when a file below it is first asked about.
 */
export class Configurations {
  readonly #snapshot: Snapshot;
  readonly #reader: ConfigurationReader | undefined;
  readonly #chains = new Map<string, Chain>();
  readonly #files = new Map<string, ConfigurationFile | undefined>();
  readonly #problems: ConfigurationProblem[] = [];
  readonly #ruleFolders = new Set<string>();
  #wantsReader = false;

  /**
   * Without a reader, which is large, every file counts as absent; `wantsReader` then says whether there was one. `problems`
   * are those of the rules of one's own.
   */
  constructor(snapshot: Snapshot, reader?: ConfigurationReader, problems: readonly ConfigurationProblem[] = []) {
    this.#snapshot = snapshot;
    this.#reader = reader;
    this.#problems.push(...problems);
  }

  get wantsReader(): boolean {
    return this.#wantsReader;
  }

  /** What is wrong with the files that were read so far. */
  get problems(): readonly ConfigurationProblem[] {
    return this.#problems;
  }

  /** URIs of the configuration files that were read so far. */
  get files(): readonly string[] {
    return [...this.#files].flatMap(([uri, file]) => (file === undefined ? [] : [uri]));
  }

  /** Folders with rules of one's own that the files read so far name. */
  get ruleFolders(): readonly string[] {
    return [...this.#ruleFolders];
  }

  /** What holds for a file. Two files for which the same holds get the same object. */
  forFile(uri: string): EffectiveConfiguration {
    const chain = this.#chainOf(folderOf(uri));
    let key = '';
    for (const { layer, override } of chain.overrides) {
      const path = pathIn(layer, uri);
      key += override.paths.some((pattern) => covers(pattern, path)) ? '1' : '0';
    }
    let effective = chain.effective.get(key);
    if (effective === undefined) {
      effective = effectiveOf(chain, key);
      chain.effective.set(key, effective);
    }
    return effective;
  }

  /** The place that says that a file is not linted; undefined for one that is. */
  exclusionOf(uri: string): Place | undefined {
    const { layers } = this.#chainOf(folderOf(uri));
    for (const layer of layers) {
      const excluded = layer.file.exclude.find(({ value }) => covers(value, pathIn(layer, uri)));
      if (excluded !== undefined) return excluded.place;
    }
    // What is included adds up within a folder, and is narrowed by the folders below.
    const included = new Map<string, boolean>();
    for (const layer of layers) {
      const { include } = layer.file;
      if (include.length === 0) continue;
      const here = include.some(({ value }) => covers(value, pathIn(layer, uri)));
      included.set(layer.folder, here || included.get(layer.folder) === true);
    }
    const outside = layers.find((layer) => included.get(layer.folder) === false && layer.file.include.length > 0);
    return outside?.file.include[0]?.place;
  }

  /** The parameter files that a template is said to be deployed with; undefined where nothing is said. */
  parameterFilesOf(template: string): readonly string[] | undefined {
    const { layers } = this.#chainOf(folderOf(template));
    return layers.findLast((layer) => layer.parameterFiles.has(template))?.parameterFiles.get(template);
  }

  /** The templates that a parameter file is said to belong to. */
  templatesOf(parameterFile: string): readonly string[] {
    const templates = new Set<string>();
    for (const { parameterFiles } of this.#chainOf(folderOf(parameterFile)).layers) {
      for (const [template, files] of parameterFiles) if (files.includes(parameterFile)) templates.add(template);
    }
    return [...templates];
  }

  /** The sets of variable files that a Terraform folder is said to be deployed with; undefined where nothing is said. */
  setsOf(folder: string): readonly VariableSet[] | undefined {
    return this.#chainOf(folder)
      .layers.findLast((layer) => layer.roots.has(folder))
      ?.roots.get(folder);
  }

  /** The place that says how a template or Terraform folder is deployed. */
  deploymentPlaceOf(uri: string): Place | undefined {
    return this.#chainOf(folderOf(uri))
      .layers.findLast((layer) => layer.deployed.has(uri))
      ?.deployed.get(uri);
  }

  /** The file of known findings that is named for a file; undefined where none is. */
  baselineOf(uri: string): Setting<string> | undefined {
    const layer = this.#chainOf(folderOf(uri)).layers.findLast(({ file }) => file.baseline !== undefined);
    const written = layer?.file.baseline;
    if (layer === undefined || written === undefined) return undefined;
    const value = resolveRelative(layer.folder, written.value);
    return value === undefined ? undefined : { value, place: written.place };
  }

  /** The configuration files that count for a file, the weakest first. */
  filesFor(uri: string): readonly string[] {
    return this.#chainOf(folderOf(uri)).layers.map(({ file }) => file.uri);
  }

  #chainOf(folder: string): Chain {
    const known = this.#chains.get(folder);
    if (known !== undefined) return known;
    const chain = this.#makeChain(folder);
    this.#chains.set(folder, chain);
    return chain;
  }

  #makeChain(folder: string): Chain {
    const own = folder === '' ? undefined : this.#fileAt(folder + configurationName);
    const above = parentFolder(folder);
    const inherited = own?.inherit === false || above === undefined ? emptyChain : this.#chainOf(above);
    if (own === undefined) return inherited;
    const layers = [...inherited.layers, ...this.#layersOf(own, folder, [])];
    const overrides = layers.flatMap((layer) => layer.file.overrides.map((override) => ({ layer, override })));
    return { layers, overrides, effective: new Map() };
  }

  /** A file and what it builds on, all for the folder of the file that is found by its name. */
  #layersOf(file: ConfigurationFile, folder: string, extendedBy: readonly string[]): readonly Layer[] {
    const layers: Layer[] = [];
    for (const written of file.extends) {
      const base = this.#extended(written, file, [...extendedBy, file.uri]);
      if (base !== undefined) layers.push(...this.#layersOf(base, folder, [...extendedBy, file.uri]));
    }
    const layer = layerOf(file, folder, this.#snapshot);
    this.#problems.push(...layer.problems);
    for (const each of layer.ruleFolders) this.#ruleFolders.add(each);
    layers.push(layer);
    return layers;
  }

  #extended(
    { value, place }: Setting<string>,
    file: ConfigurationFile,
    extendedBy: readonly string[],
  ): ConfigurationFile | undefined {
    const found = findExtended(value, folderOf(file.uri), this.#snapshot);
    if (found.kind === 'missing') {
      this.#problems.push({ place, message: found.message });
      return undefined;
    }
    if (extendedBy.includes(found.uri) || extendedBy.length > maximumExtensions) {
      this.#problems.push({ place, message: `'${value}' leads back here: files cannot extend each other.` });
      return undefined;
    }
    return this.#fileAt(found.uri);
  }

  #fileAt(uri: string): ConfigurationFile | undefined {
    if (this.#files.has(uri)) return this.#files.get(uri);
    const file = this.#readFile(uri, this.#snapshot.file(uri));
    this.#files.set(uri, file);
    return file;
  }

  #readFile(uri: string, state: FileState): ConfigurationFile | undefined {
    if (state.kind === 'unreadable' && state.outside !== true)
      this.#problems.push({ place: { uri, start: 0, end: 0 }, message: state.message });
    if (state.kind !== 'text') return undefined;
    if (this.#reader === undefined) {
      this.#wantsReader = true;
      return undefined;
    }
    const { file, problems } = this.#reader(uri, state.text);
    this.#problems.push(...problems);
    return file;
  }
}

/** For hosts without configuration files. */
export function noConfiguration(): Configurations {
  return new Configurations({ file: () => ({ kind: 'absent' }), list: () => ({ kind: 'absent' }) });
}

function pathIn(layer: Layer, uri: string): readonly string[] {
  return relativeTo(layer.folder, uri).split('/');
}

/** `key` has a `1` for each override that counts. */
function effectiveOf({ layers, overrides }: Chain, key: string): EffectiveConfiguration {
  let effective = defaultConfiguration;
  let index = 0;
  for (const layer of layers) {
    effective = layered(effective, layer.file.settings, layer.ruleFolders);
    for (; overrides[index]?.layer === layer; index++) {
      const settings = overrides[index]?.override.settings;
      if (key[index] === '1' && settings !== undefined) effective = layered(effective, settings, []);
    }
  }
  return effective;
}
