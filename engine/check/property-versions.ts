import type { Data } from '../functions/data.ts';
import { isDataObject } from '../functions/data.ts';
import type { CompiledLens } from '../languages/terraform/lens-model.ts';
import { pathsOfLens } from '../languages/terraform/lens-paths.ts';
import type { CheckData } from './compile-all.ts';
import type { CompiledFacts, LimitedProperties, PropertyStretches } from './facts.ts';
import { factKey, segmentsOf } from './paths.ts';
import type { CompiledRule } from './rule.ts';
import { pathsOfFix, pathsOfRule } from './used-paths.ts';

/** What the public type definitions say of one property. */
export interface PropertyVersions {
  /** Stretches of API versions that have it, both ends included; undefined: all of the type's versions. */
  readonly in?: readonly (readonly [first: string, last: string])[];
  /** True where no version lets it be written. */
  readonly readOnly?: boolean;
  /** The texts that the newest version names for it; others may be allowed too. */
  readonly values?: readonly string[];
}

/** What the public type definitions say of one resource type; paths are written as rules write them. */
export interface TypeVersions {
  /** Oldest first; of one date the preview first. */
  readonly versions: readonly string[];
  readonly paths: Readonly<Record<string, PropertyVersions>>;
}

/** By resource type. Written by `npm run facts`. Source: Azure/bicep-types-az, generated type definitions. */
export type VersionFacts = Readonly<Record<string, TypeVersions>>;

/** Types that the type definitions do not hold: those of another provider than Azure, and those retired before 2019. */
const elsewhere = /^microsoft\.(graph|classicstorage|classiccompute)\//i;

/** What azurerm writes to the data plane, beside all types: Storage Analytics. */
const dataPlane = /^microsoft\.storage\/storageaccounts\/(queue|table)services properties\.logging\./i;

interface IndexedVersions {
  readonly versions: readonly string[];
  readonly paths: ReadonlyMap<string, PropertyVersions>;
}

function byLowerCase(facts: VersionFacts): ReadonlyMap<string, IndexedVersions> {
  return new Map(
    Object.entries(facts).map(([type, { versions, paths }]) => [
      type.toLowerCase(),
      { versions, paths: new Map(Object.entries(paths).map(([path, entry]) => [path.toLowerCase(), entry])) },
    ]),
  );
}

/** Every path that rules, lens tables and facts name, by resource type as it is first written. */
export function namedPaths(checks: CheckData, lens: CompiledLens): ReadonlyMap<string, ReadonlySet<string>> {
  const spelling = new Map<string, string>();
  const named = new Map<string, Set<string>>();
  // Facts are kept in lower case: what is named elsewhere too keeps that spelling.
  const lower = new Set<string>();
  const add = (type: string, path: string | undefined): void => {
    const name = spelling.get(type.toLowerCase()) ?? type;
    spelling.set(type.toLowerCase(), name);
    const paths = named.get(name) ?? new Set();
    named.set(name, paths);
    const known = path === undefined || lower.has(`${name} ${path}`.toLowerCase());
    if (known) return;
    lower.add(`${name} ${path}`.toLowerCase());
    paths.add(path);
  };
  for (const rule of checks.rules) {
    for (const type of rule.types) if (type !== '*') add(type, undefined);
    for (const use of pathsOfRule(rule)) for (const type of use.types) add(type, use.path);
  }
  for (const { type, path } of pathsOfLens(lens)) if (path !== '') add(type, path);
  for (const { type, path } of pathsOfFacts(checks.facts)) add(type, path);
  return named;
}

/** What is wrong with the paths that rules and lens tables name: one sentence each. */
export function problemsOfVersions(checks: CheckData, lens: CompiledLens, facts: VersionFacts): readonly string[] {
  const types = byLowerCase(facts);
  const problems = new Set<string>();
  const has = (type: string, path: string): boolean =>
    types.get(type.toLowerCase())?.paths.has(path.toLowerCase()) === true || dataPlane.test(`${type} ${path}`);
  for (const rule of checks.rules) {
    for (const type of rule.types)
      if (type !== '*' && !elsewhere.test(type) && !types.has(type.toLowerCase()))
        problems.add(`rules/${rule.id}.yaml: no API version has the type ${type}.`);
    for (const { types: of, path } of pathsOfRule(rule))
      if (!of.some((type) => elsewhere.test(type) || has(type, path)))
        problems.add(`rules/${rule.id}.yaml: no API version of ${of.join(' or ')} has ${path}.`);
    for (const problem of valueProblems(rule.fix?.set ?? {}, rule.types, types))
      problems.add(`rules/${rule.id}.yaml: ${problem}`);
  }
  for (const { terraformType, type, path } of pathsOfLens(lens))
    if (path !== '' && !elsewhere.test(type) && !has(type, path))
      problems.add(`lens, ${terraformType}: no API version of ${type} has ${path}.`);
  for (const { type, path } of pathsOfFacts(checks.facts))
    if (!elsewhere.test(type) && !has(type, path)) problems.add(`facts: no API version of ${type} has ${path}.`);
  return [...problems];
}

/** The paths that Azure gives a default; `absent: none` may also say that a type has no such property. Both in lower case. */
function pathsOfFacts(facts: CompiledFacts): readonly { readonly type: string; readonly path: string }[] {
  return Object.entries(facts.types).flatMap(([type, paths]) =>
    Object.entries(paths).flatMap(([path, { absent }]) => (absent === 'none' ? [] : [{ type, path }])),
  );
}

/** A fix writes nothing that can only be read, and no text that Azure does not name. */
function valueProblems(
  set: Readonly<Record<string, Data>>,
  of: readonly string[],
  types: ReadonlyMap<string, IndexedVersions>,
): readonly string[] {
  const problems: string[] = [];
  for (const [path, data] of Object.entries(set)) {
    const entries = of.flatMap((type) => types.get(type.toLowerCase())?.paths.get(path.toLowerCase()) ?? []);
    if (entries.length === 0 || isDataObject(data)) continue;
    if (entries.every(({ readOnly }) => readOnly === true))
      problems.push(`the fix sets ${path}, which can only be read.`);
    const named = entries.flatMap(({ values }) => values ?? []).map((value) => value.toLowerCase());
    if (named.length > 0 && typeof data === 'string' && !named.includes(data.toLowerCase()))
      problems.push(`the fix sets ${path} to '${data}', which is none of: ${named.join(', ')}.`);
  }
  return problems;
}

/** What checking needs of the version facts: the properties that fixes set and that some API versions lack. */
export function limitedProperties(
  rules: readonly CompiledRule[],
  facts: VersionFacts,
): Readonly<Record<string, LimitedProperties>> {
  const types = byLowerCase(facts);
  const limited: Record<string, { versions: readonly string[]; paths: Record<string, PropertyStretches> }> = {};
  for (const { fix, types: of } of rules) {
    for (const { types: named, path } of fix === undefined ? [] : pathsOfFix(fix, of)) {
      for (const type of named) {
        const entry = types.get(type.toLowerCase());
        const stretches = entry?.paths.get(path.toLowerCase())?.in;
        if (entry === undefined || stretches === undefined) continue;
        const newest = entry.versions[entry.versions.length - 1];
        const ofType = limited[type.toLowerCase()] ?? { versions: entry.versions, paths: {} };
        limited[type.toLowerCase()] = ofType;
        ofType.paths[factKey(segmentsOf(path))] = stretches.map(([first, last]) =>
          last === newest ? [first, last, true] : [first, last],
        );
      }
    }
  }
  return limited;
}
