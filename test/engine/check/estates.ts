import { checkSubjects } from '../../../engine/check/check-subjects.ts';
import { compileRule } from '../../../engine/check/compile.ts';
import { patternProblem } from '../../../engine/check/compile-all.ts';
import { compileFacts } from '../../../engine/check/compile-facts.ts';
import type { CompiledFacts } from '../../../engine/check/facts.ts';
import { builtInMatcher } from '../../../engine/check/pattern.ts';
import type { CompiledRule } from '../../../engine/check/rule.ts';
import { makeRuleSet } from '../../../engine/check/rule-set.ts';
import { type CheckOptions, type CheckResult, checkEstate } from '../../../engine/check/run.ts';
import type { Estate } from '../../../engine/estate/estate.ts';
import { array, choice, object, reference, scalar, unknown } from '../../../engine/estate/make.ts';
import { sourceOrigin } from '../../../engine/estate/origin.ts';
import type { Resource } from '../../../engine/estate/resource.ts';
import type { Unknown, Value } from '../../../engine/estate/value.ts';
import type { Data } from '../../../engine/functions/data.ts';

/** Plain data in which values may stand anywhere: an estate is written as its text would be. */
export type Written =
  | Value
  | string
  | number
  | boolean
  | null
  | readonly Written[]
  | { readonly [key: string]: Written };

export const uri = 'file:///main.bicep';

let position = 0;

/** Every value gets a span of its own, so that tests can tell places apart. */
export function here(length = 4, file = uri): ReturnType<typeof sourceOrigin> {
  position += 10;
  return sourceOrigin(file, position, position + length);
}

function isValue(written: Written): written is Value {
  return typeof written === 'object' && written !== null && 'origin' in written && 'kind' in written;
}

export function value(written: Written): Value {
  if (typeof written !== 'object' || written === null) return scalar(written, here());
  if (Array.isArray(written)) return array(written.map(value), here());
  if (isValue(written)) return written;
  return object(new Map(Object.entries(written).map(([key, member]) => [key, value(member)])), here());
}

export function unset(name: string, secret = false): Unknown {
  return unknown('parameter', `parameter '${name}' has no value`, here(), name, secret);
}

/** One of two values, by a condition of this name. */
export function either(name: string, whenTrue: Written, whenFalse: Written): Value {
  return choice({ id: name, alternatives: [name, `not (${name})`] }, [value(whenTrue), value(whenFalse)], here());
}

/** A list that may have further items. */
export function openList(...items: readonly Written[]): Value {
  return array(items.map(value), here(), unset('more'));
}

/** An object that may have further members. */
export function openObject(members: { readonly [key: string]: Written }): Value {
  return object(new Map(Object.entries(members).map(([key, member]) => [key, value(member)])), here(), unset('more'));
}

export function idOf(resource: Resource): Value {
  return reference({ kind: 'resource', resource }, ['id'], here());
}

export interface ResourceParts {
  readonly name?: Written;
  readonly names?: readonly Written[];
  readonly parent?: Resource;
  readonly scope?: Value;
  readonly exists?: Written;
  readonly existing?: boolean;
  readonly apiVersion?: string | undefined;
  readonly address?: string;
  readonly instance?: string;
  readonly calls?: Resource['calls'];
  readonly file?: string;
}

export function resource(type: string, body: Written, parts: ResourceParts = {}): Resource {
  const file = parts.file ?? uri;
  const own = value(parts.name ?? type.slice(type.lastIndexOf('/') + 1));
  const names = parts.names?.map(value) ?? [...(parts.parent?.names ?? []), own];
  return {
    language: 'bicep',
    address: parts.address ?? type.slice(type.lastIndexOf('/') + 1),
    type,
    apiVersion: 'apiVersion' in parts ? parts.apiVersion : '2023-05-01',
    names,
    exists: value(parts.exists ?? true),
    existing: parts.existing ?? false,
    body: value(body),
    parent: parts.parent,
    scope: parts.scope,
    header: here(20, file),
    declaration: here(200, file),
    instance: parts.instance ?? '',
    calls: parts.calls ?? [],
    source: { language: 'bicep', uri: file, node: undefined },
  };
}

export function estate(resources: readonly Resource[], parts: Partial<Estate> = {}): Estate {
  return {
    root: { language: 'bicep', uri, parameterFiles: [] },
    scope: 'resourceGroup',
    resources,
    outputs: [],
    unresolved: [],
    problems: [],
    dependencies: new Set([uri]),
    ...parts,
  };
}

export const storage = 'Microsoft.Storage/storageAccounts';

/** A rule with what every rule must have filled in. Throws when it does not compile. */
export function rule(parts: Record<string, Data>, id = 'test/rule'): CompiledRule {
  const subject = 'subject' in parts ? {} : { resource: storage };
  const data = {
    title: 'All is well',
    layer: 'network-controls',
    concern: 'exposure',
    severity: 'high',
    profiles: ['recommended'],
    why: 'Because.',
    ...subject,
    ...parts,
  };
  const compiled = compileRule(id, data, { checks: checkSubjects, patternProblem });
  if (compiled.rule === undefined) throw new Error(JSON.stringify(compiled.problems));
  return compiled.rule;
}

export function facts(data: Data): CompiledFacts {
  const compiled = compileFacts(data, patternProblem);
  if (compiled.problems.length > 0) throw new Error(JSON.stringify(compiled.problems));
  return compiled.facts;
}

export function check(
  resources: readonly Resource[] | Estate,
  rules: readonly CompiledRule[],
  known: Data = {},
  options: CheckOptions = {},
): CheckResult {
  const set = makeRuleSet([{ rules, matches: builtInMatcher }], facts(known));
  return checkEstate('resources' in resources ? resources : estate(resources), set, options);
}

/** `pass`, `fail`, `may-fail` or `undetermined`: what a requirement makes of a storage account with this body. */
export function verdict(body: Written, require: Data, known: Data = {}, parts: ResourceParts = {}): string {
  return verdictOf([resource(storage, body, parts)], { require }, known);
}

export function verdictOf(
  resources: readonly Resource[] | Estate,
  parts: Record<string, Data>,
  known: Data = {},
  options: CheckOptions = {},
): string {
  const result = check(resources, [rule(parts)], known, options);
  if (result.findings.some((finding) => finding.verdict === 'fail')) return 'fail';
  if (result.findings.length > 0) return 'may-fail';
  return result.undetermined.length > 0 ? 'undetermined' : 'pass';
}
