import {
  type DocumentPath,
  type DocumentProblem,
  itemsIn,
  member,
  membersOf,
  type Part,
  partOf,
  readBoolean,
  readOneOf,
  readText,
  report,
  requireKeys,
  suggestion,
} from '../check/document.ts';
import { profiles } from '../check/rule.ts';
import { type Severity, severities } from '../findings/finding.ts';
import { readServiceLevel, type ServiceLevel } from '../findings/service-levels.ts';
import { isDataObject } from '../functions/data.ts';
import { concerns } from '../responsibility/layers.ts';
import type { Place } from '../text/span.ts';
import { type PathPattern, parsePattern } from './pattern.ts';
import { readClassification } from './read-classification.ts';
import { type RuleNames, readRules } from './read-rules.ts';
import {
  type ConfigurationReader,
  failLevels,
  fileKeys,
  type Override,
  type RootSets,
  type Setting,
  type Settings,
  settingKeys,
  type TemplateParameters,
} from './settings.ts';
import { readYaml } from './yaml-document.ts';

/** A part of the document with the place that settings below it get. */
export interface Placed {
  readonly part: Part;
  readonly placeOf: (path: DocumentPath) => Place;
  readonly placeOfKey: (path: DocumentPath) => Place;
}

/** A reader of configuration files that knows these rules; each text is read once for as long as it stays the same. */
export function configurationReader(names: RuleNames): ConfigurationReader {
  const known = new Map<string, { readonly text: string; readonly read: ReturnType<ConfigurationReader> }>();
  return (uri, text) => {
    const before = known.get(uri);
    if (before !== undefined && before.text === text) return before.read;
    const read = readConfiguration(uri, text, names);
    known.set(uri, { text, read });
    return read;
  };
}

/** Reads only where rules of one's own are: what else a file says can be read once they are known. Tells no problems. */
export const ruleFolderReader: ConfigurationReader = (uri, text) => {
  const yaml = readYaml(text);
  const part = partOf(yaml.data ?? {}, []);
  const placed: Placed = {
    part,
    placeOf: (path) => ({ uri, ...yaml.spanOfValue(path) }),
    placeOfKey: () => nowhere(uri),
  };
  return {
    file: {
      uri,
      inherit: readBoolean(member(part, 'inherit'), `'inherit'`) ?? true,
      extends: textsOf(placed, 'extends'),
      ruleFolders: textsOf(placed, 'rule-folders'),
      baseline: undefined,
      settings: {
        profile: undefined,
        failOn: undefined,
        rules: [],
        classification: undefined,
        providedElsewhere: [],
        serviceLevels: new Map(),
      },
      overrides: [],
      include: [],
      exclude: [],
      parameterFiles: [],
      roots: [],
    },
    problems: [],
  };
};

function nowhere(uri: string): Place {
  return { uri, start: 0, end: 0 };
}

function readConfiguration(uri: string, text: string, names: RuleNames): ReturnType<ConfigurationReader> {
  const yaml = readYaml(text);
  const problems: DocumentProblem[] = [];
  const part = partOf(yaml.data ?? {}, problems);
  const placeOf = (path: DocumentPath): Place => ({ uri, ...yaml.spanOfValue(path) });
  const placeOfKey = (path: DocumentPath): Place => ({ uri, ...yaml.spanOfKey(path) });
  const placed: Placed = { part, placeOf, placeOfKey };
  if (isDataObject(part.data)) requireKeys(part, fileKeys, 'A configuration');
  else report(part, 'A configuration must be a map of settings.');
  const file = {
    uri,
    inherit: readBoolean(member(part, 'inherit'), `'inherit'`) ?? true,
    extends: textsOf(placed, 'extends'),
    ruleFolders: textsOf(placed, 'rule-folders'),
    baseline: setting(placed, 'baseline', (each) => readText(each, `'baseline'`)),
    settings: readSettings(placed, names),
    overrides: readOverrides(placed, names),
    include: readPatterns(placed, 'include'),
    exclude: readPatterns(placed, 'exclude'),
    parameterFiles: readParameterFiles(placed),
    roots: readRoots(placed),
  };
  const found = problems.map(({ path, message, onKey }) => ({
    place: onKey === true ? placeOfKey(path) : placeOf(path),
    message,
  }));
  return {
    file,
    problems: [...yaml.problems.map(({ start, end, message }) => ({ place: { uri, start, end }, message })), ...found],
  };
}

function readSettings(placed: Placed, names: RuleNames): Settings {
  const { part } = placed;
  return {
    profile: setting(placed, 'profile', (each) => readOneOf(each, profiles, 'A profile')),
    failOn: setting(placed, 'fail-on', (each) => readOneOf(each, failLevels, `'fail-on'`)),
    rules: readRules(placed, member(part, 'rules'), names),
    classification: readClassification(placed, member(part, 'classification'), names),
    providedElsewhere: readProvided(placed, names),
    serviceLevels: readServiceLevels(placed),
  };
}

function setting<T>(
  { part, placeOf }: Placed,
  key: string,
  read: (part: Part) => T | undefined,
): Setting<T> | undefined {
  const written = member(part, key);
  const value = written === undefined ? undefined : read(written);
  return written === undefined || value === undefined ? undefined : { value, place: placeOf(written.path) };
}

function readServiceLevels({ part, placeOf }: Placed): ReadonlyMap<Severity, Setting<ServiceLevel>> {
  const levels = new Map<Severity, Setting<ServiceLevel>>();
  const written = member(part, 'service-levels');
  if (written === undefined) return levels;
  requireKeys(written, severities, 'Service levels');
  for (const severity of severities) {
    const each = member(written, severity);
    const text = each === undefined ? undefined : readText(each, 'A service level');
    if (each === undefined || text === undefined) continue;
    const value = readServiceLevel(text);
    if (value === undefined)
      report(each, `'${text}' is no service level; it is like '48 hours', '2 weeks', '3 months' or 'best effort'.`);
    else levels.set(severity, { value, place: placeOf(each.path) });
  }
  return levels;
}

/** Concerns, and rules by our id or a peer's. */
function readProvided(placed: Placed, names: RuleNames): readonly Setting<string>[] {
  const provided: Setting<string>[] = [];
  for (const { value, place, part } of textParts(placed, 'provided-elsewhere')) {
    const isConcern = concerns.some((concern) => concern === value);
    const meant = isConcern ? [value] : names.named(value).map(({ id }) => id);
    if (meant.length === 0)
      report(part, `There is no concern and no rule '${value}'.${suggestion(value, [...concerns, ...names.all()])}`);
    for (const each of meant) provided.push({ value: each, place });
  }
  return provided;
}

function readOverrides(placed: Placed, names: RuleNames): readonly Override[] {
  const written = member(placed.part, 'overrides');
  if (written === undefined) return [];
  return itemsIn(written, `'overrides'`).flatMap((part): readonly Override[] => {
    if (!isDataObject(part.data)) {
      report(part, `An override must be a map with 'paths' and settings.`);
      return [];
    }
    requireKeys(part, ['paths', ...settingKeys], 'An override');
    const own: Placed = { ...placed, part };
    if (member(part, 'paths') === undefined)
      report(part, `An override needs 'paths': patterns of the files it is for.`);
    const paths = readPatterns(own, 'paths').map(({ value }) => value);
    return paths.length === 0 ? [] : [{ paths, settings: readSettings(own, names) }];
  });
}

function readPatterns(placed: Placed, key: string): readonly Setting<PathPattern>[] {
  return textParts(placed, key).flatMap(({ value, place, part }): readonly Setting<PathPattern>[] => {
    const pattern = parsePattern(value);
    if (typeof pattern !== 'string') return [{ value: pattern, place }];
    report(part, pattern);
    return [];
  });
}

function readParameterFiles(placed: Placed): readonly TemplateParameters[] {
  const written = member(placed.part, 'parameter-files');
  if (written === undefined) return [];
  return membersOf(written, `'parameter-files'`).map(([name, part]) => ({
    template: { value: name, place: placed.placeOfKey(part.path) },
    files: textsIn(placed, part, `The parameter files of '${name}'`),
  }));
}

function readRoots(placed: Placed): readonly RootSets[] {
  const written = member(placed.part, 'roots');
  if (written === undefined) return [];
  return membersOf(written, `'roots'`).map(([name, part]) => ({
    folder: { value: name, place: placed.placeOfKey(part.path) },
    sets: membersOf(part, `The sets of variable files of '${name}'`).map(([set, files]) => ({
      name: set,
      files: textsIn(placed, files, `The variable files of '${set}'`),
    })),
  }));
}

function textsOf(placed: Placed, key: string): readonly Setting<string>[] {
  return textParts(placed, key).map(({ value, place }) => ({ value, place }));
}

function textParts(placed: Placed, key: string): readonly (Setting<string> & { readonly part: Part })[] {
  const written = member(placed.part, key);
  return written === undefined ? [] : partsIn(placed, written, `'${key}'`);
}

function textsIn(placed: Placed, part: Part, what: string): readonly Setting<string>[] {
  return partsIn(placed, part, what).map(({ value, place }) => ({ value, place }));
}

/** A text or a list of texts. */
function partsIn(placed: Placed, part: Part, what: string): readonly (Setting<string> & { readonly part: Part })[] {
  const items = typeof part.data === 'string' ? [part] : itemsIn(part, what);
  return items.flatMap((item) => {
    const value = readText(item, typeof part.data === 'string' ? what : `An item of ${what}`);
    return value === undefined ? [] : [{ value, place: placed.placeOf(item.path), part: item }];
  });
}
