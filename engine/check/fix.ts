import { isMade } from '../estate/made-of.ts';
import { isNothing } from '../estate/operations.ts';
import { type PropertyPath, printPath } from '../estate/path.ts';
import { toData } from '../estate/plain.ts';
import { type Ask, isNewResource, type NewValue, type PropertyEdit } from '../estate/property-edit.ts';
import type { Resource } from '../estate/resource.ts';
import { type Data, equalData, isDataArray, isDataObject, toDataObject } from '../functions/data.ts';
import type { Place } from '../text/span.ts';
import { folderOf } from '../text/uri.ts';
import type { Evidence } from './evidence.ts';
import type { CompiledFacts } from './facts.ts';
import { concrete, sameSegment, segmentsOf } from './paths.ts';
import {
  type ChildSpec,
  type CompiledRule,
  type FixEffect,
  type FixSpec,
  faultPath,
  type ReferringSpec,
} from './rule.ts';
import { type VersionRaise, versionNeed } from './version-raise.ts';
import { type Target, writtenAt } from './written.ts';

/** Edits of one resource. */
export interface ResourceEdits {
  readonly resource: Resource;
  readonly edits: readonly PropertyEdit[];
}

/** Changes a value where it is written. */
export type SourceEdit =
  /** Replaces it: a parameter's default, a module argument, a parameter file. */
  | {
      readonly kind: 'replace';
      readonly place: Place;
      readonly value: NewValue;
      /** The name under which the resource uses it. */
      readonly name: string;
    }
  /** Takes it out of the code: a secure parameter without a default hands it in. */
  | { readonly kind: 'hand-in'; readonly place: Place };

/** What a fix does to one finding. */
export interface FixPlan {
  readonly rule: string;
  readonly title: string;
  readonly effect: FixEffect;
  readonly note: string | undefined;
  /** What only the author knows; no two of one name. */
  readonly asks: readonly Ask[];
  /** Edits of the resources themselves. */
  readonly use: readonly ResourceEdits[];
  /** The same at the source, where the value came from somewhere else; then this is the fix to prefer. */
  readonly source: SourceEdit | undefined;
  /** It can only be made at the source: the resources lie in files that cannot be changed, or have nothing to change. */
  readonly useIsLocked?: true;
  /** API versions that have to be raised for it. Such a fix is only made when it is asked for by itself. */
  readonly raises: readonly VersionRaise[];
}

interface PlannedEdit {
  readonly resource: Resource;
  readonly edit: PropertyEdit;
}

/**
 * Makes a rule's fix concrete for what is at fault. Undefined when the rule has none or it does not apply here, or when no
 * API version that the resource could have takes what it writes.
 */
export function planFix(
  rule: CompiledRule,
  evidence: readonly Evidence[],
  judged: Resource,
  option: (name: string) => Data,
  facts: CompiledFacts,
): FixPlan | undefined {
  const { fix } = rule;
  const [first] = evidence;
  if (fix === undefined || first === undefined) return undefined;
  if (fix.handIn === true) {
    const source = handIn(first);
    if (source !== undefined) return planAtSource(rule.id, fix, source);
  }
  const planned: PlannedEdit[] = [];
  for (const [path, data] of Object.entries(fix.set ?? {})) {
    const target = targetOf(path, evidence, judged);
    if (target === undefined) return undefined;
    // What is right already is left as it is written.
    const wanted = path === faultPath && first.value.kind === 'array' && !isDataArray(data) ? [data] : data;
    if (!equalsWritten(target, wanted)) {
      planned.push({
        resource: target.resource,
        edit: { kind: 'set', path: target.path, value: newValue(wanted, option) },
      });
    }
  }
  for (const path of fix.remove ?? []) {
    const target = targetOf(path, evidence, judged);
    // An item that is not at fault keeps what it has.
    if (target === undefined) continue;
    if (!isNothing(writtenAt(target)))
      planned.push({ resource: target.resource, edit: { kind: 'remove', path: target.path } });
  }
  if (fix.addReferring !== undefined) planned.push(...referringEdits(fix.addReferring, evidence, judged, option));
  if (fix.addChild !== undefined) planned.push(...childEdits(fix.addChild, evidence, judged, option));
  if (planned.length === 0) return undefined;
  const use = byResource(planned);
  const raises = raisesFor(use, facts);
  if (raises === undefined) return undefined;
  return {
    rule: rule.id,
    title: raises.length === 0 ? fix.title : `${fix.title} (API version ${raises.map(({ to }) => to).join(', ')})`,
    effect: raises.length > 0 && fix.effect === 'neutral' ? 'behaviour' : fix.effect,
    note: [fix.note, ...raises.map(raiseNote)].filter((note) => note !== undefined).join(' ') || undefined,
    asks: asksIn(planned),
    use,
    source: raises.length > 0 ? undefined : sourceEdit(fix, planned, first),
    raises,
  };
}

function planAtSource(rule: string, { title, effect, note }: FixSpec, source: SourceEdit): FixPlan {
  return { rule, title, effect, note, asks: [], use: [], source, useIsLocked: true, raises: [] };
}

/**
 * Possible for a value that is written out in the root itself: a module that got another parameter would have to be handed
 * it by all who call it, and a parameter file has no place to hand it in from.
 */
function handIn({ value, resource }: Evidence): SourceEdit | undefined {
  const { origin, kind } = value;
  if ((kind !== 'scalar' && kind !== 'text') || origin.kind !== 'source') return undefined;
  const root = resource.calls[0]?.uri ?? resource.source.uri;
  const isInRoot =
    resource.language === 'terraform'
      ? folderOf(origin.uri) === folderOf(root) && /\.(tf|tofu)$/i.test(origin.uri)
      : origin.uri === root;
  if (!isInRoot) return undefined;
  return { kind: 'hand-in', place: { uri: origin.uri, start: origin.start, end: origin.end } };
}

/** Undefined when some resource cannot have a version that takes the edits. */
function raisesFor(use: readonly ResourceEdits[], facts: CompiledFacts): readonly VersionRaise[] | undefined {
  const raises: VersionRaise[] = [];
  for (const { resource, edits } of use) {
    const need = versionNeed(facts, resource, edits.flatMap(writtenPaths));
    if (need.kind === 'impossible') return undefined;
    if (need.kind === 'raise') raises.push(need.raise);
  }
  return raises;
}

/** The paths of all values that an edit writes, down to the members of new objects. */
function writtenPaths(edit: PropertyEdit): readonly PropertyPath[] {
  return edit.kind === 'set' ? leavesOf(edit.value, edit.path) : [];
}

function leavesOf(value: NewValue, path: PropertyPath): readonly PropertyPath[] {
  if (value.kind === 'object')
    return [...value.members].flatMap(([key, member]) => leavesOf(member, [...path, { kind: 'key', key }]));
  if (value.kind !== 'data' || !isDataObject(value.data)) return [path];
  return Object.entries(value.data).flatMap(([key, data]) =>
    leavesOf({ kind: 'data', data }, [...path, { kind: 'key', key }]),
  );
}

function raiseNote({ from, to, changes }: VersionRaise): string {
  const other = changes.length === 0 ? '' : ` What is not written then changes too: ${changes.join('; ')}.`;
  return `API version ${from} does not have this property, ${to} does.${other}`;
}

/** The place that a path of a fix means: `[]` are the items at fault. Undefined when there is no such item. */
export function targetOf(written: string, evidence: readonly Evidence[], judged: Resource): Target | undefined {
  const [first] = evidence;
  if (first === undefined) return undefined;
  if (written === faultPath) return { resource: first.resource, path: first.path };
  const path = segmentsOf(written);
  for (const each of evidence) {
    const inner = each.standsFor === undefined ? undefined : below(path, each.standsFor);
    if (inner !== undefined) return { resource: each.resource, path: inner };
  }
  if (!path.some((segment) => segment.kind === 'each')) return { resource: judged, path };
  for (const each of evidence) {
    const filled = concrete(path, each.path);
    if (filled !== undefined) return { resource: each.resource, path: filled };
  }
  return undefined;
}

/** The rest of a path that begins with another one. */
function below(path: PropertyPath, prefix: PropertyPath): PropertyPath | undefined {
  if (path.length <= prefix.length) return undefined;
  return prefix.every((segment, index) => sameSegment(segment, path[index])) ? path.slice(prefix.length) : undefined;
}

function equalsWritten(target: Target, data: Data): boolean {
  const written = toData(writtenAt(target));
  return written !== undefined && equalData(written, data);
}

/** Adds the child where it is missing; where it is there, sets on it what is at fault. */
function childEdits(
  child: ChildSpec,
  evidence: readonly Evidence[],
  judged: Resource,
  option: (name: string) => Data,
): readonly PlannedEdit[] {
  const { type, apiVersion, name } = child;
  if (evidence.some((each) => each.missing !== undefined)) {
    const body = newValue(child.body, option);
    return [{ resource: judged, edit: { kind: 'add-child', type, apiVersion, name, body } }];
  }
  const edits: PlannedEdit[] = [];
  for (const { resource, path } of evidence) {
    if (resource === judged || resource.type.toLowerCase() !== type.toLowerCase()) continue;
    const data = dataAt(child.body, path);
    if (data !== undefined && !equalsWritten({ resource, path }, data))
      edits.push({ resource, edit: { kind: 'set', path, value: newValue(data, option) } });
  }
  return edits;
}

/** Adds the resource that is missing; one that is there and says something else is left to its author. */
function referringEdits(
  { type, apiVersion, name, onto, body }: ReferringSpec,
  evidence: readonly Evidence[],
  judged: Resource,
  option: (name: string) => Data,
): readonly PlannedEdit[] {
  const isMissing = evidence.some(({ missing }) => missing?.toLowerCase() === type.toLowerCase());
  if (!isMissing) return [];
  const edit: PropertyEdit = {
    kind: 'add-referring',
    type,
    apiVersion,
    name,
    onto: onto === true,
    body: newValue(body, option),
  };
  return [{ resource: judged, edit }];
}

function dataAt(data: Data, path: PropertyPath): Data | undefined {
  let current: Data | undefined = data;
  for (const segment of path) {
    if (current === undefined || segment.kind !== 'key' || !isDataObject(current)) return undefined;
    const wanted = segment.key.toLowerCase();
    const key: string | undefined = Object.keys(current).find((each) => each.toLowerCase() === wanted);
    current = key === undefined ? undefined : current[key];
  }
  return current;
}

function byResource(planned: readonly PlannedEdit[]): readonly ResourceEdits[] {
  const grouped = new Map<Resource, PropertyEdit[]>();
  for (const { resource, edit } of planned) {
    const edits = grouped.get(resource);
    if (edits === undefined) grouped.set(resource, [edit]);
    else edits.push(edit);
  }
  return [...grouped].map(([resource, edits]) => ({ resource, edits }));
}

/** Possible where one scalar has come from elsewhere and the fix does nothing but give it another value. */
function sourceEdit(fix: FixSpec, planned: readonly PlannedEdit[], evidence: Evidence): SourceEdit | undefined {
  const [only, more] = planned;
  if (only === undefined || more !== undefined || only.edit.kind !== 'set' || fix.addChild !== undefined)
    return undefined;
  const { origin, kind } = evidence.value;
  if (kind !== 'scalar' || origin.kind !== 'source' || origin.via === undefined || isMade(origin)) return undefined;
  // Null is what a parameter is that nobody has given: there is no text to replace.
  if (evidence.value.value === null) return undefined;
  if (only.resource !== evidence.resource || printPath(only.edit.path) !== printPath(evidence.path)) return undefined;
  const place: Place = { uri: origin.uri, start: origin.start, end: origin.end };
  return { kind: 'replace', place, value: only.edit.value, name: origin.via.name };
}

/** Data of a rule as what to write: `{ ask: … }` is asked for, `{ option: name }` is taken from the configuration. */
export function newValue(data: Data, option: (name: string) => Data): NewValue {
  if (isDataArray(data)) {
    const items = data.map((item) => newValue(item, option));
    const plain = items.flatMap((item): readonly Data[] => (item.kind === 'data' ? [item.data] : []));
    return plain.length === items.length ? { kind: 'data', data: plain } : { kind: 'array', items };
  }
  if (!isDataObject(data)) return { kind: 'data', data };
  const { ask } = data;
  if (ask !== undefined && isDataObject(ask)) {
    return { kind: 'ask', name: String(ask.name), prompt: String(ask.prompt), example: ask.example ?? '' };
  }
  const keys = Object.keys(data);
  if (keys.length === 1 && (data.own === 'id' || data.own === 'location')) return { kind: 'own', part: data.own };
  if (keys.length === 1 && typeof data.option === 'string') return { kind: 'data', data: option(data.option) };
  const members = new Map<string, NewValue>();
  for (const [key, member] of Object.entries(data)) members.set(key, newValue(member, option));
  const plain = [...members].flatMap(([key, value]): readonly (readonly [string, Data])[] =>
    value.kind === 'data' ? [[key, value.data]] : [],
  );
  return plain.length === members.size ? { kind: 'data', data: toDataObject(plain) } : { kind: 'object', members };
}

function asksIn(planned: readonly PlannedEdit[]): readonly Ask[] {
  const asks = new Map<string, Ask>();
  const collect = (value: NewValue): void => {
    if (value.kind === 'ask') asks.set(value.name, value);
    else if (value.kind === 'array') value.items.forEach(collect);
    else if (value.kind === 'object') value.members.forEach(collect);
  };
  for (const { edit } of planned) {
    if (edit.kind === 'set') collect(edit.value);
    if (isNewResource(edit)) collect(edit.body);
  }
  return [...asks.values()];
}
