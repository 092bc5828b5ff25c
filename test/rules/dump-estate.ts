import { assume } from '../../engine/estate/condition.ts';
import type { Estate, Output } from '../../engine/estate/estate.ts';
import { linkResources } from '../../engine/estate/link.ts';
import type { DeploymentScope, Resource } from '../../engine/estate/resource.ts';
import type { Condition, Reference, Text, Value } from '../../engine/estate/value.ts';
import { isOwnScope } from './print-deployments.ts';

/** Parts of a body that say where a resource belongs: languages differ in whether they keep them there. */
const placement: ReadonlySet<string> = new Set(['name', 'type', 'apiversion', 'scope', 'parent', 'dependson']);

/** Around the identity of something unknown, until all of them are known and can be numbered. */
const mark = '\u0001';

/**
 * Everything that an estate says, as lines: one for each resource and output and for every leaf of their values, all of
 * them forced. Two estates that mean the same have the same lines, whatever language they were written in: what is not known
 * is numbered (`?1`), alone where it is met only once (`?`), and null is as good as nothing. Secrets begin with `!`.
 */
export function dumpEstate(estate: Estate): readonly string[] {
  const { parentOf } = linkResources(estate.resources);
  const blocks = [
    ...estate.resources.map((resource) => dumpResource(resource, parentOf(resource), estate.scope)),
    ...estate.outputs.filter((output) => output.atRoot).map(dumpOutput),
  ];
  const sorted = blocks
    .map((lines) => ({ lines, key: lines.join('\n').replace(new RegExp(`${mark}[^${mark}]*${mark}`, 'g'), '') }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return numbered(sorted.flatMap(({ lines }) => lines));
}

/** Numbers the identities in the order in which they are met. */
function numbered(lines: readonly string[]): readonly string[] {
  const identity = new RegExp(`${mark}([^${mark}]*)${mark}`, 'g');
  const uses = new Map<string, number>();
  for (const line of lines) {
    for (const [, name = ''] of line.matchAll(identity)) uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  const numbers = new Map<string, number>();
  const numberOf = (name: string): string => {
    if ((uses.get(name) ?? 0) < 2) return '';
    const known = numbers.get(name) ?? numbers.size + 1;
    numbers.set(name, known);
    return String(known);
  };
  return lines.map((line) => line.replace(identity, (_, name: string) => numberOf(name)));
}

function dumpResource(resource: Resource, parent: Resource | undefined, own: DeploymentScope): readonly string[] {
  const { apiVersion, exists, existing, partial, scope, body } = resource;
  const lines = [`${titleOf(resource)}@${apiVersion ?? 'no version'}`];
  const add = (path: string, value: string): void => {
    lines.push(`  ${path} = ${value}`);
  };
  if (existing) add('existing', 'true');
  if (partial === true) add('partial', 'true');
  add('exists', showLeaf(exists));
  if (parent !== undefined) add('parent', titleOf(parent));
  // A child is where its parent is, whether that is written or not.
  if (scope !== undefined && parent === undefined && !(scope.kind === 'reference' && isOwnScope(scope, own)))
    add('scope', showLeaf(scope));
  // What is said of an existing resource is its name, and that is known already.
  if (existing) return lines;
  addValue(body, '', lines);
  return lines;
}

function dumpOutput(output: Output): readonly string[] {
  const lines = [`output ${output.name}`];
  if (output.secure) lines.push('  secure = true');
  addValue(output.value, 'value', lines);
  return lines;
}

function titleOf({ type, names }: Pick<Resource, 'type' | 'names'>): string {
  return `${type.toLowerCase()}(${names.map(showLeaf).join(', ')})`;
}

/** Adds a line for every leaf, in the order of the keys. */
function addValue(value: Value, path: string, lines: string[]): void {
  if (value.kind === 'object') {
    const below = path === '' ? '' : `${path}.`;
    const keys = value.keys().filter((key) => path !== '' || !placement.has(key.toLowerCase()));
    const present = keys.filter((key) => !isNothing(value.get(key)));
    if (present.length === 0 || value.secret) lines.push(`  ${path} = ${marked(value, '{}')}`);
    for (const key of present.sort()) addValue(value.get(key), below + key, lines);
    if (value.open !== undefined) lines.push(`  ${below}… = ${showLeaf(value.open)}`);
    return;
  }
  if (value.kind === 'array') {
    if (value.items.length === 0 || value.secret) lines.push(`  ${path} = ${marked(value, '[]')}`);
    value.items.forEach((item, index) => {
      addValue(item, `${path}[${index}]`, lines);
    });
    if (value.open !== undefined) lines.push(`  ${path}[…] = ${showLeaf(value.open)}`);
    return;
  }
  if (!isNothing(value)) lines.push(`  ${path} = ${showLeaf(value)}`);
}

function isNothing(value: Value): boolean {
  return value.kind === 'absent' || (value.kind === 'scalar' && value.value === null);
}

function marked(value: Value, written: string): string {
  return value.secret ? `!${written}` : written;
}

/** A value on one line. */
function showLeaf(value: Value): string {
  const condition = conditionIn(value);
  if (condition === undefined) return showSettled(value);
  const options = condition.alternatives.map((_, index) => showLeaf(settle(value, condition, index)));
  const [first = ''] = options;
  if (options.every((option) => option === first)) return first;
  return `choice${mark}${condition.id}${mark}(${options.join(' | ')})`;
}

/** What decides a value: languages differ in whether a choice of names is one of ids, or a choice of parts one of texts. */
function conditionIn(value: Value): Condition | undefined {
  switch (value.kind) {
    case 'choice':
      return value.condition;
    case 'text':
      return firstOf(value.parts.filter((part) => typeof part !== 'string'));
    case 'reference':
      return firstOf((value.target.kind === 'id' ? value.target.id : value.target.resource).names);
    case 'absent':
    case 'scalar':
    case 'object':
    case 'array':
    case 'unknown':
      return undefined;
  }
}

function firstOf(values: readonly Value[]): Condition | undefined {
  for (const value of values) {
    const condition = conditionIn(value);
    if (condition !== undefined) return condition;
  }
  return undefined;
}

/** The value, given that a condition has come out as its alternative number `index` (0-based). */
function settle(value: Value, condition: Condition, index: number): Value {
  const inner = (part: Value): Value => settle(part, condition, index);
  if (value.kind === 'choice') {
    const assumed = assume(value, condition, index);
    return assumed === value || assumed.kind === 'choice' ? assumed : inner(assumed);
  }
  if (value.kind === 'text')
    return { ...value, parts: value.parts.map((part) => (typeof part === 'string' ? part : inner(part))) };
  if (value.kind !== 'reference') return value;
  const { target } = value;
  if (target.kind === 'id')
    return { ...value, target: { kind: 'id', id: { ...target.id, names: target.id.names.map(inner) } } };
  const { type, names } = target.resource;
  const id = { type, names: names.map(inner), subscription: undefined, resourceGroup: undefined };
  return { ...value, target: { kind: 'id', id } };
}

function showSettled(value: Value): string {
  switch (value.kind) {
    case 'absent':
      return 'null';
    case 'scalar':
      return marked(value, JSON.stringify(value.value));
    case 'object':
    case 'array': {
      const lines: string[] = [];
      addValue(value, '$', lines);
      return `{${lines.map((line) => line.trim()).join('; ')}}`;
    }
    case 'text':
      // The parts say themselves which of them are secret.
      return showText(value);
    case 'choice':
      return `${value.options.length} alternatives`;
    case 'reference':
      return showReference(value);
    case 'unknown':
      return marked(value, `?${value.identity === undefined ? '' : `${mark}${value.identity}${mark}`}`);
  }
}

/** The literal parts that a choice has left next to each other are one. */
function showText({ parts }: Text): string {
  const pieces: { readonly literal: boolean; text: string }[] = [];
  for (const part of parts) {
    const known =
      typeof part === 'string' ? part : part.kind === 'scalar' && !part.secret ? String(part.value) : undefined;
    const last = pieces[pieces.length - 1];
    if (known === undefined) pieces.push({ literal: false, text: typeof part === 'string' ? part : showLeaf(part) });
    else if (last?.literal === true) last.text += known;
    else pieces.push({ literal: true, text: known });
  }
  const [only] = pieces;
  if (pieces.length === 1 && only?.literal === true) return JSON.stringify(only.text);
  return `text(${pieces.map(({ literal, text }) => (literal ? JSON.stringify(text) : text)).join(' ')})`;
}

/** A reference to a resource is the same as the id that is made of its type and names. */
function showReference({ target, path }: Reference): string {
  const shownPath = path.length === 0 ? 'id' : path.join('.');
  if (target.kind === 'resource') return `->${titleOf(target.resource)}#${shownPath}`;
  // The id of a group says its name twice.
  const { subscription } = target.id;
  const resourceGroup = /\/resourceGroups$/i.test(target.id.type) ? undefined : target.id.resourceGroup;
  const place = [subscription, resourceGroup].map((part) => (part === undefined ? '' : `${showLeaf(part)}/`)).join('');
  return `->${place}${titleOf(target.id)}#${shownPath}`;
}
